"""Values and the cells they stand in. A cell is a text, a truth value or a day; numbers come in as plain text.

What a cell says is checked by the schemas, not here: what cannot be read is passed on as it is, and refused there.
"""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from pydantic_core import to_json

from aurore_api.echanges.colonnes import Colonne, Sorte


class Fautive(str):
    """What a cell says that has no value: an error of the spreadsheet program, or a formula never calculated."""

    __slots__ = ()


Cellule = str | bool | date | None
Ecrite = str | bool | date | Decimal | int | None

ABSENTE: Final = object()
"""Stands for a field that is left out, so that it gets its default."""
CELLULE_MAX = 32_767
"""Most characters in a cell of a spreadsheet."""

_HORS_XML = {0xFFFE: 0xFFFD, 0xFFFF: 0xFFFD}
_VRAIS = frozenset({"oui", "vrai", "true", "1", "ja", "waar", "wahr", "yes"})
_FAUX = frozenset({"non", "faux", "false", "0", "nee", "nein", "onwaar", "falsch", "no"})
_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_ENTIER = re.compile(r"-?[0-9]{1,19}")
_JOUR_MOIS_AN = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})")
_SEPARATEURS_DE_LISTE = re.compile(r"[\s,;|]+")


def vide(cellule: Cellule) -> bool:
    """Whether nothing stands in a cell, or blanks only."""
    return cellule is None or (isinstance(cellule, str) and not cellule.strip())


def ecrire(colonne: Colonne, valeur: Any) -> Ecrite:
    """A field's value as it stands in a cell; None for an empty one."""
    if valeur is None or valeur in ("", [], {}):
        return None
    if colonne.sorte == "texte":
        return str(valeur)
    if colonne.sorte == "liste":
        joints = ", ".join(valeur)
        return joints if _SEPARATEURS_DE_LISTE.split(joints) == valeur else _en_json(valeur)
    if colonne.sorte == "decimal":
        return Decimal(colonne.ecrire_decimal(valeur))
    return _en_json(valeur) if colonne.sorte == "json" else valeur


def lire(colonne: Colonne, cellule: Cellule, actuelle: Any = None) -> Any:
    """A cell as input of the field's schema; `actuelle`, the field's present value, where the cell says just that.

    An empty cell is null, or `ABSENTE` where the field cannot be null.
    """
    if vide(cellule) and not (colonne.sorte == "texte" and cellule and cellule == actuelle):
        if actuelle is not None and ecrire(colonne, actuelle) is None:
            return actuelle
        return None if colonne.nulle else ABSENTE
    return _LECTEURS[colonne.sorte](cellule, actuelle)


def comparable(colonne: Colonne, lue: Any) -> Any:
    """A value that was read, as stored rows have it; what the schema is going to refuse stays as it is."""
    if isinstance(lue, str) and colonne.sorte == "decimal" and _DECIMAL.fullmatch(lue):
        return Decimal(lue)
    if isinstance(lue, str) and colonne.sorte == "jour":
        try:
            return date.fromisoformat(lue)
        except ValueError:
            return lue
    return lue


def abrege(texte: str) -> str:
    """What stands in a cell for a text that is too long for one; read back, it leaves the field as it is."""
    return f"… ({len(texte)} caractères, plus que n'en tient une cellule)"


def comme_xml(texte: str) -> str:
    """A text as XML can hold it: the two points that are no characters become the one that stands for what is none."""
    return texte.translate(_HORS_XML)


def ecrire_decimal(valeur: Decimal) -> str:
    """A decimal without exponent."""
    return f"{valeur:f}"


def _en_json(valeur: Any) -> str:
    return to_json(_sans_nuls(valeur)).decode()


def _sans_nuls(valeur: Any) -> Any:
    """A value without the fields that are null, which a person who reads the cell can do without."""
    if isinstance(valeur, dict):
        return {nom: _sans_nuls(une) for nom, une in valeur.items() if une is not None}
    return [_sans_nuls(une) for une in valeur] if isinstance(valeur, list) else valeur


def _lire_texte(cellule: Any, actuelle: Any) -> Any:
    if not isinstance(cellule, str) or not isinstance(actuelle, str):
        return cellule
    return actuelle if _meme_texte(cellule, actuelle) else cellule


def _meme_texte(un: str, autre: str) -> bool:
    """Spreadsheet programs write the ends of lines their own way, and XML has no place for two of Unicode's points."""
    return un == autre or _fins_de_ligne(comme_xml(un)) == _fins_de_ligne(comme_xml(autre))


def _fins_de_ligne(texte: str) -> str:
    return texte.replace("\r\n", "\n").replace("\r", "\n")


def _lire_decimal(cellule: Any, actuelle: Any) -> Any:
    texte = str(cellule).strip()
    if "." not in texte:
        texte = texte.replace(",", ".", 1)
    if not _DECIMAL.fullmatch(texte):
        return texte
    if isinstance(actuelle, Decimal) and Decimal(texte) == actuelle:
        return actuelle
    return texte.rstrip("0").rstrip(".") if "." in texte else texte


def _lire_entier(cellule: Any, _actuelle: Any) -> Any:
    texte = str(cellule).strip()
    return int(texte) if _ENTIER.fullmatch(texte) else texte


def _lire_booleen(cellule: Any, _actuelle: Any) -> Any:
    if isinstance(cellule, bool):
        return cellule
    texte = str(cellule).strip().casefold()
    return True if texte in _VRAIS else False if texte in _FAUX else texte


def _lire_jour(cellule: Any, actuelle: Any) -> Any:
    texte = str(cellule).strip()
    if compose := _JOUR_MOIS_AN.fullmatch(texte):
        texte = f"{compose[4]}-{compose[3]:0>2}-{compose[1]:0>2}"
    return actuelle if isinstance(actuelle, date) and actuelle.isoformat() == texte else texte


def _lire_liste(cellule: Any, actuelle: Any) -> Any:
    texte = str(cellule).strip()
    if texte.startswith("["):
        return _lire_json(texte, actuelle)
    return [un for un in _SEPARATEURS_DE_LISTE.split(texte) if un]


def _lire_json(cellule: Any, actuelle: Any) -> Any:
    texte = str(cellule)
    if actuelle is not None:
        ecrite = _en_json(actuelle)
        if _meme_texte(texte, ecrite) or texte == abrege(ecrite):
            return actuelle
    try:
        return json.loads(texte)
    except (ValueError, RecursionError):
        return texte


_LECTEURS: Mapping[Sorte, Callable[[Any, Any], Any]] = {
    "texte": _lire_texte,
    "decimal": _lire_decimal,
    "entier": _lire_entier,
    "booleen": _lire_booleen,
    "jour": _lire_jour,
    "liste": _lire_liste,
    "json": _lire_json,
}
