"""Writing XLSX: texts as texts, so that leading zeros stay, numbers and days as what they are, so that people count."""

import io
import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from aurore_api.echanges.colonnes import Colonne, Sorte
from aurore_api.echanges.marques import marquer
from aurore_api.echanges.valeurs import CELLULE_MAX, Ecrite, abrege, comme_xml

# Days in the one order that no setting of a program that saves the sheet as CSV turns round.
_FORMATS: dict[Sorte, str] = {
    "texte": "@",
    "liste": "@",
    "json": "@",
    "decimal": "0.00####",
    "entier": "0",
    "booleen": "General",
    "jour": "yyyy-mm-dd",
}
_LARGEURS: dict[Sorte, int] = {"texte": 18, "liste": 24, "json": 40, "jour": 12}
_LARGEUR = 10
_ECHAPPEMENTS = re.compile("_(?=x[0-9a-fA-F]{4}_)")
_CONTROLES = re.compile(r"[\x00-\x08\x0b-\x1f]")


class _Feuille(Worksheet):  # type: ignore[misc]  # the library has no types
    """A sheet whose texts all come back as they were.

    The library's own way leaves `_x0041_x0042_` half escaped, and takes a text that begins and ends like its mark-up of
    styled texts for that mark-up.
    """

    @staticmethod
    def _escape_control_characters(data: Any) -> Any:
        if not isinstance(data, str):  # truth values come this way too
            return data
        echappe = _CONTROLES.sub(lambda un: f"_x{ord(un[0]):04X}_", _ECHAPPEMENTS.sub("_x005F_", data))
        return f"_x003C_{echappe[1:]}" if echappe.startswith("<r>") else echappe


class EcritureXlsx:
    """A workbook in the making, of one sheet, written row by row."""

    def __init__(self, colonnes: Sequence[Colonne], feuille: str) -> None:
        self._sortie = io.BytesIO()
        self._classeur = Workbook(self._sortie, {"constant_memory": True})
        self._feuille = self._classeur.add_worksheet(feuille, _Feuille)
        self._formats: list[Format] = []
        self._rang = 1
        titre = self._classeur.add_format({"bold": True, "num_format": "@"})
        for place, colonne in enumerate(colonnes):
            format_ = self._classeur.add_format({"num_format": _FORMATS[colonne.sorte]})
            self._formats.append(format_)
            largeur = max(_LARGEURS.get(colonne.sorte, _LARGEUR), len(colonne.nom) + 2)
            self._feuille.set_column(place, place, largeur, format_)
            self._feuille.write_string(0, place, colonne.nom, titre)
        self._feuille.freeze_panes(1, 0)

    def ajouter(self, lignes: Iterable[Sequence[Ecrite]]) -> None:
        """Write rows."""
        for ligne in lignes:
            for place, valeur in enumerate(ligne):
                if valeur is not None:
                    self._ecrire(place, valeur)
            self._rang += 1

    def finir(self) -> bytes:
        """The file."""
        self._classeur.close()
        return self._sortie.getvalue()

    def _ecrire(self, place: int, valeur: Ecrite) -> None:
        ici = (self._rang, place)
        match valeur:
            case str():
                self._feuille.write_string(*ici, _en_cellule(marquer(valeur, protege=True)), self._formats[place])
            case bool():
                self._feuille.write_boolean(*ici, valeur, self._formats[place])
            case date():
                self._feuille.write_datetime(*ici, valeur, self._formats[place])
            case _:
                # A double holds every decimal of 15 digits, and no field has more.
                self._feuille.write_number(*ici, float(valeur or 0), self._formats[place])


def _en_cellule(texte: str) -> str:
    """A text that a cell can hold; its room is counted as spreadsheet programs do, in units of UTF-16."""
    return comme_xml(texte) if len(texte.encode("utf-16-le")) // 2 <= CELLULE_MAX else abrege(texte)
