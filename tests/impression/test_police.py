"""The fonts: what they cover, how text is cleaned, measured and wrapped (IMP-19)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aurore_api.impression.police import REMPLACEMENT, police

COURANTE = police("")


def test_imp_19_both_weights_cover_the_same_characters():
    assert police("").glyphes.keys() == police("B").glyphes.keys()


@pytest.mark.parametrize(
    "texte",
    ["éèêàçùœŒæ€", "łŁşŞőŐğİıßẞ", "ΑΩαωάέϊΐ", "ЖщЁїҐґ", "«»…·№™", "\u2013\u2014\u201c\u201d\u201e\u2019\u2212"],
)
def test_imp_19_names_of_europe_are_printed_as_they_are(texte: str):
    assert COURANTE.nettoyer(texte) == texte


@pytest.mark.parametrize(
    ("donne", "imprime"),
    [
        ("e\N{COMBINING ACUTE ACCENT}", "é"),
        ("漢", REMPLACEMENT),
        ("😀", REMPLACEMENT),
        ("\N{FULLWIDTH LATIN CAPITAL LETTER A}", "A"),
        ("a\x00b\x07c\N{ZERO WIDTH SPACE}d\N{RIGHT-TO-LEFT OVERRIDE}e\x7f", "abcde"),
        ("a\tb", "a b"),
        ("\ud800", REMPLACEMENT),
        ("e\x01\u0301", "é"),
    ],
)
def test_imp_19_other_characters_are_replaced_and_controls_dropped(donne: str, imprime: str):
    assert COURANTE.nettoyer(donne) == imprime


@given(st.text())
def test_imp_19_any_text_can_be_measured_once_cleaned(texte: str):
    propre = COURANTE.nettoyer(texte)
    assert COURANTE.largeur(propre, 9) >= 0
    assert COURANTE.nettoyer(propre) == propre


@given(st.text(alphabet="abc éW-", max_size=200), st.floats(min_value=8, max_value=100))
def test_imp_19_wrapped_lines_fit_and_lose_nothing(texte: str, largeur: float):
    lignes = COURANTE.couper(texte, 9, largeur)
    assert all(COURANTE.largeur(ligne, 9) <= largeur + 1e-4 for ligne in lignes)
    assert "".join(lignes).replace(" ", "") == texte.replace(" ", "")


def test_imp_19_words_stay_whole_where_they_can():
    assert COURANTE.couper("pain de campagne", 9, COURANTE.largeur("campa", 9)) == ["pain", "de", "campa", "gne"]
    assert COURANTE.couper("pain de campagne", 9, COURANTE.largeur("campagne", 9)) == ["pain de", "campagne"]
    assert COURANTE.couper("un\r\ndeux\n\ntrois", 9, 50) == ["un", "deux", "", "trois"]


def test_imp_10_all_digits_have_one_width():
    for une in (police(""), police("B")):
        assert len({une.avances[chiffre] for chiffre in "0123456789"}) == 1
