"""`/v1/effacements`."""

from typing import Annotated

from fastapi import Query, Request, Response

from aurore_api.documents.effacement import service
from aurore_api.documents.effacement.schemas import (
    EffacementEntree,
    EffacementSortie,
    FiltreNumeros,
    NumeroEffaceSortie,
)
from aurore_api.socle.contexte import Ctx
from aurore_api.socle.pagination import Page, lier_suite
from aurore_api.socle.route import nouveau_routeur

routeur = nouveau_routeur("/effacements", "effacements")


@routeur.post("", operation_id="effacer", summary="Erase annulled and blocked documents that lead nowhere")
async def effacer(ctx: Ctx, corps: EffacementEntree) -> EffacementSortie:
    """All at once and at most 5000; with `simulation` it answers the same and erases nothing (EFF-01, EFF-02)."""
    ctx.simulation = corps.simulation
    return await service.effacer(ctx, corps)


@routeur.get("/numeros", operation_id="lister_numeros_effaces", summary="List the numbers of erased documents")
async def lister_numeros(
    ctx: Ctx, filtre: Annotated[FiltreNumeros, Query()], request: Request, response: Response
) -> Page[NumeroEffaceSortie]:
    """When each was erased, and why: no number is unexplained (EFF-02)."""
    page = await service.lister_numeros(ctx, filtre)
    lier_suite(request, response, page.curseur_suivant)
    return page
