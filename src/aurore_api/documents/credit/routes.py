"""`/v1/clients/{numero}/situation-credit`."""

from typing import Annotated

from fastapi import Path

from aurore_api.documents.credit import service
from aurore_api.documents.credit.schemas import SituationCredit
from aurore_api.socle.contexte import Ctx
from aurore_api.socle.route import nouveau_routeur
from aurore_api.socle.types import NumeroClient

routeur = nouveau_routeur("/clients/{numero}/situation-credit", "clients")


@routeur.get("", operation_id="lire_situation_credit", summary="Read what a client owes or will owe")
async def situation_credit(ctx: Ctx, numero: Annotated[NumeroClient, Path()]) -> SituationCredit:
    """Open documents, deposits and limit of a client, or of the one that pays for it (DOC-20)."""
    return await service.situation(ctx, numero)
