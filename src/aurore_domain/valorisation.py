"""What goods in stock have cost: weighted average and last purchase price, by replay (CAL-12, CAL-13)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from aurore_domain.montants import ZERO, arrondir, exact

DECIMALES_PAMP = 6
DECIMALES_PAMP_VISIBLES = 4


class EntreePricee(Protocol):
    """Goods that came in at a price, as they stand in the ledger."""

    @property
    def date(self) -> date:
        """When they came in."""

    @property
    def quantite(self) -> Decimal:
        """How much, in base unit."""

    @property
    def prix(self) -> Decimal:
        """What a base unit has cost, net of discount and with its costs."""

    @property
    def frais(self) -> Decimal:
        """The costs in `prix`."""

    @property
    def stock_avant(self) -> Decimal:
        """The société's physical stock just before, over all dépôts."""


@dataclass(frozen=True, slots=True)
class Valorisation:
    """What an article has cost, in EUR per base unit to 6 decimals; None while nothing was bought."""

    pamp: Decimal | None = None
    dernier_prix: Decimal | None = None
    derniers_frais: Decimal | None = None
    derniere_entree: date | None = None


@exact
def rejouer(entrees: Iterable[EntreePricee]) -> Valorisation:
    """Replay entries in order of date, then of entry: average price, and that of the last of them (CAL-12, CAL-13).

    Where there was stock, the average of it and of what comes in, rounded to 6 decimals at each entry; where there was
    none, or none that had cost anything yet, the entry's own price. What is not above 0 is no entry.
    """
    valeur = Valorisation()
    for une in entrees:
        if une.quantite <= 0:
            continue
        pamp = une.prix
        if une.stock_avant > 0 and valeur.pamp is not None:
            total = une.stock_avant + une.quantite
            pamp = (une.stock_avant * valeur.pamp + une.quantite * une.prix) / total
        valeur = Valorisation(
            arrondir(pamp, DECIMALES_PAMP), arrondir(une.prix, DECIMALES_PAMP), arrondir(une.frais, 4), une.date
        )
    return valeur


@exact
def valeur_du_stock(quantite: Decimal, prix: Decimal | None) -> Decimal:
    """What a quantity is worth at a unit price, in EUR to the cent (MVT-04); nothing while it has no price."""
    return arrondir(quantite * (prix or ZERO))
