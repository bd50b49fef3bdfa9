"""Back-orders and giving them up, in JSON."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from aurore_api.documents.schemas import SourceEntree
from aurore_api.socle.pagination import Pagination
from aurore_api.socle.types import (
    Entree,
    Identifiant,
    Jour,
    Libelle,
    NumeroArticle,
    NumeroClient,
    QuantiteSignee,
    Sortie,
    exemples,
)
from aurore_domain.cycle import TypeDocument


class FiltreDuClient(Pagination):
    """What the back-orders of one client can be narrowed to."""

    article: NumeroArticle | None = None
    du: Jour | None = Field(default=None, description="Requested on or after; of the document's date where no day is")
    au: Jour | None = Field(default=None, description="Requested on or before")
    tri: Annotated[str, StringConstraints(max_length=20)] | None = Field(
        default=None, description="`date`, the day requested; `-date` descends"
    )


class FiltreBackOrders(FiltreDuClient):
    """What all back-orders can be narrowed to."""

    client: NumeroClient | None = None


class BackOrder(Sortie):
    """A line of which something is owed. Ordered = transferred + open + given up, unless more was delivered (TRF-10).

    In base unit, and in order unit where the line has one.
    """

    ligne: UUID
    document: UUID
    type: TypeDocument
    numero_affiche: str | None
    date: Jour
    client: str
    client_nom: str
    ordre: int
    article: str | None
    designation: str
    unite: str | None
    unite_commande: str | None
    date_demandee: Jour = Field(description="The line's delivery date, else the document's date")
    commandee: QuantiteSignee
    transferee: QuantiteSignee
    ouverte: QuantiteSignee
    abandonnee: QuantiteSignee
    commandee_unite_commande: QuantiteSignee | None
    transferee_unite_commande: QuantiteSignee | None
    ouverte_unite_commande: QuantiteSignee | None
    abandonnee_unite_commande: QuantiteSignee | None


class AbandonEntree(Entree):
    """What is given up, named as a transfer names what it takes; without quantity all that is left."""

    model_config = exemples(
        {
            "motif": "Le client n'attend plus",
            "sources": [
                {
                    "document": "0199a3d2-7c51-7f0e-9a61-3b1f0c6d2e85",
                    "lignes": [{"ordre": 100, "quantite": "5"}],
                }
            ],
        }
    )

    motif: Libelle
    sources: Annotated[list[SourceEntree], Field(min_length=1, max_length=200)]


class FiltreAbandons(Pagination):
    """What the list of givings-up can be narrowed to."""

    client: NumeroClient | None = None
    document: Identifiant | None = None


class LigneAbandonneeSortie(Sortie):
    """How much of a line was given up."""

    ligne: UUID
    document: UUID
    ordre: int
    designation: str
    quantite: QuantiteSignee
    quantite_unite_commande: QuantiteSignee


class AbandonSortie(Sortie):
    """What was given up in one go; `repris_le` says that it was taken back."""

    id: UUID
    motif: str
    cree_le: datetime
    repris_le: datetime | None
    lignes: list[LigneAbandonneeSortie]
