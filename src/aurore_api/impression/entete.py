"""The top of the first page: sender, title, window address, references; and the short head of the following ones."""

from collections.abc import Iterator

from aurore_api.formats import ESPACE_FIXE, Formats, jour, numero_tva
from aurore_api.impression.feuille import Feuille
from aurore_api.impression.images import lire_logo
from aurore_api.impression.libelles import Libelles
from aurore_api.impression.modele import Adresse, Jour, ModeleDocument
from aurore_api.impression.style import (
    ADRESSE,
    COURANT,
    DESTINATAIRE,
    DROITE,
    ENSEIGNE,
    FILET,
    FORT,
    GAUCHE,
    LIBELLE,
    MARQUE,
    NUMERO,
    PETIT,
    RUBRIQUE,
    TITRE,
    TRAIT,
    Style,
)

FENETRE_X, FENETRE_Y = 112.0, 53.0
"""Where the client's address begins: inside the right-hand window of a Belgian DL envelope."""
LARGEUR_GAUCHE = 84.0
LARGEUR_ETIQUETTE = 33.0
HAUT = 15.0
REFERENCES_Y = 53.0
SEPARATEUR = "  ·  "
CADRE_LOGO = (62.0, 20.0)


def titre(document: ModeleDocument, libelles: Libelles) -> str:
    """The document's name and number, as for a window's title: `Facture 2026-0012`."""
    return f"{libelles(f'titre.{document.type}')} {document.numero_affiche or libelles('titre.brouillon')}"


def lignes_adresse(adresse: Adresse, pays_expediteur: str, formats: Formats) -> list[str]:
    """The lines of an address as on an envelope; the country only when it is another one than the sender's."""
    pays = "" if adresse.pays == pays_expediteur else formats.pays(adresse.pays).upper()
    lieu = f"{adresse.code_postal} {adresse.localite}".strip()
    return [ligne for ligne in (adresse.complement or "", adresse.rue, lieu, pays) if ligne]


def premiere_page(feuille: Feuille, document: ModeleDocument, formats: Formats, libelles: Libelles) -> None:
    """Draw the head of page 1 and leave the cursor below it."""
    bas_expediteur = _expediteur(feuille, document, formats, libelles)
    _titre(feuille, document, libelles)
    bas_droit = _destinataire(feuille, document, formats, libelles)
    feuille.y = max(REFERENCES_Y, bas_expediteur + 4)
    bas_gauche = _references(feuille, document, formats, libelles)
    feuille.y = max(bas_droit, bas_gauche) + 7


def page_suivante(feuille: Feuille, document: ModeleDocument, libelles: Libelles) -> None:
    """Draw the short head of a following page."""
    feuille.texte(GAUCHE, HAUT, FORT.couper(document.societe.nom, 62, 1)[0], FORT)
    client = LIBELLE.couper(document.client.nom, 40, 1)[0]
    feuille.a_droite(DROITE, HAUT, SEPARATEUR.join((titre(document, libelles), jour(document.date), client)), LIBELLE)
    feuille.filet(GAUCHE, DROITE, HAUT + 3, FILET)


def _colonne(
    feuille: Feuille, x: float, y: float, textes: list[str], style: Style, largeur: float, maximum: int
) -> float:
    """Write texts one under the other, each in at most `maximum` lines; gives the next baseline."""
    for texte in textes:
        for ligne in style.couper(texte, largeur, maximum):
            feuille.texte(x, y, ligne, style)
            y += style.interligne
    return y


def _expediteur(feuille: Feuille, document: ModeleDocument, formats: Formats, libelles: Libelles) -> float:
    societe = document.societe
    y = HAUT
    logo = lire_logo(societe.logo) if societe.logo else None
    if logo is not None:
        y += feuille.image(logo, GAUCHE, HAUT - 4, *CADRE_LOGO)
        y = _colonne(feuille, GAUCHE, y, [societe.nom], FORT, LARGEUR_GAUCHE, 1)
    else:
        y = _colonne(feuille, GAUCHE, y + 1.5, [societe.nom], ENSEIGNE, LARGEUR_GAUCHE, 2) - 1
    tva = societe.numero_tva and f"{libelles('entete.numero_tva')} {numero_tva(societe.numero_tva)}"
    telephone = societe.telephone and f"{libelles('entete.telephone')} {societe.telephone}"
    rangees = (
        lignes_adresse(societe.adresse, societe.adresse.pays, formats),
        (telephone, societe.courriel),
        (societe.site, tva),
    )
    identite = [SEPARATEUR.join(textes) for rangee in rangees if (textes := list(filter(None, rangee)))]
    return _colonne(feuille, GAUCHE, y, identite, PETIT, LARGEUR_GAUCHE, 2)


def _titre(feuille: Feuille, document: ModeleDocument, libelles: Libelles) -> None:
    """The type large, the number under it, and the mark of a draft or of a re-print (IMP-10)."""
    y = _colonne(feuille, FENETRE_X, HAUT + 3, [libelles(f"titre.{document.type}")], TITRE, DROITE - FENETRE_X, 2)
    x = FENETRE_X
    if document.numero_affiche:
        numero = libelles("titre.numero", numero=document.numero_affiche)
        feuille.texte(x, y - 1, numero, NUMERO)
        x += NUMERO.largeur(NUMERO.police.nettoyer(numero)) + 4
    else:
        x = _marque(feuille, x, y - 1, libelles("titre.brouillon"))
    if document.duplicata:
        x = _marque(feuille, x, y - 1, libelles("titre.duplicata"))
    if document.exemplaire is not None:
        rang, total = document.exemplaire
        _marque(feuille, x, y - 1, libelles("titre.exemplaire", rang=rang, total=total))


def _marque(feuille: Feuille, x: float, y: float, texte: str) -> float:
    largeur = MARQUE.largeur(texte) + 5
    feuille.cadre(x, y - 4.3, largeur, 6, TRAIT)
    feuille.texte(x + 2.5, y, texte, MARQUE)
    return x + largeur + 3


def _destinataire(feuille: Feuille, document: ModeleDocument, formats: Formats, libelles: Libelles) -> float:
    """The client in the envelope's window, the delivery address under it."""
    client, largeur = document.client, DROITE - FENETRE_X
    pays = document.societe.adresse.pays
    y = _colonne(feuille, FENETRE_X, FENETRE_Y, [client.nom], DESTINATAIRE, largeur, 2)
    y = _colonne(feuille, FENETRE_X, y, lignes_adresse(client.adresse, pays, formats), ADRESSE, largeur, 2)
    if client.numero_tva:
        texte = f"{libelles('entete.numero_tva')} {numero_tva(client.numero_tva)}"
        y = _colonne(feuille, FENETRE_X, y + 0.5, [texte], COURANT, largeur, 1)
    livraison = document.adresse_livraison
    if livraison is None:
        return y
    y = max(y + 2.5, 81.0)
    feuille.texte(FENETRE_X, y, libelles("entete.adresse_livraison"), RUBRIQUE)
    noms = [livraison.nom] if livraison.nom else []
    lignes = noms + lignes_adresse(livraison, pays, formats)
    return _colonne(feuille, FENETRE_X, y + RUBRIQUE.interligne, lignes, COURANT, largeur, 2)


def _references(feuille: Feuille, document: ModeleDocument, formats: Formats, libelles: Libelles) -> float:
    y = feuille.y
    for cle, valeur in _valeurs(document, formats, libelles):
        feuille.texte(GAUCHE, y, libelles(f"entete.{cle}"), LIBELLE)
        x = GAUCHE + LARGEUR_ETIQUETTE
        y = _colonne(feuille, x, y, [valeur], COURANT, LARGEUR_GAUCHE - LARGEUR_ETIQUETTE, 3) + 0.4
    return y


def _jour(valeur: Jour | None) -> str | None:
    return None if valeur is None else jour(valeur)


def _valeurs(document: ModeleDocument, formats: Formats, libelles: Libelles) -> Iterator[tuple[str, str]]:
    """What stands beside the address, in reading order; what the document does not say is left out."""
    livraison = document.livraison
    paires: list[tuple[str, str | None]] = [
        ("date", jour(document.date)),
        *(
            ("factures_corrigees", libelles("entete.facture_du", numero=une.numero, date=jour(une.date)))
            for une in document.factures_corrigees
        ),
        ("echeance", _jour(document.date_echeance)),
        ("fournisseur" if document.achat else "client", document.client.numero),
        ("notre_numero", document.client.notre_numero),
        ("vos_references", document.vos_references),
        ("date_commande", _jour(document.date_commande)),
        ("date_livraison", _jour(document.date_livraison)),
        ("contact", document.contact),
        ("representant", document.representant),
        ("mode_livraison", livraison.mode),
        ("colis", None if livraison.colis is None else str(livraison.colis)),
        ("palettes", None if livraison.palettes is None else str(livraison.palettes)),
        ("poids", None if livraison.poids is None else f"{formats.quantite(livraison.poids)}{ESPACE_FIXE}kg"),
    ]
    return ((cle, valeur) for cle, valeur in paires if valeur)
