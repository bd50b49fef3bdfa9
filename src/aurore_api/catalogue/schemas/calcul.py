"""The calculation of an article's prices in JSON (CAL-10)."""

from datetime import date

from pydantic import Field

from aurore_api.socle.types import Booleen, Entree, Jour, Pourcentage, Prix, PrixTvac, Sortie, Taux, Version, exemples

Date = date
"""`date` under another name: a field is called `date` too."""


class CalculEntree(Entree):
    """What is known of an article's prices; what is not given is the article's, where it does not conflict (ART-04).

    A selling price or a rate that is given replaces the article's selling price. A rate given with a selling price
    replaces its purchase price; where that is given as well, its costs.
    """

    model_config = exemples(
        {"prix_achat": "0.4200", "frais_achat": "0.0300", "taux_marge": "85.00"},
        {"prix_vente_tvac": "2.50", "taux_marque": "40.00", "date": "2026-11-23"},
        {"composants": True, "enregistrer": True},
    )

    prix_achat: Prix | None = Field(default=None, description="Purchase price excluding VAT")
    frais_achat: Prix | None = Field(default=None, description="Purchase costs, added to the purchase price")
    taux_marge: Taux | None = Field(default=None, description="Margin in % of the cost")
    taux_marque: Taux | None = Field(default=None, description="Margin in % of the selling price excluding VAT")
    prix_vente: Prix | None = Field(
        default=None, description="Selling price excluding VAT; in whole euros it says which whole price is meant"
    )
    prix_vente_tvac: PrixTvac | None = Field(
        default=None,
        description="Selling price including VAT, with no more decimals than the société lets people see; "
        "with none where the article is sold in whole euros",
    )
    date: Jour | None = Field(default=None, description="The day whose VAT rates apply; today unless given")
    composants: Booleen = Field(
        default=False, description="Start from what the article's components give instead of its own prices (ART-11)"
    )
    enregistrer: Booleen = Field(
        default=False,
        description="Store purchase price, costs and selling price in the article; those of purchase stay as they are "
        "while a component has none. If-Match is honoured when sent",
    )


class CalculSortie(Sortie):
    """All prices of an article, per base unit; null where there is nothing to compute it from."""

    article: str
    date: Date
    taux_tva_vente: Pourcentage
    taux_tva_achat: Pourcentage | None = Field(description="Null without `code_tva_achat`, or while that has no rate")
    prix_achat: Prix | None
    prix_achat_tvac: PrixTvac | None
    frais_achat: Prix
    cout: Prix | None = Field(description="Purchase price and costs")
    taux_marge: Taux | None = Field(description="In % of the cost; null where that is unknown or 0")
    taux_marque: Taux | None = Field(description="In % of the selling price; null where that is 0, or no cost known")
    prix_vente: Prix
    prix_vente_tvac: PrixTvac
    manquants: list[str] = Field(description="With `composants`: those without purchase price")
    enregistre: bool
    version: Version = Field(description="Of the article")
