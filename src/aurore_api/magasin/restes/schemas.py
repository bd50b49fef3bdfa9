"""Leftovers in JSON, in the articles' base units."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from aurore_api.socle.pagination import Pagination
from aurore_api.socle.types import Entree, Jour, NumeroArticle, Quantite, Sortie, exemples

LIGNES_MAX = 2000


class LigneResteEntree(Entree):
    """What is left of an article."""

    article: NumeroArticle
    quantite: Quantite = Field(description="In base unit; 0: nothing, whatever was entered before")


class RestesEntree(Entree):
    """What a shop has left at the end of a day."""

    model_config = exemples({"date": "2026-11-23", "lignes": [{"article": "ECL", "quantite": "4"}]})

    date: Jour
    lignes: Annotated[list[LigneResteEntree], Field(min_length=1, max_length=LIGNES_MAX)]


class ResteSortie(Sortie):
    """What is left of an article of a day, and when it counts."""

    date: Jour
    article: str
    quantite: Quantite
    pour_le: Jour = Field(description="The day of whose production it is taken off")
    client: str = Field(description="Under which it is told, as the shop's parameters say (`client_reste`)")
    saisi_le: datetime


class RestesSortie(Sortie):
    """All that a shop has left of a day, by article."""

    magasin: str
    date: Jour
    pour_le: Jour = Field(description="The day that what is entered of it now counts for")
    lignes: list[ResteSortie]


class FiltreRestes(Pagination):
    """Which leftovers of a shop."""

    date: Jour | None = Field(default=None, description="Of this day")
    pour_le: Jour | None = Field(default=None, description="For the production of this day")
