"""A list's raw values as people read them, and how wide its columns get."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from aurore_api.formats import Formats, jour
from aurore_api.impression.libelles import Libelles
from aurore_api.impression.listes.modele import Colonne, Groupe, Liste, Sorte, Valeur
from aurore_api.impression.style import CELLULE, CELLULE_FORTE, COLONNE, Style

GOUTTIERE = 2.6
"""Between columns, in mm."""
RETRAIT = 1.2
"""Between the table's edges and its outer columns, in mm."""
TITRE_MAXIMUM = 18.0
"""Heads wider than this are broken at their spaces."""
TEXTE_MINIMUM = 8.0
"""Columns of text become no narrower, however many there are."""
CHIFFRES = frozenset[Sorte]({"entier", "quantite", "prix", "montant", "pourcentage"})
"""They stand at the right of their column, decimal signs under each other."""


class Ecriture:
    """How the values of a list are written in its language."""

    def __init__(self, formats: Formats, libelles: Libelles) -> None:
        self.decimale = formats.decimale
        self._facons: dict[Sorte, Callable[[Any], str]] = {
            "texte": str,
            "mot": lambda cle: libelles(f"liste_mot.{cle}"),
            "jour": jour,
            "entier": lambda valeur: formats.quantite(Decimal(valeur)),
            "quantite": formats.quantite,
            "prix": formats.prix,
            "montant": formats.montant,
            "pourcentage": formats.pourcentage,
        }

    def ecrire(self, sorte: Sorte, valeur: Valeur) -> str:
        """A value; nothing for None."""
        return "" if valeur is None else self._facons[sorte](valeur)

    def sous_titre(self, valeur: str | date | None) -> str:
        """A text, or the day that a list is about."""
        return self.ecrire("jour" if isinstance(valeur, date) else "texte", valeur)


@dataclass(frozen=True, slots=True)
class Place:
    """A column at its place: the `rang` of its values in a row, between `gauche` and `droite` (mm)."""

    colonne: Colonne
    rang: int
    titre: tuple[str, ...]
    gauche: float
    droite: float
    decimales: int
    decimale: str

    @property
    def largeur(self) -> float:
        """Its width in mm."""
        return self.droite - self.gauche

    @property
    def chiffres(self) -> bool:
        """Whether it is set at the right."""
        return self.colonne.sorte in CHIFFRES

    def retrait(self, texte: str, style: Style) -> float:
        """How far left of the edge a figure ends, so that decimal signs stand under each other (in mm)."""
        return _retrait(texte, style, self.decimales, self.decimale)


def placer(liste: Liste, textes: Sequence[set[str]], ecriture: Ecriture, bords: tuple[float, float],
           titre: Callable[[str], str]) -> list[Place]:  # fmt: skip
    """The columns between the `bords`, left to right, as wide as their texts; where they do not fit the widest wrap.

    `textes` are all that each column shows.
    """
    gardes = [rang for rang, lus in enumerate(textes) if any(lus) or not any(map(any, textes))]
    decimales = {rang: max((_decimales(un, ecriture.decimale) for un in textes[rang]), default=0) for rang in gardes}
    largeurs = {}
    for rang in gardes:
        colonne = liste.colonnes[rang]
        tete = max(map(COLONNE.largeur, COLONNE.couper(titre(colonne.cle), TITRE_MAXIMUM)))
        alignement = (decimales[rang], ecriture.decimale) if colonne.sorte in CHIFFRES else None
        sommes = _sommes(liste, rang, ecriture) if colonne.somme != "aucune" else set()
        corps = (_plus_large(un, style, alignement) for un, style in ((textes[rang], CELLULE), (sommes, CELLULE_FORTE)))
        largeurs[rang] = max(tete, *corps) + 0.1
    gauche, droite = bords[0] + RETRAIT, bords[1] - RETRAIT
    _ajuster(largeurs, liste.colonnes, droite - gauche - GOUTTIERE * (len(gardes) - 1))
    places = []
    for rang in gardes:
        colonne, fin = liste.colonnes[rang], gauche + largeurs[rang]
        tetes = tuple(COLONNE.couper(titre(colonne.cle), largeurs[rang]))
        places.append(Place(colonne, rang, tetes, gauche, fin, decimales[rang], ecriture.decimale))
        gauche = fin + GOUTTIERE
    return places


def _decimales(texte: str, decimale: str) -> int:
    return len(texte.partition(decimale)[2])


def _retrait(texte: str, style: Style, decimales: int, decimale: str) -> float:
    absentes = decimales - _decimales(texte, decimale)
    if absentes <= 0 or not texte:
        return 0.0
    return style.largeur(("" if decimale in texte else decimale) + "0" * absentes)


def _plus_large(textes: Iterable[str], style: Style, alignement: tuple[int, str] | None) -> float:
    return max(
        (
            style.largeur(style.police.nettoyer(un)) + (_retrait(un, style, *alignement) if alignement else 0.0)
            for un in textes
        ),
        default=0.0,
    )


def _sommes(liste: Liste, rang: int, ecriture: Ecriture) -> set[str]:
    """What the sums of a column will look like."""
    par_groupe = [somme(groupe, rang) for groupe in liste.groupes]
    return {ecriture.ecrire(liste.colonnes[rang].sorte, un) for un in (*par_groupe, sum(par_groupe, Decimal(0)))}


def somme(groupe: Groupe, rang: int) -> Decimal:
    """What a column of a group comes to; None counts for nothing."""
    valeurs = (une[rang] for une in groupe.lignes)
    return sum((Decimal(un) for un in valeurs if isinstance(un, int | Decimal)), Decimal(0))


def _ajuster(largeurs: dict[int, float], colonnes: Sequence[Colonne], place: float) -> None:
    """Give away the room that is left, or take what is missing from the widest texts."""
    reste = place - sum(largeurs.values())
    if reste >= 0:
        preneurs = [rang for rang in largeurs if colonnes[rang].souple] or list(largeurs)
        for rang in preneurs:
            largeurs[rang] += reste / len(preneurs)
        return
    textes = sorted((rang for rang in largeurs if colonnes[rang].sorte not in CHIFFRES), key=largeurs.__getitem__)
    budget = place - sum(largeur for rang, largeur in largeurs.items() if rang not in textes)
    for fait, rang in enumerate(textes):
        largeurs[rang] = max(min(largeurs[rang], budget / (len(textes) - fait)), TEXTE_MINIMUM)
        budget -= largeurs[rang]
