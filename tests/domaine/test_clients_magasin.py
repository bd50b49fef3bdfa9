"""MAG-16: what a till's client is called here, and what the till may not change of it."""

import re
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aurore_domain.clients_magasin import LONGUEUR_NUMERO, champs_ignores, numero_libre, numeros_possibles

NUMERO = re.compile(r"[0-9A-Za-z_]([0-9A-Za-z ._+&()-]*[0-9A-Za-z_+)])?")


@pytest.mark.parametrize(
    ("magasin", "numero", "attendus"),
    [
        ("NAM", "M0007", ["NAM-M0007", "NAM-M0007-2", "NAM-M0007-3"]),
        ("NAM", "0123456789ABC", ["N-0123456789ABC", "N-0123456789A-2", "N-0123456789A-3"]),
        ("NAM", "0123456789ABCDEF", ["N-0123456789ABC", "N-0123456789A-2", "N-0123456789A-3"]),
        ("NAM", "12 34/é", ["NAM-1234", "NAM-1234-2", "NAM-1234-3"]),
        ("NAM", "é", ["NAM", "NAM-2", "NAM-3"]),
        ("UN-TRES-LONG-CODE", "1", ["UN-TRES-LONG-1", "UN-TRES-LONG-2", "UN-TRES-LONG-3"]),
        ("UN-TRES-LONG-CODE", "M0012", ["UN-TRES-L-M0012", "UN-TRES-L-M00-2", "UN-TRES-L-M00-3"]),
    ],
)
def test_mag_16_the_plainest_number_first(magasin, numero, attendus):
    assert list(islice(numeros_possibles(magasin, numero), 3)) == attendus


@given(st.from_regex(r"[0-9A-Za-z_]([0-9A-Za-z ._+-]{0,18}[0-9A-Za-z_+])?", fullmatch=True), st.text(max_size=30))
def test_mag_16_every_number_is_one_that_a_client_can_have(magasin, numero):
    premiers = list(numeros_possibles(magasin, numero))
    assert len(premiers) == 10
    for un in premiers:
        assert len(un) <= LONGUEUR_NUMERO
        assert NUMERO.fullmatch(un), un


def test_mag_16_the_last_number_is_like_no_other():
    derniers = [list(numeros_possibles(un, str(rang)))[-1] for un in ("NAM", "HUY") for rang in range(1000)]
    assert len(set(derniers)) == len(derniers)


def test_mag_16_a_number_that_is_taken_is_left():
    assert numero_libre(numeros_possibles("NAM", "1"), {"NAM-1", "NAM-1-2"}) == "NAM-1-3"


def test_mag_16_only_what_differs_and_is_not_of_the_delivery_is_ignored():
    pousses = {"nom": "B", "langue": "fr", "telephone": "2", "adresse": "ici", "courriel": "a@b.be"}
    ici = {"nom": "A", "langue": "fr", "telephone": "1", "adresse": "là", "courriel": None}
    assert champs_ignores(pousses, ici) == ["courriel", "nom"]
