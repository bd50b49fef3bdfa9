"""How long fiscal documents keep the data of their clients (CLI-10)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aurore_domain.conservation import conserve_jusqu_au, premier_jour_conserve


@pytest.mark.parametrize(
    ("document", "dernier_jour"),
    [
        (date(2022, 1, 1), date(2032, 12, 31)),
        (date(2022, 12, 31), date(2032, 12, 31)),
        (date(2024, 2, 29), date(2034, 12, 31)),
        (date(2025, 6, 16), date(2035, 12, 31)),
    ],
)
def test_cli_10_a_document_is_kept_ten_years_after_its_own(document, dernier_jour):
    assert conserve_jusqu_au(document) == dernier_jour
    assert premier_jour_conserve(dernier_jour) <= document
    assert premier_jour_conserve(dernier_jour + timedelta(days=1)) > document


@given(st.dates(date(1970, 1, 1), date(2900, 12, 31)), st.dates(date(1990, 1, 1), date(2900, 12, 31)))
def test_cli_10_both_ways_of_asking_agree(document, aujourd_hui):
    assert (document >= premier_jour_conserve(aujourd_hui)) == (aujourd_hui <= conserve_jusqu_au(document))
