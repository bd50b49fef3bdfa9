"""From a list's print model to the bytes of its PDF."""

from aurore_api.formats import LOCALES, formats, jour
from aurore_api.impression.feuille import Feuille
from aurore_api.impression.libelles import Libelles, libelles
from aurore_api.impression.listes.ecriture import Ecriture
from aurore_api.impression.listes.modele import Liste
from aurore_api.impression.listes.tableau import Tableau
from aurore_api.impression.style import COURANT, FILET, FORT, GAUCHE, LIBELLE, NUMERO, PIED, TITRE_DE_LISTE

HAUT = 15.0
ETIQUETTE = 32.0
"""How far the values of the criteria stand from their names, in mm."""


def rendre_liste(liste: Liste) -> bytes:
    """The A4 PDF of a list, in its language.

    Takes a few tenths of a second of processor time for 10,000 rows: call it outside the event loop.
    """
    textes = libelles(liste.langue)
    ecriture = Ecriture(formats(liste.langue), textes)
    titre = " ".join(filter(None, (textes(f"liste_titre.{liste.titre}"), ecriture.sous_titre(liste.sous_titre))))
    feuille = Feuille(
        titre=titre,
        auteur=liste.societe,
        langue=LOCALES[liste.langue].replace("_", "-"),
        emis_le=liste.imprime_le,
        paysage=liste.paysage,
    )

    def sur_chaque_page() -> None:
        (societe,) = FORT.couper(liste.societe, feuille.droite - GAUCHE - 100, 1)
        feuille.texte(GAUCHE, HAUT, societe, FORT)
        if feuille.pages > 1:
            feuille.a_droite(feuille.droite, HAUT, LIBELLE.couper(titre, 98, 1)[0], LIBELLE)
        feuille.filet(GAUCHE, feuille.droite, HAUT + 3, FILET)

    feuille.a_chaque_page = sur_chaque_page
    feuille.tourner()
    _titre(feuille, liste, ecriture, textes)
    Tableau(liste, ecriture, textes, feuille.droite).dessiner(feuille)
    _pieds(feuille, liste, textes)
    return feuille.octets()


def _titre(feuille: Feuille, liste: Liste, ecriture: Ecriture, textes: Libelles) -> None:
    """The title, what it is about, and what the list was narrowed to."""
    largeur = feuille.droite - GAUCHE
    for style, texte in (
        (TITRE_DE_LISTE, textes(f"liste_titre.{liste.titre}")),
        (NUMERO, ecriture.sous_titre(liste.sous_titre)),
    ):
        for ligne in style.couper(texte, largeur, 2) if texte else ():
            feuille.texte(GAUCHE, feuille.y + 1.5, ligne, style)
            feuille.y += style.interligne
    for un in liste.criteres:
        feuille.texte(GAUCHE, feuille.y + 1, textes(f"liste_critere.{un.cle}"), LIBELLE)
        valeur = COURANT.couper(ecriture.ecrire(un.sorte, un.valeur), largeur - ETIQUETTE, 1)[0]
        feuille.texte(GAUCHE + ETIQUETTE, feuille.y + 1, valeur, COURANT)
        feuille.y += COURANT.interligne
    feuille.y += 1.5


def _pieds(feuille: Feuille, liste: Liste, textes: Libelles) -> None:
    """When it was printed, and the page's number among them all."""
    quand = textes("liste.imprime_le", jour=jour(liste.imprime_le), heure=f"{liste.imprime_le:%H:%M}")
    y, pages = feuille.bas + 8, feuille.pages
    for page in range(1, pages + 1):
        feuille.reprendre(page)
        feuille.filet(GAUCHE, feuille.droite, y - 4, FILET)
        feuille.texte(GAUCHE, y, quand, PIED)
        feuille.a_droite(feuille.droite, y, textes("pied.page", page=page, pages=pages), PIED)
