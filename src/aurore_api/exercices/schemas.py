"""Accounting years and their numbering table in JSON."""

from datetime import date, datetime
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from aurore_api.socle.types import Code, Entree, Jour, Libelle, Sortie, Version
from aurore_domain.cycle import TypeDocument


class ExerciceEntree(Entree):
    """An accounting year: first and last day, both included."""

    code: Code
    debut: Jour
    fin: Jour
    etat: Literal["ouvert", "cloture"] = "ouvert"

    @model_validator(mode="after")
    def _dans_l_ordre(self) -> Self:
        if self.fin < self.debut:
            raise PydanticCustomError("fin_avant_debut", "the last day lies before the first")
        return self


class ExerciceSortie(Sortie):
    """An accounting year as it is."""

    code: str
    debut: Jour
    fin: Jour
    etat: Literal["ouvert", "cloture"]
    version: Version


class TrouSortie(Sortie):
    """Numbers left out on purpose (DOC-05)."""

    du: int
    au: int
    motif: str
    declare_le: datetime


class NumeroSortie(Sortie):
    """The last number of a type in an exercice, the date that chronology starts from, and the declared gaps."""

    type: TypeDocument
    dernier: int
    derniere_date: date | None
    trous: list[TrouSortie]
    version: int


class NumeroChange(NumeroSortie):
    """The same as an event tells it: with the reason of the change."""

    motif: str


class NumerosSortie(Sortie):
    """The numbering table of an exercice."""

    exercice: str
    data: list[NumeroSortie]


class NumeroModification(Entree):
    """Raise a counter: the numbers left out are a declared gap. Lower it to the last number in use: that closes."""

    dernier: Annotated[int, Field(strict=True, ge=0, le=999_999)]
    motif: Libelle
