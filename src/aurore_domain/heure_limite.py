"""Until when commandes for a delivery day are taken: so many days before it, until a time on the clock (CLI-11)."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Protocol, TypeVar

from aurore_domain.erreurs import Conflit


class RegleLimite(Protocol):
    """The rule of a société, a round or a client."""

    @property
    def jours_avant(self) -> int:
        """How many calendar days before the delivery day."""

    @property
    def heure(self) -> time:
        """Until when on that day, on the clock of the société's time zone."""


R = TypeVar("R", bound=RegleLimite)


class HeureLimiteDepassee(Conflit):
    """It is too late to order for this delivery day. Values: `date` of delivery, `limite`."""

    code = "heure_limite_depassee"


def regle_applicable(*, client: R | None, tournee: R | None, societe: R | None) -> R | None:
    """The most specific rule there is: the client's, else its round's, else the société's; None: no limit."""
    return next((une for une in (client, tournee, societe) if une is not None), None)


def limite(date_livraison: date, jours_avant: int, heure: time, fuseau: tzinfo) -> datetime:
    """Return the last instant, in UTC, at which commandes for a delivery day are taken.

    It is read on the clock, whatever hours lie between: « the day before at 16:00 » is at 16:00 also when the night is
    an hour longer or shorter. A time that the clock skips in spring means the instant at which it jumps; of a time that
    it shows twice in autumn the first is meant, so that nobody gains an hour.
    """
    affichee = datetime.combine(date_livraison - timedelta(days=jours_avant), heure)
    # PEP 495: in a gap, `fold` 0 counts with the offset before the jump, which leads past it, and 1 leads before it.
    apres, avant = (affichee.replace(tzinfo=fuseau, fold=fold).astimezone(UTC) for fold in (0, 1))
    return _saut(avant, apres, fuseau) if avant < apres else apres


def est_depassee(maintenant: datetime, date_livraison: date, jours_avant: int, heure: time, fuseau: tzinfo) -> bool:
    """Say whether it is too late at an instant; at the limit itself it is not."""
    # Instants are compared in UTC: two times of one zone would be compared as the clock shows them.
    return maintenant.astimezone(UTC) > limite(date_livraison, jours_avant, heure, fuseau)


def _saut(avant: datetime, apres: datetime, fuseau: tzinfo) -> datetime:
    """The instant, to the second, at which the offset changes between two instants in UTC that lie around one jump."""
    avant, apres = avant.replace(microsecond=0), apres.replace(microsecond=0)
    ancien = avant.astimezone(fuseau).utcoffset()
    while apres - avant > timedelta(seconds=1):
        milieu = (avant + (apres - avant) / 2).replace(microsecond=0)
        if milieu.astimezone(fuseau).utcoffset() == ancien:
            avant = milieu
        else:
            apres = milieu
    return apres
