"""`/v1/imputations/{code}/comptes`."""

from urllib.parse import quote

from fastapi import Request, Response

from aurore_api.socle.contexte import Ctx
from aurore_api.socle.crud import modification_de
from aurore_api.socle.pagination import Page, Paginer, lier_suite
from aurore_api.socle.route import nouveau_routeur
from aurore_api.socle.types import CodeUrl
from aurore_api.tables.imputations import service
from aurore_api.tables.imputations.schemas import CompteImputationEntree, CompteImputationSortie

routeur = nouveau_routeur("/imputations/{code}/comptes", "imputations")
CompteImputationModification = modification_de(
    CompteImputationEntree, "CompteImputationModification", sans=frozenset({"categorie_tva"})
)


@routeur.get("", operation_id="lister_comptes_imputation", summary="List a posting code's accounts")
async def lister(
    ctx: Ctx, code: CodeUrl, page: Paginer, request: Request, response: Response
) -> Page[CompteImputationSortie]:
    """By VAT category."""
    comptes = await service.lister(ctx, code, page)
    lier_suite(request, response, comptes.curseur_suivant)
    return comptes


@routeur.post("", operation_id="creer_compte_imputation", summary="Add an account to a posting code", status_code=201)
async def creer(ctx: Ctx, code: CodeUrl, corps: CompteImputationEntree, response: Response) -> CompteImputationSortie:
    """The account it leads to in a VAT category; there, one code has one account and one account has one code."""
    compte = await service.creer(ctx, code, corps)
    response.headers["location"] = f"/v1/imputations/{quote(code)}/comptes/{quote(compte.categorie_tva)}"
    ctx.servir_version(compte.version)
    return compte


@routeur.get(
    "/{categorie_tva}", operation_id="lire_compte_imputation", summary="Read a posting code's account in a VAT category"
)
async def lire(ctx: Ctx, code: CodeUrl, categorie_tva: CodeUrl) -> CompteImputationSortie:
    """One account."""
    compte = await service.lire(ctx, code, categorie_tva)
    ctx.servir_version(compte.version)
    return compte


@routeur.patch(
    "/{categorie_tva}",
    operation_id="modifier_compte_imputation",
    summary="Change a posting code's account in a VAT category",
)
async def changer(
    ctx: Ctx,
    code: CodeUrl,
    categorie_tva: CodeUrl,
    corps: CompteImputationModification,  # type: ignore[valid-type]
) -> CompteImputationSortie:
    """Another account in the place of the present one."""
    compte = await service.changer(ctx, code, categorie_tva, corps)
    ctx.servir_version(compte.version)
    return compte


@routeur.delete(
    "/{categorie_tva}",
    operation_id="supprimer_compte_imputation",
    summary="Delete a posting code's account in a VAT category",
    status_code=204,
)
async def effacer(ctx: Ctx, code: CodeUrl, categorie_tva: CodeUrl) -> None:
    """The code has no account there any more."""
    await service.effacer(ctx, code, categorie_tva)
