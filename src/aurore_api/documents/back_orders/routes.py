"""`/v1/back-orders` and `/v1/clients/{numero}/back-orders`."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response

from aurore_api.documents.back_orders import service
from aurore_api.documents.back_orders.schemas import (
    AbandonEntree,
    AbandonSortie,
    BackOrder,
    FiltreAbandons,
    FiltreBackOrders,
    FiltreDuClient,
)
from aurore_api.socle.contexte import Ctx
from aurore_api.socle.pagination import Page, lier_suite
from aurore_api.socle.route import nouveau_routeur
from aurore_api.socle.types import Identifiant, NumeroClient

back_orders = nouveau_routeur("/back-orders", "back-orders")
du_client = nouveau_routeur("/clients/{numero}/back-orders", "back-orders")
IdUrl = Annotated[Identifiant, Path(alias="id")]


@back_orders.get("", operation_id="lister_back_orders", summary="List back-orders")
async def lister(
    ctx: Ctx, filtre: Annotated[FiltreBackOrders, Query()], request: Request, response: Response
) -> Page[BackOrder]:
    """What is left of the orders of clients that were delivered in part (TRF-08)."""
    page = await service.lister(ctx, filtre)
    lier_suite(request, response, page.curseur_suivant)
    return page


@du_client.get("", operation_id="lister_back_orders_client", summary="List a client's back-orders")
async def lister_du_client(
    ctx: Ctx,
    numero: Annotated[NumeroClient, Path()],
    filtre: Annotated[FiltreDuClient, Query()],
    request: Request,
    response: Response,
) -> Page[BackOrder]:
    """What is still owed to it (TRF-08)."""
    page = await service.lister_du_client(ctx, numero, filtre)
    lier_suite(request, response, page.curseur_suivant)
    return page


@back_orders.get("/abandons", operation_id="lister_abandons", summary="List what was given up")
async def lister_abandons(
    ctx: Ctx, filtre: Annotated[FiltreAbandons, Query()], request: Request, response: Response
) -> Page[AbandonSortie]:
    """With the reason of each."""
    page = await service.lister_abandons(ctx, filtre)
    lier_suite(request, response, page.curseur_suivant)
    return page


@back_orders.post("/abandons", operation_id="abandonner", summary="Give up what is left of orders", status_code=201)
async def abandonner(ctx: Ctx, corps: AbandonEntree, response: Response) -> AbandonSortie:
    """Whole documents, ranges, or chosen lines with quantities: all of it, or none (TRF-08)."""
    abandon = await service.abandonner_lignes(ctx, corps)
    response.headers["location"] = f"/v1/back-orders/abandons/{abandon.id}"
    return abandon


@back_orders.get("/abandons/{id}", operation_id="lire_abandon", summary="Read what was given up in one go")
async def lire_abandon(ctx: Ctx, identifiant: IdUrl) -> AbandonSortie:
    """Lines, quantities and reason."""
    return await service.lire_abandon(ctx, UUID(identifiant))


@back_orders.post("/abandons/{id}/reprise", operation_id="reprendre_abandon", summary="Take a giving-up back")
async def reprendre(ctx: Ctx, identifiant: IdUrl) -> AbandonSortie:
    """What was given up is owed again (TRF-08)."""
    return await service.reprendre(ctx, UUID(identifiant))


routeur = APIRouter(redirect_slashes=False)
routeur.include_router(back_orders)
routeur.include_router(du_client)
