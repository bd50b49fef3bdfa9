"""How a line keeps the conversion of its order unit, as it was when the line was entered (CAL-01)."""

from decimal import Decimal
from functools import lru_cache
from typing import Any

from aurore_domain.unites import Conversion


@lru_cache(maxsize=1024)
def conversion_lue(*, facteur: str, tolerance: str, **autres: Any) -> Conversion:
    """The conversion that a line keeps in JSON; made once, for a document asks for those of its lines many times."""
    return Conversion(facteur=Decimal(facteur), tolerance=Decimal(tolerance), **autres)


def facteurs_de(conversion: Conversion) -> dict[str, Any]:
    """A conversion as a line keeps it."""
    return {
        "facteur": str(conversion.facteur),
        "operateur": conversion.operateur,
        "decimales": conversion.decimales,
        "decimales_base": conversion.decimales_base,
        "flou": conversion.flou,
        "tolerance": str(conversion.tolerance),
    }
