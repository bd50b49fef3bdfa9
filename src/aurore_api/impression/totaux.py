"""Under the lines: the VAT table at the left, the totals at the right, kept in one piece."""

from collections.abc import Iterator
from decimal import Decimal

from aurore_api.formats import ESPACE_FIXE, Formats, jour
from aurore_api.impression.feuille import Feuille
from aurore_api.impression.libelles import Libelles
from aurore_api.impression.modele import GroupeTva, Mention, ModeleDocument, TypeDocument
from aurore_api.impression.style import (
    ACCENT,
    COLONNE,
    COURANT,
    DROITE,
    FILET,
    FORT,
    GAUCHE,
    LIBELLE,
    PETIT,
    TEINTE,
    TOTAL,
    TRAIT,
    Style,
)
from aurore_domain.montants import ZERO, exact

HAUTEUR_RANGEE = 5.0
HAUTEUR_SOLDE = 9.0
ESPACE = 5.0
TVA_COLONNES = (GAUCHE + 20, GAUCHE + 53, GAUCHE + 80)
"""Right edges of rate, base and VAT, in mm."""
TOTAUX_X = 112.0

SOLDE: dict[TypeDocument, str] = {
    "facture": "a_payer",
    "proforma": "a_payer",
    "note_credit": "en_votre_faveur",
}
"""What the last figure is called where it is not simply the balance."""

MENTIONS: dict[str, Mention] = {
    "Z": "taux_zero",
    "AE": "cocontractant",
    "K": "intracommunautaire",
    "G": "export",
    "E": "exonere",
    "O": "hors_champ",
}
"""The mention of a category when its group states none (IMP-20, CAL-09)."""


def mention(groupe: GroupeTva, libelles: Libelles) -> str:
    """The legal mentions of a VAT group, in one text; empty for one that bears VAT."""
    if groupe.motif:
        return groupe.motif
    sienne = MENTIONS.get(groupe.categorie)
    return " ".join(libelles(f"mention.{cle}") for cle in groupe.mentions or filter(None, (sienne,)))


def mentions(document: ModeleDocument, libelles: Libelles) -> list[str]:
    """The mentions to print, once each; a group's call number is its mention's place here, from 1.

    They are what a seller must say: a document for a supplier has none.
    """
    if document.achat:
        return []
    return list(dict.fromkeys(texte for groupe in document.groupes_tva if (texte := mention(groupe, libelles))))


class Recapitulatif:
    """The VAT table and the totals of one document."""

    def __init__(self, document: ModeleDocument, formats: Formats, libelles: Libelles) -> None:
        self._document = document
        self._formats = formats
        self._libelles = libelles
        self._appels = mentions(document, libelles)
        *self._rangees, (self._libelle_final, self._montant_final) = self._totaux()

    @property
    def hauteur(self) -> float:
        """What it takes under the table, in mm."""
        if self._document.sans_prix:
            return 0.0
        gauche = (len(self._document.groupes_tva) + 2) * HAUTEUR_RANGEE
        droite = len(self._rangees) * HAUTEUR_RANGEE + HAUTEUR_SOLDE
        return ESPACE + max(gauche, droite) + ESPACE

    def dessiner(self, feuille: Feuille) -> None:
        """Draw both and leave the cursor below; nothing on a document without prices."""
        if self._document.sans_prix:
            return
        feuille.reserver(self.hauteur)
        haut = feuille.y + ESPACE
        self._tva(feuille, haut)
        self._droite(feuille, haut)
        feuille.y += self.hauteur

    def _tva(self, feuille: Feuille, haut: float) -> None:
        base = haut + HAUTEUR_RANGEE - 1.6
        for x, cle in zip(TVA_COLONNES, ("taux", "base", "tva"), strict=True):
            feuille.a_droite(x, base, self._libelles(f"tva.{cle}"), COLONNE)
        feuille.filet(GAUCHE, TVA_COLONNES[-1] + 2, haut + HAUTEUR_RANGEE, TRAIT)
        for groupe in self._document.groupes_tva:
            base += HAUTEUR_RANGEE
            feuille.a_droite(TVA_COLONNES[0], base, self._formats.pourcentage(groupe.taux), COURANT)
            texte = mention(groupe, self._libelles)
            if texte in self._appels:
                feuille.texte(TVA_COLONNES[0] + 1, base, f"({self._appels.index(texte) + 1})", PETIT)
            self._paire(feuille, base, groupe.base, groupe.tva, COURANT)
            feuille.filet(GAUCHE, TVA_COLONNES[-1] + 2, base + 1.6, FILET, 0.15)
        base += HAUTEUR_RANGEE
        totaux = self._document.totaux
        feuille.a_droite(TVA_COLONNES[0], base, self._libelles("tva.total"), LIBELLE)
        self._paire(feuille, base, totaux.htva, totaux.tva, FORT)

    def _paire(self, feuille: Feuille, base: float, htva: Decimal, tva: Decimal, style: Style) -> None:
        for x, montant in zip(TVA_COLONNES[1:], (htva, tva), strict=True):
            feuille.a_droite(x, base, self._formats.montant(montant), style)

    def _droite(self, feuille: Feuille, haut: float) -> None:
        base = haut + HAUTEUR_RANGEE - 1.6
        for libelle, montant in self._rangees:
            feuille.texte(TOTAUX_X + 3, base, libelle, LIBELLE)
            feuille.a_droite(DROITE - 3, base, self._formats.montant(montant), COURANT)
            base += HAUTEUR_RANGEE
        y = base - HAUTEUR_RANGEE + 2.6
        feuille.aplat(TOTAUX_X, y, DROITE - TOTAUX_X, HAUTEUR_SOLDE, TEINTE)
        feuille.filet(TOTAUX_X, DROITE, y, ACCENT, 0.35)
        feuille.texte(TOTAUX_X + 3, y + 5.9, self._libelle_final, TOTAL)
        feuille.a_droite(DROITE - 3, y + 5.9, f"{self._formats.montant(self._montant_final)}{ESPACE_FIXE}EUR", TOTAL)

    def _totaux(self) -> Iterator[tuple[str, Decimal]]:
        """The figures from the lines' total to what is left to pay, which comes last."""
        document, totaux = self._document, self._document.totaux
        escompte = document.escompte
        if escompte is not None and escompte.genre == "deduit":
            yield self._libelles("total.lignes"), self._total_des_lignes()
            pourcentage = self._formats.pourcentage(escompte.pourcentage)
            yield self._libelles("total.escompte", pourcentage=pourcentage), -escompte.montant
        yield self._libelles("total.htva"), totaux.htva
        yield self._libelles("total.tva"), totaux.tva
        nom_du_solde = SOLDE.get(document.type, "solde")
        if not document.acomptes and nom_du_solde == "solde":
            yield self._libelles("total.tvac"), totaux.montant_du
            return
        yield self._libelles("total.tvac"), totaux.tvac
        for acompte in document.acomptes:
            cle = "total.acompte_mode" if acompte.mode else "total.acompte"
            yield self._libelles(cle, date=jour(acompte.date), mode=acompte.mode), -acompte.montant
        yield self._libelles(f"total.{nom_du_solde}"), totaux.solde

    @exact
    def _total_des_lignes(self) -> Decimal:
        document = self._document
        lignes = sum((ligne.montant for ligne in document.lignes if ligne.montant is not None), ZERO)
        taxes = sum((taxe.montant for ligne in document.lignes for taxe in ligne.taxes), ZERO)
        return sum((charge.montant for charge in document.frais), lignes + taxes)
