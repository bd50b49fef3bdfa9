"""The print model of a list: raw values in rows; whoever builds it formats nothing and rounds nothing.

Words are keys of the text files: `titre` of `[liste_titre]`, a column's `cle` of `[liste_colonne]`, a criterion's of
`[liste_critere]`, values of sort `mot` of `[liste_mot]`. A list adds its own there, in the four languages.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from aurore_api.impression.modele import Langue

Valeur = str | int | Decimal | date | None
Sorte = Literal["texte", "mot", "jour", "entier", "quantite", "prix", "montant", "pourcentage"]
Somme = Literal["aucune", "groupe", "liste"]
"""`groupe`: summed at the end of each group; `liste`: also in all, and carried over from page to page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Colonne:
    """A column, as wide as its texts; `souple` ones share the room that is left, and where it lacks the widest wrap.

    One that no row fills is left out, except where there is no row at all.
    """

    cle: str
    sorte: Sorte = "texte"
    somme: Somme = "aucune"
    souple: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Groupe:
    """Rows under a heading, each as wide as the list has columns; without `titre` there is neither heading nor total.

    `precision` and the word `mot` stand behind the heading, in grey. `nouvelle_page`: the group begins one.
    """

    lignes: Sequence[Sequence[Valeur]]
    titre: str | None = None
    precision: str | None = None
    mot: str | None = None
    nouvelle_page: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Critere:
    """What the list was narrowed to, told above it."""

    cle: str
    valeur: Valeur
    sorte: Sorte = "texte"


@dataclass(frozen=True, slots=True, kw_only=True)
class Liste:
    """A list to print, in the language of the société that reads it.

    `sous_titre` is a text of its own, or the day that the list is about. `imprime_le` is told as it is given, so it has
    the société's time zone.
    """

    titre: str
    langue: Langue
    societe: str
    imprime_le: datetime
    colonnes: Sequence[Colonne]
    groupes: Sequence[Groupe]
    sous_titre: str | date | None = None
    criteres: Sequence[Critere] = ()
    paysage: bool = False
