"""`/v1/clients/{numero}/unites-preferees`."""

from typing import Annotated

from fastapi import Path, Request, Response

from aurore_api.clients.routes.chemins import NumeroUrl, chemin
from aurore_api.clients.schemas import UnitePrefereeEntree, UnitePrefereeSortie
from aurore_api.clients.service import preferences
from aurore_api.socle.contexte import Ctx
from aurore_api.socle.crud import modification_de
from aurore_api.socle.pagination import Page, Paginer, lier_suite
from aurore_api.socle.route import nouveau_routeur
from aurore_api.socle.types import NumeroArticle

routeur = nouveau_routeur("/clients/{numero}/unites-preferees", "clients")
ArticleUrl = Annotated[NumeroArticle, Path()]
UnitePrefereeModification = modification_de(
    UnitePrefereeEntree, "UnitePrefereeModification", sans=frozenset({"article"})
)


@routeur.get("", operation_id="lister_unites_preferees", summary="List the units that a client orders in")
async def lister(
    ctx: Ctx, numero: NumeroUrl, page: Paginer, request: Request, response: Response
) -> Page[UnitePrefereeSortie]:
    """By article."""
    resultat = await preferences.lister(ctx, numero, page)
    lier_suite(request, response, resultat.curseur_suivant)
    return resultat


@routeur.post("", operation_id="creer_unite_preferee", summary="Say which unit a client orders in", status_code=201)
async def creer(ctx: Ctx, numero: NumeroUrl, corps: UnitePrefereeEntree, response: Response) -> UnitePrefereeSortie:
    """One supplementary unit per article (CLI-09)."""
    unite = await preferences.creer(ctx, numero, corps)
    response.headers["location"] = chemin(numero, "unites-preferees", unite.article)
    ctx.servir_version(unite.version)
    return unite


@routeur.get("/{article}", operation_id="lire_unite_preferee", summary="Read which unit a client orders in")
async def lire(ctx: Ctx, numero: NumeroUrl, article: ArticleUrl) -> UnitePrefereeSortie:
    """Of one article."""
    unite = await preferences.lire(ctx, numero, article)
    ctx.servir_version(unite.version)
    return unite


@routeur.patch("/{article}", operation_id="modifier_unite_preferee", summary="Change which unit a client orders in")
async def changer(
    ctx: Ctx,
    numero: NumeroUrl,
    article: ArticleUrl,
    corps: UnitePrefereeModification,  # type: ignore[valid-type]
) -> UnitePrefereeSortie:
    """Another supplementary unit of the article."""
    unite = await preferences.changer(ctx, numero, article, corps)
    ctx.servir_version(unite.version)
    return unite


@routeur.delete(
    "/{article}",
    operation_id="supprimer_unite_preferee",
    summary="Forget a preferred unit",
    status_code=204,
)
async def effacer(ctx: Ctx, numero: NumeroUrl, article: ArticleUrl) -> None:
    """The article's own default unit holds again."""
    await preferences.effacer(ctx, numero, article)
