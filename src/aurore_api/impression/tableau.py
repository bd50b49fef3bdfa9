"""The table of lines: rows that wrap, subtotals (CAL-11), and totals carried over from page to page."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest
from typing import NamedTuple

from fpdf.image_datastructures import RasterImageInfo

from aurore_api.formats import Formats
from aurore_api.impression.colonnes import COTE_IMAGE, RETRAIT, Colonne, colonnes, ligne_de_taxe
from aurore_api.impression.feuille import Feuille
from aurore_api.impression.images import lire_vignette
from aurore_api.impression.libelles import Libelles
from aurore_api.impression.modele import Charge, Ligne, ModeleDocument
from aurore_api.impression.style import (
    ACCENT,
    BAS,
    COLONNE,
    COMMENTAIRE,
    COURANT,
    DROITE,
    FILET,
    FORT,
    GAUCHE,
    HAUT_SUITE,
    LIBELLE,
    TEINTE,
    Style,
)
from aurore_domain.montants import ZERO, exact

MARGE = 0.7
"""Above and below a row's text, in mm."""
MARGE_IMAGE = 0.4
HAUTEUR_REPORT = 6.0
LARGEUR_SOMME = 20.0
RETRAIT_TAXE = 4.0
"""How far the name of a tax stands to the right of its line's, in mm."""
PIED_DE_TABLEAU = 2.0


class Cellule(NamedTuple):
    """One text of a row at its place."""

    x: float
    texte: str
    style: Style
    a_droite: bool = False


@dataclass(frozen=True, slots=True)
class Rangee:
    """One printed line of a row; `teinte` sets it on a pale ground."""

    cellules: tuple[Cellule, ...]
    teinte: bool = False


@dataclass(frozen=True, slots=True)
class Bloc:
    """A document line with all its printed lines, kept on one page if a page can hold it.

    The image stands left of them; those on a pale ground come below it.
    """

    rangees: tuple[Rangee, ...]
    montant: Decimal
    image: RasterImageInfo | None = None

    @property
    def hauteur(self) -> float:
        """Its height in mm."""
        teintes = sum(rangee.teinte for rangee in self.rangees)
        textes = (len(self.rangees) - teintes) * COURANT.interligne
        return max(textes, self.hauteur_image) + teintes * COURANT.interligne + 2 * MARGE

    @property
    def hauteur_image(self) -> float:
        """The height that its image takes, in mm."""
        if self.image is None:
            return 0.0
        return COTE_IMAGE * self.image.height / max(self.image.width, self.image.height) + 2 * MARGE_IMAGE


def _rangees(piles: Sequence[Sequence[Cellule]]) -> list[Rangee]:
    """Stacks of texts, side by side, as printed lines."""
    return [Rangee(tuple(cellule for cellule in cellules if cellule is not None)) for cellules in zip_longest(*piles)]


def _poser_image(feuille: Feuille, image: RasterImageInfo) -> None:
    """Draw an image at the left edge, in the middle of the room it has there."""
    largeur = COTE_IMAGE * image.width / max(image.width, image.height)
    feuille.image(image, GAUCHE + RETRAIT + (COTE_IMAGE - largeur) / 2, feuille.y + MARGE_IMAGE, COTE_IMAGE, COTE_IMAGE)


class Tableau:
    """The lines of one document, ready to draw."""

    def __init__(self, document: ModeleDocument, formats: Formats, libelles: Libelles) -> None:
        self._formats = formats
        self._libelles = libelles
        self._par_cle = colonnes(document, formats, libelles)
        self._colonnes = tuple(self._par_cle.values())
        self._avec_montants = not document.sans_prix
        self._blocs = [self._bloc(ligne) for ligne in document.lignes]
        if not document.sans_prix:
            self._blocs += [self._bloc_charge(charge) for charge in document.frais]

    @exact
    def dessiner(self, feuille: Feuille, suite: float) -> None:
        """Draw the rows; the last one stays on a page with the `suite` mm that follow the table."""
        besoins = [bloc.hauteur + HAUTEUR_REPORT for bloc in self._blocs[:-1]]
        besoins += [bloc.hauteur + PIED_DE_TABLEAU + suite for bloc in self._blocs[-1:]]
        if besoins and self._tient(besoins[0]):
            feuille.reserver(self._hauteur_tete + besoins[0])
        self._tete(feuille)
        cumul = ZERO
        for rang, (bloc, besoin) in enumerate(zip(self._blocs, besoins, strict=True)):
            if rang > 0 and feuille.y + besoin > BAS and self._tient(besoin):
                self._page_suivante(feuille, cumul)
            cumul = self._placer(feuille, bloc, cumul)
        feuille.filet(GAUCHE, DROITE, feuille.y, ACCENT, 0.35)
        feuille.y += PIED_DE_TABLEAU

    def _tient(self, hauteur: float) -> bool:
        """Whether a new page can hold `hauteur` mm under the table's head and the total carried over."""
        return HAUT_SUITE + self._hauteur_tete + HAUTEUR_REPORT + hauteur <= BAS

    def _placer(self, feuille: Feuille, bloc: Bloc, cumul: Decimal) -> Decimal:
        """Draw one row, over several pages if it must be; gives the total so far."""
        feuille.y += MARGE
        bas_image = 0.0
        for rang, rangee in enumerate(bloc.rangees):
            if rangee.teinte:
                feuille.y = max(feuille.y, bas_image)
            hauteur = max(COURANT.interligne, bloc.hauteur_image) if rang == 0 else COURANT.interligne
            if feuille.y + hauteur + HAUTEUR_REPORT > BAS:
                self._page_suivante(feuille, cumul)
                bas_image = 0.0
            if rang == 0:
                cumul += bloc.montant
                bas_image = feuille.y + bloc.hauteur_image
                if bloc.image is not None:
                    _poser_image(feuille, bloc.image)
            self._rangee(feuille, rangee)
        feuille.y = max(feuille.y, bas_image) + MARGE
        feuille.filet(GAUCHE, DROITE, feuille.y, FILET, 0.15)
        return cumul

    def _rangee(self, feuille: Feuille, rangee: Rangee) -> None:
        if rangee.teinte:
            feuille.aplat(GAUCHE, feuille.y + 0.1, DROITE - GAUCHE, COURANT.interligne + MARGE - 0.1, TEINTE)
        base = feuille.y + COURANT.interligne - 1.1
        for x, texte, style, a_droite in rangee.cellules:
            (feuille.a_droite if a_droite else feuille.texte)(x, base, texte, style)
        feuille.y += COURANT.interligne

    @property
    def _hauteur_tete(self) -> float:
        return max(len(colonne.titre) for colonne in self._colonnes) * COLONNE.interligne + 3

    def _tete(self, feuille: Feuille) -> None:
        hauteur = self._hauteur_tete
        feuille.aplat(GAUCHE, feuille.y, DROITE - GAUCHE, hauteur, TEINTE)
        feuille.filet(GAUCHE, DROITE, feuille.y, ACCENT, 0.35)
        for colonne in self._colonnes:
            base = feuille.y + hauteur - 2.1 - (len(colonne.titre) - 1) * COLONNE.interligne
            for texte in colonne.titre:
                if colonne.demande.chiffres:
                    feuille.a_droite(colonne.droite, base, texte, COLONNE)
                else:
                    feuille.texte(colonne.gauche, base, texte, COLONNE)
                base += COLONNE.interligne
        feuille.y += hauteur

    def _page_suivante(self, feuille: Feuille, cumul: Decimal) -> None:
        """Turn the page in the table, carrying the total over when there are amounts (IMP-10)."""
        feuille.filet(GAUCHE, DROITE, feuille.y, ACCENT, 0.35)
        if self._avec_montants:
            self._report(feuille, "tableau.a_reporter", cumul)
        feuille.tourner()
        self._tete(feuille)
        if self._avec_montants:
            self._report(feuille, "tableau.report", cumul)
            feuille.filet(GAUCHE, DROITE, feuille.y, FILET, 0.15)

    def _report(self, feuille: Feuille, cle: str, cumul: Decimal) -> None:
        for x, texte, style, _a_droite in self._somme(cle, cumul):
            feuille.a_droite(x, feuille.y + HAUTEUR_REPORT - 2, texte, style)
        feuille.y += HAUTEUR_REPORT

    def _somme(self, cle: str, montant: Decimal) -> tuple[Cellule, Cellule]:
        """An amount of the table's own, in the last column, with what it is before it."""
        texte = self._formats.montant(montant)
        x = DROITE - RETRAIT
        gauche = x - max(FORT.largeur(FORT.police.nettoyer(texte)), LARGEUR_SOMME) - 3
        return (
            Cellule(gauche, self._libelles(cle), LIBELLE, a_droite=True),
            Cellule(x, texte, FORT, a_droite=True),
        )

    def _bloc(self, ligne: Ligne) -> Bloc:
        rangees = _rangees([self._commentaire(ligne)]) if ligne.genre == "commentaire" else self._chiffrees(ligne)
        taxes = ligne.taxes if self._avec_montants else ()
        for taxe in taxes:
            rangees += self._chiffrees(ligne_de_taxe(taxe, self._formats), RETRAIT_TAXE)
        if ligne.sous_total is not None and self._avec_montants:
            rangees.append(Rangee(self._somme("tableau.sous_total", ligne.sous_total), teinte=True))
        image = lire_vignette(ligne.image) if ligne.image else None
        return Bloc(tuple(rangees), sum((taxe.montant for taxe in taxes), ligne.montant or ZERO), image)

    def _chiffrees(self, ligne: Ligne, retrait: float = 0.0) -> list[Rangee]:
        """What all columns show of a line; texts stand `retrait` mm further in."""
        return _rangees([pile for colonne in self._colonnes if (pile := self._pile(ligne, colonne, retrait))])

    def _commentaire(self, ligne: Ligne) -> list[Cellule]:
        x = self._par_cle["designation"].gauche
        textes = filter(None, (ligne.designation, ligne.memo))
        return [Cellule(x, texte, COMMENTAIRE) for texte in COMMENTAIRE.couper("\n".join(textes), DROITE - RETRAIT - x)]

    @staticmethod
    def _pile(ligne: Ligne, colonne: Colonne, retrait: float) -> list[Cellule]:
        """What one column shows of a line, one text under the other."""
        if colonne.demande.chiffres:
            return [
                Cellule(colonne.droite - colonne.retrait(texte), texte, style, a_droite=True)
                for texte, style in colonne.textes(ligne)
            ]
        return [
            Cellule(colonne.gauche + retrait, morceau, style)
            for texte, style in colonne.textes(ligne)
            for morceau in style.couper(texte, colonne.largeur - retrait)
        ]

    def _bloc_charge(self, charge: Charge) -> Bloc:
        """A charge as a row of its own: its name, its VAT rate, its amount."""
        nom = self._par_cle["designation"]
        premiere, *autres = (
            Cellule(nom.gauche, texte, COURANT) for texte in COURANT.couper(charge.libelle, nom.largeur)
        )
        cellules = [premiere]
        if charge.taux_tva is not None and "tva" in self._par_cle:
            taux = self._formats.pourcentage(charge.taux_tva)
            cellules.append(Cellule(self._par_cle["tva"].droite, taux, LIBELLE, a_droite=True))
        cellules.append(Cellule(DROITE - RETRAIT, self._formats.montant(charge.montant), COURANT, a_droite=True))
        return Bloc((Rangee(tuple(cellules)), *(Rangee((autre,)) for autre in autres)), charge.montant)
