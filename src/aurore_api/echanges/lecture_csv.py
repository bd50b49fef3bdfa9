"""Reading CSV as spreadsheet programs write it: their encodings, their separators."""

import csv
import io
from collections.abc import Collection, Iterator
from typing import AnyStr

from aurore_api.echanges.colonnes import plier
from aurore_api.echanges.erreurs import CaractereNul, EncodageIllisible, GuillemetMalPlace, GuillemetOuvert
from aurore_api.echanges.valeurs import Cellule

SEPARATEURS = (";", ",", "\t")
_CELLULE_MAX = 1_000_000
_MARQUES_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def lire(contenu: bytes, connues: Collection[str]) -> Iterator[list[Cellule]]:
    """The rows of a file; one with line breaks between quotation marks is one row, as in a spreadsheet.

    `connues` are the headings that may come, folded: the separator that finds most of them is the file's.

    Raises:
        EncodageIllisible, CaractereNul, GuillemetOuvert, GuillemetMalPlace: it cannot be read.
    """
    texte = _decoder(contenu)
    csv.field_size_limit(_CELLULE_MAX)
    lignes = csv.reader(io.StringIO(texte, newline=""), delimiter=_separateur(texte, connues), strict=True)
    lus = 0
    try:
        for ligne in lignes:
            lus += 1
            yield list(ligne)
    except csv.Error as erreur:
        refus = GuillemetMalPlace if "expected after" in str(erreur) else GuillemetOuvert
        raise refus(pointeur=f"#/{lus + 1}", ligne=lus + 1) from None


def _decoder(contenu: bytes) -> str:
    """Text in UTF-8 or, with its mark, UTF-16; what is neither is Windows-1252, which Latin-1 is a part of."""
    if contenu.startswith(_MARQUES_UTF_16):
        encodages = ["utf-16"]
    else:
        encodages = ["utf-8-sig", "windows-1252"]
        _refuser_nul(contenu, b"\x00", b"\n")
    for encodage in encodages:
        try:
            texte = contenu.decode(encodage)
        except UnicodeDecodeError:
            continue
        _refuser_nul(texte, "\x00", "\n")
        return texte
    raise EncodageIllisible(pointeur="#")


def _refuser_nul(texte: AnyStr, nul: AnyStr, fin: AnyStr) -> None:
    """No text has NUL; a file of another kind mostly does, and is better told so than that its encoding is unknown."""
    if nul in texte:
        raise CaractereNul(pointeur="#", ligne=texte.count(fin, 0, texte.index(nul)) + 1)


def _separateur(texte: str, connues: Collection[str]) -> str:
    """The separator that makes most headings of the first line known ones."""
    premiere = texte.split("\n", 1)[0]
    return max(SEPARATEURS, key=lambda un: sum(plier(titre.strip('" \r')) in connues for titre in premiere.split(un)))
