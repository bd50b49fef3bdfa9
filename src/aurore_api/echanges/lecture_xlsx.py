"""Reading the first sheet of an XLSX workbook."""

import io
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from aurore_api.echanges.classeurs import MARQUE_DE_FAUTE, assainir
from aurore_api.echanges.erreurs import ClasseurIllisible, ClasseurSansFeuille
from aurore_api.echanges.valeurs import Cellule, Fautive, ecrire_decimal


def lire(contenu: bytes) -> Iterator[list[Cellule]]:
    """The rows of the first sheet that shows, from the sheet's own first row and column on.

    Raises:
        ClasseurIllisible, ClasseurSansFeuille: it cannot be read.
        ClasseurDemesure, TropDeLignes, LignesVidesEnTrop, TropDeColonnes: it is larger than what is taken.
    """
    feuille = _premiere_feuille(assainir(contenu))
    if feuille.start is None:
        return
    decalage = [None] * feuille.start[1]
    for ligne in feuille.iter_rows():
        yield [*decalage, *(_cellule(une) for une in ligne)]


def _premiere_feuille(classeur: io.BytesIO) -> CalamineSheet:
    try:
        with CalamineWorkbook.from_filelike(classeur) as lu:
            for rang, feuille in enumerate(lu.sheets_metadata):
                if feuille.typ == SheetTypeEnum.WorkSheet and feuille.visible == SheetVisibleEnum.Visible:
                    return lu.get_sheet_by_index(rang)
    except (CalamineError, ValueError, OSError):
        raise ClasseurIllisible(pointeur="#") from None
    raise ClasseurSansFeuille(pointeur="#")


def _cellule(valeur: Any) -> Cellule:
    """A cell's value: a day where it is one, a time of day as `HH:MM`, a number as a text."""
    match valeur:
        case str():
            return _texte(valeur)
        case datetime() if valeur.time() == time():
            return valeur.date()
        case time():
            return valeur.isoformat("minutes")
        case timedelta():
            return str(valeur)
        case float():
            return nombre(valeur)
    return valeur  # type: ignore[no-any-return]  # a truth value


def _texte(valeur: str) -> Cellule:
    if valeur.startswith(MARQUE_DE_FAUTE):
        return Fautive(valeur.removeprefix(MARQUE_DE_FAUTE))
    return valeur or None


def nombre(valeur: float) -> str:
    """A number in plain digits: the 15 that spreadsheets calculate with, so that 0.1 + 0.2 is 0.3."""
    return ecrire_decimal(Decimal(f"{valeur:.15g}"))
