"""Which accounting year holds a date, and which one follows the last (DOC-04)."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, count
from typing import Literal, Protocol, TypeVar

from aurore_domain.erreurs import Conflit

EtatExercice = Literal["ouvert", "cloture"]


class Exercice(Protocol):
    """An accounting year."""

    @property
    def code(self) -> str:
        """Its key, such as `2026`."""

    @property
    def debut(self) -> date:
        """First day."""

    @property
    def fin(self) -> date:
        """Last day."""

    @property
    def etat(self) -> EtatExercice:
        """Whether documents can still be numbered in it."""


E = TypeVar("E", bound=Exercice)


@dataclass(frozen=True, slots=True)
class ExerciceAOuvrir:
    """The year that directly follows the latest one, for the caller to open."""

    code: str
    debut: date
    fin: date


class ExerciceCloture(Conflit):
    """The year that holds the date is closed. Values: `date`, `exercice` (its code)."""

    code = "exercice_cloture"


class ExerciceAbsent(Conflit):
    """No year holds the date, nor may one be opened for it. Values: `date`."""

    code = "exercice_absent"


class DateHorsExercice(Conflit):
    """The date of a numbered document moves only within its exercice. Values: `date`, `exercice`, `debut`, `fin`."""

    code = "date_hors_exercice"


def exercice_pour(jour: date, exercices: Sequence[E], *, ouvrir_suivant: bool) -> E | ExerciceAOuvrir:
    """Return the open year that holds `jour`, or, if `ouvrir_suivant`, the one to open for it after the latest.

    Raises `ExerciceCloture`, or `ExerciceAbsent` for a date before, between or too far after the years there are.
    """
    for exercice in exercices:
        if exercice.debut <= jour <= exercice.fin:
            if exercice.etat == "cloture":
                raise ExerciceCloture(pointeur="#/date", date=jour, exercice=exercice.code)
            return exercice
    if ouvrir_suivant and exercices:
        suivant = exercice_suivant(exercices)
        if suivant.debut <= jour <= suivant.fin:
            return suivant
    raise ExerciceAbsent(pointeur="#/date", date=jour)


def exercice_suivant(exercices: Sequence[Exercice]) -> ExerciceAOuvrir:
    """Return the twelve months after the latest of the years, of which there must be one, under a free code."""
    dernier = max(exercices, key=lambda exercice: exercice.fin)
    debut = dernier.fin + timedelta(days=1)
    fin = _un_an_apres(debut) - timedelta(days=1)
    return ExerciceAOuvrir(_code_libre(dernier, debut, fin, {exercice.code for exercice in exercices}), debut, fin)


def exiger_meme_exercice(jour: date, exercice: Exercice) -> None:
    """Refuse to move a numbered document's date out of its year. Raises `DateHorsExercice`."""
    if not exercice.debut <= jour <= exercice.fin:
        raise DateHorsExercice(
            pointeur="#/date", date=jour, exercice=exercice.code, debut=exercice.debut, fin=exercice.fin
        )


def _un_an_apres(jour: date) -> date:
    try:
        return jour.replace(year=jour.year + 1)
    except ValueError:  # 29 February: the day after the 28th
        return date(jour.year + 1, 3, 1)


def _code_libre(dernier: Exercice, debut: date, fin: date, pris: Collection[str]) -> str:
    """The latest code with its years advanced (2026, 2026-2027, EX26), else the years themselves."""
    annees = {ecrite: annee for annee in (dernier.debut.year, dernier.fin.year) for ecrite in _ecritures(annee)}

    def avancer(trouve: re.Match[str]) -> str:
        ecrite = trouve[0]
        return str(annees[ecrite] + 1)[-len(ecrite) :] if ecrite in annees else ecrite

    en_annees = str(fin.year) if debut.year == fin.year else f"{debut.year}-{fin.year}"
    candidats = chain(
        (re.sub(r"[0-9]+", avancer, dernier.code), en_annees), (f"{en_annees}-{rang}" for rang in count(2))
    )
    return next(candidat for candidat in candidats if candidat not in pris)


def _ecritures(annee: int) -> tuple[str, str]:
    return str(annee), f"{annee % 100:02}"
