"""What is computed of an article: its prices, and what it is made of."""

from fastapi import APIRouter, Request, Response

from aurore_api.catalogue.routes.chemins import NumeroUrl
from aurore_api.catalogue.schemas import CalculEntree, CalculSortie, ComposantSortie, NomenclatureSortie
from aurore_api.catalogue.service import composants
from aurore_api.catalogue.service.calcul import calculer_article
from aurore_api.socle.contexte import Ctx
from aurore_api.socle.pagination import Page, Paginer, lier_suite
from aurore_api.socle.route import nouveau_routeur

routeur: APIRouter = nouveau_routeur("/articles/{numero}", "articles")
_SI_VERSION = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "description": "The version of the article that is calculated with, as its ETag gave it",
    "schema": {"type": "string"},
}


@routeur.post(
    "/calcul",
    operation_id="calculer_article",
    summary="Calculate the prices of an article",
    openapi_extra={"parameters": [_SI_VERSION]},
)
async def calculer(ctx: Ctx, numero: NumeroUrl, corps: CalculEntree | None = None) -> CalculSortie:
    """From any sufficient part of them, all of them (CAL-10); without a body, as the article is. What is given stays.

    What is not given is taken from the article, or with `composants` from what its components give, where it does not
    conflict: a selling price or a rate that is given replaces the article's selling price; a rate given with a selling
    price replaces its purchase price, and where that is given as well, its costs. Where the article is sold in whole
    euros the price including VAT is rounded to them, and the price excluding VAT and the rates follow from that.
    Stores nothing, unless `enregistrer` asks for it.
    """
    resultat = await calculer_article(ctx, numero, corps or CalculEntree())
    ctx.servir_version(resultat.version)
    return resultat


@routeur.get("/nomenclature", operation_id="lire_nomenclature", summary="Read what an article is made of in the end")
async def lire_nomenclature(ctx: Ctx, numero: NumeroUrl) -> NomenclatureSortie:
    """Its components' components, to any depth, added up per article that has none itself; and the prices they give."""
    return await composants.nomenclature(ctx, numero)


@routeur.get(
    "/utilise-dans", operation_id="lister_utilisations_composant", summary="List what an article is a component of"
)
async def lister_utilisations(
    ctx: Ctx, numero: NumeroUrl, page: Paginer, request: Request, response: Response
) -> Page[ComposantSortie]:
    """By the assembled article; one level up."""
    resultat = await composants.utilise_dans(ctx, numero, page)
    lier_suite(request, response, resultat.curseur_suivant)
    return resultat
