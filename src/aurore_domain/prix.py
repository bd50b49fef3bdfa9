"""The price of a line and the reasons for it (CAL-04)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, Protocol

from aurore_domain.montants import ZERO, arrondir, exact
from aurore_domain.tva import avec_tva, hors_tva

DECIMALES_PRIX = 4

Regle = Literal["saisi", "tarif", "base"]
"""Which rule of CAL-04 gave the price."""

Motif = Literal[
    "retenu",
    "autre_tarif",
    "pas_encore_valable",
    "plus_valable",
    "quantite_insuffisante",
    "palier_inferieur",
    "moins_recent",
]
"""Why a tariff row was taken or not; `moins_recent`: another row of the same quantity took effect later."""


class LigneTarif(Protocol):
    """One row of an article's tariffs (ART-14)."""

    @property
    def tarif(self) -> str:
        """Code of the price list."""

    @property
    def quantite_minimum(self) -> Decimal:
        """From how much on it applies, in base unit."""

    @property
    def valeur(self) -> Decimal | None:
        """Price HT per base unit, or None when the row gives a discount."""

    @property
    def remise(self) -> Decimal | None:
        """Percentage off the base price, or None when the row gives a price."""

    @property
    def du(self) -> date | None:
        """First day it holds; None: always did."""

    @property
    def au(self) -> date | None:
        """Last day it holds; None: without end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandePrix:
    """All that decides the price of a line. Prices are HT per base unit, discounts are percentages.

    `remise_saisie` replaces the discount that the rules would give; `tarif` and `remise_generale` are the client's;
    `lignes_tarif` are all the rows of the article; `quantite` is in base unit.
    """

    quantite: Decimal
    date_document: date
    prix_base: Decimal
    prix_saisi: Decimal | None = None
    remise_saisie: Decimal | None = None
    tarif: str | None = None
    remise_generale: Decimal = ZERO
    lignes_tarif: Sequence[LigneTarif] = ()


@dataclass(frozen=True, slots=True)
class LigneConsideree:
    """A tariff row and why it was taken or not."""

    ligne: LigneTarif
    motif: Motif


@dataclass(frozen=True, slots=True)
class Palier:
    """The next quantity break (base unit), and the price and discount it would give."""

    quantite_minimum: Decimal
    prix: Decimal
    remise: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PrixExplique:
    """Price (4 decimals) and discount % (2 decimals) of a line, with the reasons; typed back, they give the same."""

    prix: Decimal
    remise: Decimal
    regle: Regle
    ligne_retenue: LigneTarif | None = None
    lignes_considerees: tuple[LigneConsideree, ...] = ()
    palier_suivant: Palier | None = None


@exact
def resoudre_prix(demande: DemandePrix) -> PrixExplique:
    """Find the price of a line, first rule that applies, and explain it (CAL-04).

    A negative quantity (crates coming back) is priced like the same quantity going out. Client-specific prices,
    rule 2, take their place between the typed price and the tariff.
    """
    # 1. the price typed on the line: no other discount than the typed one
    if demande.prix_saisi is not None:
        prix, remise = _valeurs(demande, demande.prix_saisi, ZERO)
        return PrixExplique(prix=prix, remise=remise, regle="saisi")
    # 3. the client's tariff, 4. the base price
    valables = [ligne for ligne in demande.lignes_tarif if _ecartee(ligne, demande) is None]
    retenue = _retenir(valables, abs(demande.quantite))
    prix, remise = _prix_de_ligne(demande, retenue)
    return PrixExplique(
        prix=prix,
        remise=remise,
        regle="base" if retenue is None else "tarif",
        ligne_retenue=retenue,
        lignes_considerees=tuple(
            LigneConsideree(ligne, _motif(ligne, demande, retenue)) for ligne in demande.lignes_tarif
        ),
        palier_suivant=_palier_suivant(demande, valables),
    )


def prix_tvac_depuis_htva(prix: Decimal, taux: Decimal) -> Decimal:
    """Unit price VAT included from one without, `taux` in %, rounded to 4 decimals (CAL-14)."""
    return avec_tva(prix, taux, DECIMALES_PRIX)


def prix_htva_depuis_tvac(prix: Decimal, taux: Decimal) -> Decimal:
    """Unit price without VAT from one VAT included, `taux` in %, rounded to 4 decimals (CAL-14)."""
    return hors_tva(prix, taux, DECIMALES_PRIX)


def _valeurs(demande: DemandePrix, prix: Decimal, remise: Decimal) -> tuple[Decimal, Decimal]:
    if demande.remise_saisie is not None:
        remise = demande.remise_saisie
    return arrondir(prix, DECIMALES_PRIX), arrondir(remise)


def _prix_de_ligne(demande: DemandePrix, ligne: LigneTarif | None) -> tuple[Decimal, Decimal]:
    """Price and discount by a tariff row, or by the base price for None; the larger discount is taken, never both."""
    if ligne is None:
        return _valeurs(demande, demande.prix_base, demande.remise_generale)
    if ligne.valeur is not None:
        return _valeurs(demande, ligne.valeur, ZERO)
    return _valeurs(demande, demande.prix_base, max(ligne.remise or ZERO, demande.remise_generale))


def _ecartee(ligne: LigneTarif, demande: DemandePrix) -> Motif | None:
    """Why a row does not count whatever the quantity, or None when it does."""
    if ligne.tarif != demande.tarif:
        return "autre_tarif"
    if ligne.du is not None and demande.date_document < ligne.du:
        return "pas_encore_valable"
    if ligne.au is not None and ligne.au < demande.date_document:
        return "plus_valable"
    return None


def _retenir(valables: Sequence[LigneTarif], quantite: Decimal) -> LigneTarif | None:
    """Take the greatest break reached; of two for one quantity, the one that took effect last (a promotion)."""
    atteintes = [ligne for ligne in valables if ligne.quantite_minimum <= quantite]
    return max(atteintes, key=lambda ligne: (ligne.quantite_minimum, ligne.du or date.min), default=None)


def _motif(ligne: LigneTarif, demande: DemandePrix, retenue: LigneTarif | None) -> Motif:
    if ligne is retenue:
        return "retenu"
    ecartee = _ecartee(ligne, demande)
    if ecartee is not None:
        return ecartee
    if retenue is None or ligne.quantite_minimum > abs(demande.quantite):
        return "quantite_insuffisante"
    return "palier_inferieur" if ligne.quantite_minimum < retenue.quantite_minimum else "moins_recent"


def _palier_suivant(demande: DemandePrix, valables: Sequence[LigneTarif]) -> Palier | None:
    suivants = [ligne.quantite_minimum for ligne in valables if ligne.quantite_minimum > abs(demande.quantite)]
    if not suivants:
        return None
    quantite = min(suivants)
    return Palier(quantite, *_prix_de_ligne(demande, _retenir(valables, quantite)))
