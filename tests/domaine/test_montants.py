"""Rounding and sharing to the cent (the preamble of the exact arithmetic, CAL-07, CAL-20)."""

from decimal import ROUND_UP, Decimal, Inexact, localcontext
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aurore_domain.montants import arrondir, exact, repartir

montants = st.decimals(min_value=-100_000, max_value=100_000, places=2)
poids_positifs = st.lists(st.decimals(min_value=0, max_value=10_000, places=2), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("valeur", "decimales", "attendu"),
    [
        ("0.005", 2, "0.01"),
        ("-0.005", 2, "-0.01"),
        ("0.0049999999999999999999999999999999", 2, "0.00"),
        ("-0.004", 2, "0.00"),
        ("2.5", 0, "3"),
        ("1.00005", 4, "1.0001"),
        ("12345678901234567890123456789.125", 2, "12345678901234567890123456789.13"),
    ],
)
def test_cal_half_is_rounded_away_from_zero(valeur: str, decimales: int, attendu: str) -> None:
    # compared as text: the number of decimals and the absence of -0 count
    assert str(arrondir(Decimal(valeur), decimales)) == attendu


@pytest.mark.parametrize(
    ("montant", "poids", "attendu"),
    [
        ("10.00", ["100", "100", "100"], ["3.34", "3.33", "3.33"]),
        ("10.00", ["1", "2", "3"], ["1.67", "3.33", "5.00"]),
        ("-10.00", ["1", "1", "1"], ["-3.33", "-3.33", "-3.34"]),
        ("0.01", ["1", "1"], ["0.01", "0.00"]),
        ("0.02", ["0", "7", "7"], ["0.00", "0.01", "0.01"]),
        ("10.00", ["-1", "-3"], ["2.50", "7.50"]),
        ("10.00", ["0", "0"], ["10.00", "0.00"]),
        ("10.00", [], []),
    ],
)
def test_cal_07_shares_by_largest_remainder(montant: str, poids: list[str], attendu: list[str]) -> None:
    assert [str(part) for part in repartir(Decimal(montant), [Decimal(un) for un in poids])] == attendu


def test_cal_07_equal_remainders_give_the_cent_to_the_earlier_one() -> None:
    # 28/3, 4/3 and 1/3 of a cent all leave a third: the one cent missing goes to the first
    parts = repartir(Decimal("0.11"), [Decimal(28), Decimal(4), Decimal(1)])
    assert parts == [Decimal("0.10"), Decimal("0.01"), Decimal("0.00")]


@given(montants, poids_positifs)
def test_cal_20_shares_add_up_and_are_within_a_cent_of_the_exact_share(montant: Decimal, poids: list[Decimal]) -> None:
    parts = repartir(montant, poids)
    assert sum(parts) == montant
    total = sum(map(Fraction, poids))
    if total:
        for part, un in zip(parts, poids, strict=True):
            assert abs(Fraction(part) - Fraction(montant) * Fraction(un) / total) < Fraction(1, 100)


@given(st.decimals(min_value=0, max_value=10_000, places=2), poids_positifs)
def test_cal_07_a_greater_weight_never_gets_less(montant: Decimal, poids: list[Decimal]) -> None:
    parts = [part for _, part in sorted(zip(poids, repartir(montant, poids), strict=True))]
    if sum(poids):
        assert all(moins <= plus for moins, plus in pairwise(parts))


@given(montants, st.lists(montants, min_size=1, max_size=8))
def test_cal_20_shares_add_up_for_weights_of_both_signs(montant: Decimal, poids: list[Decimal]) -> None:
    assert sum(repartir(montant, poids)) == montant


def test_amounts_do_not_depend_on_the_ambient_decimal_context() -> None:
    @exact
    def tiers() -> Decimal:
        return Decimal(200) / 3

    attendu = (arrondir(Decimal("12345.675")), repartir(Decimal("12345.67"), [Decimal(1), Decimal(2)]), tiers())
    with localcontext(prec=2, rounding=ROUND_UP) as contexte:
        contexte.traps[Inexact] = True
        obtenu = (arrondir(Decimal("12345.675")), repartir(Decimal("12345.67"), [Decimal(1), Decimal(2)]), tiers())
    assert obtenu == attendu
