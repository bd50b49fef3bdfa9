"""`/v1/articles/{numero}/unites`."""

from fastapi import Request, Response

from aurore_api.catalogue.routes.chemins import NumeroUrl, adresse
from aurore_api.catalogue.schemas import UniteArticleEntree, UniteArticleSortie
from aurore_api.catalogue.service import annexes
from aurore_api.catalogue.service.collections import UNITES
from aurore_api.socle.contexte import Ctx
from aurore_api.socle.crud import modification_de
from aurore_api.socle.pagination import Page, Paginer, lier_suite
from aurore_api.socle.route import nouveau_routeur
from aurore_api.socle.types import CodeUrl

routeur = nouveau_routeur("/articles/{numero}/unites", "articles")
UniteArticleModification = modification_de(
    UniteArticleEntree, "UniteArticleModification", sans=frozenset({"abreviation"})
)


@routeur.get("", operation_id="lister_unites_article", summary="List the supplementary units of an article")
async def lister(
    ctx: Ctx, numero: NumeroUrl, page: Paginer, request: Request, response: Response
) -> Page[UniteArticleSortie]:
    """By abbreviation."""
    resultat = await annexes.lister(ctx, UNITES, numero, page)
    lier_suite(request, response, resultat.curseur_suivant)
    return resultat


@routeur.post("", operation_id="creer_unite_article", summary="Add a supplementary unit to an article", status_code=201)
async def creer(ctx: Ctx, numero: NumeroUrl, corps: UniteArticleEntree, response: Response) -> UniteArticleSortie:
    """Its abbreviation is its own within the article, its bar code within the société (ART-13)."""
    unite = await annexes.creer(ctx, UNITES, numero, corps)
    response.headers["location"] = adresse(numero, "unites", unite.abreviation)
    ctx.servir_version(unite.version)
    return unite


@routeur.get("/{abreviation}", operation_id="lire_unite_article", summary="Read a supplementary unit of an article")
async def lire(ctx: Ctx, numero: NumeroUrl, abreviation: CodeUrl) -> UniteArticleSortie:
    """One supplementary unit."""
    unite = await annexes.lire(ctx, UNITES, numero, abreviation)
    ctx.servir_version(unite.version)
    return unite


@routeur.patch(
    "/{abreviation}", operation_id="modifier_unite_article", summary="Change a supplementary unit of an article"
)
async def changer(
    ctx: Ctx,
    numero: NumeroUrl,
    abreviation: CodeUrl,
    corps: UniteArticleModification,  # type: ignore[valid-type]  # made at run time
) -> UniteArticleSortie:
    """Fields that are given replace; the others stay."""
    unite = await annexes.changer(ctx, UNITES, numero, abreviation, corps)
    ctx.servir_version(unite.version)
    return unite


@routeur.delete(
    "/{abreviation}",
    operation_id="supprimer_unite_article",
    summary="Delete a supplementary unit of an article",
    status_code=204,
)
async def effacer(ctx: Ctx, numero: NumeroUrl, abreviation: CodeUrl) -> None:
    """Refused while it is the article's default unit or lines use it."""
    await annexes.effacer(ctx, UNITES, numero, abreviation)
