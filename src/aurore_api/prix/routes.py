"""`/v1/prix`."""

from typing import Annotated

from fastapi import Query

from aurore_api.prix import service
from aurore_api.prix.schemas import DemandePrixEntree, PrixSortie
from aurore_api.socle.contexte import Ctx
from aurore_api.socle.route import nouveau_routeur

routeur = nouveau_routeur("/prix", "prix")


@routeur.get("", operation_id="calculer_prix", summary="Find the price of an article and explain it")
async def calculer(ctx: Ctx, demande: Annotated[DemandePrixEntree, Query()]) -> PrixSortie:
    """Which rule gave the price, which tariff rows were considered, and what the next quantity break would give."""
    return await service.calculer(ctx, demande)
