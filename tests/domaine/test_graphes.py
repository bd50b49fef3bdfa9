"""Rings among things that refer to their own kind (ART-05, ART-11, CLI-05)."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aurore_domain.graphes import anneau, anneaux

CAS = {
    "nothing at all": ({}, "A", ""),
    "a chain": ({"A": "B", "B": "C"}, "A", ""),
    "itself": ({"A": "A"}, "A", "AA"),
    "each other": ({"A": "B", "B": "A"}, "A", "ABA"),
    "seen from the other": ({"A": "B", "B": "A"}, "B", "BAB"),
    "a long ring": ({"A": "B", "B": "C", "C": "D", "D": "A"}, "B", "BCDAB"),
    "a ring further on is not through A": ({"A": "B", "B": "C", "C": "B"}, "A", ""),
    "two ways to one component are no ring": ({"A": "BC", "B": "D", "C": "D"}, "A", ""),
    "the shorter of two rings": ({"A": "BC", "B": "D", "D": "A", "C": "A"}, "A", "ACA"),
    "a ring behind a fork": ({"A": "BC", "B": "DE", "C": "F", "F": "G", "E": "A"}, "A", "ABEA"),
    "someone else's ring": ({"A": "B", "X": "Y", "Y": "X"}, "A", ""),
}


@pytest.mark.parametrize(("suivants", "depart", "attendu"), CAS.values(), ids=CAS.keys())
def test_art_05_the_ring_through_a_node(suivants, depart, attendu):
    assert "".join(anneau(suivants, depart)) == attendu


SOMMETS = st.integers(0, 7)
GRAPHES = st.dictionaries(SOMMETS, st.lists(SOMMETS, max_size=4))


def atteints(suivants, depart):
    """All that can be reached, in the plainest way."""
    vus = set(suivants.get(depart, ()))
    while not (plus := {un for vu in vus for un in suivants.get(vu, ())}) <= vus:
        vus |= plus
    return vus


@given(GRAPHES, SOMMETS)
def test_art_05_there_is_a_ring_where_a_node_reaches_itself(suivants, depart):
    trouve = anneau(suivants, depart)
    assert bool(trouve) == (depart in atteints(suivants, depart))
    assert all(suivant in suivants[un] for un, suivant in pairwise(trouve))
    assert trouve[:1] == trouve[-1:] == ((depart,) if trouve else ())
    assert len(set(trouve[1:])) == len(trouve[1:])


def test_art_05_a_long_chain_is_walked_once():
    longue = {rang: (rang + 1,) for rang in range(100_000)}
    assert anneau(longue, 0) == ()
    assert len(anneau(longue | {100_000: (0,)}, 0)) == 100_002


def par_chemins(suivant):
    """The nodes on rings, in the plainest way: those that lead back to themselves."""
    return {un for un in suivant if anneau({cle: (valeur,) for cle, valeur in suivant.items()}, un)}


@given(st.dictionaries(SOMMETS, SOMMETS))
def test_art_19_all_rings_are_found_at_once(suivant):
    """Where each names one other at most, each ring is told once, whole, and closed."""
    trouves = anneaux(suivant)
    assert sorted(un for tour in trouves for un in tour[:-1]) == sorted(par_chemins(suivant))
    for tour in trouves:
        assert tour[0] == tour[-1]
        assert all(suivant[un] == autre for un, autre in pairwise(tour))


@pytest.mark.parametrize(
    ("suivant", "attendus"),
    [
        ({}, []),
        ({"A": "B", "B": "C"}, []),
        ({"A": "A"}, ["AA"]),
        ({"A": "B", "B": "C", "C": "B", "X": "Y", "Y": "X"}, ["BCB", "XYX"]),
    ],
)
def test_art_19_rings(suivant, attendus):
    assert ["".join(tour) for tour in anneaux(suivant)] == attendus


def test_art_19_a_long_ring_is_walked_once():
    longue = {rang: (rang + 1) % 100_000 for rang in range(100_000)}
    assert [len(tour) for tour in anneaux(longue)] == [100_001]
