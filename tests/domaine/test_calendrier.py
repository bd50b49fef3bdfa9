"""When a client is open (CLI-06)."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aurore_domain.calendrier import TOUS_LES_JOURS, ExceptionsQuiSeChevauchent, ouvert, verifier_exceptions
from aurore_domain.erreurs import ErreursMultiples


@dataclass(frozen=True)
class Conge:
    du: date
    au: date
    ouvert: bool = False


def conge(du: str, au: str, *, ouvert: bool = False) -> Conge:
    return Conge(date.fromisoformat(du), date.fromisoformat(au), ouvert)


NOEL = (conge("2026-12-24", "2026-12-26"), conge("2026-12-27", "2026-12-27", ouvert=True))
OUVERTURES = """
jour       | semaine | exceptions | ouvert
2026-12-22 | 1234567 | -          | oui
2026-12-22 | 123456  | noel       | oui
2026-12-23 | 12      | -          | non
2026-12-20 | 123456  | noel       | non
2026-12-23 | 123456  | noel       | oui
2026-12-24 | 123456  | noel       | non
2026-12-25 | 1234567 | noel       | non
2026-12-26 | 123456  | noel       | non
2026-12-27 | 123456  | noel       | oui
2026-12-28 |         | noel       | non
2026-12-28 | 1       | noel       | oui
"""


@pytest.mark.parametrize("rangee", OUVERTURES.strip().splitlines()[1:])
def test_cli_06_an_exception_counts_before_the_weekday(rangee: str) -> None:
    """24 December 2026 is a Thursday, the 20th and the 27th are Sundays."""
    jour, semaine, exceptions, attendu = (case.strip() for case in rangee.split("|"))
    jours = {int(un) for un in semaine}
    trouve = ouvert(date.fromisoformat(jour), jours, NOEL if exceptions == "noel" else ())
    assert trouve is (attendu == "oui")


@pytest.mark.parametrize(
    ("exceptions", "fautives"),
    [
        ([], []),
        ([("2026-12-24", "2026-12-26"), ("2026-12-27", "2026-12-31"), ("2026-12-20", "2026-12-23")], []),
        ([("2026-12-24", "2026-12-26"), ("2026-12-26", "2026-12-31")], [1]),
        ([("2026-12-26", "2026-12-31"), ("2026-12-24", "2026-12-26")], [1]),
        ([("2026-12-01", "2026-12-31"), ("2026-12-05", "2026-12-05"), ("2026-12-07", "2026-12-08")], [1, 2]),
        ([("2026-12-05", "2026-12-05"), ("2026-12-05", "2026-12-05")], [1]),
    ],
)
def test_cli_06_two_exceptions_never_hold_on_one_day(exceptions: list[tuple[str, str]], fautives: list[int]) -> None:
    conges = [conge(*une) for une in exceptions]
    if not fautives:
        verifier_exceptions(conges)
        return
    with pytest.raises((ExceptionsQuiSeChevauchent, ErreursMultiples)) as refus:
        verifier_exceptions(conges)
    levees = refus.value.erreurs if isinstance(refus.value, ErreursMultiples) else (refus.value,)
    assert [une.pointeur for une in levees] == [f"#/exceptions/{rang}" for rang in fautives]


DEBUT = date(2026, 1, 1)
CONGES = st.lists(
    st.builds(
        lambda debut, duree, ouvre: Conge(DEBUT + timedelta(days=debut), DEBUT + timedelta(days=debut + duree), ouvre),
        st.integers(0, 60),
        st.integers(0, 10),
        st.booleans(),
    ),
    max_size=5,
)


@given(CONGES, st.sets(st.sampled_from(TOUS_LES_JOURS)))
def test_cli_06_agrees_with_a_calendar_written_out_day_by_day(conges: list[Conge], semaine: set[int]) -> None:
    """Every day is written into a table: by its weekday first, then by the exceptions that name it."""
    tous = [DEBUT + timedelta(days=rang) for rang in range(80)]
    nommes = [une.du + timedelta(days=rang) for une in conges for rang in range((une.au - une.du).days + 1)]
    if len(set(nommes)) < len(nommes):
        with pytest.raises((ExceptionsQuiSeChevauchent, ErreursMultiples)):
            verifier_exceptions(conges)
        return
    verifier_exceptions(conges)
    table = {jour: jour.weekday() + 1 in semaine for jour in tous}
    for une in conges:
        for rang in range((une.au - une.du).days + 1):
            table[une.du + timedelta(days=rang)] = une.ouvert
    assert {jour: ouvert(jour, semaine, conges) for jour in tous} == table
