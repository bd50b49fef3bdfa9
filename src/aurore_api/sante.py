"""`/sante/*`: is the process alive, can it serve."""

from fastapi import APIRouter, Request, Response
from sqlalchemy import text

from aurore_api.socle.base import Base
from aurore_api.socle.types import Sortie

routeur = APIRouter(prefix="/sante", tags=["sante"], redirect_slashes=False)


class Sante(Sortie):
    """The state of the service."""

    etat: str


@routeur.get("/vivant", operation_id="sante_vivant", summary="The process answers")
async def vivant() -> Sante:
    """Say that the process is alive, whatever its database does."""
    return Sante(etat="vivant")


@routeur.get(
    "/pret",
    operation_id="sante_pret",
    summary="The database answers too",
    responses={503: {"model": Sante, "description": "The database does not answer"}},
)
async def pret(request: Request, response: Response) -> Sante:
    """Say whether requests can be served now."""
    base: Base = request.app.state.base
    try:
        async with base.engine.connect() as connexion:
            await connexion.execute(text("SELECT 1"))
    except Exception:  # noqa: BLE001 (whatever the reason, the answer is the same: not now)
        response.status_code = 503
        return Sante(etat="base_indisponible")
    return Sante(etat="pret")
