"""Crates in JSON. Quantities in base unit, above 0 where the client has, or got, crates."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from aurore_api.socle.pagination import Pagination
from aurore_api.socle.types import (
    Entree,
    Jour,
    Libelle,
    NumeroArticle,
    NumeroClient,
    QuantiteSignee,
    Sortie,
    exemples,
)


class SoldeVidangeSortie(Sortie):
    """What a client has of a kind of crate; `solde` = `livrees` - `reprises` + `corrections`, below 0 it is owed."""

    client: str
    article: str
    designation: str
    livrees: QuantiteSignee = Field(description="Out on documents")
    reprises: QuantiteSignee = Field(description="Back on documents")
    corrections: QuantiteSignee = Field(description="By hand: opening balances, counts")
    solde: QuantiteSignee


class VidangesClientSortie(Sortie):
    """What a client has of every kind of crate at the end of a day."""

    client: str
    date: Jour | None = Field(description="Null: all that is known, whatever its date")
    soldes: list[SoldeVidangeSortie]


class FiltreSoldes(Entree):
    """The query parameters of a client's balances."""

    date: Jour | None = Field(default=None, description="At the end of this day; by default with all that is known")


class FiltreVidanges(Pagination):
    """The query parameters of `/v1/vidanges`."""

    client: NumeroClient | None = None
    article: NumeroArticle | None = None
    date: Jour | None = Field(default=None, description="At the end of this day; by default with all that is known")
    soldees: bool = Field(default=False, description="Also the balances that are 0")


class FiltreMouvementsVidanges(Pagination):
    """The query parameters of the movements behind a client's balances."""

    article: NumeroArticle | None = None
    du: Jour | None = Field(default=None, description="Dated on or after")
    au: Jour | None = Field(default=None, description="Dated on or before")


class MouvementVidangeSortie(Sortie):
    """What a document's line, or a correction, did to a client's crates; what follows it has taken over."""

    date: Jour
    instant: datetime
    article: str
    quantite: QuantiteSignee = Field(description="Above 0: crates out to the client")
    ligne: UUID = Field(description="The document's line, or the correction's own identifier")
    document: UUID | None
    motif: str | None


class LigneCorrectionVidange(Entree):
    """By how much a client's balance of a kind of crate is corrected."""

    article: NumeroArticle
    quantite: QuantiteSignee = Field(description="Above 0: the client has more than the balance says")


class CorrectionVidangesEntree(Entree):
    """A correction of a client's balances, for a reason; all of it is taken, or none."""

    model_config = exemples({"motif": "Solde de départ", "lignes": [{"article": "BAC", "quantite": "12"}]})

    date: Jour | None = Field(default=None, description="Today by default")
    motif: Libelle
    lignes: Annotated[list[LigneCorrectionVidange], Field(min_length=1, max_length=200)]


class CorrectionVidangesSortie(Sortie):
    """What was corrected, and the client's balances after it."""

    client: str
    date: Jour
    motif: str
    mouvements: list[MouvementVidangeSortie]
    soldes: list[SoldeVidangeSortie]
