"""Images as fpdf2 wants them: the société's logo and articles; what cannot be read is left out (IMP-19)."""

from functools import lru_cache
from io import BytesIO

from fpdf.image_datastructures import RasterImageInfo
from fpdf.image_parsing import get_img_info
from PIL import Image

PIXELS_MAXIMUM = 25_000_000
TAILLE = (800, 320)
"""In pixels: more than 300 dpi in the frame it is printed in."""
FORMATS = ("PNG", "JPEG", "WEBP")


@lru_cache(maxsize=16)
def lire_logo(contenu: bytes) -> RasterImageInfo | None:
    """fpdf2's description of the image, flattened on white; None if it is no readable image of sane size."""
    try:
        with Image.open(BytesIO(contenu), formats=FORMATS) as image:
            if image.width * image.height > PIXELS_MAXIMUM:
                return None
            reduite = image.convert("RGBA")
        reduite.thumbnail(TAILLE)
        fond = Image.new("RGBA", reduite.size, "white")
        return get_img_info("logo", Image.alpha_composite(fond, reduite).convert("RGB"))
    except Exception:  # noqa: BLE001  # image decoders raise almost anything on damaged files; the document prints on
        return None


def lire_vignette(contenu: bytes) -> RasterImageInfo | None:
    """fpdf2's description of a JPEG, which goes into the file as it is; None if it is no readable one."""
    try:
        with Image.open(BytesIO(contenu), formats=("JPEG",)):
            return get_img_info("vignette", contenu)
    except Exception:  # noqa: BLE001  # as above
        return None
