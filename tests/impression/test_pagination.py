"""Many lines: pages, totals carried over, and what must stay together (IMP-10, IMP-19)."""

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.impression.exemples import document, ligne
from tests.impression.lecture import pages

from aurore_api.impression.modele import ModeleDocument, Textes

MONTANT = r"([\d ]+,\d\d)"


def montant(texte: str) -> Decimal:
    return Decimal(texte.replace(" ", "").replace(",", "."))


def reports(document: ModeleDocument) -> tuple[list[Decimal], list[Decimal]]:
    """The totals carried forward at page ends, and those brought forward at page starts."""
    lues = pages(document)
    fins = [montant(trouve) for page in lues for trouve in re.findall(rf"À reporter {MONTANT}", page)]
    debuts = [montant(trouve) for page in lues for trouve in re.findall(rf"Report {MONTANT}", page)]
    return fins, debuts


def test_imp_19_500_lines_are_all_printed():
    lignes = tuple(ligne(rang, designation=f"Ligne-{rang:03}") for rang in range(500))
    lues = pages(document(lignes=lignes))
    assert len(lues) > 10
    assert re.findall(r"Ligne-(\d{3})", " ".join(lues)) == [f"{rang:03}" for rang in range(500)]
    assert all(f"Page {rang}/{len(lues)}" in page for rang, page in enumerate(lues, start=1))


def test_imp_10_carried_over_totals_add_up():
    """Each page end says the sum of every line so far, and the next page starts with the same."""
    modele = document(lignes=tuple(ligne(rang, designation=f"Ligne-{rang:03}") for rang in range(120)))
    lues = pages(modele)
    cumul, attendus = Decimal(0), []
    for page in lues[:-1]:
        for rang in re.findall(r"Ligne-(\d{3})", page):
            cumul += modele.lignes[int(rang)].montant or 0
        attendus.append(cumul)
    assert len(attendus) > 2
    assert reports(modele) == (attendus, attendus)


def test_imp_10_one_page_carries_nothing_over():
    assert reports(document(5)) == ([], [])


def test_imp_11_without_prices_nothing_is_carried_over():
    modele = document(120, type="bordereau", sans_prix=True)
    assert len(pages(modele)) > 2
    assert reports(modele) == ([], [])


@pytest.mark.parametrize("nombre", range(10, 45))
def test_imp_10_totals_never_stand_without_a_line(nombre: int):
    modele = document(lignes=tuple(ligne(rang, designation=f"Ligne-{rang:03}") for rang in range(nombre)))
    (page,) = [page for page in pages(modele) if "Total HTVA" in page]
    assert f"Ligne-{nombre - 1:03}" in page
    assert "Base HTVA" in page
    assert "Communication" in page


def test_imp_10_totals_follow_a_single_line_pushed_down_by_a_long_text():
    for mots in range(300, 1100, 50):
        lues = pages(document(1, textes=Textes(debut="mot " * mots)))
        (page,) = [page for page in lues if "Total HTVA" in page]
        assert "Baguette tradition" in page


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(min_value=0, max_value=200), min_size=1, max_size=40))
def test_imp_10_whatever_the_notes_every_page_break_balances(longueurs: list[int]):
    lignes = tuple(ligne(rang, memo="mot " * longueur) for rang, longueur in enumerate(longueurs))
    modele = document(lignes=lignes)
    fins, debuts = reports(modele)
    assert fins == debuts
    assert fins == sorted(fins)
    assert len(fins) >= len([page for page in pages(modele) if "Désignation" in page]) - 1
    assert " ".join(pages(modele)).split().count("mot") == sum(longueurs)
