"""Number new documents of a lot as they come in, without printing them (DOC-02, DOC-03, MAG-18)."""

from collections import defaultdict
from collections.abc import Sequence

from aurore_api.documents.impression import copier_pour_impression, reunir_communs
from aurore_api.documents.lots.demandes import Fait
from aurore_api.documents.service.entete import texte_de_recherche
from aurore_api.documents.vue import vers_sortie
from aurore_api.exercices import service as exercices
from aurore_api.exercices.schemas import ExerciceSortie
from aurore_api.parametres import service as parametres
from aurore_api.socle.bloc import modifier_en_bloc
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.journal import Changement, consigner_en_bloc, ecrit
from aurore_domain.cycle import TypeDocument
from aurore_domain.numerotation import MODELES, communication_structuree, numero_affiche

_COLONNES = {
    "exercice",
    "numero",
    "numero_affiche",
    "communication",
    "numerote_le",
    "emis_le",
    "impression",
    "recherche",
    "version",
}


async def numeroter(ctx: Contexte, faits: Sequence[Fait]) -> None:
    """Give stored documents of one type their numbers, by date, then client (DOC-06); the counters come last.

    Nothing is printed yet: the first copy will be no duplicata.
    """
    if not faits:
        return
    par_exercice: dict[str, list[Fait]] = defaultdict(list)
    connus: dict[str, ExerciceSortie] = {}
    communs = await reunir_communs(ctx, {un.document.tiers for un in faits})
    ouvrir = (await parametres.lire(ctx)).ouverture_automatique
    des_jours = {
        jour: await exercices.exercice_du_jour(ctx, jour, ouvrir_suivant=ouvrir)
        for jour in sorted({un.document.date for un in faits})
    }
    for fait in sorted(faits, key=lambda un: (un.document.date, un.document.tiers, un.document.reference_magasin)):
        exercice = des_jours[fait.document.date]
        connus[exercice.code] = exercice
        par_exercice[exercice.code].append(fait)
        fait.document.impression = await copier_pour_impression(
            ctx, fait.document, fait.lignes, fait.etabli.parametres, communs
        )
    changements: list[Changement] = []
    for code in sorted(par_exercice):
        changements += await _numeroter(ctx, connus[code], par_exercice[code])
    await modifier_en_bloc(ctx, [un.document for un in faits], _COLONNES)
    await consigner_en_bloc(ctx, "document", "numerotation", changements)


async def _numeroter(ctx: Contexte, exercice: ExerciceSortie, faits: Sequence[Fait]) -> list[Changement]:
    genre: TypeDocument = faits[0].document.type
    modele = (await parametres.lire(ctx)).modeles_numero.get(genre, MODELES[genre])
    numeros = await exercices.tirer_numeros(ctx, exercice, genre, faits[-1].document.date, len(faits))
    changements: list[Changement] = []
    for fait, numero in zip(faits, numeros, strict=True):
        document = fait.document
        avant = ecrit(vers_sortie(document, fait.lignes))
        document.exercice, document.numero = exercice.code, numero
        document.numero_affiche = numero_affiche(modele, exercice=exercice.code, annee=exercice.fin.year, numero=numero)
        document.communication = communication_structuree(genre, fin_exercice=exercice.fin, numero=numero)
        document.numerote_le = document.emis_le = ctx.maintenant
        document.recherche = texte_de_recherche(document, fait.etabli.tiers)
        document.version += 1
        changements.append((str(document.id), avant, ecrit(vers_sortie(document, fait.lignes))))
    return changements


async def recopier(ctx: Contexte, faits: Sequence[Fait]) -> None:
    """Let numbered documents that were changed keep what they print now, once the ledger has it."""
    numerotes = [un for un in faits if un.document.numero is not None]
    if not numerotes:
        return
    communs = await reunir_communs(ctx, {un.document.tiers for un in numerotes})
    for fait in numerotes:
        fait.document.impression = await copier_pour_impression(
            ctx, fait.document, fait.lignes, fait.etabli.parametres, communs
        )
    await modifier_en_bloc(ctx, [un.document for un in numerotes], {"impression"})
