"""The table of a list: rows that wrap, headings of groups, their sums, and sums carried over from page to page."""

from collections.abc import Sequence
from decimal import Decimal

from aurore_api.impression.feuille import Feuille
from aurore_api.impression.libelles import Libelles
from aurore_api.impression.listes.ecriture import GOUTTIERE, RETRAIT, Ecriture, Place, placer, somme
from aurore_api.impression.listes.modele import Groupe, Liste
from aurore_api.impression.style import (
    ACCENT,
    CELLULE,
    CELLULE_FORTE,
    COLONNE,
    FILET,
    FORT,
    GAUCHE,
    HAUT_SUITE,
    LIBELLE,
    TEINTE,
    Style,
)
from aurore_domain.montants import ZERO, exact

MARGE = 0.55
"""Above and below a row's text, in mm."""
LIGNES_MAXIMUM = 8
"""Of one cell; a longer text ends in an ellipsis."""
HAUTEUR_SOMME = 5.0
HAUTEUR_TITRE = 6.0
SEPARATEUR = "  ·  "
ESPACE = 2.0
"""Above the heading of a group, in mm."""


class Tableau:
    """The rows of one list, ready to draw."""

    @exact
    def __init__(self, liste: Liste, ecriture: Ecriture, libelles: Libelles, droite: float) -> None:
        self._ecriture, self._libelles, self._droite = ecriture, libelles, droite
        sortes = [une.sorte for une in liste.colonnes]
        self._groupes = [un for un in liste.groupes if un.titre is not None or un.lignes]
        self._textes = [
            [
                [ecriture.ecrire(sorte, valeur) for sorte, valeur in zip(sortes, une, strict=True)]
                for une in groupe.lignes
            ]
            for groupe in self._groupes
        ]
        lus = [{une[rang] for lignes in self._textes for une in lignes} for rang in range(len(sortes))]
        bords = (GAUCHE, droite)
        self._places = placer(liste, lus, ecriture, bords, lambda cle: libelles(f"liste_colonne.{cle}"))
        self._sommes = [une for une in self._places if une.colonne.somme != "aucune"]
        self._reports = [une for une in self._places if une.colonne.somme == "liste"]
        self._cumuls = dict.fromkeys((une.rang for une in self._reports), ZERO)
        self._suite: Groupe | None = None

    @exact
    def dessiner(self, feuille: Feuille) -> None:
        """Draw it all from the cursor down."""
        self._tete(feuille)
        for rang, (groupe, lignes) in enumerate(zip(self._groupes, self._textes, strict=True)):
            self._groupe(feuille, rang, groupe, lignes)
        if not any(self._textes):
            feuille.texte(GAUCHE + RETRAIT, feuille.y + 5, self._libelles("liste.aucune"), CELLULE)
            feuille.y += HAUTEUR_TITRE
        if self._reports:
            feuille.filet(GAUCHE, self._droite, feuille.y, ACCENT, 0.35)
            self._somme(feuille, self._libelles("liste.total"), self._reports, self._cumuls)
        feuille.filet(GAUCHE, self._droite, feuille.y, ACCENT, 0.35)

    def _groupe(self, feuille: Feuille, rang: int, groupe: Groupe, lignes: Sequence[Sequence[str]]) -> None:
        if groupe.nouvelle_page and rang > 0:
            self._page_suivante(feuille)
        coupees = [self._couper(une) for une in lignes]
        hauteurs = [self._hauteur(une) for une in coupees]
        fin = HAUTEUR_SOMME if groupe.titre is not None and self._sommes else 0.0
        derniere = fin + (HAUTEUR_SOMME if rang == len(self._groupes) - 1 else 0.0)
        if groupe.titre is not None:
            premiere = hauteurs[0] + (derniere if len(hauteurs) == 1 else 0.0) if hauteurs else derniere
            self._reserver(feuille, ESPACE + HAUTEUR_TITRE + premiere)
            mot = self._ecriture.ecrire("mot", groupe.mot)
            self._titre(feuille, groupe.titre, SEPARATEUR.join(filter(None, (groupe.precision, mot))))
        self._suite = groupe
        for place, (morceaux, hauteur) in enumerate(zip(coupees, hauteurs, strict=True)):
            self._reserver(feuille, hauteur + (derniere if place == len(coupees) - 1 else 0.0))
            self._ligne(feuille, morceaux, hauteur)
            for une in self._reports:
                valeur = groupe.lignes[place][une.rang]
                self._cumuls[une.rang] += Decimal(valeur) if isinstance(valeur, int | Decimal) else ZERO
        if fin:
            sommes = {une.rang: somme(groupe, une.rang) for une in self._sommes}
            self._somme(feuille, self._libelles("liste.total_de", groupe=groupe.titre), self._sommes, sommes)
        self._suite = None

    def _couper(self, ligne: Sequence[str]) -> list[list[str]]:
        """The lines of each cell."""
        return [
            [ligne[une.rang]] if une.chiffres else CELLULE.couper(ligne[une.rang], une.largeur, LIGNES_MAXIMUM)
            for une in self._places
        ]

    @staticmethod
    def _hauteur(morceaux: Sequence[Sequence[str]]) -> float:
        return max(map(len, morceaux)) * CELLULE.interligne + 2 * MARGE

    def _ligne(self, feuille: Feuille, morceaux: Sequence[Sequence[str]], hauteur: float) -> None:
        for place, textes in zip(self._places, morceaux, strict=True):
            base = feuille.y + MARGE + CELLULE.interligne - 1.0
            for texte in textes:
                self._cellule(feuille, place, base, texte, CELLULE)
                base += CELLULE.interligne
        feuille.y += hauteur
        feuille.filet(GAUCHE, self._droite, feuille.y, FILET, 0.15)

    @staticmethod
    def _cellule(feuille: Feuille, place: Place, base: float, texte: str, style: Style) -> None:
        if place.chiffres:
            feuille.a_droite(place.droite - place.retrait(texte, style), base, texte, style)
        else:
            feuille.texte(place.gauche, base, texte, style)

    def _reserver(self, feuille: Feuille, hauteur: float) -> None:
        """Turn the page in the table unless `hauteur` mm and what is carried over are left, or no page has them."""
        report = HAUTEUR_SOMME if self._reports else 0.0
        dispose = feuille.bas - HAUT_SUITE - self._hauteur_tete - HAUTEUR_TITRE - report
        if feuille.y + min(hauteur, dispose) + report > feuille.bas:
            self._page_suivante(feuille)

    def _page_suivante(self, feuille: Feuille) -> None:
        """Carry over what is summed in all, and say again which group goes on."""
        feuille.filet(GAUCHE, self._droite, feuille.y, ACCENT, 0.35)
        if self._reports:
            self._somme(feuille, self._libelles("tableau.a_reporter"), self._reports, self._cumuls)
        feuille.tourner()
        self._tete(feuille)
        if self._reports:
            self._somme(feuille, self._libelles("tableau.report"), self._reports, self._cumuls)
            feuille.filet(GAUCHE, self._droite, feuille.y, FILET, 0.15)
        if self._suite is not None and self._suite.titre is not None:
            self._titre(feuille, self._suite.titre, self._libelles("liste.suite"))

    def _titre(self, feuille: Feuille, titre: str, precision: str) -> None:
        feuille.y += ESPACE if feuille.y > HAUT_SUITE + self._hauteur_tete else 0.0
        largeur = self._droite - GAUCHE - 2 * RETRAIT
        (court,) = FORT.couper(titre, largeur, 1)
        feuille.texte(GAUCHE + RETRAIT, feuille.y + HAUTEUR_TITRE - 2, court, FORT)
        pris = FORT.largeur(FORT.police.nettoyer(court)) + GOUTTIERE
        if precision and pris < largeur:
            (suite,) = LIBELLE.couper(precision, largeur - pris, 1)
            feuille.texte(GAUCHE + RETRAIT + pris, feuille.y + HAUTEUR_TITRE - 2, suite, LIBELLE)
        feuille.y += HAUTEUR_TITRE
        feuille.filet(GAUCHE, self._droite, feuille.y, FILET, 0.15)

    def _somme(self, feuille: Feuille, nom: str, places: Sequence[Place], sommes: dict[int, Decimal]) -> None:
        """Sums in their columns, on a pale ground, with what they are before the first."""
        feuille.aplat(GAUCHE, feuille.y + 0.1, self._droite - GAUCHE, HAUTEUR_SOMME - 0.2, TEINTE)
        base = feuille.y + HAUTEUR_SOMME - 1.5
        ecrites = [(une, self._ecriture.ecrire(une.colonne.sorte, sommes[une.rang])) for une in places]
        premiere, texte = ecrites[0]
        limite = min(premiere.gauche, premiere.droite - CELLULE_FORTE.largeur(texte)) - GOUTTIERE
        largeur = limite - GAUCHE - RETRAIT
        if largeur > 0:
            feuille.texte(GAUCHE + RETRAIT, base, CELLULE_FORTE.couper(nom, largeur, 1)[0], CELLULE_FORTE)
        for une, ecrite in ecrites:
            self._cellule(feuille, une, base, ecrite, CELLULE_FORTE)
        feuille.y += HAUTEUR_SOMME

    @property
    def _hauteur_tete(self) -> float:
        return max(len(une.titre) for une in self._places) * COLONNE.interligne + 2.6

    def _tete(self, feuille: Feuille) -> None:
        hauteur = self._hauteur_tete
        feuille.aplat(GAUCHE, feuille.y, self._droite - GAUCHE, hauteur, TEINTE)
        feuille.filet(GAUCHE, self._droite, feuille.y, ACCENT, 0.35)
        for une in self._places:
            base = feuille.y + hauteur - 1.9 - (len(une.titre) - 1) * COLONNE.interligne
            for texte in une.titre:
                if une.chiffres:
                    feuille.a_droite(une.droite, base, texte, COLONNE)
                else:
                    feuille.texte(une.gauche, base, texte, COLONNE)
                base += COLONNE.interligne
        feuille.y += hauteur
