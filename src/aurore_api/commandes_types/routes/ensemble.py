"""`/v1/commandes-types`: the standing orders of all clients on a day."""

from typing import Annotated

from fastapi import Query, Request, Response

from aurore_api.commandes_types.schemas import (
    ConversionsEntree,
    ConversionSortie,
    ConversionsSortie,
    FiltreConversions,
    FiltrePrevisions,
    PrevisionsSortie,
)
from aurore_api.commandes_types.service import conversions
from aurore_api.commandes_types.service.previsions import previsions
from aurore_api.socle.contexte import Ctx
from aurore_api.socle.pagination import Page, lier_suite
from aurore_api.socle.route import nouveau_routeur

routeur = nouveau_routeur("/commandes-types", "commandes-types")
Simulation = Annotated[bool, Query(description="DOC-17: answer what it would give and store nothing")]


@routeur.get("/previsions", operation_id="lire_previsions", summary="Read what standing orders ask for on a day")
async def lire(ctx: Ctx, filtre: Annotated[FiltrePrevisions, Query()]) -> PrevisionsSortie:
    """Per client and article, of clients that are active and open that day, in base unit."""
    return await previsions(ctx, filtre.date, None if filtre.client is None else [filtre.client])


@routeur.get("/conversions", operation_id="lister_conversions", summary="List the commandes made of standing orders")
async def lister(
    ctx: Ctx, filtre: Annotated[FiltreConversions, Query()], request: Request, response: Response
) -> Page[ConversionSortie]:
    """Which commande replaces which standing order, by day."""
    page = await conversions.lister(ctx, filtre)
    lier_suite(request, response, page.curseur_suivant)
    return page


@routeur.post(
    "/conversions",
    operation_id="convertir_commandes_types",
    summary="Make commandes of the standing orders for a day",
    status_code=207,
)
async def convertir(ctx: Ctx, corps: ConversionsEntree, simulation: Simulation = False) -> ConversionsSortie:
    """One commande per client that is open that day, with one outcome each; again, it makes nothing twice (CLI-07)."""
    ctx.simulation = simulation
    return await conversions.convertir(ctx, corps)
