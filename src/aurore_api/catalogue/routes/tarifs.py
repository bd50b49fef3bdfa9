"""`/v1/articles/{numero}/tarifs`."""

from fastapi import Request, Response

from aurore_api.catalogue.routes.chemins import IdentifiantUrl, NumeroUrl, adresse
from aurore_api.catalogue.schemas import TarifArticleEntree, TarifArticleSortie
from aurore_api.catalogue.service import annexes
from aurore_api.catalogue.service.collections import TARIFS
from aurore_api.socle.contexte import Ctx
from aurore_api.socle.crud import modification_de
from aurore_api.socle.pagination import Page, Paginer, lier_suite
from aurore_api.socle.route import nouveau_routeur

routeur = nouveau_routeur("/articles/{numero}/tarifs", "articles")
TarifArticleModification = modification_de(TarifArticleEntree, "TarifArticleModification")


@routeur.get("", operation_id="lister_tarifs_article", summary="List the tariff rows of an article")
async def lister(
    ctx: Ctx, numero: NumeroUrl, page: Paginer, request: Request, response: Response
) -> Page[TarifArticleSortie]:
    """By tariff, then by quantity."""
    resultat = await annexes.lister(ctx, TARIFS, numero, page)
    lier_suite(request, response, resultat.curseur_suivant)
    return resultat


@routeur.post("", operation_id="creer_tarif_article", summary="Add a tariff row to an article", status_code=201)
async def creer(ctx: Ctx, numero: NumeroUrl, corps: TarifArticleEntree, response: Response) -> TarifArticleSortie:
    """A price or a discount, from a quantity in base unit on, while it is valid (ART-14)."""
    tarif = await annexes.creer(ctx, TARIFS, numero, corps)
    response.headers["location"] = adresse(numero, "tarifs", tarif.id)
    ctx.servir_version(tarif.version)
    return tarif


@routeur.get("/{id}", operation_id="lire_tarif_article", summary="Read a tariff row of an article")
async def lire(ctx: Ctx, numero: NumeroUrl, id: IdentifiantUrl) -> TarifArticleSortie:  # noqa: A002 (the field's name)
    """One tariff row."""
    tarif = await annexes.lire(ctx, TARIFS, numero, id)
    ctx.servir_version(tarif.version)
    return tarif


@routeur.patch("/{id}", operation_id="modifier_tarif_article", summary="Change a tariff row of an article")
async def changer(
    ctx: Ctx,
    numero: NumeroUrl,
    id: IdentifiantUrl,  # noqa: A002 (the field's name)
    corps: TarifArticleModification,  # type: ignore[valid-type]  # made at run time
) -> TarifArticleSortie:
    """Fields that are given replace; the others stay."""
    tarif = await annexes.changer(ctx, TARIFS, numero, id, corps)
    ctx.servir_version(tarif.version)
    return tarif


@routeur.delete(
    "/{id}", operation_id="supprimer_tarif_article", summary="Delete a tariff row of an article", status_code=204
)
async def effacer(ctx: Ctx, numero: NumeroUrl, id: IdentifiantUrl) -> None:  # noqa: A002 (the field's name)
    """Documents that were priced by it keep their prices."""
    await annexes.effacer(ctx, TARIFS, numero, id)
