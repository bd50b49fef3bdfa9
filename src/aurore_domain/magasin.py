"""What becomes of what a till pushes (MAG-10 to MAG-13, MAG-26)."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

Jour = date
"""`date` under another name: a property is called `date` too."""


class CommandeDatee(Protocol):
    """An order as its days tell it."""

    @property
    def date(self) -> date:
        """When it was taken."""

    @property
    def date_livraison_prevue(self) -> Jour | None:
        """When it is picked up or delivered."""


class LigneDatee(Protocol):
    """A line as its day tells it."""

    @property
    def date_livraison(self) -> date | None:
        """When it is picked up or delivered, if that is said of it."""


def dernier_jour(commande: CommandeDatee, lignes: Iterable[LigneDatee]) -> date:
    """The last day on which something of an order is to be picked up or delivered; without any, that it was taken."""
    jours = [commande.date_livraison_prevue, *(une.date_livraison for une in lignes)]
    return max((un for un in jours if un is not None), default=commande.date)


def se_cloture(*, facturable: bool, entamee: bool, dernier: date, aujourd_hui: date) -> bool:
    """Whether a till's order closes by itself (MAG-26): a private client's, of which nothing moved on, after its day.

    `entamee` says that something of it stands in a following document; `facturable` is the client's (CLI-13).
    """
    return not facturable and not entamee and dernier < aujourd_hui
