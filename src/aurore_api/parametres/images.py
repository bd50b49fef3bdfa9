"""Images from outside are decoded, bounded and encoded again: what is stored was made here (SEC-05)."""

import io
import warnings

from PIL import Image, UnidentifiedImageError

from aurore_domain.erreurs import ValeurRefusee

OCTETS_MAX = 2 * 1024 * 1024
PIXELS_MAX = 16_000_000
COTE_MAX = 1200
FORMATS = ("PNG", "JPEG", "WEBP")


class ImageRefusee(ValeurRefusee):
    """Not an image of a format that is taken, damaged, or too large."""

    code = "image_refusee"


def reencoder(contenu: bytes) -> bytes:
    """A PNG of at most `COTE_MAX` pixels a side, made of an uploaded PNG, JPEG or WebP.

    Raises:
        ImageRefusee: not such an image, or more bytes or pixels than are taken.
    """
    refus = ImageRefusee(pointeur="#", formats=FORMATS, octets=OCTETS_MAX, pixels=PIXELS_MAX)
    if not contenu or len(contenu) > OCTETS_MAX:
        raise refus
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(contenu), formats=FORMATS) as image:
                if image.width * image.height > PIXELS_MAX:
                    raise refus
                propre = image.convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError, Warning):
        raise refus from None
    propre.thumbnail((COTE_MAX, COTE_MAX))
    sortie = io.BytesIO()
    propre.save(sortie, "PNG", optimize=True)
    return sortie.getvalue()
