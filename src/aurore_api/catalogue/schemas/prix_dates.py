"""What rows of tariffs and of clients' own prices have in common: a price or a discount, while it is valid."""

from datetime import date
from decimal import Decimal

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from aurore_api.socle.types import Entree, Jour, Pourcentage, Prix


class PrixDate(Entree):
    """A price or a discount off the base price, one of the two, and the days on which it holds, both included."""

    valeur: Prix | None = Field(default=None, description="Price excluding VAT; either this or `remise`")
    remise: Pourcentage | None = Field(
        default=None, validate_default=True, description="In % off the base price; either this or `valeur`"
    )
    du: Jour | None = Field(default=None, description="First day; null: always was valid")
    au: Jour | None = Field(default=None, description="Last day; null: without end")

    @field_validator("remise")
    @classmethod
    def _valeur_ou_remise(cls, remise: Decimal | None, info: ValidationInfo) -> Decimal | None:
        if "valeur" in info.data and (remise is None) == (info.data["valeur"] is None):
            raise PydanticCustomError("valeur_ou_remise", "a row gives a price or a discount, one of the two")
        return remise

    @field_validator("au")
    @classmethod
    def _dans_l_ordre(cls, au: date | None, info: ValidationInfo) -> date | None:
        du = info.data.get("du")
        if au is not None and du is not None and au < du:
            raise PydanticCustomError("fin_avant_debut", "the last day lies before the first")
        return au
