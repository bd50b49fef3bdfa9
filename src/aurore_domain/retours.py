"""Returns and credits of the same goods, bounded together (TRF-10).

Goods that came back are credited by their retour's note de crédit, so they are not also credited directly; and goods
that were credited without coming back do not come back to be credited again. Quantities are in base unit.
"""

from dataclasses import dataclass
from decimal import Decimal

from aurore_domain.erreurs import Conflit, ValeurRefusee
from aurore_domain.montants import ZERO, exact


class RetourNonFacture(ValeurRefusee):
    """A retour is credited once its goods are invoiced. Values: `ordre`, `demandee`, `maximum`."""

    code = "retour_non_facture"


class RefacturationImpossible(ValeurRefusee):
    """Nothing of the transfer can become billable again: no facture's line came from another document."""

    code = "refacturation_impossible"


class DejaRefacturee(Conflit):
    """What a note de crédit made billable again is invoiced again: that facture goes first. Value: `ordre`."""

    code = "deja_refacturee"


@dataclass(frozen=True, slots=True, kw_only=True)
class Biens:
    """What became of the goods of a delivery: its line and those of the factures that invoiced it, added up."""

    livree: Decimal
    retournee: Decimal
    creditee_directement: Decimal
    """Without a retour, and not to be invoiced again."""
    en_retour: Decimal = ZERO
    """Come back on the delivery's own line, not yet credited."""
    a_crediter: Decimal = ZERO
    """What is left to credit of its other factures' lines."""


@exact
def retenue_de_credit(en_retour: Decimal, biens: Biens | None) -> Decimal:
    """How much of a facture's line waits for the note de crédit of a retour: of itself, or of its delivery.

    What came back on the delivery's line is left to its other factures' lines as far as they have room.
    """
    return en_retour + (max(biens.en_retour - biens.a_crediter, ZERO) if biens is not None else ZERO)


@exact
def retenue_de_retour(quantite: Decimal, retournee: Decimal, creditee_directement: Decimal, biens: Biens) -> Decimal:
    """How much of a line that has not come back cannot any more: credited without it, or come back by another line.

    `creditee_directement` is the line's own, to be invoiced again or not.
    """
    propre = quantite - retournee - creditee_directement
    commun = biens.livree - biens.retournee - biens.creditee_directement
    return quantite - retournee - max(min(propre, commun), ZERO)
