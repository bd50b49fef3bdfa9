"""The columns of the table: those this document needs, as wide as their contents; the name takes the rest."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from aurore_api.formats import Formats
from aurore_api.impression.libelles import Libelles
from aurore_api.impression.modele import Ligne, ModeleDocument, Taxe
from aurore_api.impression.style import COLONNE, COURANT, DROITE, GAUCHE, LIBELLE, PETIT, Style

GOUTTIERE = 3.0
RETRAIT = 1.5
"""Between the table's edges and its outer columns, in mm."""
TITRE_MAXIMUM = 18.5
"""Heads wider than this are broken at their spaces."""

COTE_IMAGE = 13.0
"""Of the square that the image of a line's article is fitted in, left of the columns, in mm."""

DESIGNATION_MINIMUM = 45.0
"""Below this the other columns of text wrap sooner, to make room."""

Lecture = Callable[[Ligne], str]


def _rien(_ligne: Ligne) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Demande:
    """A column before its place is known: what it reads of a line, and under it in small (`lire_dessous`).

    Texts wider than `plafond` mm wrap; `alignes` figures stand with their decimal signs under each other.
    """

    cle: str
    titre: str
    lire: Lecture
    lire_dessous: Lecture = _rien
    style: Style = COURANT
    chiffres: bool = True
    alignes: bool = False
    plafond: float = 60.0


@dataclass(frozen=True, slots=True)
class Colonne:
    """A column between `gauche` and `droite` (mm). `decimales` is the most any of its figures has."""

    demande: Demande
    titre: tuple[str, ...]
    gauche: float
    droite: float
    decimales: int
    decimale: str

    @property
    def largeur(self) -> float:
        """Its width in mm."""
        return self.droite - self.gauche

    def textes(self, ligne: Ligne) -> list[tuple[str, Style]]:
        """What it shows of a line, from top to bottom."""
        texte, dessous = self.demande.lire(ligne), self.demande.lire_dessous(ligne)
        if dessous:
            return [(texte, self.demande.style), (dessous, PETIT)]
        return [(texte, self.demande.style)] if texte else []

    def retrait(self, texte: str) -> float:
        """How far left of the edge a figure ends, so that decimal signs stand under each other (in mm)."""
        absentes = self.decimales - _decimales(texte, self.decimale)
        if not self.demande.alignes or absentes <= 0:
            return 0.0
        signe = self.decimale if self.decimale not in texte else ""
        return COURANT.largeur(signe + "0" * absentes)


def _decimales(texte: str, decimale: str) -> int:
    return len(texte.partition(decimale)[2])


def colonnes(document: ModeleDocument, formats: Formats, libelles: Libelles) -> dict[str, Colonne]:
    """The columns of `document` by their key, left to right; those that no line fills are left out."""
    lignes = [*document.lignes]
    if not document.sans_prix:
        lignes += [ligne_de_taxe(taxe, formats) for ligne in document.lignes for taxe in ligne.taxes]
    lus = {demande: _textes(demande, lignes) for demande in _demandes(document, formats, libelles)}
    demandes = [demande for demande, textes in lus.items() if demande.cle == "designation" or any(textes)]
    gauche = GAUCHE + RETRAIT
    if any(ligne.image for ligne in document.lignes):
        gauche += COTE_IMAGE + GOUTTIERE
    largeurs = _largeurs(demandes, lus, gauche, 1.0)
    if largeurs["designation"] < DESIGNATION_MINIMUM:
        largeurs = _largeurs(demandes, lus, gauche, 0.5)
    posees: dict[str, Colonne] = {}
    for demande in demandes:
        droite = gauche + largeurs[demande.cle]
        posees[demande.cle] = Colonne(
            demande=demande,
            titre=tuple(COLONNE.couper(demande.titre, droite - gauche)),
            gauche=gauche,
            droite=droite,
            decimales=max((_decimales(texte, formats.decimale) for texte in lus[demande]), default=0),
            decimale=formats.decimale,
        )
        gauche = droite + GOUTTIERE
    return posees


def ligne_de_taxe(taxe: Taxe, formats: Formats) -> Ligne:
    """A tax as the columns read it: its figures stand under those of its line."""
    pourcentage = "" if taxe.pourcentage is None else f" {formats.pourcentage(taxe.pourcentage)}"
    return Ligne(
        designation=f"{taxe.libelle}{pourcentage}", prix=taxe.prix, taux_tva=taxe.taux_tva, montant=taxe.montant
    )


def _demandes(document: ModeleDocument, formats: Formats, libelles: Libelles) -> Iterator[Demande]:
    """Every column there may be, left to right."""

    def titre(cle: str) -> str:
        return libelles(f"colonne.{cle}")

    yield Demande("article", titre("article"), lambda une: une.article or "", style=LIBELLE, chiffres=False, plafond=24)
    yield Demande(
        "article_fournisseur",
        titre("article_fournisseur"),
        lambda une: une.article_fournisseur or "",
        chiffres=False,
        plafond=24,
    )
    yield Demande(
        "designation", titre("designation"), lambda une: une.designation, lambda une: une.memo or "", chiffres=False
    )
    yield Demande("lot", titre("lot"), lambda une: une.lot or "", chiffres=False, plafond=28)
    yield Demande(
        "quantite",
        titre("quantite"),
        _si_present("quantite", formats.quantite),
        _si_present("quantite_unite_commande", formats.quantite),
        alignes=True,
    )
    yield Demande("unite", titre("unite"), lambda une: une.unite or "", _unite_de_commande, chiffres=False, plafond=14)
    if not document.sans_prix:
        yield from _prix(formats, titre, "tvac" if document.prix_tvac else "htva")


def _prix(formats: Formats, titre: Callable[[str], str], regime: str) -> Iterator[Demande]:
    """The columns of money, `htva` or `tvac`."""

    def tva(ligne: Ligne) -> str:
        return ligne.code_tva or "" if ligne.taux_tva is None else formats.pourcentage(ligne.taux_tva)

    yield Demande("prix", titre(f"prix_{regime}"), _si_present("prix", formats.prix), alignes=True)
    yield Demande("remise", titre("remise"), lambda une: formats.pourcentage(une.remise) if une.remise else "")
    yield Demande("tva", titre("tva"), tva, style=LIBELLE)
    yield Demande("montant", titre(f"montant_{regime}"), _si_present("montant", formats.montant), alignes=True)


def _si_present(champ: str, ecrire: Callable[[Decimal], str]) -> Lecture:
    """Reads a figure of a line that may have none."""

    def lire(ligne: Ligne) -> str:
        valeur: Decimal | None = getattr(ligne, champ)
        return "" if valeur is None else ecrire(valeur)

    return lire


def _unite_de_commande(ligne: Ligne) -> str:
    return "" if ligne.quantite_unite_commande is None else ligne.unite_commande or ""


def _textes(demande: Demande, lignes: Sequence[Ligne]) -> set[str]:
    return {texte for ligne in lignes for texte in (demande.lire(ligne), demande.lire_dessous(ligne))}


def _largeurs(
    demandes: Sequence[Demande], lus: Mapping[Demande, set[str]], gauche: float, plafonds: float
) -> dict[str, float]:
    """The width of each column from `gauche` on; the name has what the others leave. `plafonds` shortens ceilings."""
    largeurs = {une.cle: _largeur(une, lus[une], plafonds) for une in demandes if une.cle != "designation"}
    reste = DROITE - RETRAIT - gauche - sum(largeurs.values()) - GOUTTIERE * len(largeurs)
    return {**largeurs, "designation": reste}


def _largeur(demande: Demande, textes: Iterable[str], plafonds: float) -> float:
    """The room its widest text and its head need, within its ceiling."""
    plafond = demande.plafond * (1.0 if demande.chiffres else plafonds)
    titre = max(map(COLONNE.largeur, COLONNE.couper(demande.titre, TITRE_MAXIMUM)))
    return max(titre, min(max(map(COURANT.largeur, map(COURANT.police.nettoyer, textes))), plafond)) + 0.1
