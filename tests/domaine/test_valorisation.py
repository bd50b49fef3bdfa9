"""Weighted average and last purchase price (CAL-12, CAL-13)."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aurore_domain.valorisation import Valorisation, rejouer, valeur_du_stock

DEBUT = date(2026, 11, 1)


@dataclass(frozen=True)
class Entree:
    date: date
    quantite: Decimal
    prix: Decimal
    stock_avant: Decimal
    frais: Decimal = Decimal(0)


def entrees(table: str) -> list[Entree]:
    """Stock before, quantity, price; a day after the other."""
    rangees = [rangee.split("|") for rangee in table.strip().splitlines()]
    return [
        Entree(DEBUT + timedelta(days=rang), Decimal(quantite.strip()), Decimal(prix.strip()), Decimal(avant.strip()))
        for rang, (avant, quantite, prix) in enumerate(rangees)
    ]


@pytest.mark.parametrize(
    ("table", "pamp", "dernier"),
    [
        ("0 | 100 | 0.5000", "0.500000", "0.500000"),
        ("0 | 100 | 0.5000\n100 | 100 | 0.7000", "0.600000", "0.700000"),
        ("0 | 100 | 0.5000\n50 | 100 | 0.8000", "0.700000", "0.800000"),  # 50 went in between
        ("0 | 3 | 1.0000\n1 | 2 | 2.0000", "1.666667", "2.000000"),
        ("0 | 10 | 1.0000\n0 | 10 | 3.0000", "3.000000", "3.000000"),  # nothing was left
        ("0 | 10 | 1.0000\n-5 | 10 | 3.0000", "3.000000", "3.000000"),  # less than nothing was left
        ("7 | 10 | 3.0000", "3.000000", "3.000000"),  # counted before anything was bought: it has cost nothing known
        ("0 | 10 | 1.0000\n10 | -4 | 9.0000", "1.000000", "1.000000"),  # no entry at all
        ("0 | 10 | 0", "0.000000", "0.000000"),
    ],
)
def test_cal_12_cal_13_replay(table, pamp, dernier):
    valeur = rejouer(entrees(table))
    assert (str(valeur.pamp), str(valeur.dernier_prix)) == (pamp, dernier)


def test_cal_13_nothing_was_bought():
    assert rejouer([]) == Valorisation(None, None, None, None)


def test_cal_13_the_latest_entry_tells_its_costs_and_day():
    une = Entree(DEBUT, Decimal(1), Decimal("1.25"), Decimal(0), Decimal("0.05"))
    assert rejouer([une]) == Valorisation(
        Decimal("1.250000"), Decimal("1.250000"), Decimal("0.0500"), date(2026, 11, 1)
    )


quantites = st.decimals(min_value=-1000, max_value=1000, places=3)


@given(st.lists(st.tuples(quantites, quantites, st.decimals(min_value=0, max_value=999, places=4)), max_size=8))
def test_cal_12_against_fractions(rangees):
    """An independent computation, rounded to 6 decimals at each entry; it never leaves the range of what was paid."""
    attendu = None
    for avant, quantite, prix in rangees:
        if quantite <= 0:
            continue
        juste = Fraction(prix)
        if avant > 0 and attendu is not None:
            juste = (Fraction(avant) * attendu + Fraction(quantite) * Fraction(prix)) / (
                Fraction(avant) + Fraction(quantite)
            )
        attendu = Fraction(int(juste * 10**6 + Fraction(1, 2)), 10**6)
    suite = [Entree(DEBUT, quantite, prix, avant) for avant, quantite, prix in rangees]
    trouve = rejouer(suite).pamp
    assert (None if trouve is None else Fraction(trouve)) == attendu
    payes = [prix for _, quantite, prix in rangees if quantite > 0]
    if trouve is not None:
        assert min(payes) <= trouve <= max(payes)


@pytest.mark.parametrize(
    ("quantite", "prix", "valeur"),
    [("3", "1.666667", "5.00"), ("-2", "0.5", "-1.00"), ("10", None, "0.00"), ("0.005", "1", "0.01")],
)
def test_mvt_04_value(quantite, prix, valeur):
    assert str(valeur_du_stock(Decimal(quantite), prix and Decimal(prix))) == valeur
