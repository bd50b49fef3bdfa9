"""The look of the form: sizes in points, lengths in mm, colours in RGB. One place to change it."""

from dataclasses import dataclass

from aurore_api.impression.police import Graisse, Police, police

Couleur = tuple[int, int, int]

ENCRE: Couleur = (30, 36, 44)
ACCENT: Couleur = (32, 62, 92)
GRIS: Couleur = (105, 113, 124)
FILET: Couleur = (221, 225, 230)
TRAIT: Couleur = (150, 160, 172)
TEINTE: Couleur = (243, 245, 248)
FILIGRANE: Couleur = (238, 240, 243)

LARGEUR_PAGE, HAUTEUR_PAGE = 210.0, 297.0
GAUCHE, DROITE = 18.0, 192.0
HAUT_SUITE = 26.0
"""Where the content of a following page begins, under its short head."""
BAS = 273.0
"""Where content ends; the foot is below."""
DROITE_PAYSAGE, BAS_PAYSAGE = 279.0, 186.0
"""The same of a page that lies on its side."""


@dataclass(frozen=True, slots=True)
class Style:
    """One way of setting text; `interligne` is the height of a line in mm."""

    graisse: Graisse
    corps: float
    couleur: Couleur
    interligne: float

    @property
    def police(self) -> Police:
        """The shared font of the style's weight."""
        return police(self.graisse)

    def largeur(self, texte: str) -> float:
        """The width of a cleaned text in mm."""
        return self.police.largeur(texte, self.corps)

    def couper(self, texte: str, largeur: float, maximum: int | None = None) -> list[str]:
        """`texte` in lines of `largeur` mm; past `maximum` lines the last one ends in an ellipsis."""
        lignes = self.police.couper(texte, self.corps, largeur)
        if maximum is None or len(lignes) <= maximum:
            return lignes
        return [*lignes[: maximum - 1], lignes[maximum - 1][:-1] + "…"]


TITRE = Style("B", 20, ACCENT, 8.5)
NUMERO = Style("", 11.5, ACCENT, 5.5)
ENSEIGNE = Style("B", 14, ACCENT, 6.2)
DESTINATAIRE = Style("B", 10.5, ENCRE, 5.0)
COURANT = Style("", 8.5, ENCRE, 4.1)
ADRESSE = Style("", 10, ENCRE, 4.9)
FORT = Style("B", 8.5, ENCRE, 4.1)
COMMENTAIRE = Style("", 8.5, ACCENT, 4.1)
LIBELLE = Style("", 8, GRIS, 4.1)
PETIT = Style("", 7.5, GRIS, 3.5)
COLONNE = Style("B", 7.2, ACCENT, 3.2)
RUBRIQUE = Style("B", 7.5, ACCENT, 4.0)
TOTAL = Style("B", 11, ACCENT, 5.5)
PIED = Style("", 6.8, GRIS, 3.1)
MARQUE = Style("B", 9, ACCENT, 5)
GRAND_FILIGRANE = Style("B", 96, FILIGRANE, 30)
CELLULE = Style("", 7.8, ENCRE, 3.7)
CELLULE_FORTE = Style("B", 7.8, ENCRE, 3.7)
TITRE_DE_LISTE = Style("B", 15, ACCENT, 6.5)
