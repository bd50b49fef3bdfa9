"""The SQL of reading jobs and of asking one to stop."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select, true
from sqlmodel import col

from aurore_api.socle.contexte import Contexte
from aurore_api.socle.portees import ADMIN, LECTURE
from aurore_api.socle.travaux.tables import EtapeTravail, PieceTravail, Travail
from aurore_api.travaux.schemas import FiltreTravaux


def visibles(portees: frozenset[str]) -> ColumnElement[bool]:
    """The jobs that a key may see: all with `lecture`, otherwise those that it may ask for."""
    return true() if portees & {LECTURE, ADMIN} else col(Travail.portee).in_(sorted(portees))


async def lire(ctx: Contexte, identifiant: UUID, *, verrou: bool = False) -> Travail | None:
    """A job that the request's key may see, locked for a change when asked."""
    requete = select(Travail).where(col(Travail.id) == identifiant, visibles(ctx.cle.portees))
    if verrou:
        requete = requete.with_for_update()
    return (await ctx.session.scalars(requete)).one_or_none()


async def etapes(ctx: Contexte, identifiant: UUID, combien: int) -> Sequence[EtapeTravail]:
    """The first items of a job."""
    requete = select(EtapeTravail).where(col(EtapeTravail.travail) == identifiant)
    return (await ctx.session.scalars(requete.order_by(col(EtapeTravail.rang)).limit(combien))).all()


def liste(portees: frozenset[str], filtre: FiltreTravaux) -> Select[Any]:
    """Jobs that a key may see."""
    requete = select(Travail).where(visibles(portees))
    if filtre.genre is not None:
        requete = requete.where(col(Travail.genre) == filtre.genre)
    if filtre.etat is not None:
        requete = requete.where(col(Travail.etat) == filtre.etat)
    return requete


async def piece(ctx: Contexte, identifiant: UUID, nom: str) -> bytes | None:
    """A PDF that a job kept."""
    requete = select(col(PieceTravail.contenu)).where(
        col(PieceTravail.travail) == identifiant, col(PieceTravail.nom) == nom
    )
    return (await ctx.session.execute(requete)).scalar_one_or_none()


def resultats(identifiant: UUID) -> Select[Any]:
    """All items of a job."""
    return select(EtapeTravail).where(col(EtapeTravail.travail) == identifiant)
