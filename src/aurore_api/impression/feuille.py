"""The sheets of a document: text, rules and boxes at places in mm, page after page, over fpdf2's primitives."""

from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from typing import cast

from fpdf import FPDF
from fpdf.fonts import TTFFont
from fpdf.image_datastructures import RasterImageInfo

from aurore_api.impression.incorporation import PoliceDuDocument, Producteur
from aurore_api.impression.police import FICHIERS
from aurore_api.impression.style import (
    BAS,
    BAS_PAYSAGE,
    DROITE,
    DROITE_PAYSAGE,
    GRAND_FILIGRANE,
    HAUT_SUITE,
    HAUTEUR_PAGE,
    LARGEUR_PAGE,
    Couleur,
    Style,
)

FAMILLE = "plex"


class Feuille:
    """A document being drawn. `y` is where the next thing goes; `a_chaque_page` draws what every page has.

    Content ends at `droite` and `bas` (mm).
    """

    def __init__(self, *, titre: str, auteur: str, langue: str, emis_le: datetime, paysage: bool = False) -> None:
        self._pdf = FPDF(orientation="landscape" if paysage else "portrait", unit="mm", format="A4")
        self._pdf.set_auto_page_break(auto=False)
        self._pdf.set_title(titre)
        self._pdf.set_author(auteur)
        self._pdf.set_lang(langue)
        self._pdf.set_creation_date(emis_le if emis_le.tzinfo else emis_le.replace(tzinfo=UTC))
        for rang, graisse in enumerate(FICHIERS, start=1):
            fonte = PoliceDuDocument(rang, graisse)
            # fpdf2 asks no more of a font than PoliceDuDocument has, but types its registry with its own classes
            self._pdf.fonts[f"{FAMILLE}{graisse}"] = cast("TTFFont", fonte)
        self._style: Style | None = None
        self.droite, self.bas = (DROITE_PAYSAGE, BAS_PAYSAGE) if paysage else (DROITE, BAS)
        self._avant = 0
        self.y = 0.0
        self.a_chaque_page: Callable[[], None] = _rien

    @property
    def pages(self) -> int:
        """How many pages there are of the document being drawn."""
        return self._pdf.pages_count - self._avant

    def enchainer(self) -> None:
        """Begin another document on the pages that follow."""
        self._avant = self._pdf.pages_count

    def tourner(self) -> None:
        """Begin a page; the cursor goes under its short head."""
        self._pdf.add_page()
        self._style = None
        self.y = HAUT_SUITE
        self.a_chaque_page()

    def reprendre(self, page: int) -> None:
        """Draw on an earlier page again (its foot, when the number of pages is known)."""
        self._pdf.page = self._avant + page
        # fpdf2 writes a setting only when it changes, and knows the last one written, not that page's
        self._pdf.current_font_is_set_on_page = False
        self._pdf.draw_color = self._pdf.fill_color = None
        self._pdf.line_width = 0
        self._style = None

    def reserver(self, hauteur: float) -> None:
        """Turn the page unless `hauteur` mm are left on it."""
        if self.y + hauteur > self.bas:
            self.tourner()

    def texte(self, x: float, y: float, texte: str, style: Style) -> None:
        """Write one line from `x`, its baseline at `y`."""
        if not texte:
            return
        if style is not self._style:
            self._pdf.set_font(FAMILLE, style.graisse, style.corps)
            self._pdf.set_text_color(*style.couleur)
            self._pdf.set_fill_color(*style.couleur)  # with both alike, fpdf2 need not set the colour text by text
            self._style = style
        self._pdf.text(x, y, style.police.nettoyer(texte))

    def a_droite(self, x: float, y: float, texte: str, style: Style) -> None:
        """Write one line that ends at `x`."""
        propre = style.police.nettoyer(texte)
        self.texte(x - style.largeur(propre), y, propre, style)

    def paragraphe(self, x: float, largeur: float, texte: str, style: Style) -> None:
        """Write `texte` in lines from the cursor down, over as many pages as it takes."""
        for ligne in style.couper(texte, largeur):
            self.reserver(style.interligne)
            self.y += style.interligne
            self.texte(x, self.y - style.interligne * 0.25, ligne, style)

    def filet(self, x1: float, x2: float, y: float, couleur: Couleur, epaisseur: float = 0.2) -> None:
        """Draw a horizontal rule."""
        self._pdf.set_line_width(epaisseur)
        self._pdf.set_draw_color(*couleur)
        self._pdf.line(x1, y, x2, y)

    def aplat(self, x: float, y: float, largeur: float, hauteur: float, couleur: Couleur) -> None:
        """Fill a rectangle."""
        self._pdf.set_fill_color(*couleur)
        self._pdf.rect(x, y, largeur, hauteur, style="F")
        self._style = None

    def cadre(self, x: float, y: float, largeur: float, hauteur: float, couleur: Couleur) -> None:
        """Outline a rectangle."""
        self._pdf.set_line_width(0.25)
        self._pdf.set_draw_color(*couleur)
        self._pdf.rect(x, y, largeur, hauteur)

    def image(self, info: RasterImageInfo, x: float, y: float, largeur: float, hauteur: float) -> float:
        """Place an image in the frame's top left corner, whole, and give the height it takes.

        The file has it once, however often it is placed.
        """
        echelle = min(largeur / info.width, hauteur / info.height)
        connues = self._pdf.image_cache.images
        nom = sha256(cast("bytes", info["data"])).hexdigest()
        if nom not in connues:
            connues[nom] = RasterImageInfo(info, i=len(connues) + 1, usages=0, iccp_i=None, iccp=None)
        self._pdf.image(nom, x=x, y=y, w=info.width * echelle, h=info.height * echelle)
        return info.height * echelle

    def filigrane(self, texte: str) -> None:
        """Write `texte` large and pale across the page; what is drawn next covers it."""
        style = GRAND_FILIGRANE
        x, y = LARGEUR_PAGE / 2, HAUTEUR_PAGE / 2
        with self._pdf.rotation(52, x, y):
            self.texte(x - style.largeur(texte) / 2, y + 12, texte, style)
        self._style = None

    def octets(self) -> bytes:
        """The finished PDF."""
        return bytes(self._pdf.output(output_producer_class=Producteur))


def _rien() -> None:
    """Nothing stands on every page until the document says so."""
