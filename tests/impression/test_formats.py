"""Figures as people read them in each language."""

from datetime import date
from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aurore_api.formats import formats, iban, jour, numero_tva
from aurore_api.impression.modele import Langue


@pytest.mark.parametrize(
    ("langue", "montant", "pourcentage"),
    [
        ("fr", "-1\N{NO-BREAK SPACE}234\N{NO-BREAK SPACE}567,50", "6\N{NO-BREAK SPACE}%"),
        ("nl", "-1.234.567,50", "6%"),
        ("de", "-1.234.567,50", "6\N{NO-BREAK SPACE}%"),
        ("en", "-1,234,567.50", "6%"),
    ],
)
def test_imp_10_figures_follow_the_language(langue: Langue, montant: str, pourcentage: str):
    assert formats(langue).montant(Decimal("-1234567.5")) == montant
    assert formats(langue).pourcentage(Decimal("6.00")) == pourcentage


@pytest.mark.parametrize(
    ("prix", "imprime"), [("0.8500", "0,85"), ("12", "12,00"), ("0.8725", "0,8725"), ("0.9250", "0,925"), ("0", "0,00")]
)
def test_imp_10_prices_have_two_to_four_decimals(prix: str, imprime: str):
    assert formats("fr").prix(Decimal(prix)) == imprime


@pytest.mark.parametrize(
    ("quantite", "imprime"), [("120.000", "120"), ("12.500", "12,5"), ("1E+3", "1.000"), ("0.000001", "0,000001")]
)
def test_imp_10_quantities_have_no_trailing_zeros(quantite: str, imprime: str):
    assert formats("nl").quantite(Decimal(quantite)) == imprime


def test_imp_10_a_negative_nothing_is_nothing():
    assert formats("fr").montant(Decimal("-0.00")) == "0,00"


@given(st.decimals(min_value=-(10**13), max_value=10**13, places=2))
def test_imp_10_amounts_are_printed_to_the_cent_whatever_the_context(montant: Decimal):
    with localcontext(prec=3):
        imprime = formats("en").montant(montant)
    assert Decimal(imprime.replace(",", "")) == montant


def test_imp_10_dates_and_countries():
    assert jour(date(2026, 2, 3)) == "03/02/2026"
    assert formats("nl").pays("DE") == "Duitsland"
    assert formats("nl").pays("??") == "??"


@pytest.mark.parametrize(
    ("donne", "imprime"),
    [("BE0403170701", "BE 0403.170.701"), ("BE 0403.170.701", "BE 0403.170.701"), ("FR40303265045", "FR40303265045")],
)
def test_imp_20_vat_numbers_are_grouped(donne: str, imprime: str):
    assert numero_tva(donne).replace("\N{NO-BREAK SPACE}", " ") == imprime


def test_imp_20_ibans_are_in_groups_of_four():
    assert iban("BE68539007547034").split("\N{NO-BREAK SPACE}") == ["BE68", "5390", "0754", "7034"]
