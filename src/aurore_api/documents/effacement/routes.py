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
from aurore_api.socle.travaux.reponses import accepte
from aurore_api.travaux.schemas import ACCEPTE

routeur = nouveau_routeur("/effacements", "effacements")


@routeur.post(
    "",
    operation_id="effacer",
    summary="Erase annulled and blocked documents that lead nowhere",
    response_model=EffacementSortie,
    responses=ACCEPTE,
)
async def effacer(ctx: Ctx, corps: EffacementEntree) -> EffacementSortie | Response:
    """A job, whose result is what `simulation` answers at once, erasing nothing (EFF-01, EFF-02)."""
    if corps.simulation:
        return await service.simuler(ctx, corps)
    travail = await service.demander(ctx, corps)
    return accepte(travail.id, travail)


@routeur.get("/numeros", operation_id="lister_numeros_effaces", summary="List the numbers of erased documents")
async def lister_numeros(
    ctx: Ctx, filtre: Annotated[FiltreNumeros, Query()], request: Request, response: Response
) -> Page[NumeroEffaceSortie]:
    """When each was erased, and why: no number is unexplained (EFF-02)."""
    page = await service.lister_numeros(ctx, filtre)
    lier_suite(request, response, page.curseur_suivant)
    return page
