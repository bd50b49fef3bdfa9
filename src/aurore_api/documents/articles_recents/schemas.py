"""Recent articles in JSON."""

from typing import Annotated

from pydantic import Field

from aurore_api.documents.schemas import LIGNES_MAX
from aurore_api.socle.types import (
    Court,
    Entree,
    Jour,
    NumeroArticle,
    Pourcentage,
    Prix,
    Quantite,
    QuantiteSignee,
    Sortie,
    exemples,
)


class ArticleRecent(Sortie):
    """An article that a client was invoiced lately."""

    article: str
    designation: str = Field(description="As on the last facture, as are unit and price")
    unite: str | None
    quantite: QuantiteSignee = Field(description="Of all factures together, in base unit")
    fois: int = Field(description="On how many factures")
    derniere_date: Jour
    derniere_quantite: QuantiteSignee
    unite_commande: str | None
    quantite_unite_commande: QuantiteSignee | None
    prix: Prix
    remise: Pourcentage
    prix_tvac: bool = Field(description="Whether `prix` includes VAT")


class ArticlesRecents(Sortie):
    """What a client was invoiced between two days, both included; most often first."""

    client: str
    du: Jour
    au: Jour
    data: list[ArticleRecent]


class QuantiteArticle(Entree):
    """How much of an article; 0 is none."""

    article: NumeroArticle
    quantite: Quantite | None = Field(default=None, description="In base unit")
    quantite_unite_commande: Quantite | None = None
    unite_commande: Court | None = None


class ArticlesRecentsEntree(Entree):
    """Quantities per article, which become lines after the last."""

    model_config = exemples(
        {
            "lignes": [
                {"article": "BAG", "quantite": "120"},
                {"article": "BAG", "quantite_unite_commande": "20", "unite_commande": "CT6"},
            ]
        }
    )

    lignes: Annotated[list[QuantiteArticle], Field(min_length=1, max_length=LIGNES_MAX)]
