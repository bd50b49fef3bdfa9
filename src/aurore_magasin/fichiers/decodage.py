"""The bytes of a file as rows or objects: encodings, separators and spellings of headers that tills and Excel make."""

import csv
import json
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from io import StringIO
from typing import Any

SEPARATEURS = ";\t,"
MAXIMUM = 100_000_000
"""Bytes of the largest file that is looked at: months of any shop."""


class Illisible(Exception):
    """The file as such cannot be read; `ligne` is where that shows, 0 if nowhere in particular."""

    def __init__(self, raison: str, ligne: int = 0) -> None:
        super().__init__(raison)
        self.raison, self.ligne = raison, ligne


def texte_de(octets: bytes) -> str:
    """UTF-8 with or without a mark, UTF-16 with one, or else what Windows writes in Belgium (1252)."""
    marque = octets.startswith((b"\xff\xfe", b"\xfe\xff"))
    for codage in ("utf-16",) if marque else ("utf-8-sig", "cp1252"):
        try:
            return octets.decode(codage)
        except UnicodeDecodeError:
            continue
    raise Illisible("les caractères ne sont ni de l'UTF-8 ni du Windows-1252")


def plier(nom: str) -> str:
    """How a header is compared: `Quantité `, `QUANTITE` and `quantite` are one, `Prix TVAC` is `prix_tvac`."""
    sans_accents = unicodedata.normalize("NFD", nom.strip().casefold())
    return "".join(un for un in sans_accents if not unicodedata.combining(un)).replace(" ", "_").replace("-", "_")


def objets(texte: str, nom: str) -> list[Any]:
    """What a JSON file holds: a list, or an object with the list under `nom`. Numbers keep the digits they have."""
    try:
        lu = json.loads(texte, parse_float=Decimal, parse_constant=_sans_infini)
    except json.JSONDecodeError as erreur:
        raise Illisible(f"ce n'est pas du JSON complet (colonne {erreur.colno})", erreur.lineno) from None
    except (ValueError, RecursionError):
        raise Illisible("ce n'est pas du JSON que l'on puisse lire") from None
    if isinstance(lu, dict) and set(lu) <= {nom, "date_fin"}:
        lu = lu.get(nom)
    if not isinstance(lu, list):
        raise Illisible(f'une liste est attendue, ou un objet {{"{nom}": [...]}}')
    return lu


def _sans_infini(_constante: str) -> None:
    raise ValueError


def rangees(texte: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a CSV file under folded headers, each with the line it begins on; empty rows and cells are left out."""
    entete = texte.lstrip("\r\n").split("\n", 1)[0]
    separateur = max(SEPARATEURS, key=entete.count)
    lecteur = csv.reader(StringIO(texte, newline=""), delimiter=separateur, strict=True)
    colonnes: list[str] | None = None
    debut = 1
    try:
        for cellules in lecteur:
            if any(une.strip() for une in cellules):
                if colonnes is None:
                    colonnes = _colonnes(cellules, debut)
                else:
                    yield debut, _rangee(colonnes, cellules, debut)
            debut = lecteur.line_num + 1
    except csv.Error:
        raise Illisible("un guillemet n'est pas fermé, ou une cellule est trop longue", debut) from None


def _colonnes(cellules: list[str], ligne: int) -> list[str]:
    colonnes = [plier(une) for une in cellules]
    doubles = sorted({une for une in colonnes if une and colonnes.count(une) > 1})
    if doubles:
        raise Illisible(f"la colonne {doubles[0]} est là deux fois", ligne)
    return colonnes


def _rangee(colonnes: list[str], cellules: list[str], ligne: int) -> dict[str, str]:
    if len(cellules) < len(colonnes):
        raise Illisible(f"{len(cellules)} colonnes au lieu de {len(colonnes)} : le fichier est-il complet ?", ligne)
    if any(une.strip() for une in cellules[len(colonnes) :]):
        raise Illisible(
            f"{len(cellules)} colonnes au lieu de {len(colonnes)} ; un texte contient-il le séparateur ?", ligne
        )
    return {nom: une.strip() for nom, une in zip(colonnes, cellules, strict=False) if nom and une.strip()}
