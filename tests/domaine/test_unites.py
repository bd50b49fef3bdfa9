"""Two quantities of one line: conversion and check."""

from decimal import ROUND_UP, Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aurore_domain.unites import (
    Conversion,
    FacteurInvalide,
    Operateur,
    Quantite,
    QuantiteManquante,
    QuantitesIncoherentes,
    UniteCommandeManquante,
    completer,
    vers_base,
    vers_supplementaire,
)

PIECE = Conversion(facteur=Decimal("0.35"), operateur="M", decimales=0, decimales_base=3)
"""Bread kept in kg and ordered in pieces of 0.35 kg."""

conversions = st.builds(
    Conversion,
    facteur=st.decimals(min_value="0.0001", max_value=10_000, places=4),
    operateur=st.sampled_from(("M", "D")),
    decimales=st.integers(0, 6),
    decimales_base=st.integers(0, 6),
)
quantites = st.decimals(min_value=-100_000, max_value=100_000, places=6)


@pytest.mark.parametrize(
    ("operateur", "facteur", "quantite", "en_base", "en_supplementaire"),
    [
        # base kg, piece of 0.35 kg: 6 pieces are 2.1 kg; 6 kg are 17.142857… pieces
        ("M", "0.35", "6", "2.100", "17.14"),
        # base piece, crate of 24: 6 crates are 144 pieces; 6 pieces are a quarter of a crate
        ("M", "24", "6", "144.000", "0.25"),
        # base crate, 24 pieces in one: 6 pieces are 0.25 crate; 6 crates are 144 pieces
        ("D", "24", "6", "0.250", "144.00"),
        # base kg, 3 pieces in one: 6 pieces are 2 kg; 6 kg are 18 pieces
        ("D", "3", "6", "2.000", "18.00"),
        # an exact half is rounded away from zero, on both sides of it
        ("M", "0.0005", "1", "0.001", "2000.00"),
        ("M", "0.0005", "-1", "-0.001", "-2000.00"),
    ],
)
def test_cal_01_operators(
    operateur: Operateur, facteur: str, quantite: str, en_base: str, en_supplementaire: str
) -> None:
    conversion = Conversion(facteur=Decimal(facteur), operateur=operateur, decimales=2, decimales_base=3)
    assert str(vers_base(Decimal(quantite), conversion)) == en_base
    assert str(vers_supplementaire(Decimal(quantite), conversion)) == en_supplementaire


def test_cal_02_three_pieces_are_1_050_kg_and_back() -> None:
    assert completer(None, Decimal(3), PIECE) == Quantite(Decimal("1.050"), Decimal(3), "commande")
    assert completer(Decimal("1.050"), None, PIECE) == Quantite(Decimal("1.050"), Decimal(3), "base")


def test_cal_02_the_typed_quantity_is_never_recomputed() -> None:
    # 1 kg is nearest to 3 pieces, which would be 1.050 kg: the kilogram stays
    assert completer(Decimal(1), None, PIECE) == Quantite(Decimal(1), Decimal(3), "base")
    # half a piece and six decimals of a kilogram pass though pieces have none and kilograms three
    assert completer(None, Decimal("0.5"), PIECE).quantite_unite_commande == Decimal("0.5")
    assert completer(Decimal("0.123456"), None, PIECE).quantite == Decimal("0.123456")


def test_cal_02_a_line_without_order_unit_has_one_quantity() -> None:
    assert completer(Decimal(7), None, None) == Quantite(Decimal(7), None, "base")
    with pytest.raises(UniteCommandeManquante) as refus:
        completer(None, Decimal(7), None)
    assert refus.value.pointeur == "#/quantite_unite_commande"


@pytest.mark.parametrize("conversion", [PIECE, None])
def test_doc_12_a_quantity_is_needed_in_one_unit_or_the_other(conversion: Conversion | None) -> None:
    with pytest.raises(QuantiteManquante):
        completer(None, None, conversion)


def _poids_variable(tolerance: str, *, flou: bool = True) -> Conversion:
    return Conversion(
        facteur=Decimal(21), operateur="M", decimales=0, decimales_base=3, flou=flou, tolerance=Decimal(tolerance)
    )


def test_cal_03_five_pieces_of_21_kg_delivered_as_110_kg_pass_at_5_percent() -> None:
    assert completer(Decimal(110), Decimal(5), _poids_variable("5")) == Quantite(Decimal(110), Decimal(5), "les_deux")


@pytest.mark.parametrize(
    ("tolerance", "flou", "quantite", "pieces", "minimum", "maximum"),
    [
        ("4", True, "110", "5", "100.8", "109.2"),
        ("4", True, "100.799999", "5", "100.8", "109.2"),
        ("4", True, "-110", "-5", "-109.2", "-100.8"),
        # without `flou` the tolerance does not count
        ("5", False, "105.000001", "5", "105", "105"),
    ],
)
def test_cal_03_refusal_says_what_is_expected_and_the_bounds(
    tolerance: str, flou: bool, quantite: str, pieces: str, minimum: str, maximum: str
) -> None:
    with pytest.raises(QuantitesIncoherentes) as refus:
        completer(Decimal(quantite), Decimal(pieces), _poids_variable(tolerance, flou=flou))
    assert refus.value.pointeur == "#/quantite"
    assert refus.value.valeurs == {
        "attendu": 21 * Decimal(pieces),
        "minimum": Decimal(minimum),
        "maximum": Decimal(maximum),
    }


@pytest.mark.parametrize("borne", ["100.8", "105", "109.2"])
def test_cal_03_the_bounds_themselves_pass(borne: str) -> None:
    assert completer(Decimal(borne), Decimal(5), _poids_variable("4")).quantite == Decimal(borne)


def test_cal_03_without_flou_the_exact_pair_passes() -> None:
    assert completer(Decimal("1.05"), Decimal(3), PIECE) == Quantite(Decimal("1.05"), Decimal(3), "les_deux")


@pytest.mark.parametrize("facteur", ["0", "-1"])
def test_art_13_a_factor_is_above_zero(facteur: str) -> None:
    with pytest.raises(FacteurInvalide):
        Conversion(facteur=Decimal(facteur), operateur="M", decimales=0, decimales_base=3)


@given(quantites, conversions)
def test_cal_21_converting_never_changes_the_typed_quantity(quantite: Decimal, conversion: Conversion) -> None:
    en_base = completer(quantite, None, conversion)
    en_commande = completer(None, quantite, conversion)
    assert (en_base.quantite, en_base.saisie) == (quantite, "base")
    assert (en_commande.quantite_unite_commande, en_commande.saisie) == (quantite, "commande")
    # and what was completed is a pair that can be typed again
    assert completer(en_commande.quantite, quantite, conversion).quantite == en_commande.quantite


@given(quantites, quantites, conversions)
def test_cal_21_conversion_is_monotonic(une: Decimal, autre: Decimal, conversion: Conversion) -> None:
    moindre, plus_grande = sorted((une, autre))
    assert vers_base(moindre, conversion) <= vers_base(plus_grande, conversion)
    assert vers_supplementaire(moindre, conversion) <= vers_supplementaire(plus_grande, conversion)


def test_cal_02_conversion_does_not_depend_on_the_ambient_decimal_context() -> None:
    with localcontext(prec=2, rounding=ROUND_UP):
        assert completer(None, Decimal("1234.5"), PIECE).quantite == Decimal("432.075")
        with pytest.raises(QuantitesIncoherentes):
            completer(Decimal("109.200001"), Decimal(5), _poids_variable("4"))
