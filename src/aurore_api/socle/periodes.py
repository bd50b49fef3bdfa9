"""What every schema with a first day `du` and a last day `au` refuses."""

from datetime import date

from pydantic import ValidationInfo
from pydantic_core import PydanticCustomError


def dans_l_ordre(au: date | None, info: ValidationInfo) -> date | None:
    """Refuse a last day before the first; for a `field_validator` of `au`, which stands after `du`."""
    du = info.data.get("du")
    if au is not None and du is not None and au < du:
        raise PydanticCustomError("fin_avant_debut", "the last day lies before the first")
    return au
