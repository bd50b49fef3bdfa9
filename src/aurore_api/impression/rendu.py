"""From a print model to the bytes of its PDF."""

from collections.abc import Sequence
from datetime import datetime

import fpdf
import uharfbuzz

from aurore_api.formats import LOCALES, formats
from aurore_api.impression.entete import page_suivante, premiere_page, titre
from aurore_api.impression.feuille import Feuille
from aurore_api.impression.fin import Fin, pieds_de_page
from aurore_api.impression.libelles import libelles
from aurore_api.impression.modele import Langue, ModeleDocument
from aurore_api.impression.style import COURANT, DROITE, GAUCHE
from aurore_api.impression.tableau import Tableau
from aurore_api.impression.totaux import Recapitulatif

VERSION = 2
"""Raise it with every change of what is drawn."""

MOTEUR = f"aurore/{VERSION} fpdf2/{fpdf.FPDF_VERSION} harfbuzz/{uharfbuzz.version_string()}"
"""Names everything the bytes depend on besides the model; part of a PDF's ETag."""


def rendre(document: ModeleDocument) -> bytes:
    """The A4 PDF of `document`, in its language (IMP-10).

    The same model gives the same bytes under the same `MOTEUR` (IMP-18): nothing is read but the model. Safe to
    call from several threads at once; takes milliseconds of processor time, so call it outside the event loop.
    """
    nom = titre(document, libelles(document.langue))
    return rendre_ensemble((document,), titre_du_fichier=nom, langue=document.langue, emis_le=document.emis_le)


def rendre_ensemble(
    documents: Sequence[ModeleDocument], *, titre_du_fichier: str, langue: Langue, emis_le: datetime
) -> bytes:
    """One PDF of several documents, at least one, each with its own pages and in its own language."""
    feuille = Feuille(
        titre=titre_du_fichier,
        auteur=documents[0].societe.nom,
        langue=LOCALES[langue].replace("_", "-"),
        emis_le=emis_le,
    )
    for document in documents:
        feuille.enchainer()
        _dessiner(feuille, document)
    return feuille.octets()


def _dessiner(feuille: Feuille, document: ModeleDocument) -> None:
    formes, textes = formats(document.langue), libelles(document.langue)

    def sur_chaque_page() -> None:
        if document.numero_affiche is None:
            feuille.filigrane(textes("titre.filigrane"))
        if feuille.pages > 1:
            page_suivante(feuille, document, textes)

    feuille.a_chaque_page = sur_chaque_page
    feuille.tourner()
    premiere_page(feuille, document, formes, textes)
    for texte in (document.textes.client, document.textes.debut):
        if texte:
            feuille.paragraphe(GAUCHE, DROITE - GAUCHE, texte, COURANT)
            feuille.y += 3
    recapitulatif, fin = Recapitulatif(document, formes, textes), Fin(document, formes, textes)
    Tableau(document, formes, textes).dessiner(feuille, recapitulatif.hauteur + fin.hauteur)
    recapitulatif.dessiner(feuille)
    fin.dessiner(feuille)
    pieds_de_page(feuille, document, formes, textes)
