"""Delivery notes in JSON."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from aurore_api.socle.pagination import Pagination
from aurore_api.socle.travaux.problemes import ProblemeDeTravail
from aurore_api.socle.types import Booleen, Entree, Identifiant, Jour, NumeroClient, Sortie, exemples

CLIENTS_MAX = 2000


class NotesEnvoiEntree(Entree):
    """Make the delivery notes of a day."""

    model_config = exemples({"date": "2026-11-24"}, {"date": "2026-11-24", "clients": ["C0012"], "simulation": True})

    date: Jour = Field(description="The day of delivery, which the notes are dated")
    clients: Annotated[list[NumeroClient], Field(min_length=1, max_length=CLIENTS_MAX)] | None = Field(
        default=None, description="All that want one, unless given"
    )
    simulation: Booleen = Field(default=False, description="Answer what would come of it, and keep nothing")


StatutNoteEnvoi = Literal["cree", "rien", "refuse"]
MotifSansNote = Literal["note_envoi_non_demandee", "commande_de_particulier"]


class NoteEnvoiFaite(Sortie):
    """What became of the commandes of one client that go out together."""

    client: str
    client_nom: str
    commandes: list[UUID]
    statut: StatutNoteEnvoi = Field(description="`rien`: someone else took meanwhile what was left of them")
    document: UUID | None = Field(description="The bordereau; a dry run keeps none of those it names")
    numero_affiche: str | None
    copies: int
    probleme: ProblemeDeTravail | None = Field(description="Why it was refused; nothing was done then")


class SansNoteEnvoi(Sortie):
    """Commandes that are due and become no delivery note."""

    client: str
    client_nom: str
    commandes: list[UUID]
    code: MotifSansNote
    detail: str


class NotesEnvoiSortie(Sortie):
    """What came of it; the result of the job, and what a dry run answers."""

    simulation: bool
    date: Jour
    notes: list[NoteEnvoiFaite]
    sans_note: list[SansNoteEnvoi]
    resume: dict[StatutNoteEnvoi, int]


class NoteEnvoiSortie(Sortie):
    """A bordereau that was made as a delivery note."""

    document: UUID
    date: Jour
    travail: str = Field(description="The job that made it, as `/v1/travaux` knows it")
    copies: int
    cree_le: datetime


class FiltreNotesEnvoi(Pagination):
    """Which delivery notes."""

    date: Jour | None = None
    travail: Identifiant | None = None
