"""`/v1/articles/{numero}/images`."""

from typing import Any

from fastapi import APIRouter, Request, Response

from aurore_api.catalogue.routes.chemins import NumeroUrl, adresse
from aurore_api.catalogue.schemas import ImageArticleEntree, ImageArticleSortie
from aurore_api.catalogue.service import annexes, images
from aurore_api.catalogue.service.collections import IMAGES
from aurore_api.socle.contexte import Ctx
from aurore_api.socle.crud import modification_de
from aurore_api.socle.images import CORPS, FORMATS, media_de
from aurore_api.socle.pagination import Page, Paginer, lier_suite
from aurore_api.socle.route import nouveau_routeur
from aurore_api.socle.types import IdentifiantUrl

routeur: APIRouter = nouveau_routeur("/articles/{numero}/images", "articles")
ImageArticleModification = modification_de(ImageArticleEntree, "ImageArticleModification")


def _fichier(*medias: str) -> dict[int | str, dict[str, Any]]:
    """The answer of an operation that serves a picture, for the contract."""
    return {200: {"content": {media: {"schema": {"type": "string", "format": "binary"}} for media in medias}}}


@routeur.get("", operation_id="lister_images_article", summary="List the images of an article")
async def lister(
    ctx: Ctx, numero: NumeroUrl, page: Paginer, request: Request, response: Response
) -> Page[ImageArticleSortie]:
    """By their place; the pictures themselves are at `/{id}` and `/{id}/vignette`."""
    resultat = await annexes.lister(ctx, IMAGES, numero, page)
    lier_suite(request, response, resultat.curseur_suivant)
    return resultat


@routeur.post(
    "",
    operation_id="creer_image_article",
    summary="Add an image to an article",
    status_code=201,
    openapi_extra=CORPS,
)
async def creer(ctx: Ctx, numero: NumeroUrl, request: Request, response: Response) -> ImageArticleSortie:
    """Takes a PNG, JPEG or WebP of at most 10 MiB and 25 million pixels; stores it upright, reduced, without metadata.

    An article has at most 10 images.
    """
    image = await images.creer(ctx, numero, await request.body(), media_de(request))
    response.headers["location"] = adresse(numero, "images", image.id)
    ctx.servir_version(image.version)
    return image


@routeur.get(
    "/{id}",
    operation_id="lire_image_article",
    summary="Read an image of an article",
    response_class=Response,
    responses=_fichier(*FORMATS),
)
async def lire(ctx: Ctx, numero: NumeroUrl, id: IdentifiantUrl) -> Response:  # noqa: A002 (the field's name)
    """The picture, at most 1600 pixels a side."""
    return _servir(*await images.lire(ctx, numero, id, petite=False))


@routeur.get(
    "/{id}/vignette",
    operation_id="lire_vignette_article",
    summary="Read an image of an article in small",
    response_class=Response,
    responses=_fichier("image/jpeg"),
)
async def lire_vignette(ctx: Ctx, numero: NumeroUrl, id: IdentifiantUrl) -> Response:  # noqa: A002 (the field's name)
    """A JPEG of at most 256 pixels a side, on white."""
    return _servir(*await images.lire(ctx, numero, id, petite=True))


@routeur.put(
    "/{id}",
    operation_id="remplacer_image_article",
    summary="Replace an image of an article",
    openapi_extra=CORPS,
)
async def remplacer(
    ctx: Ctx,
    numero: NumeroUrl,
    id: IdentifiantUrl,  # noqa: A002 (the field's name)
    request: Request,
) -> ImageArticleSortie:
    """Another picture in its place; documents that were printed with the former keep it."""
    image = await images.remplacer(ctx, numero, id, await request.body(), media_de(request))
    ctx.servir_version(image.version)
    return image


@routeur.patch("/{id}", operation_id="modifier_image_article", summary="Change place or caption of an image")
async def changer(
    ctx: Ctx,
    numero: NumeroUrl,
    id: IdentifiantUrl,  # noqa: A002 (the field's name)
    corps: ImageArticleModification,  # type: ignore[valid-type]  # made at run time
) -> ImageArticleSortie:
    """Fields that are given replace; the others stay."""
    image = await annexes.changer(ctx, IMAGES, numero, id, corps)
    ctx.servir_version(image.version)
    return image


@routeur.delete(
    "/{id}", operation_id="supprimer_image_article", summary="Delete an image of an article", status_code=204
)
async def effacer(ctx: Ctx, numero: NumeroUrl, id: IdentifiantUrl) -> None:  # noqa: A002 (the field's name)
    """Documents that were printed with it keep it."""
    await annexes.effacer(ctx, IMAGES, numero, id)


def _servir(contenu: bytes | None, media: str) -> Response:
    return Response(status_code=304) if contenu is None else Response(contenu, media_type=media)
