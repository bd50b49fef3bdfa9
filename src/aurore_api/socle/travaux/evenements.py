"""What the journal tells of jobs: that they were asked for, cancelled, and how they ended; not each of their items."""

from typing import Any
from uuid import UUID

from aurore_api.socle.contexte import Contexte
from aurore_api.socle.journal import Action, consigner, ecrit
from aurore_api.socle.travaux.tables import EtatTravail
from aurore_api.socle.types import Sortie


class TravailConsigne(Sortie):
    """A job as the journal tells it."""

    id: UUID
    genre: str
    etat: EtatTravail
    parametres: dict[str, Any]
    annulation_demandee: bool
    total: int | None
    faites: int
    echecs: int
    version: int


async def consigner_travail(ctx: Contexte, action: Action, avant: Any, apres: Any) -> None:
    """Write the event of a job's change, given its rows."""
    etats = [None if un is None else ecrit(TravailConsigne.model_validate(un)) for un in (avant, apres)]
    await consigner(ctx, "travail", str(apres.id), action, *etats)
