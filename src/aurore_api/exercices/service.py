"""The verbs of accounting years and numbers (DOC-02 to DOC-06)."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from aurore_api.exercices import requetes
from aurore_api.exercices.schemas import (
    ExerciceSortie,
    NumeroChange,
    NumeroModification,
    NumeroSortie,
    NumerosSortie,
    TrouSortie,
)
from aurore_api.exercices.tables import Compteur, Exercice, TrouDeclare
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.crud import charger
from aurore_api.socle.journal import consigner, ecrit
from aurore_api.socle.memoire import Memoire
from aurore_domain.cycle import TypeDocument
from aurore_domain.exercices import ExerciceAOuvrir, exercice_pour
from aurore_domain.numerotation import DateAvantDerniere, Trou, changer_dernier

_TOUS = Memoire(requetes.TOUS, lambda rangs: [ExerciceSortie.model_validate(rang) for rang in rangs])
"""Every accounting year of the société."""


async def exercice_prevu(ctx: Contexte, jour: date, *, ouvrir_suivant: bool) -> ExerciceSortie | ExerciceAOuvrir:
    """The open exercice that holds a date, or the following one that may be opened for it; stores nothing.

    Raises:
        ExerciceCloture: the one that holds it is closed.
        ExerciceAbsent: none holds it.
    """
    return exercice_pour(jour, await _TOUS.lire(ctx), ouvrir_suivant=ouvrir_suivant)


def vers_sortie(ligne: Any) -> ExerciceSortie:
    """A year as it is served, from its row or from the plain columns of one."""
    return ExerciceSortie.model_validate(ligne)


async def exercice_du_jour(ctx: Contexte, jour: date, *, ouvrir_suivant: bool) -> ExerciceSortie:
    """The open exercice that holds a date; the following one is opened for it when that is allowed (DOC-04)."""
    trouve = await exercice_prevu(ctx, jour, ouvrir_suivant=ouvrir_suivant)
    if isinstance(trouve, ExerciceSortie):
        return trouve
    nouveau = Exercice(code=trouve.code, debut=trouve.debut, fin=trouve.fin)
    if await requetes.ouvrir(ctx, nouveau):
        await consigner(ctx, "exercice", nouveau.code, "creation", None, ecrit(vers_sortie(nouveau)))
    return vers_sortie(await charger(ctx, Exercice, nouveau.code, "exercice"))


async def tirer_numero(
    ctx: Contexte, exercice: ExerciceSortie, genre: TypeDocument, jour: date, *, chronologie: bool
) -> int:
    """Draw a document's number: the last thing its transaction does before it writes and commits (DOC-03).

    Raises:
        DateAvantDerniere: `chronologie` holds and a later date already bears a number (DOC-06).
    """
    numero = await requetes.tirer(ctx, exercice.code, genre, jour, chronologie=chronologie)
    if numero is None:
        derniere = await requetes.derniere_date(ctx, exercice.code, genre)
        raise DateAvantDerniere(pointeur="#/date", date=jour, derniere=derniere)
    return numero


async def tirer_numeros(
    ctx: Contexte, exercice: ExerciceSortie, genre: TypeDocument, jour: date, combien: int
) -> range:
    """Draw as many numbers of a type that has no chronology, in one statement, as `tirer_numero` does one (DOC-03)."""
    dernier = await requetes.tirer_plusieurs(ctx, exercice.code, genre, jour, combien)
    return range(dernier - combien + 1, dernier + 1)


async def retenir_compteur(ctx: Contexte, exercice: str, genre: TypeDocument) -> None:
    """Keep numbers of a type from being drawn until this transaction ends."""
    await requetes.compteur_verrouille(ctx, exercice, genre)


async def poser_derniere_date(ctx: Contexte, exercice: str, genre: TypeDocument, jour: date) -> None:
    """Tell a counter that is retained from which date chronology starts, when a numbered document moved (DOC-06)."""
    compteur = await requetes.compteur_verrouille(ctx, exercice, genre)
    if compteur.derniere_date != jour:
        compteur.derniere_date, compteur.version = jour, compteur.version + 1


async def derniere_date(ctx: Contexte, jour: date, genre: TypeDocument) -> date | None:
    """The latest date that bears a number of this type in the exercice that holds a day (DOC-06)."""
    return await requetes.derniere_date_autour(ctx, jour, genre)


async def lister_numeros(ctx: Contexte, code: str) -> NumerosSortie:
    """The numbering table of an exercice: every type, with the last number drawn (DOC-05)."""
    exercice = await charger(ctx, Exercice, code, "exercice")
    connus = {un.type: un for un in await requetes.compteurs(ctx, code)}
    trous: dict[str, list[TrouSortie]] = defaultdict(list)
    for trou in await requetes.trous(ctx, code):
        trous[trou.type].append(TrouSortie.model_validate(trou))
    return NumerosSortie(
        exercice=exercice.code,
        data=[_numero(genre, connus.get(genre), trous[genre]) for genre in TypeDocument],
    )


def _numero(genre: TypeDocument, compteur: Compteur | None, trous: list[TrouSortie]) -> NumeroSortie:
    return NumeroSortie(
        type=genre,
        dernier=compteur.dernier if compteur else 0,
        derniere_date=compteur.derniere_date if compteur else None,
        trous=trous,
        version=compteur.version if compteur else 1,
    )


async def changer_numero(
    ctx: Contexte, code: str, genre: TypeDocument, modification: NumeroModification
) -> NumeroSortie:
    """Raise a counter, or lower it; never below a number in use (DOC-05).

    What is left out becomes a declared gap with its reason; lowering closes the gaps above; the event says why.

    Raises:
        NumeroEnUsage: the new value lies below the last number in use.
    """
    await charger(ctx, Exercice, code, "exercice")
    compteur = await requetes.compteur_verrouille(ctx, code, genre)
    ctx.exiger_version(compteur.version)
    declares = [un for un in await requetes.trous(ctx, code) if un.type == genre]
    avant = _numero(genre, compteur, [TrouSortie.model_validate(un) for un in declares])
    if modification.dernier == compteur.dernier:
        return avant
    trous = changer_dernier(
        modification.dernier, dernier=compteur.dernier, trous=[Trou(un.du, un.au) for un in declares]
    )
    gardes = await _declarer(ctx, code, genre, modification.motif, declares, trous)
    compteur.dernier, compteur.version = modification.dernier, compteur.version + 1
    await ctx.session.flush()
    apres = _numero(genre, compteur, [TrouSortie.model_validate(un) for un in gardes])
    change = NumeroChange(**dict(apres), motif=modification.motif)
    await consigner(ctx, "numero", f"{code}/{genre}", "modification", ecrit(avant), ecrit(change))
    return apres


async def _declarer(
    ctx: Contexte, code: str, genre: TypeDocument, motif: str, presents: list[TrouDeclare], voulus: Sequence[Trou]
) -> list[TrouDeclare]:
    """Make the declared gaps those wanted; what is kept of one keeps its reason."""
    fins = {trou.du: trou.au for trou in voulus}
    for trou in presents:
        if trou.du in fins:
            trou.au = fins.pop(trou.du)
        else:
            await ctx.session.delete(trou)
    nouveaux = [
        TrouDeclare(exercice=code, type=genre, du=du, au=au, motif=motif, declare_le=ctx.maintenant)
        for du, au in fins.items()
    ]
    ctx.session.add_all(nouveaux)
    debuts = {trou.du for trou in voulus}
    return [*(un for un in presents if un.du in debuts), *nouveaux]


async def lire(ctx: Contexte, code: str) -> ExerciceSortie:
    """One accounting year; raises `RessourceAbsente`."""
    return vers_sortie(await charger(ctx, Exercice, code, "exercice"))
