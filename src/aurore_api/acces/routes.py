"""`/v1/cles` and `/v1/evenements`."""

from typing import Annotated

from fastapi import Query, Request, Response

from aurore_api.acces import service
from aurore_api.acces.schemas import CleCreee, CleEntree, CleSortie, EvenementSortie
from aurore_api.socle.contexte import Ctx
from aurore_api.socle.pagination import Page, Pagination, Paginer, lier_suite
from aurore_api.socle.route import nouveau_routeur
from aurore_api.socle.types import Court, IdentifiantUrl

routeur = nouveau_routeur("", "acces")


class FiltreEvenements(Pagination):
    """Which events: of a kind of resource, of one resource."""

    ressource: Court | None = None
    identifiant: Court | None = None


@routeur.get("/cles", operation_id="lister_cles", summary="List the keys")
async def lister(ctx: Ctx, page: Paginer, request: Request, response: Response) -> Page[CleSortie]:
    """The keys of the société, without their secrets."""
    resultat = await service.lister_cles(ctx, page)
    lier_suite(request, response, resultat.curseur_suivant)
    return resultat


@routeur.post("/cles", operation_id="creer_cle", summary="Make a key", status_code=201)
async def creer(ctx: Ctx, corps: CleEntree, response: Response) -> CleCreee:
    """The secret is shown in this answer and never again."""
    cle = await service.creer_cle(ctx, corps)
    response.headers["location"] = f"/v1/cles/{cle.id}"
    return cle


@routeur.get("/cles/{id}", operation_id="lire_cle", summary="Read a key")
async def lire(ctx: Ctx, id: IdentifiantUrl) -> CleSortie:  # noqa: A002 (the field's name)
    """One key, without its secret."""
    return await service.lire_cle(ctx, id)


@routeur.delete("/cles/{id}", operation_id="revoquer_cle", summary="Revoke a key", status_code=204)
async def revoquer(ctx: Ctx, id: IdentifiantUrl) -> None:  # noqa: A002 (the field's name)
    """The key stops working with this answer."""
    await service.revoquer_cle(ctx, id)


@routeur.get("/evenements", operation_id="lister_evenements", summary="Read the journal of changes")
async def evenements(
    ctx: Ctx, filtre: Annotated[FiltreEvenements, Query()], request: Request, response: Response
) -> Page[EvenementSortie]:
    """Who changed what, when, before and after (SEC-04)."""
    page = await service.lister_evenements(ctx, filtre, filtre.ressource, filtre.identifiant)
    lier_suite(request, response, page.curseur_suivant)
    return page
