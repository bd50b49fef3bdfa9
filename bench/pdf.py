"""A facture of 30 lines as a PDF, against reportlab drawing the same one.

Both embed the same fonts, read beforehand. reportlab is handed the finished layout (every text, rule and box at its
place, figures formatted), so the comparison is to its advantage: `rendre` also does the layout.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from importlib.resources import files
from io import BytesIO
from typing import Any
from unittest.mock import patch

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from aurore_api.impression import rendu
from aurore_api.impression.feuille import Feuille
from aurore_api.impression.modele import (
    Adresse,
    Client,
    GroupeTva,
    Ligne,
    ModeleDocument,
    Reglement,
    Societe,
    Textes,
    Totaux,
)
from aurore_api.impression.police import FICHIERS
from aurore_api.impression.style import Couleur, Style
from bench.mesure import Rythme, comparer

LIGNES = 30
PAR_TOUR = 6
PAGE = 297.0

Operation = Callable[[Canvas], None]


class FeuilleNotee(Feuille):
    """A sheet that also notes what is drawn on it, page by page, as reportlab would be asked for it."""

    pages_notees: list[list[Operation]]

    def tourner(self) -> None:
        """As the sheet does; the notes of a new page begin."""
        if not self.pages:
            type(self).pages_notees = []
        self._page = len(self.pages_notees)
        self.pages_notees.append([])
        super().tourner()

    def reprendre(self, page: int) -> None:
        """As the sheet does."""
        self._page = page - 1
        super().reprendre(page)

    def texte(self, x: float, y: float, texte: str, style: Style) -> None:
        """As the sheet does."""
        propre = style.police.nettoyer(texte)
        self.pages_notees[self._page].append(partial(_texte, x=x, y=y, texte=propre, style=style))
        super().texte(x, y, texte, style)

    def filet(self, x1: float, x2: float, y: float, couleur: Couleur, epaisseur: float = 0.2) -> None:
        """As the sheet does."""
        self.pages_notees[self._page].append(partial(_filet, x1=x1, x2=x2, y=y, couleur=couleur, epaisseur=epaisseur))
        super().filet(x1, x2, y, couleur, epaisseur)

    def aplat(self, x: float, y: float, largeur: float, hauteur: float, couleur: Couleur) -> None:
        """As the sheet does."""
        self.pages_notees[self._page].append(partial(_aplat, cadre=(x, y, largeur, hauteur), couleur=couleur))
        super().aplat(x, y, largeur, hauteur, couleur)


def _rvb(couleur: Couleur) -> tuple[float, ...]:
    return tuple(canal / 255 for canal in couleur)


def _texte(toile: Canvas, *, x: float, y: float, texte: str, style: Style) -> None:
    toile.setFont(style.police.nom, style.corps)
    toile.setFillColorRGB(*_rvb(style.couleur))
    toile.drawString(x * mm, (PAGE - y) * mm, texte)


def _filet(toile: Canvas, *, x1: float, x2: float, y: float, couleur: Couleur, epaisseur: float) -> None:
    toile.setStrokeColorRGB(*_rvb(couleur))
    toile.setLineWidth(epaisseur * mm)
    toile.line(x1 * mm, (PAGE - y) * mm, x2 * mm, (PAGE - y) * mm)


def _aplat(toile: Canvas, *, cadre: tuple[float, float, float, float], couleur: Couleur) -> None:
    x, y, largeur, hauteur = cadre
    toile.setFillColorRGB(*_rvb(couleur))
    toile.rect(x * mm, (PAGE - y - hauteur) * mm, largeur * mm, hauteur * mm, stroke=0, fill=1)


def avec_reportlab(pages: list[list[Operation]]) -> bytes:
    """The noted pages as reportlab draws them."""
    sortie = BytesIO()
    toile = Canvas(sortie, pagesize=A4, pageCompression=1)
    for operations in pages:
        for operation in operations:
            operation(toile)
        toile.showPage()
    toile.save()
    return sortie.getvalue()


def facture(nombre: int) -> ModeleDocument:
    """A facture of `nombre` lines of 20 different articles."""
    prix = [Decimal(85 + 37 * rang) / 100 for rang in range(20)]
    lignes = tuple(
        Ligne(
            article=f"ART{rang % 20:03}",
            designation=f"Pain de campagne au levain n° {rang % 20}, façonné à la main",
            quantite=Decimal(10 + rang),
            unite="PCE",
            prix=prix[rang % 20],
            remise=Decimal(rang % 3),
            taux_tva=Decimal("6.00"),
            montant=((10 + rang) * prix[rang % 20]).quantize(Decimal("0.01")),
        )
        for rang in range(nombre)
    )
    base = sum((ligne.montant for ligne in lignes if ligne.montant is not None), Decimal(0))
    tva = (base * 6 / 100).quantize(Decimal("0.01"))
    adresse = Adresse(rue="Rue du Four 12", code_postal="5000", localite="Namur")
    champs: dict[str, Any] = {"htva": base, "tva": tva, "tvac": base + tva, "montant_du": base + tva}
    return ModeleDocument(
        type="facture",
        langue="fr",
        numero_affiche="2026-0042",
        emis_le=datetime(2026, 11, 23, 6, 30, tzinfo=UTC),
        date=date(2026, 11, 23),
        date_echeance=date(2026, 12, 23),
        societe=Societe(
            nom="Boulangerie de l'Aurore", adresse=adresse, numero_tva="BE0403170701", iban="BE68539007547034"
        ),
        client=Client(numero="C0012", nom="Hôtel du Parc", adresse=adresse),
        lignes=lignes,
        groupes_tva=(GroupeTva(categorie="S", taux=Decimal(6), base=base, tva=tva),),
        totaux=Totaux(**champs, solde=base + tva),
        reglement=Reglement(echeance="30 jours", communication_structuree="+++090/9337/55493+++"),
        textes=Textes(debut="Merci de votre commande."),
    )


def mesurer() -> Iterator[Rythme]:
    """Print a facture of 30 lines."""
    for fichier in FICHIERS.values():
        chemin = files("aurore_api.impression").joinpath("polices", fichier)
        pdfmetrics.registerFont(TTFont(fichier.removesuffix(".ttf"), str(chemin)))
    modele = facture(LIGNES)
    with patch.object(rendu, "Feuille", FeuilleNotee):
        rendu.rendre(modele)
    pages = FeuilleNotee.pages_notees
    yield comparer(
        f"print a facture of {LIGNES} lines (floor: reportlab)",
        lambda: [rendu.rendre(modele) for _ in range(PAR_TOUR)],
        lambda: [avec_reportlab(pages) for _ in range(PAR_TOUR)],
        PAR_TOUR,
    )
