"""What a line amounts to: its goods and its own taxes (CAL-05, CAL-06).

Amounts are "as stated": without VAT on ordinary documents, VAT included on documents with prices VAT included (CAL-14).
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol

from aurore_domain.montants import CENT_POUR_CENT, ZERO, arrondir, exact
from aurore_domain.tva import Traitement


class TaxeCalculable(Protocol):
    """A tax charged on a line: either an amount per base unit or a percentage (ART-07)."""

    @property
    def montant(self) -> Decimal | None:
        """Amount per base unit, as stated (VAT included where prices are), or None."""

    @property
    def pourcentage(self) -> Decimal | None:
        """Percentage of the line's amount without VAT, or None."""

    @property
    def traitement(self) -> Traitement:
        """VAT treatment of the tax itself, which may differ from its line's."""


class LigneCalculable(Protocol):
    """All that totals ask of a line."""

    @property
    def quantite(self) -> Decimal | None:
        """Quantity in base unit; None on a comment."""

    @property
    def prix(self) -> Decimal | None:
        """Price per base unit, as stated; None on a comment."""

    @property
    def remise(self) -> Decimal:
        """Discount in %."""

    @property
    def traitement(self) -> Traitement | None:
        """VAT treatment; None on a comment, or on a free line without amount."""

    @property
    def sous_total(self) -> bool:
        """Whether the line shows a subtotal (CAL-11)."""

    @property
    def taxes(self) -> Sequence[TaxeCalculable]:
        """Taxes charged on the line, none by default."""


@exact
def montant_ligne(quantite: Decimal | None, prix: Decimal | None, remise: Decimal) -> Decimal:
    """Amount of a line as stated: round(quantite x prix x (1 - remise / 100), 2); 0.00 without either (CAL-05)."""
    if quantite is None or prix is None:
        return arrondir(ZERO)
    return arrondir(quantite * prix * (CENT_POUR_CENT - remise) / CENT_POUR_CENT)


@exact
def montant_taxe(taxe: TaxeCalculable, ligne: LigneCalculable, montant: Decimal, *, prix_tvac: bool) -> Decimal:
    """Amount of a line's tax as stated, to the cent; `montant` is the line's (CAL-06).

    With prices VAT included a percentage is taken of the line without its VAT, and the tax's own VAT added, in one
    rounding.
    """
    if taxe.montant is not None:
        return arrondir((ligne.quantite or ZERO) * taxe.montant)
    juste = montant * (taxe.pourcentage or ZERO) / CENT_POUR_CENT
    if prix_tvac and ligne.traitement is not None:
        juste = juste * (CENT_POUR_CENT + taxe.traitement.taux) / (CENT_POUR_CENT + ligne.traitement.taux)
    return arrondir(juste)
