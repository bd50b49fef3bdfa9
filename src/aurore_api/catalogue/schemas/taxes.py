"""Taxes of an article in JSON."""

from decimal import Decimal

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from aurore_api.socle.types import Code, Entree, Pourcentage, Prix, Sortie, Version, exemples


class TaxeArticleEntree(Entree):
    """A charge on top of an article in documents of one VAT category: packaging tax, crate deposit (ART-07)."""

    model_config = exemples(
        {"code_taxe": "BAC", "categorie_tva": "national", "code_tva": "0", "montant": "0.2500"},
        {"code_taxe": "RECUPEL", "categorie_tva": "national", "code_tva": "21", "pourcentage": "1.50"},
    )

    code_taxe: Code
    categorie_tva: Code = Field(description="Charged in documents of this VAT category")
    code_tva: Code = Field(description="VAT of the charge itself")
    montant: Prix | None = Field(
        default=None, description="Excluding VAT, per base unit; either this or `pourcentage` (CAL-06)"
    )
    pourcentage: Pourcentage | None = Field(
        default=None, validate_default=True, description="In % of the line's net amount; either this or `montant`"
    )

    @field_validator("pourcentage")
    @classmethod
    def _montant_ou_pourcentage(cls, pourcentage: Decimal | None, info: ValidationInfo) -> Decimal | None:
        if "montant" in info.data and (pourcentage is None) == (info.data["montant"] is None):
            raise PydanticCustomError("montant_ou_pourcentage", "a tax is an amount or a percentage, one of the two")
        return pourcentage


class TaxeArticleSortie(Sortie):
    """A tax of an article as it is."""

    article: str
    id: int
    code_taxe: str
    categorie_tva: str
    code_tva: str
    montant: Prix | None
    pourcentage: Pourcentage | None
    version: Version
