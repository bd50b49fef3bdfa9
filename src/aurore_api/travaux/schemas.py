"""Jobs in JSON."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from aurore_api.socle.pagination import Pagination
from aurore_api.socle.travaux.problemes import ProblemeDeTravail
from aurore_api.socle.travaux.tables import EtatEtape, EtatTravail
from aurore_api.socle.types import Code, Sortie

ETAPES_DITES = 20
"""Most items that a job's own answer shows; all of them are in its results."""


class Progression(Sortie):
    """How far a job is, in items."""

    total: int | None = Field(description="Null until they are known")
    faites: int
    echecs: int


class EtapeSortie(Sortie):
    """One item of a job and what became of it."""

    rang: int
    nom: str
    etat: EtatEtape
    fini_le: datetime | None
    resultat: dict[str, Any] | None = Field(description="As the kind of job makes it")
    probleme: ProblemeDeTravail | None


class TravailResume(Sortie):
    """A job in a list."""

    id: UUID
    genre: str
    etat: EtatTravail
    parametres: dict[str, Any] = Field(description="What was asked for")
    progression: Progression
    annulation_demandee: bool
    cle: int = Field(description="The key that asked for it")
    cree_le: datetime
    commence_le: datetime | None
    fini_le: datetime | None
    version: int


class TravailSortie(TravailResume):
    """A job, with its first 20 items, and what came of it once it is over."""

    etapes: list[EtapeSortie]
    resultat: dict[str, Any] | None = Field(description="As the kind of job makes it; what a dry run answers")
    probleme: ProblemeDeTravail | None = Field(description="Why it failed, or was cancelled, as a whole")


class FiltreTravaux(Pagination):
    """What the list of jobs can be narrowed to; the youngest come first."""

    genre: Code | None = None
    etat: EtatTravail | None = None


ACCEPTE: dict[int | str, dict[str, Any]] = {
    202: {"model": TravailSortie, "description": "Asked for; the job tells how far it is"}
}
"""What the contract says of an operation that asks for a job."""
