"""From a production list to the bytes of its PDF, set to be read from two metres."""

from decimal import Decimal

from babel.dates import format_date

from aurore_api.formats import LOCALES, Formats, formats, jour
from aurore_api.impression.feuille import Feuille
from aurore_api.impression.libelles import Libelles, libelles
from aurore_api.impression.production.modele import FamilleAProduire, LigneAProduire, ListeAProduire
from aurore_api.impression.style import ACCENT, ENCRE, FILET, GRIS, TRAIT, Couleur, Style

BLANC: Couleur = (255, 255, 255)
ZEBRE: Couleur = (240, 243, 247)
CHANGE: Couleur = (255, 236, 179)

JOUR = Style("B", 27, ENCRE, 11)
JOUR_COURT = Style("B", 17, ENCRE, 7)
VERSION = Style("B", 13, ENCRE, 6)
SOCIETE = Style("", 11, GRIS, 5)
TETE = Style("B", 10, ENCRE, 4.4)
FAMILLE = Style("B", 16, BLANC, 8)
NOM = Style("B", 17, ENCRE, 7)
NOM_LONG = Style("B", 12.5, ENCRE, 5)
NUMERO = Style("", 8, GRIS, 3.4)
CHIFFRE = Style("", 17, ENCRE, 7)
TOTAL = Style("B", 29, ENCRE, 11)
TOTAL_LONG = Style("B", 20, ENCRE, 8)
UNITE = Style("B", 12, ENCRE, 4.6)
PIED = Style("", 11, ENCRE, 5)

GAUCHE, DROITE = 9.0, 201.0
HAUT, BAS = 9.0, 280.0
PIED_Y = 289.0
LARGEUR_NOM = 76.0
COLONNES = (("magasins", 103.0), ("clients", 122.0), ("commandes_types", 141.0), ("restes", 159.0))
"""Right edges of the figures that the total is made of, in mm."""
LARGEUR_COLONNE = 17.5
LARGEUR_TOTAL = 38.0
HAUTEUR_LIGNE = 15.0
HAUTEUR_FAMILLE = 9.5
HAUTEUR_TETE = 11.0
BARRE = 3.0
"""What marks a line that is not as it was, in mm: it shows on paper of any colour."""


def rendre_production(liste: ListeAProduire) -> bytes:
    """The A4 PDF of a production list, in the language of the société; the same list gives the same bytes."""
    return _Dessin(liste).octets()


class _Dessin:
    """One list being drawn."""

    def __init__(self, liste: ListeAProduire) -> None:
        self._liste = liste
        self._formats: Formats = formats(liste.langue)
        self._textes: Libelles = libelles(liste.langue)
        self._date = format_date(liste.jour, "EEEE d MMMM y", locale=LOCALES[liste.langue])
        self._date = self._date[:1].upper() + self._date[1:]
        self._paire = False
        self._feuille = Feuille(
            titre=f"{self._textes('production.titre')} {jour(liste.jour)}",
            auteur=liste.societe,
            langue=LOCALES[liste.langue].replace("_", "-"),
            emis_le=liste.imprime_le,
        )
        self._feuille.a_chaque_page = self._tete_de_page

    def octets(self) -> bytes:
        """Draw it all."""
        self._feuille.tourner()
        for famille in self._liste.familles:
            self._famille(famille)
        if not self._liste.familles:
            self._feuille.texte(GAUCHE, self._feuille.y + 12, self._textes("production.rien"), NOM)
        self._pieds()
        return self._feuille.octets()

    @property
    def _version(self) -> str:
        quand = {"jour": jour(self._liste.imprime_le), "heure": f"{self._liste.imprime_le:%H:%M}"}
        if self._liste.version is None:
            return self._textes("production.apercu", **quand)
        return self._textes("production.version", version=self._liste.version, **quand)

    def _tete_de_page(self) -> None:
        """The day in words, which version it is, and what the columns are."""
        feuille = self._feuille
        if self._liste.version is None:
            feuille.filigrane(self._textes("production.filigrane"))
        feuille.y = HAUT
        if feuille.pages == 1:
            titre, societe = self._textes("production.titre"), SOCIETE.couper(self._liste.societe, 90, 1)[0]
            feuille.texte(GAUCHE, HAUT + 4, titre, VERSION)
            feuille.a_droite(DROITE, HAUT + 4, societe, SOCIETE)
            style = JOUR if JOUR.largeur(JOUR.police.nettoyer(self._date)) <= DROITE - GAUCHE else JOUR_COURT
            feuille.texte(GAUCHE, HAUT + 15, self._date, style)
            feuille.texte(GAUCHE, HAUT + 22.5, self._version, VERSION)
            feuille.y += 26
        else:
            feuille.texte(GAUCHE, HAUT + 6, self._date, JOUR_COURT)
            feuille.y += 9
        self._tetes()
        self._paire = False

    def _tetes(self) -> None:
        feuille = self._feuille
        base = feuille.y + HAUTEUR_TETE - 2.6
        tetes = [(nom, droite, LARGEUR_COLONNE) for nom, droite in COLONNES]
        for nom, droite, largeur in (*tetes, ("a_produire", DROITE, LARGEUR_TOTAL)):
            lignes = TETE.couper(self._textes(f"production.{nom}"), largeur, 2)
            for rang, ligne in enumerate(reversed(lignes)):
                feuille.a_droite(droite, base - rang * TETE.interligne, ligne, TETE)
        feuille.y += HAUTEUR_TETE
        feuille.filet(GAUCHE, DROITE, feuille.y, ENCRE, 0.8)

    def _reserver(self, hauteur: float) -> bool:
        """Turn the page unless `hauteur` mm are left; whether it did."""
        if self._feuille.y + hauteur <= BAS:
            return False
        self._feuille.tourner()
        return True

    def _famille(self, famille: FamilleAProduire) -> None:
        self._reserver(HAUTEUR_FAMILLE + HAUTEUR_LIGNE)
        self._bandeau(famille, "")
        for ligne in famille.lignes:
            if self._reserver(HAUTEUR_LIGNE):
                self._bandeau(famille, f" {self._textes('liste.suite')}")
            self._ligne(ligne)

    def _bandeau(self, famille: FamilleAProduire, suite: str) -> None:
        feuille = self._feuille
        feuille.aplat(GAUCHE, feuille.y, DROITE - GAUCHE, HAUTEUR_FAMILLE, ACCENT)
        titre = (famille.titre or self._textes("production.sans_famille")) + suite
        court = FAMILLE.couper(titre, DROITE - GAUCHE - 6, 1)[0]
        feuille.texte(GAUCHE + 3, feuille.y + HAUTEUR_FAMILLE - 3, court, FAMILLE)
        feuille.y += HAUTEUR_FAMILLE
        self._paire = False

    def _ligne(self, ligne: LigneAProduire) -> None:
        feuille, haut = self._feuille, self._feuille.y
        if ligne.precedent is not None:
            feuille.aplat(GAUCHE, haut, DROITE - GAUCHE, HAUTEUR_LIGNE, CHANGE)
            feuille.aplat(GAUCHE, haut, BARRE, HAUTEUR_LIGNE, ENCRE)
        elif self._paire:
            feuille.aplat(GAUCHE, haut, DROITE - GAUCHE, HAUTEUR_LIGNE, ZEBRE)
        self._paire = not self._paire
        self._nom(ligne, haut)
        for nom, droite in COLONNES:
            self._chiffre(getattr(ligne, nom), droite, haut, moins=nom == "restes")
        self._total(ligne, haut)
        feuille.y = haut + HAUTEUR_LIGNE
        feuille.filet(GAUCHE, DROITE, feuille.y, TRAIT, 0.3)

    def _nom(self, ligne: LigneAProduire, haut: float) -> None:
        """What it is, as large as it fits, over its number."""
        x = GAUCHE + BARRE + 1.5
        largeur = LARGEUR_NOM - BARRE - 1.5
        lignes = NOM.couper(ligne.designation, largeur)
        if len(lignes) == 1:
            self._feuille.texte(x, haut + 8, lignes[0], NOM)
        else:
            for rang, texte in enumerate(NOM_LONG.couper(ligne.designation, largeur, 2)):
                self._feuille.texte(x, haut + 5 + rang * NOM_LONG.interligne, texte, NOM_LONG)
        self._feuille.texte(x, haut + HAUTEUR_LIGNE - 1.6, ligne.article, NUMERO)

    def _chiffre(self, valeur: Decimal, droite: float, haut: float, *, moins: bool) -> None:
        """A figure that the total is made of; nothing where it is 0, for what is there to be seen."""
        if not valeur:
            return
        ecrit = ("\N{MINUS SIGN}" if moins else "") + self._formats.quantite(valeur)
        style = CHIFFRE if CHIFFRE.largeur(CHIFFRE.police.nettoyer(ecrit)) <= LARGEUR_COLONNE else UNITE
        self._feuille.a_droite(droite, haut + 9, ecrit, style)

    def _total(self, ligne: LigneAProduire, haut: float) -> None:
        """What is to be made, in the unit it is made in; below it the unit, and what there is to know besides."""
        produite = ligne.a_produire_unite_production
        valeur, unite = (ligne.a_produire, ligne.unite) if produite is None else (produite, ligne.unite_production)
        ecrit = self._formats.quantite(valeur)
        place = LARGEUR_TOTAL
        style = TOTAL if TOTAL.largeur(TOTAL.police.nettoyer(ecrit)) <= place else TOTAL_LONG
        self._feuille.a_droite(DROITE - 1.5, haut + 9, ecrit, style)
        notes = [str(unite)]
        if produite is not None:
            notes.append(f"= {self._formats.quantite(ligne.a_produire)} {ligne.unite}")
        if ligne.surplus:
            notes.append(self._textes("production.surplus", quantite=self._formats.quantite(ligne.surplus)))
        if ligne.precedent is not None:
            avant = self._formats.quantite(ligne.precedent) + ("" if produite is None else f" {ligne.unite}")
            notes.insert(0, self._textes("production.avant", quantite=avant))
        (texte,) = UNITE.couper("  ".join(notes), DROITE - COLONNES[0][1], 1)
        self._feuille.a_droite(DROITE - 1.5, haut + HAUTEUR_LIGNE - 1.6, texte, UNITE)

    def _pieds(self) -> None:
        """The version again and the page among all, for sheets that fall off the wall."""
        feuille, pages = self._feuille, self._feuille.pages
        for page in range(1, pages + 1):
            feuille.reprendre(page)
            feuille.filet(GAUCHE, DROITE, PIED_Y - 5.5, FILET)
            feuille.texte(GAUCHE, PIED_Y, self._version, PIED)
            feuille.a_droite(DROITE, PIED_Y, self._textes("pied.page", page=page, pages=pages), PIED)
