"""The apostrophe before texts that a spreadsheet program would change (ART-19), and its way back."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aurore_api.echanges.marques import demarquer, marquer

MARQUES = ["=1+1", "+32 81", "-", "@a", "\t=", "\r", "\n=1", "\uff1d1", "007", "0123", "5412345678901", "123456789012"]
MARQUES += [
    "1E5",
    "1,5e-3",
    "1-2",
    "12/5",
    "10.5",
    "1,5",
    "12:30",
    "3 %",
    "1 234",
    "2026-02-01",
    "VRAI",
    "faux",
    "Waar",
]
MARQUES += ["MARS 1", "1 mars", "mai 2026", "DEC12", "sept. 5", "1-févr-26", "2 okt 2026", "'=1", "''007"]
SAUFS = ["", "0", "7", "5000", "12345678901", "Baguette", "'t Hof", "mai", "Marseille", "C0012", "A-1", "1 pain", "'"]
SAUFS += ["''", "a=b", "REV", "Mardi 3 pains", "décembre", "12 bis", "x" * 50, "1" * 50]


@pytest.mark.parametrize("texte", MARQUES)
def test_art_19_what_a_spreadsheet_would_change_is_marked(texte):
    assert marquer(texte, protege=False) == f"'{texte}"
    assert marquer(texte, protege=True) == (f"'{texte}" if texte.startswith("'") else texte)


@pytest.mark.parametrize("texte", SAUFS)
def test_art_19_what_it_leaves_alone_is_not(texte):
    assert marquer(texte, protege=False) == marquer(texte, protege=True) == demarquer(texte) == texte


@given(st.text(alphabet=st.sampled_from("'=+-@\t\n 01e,/aM"), max_size=6) | st.text(), st.booleans())
@example("''=", True)
@example("'", False)
def test_art_19_every_text_comes_back(texte, protege):
    assert demarquer(marquer(texte, protege=protege)) == texte
