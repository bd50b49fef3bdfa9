"""Keys and events in JSON."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from aurore_api.socle.portees import MOTIF_PORTEE
from aurore_api.socle.types import Entree, Libelle, Moment, Sortie

Portee = Annotated[str, StringConstraints(max_length=30, pattern=MOTIF_PORTEE)]


class CleEntree(Entree):
    """A key to make: what it may do and until when."""

    libelle: Libelle
    portees: Annotated[list[Portee], Field(min_length=1, max_length=20)]
    expire_le: Moment | None = None


class CleSortie(Sortie):
    """A key as lists show it: never its secret."""

    id: int
    libelle: str
    prefixe: str
    portees: list[str]
    creee_le: datetime
    expire_le: datetime | None
    revoquee_le: datetime | None
    derniere_utilisation: datetime | None


class CleCreee(CleSortie):
    """A new key with its secret, shown this once: null when the request is repeated."""

    secret: str | None


class EvenementSortie(Sortie):
    """One change: who, when, of what, before and after (SEC-04)."""

    id: int
    instant: datetime
    cle: int
    requete: str
    action: str
    ressource: str
    identifiant: str
    avant: dict[str, Any] | None
    apres: dict[str, Any] | None
