"""Close the orders of private clients whose day is past (MAG-26), some at a time."""

from uuid import UUID

from aurore_api.clients import service as clients
from aurore_api.documents.lots import requetes
from aurore_api.documents.lots.lire import ouvrir
from aurore_api.documents.service.chargement import Ouvert
from aurore_api.documents.service.stocks import tenu
from aurore_api.documents.tables import Document
from aurore_api.documents.vue import situation_de, vers_sortie
from aurore_api.parametres import service as parametres
from aurore_api.socle.bloc import modifier_en_bloc
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.journal import consigner_en_bloc, ecrit
from aurore_api.stock import service as stock
from aurore_domain.cycle import Etat
from aurore_domain.magasin import dernier_jour, se_cloture

PAR_FOIS = 500


async def cloturer(ctx: Contexte, apres: UUID | None = None) -> tuple[int, UUID | None]:
    """Close those that can be, of the next ones after an identifier; how many, and where to go on, None at the end.

    Each is judged once it is locked: a change that came first counts.
    """
    candidates = await requetes.a_cloturer(ctx, ctx.aujourd_hui, PAR_FOIS, apres)
    if not candidates:
        return 0, None
    connus = await clients.facturables(ctx, {client for _, client in candidates})
    prives = [identifiant for identifiant, client in candidates if not connus.get(client, True)]
    ouverts = [un for un in (await ouvrir(ctx, prives)).values() if _se_cloture(ctx, un)]
    for un in ouverts:
        un.document.cloture_le = ctx.maintenant
        un.document.version += 1
    await modifier_en_bloc(ctx, [un.document for un in ouverts], {"cloture_le", "version"})
    changements = [(str(un.document.id), un.avant, ecrit(vers_sortie(un.document, un.lignes))) for un in ouverts]
    await consigner_en_bloc(ctx, "document", "cloture", changements)
    interdit = (await parametres.lire(ctx)).stock_negatif_interdit
    await stock.ajuster(ctx, [tenu(un.document, un.lignes) for un in ouverts], negatif_interdit=interdit)
    suite = candidates[-1][0] if len(candidates) == PAR_FOIS else None
    return len(ouverts), suite


def _se_cloture(ctx: Contexte, ouvert: Ouvert) -> bool:
    document: Document = ouvert.document
    if document.etat != Etat.EN_ATTENTE or document.cloture_le is not None:
        return False
    present = situation_de(document, ouvert.lignes)
    return se_cloture(
        facturable=False,
        entamee=present.entame or present.abandonne,
        dernier=dernier_jour(document, ouvert.lignes),
        aujourd_hui=ctx.aujourd_hui,
    )
