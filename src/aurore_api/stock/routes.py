"""`/v1/mouvements`, `/v1/stock` and `/v1/articles/{numero}/stock`."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from aurore_api.socle.contexte import Ctx
from aurore_api.socle.pagination import Page, lier_suite
from aurore_api.socle.route import nouveau_routeur
from aurore_api.socle.types import NumeroArticle
from aurore_api.stock import consultation, minimums, operations
from aurore_api.stock.consultes import (
    CriteresStock,
    FiltreMouvements,
    FiltreResume,
    FiltreSousMinimum,
    FiltreStock,
    ResumeSortie,
    SoldeSortie,
    SousMinimumSortie,
    StockArticleSortie,
    ValeurSortie,
)
from aurore_api.stock.schemas import (
    CorrectionEntree,
    InventaireEntree,
    InventaireSortie,
    MouvementSortie,
    OperationSortie,
    TransfertStockEntree,
)
from aurore_api.stock.vidanges.routes import routeur as vidanges

mouvements = nouveau_routeur("/mouvements", "stock")
articles = nouveau_routeur("/articles", "stock")
stock = nouveau_routeur("/stock", "stock")
Simulation = Annotated[bool, Query(description="DOC-17: answer what it would give and store nothing")]


@mouvements.get("", operation_id="lister_mouvements", summary="List stock movements")
async def lister_mouvements(
    ctx: Ctx, filtre: Annotated[FiltreMouvements, Query()], request: Request, response: Response
) -> Page[MouvementSortie]:
    """The ledger, by date: by article, dépôt, client, supplier, period (MVT-01, MVT-03)."""
    page = await consultation.lister(ctx, filtre)
    lier_suite(request, response, page.curseur_suivant)
    return page


@articles.get("/{numero}/stock", operation_id="lire_stock_article", summary="Read the stock of an article")
async def lire_stock_article(ctx: Ctx, numero: Annotated[NumeroArticle, Path()]) -> StockArticleSortie:
    """What there is, what is owed and what is available, per dépôt (ART-15)."""
    return await consultation.de_l_article(ctx, numero)


@stock.get("", operation_id="lister_stock", summary="List the stock")
async def lister_stock(
    ctx: Ctx, filtre: Annotated[FiltreStock, Query()], request: Request, response: Response
) -> Page[SoldeSortie]:
    """Balances by article and dépôt with their value, now or at the end of any day (MVT-03, MVT-05)."""
    page = await consultation.soldes(ctx, filtre)
    lier_suite(request, response, page.curseur_suivant)
    return page


@stock.get("/valeur", operation_id="lire_valeur_stock", summary="Read what the stock is worth")
async def lire_valeur_stock(ctx: Ctx, criteres: Annotated[CriteresStock, Query()]) -> ValeurSortie:
    """At the average and at the last purchase price, now or at the end of any day (MVT-04, MVT-05)."""
    return await consultation.valeur(ctx, criteres)


@stock.get("/resume", operation_id="lire_resume_stock", summary="Sum the stock movements")
async def lire_resume_stock(
    ctx: Ctx, filtre: Annotated[FiltreResume, Query()], request: Request, response: Response
) -> Page[ResumeSortie]:
    """What moved the stock by kind, and what is on order, of the movements that a filter lets through (MVT-03)."""
    page = await consultation.resumer(ctx, filtre)
    lier_suite(request, response, page.curseur_suivant)
    return page


@stock.get("/sous-minimum", operation_id="lister_sous_minimum", summary="List the articles below their minimum")
async def lister_sous_minimum(
    ctx: Ctx, filtre: Annotated[FiltreSousMinimum, Query()], request: Request, response: Response
) -> Page[SousMinimumSortie]:
    """Articles of which there will be too little, with the suggested order per supplier (ART-16)."""
    page = await minimums.sous_minimum(ctx, filtre)
    lier_suite(request, response, page.curseur_suivant)
    return page


@stock.post("/corrections", operation_id="corriger_stock", summary="Correct the stock", status_code=201)
async def corriger_stock(ctx: Ctx, corps: CorrectionEntree, simulation: Simulation = False) -> OperationSortie:
    """Movements with a reason, never an overwrite (ART-15, MVT-06)."""
    ctx.simulation = simulation
    return await operations.corriger(ctx, corps)


@stock.post("/inventaires", operation_id="inventorier_stock", summary="Enter a stock count", status_code=201)
async def inventorier_stock(ctx: Ctx, corps: InventaireEntree, simulation: Simulation = False) -> InventaireSortie:
    """Counted quantities; the differences become corrections (MVT-06)."""
    ctx.simulation = simulation
    return await operations.inventorier(ctx, corps)


@stock.post(
    "/transferts", operation_id="transferer_stock", summary="Move goods from one dépôt to another", status_code=201
)
async def transferer_stock(ctx: Ctx, corps: TransfertStockEntree, simulation: Simulation = False) -> OperationSortie:
    """Two movements per line; the société's stock and average price stay the same (MVT-06, CAL-12)."""
    ctx.simulation = simulation
    return await operations.transferer(ctx, corps)


routeur = APIRouter(redirect_slashes=False)
routeur.include_router(mouvements)
routeur.include_router(articles)
routeur.include_router(stock)
routeur.include_router(vidanges)
