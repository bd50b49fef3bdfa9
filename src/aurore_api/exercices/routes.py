"""`/v1/exercices` and `/v1/exercices/{code}/numeros`."""

from aurore_api.exercices import service
from aurore_api.exercices.schemas import ExerciceEntree, NumeroModification, NumeroSortie, NumerosSortie
from aurore_api.exercices.tables import Exercice
from aurore_api.socle.contexte import Ctx
from aurore_api.socle.route import nouveau_routeur
from aurore_api.socle.tables_simples import TableSimple, monter
from aurore_api.socle.types import CodeUrl
from aurore_domain.cycle import TypeDocument

routeur = nouveau_routeur("")
monter(routeur, TableSimple("exercices", "exercice", Exercice, ExerciceEntree, "accounting years"))


@routeur.get(
    "/exercices/{code}/numeros",
    operation_id="lister_numeros",
    summary="Read the numbering table of an exercice",
    tags=["exercices"],
)
async def lister_numeros(ctx: Ctx, code: CodeUrl) -> NumerosSortie:
    """The last number of every type of document, and the declared gaps (DOC-05)."""
    return await service.lister_numeros(ctx, code)


@routeur.get(
    "/exercices/{code}/numeros/{type}",
    operation_id="lire_numero",
    summary="Read the last number of a type",
    tags=["exercices"],
)
async def lire_numero(ctx: Ctx, code: CodeUrl, type: TypeDocument) -> NumeroSortie:  # noqa: A002 (the field's name)
    """The last number drawn, with the version that a change must name."""
    numeros = await service.lister_numeros(ctx, code)
    numero = next(un for un in numeros.data if un.type == type)
    ctx.servir_version(numero.version)
    return numero


@routeur.patch(
    "/exercices/{code}/numeros/{type}",
    operation_id="modifier_numero",
    summary="Change the last number of a type",
    tags=["exercices"],
)
async def modifier_numero(
    ctx: Ctx,
    code: CodeUrl,
    type: TypeDocument,  # noqa: A002 (the field's name)
    corps: NumeroModification,
) -> NumeroSortie:
    """Never below a number in use; numbers left out are a declared gap, which lowering closes (DOC-05)."""
    numero = await service.changer_numero(ctx, code, type, corps)
    ctx.servir_version(numero.version)
    return numero
