"""Making an XLSX workbook from outside safe to read: unpacked within bounds, measured, and packed anew.

The reader holds a sheet as one rectangle from the first to the last cell, so two cells in opposite corners of a file of
2 kB would ask for all memory there is, and end the process. Here a parser that streams measures every part before; what
the reader then gets is a fresh archive of just the parts that were measured.

The reader also takes an error such as `#N/A`, and a formula that was never calculated, for an empty cell, and an empty
cell may clear a field. Such cells become texts here, which `MARQUE_DE_FAUTE` tells from other texts.
"""

import io
import re
import zipfile
import zlib
from typing import IO
from xml.parsers import expat
from xml.sax.saxutils import escape

from aurore_api.echanges.erreurs import (
    ClasseurDemesure,
    ClasseurIllisible,
    FichierRefuse,
    LignesVidesEnTrop,
    TropDeColonnes,
    TropDeLignes,
)
from aurore_api.echanges.limites import CELLULES_MAX, COLONNES_MAX, DEPLIE_MAX, LIGNES_MAX

MARQUE_DE_FAUTE = "\ue000\uf8ff\ue000"
"""Begins the text of a cell that has no value: characters for private use, which nothing else begins with."""
_PARTIES_MAX = 1000
_FAUTIVES_MAX = 1000
"""Most cells of a part that are marked; any one of them refuses the file."""
_FAUTE_MAX = 60
"""Most characters that are kept of an error or a formula."""
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
    return mesure.fautives.marquer(b"".join(morceaux))


class _Fautives:
    """The cells of a part that have no value: where their XML begins and ends, and what shall stand there."""

    def __init__(self, parseur: expat.XMLParserType) -> None:
        self._parseur = parseur
        self._places: list[tuple[int, int, bytes]] = []
        self._debut, self._nom, self._attributs = 0, "", {"": ""}
        self._dans = ""
        self._textes = {"f": "", "v": ""}

    def cellule(self, nom: str, attributs: dict[str, str]) -> None:
        """A cell begins."""
        self._debut, self._nom, self._attributs = self._parseur.CurrentByteIndex, nom, attributs
        if attributs.get("t") == "e":
            self._suivre()

    def dedans(self, local: str) -> None:
        """The formula or the value of the cell begins."""
        if local == "f" and self._parseur.EndElementHandler is None:
            self._suivre()
        self._dans = local

    def _suivre(self) -> None:
        """Listen until the cell ends; other cells are spared the time."""
        self._textes = {"f": "", "v": ""}
        self._dans = ""
        if len(self._places) < _FAUTIVES_MAX:
            self._parseur.EndElementHandler = self._fin
            self._parseur.CharacterDataHandler = self._texte

    def _texte(self, texte: str) -> None:
        if self._dans and len(self._textes[self._dans]) < _FAUTE_MAX:
            self._textes[self._dans] += texte

    def _fin(self, nom: str) -> None:
        self._dans = ""
        if nom != self._nom:
            return
        self._parseur.EndElementHandler = self._parseur.CharacterDataHandler = None
        genre, valeur = self._attributs.get("t"), self._textes["v"].strip()
        if genre == "e" and valeur:
            self._retenir(valeur)
        elif genre not in {"e", "str"} and not valeur:
            self._retenir(f"={self._textes['f'].strip()}")

    def _retenir(self, texte: str) -> None:
        espace = self._nom.removesuffix("c")
        reference = f' r="{self._attributs["r"]}"' if "r" in self._attributs else ""
        contenu = escape(MARQUE_DE_FAUTE + texte[:_FAUTE_MAX])
        xml = f'<{self._nom}{reference} t="str"><{espace}v>{contenu}</{espace}v></{self._nom}>'
        fin = self._parseur.CurrentByteIndex
        self._places.append((self._debut, fin, xml.encode("ascii", "xmlcharrefreplace")))

    def marquer(self, xml: bytes) -> bytes:
        """The part's XML with what shall stand there."""
        if not self._places:
            return xml
        morceaux: list[bytes] = []
        reste = 0
        for debut, fin, texte in self._places:
            morceaux += [xml[reste:debut], texte]
            reste = xml.index(b">", fin) + 1
        return b"".join([*morceaux, xml[reste:]])


class _Mesure:
    """How far the rows and cells of a part reach, be it a sheet or not: which one is, the reader decides."""

    def __init__(self) -> None:
        self._parseur = expat.ParserCreate()
        self._parseur.StartElementHandler = self._element
        self._parseur.StartDoctypeDeclHandler = self._refuser
        self._parseur.XmlDeclHandler = self._declaration
        self.fautives = _Fautives(self._parseur)
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
            self.fautives.cellule(nom, attributs)
        elif local in {"f", "v", "is"}:
            self._contenu(local)

    def _contenu(self, local: str) -> None:
        if local in {"f", "v"}:
            self.fautives.dedans(local)
        if local != "f" and not self._pleine:
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
