"""`/v1/articles/{numero}/libelles`."""

from fastapi import Request, Response

from aurore_api.catalogue.routes.chemins import NumeroUrl, adresse
from aurore_api.catalogue.schemas import LibelleArticleEntree, LibelleArticleSortie
from aurore_api.catalogue.service import annexes
from aurore_api.catalogue.service.collections import LIBELLES
from aurore_api.socle.contexte import Ctx
from aurore_api.socle.crud import modification_de
from aurore_api.socle.pagination import Page, Paginer, lier_suite
from aurore_api.socle.route import nouveau_routeur
from aurore_api.socle.types import CodeUrl

routeur = nouveau_routeur("/articles/{numero}/libelles", "articles")
LibelleArticleModification = modification_de(
    LibelleArticleEntree, "LibelleArticleModification", sans=frozenset({"code_libelle"})
)


@routeur.get("", operation_id="lister_libelles_article", summary="List the labels of an article")
async def lister(
    ctx: Ctx, numero: NumeroUrl, page: Paginer, request: Request, response: Response
) -> Page[LibelleArticleSortie]:
    """By code."""
    resultat = await annexes.lister(ctx, LIBELLES, numero, page)
    lier_suite(request, response, resultat.curseur_suivant)
    return resultat


@routeur.post("", operation_id="creer_libelle_article", summary="Add a label to an article", status_code=201)
async def creer(ctx: Ctx, numero: NumeroUrl, corps: LibelleArticleEntree, response: Response) -> LibelleArticleSortie:
    """Documents of clients with this `code_libelle` take it (ART-02)."""
    libelle = await annexes.creer(ctx, LIBELLES, numero, corps)
    response.headers["location"] = adresse(numero, "libelles", libelle.code_libelle)
    ctx.servir_version(libelle.version)
    return libelle


@routeur.get("/{code_libelle}", operation_id="lire_libelle_article", summary="Read a label of an article")
async def lire(ctx: Ctx, numero: NumeroUrl, code_libelle: CodeUrl) -> LibelleArticleSortie:
    """One label."""
    libelle = await annexes.lire(ctx, LIBELLES, numero, code_libelle)
    ctx.servir_version(libelle.version)
    return libelle


@routeur.patch("/{code_libelle}", operation_id="modifier_libelle_article", summary="Change a label of an article")
async def changer(
    ctx: Ctx,
    numero: NumeroUrl,
    code_libelle: CodeUrl,
    corps: LibelleArticleModification,  # type: ignore[valid-type]  # made at run time
) -> LibelleArticleSortie:
    """Fields that are given replace; the others stay."""
    libelle = await annexes.changer(ctx, LIBELLES, numero, code_libelle, corps)
    ctx.servir_version(libelle.version)
    return libelle


@routeur.delete(
    "/{code_libelle}", operation_id="supprimer_libelle_article", summary="Delete a label of an article", status_code=204
)
async def effacer(ctx: Ctx, numero: NumeroUrl, code_libelle: CodeUrl) -> None:
    """Documents that took it keep it."""
    await annexes.effacer(ctx, LIBELLES, numero, code_libelle)
