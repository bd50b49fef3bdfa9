"""The evening routine in JSON."""

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Field

from aurore_api.socle.travaux.problemes import ProblemeDeTravail
from aurore_api.socle.types import Entree, Jour, Sortie, exemples


class EtapeRoutine(StrEnum):
    """The steps of the interface's menu, in its order."""

    COMMANDES = "commandes"
    LISTE_COMMANDES = "liste_commandes"
    NOTES_ENVOI = "notes_envoi"
    PRODUCTION = "production"


class RoutineEntree(Entree):
    """Do the evening's work for a day."""

    model_config = exemples(
        {"date": "2026-11-24", "etapes": ["liste_commandes", "notes_envoi", "production"]}, {"date": "2026-11-24"}
    )

    date: Jour = Field(description="The day that is produced and delivered")
    etapes: Annotated[list[EtapeRoutine], Field(min_length=1, max_length=len(EtapeRoutine))] = Field(
        default_factory=lambda: list(EtapeRoutine),
        description="All of them, unless given; they are always done in the order of the menu",
    )


class RoutineDemandee(RoutineEntree):
    """The same, of a shop: what the job keeps."""

    magasin: str


class EtapeSortie(Sortie):
    """What became of a step.

    `rien`: there was nothing to do, or all was done before. `partiel`: some delivery notes were refused. `desactive`:
    switched off by `parametre` (MAG-01).
    """

    etape: EtapeRoutine
    issue: Literal["fait", "partiel", "rien", "desactive", "echec"]
    parametre: str | None = None
    date: Jour | None = Field(default=None, description="The day that the step is about")
    pdf: str | None = Field(default=None, description="Where its PDF is")
    details: dict[str, Any] = Field(default_factory=dict)
    problemes: list[ProblemeDeTravail] = Field(default_factory=list)


class RoutineSortie(Sortie):
    """What was done; the result of the job."""

    magasin: str
    date: Jour
    etapes: list[EtapeSortie]
