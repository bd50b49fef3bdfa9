"""`/v1/clients/{numero}/calendrier`."""

from typing import Annotated

from fastapi import Path, Query

from aurore_api.clients.calendrier import service
from aurore_api.clients.calendrier.schemas import (
    CalendrierEntree,
    CalendrierSortie,
    FiltreCalendrier,
    ReponseCalendrier,
)
from aurore_api.socle.contexte import Ctx
from aurore_api.socle.route import nouveau_routeur
from aurore_api.socle.types import NumeroClient

routeur = nouveau_routeur("/clients/{numero}/calendrier", "clients")
Numero = Annotated[NumeroClient, Path()]


@routeur.get("", operation_id="lire_calendrier", summary="Read a client's calendar, or ask it about days")
async def lire(ctx: Ctx, numero: Numero, filtre: Annotated[FiltreCalendrier, Query()]) -> ReponseCalendrier:
    """`genre` tells the answers apart: the whole, with `date` one day, with `du` and `au` each day between them."""
    return await service.repondre(ctx, numero, filtre)


@routeur.put("", operation_id="remplacer_calendrier", summary="Replace a client's calendar")
async def remplacer(ctx: Ctx, numero: Numero, corps: CalendrierEntree) -> CalendrierSortie:
    """All of it. A client that never had one is open every day, and its version is 0."""
    return await service.remplacer(ctx, numero, corps)
