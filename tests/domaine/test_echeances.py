"""Due dates: days, then end of month, then fixed day (TAB-01, PAI-01)."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aurore_domain.echeances import JourFixeInvalide, JoursNegatifs, date_echeance
from aurore_domain.erreurs import ErreurAurore


@dataclass(frozen=True)
class Terme:
    jours: int = 0
    fin_de_mois: bool = False
    jour_fixe: int | None = None


TABLE = """
depart     | jours | fin de mois | jour fixe | echeance
2026-11-22 | 0     |             |           | 2026-11-22
2026-11-22 | 30    |             |           | 2026-12-22
2026-12-31 | 1     |             |           | 2027-01-01
2028-01-30 | 30    |             |           | 2028-02-29
2026-01-30 | 30    |             |           | 2026-03-01
2026-11-22 | 0     | oui         |           | 2026-11-30
2026-11-30 | 0     | oui         |           | 2026-11-30
2026-11-22 | 30    | oui         |           | 2026-12-31
2028-02-01 | 0     | oui         |           | 2028-02-29
2026-02-01 | 0     | oui         |           | 2026-02-28
2026-11-22 | 0     |             | 25        | 2026-11-25
2026-11-22 | 0     |             | 22        | 2026-11-22
2026-11-22 | 0     |             | 15        | 2026-12-15
2026-12-22 | 0     |             | 15        | 2027-01-15
2026-11-22 | 0     |             | 31        | 2026-11-30
2026-01-31 | 0     |             | 30        | 2026-02-28
2028-01-31 | 0     |             | 30        | 2028-02-29
2028-02-29 | 0     |             | 31        | 2028-02-29
2026-11-22 | 30    | oui         | 10        | 2027-01-10
2026-11-22 | 0     | oui         | 31        | 2026-11-30
2028-02-10 | 0     | oui         | 30        | 2028-02-29
2026-10-02 | 60    | oui         | 5         | 2027-01-05
"""


@pytest.mark.parametrize("rangee", TABLE.strip().splitlines()[1:])
def test_pai_01_days_then_end_of_month_then_fixed_day(rangee: str) -> None:
    depart, jours, fin_de_mois, jour_fixe, echeance = (case.strip() for case in rangee.split("|"))
    terme = Terme(int(jours), fin_de_mois == "oui", int(jour_fixe) if jour_fixe else None)
    assert date_echeance(date.fromisoformat(depart), terme) == date.fromisoformat(echeance)


@given(
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.builds(Terme, st.integers(0, 400), st.booleans(), st.none() | st.integers(1, 31)),
)
def test_pai_01_never_before_the_days_nor_two_months_later(depart: date, terme: Terme) -> None:
    """PAI-01: the end of month and the fixed day only ever postpone, by less than two months together."""
    compte = depart + timedelta(days=terme.jours)
    assert compte <= date_echeance(depart, terme) < compte + timedelta(days=62)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 400), st.integers(1, 28))
def test_pai_01_a_fixed_day_every_month_has_is_kept(depart: date, jours: int, jour_fixe: int) -> None:
    assert date_echeance(depart, Terme(jours, jour_fixe=jour_fixe)).day == jour_fixe


@pytest.mark.parametrize(
    ("terme", "erreur", "pointeur"),
    [
        (Terme(jours=-1), JoursNegatifs, "#/jours"),
        (Terme(jour_fixe=0), JourFixeInvalide, "#/jour_fixe"),
        (Terme(jour_fixe=32), JourFixeInvalide, "#/jour_fixe"),
    ],
)
def test_tab_01_a_term_without_meaning_is_refused(terme: Terme, erreur: type[ErreurAurore], pointeur: str) -> None:
    with pytest.raises(erreur) as refus:
        date_echeance(date(2026, 11, 22), terme)
    assert refus.value.pointeur == pointeur
