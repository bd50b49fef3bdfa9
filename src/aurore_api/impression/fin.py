"""The end of a document: payment, legal mentions, texts, a place to sign; and the foot of every page."""

from collections.abc import Iterator

from aurore_api.formats import Formats, iban, jour, numero_tva
from aurore_api.impression.entete import SEPARATEUR, lignes_adresse
from aurore_api.impression.feuille import Feuille
from aurore_api.impression.libelles import Libelles
from aurore_api.impression.modele import ModeleDocument
from aurore_api.impression.style import (
    COLONNE,
    COURANT,
    DROITE,
    FILET,
    FORT,
    GAUCHE,
    LIBELLE,
    PETIT,
    PIED,
    RUBRIQUE,
    TEINTE,
    TRAIT,
)
from aurore_api.impression.totaux import mentions

A_PAYER = ("facture", "proforma")
"""Types that are paid, so that say on which account."""
A_SIGNER = ("bordereau", "retour")
LARGEUR = DROITE - GAUCHE
PAR_RANGEE = 3
HAUTEUR_VALEUR = 9.0
HAUTEUR_SIGNATURE = 30.0
HAUTEUR_VIDANGE = 5.0
VIDANGES_ENSEMBLE = 8
"""How many kinds of crates stay with the totals; more may turn the page."""
ESPACE = 3.0
VIDANGE_COLONNES = ((108.0, "avant"), (136.0, "livrees"), (164.0, "reprises"), (DROITE, "apres"))
"""Right edges of the figures of crates, in mm."""
PIED_Y = 281.0
PLACE_DU_NUMERO = 24.0


class Fin:
    """All that follows the totals of one document."""

    def __init__(self, document: ModeleDocument, formats: Formats, libelles: Libelles) -> None:
        self._document = document
        self._libelles = libelles
        self._formats = formats
        self._reglement = [] if document.sans_prix else list(_valeurs(document, libelles))
        self._escompte = "" if document.sans_prix else _escompte(document, formats, libelles)

    @property
    def hauteur(self) -> float:
        """What stays together with the totals, in mm: the panel, and the place to sign."""
        return (
            self._hauteur_du_panneau
            + self._hauteur_des_vidanges
            + (HAUTEUR_SIGNATURE + ESPACE if self._document.type in A_SIGNER else 0)
        )

    @property
    def _hauteur_des_vidanges(self) -> float:
        rangees = min(len(self._document.vidanges), VIDANGES_ENSEMBLE)
        return (rangees + 1) * HAUTEUR_VIDANGE + 2 * ESPACE if rangees else 0.0

    @property
    def _hauteur_du_panneau(self) -> float:
        if not (self._reglement or self._escompte):
            return 0.0
        rangees = -(-len(self._reglement) // PAR_RANGEE)
        return rangees * HAUTEUR_VALEUR + 7 + (6 if self._escompte else 0) + ESPACE

    def dessiner(self, feuille: Feuille) -> None:
        """Draw it, turning pages as needed."""
        if self._hauteur_du_panneau:
            feuille.reserver(self._hauteur_du_panneau)
            self._panneau(feuille)
        if self._document.vidanges:
            self._vidanges(feuille)
        _paragraphes(feuille, self._document, self._libelles)
        if self._document.type in A_SIGNER:
            _signature(feuille, self._document, self._libelles)

    def _panneau(self, feuille: Feuille) -> None:
        """The ways to pay, and what is due when paid in time (CAL-08)."""
        hauteur = self._hauteur_du_panneau - ESPACE
        feuille.aplat(GAUCHE, feuille.y, LARGEUR, hauteur, TEINTE)
        y = feuille.y + 5
        feuille.texte(GAUCHE + 3, y, self._libelles("reglement.titre"), RUBRIQUE)
        pas = (LARGEUR - 6) / PAR_RANGEE
        for rang, (libelle, valeur) in enumerate(self._reglement):
            x = GAUCHE + 3 + (rang % PAR_RANGEE) * pas
            base = y + 4.5 + (rang // PAR_RANGEE) * HAUTEUR_VALEUR
            feuille.texte(x, base, libelle, PETIT)
            feuille.texte(x, base + 4, COURANT.couper(valeur, pas - 3, 1)[0], COURANT)
        feuille.texte(GAUCHE + 3, feuille.y + hauteur - 2.5, self._escompte, FORT)
        feuille.y += hauteur + ESPACE

    def _vidanges(self, feuille: Feuille) -> None:
        """The client's crates: before, out, back and after, a row for each kind (CLI-12)."""
        feuille.y += ESPACE
        feuille.reserver(2 * HAUTEUR_VIDANGE)
        base = feuille.y + HAUTEUR_VIDANGE - 1.6
        feuille.texte(GAUCHE, base, self._libelles("vidange.titre"), COLONNE)
        for x, nom in VIDANGE_COLONNES:
            feuille.a_droite(x, base, self._libelles(f"vidange.{nom}"), COLONNE)
        feuille.y += HAUTEUR_VIDANGE
        feuille.filet(GAUCHE, DROITE, feuille.y, TRAIT)
        for une in self._document.vidanges:
            feuille.reserver(HAUTEUR_VIDANGE)
            base = feuille.y + HAUTEUR_VIDANGE - 1.6
            largeur = VIDANGE_COLONNES[0][0] - GAUCHE - 22
            feuille.texte(GAUCHE, base, COURANT.couper(une.designation, largeur, 1)[0], COURANT)
            for x, nom in VIDANGE_COLONNES:
                valeur = self._formats.quantite(getattr(une, nom))
                feuille.a_droite(x, base, valeur, FORT if nom == "apres" else COURANT)
            feuille.y += HAUTEUR_VIDANGE
            feuille.filet(GAUCHE, DROITE, feuille.y, FILET, 0.15)
        feuille.y += ESPACE


def _valeurs(document: ModeleDocument, libelles: Libelles) -> Iterator[tuple[str, str]]:
    reglement, societe = document.reglement, document.societe
    if document.type in A_PAYER and document.date_echeance:
        yield libelles("reglement.echeance"), jour(document.date_echeance)
    if reglement.echeance:
        yield libelles("reglement.condition"), reglement.echeance
    if reglement.mode_paiement:
        yield libelles("reglement.mode"), reglement.mode_paiement
    if document.type in A_PAYER and societe.iban:
        yield "IBAN", iban(societe.iban)
    if document.type in A_PAYER and societe.bic:
        yield "BIC", societe.bic
    if reglement.communication_structuree:
        yield libelles("reglement.communication"), reglement.communication_structuree


def _escompte(document: ModeleDocument, formats: Formats, libelles: Libelles) -> str:
    """« 118,58 EUR si paiement dans les 8 jours… », for a conditional escompte."""
    escompte = document.escompte
    if escompte is None or escompte.genre == "deduit" or escompte.montant_dans_le_delai is None:
        return ""
    return libelles(
        "reglement.escompte_conditionnel",
        montant=formats.montant(escompte.montant_dans_le_delai),
        jours=escompte.jours,
        pourcentage=formats.pourcentage(escompte.pourcentage),
        escompte=formats.montant(escompte.montant),
    )


def _paragraphes(feuille: Feuille, document: ModeleDocument, libelles: Libelles) -> None:
    legales = [] if document.sans_prix else mentions(document, libelles)
    suites = [(f"({appel}) {texte}", PETIT) for appel, texte in enumerate(legales, start=1)]
    if document.type in {"note_credit", "proforma"}:
        suites.append((libelles(f"mention.{document.type}"), FORT))
    suites += [(texte, COURANT) for texte in (document.textes.paiement, document.textes.fin) if texte]
    if document.societe.texte_legal:
        suites.append((document.societe.texte_legal, PETIT))
    for texte, style in suites:
        feuille.y += 1.5
        feuille.paragraphe(GAUCHE, LARGEUR, texte, style)


def _signature(feuille: Feuille, document: ModeleDocument, libelles: Libelles) -> None:
    """A place to sign for the goods (IMP-20)."""
    feuille.y += ESPACE
    feuille.reserver(HAUTEUR_SIGNATURE)
    haut = feuille.y
    feuille.cadre(GAUCHE, haut, LARGEUR, HAUTEUR_SIGNATURE, TRAIT)
    feuille.texte(GAUCHE + 4, haut + 6, libelles(f"signature.{document.type}"), FORT)
    pas = LARGEUR / PAR_RANGEE
    for rang, cle in enumerate(("nom", "date", "signature")):
        x = GAUCHE + 4 + rang * pas
        feuille.texte(x, haut + 12, libelles(f"signature.{cle}"), LIBELLE)
        feuille.filet(x, x + pas - 8, haut + HAUTEUR_SIGNATURE - 5, TRAIT)
    feuille.y += HAUTEUR_SIGNATURE


def pieds_de_page(feuille: Feuille, document: ModeleDocument, formats: Formats, libelles: Libelles) -> None:
    """Write the sender's legal identity and the page's number at the foot of every page."""
    identite = _identite(document, formats, libelles)
    pages = feuille.pages
    for page in range(1, pages + 1):
        feuille.reprendre(page)
        feuille.filet(GAUCHE, DROITE, PIED_Y - 4, FILET)
        for rang, texte in enumerate(identite):
            feuille.texte(GAUCHE, PIED_Y + rang * PIED.interligne, texte, PIED)
        feuille.a_droite(DROITE, PIED_Y, libelles("pied.page", page=page, pages=pages), PIED)


def _identite(document: ModeleDocument, formats: Formats, libelles: Libelles) -> list[str]:
    """Name, legal form and seat in one line; VAT number, register and bank in two at most."""
    societe = document.societe
    nom = " ".join(filter(None, (societe.nom, societe.forme_juridique)))
    siege = ", ".join(lignes_adresse(societe.adresse, societe.adresse.pays, formats))
    legal = (
        societe.numero_tva and f"{libelles('entete.numero_tva')} {numero_tva(societe.numero_tva)}",
        societe.rpm and libelles("pied.rpm", siege=societe.rpm),
        societe.iban and f"IBAN {iban(societe.iban)}",
        societe.bic and f"BIC {societe.bic}",
    )
    largeur = LARGEUR - PLACE_DU_NUMERO
    return [
        *PIED.couper(SEPARATEUR.join(filter(None, (nom, siege))), largeur, 1),
        *PIED.couper(SEPARATEUR.join(filter(None, legal)), largeur, 2),
    ]
