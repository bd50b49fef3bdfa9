"""What a document keeps when it is issued, and how one that was reopened is issued again (DOC-02, DOC-06, DOC-08)."""

from collections.abc import Sequence

from aurore_api.documents import requetes
from aurore_api.documents.impression import copier_pour_impression
from aurore_api.documents.saisie import Etabli
from aurore_api.documents.service import chiffrage
from aurore_api.documents.service.entete import texte_de_recherche
from aurore_api.documents.tables import Document, LigneDocument
from aurore_api.documents.tiers import copie
from aurore_api.exercices import service as exercices
from aurore_api.socle.contexte import Contexte
from aurore_domain.cycle import regle
from aurore_domain.numerotation import exiger_chronologie


async def figer(ctx: Contexte, etabli: Etabli, lignes: Sequence[LigneDocument]) -> None:
    """Fix rates, totals and the copies that are printed, as of now."""
    document = etabli.document
    document.client_copie = copie(etabli.tiers)
    await chiffrage.garder(ctx, document, await chiffrage.chiffrer(ctx, etabli, lignes))
    document.impression = await copier_pour_impression(ctx, document, lignes, etabli.parametres)
    document.emis_le = ctx.maintenant
    # What the lines have become goes in first: once the document is issued, the database lets nobody touch them.
    await ctx.session.flush()


async def refermer(ctx: Contexte, etabli: Etabli, lignes: Sequence[LigneDocument], *, forcer_chronologie: bool) -> None:
    """Issue a reopened document again: same number, a new version, whose first copy is no duplicata.

    Raises:
        DateAvantDerniere, DateApresSuivante: its date moved past that of a lower, or of a higher number (DOC-06).
    """
    document = etabli.document
    await figer(ctx, etabli, lignes)
    document.recherche = texte_de_recherche(document, etabli.tiers)
    document.nombre_impressions = 1
    document.reouvert_le = None
    if document.date != await requetes.date_emise(ctx, document.id):
        await _redater(ctx, document, forcer_chronologie=forcer_chronologie)


async def _redater(ctx: Contexte, document: Document, *, forcer_chronologie: bool) -> None:
    """Hold a moved date against its neighbours, and let the counter start from the latest date there is now."""
    exercice, numero = document.exercice, document.numero
    if exercice is None or numero is None:
        return
    await exercices.retenir_compteur(ctx, exercice, document.type)
    autour = await requetes.dates_autour(ctx, exercice, document.type, numero)
    if regle(document.type).fiscal and not forcer_chronologie:
        exiger_chronologie(document.date, apres=autour.avant, avant=autour.apres)
    connues = [une for une in (autour.avant, document.date, autour.derniere) if une is not None]
    await exercices.poser_derniere_date(ctx, exercice, document.type, max(connues))
