"""Taxes of a line against their definition in exact fractions, and what nothing may do to them (CAL-06)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aurore_domain.groupes_tva import Charge
from aurore_domain.montants_lignes import montant_taxe
from aurore_domain.totaux import Escompte, Part, Totaux, totaliser
from aurore_domain.tva import EXONERE, Traitement

ZERO = Decimal(0)
sans_delai = settings(deadline=None)
"""A busy machine makes no example wrong."""
S6, S12, S21 = (Traitement("S", Decimal(taux)) for taux in (6, 12, 21))


@dataclass(frozen=True)
class Taxe:
    montant: Decimal | None
    pourcentage: Decimal | None
    traitement: Traitement


@dataclass(frozen=True)
class Ligne:
    quantite: Decimal
    prix: Decimal
    traitement: Traitement = S6
    remise: Decimal = ZERO
    taxes: Sequence[Taxe] = ()
    sous_total: bool = False


def _decimales(maximum: int, places: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(min_value=0, max_value=maximum, places=places)


traitements = st.sampled_from([S6, S12, S21, Traitement("Z", ZERO), EXONERE])
taxes_par_unite = st.builds(Taxe, _decimales(20, 4), st.none(), traitements)
taxes_en_pour_cent = st.builds(Taxe, st.none(), _decimales(100, 2), traitements)
taxes = st.one_of(taxes_par_unite, taxes_en_pour_cent)
lignes = st.builds(
    Ligne,
    st.one_of(st.integers(0, 12).map(Decimal), _decimales(10_000, 6)),
    _decimales(1_000, 4),
    traitements,
    st.one_of(st.just(ZERO), _decimales(100, 2)),
    st.lists(taxes, max_size=3),
)


def _cents(valeur: Fraction) -> Fraction:
    return Fraction(floor(valeur * 100 + Fraction(1, 2)), 100)


def _parts(totaux: Totaux) -> list[Part]:
    return [part for ligne in totaux.lignes for part in ligne.taxes]


@pytest.mark.parametrize(
    ("quantite", "prix", "remise", "par_unite", "pourcentage", "montant"),
    [
        ("24", "1.0000", "0", "0.1000", None, "2.40"),
        ("3", "1.0000", "50", "0.0050", None, "0.02"),  # 0.015, away from zero; no discount
        ("1", "1.0000", "100", "2.5000", None, "2.50"),  # what is given away bears its deposit
        ("0.333333", "9.0000", "0", "1.0000", None, "0.33"),
        ("0", "9.0000", "0", "1.0000", None, "0.00"),
        ("10", "1.5000", "0", None, "2.00", "0.30"),
        ("10", "1.5000", "10", None, "2.00", "0.27"),  # of 13.50, what the discount leaves
        ("1", "0.2500", "0", None, "10.00", "0.03"),  # 0.025, away from zero
        ("1", "1.0050", "0", None, "50.00", "0.51"),  # of the line's 1.01, not of 1.005
        ("1", "0.0049", "0", None, "100.00", "0.00"),  # of nothing
    ],
)
def test_cal_06_amount_of_a_tax(
    quantite: str, prix: str, remise: str, par_unite: str | None, pourcentage: str | None, montant: str
) -> None:
    taxe = Taxe(Decimal(par_unite) if par_unite else None, Decimal(pourcentage) if pourcentage else None, S21)
    ligne = Ligne(Decimal(quantite), Decimal(prix), remise=Decimal(remise), taxes=(taxe,))
    assert [str(part.montant_htva) for part in _parts(totaliser([ligne]))] == [montant]


@pytest.mark.parametrize(
    ("taxe", "montant"),
    [
        (Taxe(Decimal("0.1210"), None, S21), "1.21"),  # stated VAT included, as prices are
        (Taxe(None, Decimal(10), S21), "12.10"),  # 10 % of the 100.00 that 106.00 is without VAT, and its own VAT
        (Taxe(None, Decimal(10), EXONERE), "10.00"),
    ],
)
def test_cal_14_a_tax_where_prices_include_vat(taxe: Taxe, montant: str) -> None:
    ligne = Ligne(Decimal(10), Decimal("10.6000"), taxes=(taxe,))
    assert str(montant_taxe(taxe, ligne, Decimal("106.00"), prix_tvac=True)) == montant
    assert [str(part.montant_tvac) for part in _parts(totaliser([ligne], prix_tvac=True))] == [montant]


@sans_delai
@given(st.lists(lignes, max_size=8))
def test_cal_06_every_tax_is_what_its_definition_says(lignes: list[Ligne]) -> None:
    attendus = []
    for ligne in lignes:
        quantite = Fraction(ligne.quantite)
        htva = _cents(quantite * Fraction(ligne.prix) * (100 - Fraction(ligne.remise)) / 100)
        for taxe in ligne.taxes:
            juste = (
                htva * Fraction(taxe.pourcentage or 0) / 100
                if taxe.montant is None
                else quantite * Fraction(taxe.montant)
            )
            attendus.append((taxe.traitement, _cents(juste)))
    assert [(part.traitement, Fraction(part.montant_htva)) for part in _parts(totaliser(lignes))] == attendus


@sans_delai
@given(st.lists(lignes, max_size=8), _decimales(10, 2), st.sampled_from(("deduit", "conditionnel")), _decimales(50, 2))
def test_cal_06_neither_escompte_nor_charge_touches_a_tax(
    lignes: list[Ligne], pourcentage: Decimal, genre: str, frais: Decimal
) -> None:
    escompte = Escompte(genre, pourcentage)  # type: ignore[arg-type]  # one of the two
    avec = totaliser(lignes, charges=[Charge(frais)], escompte=escompte, traitement_par_defaut=S21)
    assert _parts(avec) == _parts(totaliser(lignes))
    sans_taxes = [replace(ligne, taxes=()) for ligne in lignes]
    sans = totaliser(sans_taxes, charges=[Charge(frais)], escompte=escompte, traitement_par_defaut=S21)
    assert (avec.escompte, avec.charges) == (sans.escompte, sans.charges)


@sans_delai
@given(lignes, _decimales(100, 2), _decimales(20, 4))
def test_cal_06_a_tax_per_unit_is_never_discounted(ligne: Ligne, remise: Decimal, montant: Decimal) -> None:
    taxe = (Taxe(montant, None, S21),)
    pleine, remisee = replace(ligne, taxes=taxe, remise=ZERO), replace(ligne, taxes=taxe, remise=remise)
    assert _parts(totaliser([pleine])) == _parts(totaliser([remisee]))


@sans_delai
@given(st.lists(lignes, max_size=8))
def test_cal_06_taxes_add_to_the_groups_of_their_own_treatment_and_to_nothing_else(lignes: list[Ligne]) -> None:
    avec, sans = totaliser(lignes), totaliser([replace(ligne, taxes=()) for ligne in lignes])
    bases = {(un.categorie, un.taux): un.base for un in sans.par_taux}
    for part in _parts(avec):
        cle = (part.traitement.categorie, part.traitement.taux)
        bases[cle] = bases.get(cle, ZERO) + part.montant_htva
    assert {(un.categorie, un.taux): un.base for un in avec.par_taux} == bases
    assert [une.montant_htva for une in avec.lignes] == [une.montant_htva for une in sans.lignes]
    assert avec.htva == sans.htva + sum((part.montant_htva for part in _parts(avec)), ZERO)


@sans_delai
@given(st.lists(lignes, max_size=8), st.booleans())
def test_cal_20_the_order_of_a_line_s_taxes_changes_no_total(lignes: list[Ligne], prix_tvac: bool) -> None:
    retournees = [replace(ligne, taxes=tuple(reversed(ligne.taxes))) for ligne in lignes]
    un, autre = totaliser(lignes, prix_tvac=prix_tvac), totaliser(retournees, prix_tvac=prix_tvac)
    assert (un.par_taux, un.montant_du) == (autre.par_taux, autre.montant_du)
