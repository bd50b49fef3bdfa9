"""`/v1/vidanges` and `/v1/clients/{numero}/vidanges`."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from aurore_api.socle.contexte import Ctx
from aurore_api.socle.pagination import Page, lier_suite
from aurore_api.socle.route import nouveau_routeur
from aurore_api.socle.types import NumeroClient
from aurore_api.stock.vidanges import service
from aurore_api.stock.vidanges.schemas import (
    CorrectionVidangesEntree,
    CorrectionVidangesSortie,
    FiltreMouvementsVidanges,
    FiltreSoldes,
    FiltreVidanges,
    MouvementVidangeSortie,
    SoldeVidangeSortie,
    VidangesClientSortie,
)

toutes = nouveau_routeur("/vidanges", "stock")
du_client = nouveau_routeur("/clients/{numero}/vidanges", "stock")
Numero = Annotated[NumeroClient, Path()]
Simulation = Annotated[bool, Query(description="DOC-17: answer what it would give and store nothing")]


@toutes.get("", operation_id="lister_vidanges", summary="List the crates that clients have")
async def lister(
    ctx: Ctx, filtre: Annotated[FiltreVidanges, Query()], request: Request, response: Response
) -> Page[SoldeVidangeSortie]:
    """The balances by client and crate: those that are not 0 unless asked for (CLI-12)."""
    page = await service.lister(ctx, filtre)
    lier_suite(request, response, page.curseur_suivant)
    return page


@du_client.get("", operation_id="lire_vidanges_client", summary="Read the crates that a client has")
async def lire(ctx: Ctx, numero: Numero, filtre: Annotated[FiltreSoldes, Query()]) -> VidangesClientSortie:
    """The balance of every crate that it ever had, now or at the end of a day (CLI-12)."""
    return await service.du_client(ctx, numero, filtre.date)


@du_client.get("/mouvements", operation_id="lister_mouvements_vidanges", summary="List a client's crates out and back")
async def mouvements(
    ctx: Ctx,
    numero: Numero,
    filtre: Annotated[FiltreMouvementsVidanges, Query()],
    request: Request,
    response: Response,
) -> Page[MouvementVidangeSortie]:
    """What made the balances, by date: lines of documents, and corrections with their reasons."""
    page = await service.mouvements(ctx, numero, filtre)
    lier_suite(request, response, page.curseur_suivant)
    return page


@du_client.post(
    "/corrections", operation_id="corriger_vidanges", summary="Correct the crates that a client has", status_code=201
)
async def corriger(
    ctx: Ctx, numero: Numero, corps: CorrectionVidangesEntree, simulation: Simulation = False
) -> CorrectionVidangesSortie:
    """Opening balances and counts, with a reason; no stock moves, and nothing is overwritten."""
    ctx.simulation = simulation
    return await service.corriger(ctx, numero, corps)


routeur = APIRouter(redirect_slashes=False)
routeur.include_router(toutes)
routeur.include_router(du_client)
