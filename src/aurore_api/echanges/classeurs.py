"""Making an XLSX workbook from outside safe to read: unpacked within bounds, measured, and packed anew.

The reader holds a sheet as one rectangle from the first to the last cell, so two cells in opposite corners of a file of
2 kB would ask for all memory there is, and end the process. Here a parser that streams measures every part before; what
the reader then gets is a fresh archive of just the parts that were measured.
"""

import io
import re
import zipfile
import zlib
from typing import IO
from xml.parsers import expat

from aurore_api.echanges.erreurs import (
    ClasseurDemesure,
    ClasseurIllisible,
    FichierRefuse,
    LignesVidesEnTrop,
    TropDeColonnes,
    TropDeLignes,
)
from aurore_api.echanges.limites import CELLULES_MAX, COLONNES_MAX, DEPLIE_MAX, LIGNES_MAX

_PARTIES_MAX = 1000
_BLOC = 1 << 16
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_UTILES = re.compile(r"(?i)_rels/\.rels|xl/[^\\]*\.(xml|rels)")
"""Parts that the reader may be given: what leads to the sheets, and all that is XML below."""


def assainir(contenu: bytes) -> io.BytesIO:
    """The same workbook, measured and packed anew.

    Raises:
        ClasseurIllisible: it is none, or is damaged.
        ClasseurDemesure, TropDeLignes, LignesVidesEnTrop, TropDeColonnes: it is larger than what is taken.
    """
    propre = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(contenu)) as recu, zipfile.ZipFile(propre, "w") as refait:
            _copier(recu, refait)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        raise ClasseurIllisible(pointeur="#") from None
    propre.seek(0)
    return propre


def _demesure() -> ClasseurDemesure:
    return ClasseurDemesure(pointeur="#", maximum=DEPLIE_MAX >> 20, cellules=CELLULES_MAX)


def _copier(recu: zipfile.ZipFile, refait: zipfile.ZipFile) -> None:
    parties = [une for une in recu.infolist() if _UTILES.fullmatch(une.filename)]
    noms = {une.filename.lower() for une in parties}
    if "_rels/.rels" not in noms or len(noms) < len(parties) or len(parties) > _PARTIES_MAX:
        raise ClasseurIllisible(pointeur="#")
    reste = DEPLIE_MAX
    for partie in parties:
        if partie.file_size > reste:
            raise _demesure()
        with recu.open(partie) as source:
            xml = _mesurer(source, reste)
        reste -= len(xml)
        refait.writestr(zipfile.ZipInfo(partie.filename), xml)


def _mesurer(source: IO[bytes], reste: int) -> bytes:
    """A part's XML, once its cells are found within bounds."""
    morceaux: list[bytes] = []
    mesure = _Mesure()
    try:
        while bloc := source.read(_BLOC):
            reste -= len(bloc)
            if reste < 0:
                raise _demesure()
            mesure.lire(bloc)
            morceaux.append(bloc)
        mesure.finir()
    except expat.ExpatError:
        raise ClasseurIllisible(pointeur="#") from None
    return b"".join(morceaux)


class _Mesure:
    """How far the rows and cells of a part reach, be it a sheet or not: which one is, the reader decides."""

    def __init__(self) -> None:
        self._parseur = expat.ParserCreate()
        self._parseur.StartElementHandler = self._element
        self._parseur.StartDoctypeDeclHandler = self._refuser
        self._parseur.XmlDeclHandler = self._declaration
        self._feuille = False
        self._ligne = 0
        self._colonne = 0
        self._largeur = 0
        self._pleines = 0
        self._pleine = False

    def lire(self, bloc: bytes) -> None:
        """Go on."""
        self._parseur.Parse(bloc)

    def finir(self) -> None:
        """Say that the part ends here."""
        self._parseur.Parse(b"", True)  # noqa: FBT003 (the parser's own signature)

    def _refuser(self, *_: object) -> None:
        """No part has a doctype, whose entities could grow without end."""
        raise ClasseurIllisible(pointeur="#")

    def _declaration(self, _version: str, encodage: str | None, _seul: int) -> None:
        if encodage is not None and encodage.lower() not in {"utf-8", "us-ascii", "iso-8859-1"}:
            raise ClasseurIllisible(pointeur="#")

    def _element(self, nom: str, attributs: dict[str, str]) -> None:
        local = nom.rpartition(":")[2]
        if not self._feuille:
            self._feuille = local == "sheetData"
        elif local == "row":
            self._nouvelle_ligne(attributs.get("r"))
        elif local == "c":
            self._cellule(attributs.get("r"))
        elif local in {"v", "is"} and not self._pleine:
            self._pleine = True
            self._pleines += 1

    def _nouvelle_ligne(self, rang: str | None) -> None:
        precedente, self._colonne, self._pleine = self._ligne, 0, False
        if rang is None:
            self._ligne += 1
        elif rang.isascii() and rang.isdigit() and len(rang) <= 7:  # noqa: PLR2004 (1,048,576 rows at most)
            self._ligne = int(rang)
        else:
            raise ClasseurIllisible(pointeur="#")
        if self._ligne <= precedente:
            raise ClasseurIllisible(pointeur="#")
        if self._ligne > LIGNES_MAX + 1:
            raise self._trop_long()
        self._tenir()

    def _trop_long(self) -> FichierRefuse:
        refus = TropDeLignes if self._pleines > self._ligne // 2 else LignesVidesEnTrop
        return refus(pointeur="#", maximum=LIGNES_MAX)

    def _cellule(self, reference: str | None) -> None:
        if reference is None:
            self._colonne += 1
        else:
            trouvee = _REFERENCE.fullmatch(reference)
            if trouvee is None or int(trouvee[2]) != self._ligne:
                raise ClasseurIllisible(pointeur="#")
            self._colonne = 0
            for une in trouvee[1].upper():
                self._colonne = self._colonne * 26 + ord(une) - ord("A") + 1
        if self._colonne > COLONNES_MAX:
            raise TropDeColonnes(pointeur="#", maximum=COLONNES_MAX)
        self._largeur = max(self._largeur, self._colonne)
        self._tenir()

    def _tenir(self) -> None:
        if self._ligne * self._largeur > CELLULES_MAX:
            raise _demesure()
