"""Prices against an oracle that filters and sorts naively, in fractions (CAL-04, CAL-05, CLI-09)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import floor
from random import Random
from typing import TypeAlias, TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from aurore_domain.montants_lignes import montant_ligne
from aurore_domain.prix import DemandePrix, resoudre_prix

DEBUT = date(2026, 6, 1)


@dataclass(frozen=True)
class Tarif:
    """A tariff row as storage would give it."""

    tarif: str
    quantite_minimum: Decimal
    valeur: Decimal | None
    remise: Decimal | None
    du: date | None
    au: date | None


@dataclass(frozen=True)
class Propre:
    """A row of a client's own prices as storage would give it."""

    article: str | None
    famille: str | None
    valeur: Decimal | None
    remise: Decimal | None
    du: date | None
    au: date | None


Rang: TypeAlias = Tarif | Propre
R = TypeVar("R", bound=Rang)


@dataclass(frozen=True, kw_only=True)
class Cas:
    """What a price is asked for."""

    quantite: Decimal
    jour: date
    prix_base: Decimal
    tarif: str | None
    remise_generale: Decimal
    propres: tuple[Propre, ...]
    tarifs: tuple[Tarif, ...]
    prix_saisi: Decimal | None = None
    remise_saisie: Decimal | None = None

    @property
    def demande(self) -> DemandePrix:
        """The same for the domain."""
        return DemandePrix(
            quantite=self.quantite,
            date_document=self.jour,
            prix_base=self.prix_base,
            prix_saisi=self.prix_saisi,
            remise_saisie=self.remise_saisie,
            tarif=self.tarif,
            remise_generale=self.remise_generale,
            lignes_client=self.propres,
            lignes_tarif=self.tarifs,
        )


jours = st.integers(0, 6).map(lambda rang: DEBUT + timedelta(days=rang))
prix = st.decimals(min_value=0, max_value=50, places=4)
remises = st.sampled_from(("0", "2", "5", "12.5", "12.51", "100")).map(Decimal)
gains = st.one_of(st.tuples(prix, st.none()), st.tuples(st.none(), remises))
"""A price or a discount."""
paliers = ("0", "10", "12")
quantites = st.one_of(
    st.sampled_from((*paliers, "9.999999", "11", "-12")).map(Decimal),
    st.decimals(min_value=-20, max_value=20, places=6),
)


@st.composite
def periodes(tirer: st.DrawFn) -> tuple[date | None, date | None]:
    """A first and a last day in this order, either of which may be missing."""
    du, au = sorted((tirer(jours), tirer(jours)))
    return tirer(st.sampled_from((du, None))), tirer(st.sampled_from((au, None)))


@st.composite
def lignes_tarif(tirer: st.DrawFn) -> Tarif:
    """A row of one of two tariffs."""
    tarif, minimum = tirer(st.sampled_from(("REV", "REV", "HOR"))), Decimal(tirer(st.sampled_from(paliers)))
    (valeur, remise), (du, au) = tirer(gains), tirer(periodes())
    return Tarif(tarif, minimum, valeur, remise, du, au)


@st.composite
def lignes_propres(tirer: st.DrawFn) -> Propre:
    """A row for the article or for its famille."""
    article, famille = tirer(st.sampled_from((("BAG", None), (None, "PAIN"))))
    (valeur, remise), (du, au) = tirer(gains), tirer(periodes())
    return Propre(article, famille, valeur, remise, du, au)


# Two rows of one reach that begin on the same day never meet: the database refuses them.
cas = st.builds(
    Cas,
    quantite=quantites,
    jour=jours,
    prix_base=prix,
    tarif=st.sampled_from(("REV", "REV", "HOR", None)),
    remise_generale=remises,
    propres=st.lists(lignes_propres(), max_size=3, unique_by=lambda une: (une.article, une.du)).map(tuple),
    tarifs=st.lists(lignes_tarif(), max_size=6, unique_by=lambda une: (une.tarif, une.quantite_minimum, une.du)).map(
        tuple
    ),
)
saisies = st.one_of(st.none(), prix), st.one_of(st.none(), remises)


def du_jour(lignes: Sequence[R], jour: date) -> list[R]:
    """The rows that hold on a day, the latest last."""
    valables = [une for une in lignes if not ((une.du and une.du > jour) or (une.au and une.au < jour))]
    return sorted(valables, key=lambda une: une.du or date.min)


def atteintes(un: Cas) -> list[Tarif]:
    """The rows of the tariff that hold and are reached, the best last."""
    valables = [une for une in du_jour(un.tarifs, un.jour) if une.tarif == un.tarif]
    reach = [une for une in valables if Fraction(une.quantite_minimum) <= abs(Fraction(un.quantite))]
    return sorted(reach, key=lambda une: Fraction(une.quantite_minimum))


def oracle(un: Cas) -> tuple[str, Rang | None, Fraction, Fraction]:
    """Rule, row, price and discount of a line, the last rule first and each earlier one over it."""
    generale = Fraction(un.remise_generale)
    trouve: tuple[str, Rang | None, Fraction, Fraction] = ("base", None, Fraction(un.prix_base), generale)
    for ligne in atteintes(un)[-1:]:
        trouve = ("tarif", ligne, *_gain(un, ligne, generale))
    for regle, cible in (("client_famille", "PAIN"), ("client_article", "BAG")):
        siennes = [une for une in un.propres if cible in (une.article, une.famille)]
        for propre in du_jour(siennes, un.jour)[-1:]:
            trouve = (regle, propre, *_gain(un, propre, Fraction(0)))
    if un.prix_saisi is not None:
        trouve = ("saisi", None, Fraction(un.prix_saisi), Fraction(0))
    return trouve if un.remise_saisie is None else (*trouve[:3], Fraction(un.remise_saisie))


def _gain(un: Cas, ligne: Rang, generale: Fraction) -> tuple[Fraction, Fraction]:
    if ligne.valeur is not None:
        return Fraction(ligne.valeur), Fraction(0)
    assert ligne.remise is not None
    return Fraction(un.prix_base), sorted((Fraction(ligne.remise), generale))[1]


def cents(valeur: Fraction) -> Fraction:
    """Rounded to the cent, half away from zero."""
    return Fraction(floor(abs(valeur) * 100 + Fraction(1, 2)) * (-1 if valeur < 0 else 1), 100)


@given(cas, *saisies)
@settings(max_examples=300)
def test_cal_04_the_price_is_what_the_oracle_finds(
    un: Cas, prix_saisi: Decimal | None, remise_saisie: Decimal | None
) -> None:
    """CAL-04, CAL-05, CLI-09: rule, row, price, discount and amount; no case has more than one answer."""
    un = replace(un, prix_saisi=prix_saisi, remise_saisie=remise_saisie)
    trouve, (regle, ligne, prix_juste, remise_juste) = resoudre_prix(un.demande), oracle(un)
    assert (trouve.regle, trouve.ligne_retenue) == (regle, ligne)
    assert (Fraction(trouve.prix), Fraction(trouve.remise)) == (prix_juste, remise_juste)
    montant = montant_ligne(un.quantite, trouve.prix, trouve.remise)
    assert Fraction(montant) == cents(Fraction(un.quantite) * prix_juste * (1 - remise_juste / 100))


@given(cas, *saisies)
def test_cal_04_what_is_explained_can_be_typed_back(
    un: Cas, prix_saisi: Decimal | None, remise_saisie: Decimal | None
) -> None:
    """CAL-04: price and discount typed on the line give the same line, by rule 1."""
    trouve = resoudre_prix(replace(un, prix_saisi=prix_saisi, remise_saisie=remise_saisie).demande)
    rejoue = resoudre_prix(replace(un, prix_saisi=trouve.prix, remise_saisie=trouve.remise).demande)
    assert (rejoue.prix, rejoue.remise, rejoue.regle) == (trouve.prix, trouve.remise, "saisi")


@given(cas)
def test_cal_04_each_reason_is_true(un: Cas) -> None:
    """CAL-04: every row is told once, with a reason that the oracle confirms by changing what the reason names."""
    trouve = resoudre_prix(un.demande)
    assert [une.ligne for une in trouve.lignes_considerees] == [*un.propres, *un.tarifs]
    assert [une.ligne for une in trouve.lignes_considerees if une.motif == "retenu"] == (
        [] if trouve.ligne_retenue is None else [trouve.ligne_retenue]
    )
    for consideree in trouve.lignes_considerees:
        ligne = consideree.ligne
        assert isinstance(ligne, Rang)
        assert consideree.source == _source(ligne)
        _confirmer(un, ligne, consideree.motif)


def _source(ligne: Rang) -> str:
    if isinstance(ligne, Tarif):
        return "tarif"
    return "client_article" if ligne.article else "client_famille"


def _seule(un: Cas, ligne: Rang) -> Cas:
    """The same question where there is no other row."""
    if isinstance(ligne, Tarif):
        return replace(un, propres=(), tarifs=(ligne,))
    return replace(un, propres=(ligne,), tarifs=())


def _confirmer(un: Cas, ligne: Rang, motif: str) -> None:
    seule = _seule(un, ligne)
    assert (oracle(seule)[1] is ligne) == (motif in {"retenu", "regle_precedente", "palier_inferieur", "moins_recent"})
    if motif == "retenu":
        assert oracle(un)[1] is ligne
    elif motif == "regle_precedente":
        plus_loin = {"tarif": (), "client_famille": [une for une in un.propres if une.famille]}[_source(ligne)]
        assert oracle(un)[1] is not ligne
        assert oracle(replace(un, propres=tuple(plus_loin)))[1] is ligne
    elif motif == "autre_tarif":
        assert isinstance(ligne, Tarif)
        assert ligne.tarif != un.tarif
    elif motif == "pas_encore_valable":
        assert ligne.du is not None
        assert un.jour < ligne.du
    elif motif == "plus_valable":
        assert ligne.au is not None
        assert un.jour > ligne.au
    else:
        _confirmer_palier(un, seule, ligne, motif)


def _confirmer_palier(un: Cas, seule: Cas, ligne: Rang, motif: str) -> None:
    if motif == "quantite_insuffisante":
        assert isinstance(ligne, Tarif)
        assert oracle(replace(seule, quantite=ligne.quantite_minimum))[1] is ligne
        return
    meilleures = [une for une in atteintes(un) if une is not ligne] if isinstance(ligne, Tarif) else un.propres
    if motif == "palier_inferieur":
        assert isinstance(ligne, Tarif)
        assert any(isinstance(une, Tarif) and une.quantite_minimum > ligne.quantite_minimum for une in meilleures)
        return
    assert motif == "moins_recent"
    debut = ligne.du or date.min
    assert any((une.du or date.min) > debut and _meme_portee(une, ligne) for une in du_jour(meilleures, un.jour))


def _meme_portee(une: Rang, autre: Rang) -> bool:
    if isinstance(une, Tarif) and isinstance(autre, Tarif):
        return (une.tarif, une.quantite_minimum) == (autre.tarif, autre.quantite_minimum)
    return _source(une) == _source(autre)


@given(cas, *saisies)
def test_cal_04_the_general_discount_is_taken_or_says_what_stood_in_its_way(
    un: Cas, prix_saisi: Decimal | None, remise_saisie: Decimal | None
) -> None:
    """CAL-04: it adds to no other discount; without it the answer differs only where it was taken."""
    un = replace(un, prix_saisi=prix_saisi, remise_saisie=remise_saisie)
    avec, sans = resoudre_prix(un.demande), resoudre_prix(replace(un, remise_generale=Decimal(0)).demande)
    assert (avec.prix, avec.regle) == (sans.prix, sans.regle)
    assert (avec.sort_remise_generale == "aucune") == (un.remise_generale == 0)
    assert (avec.sort_remise_generale == "retenue") == (avec.remise != sans.remise)
    assert avec.remise == max(sans.remise, un.remise_generale) or avec.remise == sans.remise
    entraves = {
        "remise_saisie": remise_saisie is not None,
        "prix_saisi": avec.regle == "saisi",
        "prix_client": avec.regle in {"client_article", "client_famille"},
        "prix_du_tarif": avec.regle == "tarif"
        and avec.ligne_retenue is not None
        and bool(avec.ligne_retenue.valeur is not None),
        "remise_du_tarif": avec.regle == "tarif" and avec.remise == sans.remise >= un.remise_generale,
    }
    if avec.sort_remise_generale in entraves:
        assert entraves[avec.sort_remise_generale]


@given(cas)
def test_cal_04_the_next_break_is_the_first_quantity_at_which_the_tariff_changes_row(un: Cas) -> None:
    """CAL-04: nothing changes before it, and at it the price is what was announced."""
    trouve = resoudre_prix(un.demande)
    palier = trouve.palier_suivant
    assert (palier is None) != (trouve.sans_palier is None)
    if palier is not None:
        juste_avant = replace(un, quantite=palier.quantite_minimum - Decimal("0.000001"))
        assert oracle(juste_avant)[1] is oracle(un)[1]
        regle, ligne, prix_juste, remise_juste = oracle(replace(un, quantite=palier.quantite_minimum))
        assert (regle, isinstance(ligne, Tarif) and ligne.quantite_minimum) == ("tarif", palier.quantite_minimum)
        assert (Fraction(palier.prix), Fraction(palier.remise)) == (prix_juste, remise_juste)
        return
    sans_fin = oracle(replace(un, quantite=Decimal(1_000_000)))
    assert sans_fin[1] is oracle(un)[1]
    assert trouve.sans_palier == {"base": "sans_tarif", "tarif": "dernier_palier"}.get(trouve.regle, "prix_client")


@given(cas, st.randoms(use_true_random=False))
def test_cal_04_the_order_of_the_rows_and_the_sign_of_the_quantity_do_not_matter(un: Cas, hasard: Random) -> None:
    """CAL-04: storage may give the rows in any order; what comes back is priced as what went out."""
    battues = replace(
        un,
        quantite=-un.quantite,
        propres=tuple(hasard.sample(un.propres, len(un.propres))),
        tarifs=tuple(hasard.sample(un.tarifs, len(un.tarifs))),
    )
    trouve, autre = resoudre_prix(un.demande), resoudre_prix(battues.demande)
    assert {(une.ligne, une.motif) for une in trouve.lignes_considerees} == {
        (une.ligne, une.motif) for une in autre.lignes_considerees
    }
    assert replace(trouve, lignes_considerees=()) == replace(autre, lignes_considerees=())
