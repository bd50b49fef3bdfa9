"""`/v1/parametres` and `/v1/parametres/logo`."""

from fastapi import Request, Response

from aurore_api.parametres import service
from aurore_api.parametres.schemas import ParametresEntree, ParametresSortie
from aurore_api.socle.contexte import Ctx
from aurore_api.socle.crud import modification_de
from aurore_api.socle.erreurs import RessourceAbsente
from aurore_api.socle.images import CORPS, media_de
from aurore_api.socle.route import nouveau_routeur

routeur = nouveau_routeur("/parametres", "parametres")
ParametresModification = modification_de(ParametresEntree, "ParametresModification")


@routeur.get("", operation_id="lire_parametres", summary="Read the parameters of the société")
async def lire(ctx: Ctx) -> ParametresSortie:
    """Who the société is and what its documents start with."""
    parametres = await service.lire(ctx)
    ctx.servir_version(parametres.version)
    return parametres


@routeur.patch("", operation_id="modifier_parametres", summary="Change some parameters")
async def changer(ctx: Ctx, corps: ParametresModification) -> ParametresSortie:  # type: ignore[valid-type]
    """Fields that are given replace; the others stay."""
    parametres = await service.changer(ctx, corps)
    ctx.servir_version(parametres.version)
    return parametres


@routeur.get(
    "/logo",
    operation_id="lire_logo",
    summary="Read the logo",
    response_class=Response,
    responses={200: {"content": {"image/png": {"schema": {"type": "string", "format": "binary"}}}}, 404: {}},
)
async def lire_logo(ctx: Ctx) -> Response:
    """The logo as PNG."""
    image = await service.lire_logo(ctx, (await service.lire(ctx)).logo)
    if image is None:
        raise RessourceAbsente(ressource="logo", cle="1")
    return Response(image, media_type="image/png")


@routeur.put(
    "/logo",
    operation_id="remplacer_logo",
    summary="Replace the logo",
    status_code=204,
    openapi_extra=CORPS,
)
async def remplacer_logo(ctx: Ctx, request: Request) -> None:
    """Takes a PNG, JPEG or WebP; If-Match names the version of the parameters."""
    await service.remplacer_logo(ctx, await request.body(), media_de(request))


@routeur.delete("/logo", operation_id="supprimer_logo", summary="Delete the logo", status_code=204)
async def supprimer_logo(ctx: Ctx) -> None:
    """Documents are printed without a logo from now on."""
    await service.supprimer_logo(ctx)
