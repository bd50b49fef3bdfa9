"""Conflicts in JSON (MAG-13)."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from aurore_api.documents.sorties import DocumentSortie
from aurore_api.magasin.poussees import VersionPoussee
from aurore_api.socle.pagination import Pagination
from aurore_api.socle.types import Entree, Sortie, TexteLong, exemples
from aurore_domain.magasin import Motif

DecisionConflit = Literal["garder", "prendre", "a_la_main"]


class ConflitSortie(Sortie):
    """What a till sent and could not be taken, beside what is here."""

    id: UUID
    magasin: str
    genre: Literal["commande", "facture"]
    reference: str
    motif: Motif = Field(description="What happened here")
    version: int = Field(description="Of what was sent")
    recu: dict[str, Any] = Field(description="The till's version, as it was pushed")
    document: UUID | None
    ici: DocumentSortie | None = Field(default=None, description="Ours, as it is now; null where there is none")
    cree_le: datetime
    change_le: datetime
    decision: DecisionConflit | None
    note: str | None
    regle_le: datetime | None


class FiltreConflits(Pagination):
    """Which conflicts."""

    regles: bool = Field(default=False, description="Also those that were settled")


class ReglementEntree(Entree):
    """How a conflict is settled, for good: the same version pushed again changes nothing from then on."""

    model_config = exemples({"version": 2, "decision": "garder", "note": "Livré tel quel, vu avec le magasin"})

    version: VersionPoussee = Field(description="The till's version that the decision is about")
    decision: DecisionConflit = Field(
        description="`garder`: ours stays; `prendre`: theirs is taken, which nothing that moved on allows; "
        "`a_la_main`: it was seen to by hand, the note says how"
    )
    note: TexteLong | None = Field(default=None, min_length=1, description="Needed for `a_la_main`")
