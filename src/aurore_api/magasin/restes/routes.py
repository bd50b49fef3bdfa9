"""`/v1/magasins/{code}/restes`."""

from typing import Annotated

from fastapi import Query, Request, Response

from aurore_api.magasin.restes import service
from aurore_api.magasin.restes.schemas import FiltreRestes, RestesEntree, ResteSortie, RestesSortie
from aurore_api.magasin.routes.chemins import CodeMagasinUrl
from aurore_api.socle.contexte import Ctx
from aurore_api.socle.pagination import Page, lier_suite
from aurore_api.socle.route import nouveau_routeur

routeur = nouveau_routeur("/magasins", "magasins")


@routeur.get("/{code}/restes", operation_id="lister_restes", summary="List the leftovers of a shop")
async def lister_restes(
    ctx: Ctx, code: CodeMagasinUrl, filtre: Annotated[FiltreRestes, Query()], request: Request, response: Response
) -> Page[ResteSortie]:
    """By day and article (MAG-21)."""
    page = await service.lister(ctx, code, filtre)
    lier_suite(request, response, page.curseur_suivant)
    return page


@routeur.post("/{code}/restes", operation_id="enregistrer_restes", summary="Enter the leftovers of a shop")
async def enregistrer_restes(ctx: Ctx, code: CodeMagasinUrl, corps: RestesEntree) -> RestesSortie:
    """Entered again for the same day, the quantities of the articles named are replaced; 0 removes (MAG-21)."""
    return await service.enregistrer(ctx, code, corps)
