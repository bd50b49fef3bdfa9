"""When a document falls due (TAB-01, PAI-01)."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Protocol

from aurore_domain.erreurs import ValeurRefusee

DERNIER_JOUR_FIXE = 31


class Echeance(Protocol):
    """A payment term, applied in the order of its fields."""

    @property
    def jours(self) -> int:
        """Days added to the document's date."""

    @property
    def fin_de_mois(self) -> bool:
        """Whether to go on to the last day of the month."""

    @property
    def jour_fixe(self) -> int | None:
        """Day of the month, 1 to 31, to go on to."""


class JoursNegatifs(ValeurRefusee):
    """A term cannot fall before the document. Values: `jours`."""

    code = "jours_negatifs"


class JourFixeInvalide(ValeurRefusee):
    """The fixed day of a term is 1 to 31. Values: `jour_fixe`."""

    code = "jour_fixe_invalide"


def verifier_echeance(echeance: Echeance) -> None:
    """Refuse a term that has no meaning. Raises `JoursNegatifs`, `JourFixeInvalide`."""
    if echeance.jours < 0:
        raise JoursNegatifs(pointeur="#/jours", jours=echeance.jours)
    if echeance.jour_fixe is not None and not 1 <= echeance.jour_fixe <= DERNIER_JOUR_FIXE:
        raise JourFixeInvalide(pointeur="#/jour_fixe", jour_fixe=echeance.jour_fixe)


def date_echeance(depart: date, echeance: Echeance) -> date:
    """Return the due date of a document dated `depart`: its days are added, then its month ends, then the fixed day.

    A fixed day that is already past goes to the next month; a month without it takes its last day instead.
    Raises what `verifier_echeance` raises.
    """
    verifier_echeance(echeance)
    jour = depart + timedelta(days=echeance.jours)
    if echeance.fin_de_mois:
        jour = _jour_du_mois(jour, DERNIER_JOUR_FIXE)
    if echeance.jour_fixe is None:
        return jour
    fixe = _jour_du_mois(jour, echeance.jour_fixe)
    return fixe if fixe >= jour else _jour_du_mois(_premier_du_mois_suivant(jour), echeance.jour_fixe)


def _jour_du_mois(jour: date, numero: int) -> date:
    return jour.replace(day=min(numero, monthrange(jour.year, jour.month)[1]))


def _premier_du_mois_suivant(jour: date) -> date:
    return _jour_du_mois(jour, DERNIER_JOUR_FIXE) + timedelta(days=1)
