"""The price of a line and the reasons for it (CAL-04)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from aurore_domain.lignes_prix import (
    LigneClient,
    LigneDePrix,
    LigneTarif,
    Motif,
    en_vigueur,
    hors_tarif,
    motif_client,
    motif_tarif,
    palier_atteint,
)
from aurore_domain.montants import ZERO, arrondir, exact
from aurore_domain.tva import avec_tva, hors_tva

DECIMALES_PRIX = 4

Source = Literal["client_article", "client_famille", "tarif"]
"""Where a row comes from: a client's own prices, for the article or for its famille, or a price list."""

Regle = Literal["saisi", "client_article", "client_famille", "tarif", "base"]
"""Which rule of CAL-04 gave the price, in the order in which they come."""

SortRemise = Literal[
    "aucune", "retenue", "remise_saisie", "prix_saisi", "prix_client", "prix_du_tarif", "remise_du_tarif"
]
"""What became of the client's general discount: there is none, it was taken, or what stood in its place."""

SansPalier = Literal["prix_saisi", "prix_client", "sans_tarif", "dernier_palier"]
"""Why no larger quantity changes the price: a rule that asks for none gave it, or no row has a greater break."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandePrix:
    """All that decides the price of a line. Prices are HT per base unit, discounts are percentages.

    `remise_saisie` replaces the discount that the rules would give; `tarif` and `remise_generale` are the client's;
    `lignes_client` are its own rows for the article and for the article's famille, `lignes_tarif` all the rows of the
    article, whatever their dates; `quantite` is in base unit.
    """

    quantite: Decimal
    date_document: date
    prix_base: Decimal
    prix_saisi: Decimal | None = None
    remise_saisie: Decimal | None = None
    tarif: str | None = None
    remise_generale: Decimal = ZERO
    lignes_client: Sequence[LigneClient] = ()
    lignes_tarif: Sequence[LigneTarif] = ()


@dataclass(frozen=True, slots=True)
class LigneConsideree:
    """A row, why it was taken or not, and where it comes from."""

    ligne: LigneClient | LigneTarif
    motif: Motif
    source: Source


@dataclass(frozen=True, slots=True)
class Palier:
    """The next quantity break (base unit), and the price and discount it would give."""

    quantite_minimum: Decimal
    prix: Decimal
    remise: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PrixExplique:
    """Price (4 decimals) and discount % (2 decimals) of a line, with the reasons; typed back, they give the same.

    A typed price looks at no row. `sans_palier` says why there is no `palier_suivant`.
    """

    prix: Decimal
    remise: Decimal
    regle: Regle
    sort_remise_generale: SortRemise
    ligne_retenue: LigneClient | LigneTarif | None = None
    lignes_considerees: tuple[LigneConsideree, ...] = ()
    palier_suivant: Palier | None = None
    sans_palier: SansPalier | None = None


@exact
def resoudre_prix(demande: DemandePrix) -> PrixExplique:
    """Find the price of a line, first rule that applies, and explain it (CAL-04).

    A negative quantity (crates coming back) is priced like the same quantity going out.
    """
    # 1. the price typed on the line: no other discount than the typed one
    if demande.prix_saisi is not None:
        prix, remise, sort = _prix_et_remise(demande, "saisi", None)
        return PrixExplique(
            prix=prix, remise=remise, regle="saisi", sort_remise_generale=sort, sans_palier="prix_saisi"
        )
    # 2. what the client has agreed for the article, then for its famille; 3. its tariff; 4. the base price
    choix = _choisir(demande)
    regle, retenue = choix.retenue()
    prix, remise, sort = _prix_et_remise(demande, regle, retenue)
    palier, sans_palier = _palier_suivant(demande, regle, choix.valables)
    return PrixExplique(
        prix=prix,
        remise=remise,
        regle=regle,
        sort_remise_generale=sort,
        ligne_retenue=retenue,
        lignes_considerees=tuple(_considerees(demande, choix, retenue)),
        palier_suivant=palier,
        sans_palier=sans_palier,
    )


def prix_tvac_depuis_htva(prix: Decimal, taux: Decimal) -> Decimal:
    """Unit price VAT included from one without, `taux` in %, rounded to 4 decimals (CAL-14)."""
    return avec_tva(prix, taux, DECIMALES_PRIX)


def prix_htva_depuis_tvac(prix: Decimal, taux: Decimal) -> Decimal:
    """Unit price without VAT from one VAT included, `taux` in %, rounded to 4 decimals (CAL-14)."""
    return hors_tva(prix, taux, DECIMALES_PRIX)


class _Choix(NamedTuple):
    """The row that each rule would take if it came to it, and the tariff rows that count whatever the quantity."""

    article: LigneClient | None
    famille: LigneClient | None
    tarif: LigneTarif | None
    valables: Sequence[LigneTarif]

    def retenue(self) -> tuple[Regle, LigneClient | LigneTarif | None]:
        """The first rule that has a row, and its row."""
        if self.article is not None:
            return "client_article", self.article
        if self.famille is not None:
            return "client_famille", self.famille
        return ("base", None) if self.tarif is None else ("tarif", self.tarif)


def _choisir(demande: DemandePrix) -> _Choix:
    jour, siennes = demande.date_document, demande.lignes_client
    valables = [une for une in demande.lignes_tarif if hors_tarif(une, demande.tarif, jour) is None]
    return _Choix(
        en_vigueur((une for une in siennes if une.article is not None), jour) if siennes else None,
        en_vigueur((une for une in siennes if une.article is None), jour) if siennes else None,
        palier_atteint(valables, abs(demande.quantite)),
        valables,
    )


def _prix_et_remise(
    demande: DemandePrix, regle: Regle, ligne: LigneDePrix | None
) -> tuple[Decimal, Decimal, SortRemise]:
    """Price, discount and what became of the general one, by a rule and the row that it took, if it takes one."""
    prix = demande.prix_base
    if demande.prix_saisi is not None:
        prix = demande.prix_saisi
    elif ligne is not None and ligne.valeur is not None:
        prix = ligne.valeur
    remise, sort = _remise(demande, regle, ligne)
    return arrondir(prix, DECIMALES_PRIX), arrondir(remise), sort if demande.remise_generale else "aucune"


def _remise(demande: DemandePrix, regle: Regle, ligne: LigneDePrix | None) -> tuple[Decimal, SortRemise]:
    """The discount, and what that does to the general one: the larger of it and a tariff's is taken, never both."""
    propre = ZERO if ligne is None else ligne.remise or ZERO
    if demande.remise_saisie is not None:
        return demande.remise_saisie, "remise_saisie"
    if regle == "saisi":
        return propre, "prix_saisi"
    if regle in {"client_article", "client_famille"}:
        return propre, "prix_client"
    if ligne is not None and ligne.valeur is not None:
        return propre, "prix_du_tarif"
    if demande.remise_generale > propre:
        return demande.remise_generale, "retenue"
    return propre, "remise_du_tarif"


def _considerees(demande: DemandePrix, choix: _Choix, retenue: object) -> Iterator[LigneConsideree]:
    """Every row, as the demand has them; the one that a rule would have taken may come after an earlier rule."""
    jour, quantite = demande.date_document, abs(demande.quantite)
    for sienne in demande.lignes_client:
        choisie = choix.famille if sienne.article is None else choix.article
        source: Source = "client_famille" if sienne.article is None else "client_article"
        yield _consideree(sienne, motif_client(sienne, jour, choisie), source, retenue)
    for ligne in demande.lignes_tarif:
        motif = motif_tarif(ligne, demande.tarif, jour, quantite, choix.tarif)
        yield _consideree(ligne, motif, "tarif", retenue)


def _consideree(ligne: LigneClient | LigneTarif, motif: Motif, source: Source, retenue: object) -> LigneConsideree:
    devancee = motif == "retenu" and ligne is not retenue
    return LigneConsideree(ligne, "regle_precedente" if devancee else motif, source)


def _palier_suivant(
    demande: DemandePrix, regle: Regle, valables: Sequence[LigneTarif]
) -> tuple[Palier | None, SansPalier | None]:
    """The next break of the tariff, or why there is none."""
    if regle in {"client_article", "client_famille"}:
        return None, "prix_client"
    quantite = min(
        (une.quantite_minimum for une in valables if une.quantite_minimum > abs(demande.quantite)), default=None
    )
    if quantite is None:
        return None, "dernier_palier" if valables else "sans_tarif"
    prix, remise, _ = _prix_et_remise(demande, "tarif", palier_atteint(valables, quantite))
    return Palier(quantite, prix, remise), None
