"""What documents ask for on a day, for whoever makes it (MAG-20, MAG-24)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Select

from aurore_api.documents import requetes_besoins as requetes
from aurore_api.socle.contexte import Contexte
from aurore_domain.cycle import Etat, TypeDocument


@dataclass(frozen=True, slots=True)
class Demandee:
    """What is asked for of an article, in base unit; `client` is None where it was not asked for by client."""

    article: str
    client: str | None
    magasin: bool
    """Whether it comes from a till's order book."""
    quantite: Decimal


@dataclass(frozen=True, slots=True)
class Demandeur:
    """A document that asks, or asked, for something on a day, as people know it."""

    document: UUID
    type: TypeDocument
    etat: Etat
    numero_affiche: str | None
    client: str
    client_nom: str
    magasin: str | None
    reference_magasin: str | None


async def demandees(
    ctx: Contexte,
    jour: date,
    *,
    articles: Collection[str] | None,
    sauf: Select[tuple[UUID]] | None = None,
    par_client: bool = False,
) -> list[Demandee]:
    """What documents ask for on a day, of these articles or of all, in one statement.

    By the line's delivery day; ordered less given up, whatever has been transferred since; crates apart. `sauf` are
    documents that do not count, as a select of their ids.
    """
    return [Demandee(*rang) for rang in await requetes.demandees(ctx, jour, articles, sauf, par_client=par_client)]


async def empreintes(
    ctx: Contexte, jour: date, *, articles: Collection[str] | None, sauf: Select[tuple[UUID]] | None = None
) -> dict[UUID, int]:
    """The documents that ask for something on a day, each with a digest that differs when what it asks for does."""
    return await requetes.empreintes(ctx, jour, articles, sauf)


async def demandeurs(ctx: Contexte, identifiants: Collection[UUID]) -> list[Demandeur]:
    """These documents by client; those that were deleted are absent."""
    return [Demandeur(*rang) for rang in await requetes.entetes(ctx, identifiants)] if identifiants else []
