"""When a client takes deliveries: the weekdays it is open, and dated exceptions to them (CLI-06)."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Protocol

from aurore_domain.erreurs import ValeurRefusee, lever

TOUS_LES_JOURS = (1, 2, 3, 4, 5, 6, 7)
"""Monday to Sunday: what a client without calendar is open on."""


class PeriodeExceptionnelle(Protocol):
    """Days on which the weekly pattern does not hold, both ends included."""

    @property
    def du(self) -> date:
        """First day."""

    @property
    def au(self) -> date:
        """Last day."""

    @property
    def ouvert(self) -> bool:
        """Whether the client is open on these days."""


class ExceptionsQuiSeChevauchent(ValeurRefusee):
    """Two exceptions hold on one day, so that it is not said which counts (CLI-06)."""

    code = "exceptions_qui_se_chevauchent"


def ouvert(jour: date, jours_ouverts: Collection[int], exceptions: Iterable[PeriodeExceptionnelle]) -> bool:
    """Say whether a client is open on a day: as its exception of that day says, else as the weekday (1 is Monday)."""
    for une in exceptions:
        if une.du <= jour <= une.au:
            return une.ouvert
    return jour.isoweekday() in jours_ouverts


def verifier_exceptions(exceptions: Sequence[PeriodeExceptionnelle]) -> None:
    """Refuse exceptions of which two share a day; `#/exceptions/1` names the later given of the two.

    Raises `ExceptionsQuiSeChevauchent`, several together as `ErreursMultiples`.
    """
    rangs = sorted(range(len(exceptions)), key=lambda rang: (exceptions[rang].du, rang))
    fautifs: set[int] = set()
    dernier = None
    for rang in rangs:
        if dernier is not None and exceptions[rang].du <= exceptions[dernier].au:
            fautifs.add(max(rang, dernier))
        if dernier is None or exceptions[rang].au > exceptions[dernier].au:
            dernier = rang
    lever([ExceptionsQuiSeChevauchent(pointeur=f"#/exceptions/{rang}") for rang in sorted(fautifs)])
