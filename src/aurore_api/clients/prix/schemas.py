"""Clients' own prices in JSON, and as the rules take them."""

from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 (the filter has a field of this name)
from decimal import Decimal

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from aurore_api.catalogue.schemas.prix_dates import PrixDate
from aurore_api.socle.pagination import Pagination
from aurore_api.socle.types import Code, Jour, NumeroArticle, Pourcentage, Prix, Sortie, Version, exemples


class PrixClientEntree(PrixDate):
    """What a client pays for an article, or for the articles of a famille: a price or a discount (CLI-09)."""

    model_config = exemples(
        {"article": "BAG", "valeur": "0.7500", "du": "2026-01-01", "au": "2026-12-31"},
        {"famille": "3", "remise": "8.00"},
    )

    article: NumeroArticle | None = Field(default=None, description="Either this or `famille`")
    famille: Code | None = Field(
        default=None, validate_default=True, description="Either this or `article`, whose own rows come first"
    )

    @field_validator("famille")
    @classmethod
    def _article_ou_famille(cls, famille: str | None, info: ValidationInfo) -> str | None:
        if "article" in info.data and (famille is None) == (info.data["article"] is None):
            raise PydanticCustomError("article_ou_famille", "a row is for an article or for a famille, one of the two")
        return famille


class PrixClientSortie(Sortie):
    """A row of a client's own prices as it is."""

    client: str
    id: int
    article: str | None
    famille: str | None
    valeur: Prix | None
    remise: Pourcentage | None
    du: Jour | None
    au: Jour | None
    version: Version


class FiltrePrixClient(Pagination):
    """Which of a client's rows."""

    article: NumeroArticle | None = Field(default=None, description="Rows for this article, not for its famille")
    famille: Code | None = None
    date: Jour | None = Field(default=None, description="Rows that hold on this day")


@dataclass(frozen=True, slots=True)
class PrixDeClient:
    """A row as the domain's `LigneClient` wants it, with the id that names it."""

    id: int
    article: str | None
    famille: str | None
    valeur: Decimal | None
    remise: Decimal | None
    du: Date | None
    au: Date | None
