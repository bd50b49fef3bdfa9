"""Print: number a document that has none, in the same transaction, and count the copies (DOC-02, DOC-03, IMP-15)."""

from uuid import UUID

from aurore_api.documents.saisie import Etabli
from aurore_api.documents.schemas import ImpressionEntree
from aurore_api.documents.service import back_order
from aurore_api.documents.service.chargement import etablir, ouvrir
from aurore_api.documents.service.emission import figer, refermer
from aurore_api.documents.service.entete import texte_de_recherche
from aurore_api.documents.service.facturation import exiger_facturable
from aurore_api.documents.sorties import DocumentSortie
from aurore_api.documents.tables import LigneDocument
from aurore_api.documents.vue import vers_sortie
from aurore_api.exercices import service as exercices
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.journal import consigner, ecrit
from aurore_domain.actions import Action
from aurore_domain.cycle import regle
from aurore_domain.numerotation import MODELES, communication_structuree, numero_affiche


async def imprimer(ctx: Contexte, identifiant: UUID, entree: ImpressionEntree) -> DocumentSortie:
    """Number (the first time) and print a document; one that was reopened is issued again (DOC-08).

    Raises:
        ClientNonFacturable: a facture, of a client that is to be completed first (CLI-13).
        DateAvantDerniere: a facture would be numbered before an earlier one's date (DOC-06).
        DateApresSuivante: a facture that is issued again is dated after a later number's date (DOC-06).
        ExerciceCloture, ExerciceAbsent: no open exercice holds its date (DOC-04).
    """
    ouvert = await ouvrir(ctx, identifiant, Action.IMPRIMER)
    etabli = await etablir(ctx, ouvert.document, change=False)
    await imprimer_ouvert(ctx, etabli, ouvert.lignes, forcer_chronologie=entree.forcer_chronologie)
    ctx.servir_version(ouvert.document.version)
    return vers_sortie(ouvert.document, ouvert.lignes)


async def imprimer_ouvert(
    ctx: Contexte, etabli: Etabli, lignes: list[LigneDocument], *, forcer_chronologie: bool
) -> None:
    """Print a document whose row is locked, or new in this transaction."""
    document = etabli.document
    avant = ecrit(vers_sortie(document, lignes))
    document.nombre_impressions += 1
    document.version += 1
    if document.numero is None:
        await _numeroter(ctx, etabli, lignes, forcer_chronologie=forcer_chronologie)
    elif document.reouvert_le is not None:
        await refermer(ctx, etabli, lignes, forcer_chronologie=forcer_chronologie)
    await ctx.session.flush()
    apres = ecrit(vers_sortie(document, lignes))
    await consigner(ctx, "document", str(document.id), "impression", avant, apres)


async def _numeroter(ctx: Contexte, etabli: Etabli, lignes: list[LigneDocument], *, forcer_chronologie: bool) -> None:
    """Fix the rates and the copies that are printed, and draw the number last: nobody waits longer than needed."""
    document, parametres = etabli.document, etabli.parametres
    exiger_facturable(etabli.client, document.type)
    exercice = await exercices.exercice_du_jour(ctx, document.date, ouvrir_suivant=parametres.ouverture_automatique)
    await figer(ctx, etabli, lignes)
    await back_order.commander(ctx, etabli, lignes)
    document.numerote_le = ctx.maintenant
    chronologie = regle(document.type).fiscal and not forcer_chronologie
    numero = await exercices.tirer_numero(ctx, exercice, document.type, document.date, chronologie=chronologie)
    document.exercice, document.numero = exercice.code, numero
    modele = parametres.modeles_numero.get(document.type, MODELES[document.type])
    document.numero_affiche = numero_affiche(modele, exercice=exercice.code, annee=exercice.fin.year, numero=numero)
    document.communication = communication_structuree(document.type, fin_exercice=exercice.fin, numero=numero)
    document.recherche = texte_de_recherche(document, etabli.tiers)
