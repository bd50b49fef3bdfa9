"""The rows that a price may come from: a client's own and those of price lists (CAL-04, CLI-09, ART-14)."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Literal, Protocol, TypeVar

Motif = Literal[
    "retenu",
    "autre_tarif",
    "pas_encore_valable",
    "plus_valable",
    "quantite_insuffisante",
    "palier_inferieur",
    "moins_recent",
    "regle_precedente",
]
"""Why a row was taken or not.

`moins_recent`: another row of the same reach took effect later. `regle_precedente`: its own rule would have taken it,
but a rule that comes first gave the price.
"""


class LigneDePrix(Protocol):
    """What every such row has: a price or a discount, and when it holds."""

    @property
    def valeur(self) -> Decimal | None:
        """Price HT per base unit, or None when the row gives a discount."""

    @property
    def remise(self) -> Decimal | None:
        """Percentage off the base price, or None when the row gives a price."""

    @property
    def du(self) -> date | None:
        """First day it holds; None: always did."""

    @property
    def au(self) -> date | None:
        """Last day it holds; None: without end."""


class LigneTarif(LigneDePrix, Protocol):
    """One row of an article's tariffs (ART-14)."""

    @property
    def tarif(self) -> str:
        """Code of the price list."""

    @property
    def quantite_minimum(self) -> Decimal:
        """From how much on it applies, in base unit."""


class LigneClient(LigneDePrix, Protocol):
    """One row of a client's own prices; it names an article or, where that is None, a famille (CLI-09)."""

    @property
    def article(self) -> str | None:
        """The article it is for, or None for a whole famille."""

    @property
    def famille(self) -> str | None:
        """The famille it is for, or None for one article."""


L = TypeVar("L", bound=LigneDePrix)


def en_vigueur(lignes: Iterable[L], jour: date) -> L | None:
    """The row that holds on a day; of several the one that took effect last, as a promotion does."""
    return max((une for une in lignes if _hors_periode(une, jour) is None), key=_debut, default=None)


def palier_atteint(lignes: Iterable[LigneTarif], quantite: Decimal) -> LigneTarif | None:
    """Of valid rows of one tariff, the one of the greatest break that a quantity in base unit reaches.

    Of two for one quantity, the one that took effect last.
    """
    atteintes = (une for une in lignes if une.quantite_minimum <= quantite)
    return max(atteintes, key=lambda une: (une.quantite_minimum, _debut(une)), default=None)


def hors_tarif(ligne: LigneTarif, tarif: str | None, jour: date) -> Motif | None:
    """Why a tariff row does not count whatever the quantity, or None when it does."""
    return "autre_tarif" if ligne.tarif != tarif else _hors_periode(ligne, jour)


def motif_client(ligne: LigneClient, jour: date, choisie: LigneClient | None) -> Motif:
    """Why its rule chose a client's own row, or did not; `choisie` is the one that it did."""
    return _hors_periode(ligne, jour) or ("retenu" if ligne is choisie else "moins_recent")


def motif_tarif(
    ligne: LigneTarif, tarif: str | None, jour: date, quantite: Decimal, choisie: LigneTarif | None
) -> Motif:
    """Why a tariff row was chosen for a quantity, or was not; `choisie` is the one that was."""
    ecartee = hors_tarif(ligne, tarif, jour)
    if ecartee is not None:
        return ecartee
    if choisie is None or ligne.quantite_minimum > quantite:
        return "quantite_insuffisante"
    if ligne is choisie:
        return "retenu"
    return "palier_inferieur" if ligne.quantite_minimum < choisie.quantite_minimum else "moins_recent"


def _hors_periode(ligne: LigneDePrix, jour: date) -> Motif | None:
    """Why a row does not hold on a day, or None when it does; its first and last days are included."""
    if ligne.du is not None and jour < ligne.du:
        return "pas_encore_valable"
    if ligne.au is not None and ligne.au < jour:
        return "plus_valable"
    return None


def _debut(ligne: LigneDePrix) -> date:
    return ligne.du or date.min
