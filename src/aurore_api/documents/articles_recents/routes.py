"""`/v1/clients/{numero}/articles-recents` and `/v1/documents/{id}/articles-recents`."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query

from aurore_api.documents.articles_recents import service
from aurore_api.documents.articles_recents.schemas import ArticlesRecents, ArticlesRecentsEntree
from aurore_api.documents.sorties import DocumentSortie
from aurore_api.socle.contexte import Ctx
from aurore_api.socle.route import nouveau_routeur
from aurore_api.socle.types import Identifiant, Jour, NumeroClient

_clients = nouveau_routeur("/clients/{numero}/articles-recents", "clients")
_documents = nouveau_routeur("/documents/{id}/articles-recents", "documents")


@_clients.get("", operation_id="lire_articles_recents", summary="Read what a client was invoiced lately")
async def articles_recents(
    ctx: Ctx,
    numero: Annotated[NumeroClient, Path()],
    jour: Annotated[Jour | None, Query(alias="date", description="Today by default")] = None,
) -> ArticlesRecents:
    """Articles of its issued factures of the 60 days before and on a day (DOC-14)."""
    return await service.lire(ctx, numero, jour)


@_documents.post("", operation_id="ajouter_articles_recents", summary="Add lines of quantities", status_code=201)
async def ajouter_articles_recents(
    ctx: Ctx,
    identifiant: Annotated[Identifiant, Path(alias="id")],
    corps: ArticlesRecentsEntree,
    simulation: Annotated[bool, Query(description="DOC-17: answer as if, store nothing")] = False,
) -> DocumentSortie:
    """The document as it is with a line of each quantity above 0 (DOC-14)."""
    ctx.simulation = simulation
    return await service.ajouter(ctx, UUID(identifiant), corps)


routeur = APIRouter(redirect_slashes=False)
routeur.include_router(_clients)
routeur.include_router(_documents)
