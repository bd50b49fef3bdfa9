"""`/v1/clients/{numero}/anonymisation`."""

from typing import Annotated

from fastapi import Path

from aurore_api.anonymisation import service
from aurore_api.clients.schemas import ClientSortie
from aurore_api.socle.contexte import Ctx
from aurore_api.socle.route import nouveau_routeur
from aurore_api.socle.types import NumeroClient

routeur = nouveau_routeur("/clients/{numero}/anonymisation", "clients")


@routeur.post("", operation_id="anonymiser_client", summary="Forget who a private client was")
async def anonymiser(ctx: Ctx, numero: Annotated[NumeroClient, Path()]) -> ClientSortie:
    """For good (CLI-10), once the law asks for none of its factures and no document of it is open.

    Its number and all figures stay; names, addresses and other personal data go, from its documents too.
    """
    client = await service.anonymiser(ctx, numero)
    ctx.servir_version(client.version)
    return client
