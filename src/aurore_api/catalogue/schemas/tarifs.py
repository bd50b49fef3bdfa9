"""Tariff rows of an article in JSON."""

from decimal import Decimal

from pydantic import Field

from aurore_api.catalogue.schemas.prix_dates import PrixDate
from aurore_api.socle.types import (
    Code,
    Jour,
    Pourcentage,
    Prix,
    Quantite,
    Sortie,
    Version,
    exemples,
)


class TarifArticleEntree(PrixDate):
    """A price or a discount for a price list, from a quantity in base unit on, while it is valid (ART-14)."""

    model_config = exemples(
        {"tarif": "REV", "quantite_minimum": "100", "valeur": "0.7900"}, {"tarif": "REV", "remise": "5.00"}
    )

    tarif: Code
    quantite_minimum: Quantite = Field(default=Decimal(0), description="In base unit; 0 holds for any quantity")


class TarifArticleSortie(Sortie):
    """A row of an article's tariffs as it is."""

    article: str
    id: int
    tarif: str
    quantite_minimum: Quantite
    valeur: Prix | None
    remise: Pourcentage | None
    du: Jour | None
    au: Jour | None
    version: Version
