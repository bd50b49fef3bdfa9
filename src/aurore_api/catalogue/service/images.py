"""Images of articles (ART-10): made anew of what comes in, kept by their digest, few per article."""

from collections.abc import Collection
from hashlib import sha256
from typing import Any

from aurore_api.catalogue import requetes_images as requetes
from aurore_api.catalogue.erreurs import TropDImages
from aurore_api.catalogue.schemas import ImageArticleSortie
from aurore_api.catalogue.service.collections import IMAGES
from aurore_api.catalogue.tables import Article, Image, ImageArticle
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.crud import charger, modifier
from aurore_api.socle.images import DECODAGE, ImageFaite, Limites, decoder, encoder, vignette
from aurore_api.socle.journal import consigner, ecrit

LIMITES = Limites(octets=10 * 1024 * 1024, pixels=25_000_000, cote=1600)
COTE_VIGNETTE = 256
NOMBRE_MAX = 10


async def creer(ctx: Contexte, numero: str, contenu: bytes, media: str) -> ImageArticleSortie:
    """Add an image to an article, after those it has.

    Raises:
        ImageIllisible, ImageFormatDifferent, ImageTropGrande, ImageTropLourde: see `decoder`.
        TropDImages: the article has as many as it can.
    """
    await charger(ctx, Article, numero, "article")
    image, petite = await DECODAGE.passer(lambda: _faire(contenu, media))
    await charger(ctx, Article, numero, "article", verrou=True)
    nombre, dernier = await requetes.compter_images(ctx, numero)
    if nombre >= NOMBRE_MAX:
        raise TropDImages(maximum=NOMBRE_MAX)
    ligne = ImageArticle(article=numero, ordre=dernier + 1, **await _garder(ctx, image, petite))
    ctx.session.add(ligne)
    await ctx.session.flush()
    sortie = IMAGES.vers(ligne)
    await consigner(ctx, IMAGES.ressource, IMAGES.identifiant(ligne), "creation", None, ecrit(sortie))
    return sortie


async def remplacer(ctx: Contexte, numero: str, cle: int, contenu: bytes, media: str) -> ImageArticleSortie:
    """Put another picture in the place of one; its number, place and caption stay.

    Raises:
        ImageIllisible, ImageFormatDifferent, ImageTropGrande, ImageTropLourde: see `decoder`.
    """
    await _ligne(ctx, numero, cle)
    image, petite = await DECODAGE.passer(lambda: _faire(contenu, media))
    await charger(ctx, Article, numero, "article", verrou=True)
    ligne = await charger(ctx, ImageArticle, (numero, cle), IMAGES.ressource, verrou=True)
    ctx.exiger_version(ligne.version)
    champs = await _garder(ctx, image, petite)
    identifiant = IMAGES.identifiant(ligne)
    await modifier(ctx, ligne, champs, ressource=IMAGES.ressource, identifiant=identifiant, vers=IMAGES.vers)
    return IMAGES.vers(ligne)


async def lire(ctx: Contexte, numero: str, cle: int, *, petite: bool) -> tuple[bytes | None, str]:
    """A picture, or its small version, and its media type; None where the caller's ETag is still good."""
    ligne = await _ligne(ctx, numero, cle)
    ctx.servir_version(ligne.version)
    media = "image/jpeg" if petite else ligne.type
    return None if ctx.est_connue() else await requetes.contenu_image(ctx, ligne.empreinte, petite=petite), media


async def premieres_images(ctx: Contexte, articles: Collection[str]) -> dict[str, str]:
    """The digest of the first image of each article that has one."""
    return await requetes.premieres_images(ctx, articles) if articles else {}


async def vignettes(ctx: Contexte, empreintes: Collection[str]) -> dict[str, bytes]:
    """Small JPEGs by the digests of their images, present or past."""
    return await requetes.vignettes(ctx, empreintes) if empreintes else {}


def _faire(contenu: bytes, media: str) -> tuple[ImageFaite, ImageFaite]:
    image = decoder(contenu, media, LIMITES)
    return encoder(image, media), vignette(image, COTE_VIGNETTE)


async def _ligne(ctx: Contexte, numero: str, cle: int) -> ImageArticle:
    return await charger(ctx, ImageArticle, (numero, cle), IMAGES.ressource)


async def _garder(ctx: Contexte, image: ImageFaite, petite: ImageFaite) -> dict[str, Any]:
    """Store a picture unless there is the same already; gives the columns of what names it."""
    empreinte = sha256(image.contenu).hexdigest()
    await requetes.garder_image(ctx, Image(empreinte=empreinte, contenu=image.contenu, vignette=petite.contenu))
    return {
        "empreinte": empreinte,
        "type": image.media,
        "largeur": image.largeur,
        "hauteur": image.hauteur,
        "taille": len(image.contenu),
    }
