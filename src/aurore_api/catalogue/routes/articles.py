"""`/v1/articles`."""

from typing import Annotated

from fastapi import Query, Request, Response

from aurore_api.catalogue.routes.chemins import NumeroUrl, adresse
from aurore_api.catalogue.schemas import ArticleEntree, ArticleSortie, FiltreArticles
from aurore_api.catalogue.service import articles, retrait
from aurore_api.socle.contexte import Ctx
from aurore_api.socle.crud import modification_de
from aurore_api.socle.pagination import Page, lier_suite
from aurore_api.socle.route import nouveau_routeur
from aurore_api.socle.types import NumeroArticle

routeur = nouveau_routeur("/articles", "articles")
ArticleModification = modification_de(ArticleEntree, "ArticleModification", sans=frozenset({"numero"}))


@routeur.get("", operation_id="lister_articles", summary="List the articles")
async def lister(
    ctx: Ctx, filtre: Annotated[FiltreArticles, Query()], request: Request, response: Response
) -> Page[ArticleSortie]:
    """By any of its filters together; sorted by number or designation."""
    page = await articles.lister(ctx, filtre)
    lier_suite(request, response, page.curseur_suivant)
    return page


@routeur.post("", operation_id="creer_article", summary="Create an article", status_code=201)
async def creer(ctx: Ctx, corps: ArticleEntree, response: Response) -> ArticleSortie:
    """Department and posting code come from the family and the parameters unless given."""
    article = await articles.creer(ctx, corps)
    response.headers["location"] = adresse(article.numero)
    ctx.servir_version(article.version)
    return article


@routeur.get("/{numero}", operation_id="lire_article", summary="Read an article")
async def lire(ctx: Ctx, numero: NumeroUrl) -> ArticleSortie:
    """One article; its price including VAT is that of today's rate."""
    article = await articles.lire(ctx, numero)
    ctx.servir_version(article.version)
    return article


@routeur.patch("/{numero}", operation_id="modifier_article", summary="Change some fields of an article")
async def changer(ctx: Ctx, numero: NumeroUrl, corps: ArticleModification) -> ArticleSortie:  # type: ignore[valid-type]
    """Fields that are given replace; the others stay. The number never changes (ART-01)."""
    article = await articles.changer(ctx, numero, corps)
    ctx.servir_version(article.version)
    return article


@routeur.delete("/{numero}", operation_id="supprimer_article", summary="Delete an article", status_code=204)
async def effacer(
    ctx: Ctx,
    numero: NumeroUrl,
    article_statistique: Annotated[
        NumeroArticle | None,
        Query(description="Retire an article that documents have: this one takes over its statistics (ART-08)"),
    ] = None,
) -> None:
    """With all that belongs to it; refused, saying by what, while anything else uses it.

    An article that only documents use is retired where `article_statistique` names an article of type `statistique`: it
    stays, with `actif` false, and documents that have it read on.
    """
    await retrait.effacer(ctx, numero, article_statistique)
