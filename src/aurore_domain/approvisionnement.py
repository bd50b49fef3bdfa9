"""How much to order from a supplier so that a minimum is reached again (ART-16)."""

from decimal import ROUND_CEILING, Decimal

from aurore_domain.montants import CONTEXTE, ZERO, exact
from aurore_domain.unites import Conversion


@exact
def a_commander(
    manque: Decimal, *, decimales: int, conversion: Conversion | None = None, suggeree: Decimal | None = None
) -> Decimal:
    """What is missing, in purchase unit, rounded up so that it is reached; no less than the suggested quantity.

    `manque` is in base unit, of which `decimales` are; without `conversion` that is the purchase unit too.
    """
    voulu = _plafond(max(manque, ZERO), decimales)
    if conversion is not None:
        juste = voulu / conversion.facteur if conversion.operateur == "M" else voulu * conversion.facteur
        voulu = _plafond(juste, conversion.decimales)
    return max(voulu, suggeree or ZERO)


def _plafond(valeur: Decimal, decimales: int) -> Decimal:
    return valeur.quantize(Decimal(1).scaleb(-decimales), ROUND_CEILING, CONTEXTE)
