"""`/v1/magasins`, `/v1/magasins/{code}/parametres`."""

from aurore_api.magasin.routes.chemins import CodeMagasinUrl
from aurore_api.magasin.schemas import (
    MagasinEntree,
    ParametresMagasinEntree,
    ParametresMagasinSortie,
)
from aurore_api.magasin.service import magasins as service
from aurore_api.magasin.tables import Magasin
from aurore_api.socle.contexte import Ctx
from aurore_api.socle.crud import modification_de
from aurore_api.socle.route import nouveau_routeur
from aurore_api.socle.tables_simples import TableSimple, monter

routeur = nouveau_routeur("")
monter(routeur, TableSimple("magasins", "magasin", Magasin, MagasinEntree, "shops that have a till"))
ParametresMagasinModification = modification_de(ParametresMagasinEntree, "ParametresMagasinModification")


@routeur.get(
    "/magasins/{code}/parametres",
    operation_id="lire_parametres_magasin",
    summary="Read the parameters of a shop",
    tags=["magasins"],
)
async def lire_parametres(ctx: Ctx, code: CodeMagasinUrl) -> ParametresMagasinSortie:
    """What its interface does (MAG-01)."""
    parametres = await service.lire_parametres(ctx, code)
    ctx.servir_version(parametres.version)
    return parametres


@routeur.patch(
    "/magasins/{code}/parametres",
    operation_id="modifier_parametres_magasin",
    summary="Change some parameters of a shop",
    tags=["magasins"],
)
async def changer_parametres(
    ctx: Ctx,
    code: CodeMagasinUrl,
    corps: ParametresMagasinModification,  # type: ignore[valid-type]
) -> ParametresMagasinSortie:
    """Fields that are given replace; the others stay."""
    parametres = await service.changer_parametres(ctx, code, corps)
    ctx.servir_version(parametres.version)
    return parametres
