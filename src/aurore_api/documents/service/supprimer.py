"""Delete or annul a document; what it held goes back to where it came from (DOC-09, TRF-06)."""

from uuid import UUID

from aurore_api.documents.service import back_order, stocks
from aurore_api.documents.service.chargement import ouvrir
from aurore_api.documents.service.liens import rendre
from aurore_api.documents.vue import situation_de, vers_sortie
from aurore_api.parametres import service as parametres
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.journal import consigner, ecrit
from aurore_domain.actions import Action, Suppression, suppression
from aurore_domain.cycle import Etat


async def supprimer(ctx: Contexte, identifiant: UUID) -> None:
    """Remove a document without number; annul a numbered one, whose number is not used again.

    Raises:
        DocumentFiscal: a numbered facture or note de crédit: credit it.
        DocumentEntame: following documents hold something of it.
        DejaRefacturee: what it made billable again is invoiced again (TRF-09).
    """
    ouvert = await ouvrir(ctx, identifiant, Action.SUPPRIMER, avec_origines=True)
    document = ouvert.document
    fin = suppression(situation_de(document, ouvert.lignes))
    sources = await rendre(ctx, ouvert.lignes, cible=identifiant)
    await back_order.reprendre(ctx, ouvert.lignes)
    if fin is Suppression.EFFACER:
        await ctx.session.delete(document)
        await ctx.session.flush()
        await consigner(ctx, "document", str(identifiant), "suppression", ouvert.avant, None)
    else:
        document.etat = Etat.ANNULE
        document.version += 1
        await ctx.session.flush()
        apres = ecrit(vers_sortie(document, ouvert.lignes))
        await consigner(ctx, "document", str(identifiant), "annulation", ouvert.avant, apres)
    await stocks.tenir(ctx, await parametres.lire(ctx), document, (), sources=sources)
