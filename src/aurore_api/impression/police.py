"""The fonts: read once per process, measured with plain tables, subset with HarfBuzz per document.

A `Police` never changes once read, so documents of several threads share it; what a document uses of it is kept
by the document (`incorporation.PoliceDuDocument`).
"""

import struct
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

import uharfbuzz as hb

Graisse = Literal["", "B"]
"""fpdf2's word for a weight: regular, or `B` for the emphasis."""

FICHIERS: Mapping[Graisse, str] = {"": "IBMPlexSans-Regular.ttf", "B": "IBMPlexSans-SemiBold.ttf"}
REMPLACEMENT = "\N{REPLACEMENT CHARACTER}"
MM_PAR_POINT = 25.4 / 72
JEU = 0.001
"""A text exactly as wide as its column fits, whatever the rounding; in thousandths of the size."""

INVISIBLES = frozenset({"Cc", "Cf"})
"""Unicode's categories of controls: they order text about, and show nothing."""

TABLES_INUTILES = (b"GSUB", b"GPOS", b"GDEF", b"cmap", b"name", b"post", b"OS/2", b"gasp")
"""A PDF reader addresses glyphs by number and takes names, metrics and text from the PDF's own objects."""


class Police:
    """One weight: `glyphes` and `avances` (thousandths of the size) by character."""

    def __init__(self, nom: str, contenu: bytes) -> None:
        self.nom = nom
        self._face = hb.Face(hb.Blob(contenu))
        fonte = hb.Font(self._face)
        echelle = 1000 / self._face.upem
        self.glyphes = {
            chr(point): fonte.get_nominal_glyph(point)
            for point in self._face.unicodes
            if unicodedata.category(chr(point)) not in INVISIBLES
        }
        self.avances: dict[str, int] = {
            caractere: round(fonte.get_glyph_h_advance(glyphe) * echelle) for caractere, glyphe in self.glyphes.items()
        }
        self.hexadecimal = {caractere: f"{glyphe:04X}" for caractere, glyphe in self.glyphes.items()}
        self._nettoyage = Nettoyage(self.glyphes)
        tete, horizontal = self._table("head"), self._table("hhea")
        self.boite = [round(cote * echelle) for cote in struct.unpack_from(">4h", tete, 36)]
        self.hauteurs = [round(hauteur * echelle) for hauteur in struct.unpack_from(">2h", horizontal, 4)]
        (graisse,) = struct.unpack_from(">H", self._table("OS/2"), 4)
        (capitales,) = struct.unpack_from(">h", self._table("OS/2"), 88)
        self.capitales = round(capitales * echelle)
        self.fut = round(50 + (graisse / 65) ** 2)

    def _table(self, nom: str) -> bytes:
        return bytes(self._face.reference_table(nom).data)

    def nettoyer(self, texte: str) -> str:
        """`texte` in characters the font has: composed, without controls, unknown ones replaced (IMP-19)."""
        if texte.isascii() and texte.isprintable():
            return texte
        propre = unicodedata.normalize("NFC", texte).translate(self._nettoyage)
        # What stood on both sides of a dropped control may compose now, and the composed be one the font has not.
        return propre if unicodedata.is_normalized("NFC", propre) else self.nettoyer(propre)

    def largeur(self, texte: str, corps: float) -> float:
        """The width in mm of a cleaned `texte` at `corps` points."""
        return sum(map(self.avances.__getitem__, texte)) * corps * MM_PAR_POINT / 1000

    def couper(self, texte: str, corps: float, largeur: float) -> list[str]:
        """`texte` in lines of at most `largeur` mm: at spaces, else inside a word; line feeds are kept."""
        budget = largeur * 1000 / (corps * MM_PAR_POINT) + JEU
        return [
            ligne
            for paragraphe in texte.replace("\r\n", "\n").split("\n")
            for ligne in self._couper_paragraphe(self.nettoyer(paragraphe), budget)
        ]

    def _couper_paragraphe(self, paragraphe: str, budget: float) -> list[str]:
        if sum(map(self.avances.__getitem__, paragraphe)) <= budget:
            return [paragraphe]
        lignes: list[str] = []
        ligne, prise = "", 0
        for mot in paragraphe.split(" "):
            largeur = sum(map(self.avances.__getitem__, mot))
            if ligne and prise + self.avances[" "] + largeur <= budget:
                ligne, prise = f"{ligne} {mot}", prise + self.avances[" "] + largeur
                continue
            if ligne:
                lignes.append(ligne)
            *pleines, ligne = self._couper_mot(mot, budget)
            lignes += pleines
            prise = sum(map(self.avances.__getitem__, ligne))
        return [*lignes, ligne]

    def _couper_mot(self, mot: str, budget: float) -> list[str]:
        morceaux, debut, prise = [], 0, 0
        for rang, caractere in enumerate(mot):
            avance = self.avances[caractere]
            if prise + avance > budget and rang > debut:
                morceaux.append(mot[debut:rang])
                debut, prise = rang, 0
            prise += avance
        return [*morceaux, mot[debut:]]

    def sous_ensemble(self, glyphes: Iterable[int]) -> bytes:
        """A TrueType file with only `glyphes`, under their own numbers; the same set gives the same bytes."""
        demande = hb.SubsetInput()
        demande.glyph_set.update(glyphes)
        demande.drop_table_tag_set.update(int.from_bytes(nom, "big") for nom in TABLES_INUTILES)
        demande.flags = hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NOTDEF_OUTLINE | hb.SubsetFlags.NO_HINTING
        return bytes(hb.subset(self._face, demande).blob.data)


class Nettoyage(dict[int, str | None]):
    """A table for `str.translate`: known characters stay, controls go, others give their base letter or `�`."""

    def __init__(self, connus: Iterable[str]) -> None:
        super().__init__({ord(caractere): caractere for caractere in connus})
        self[ord("\t")] = " "

    def __missing__(self, point: int) -> str | None:
        caractere = chr(point)
        if unicodedata.category(caractere) in INVISIBLES | {"Mn", "Me"}:
            return None
        base = unicodedata.normalize("NFKD", caractere)[0]
        return self.get(ord(base), REMPLACEMENT)


@cache
def police(graisse: Graisse) -> Police:
    """The font of a weight, read on first use."""
    fichier = FICHIERS[graisse]
    contenu = files("aurore_api.impression").joinpath("polices", fichier).read_bytes()
    return Police(fichier.removesuffix(".ttf"), contenu)
