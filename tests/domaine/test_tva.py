"""VAT rates and regimes."""

from datetime import date
from decimal import Decimal

import pytest

from aurore_domain.tva import (
    EXONERE,
    REGIMES,
    Lettre,
    Regime,
    TauxInconnu,
    Traitement,
    avec_tva,
    hors_tva,
    taux_a_la_date,
)

TAUX_NORMAL_BELGE = [
    (date(1994, 1, 1), Decimal("20.5")),
    (date(1996, 1, 1), Decimal(21)),
    (date(1992, 4, 1), Decimal("19.5")),
]
"""The Belgian standard rate as it changed, deliberately out of order."""


@pytest.mark.parametrize(
    ("jour", "taux"),
    [
        (date(1992, 4, 1), "19.5"),
        (date(1993, 12, 31), "19.5"),
        (date(1994, 1, 1), "20.5"),
        (date(1995, 12, 31), "20.5"),
        (date(2026, 11, 22), "21"),
    ],
)
def test_cal_07_the_rate_is_that_of_the_date(jour: date, taux: str) -> None:
    assert taux_a_la_date(TAUX_NORMAL_BELGE, jour) == Decimal(taux)


def test_cal_07_no_rate_before_the_first() -> None:
    with pytest.raises(TauxInconnu) as refus:
        taux_a_la_date(TAUX_NORMAL_BELGE, date(1992, 3, 31))
    assert refus.value.valeurs == {"date": date(1992, 3, 31)}


@pytest.mark.parametrize(
    ("regime", "taux", "lettre", "taux_applique", "mention"),
    [
        ("national", "21", "S", "21", False),
        ("national", "6", "S", "6", False),
        ("national", "0", "Z", "0", False),
        ("cocontractant", "21", "AE", "0", True),
        ("intracommunautaire", "6", "K", "0", True),
        ("export", "21", "G", "0", True),
        ("exonere", "21", "E", "0", True),
    ],
)
def test_cal_09_the_regime_decides_the_rate(
    regime: Regime, taux: str, lettre: Lettre, taux_applique: str, mention: bool
) -> None:
    assert REGIMES[regime].traitement(Decimal(taux)) == Traitement(lettre, Decimal(taux_applique))
    assert REGIMES[regime].mention_legale is mention


@pytest.mark.parametrize(
    ("regime", "attendu"), [("national", EXONERE), ("intracommunautaire", Traitement("K", Decimal(0)))]
)
def test_pep_05_an_exempt_code_is_exempt_where_vat_applies(regime: Regime, attendu: Traitement) -> None:
    assert REGIMES[regime].traitement(Decimal(0), exonere=True) == attendu


def test_cal_09_every_regime_is_known_by_its_own_name() -> None:
    assert [categorie.regime for categorie in REGIMES.values()] == list(REGIMES)


@pytest.mark.parametrize(
    ("htva", "taux", "tvac"), [("100.00", "6", "106.00"), ("8.49", "6", "9.00"), ("0.85", "6", "0.90")]
)
def test_cal_14_amount_with_and_without_vat(htva: str, taux: str, tvac: str) -> None:
    assert avec_tva(Decimal(htva), Decimal(taux)) == Decimal(tvac)
    assert hors_tva(Decimal(tvac), Decimal(taux)) == Decimal(htva)
