"""How our fonts go into a PDF: an fpdf2 font that writes glyph numbers, and the producer that embeds its subset.

fpdf2's own way parses each font with fontTools and subsets it again for each document, at 75 to 230 ms; here the
parsed font is shared and HarfBuzz subsets it in less than one. Codes in the PDF are the font's own glyph numbers
(Identity-H), so nothing depends on the order in which characters were used.
"""

import hashlib
from collections.abc import Iterable
from typing import Any

from fpdf.enums import FontDescriptorFlags
from fpdf.fonts import PDFFontDescriptor
from fpdf.output import CIDSystemInfo, OutputProducer, PDFFont, PDFFontStream, PDFType3Font
from fpdf.syntax import Name, PDFArray, PDFContentStream, PDFString

from aurore_api.impression.police import Graisse, Police, police

BLOC_TOUNICODE = 100
"""The most entries that one `beginbfchar` block may hold."""


class PoliceDuDocument:
    """What fpdf2 asks of a font, for one document: it encodes text and remembers the characters used."""

    type = "TTF"
    color_font = None

    def __init__(self, rang: int, graisse: Graisse) -> None:
        self.i = rang
        self.fontkey = f"plex{graisse}"
        self.police: Police = police(graisse)
        self.utilises: set[str] = set()

    def encode_text(self, texte: str) -> str:
        """The operator that shows a cleaned `texte`."""
        self.utilises.update(texte)
        return f"<{''.join(map(self.police.hexadecimal.__getitem__, texte))}> Tj"


class Producteur(OutputProducer):
    """fpdf2's producer, with our fonts in place of its own embedding."""

    def _add_fonts(self, *_args: Any, **_nommes: Any) -> dict[int, PDFFont | PDFType3Font]:
        """Called by fpdf2 with its images, styles and patterns, which only colour fonts need."""
        return {
            fonte.i: self._incorporer(fonte.police, fonte.utilises)
            for fonte in self.fpdf.fonts.values()
            if isinstance(fonte, PoliceDuDocument)
        }

    def _incorporer(self, source: Police, utilises: set[str]) -> PDFFont:
        """Add one font's objects; the composite font is what pages refer to."""
        # of two characters drawn by one glyph, the first of the alphabet is the one read back
        caracteres = {source.glyphes[caractere]: caractere for caractere in sorted(utilises, reverse=True)}
        nom = f"{_etiquette(caracteres)}+{source.nom}"
        composite = PDFFont(subtype="Type0", base_font=nom, encoding="Identity-H")
        self._add_pdf_obj(composite, "fonts")
        descendante = PDFFont(subtype="CIDFontType2", base_font=nom, d_w=0, w=_largeurs(source, caracteres))
        descendante.c_i_d_to_g_i_d_map = Name("Identity")  # type: ignore[assignment]  # a name is legal here, fpdf2 types the stream it makes itself
        self._add_pdf_obj(descendante, "fonts")
        composite.descendant_fonts = PDFArray([descendante])
        composite.to_unicode = PDFContentStream(_vers_unicode(caracteres), compress=True)
        self._add_pdf_obj(composite.to_unicode, "fonts")
        systeme = CIDSystemInfo()
        systeme.ordering = PDFString("Identity")
        self._add_pdf_obj(systeme, "fonts")
        descendante.c_i_d_system_info = systeme
        fichier = PDFFontStream(source.sous_ensemble(caracteres))
        self._add_pdf_obj(fichier, "fonts")
        descripteur = _descripteur(source, nom)
        descripteur.font_file2 = fichier  # type: ignore[attr-defined]  # fpdf2 adds this attribute late, as here
        self._add_pdf_obj(descripteur, "fonts")
        descendante.font_descriptor = descripteur
        return composite


def _etiquette(glyphes: Iterable[int]) -> str:
    """The six letters that name a subset: one set of glyphs, one tag, so that merged PDFs never mix two subsets."""
    empreinte = hashlib.sha256(repr(sorted(glyphes)).encode()).digest()
    return "".join(chr(ord("A") + octet % 26) for octet in empreinte[:6])


def _largeurs(source: Police, caracteres: dict[int, str]) -> str:
    return "[" + " ".join(f"{glyphe} [{source.avances[c]}]" for glyphe, c in sorted(caracteres.items())) + "]"


def _descripteur(source: Police, nom: str) -> PDFFontDescriptor:
    montee, descente = source.hauteurs
    descripteur = PDFFontDescriptor(
        ascent=montee,
        descent=descente,
        cap_height=source.capitales,
        flags=FontDescriptorFlags.SYMBOLIC,
        font_b_box=f"[{' '.join(map(str, source.boite))}]",
        italic_angle=0,
        stem_v=source.fut,
        missing_width=0,
    )
    descripteur.font_name = Name(nom)
    return descripteur


def _vers_unicode(caracteres: dict[int, str]) -> bytes:
    """The map from glyph numbers to text, which lets readers search and copy."""
    entrees = [
        f"<{glyphe:04X}> <{caractere.encode('utf-16-be').hex().upper()}>"
        for glyphe, caractere in sorted(caracteres.items())
    ]
    blocs = []
    for debut in range(0, len(entrees), BLOC_TOUNICODE):
        bloc = entrees[debut : debut + BLOC_TOUNICODE]
        blocs += [f"{len(bloc)} beginbfchar", *bloc, "endbfchar"]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<0000> <FFFF>",
            "endcodespacerange",
            *blocs,
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    ).encode("ascii")
