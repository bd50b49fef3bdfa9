"""What the server says of a period: which days it heard nothing of, what waits for a decision (MAG-25)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from aurore_magasin.reseau import Arret, Poste


@dataclass(frozen=True, slots=True)
class Rapprochement:
    """A period of the shop, as the server sees it."""

    trous: list[tuple[str, date, date]]
    """Kind, first and last day of what no push covered."""
    conflits: list[str]
    suspects: list[list[str]]
    conforme: bool
    """Whether nothing is invoiced twice (MAG-19)."""

    def fenetre(self, fin: date) -> int | None:
        """The window, in days before `fin`, that covers every day that is missing; None when none is."""
        return max(((fin - du).days for _, du, _ in self.trous), default=None)


def rapprocher(poste: Poste, du: date, au: date) -> Rapprochement:
    """Ask the server.

    Raises:
        Panne, Arret: there is no good answer.
    """
    lu = poste.lire("rapprochement", {"du": du.isoformat(), "au": au.isoformat()})
    try:
        return Rapprochement(
            [_trou(un) for un in lu["jours_non_couverts"]],
            [f"{un['genre']} {un['reference']}" for un in lu["conflits"]],
            [[une["reference"] for une in un["pieces"]] for un in lu["suspects"]],
            bool(lu["controle"]["conforme"]),
        )
    except (KeyError, TypeError, ValueError):
        raise Arret("La réponse du serveur n'est pas un rapprochement ; les versions diffèrent-elles ?") from None


def _trou(un: dict[str, Any]) -> tuple[str, date, date]:
    return un["genre"], date.fromisoformat(un["du"]), date.fromisoformat(un["au"])
