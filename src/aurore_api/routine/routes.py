"""`/v1/magasins/{code}/routine`."""

from typing import Annotated

from fastapi import Path, Response

from aurore_api.magasin.schemas import CodeMagasin
from aurore_api.routine import service
from aurore_api.routine.schemas import RoutineEntree
from aurore_api.socle.contexte import Ctx
from aurore_api.socle.route import nouveau_routeur
from aurore_api.socle.travaux.reponses import accepte
from aurore_api.travaux.schemas import TravailSortie

routeur = nouveau_routeur("/magasins/{code}/routine", "magasins")


@routeur.post(
    "",
    operation_id="faire_routine",
    summary="Do the evening routine of a shop",
    status_code=202,
    response_model=TravailSortie,
)
async def faire_routine(ctx: Ctx, code: Annotated[CodeMagasin, Path()], corps: RoutineEntree) -> Response:
    """A job: orders, their list, delivery notes and production list, as the shop's parameters say (MAG-23).

    Its `resultat` tells of each step what came of it and where its PDF is. Asked for again it does nothing twice.
    """
    travail = await service.demander(ctx, code, corps)
    return accepte(travail.id, travail)
