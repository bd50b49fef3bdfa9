"""Which exercice holds a date (DOC-04)."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aurore_domain.erreurs import ErreurAurore
from aurore_domain.exercices import (
    DateHorsExercice,
    EtatExercice,
    ExerciceAbsent,
    ExerciceAOuvrir,
    ExerciceCloture,
    exercice_pour,
    exercice_suivant,
    exiger_meme_exercice,
)


@dataclass(frozen=True)
class Annee:
    code: str
    debut: date
    fin: date
    etat: EtatExercice = "ouvert"


def annee(code: str, debut: str, fin: str, etat: EtatExercice = "ouvert") -> Annee:
    return Annee(code, date.fromisoformat(debut), date.fromisoformat(fin), etat)


CLOS = annee("2025", "2025-01-01", "2025-12-31", "cloture")
COURANT = annee("2026", "2026-01-01", "2026-12-31")
SUIVANT = ExerciceAOuvrir("2027", date(2027, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("jour", "ouvrir_suivant", "attendu"),
    [
        (date(2026, 1, 1), True, COURANT),
        (date(2026, 12, 31), True, COURANT),
        (date(2026, 12, 31), False, COURANT),
        (date(2027, 1, 1), True, SUIVANT),
        (date(2027, 12, 31), True, SUIVANT),
        (date(2027, 1, 1), False, ExerciceAbsent),
        (date(2028, 1, 1), True, ExerciceAbsent),
        (date(2024, 12, 31), True, ExerciceAbsent),
        (date(2025, 12, 31), True, ExerciceCloture),
    ],
)
def test_doc_04_the_exercice_is_the_one_that_holds_the_date(
    jour: date,
    ouvrir_suivant: bool,
    attendu: Annee | ExerciceAOuvrir | type[ErreurAurore],
) -> None:
    if isinstance(attendu, type):
        with pytest.raises(attendu) as refus:
            exercice_pour(jour, [COURANT, CLOS], ouvrir_suivant=ouvrir_suivant)
        assert refus.value.valeurs["date"] == jour
    else:
        assert exercice_pour(jour, [COURANT, CLOS], ouvrir_suivant=ouvrir_suivant) == attendu


def test_doc_04_nothing_opens_where_there_is_no_exercice() -> None:
    with pytest.raises(ExerciceAbsent):
        exercice_pour(date(2026, 11, 22), [], ouvrir_suivant=True)


SUIVANTS = """
code      | debut      | fin        | suivant   | debut      | fin
2026      | 2026-01-01 | 2026-12-31 | 2027      | 2027-01-01 | 2027-12-31
EX26      | 2026-01-01 | 2026-12-31 | EX27      | 2027-01-01 | 2027-12-31
EX99      | 2099-01-01 | 2099-12-31 | EX00      | 2100-01-01 | 2100-12-31
2026-2027 | 2026-07-01 | 2027-06-30 | 2027-2028 | 2027-07-01 | 2028-06-30
26/27     | 2026-07-01 | 2027-06-30 | 27/28     | 2027-07-01 | 2028-06-30
2026      | 2025-07-01 | 2026-12-31 | 2027      | 2027-01-01 | 2027-12-31
2026      | 2026-01-01 | 2026-06-30 | 2027      | 2026-07-01 | 2027-06-30
COURANT   | 2026-01-01 | 2026-12-31 | 2027      | 2027-01-01 | 2027-12-31
2027      | 2027-03-01 | 2028-02-28 | 2028      | 2028-02-29 | 2029-02-28
"""


@pytest.mark.parametrize("rangee", SUIVANTS.strip().splitlines()[1:])
def test_doc_04_the_following_one_lasts_twelve_months_and_its_code_advances(rangee: str) -> None:
    """DOC-04: a code without a year cannot advance: the next one is named after its years."""
    code, debut, fin, code_suivant, debut_suivant, fin_suivante = (case.strip() for case in rangee.split("|"))
    suivant = exercice_suivant([annee(code, debut, fin)])
    assert suivant == ExerciceAOuvrir(code_suivant, date.fromisoformat(debut_suivant), date.fromisoformat(fin_suivante))


def test_doc_04_a_code_in_use_is_not_given_again() -> None:
    premier = annee("2027", "2025-01-01", "2025-12-31")
    assert exercice_suivant([premier, COURANT]).code == "2027-2"


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 600), st.text("EX2026-/", max_size=9))
def test_doc_04_the_following_one_leaves_no_gap(debut: date, jours: int, code: str) -> None:
    """DOC-04: the next day belongs to it, it has a code of its own, and it lasts a year."""
    dernier = Annee(code, debut, debut + timedelta(days=jours))
    suivant = exercice_suivant([dernier])
    assert exercice_pour(dernier.fin + timedelta(days=1), [dernier], ouvrir_suivant=True) == suivant
    assert suivant.code not in {"", code}
    assert (suivant.fin - suivant.debut).days in {364, 365}


def test_doc_04_a_numbered_document_stays_in_its_exercice() -> None:
    exiger_meme_exercice(date(2026, 1, 1), COURANT)
    exiger_meme_exercice(date(2026, 12, 31), COURANT)
    for jour in (date(2025, 12, 31), date(2027, 1, 1)):
        with pytest.raises(DateHorsExercice):
            exiger_meme_exercice(jour, COURANT)
