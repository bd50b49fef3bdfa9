"""`/v1/codes-barres`."""

from typing import Annotated

from fastapi import Path

from aurore_api.catalogue.schemas import CodeBarres, CodeBarresSortie
from aurore_api.catalogue.service import codes_barres
from aurore_api.socle.contexte import Ctx
from aurore_api.socle.route import nouveau_routeur

routeur = nouveau_routeur("/codes-barres", "articles")


@routeur.get("/{code}", operation_id="lire_code_barres", summary="Read what a bar code stands for")
async def lire(ctx: Ctx, code: Annotated[CodeBarres, Path()]) -> CodeBarresSortie:
    """The article, or the supplementary unit of one, that bears it (ART-15)."""
    return await codes_barres.lire(ctx, code)
