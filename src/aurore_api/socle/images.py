"""Images from outside are decoded, bounded and encoded again: what is stored was made here (SEC-05, ART-10).

Nothing of the file that came in is kept but its picture: no metadata, colour profile, further frame or trailing bytes.
"""

import io
import warnings
from dataclasses import dataclass
from typing import Any, Literal

from fastapi import Request
from PIL import Image, ImageOps

from aurore_api.socle.guichet import Guichet
from aurore_domain.erreurs import ValeurRefusee

Format = Literal["PNG", "JPEG", "WEBP"]
Media = Literal["image/png", "image/jpeg", "image/webp"]
FORMATS: dict[str, Format] = {"image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WEBP"}
"""The formats taken, by their media type."""
CORPS: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {media: {"schema": {"type": "string", "contentMediaType": media}} for media in FORMATS},
    }
}
"""The body of an operation that takes an image, for the contract; the route refuses other media types by it."""

_SORTES = {"MPO": "JPEG"}
"""What Pillow tells apart and people do not: telephones append further pictures to a JPEG."""
_DEBUT_DE_PASSE = b"\xff\xda"
_PASSES_MAX = 100
"""A progressive JPEG is drawn in some ten passes over all of its pixels; a bomb has a hundred thousand."""
_QUALITE = 85
DECODAGE = Guichet("images")
"""Images are decoded one at a time: each may take a few hundred megabytes for a moment, and silences warnings."""


class ImageIllisible(ValeurRefusee):
    """No image, a damaged one, or one of a format that is not taken."""

    code = "image_illisible"


class ImageFormatDifferent(ValeurRefusee):
    """An image of another format than its media type claims."""

    code = "image_format_different"


class ImageTropGrande(ValeurRefusee):
    """More pixels than are taken, or a file that unpacks without end."""

    code = "image_trop_grande"


class ImageTropLourde(ValeurRefusee):
    """More bytes than are taken."""

    code = "image_trop_lourde"


@dataclass(frozen=True, slots=True)
class Limites:
    """What is taken, in bytes and pixels, and how many pixels a side is kept at most."""

    octets: int
    pixels: int
    cote: int


@dataclass(frozen=True, slots=True)
class ImageFaite:
    """An image of our own making."""

    contenu: bytes
    media: str
    largeur: int
    hauteur: int


def decoder(contenu: bytes, media: str, limites: Limites) -> Image.Image:
    """The picture of an uploaded file: upright, of at most `limites.cote` pixels a side, with nothing else.

    Raises:
        ImageTropLourde: more bytes than the limit.
        ImageIllisible: not an image, or not to its end.
        ImageFormatDifferent: not of the format of `media`.
        ImageTropGrande: more pixels than the limit; they are never unpacked.
    """
    if len(contenu) > limites.octets:
        raise ImageTropLourde(pointeur="#", octets=limites.octets)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd metadata, which is dropped, and of sizes, which are checked here
            with Image.open(io.BytesIO(contenu), formats=tuple(FORMATS.values())) as image:
                _verifier(image, contenu, media, limites)
                return _reduire(image, limites.cote)
    except Image.DecompressionBombError:
        raise ImageTropGrande(pointeur="#", pixels=limites.pixels) from None
    except ValeurRefusee:
        raise
    except Exception:  # noqa: BLE001  # image decoders raise almost anything on damaged files
        raise ImageIllisible(pointeur="#", formats=tuple(FORMATS.values())) from None


def encoder(image: Image.Image, media: str) -> ImageFaite:
    """A picture as a file; what is transparent is white where the format knows no transparency."""
    if FORMATS[media] == "JPEG":
        image = _sur_blanc(image)
    sortie = io.BytesIO()
    image.save(sortie, FORMATS[media], quality=_QUALITE, optimize=True)
    return ImageFaite(sortie.getvalue(), media, image.width, image.height)


def vignette(image: Image.Image, cote: int) -> ImageFaite:
    """A small JPEG of a picture, of at most `cote` pixels a side."""
    petite = image.copy()
    petite.thumbnail((cote, cote))
    return encoder(petite, "image/jpeg")


def media_de(request: Request) -> str:
    """What an uploaded file claims to be."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _verifier(image: Image.Image, contenu: bytes, media: str, limites: Limites) -> None:
    """Hold an opened file against what it claims to be, before any of its pixels is unpacked."""
    trouve = _SORTES.get(image.format or "", image.format)
    if FORMATS.get(media) != trouve:
        raise ImageFormatDifferent(pointeur="#", attendu=media)
    passes = contenu.count(_DEBUT_DE_PASSE) if trouve == "JPEG" else 1
    if image.width * image.height > limites.pixels or passes > _PASSES_MAX:
        raise ImageTropGrande(pointeur="#", pixels=limites.pixels)


def _reduire(image: Image.Image, cote: int) -> Image.Image:
    """The first picture of an opened file, made smaller as early as possible."""
    image.draft("RGB", (cote, cote))  # a JPEG is then unpacked at a half, a quarter or an eighth
    image.load()
    if image.mode.startswith("I"):  # 16 bits of grey, which conversions would cut off at 255
        image = image.convert("I").point(lambda valeur: valeur / 256).convert("L")
    voulu = "RGBA" if image.has_transparency_data else "RGB"
    if image.mode != voulu:
        image = image.convert(voulu)
    image.thumbnail((cote, cote))
    droite = ImageOps.exif_transpose(image)
    droite.info = {}
    return droite


def _sur_blanc(image: Image.Image) -> Image.Image:
    if image.mode == "RGB":
        return image
    fond = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(fond, image).convert("RGB")
