"""Lists as PDF: groups, sums, what is carried over, and odd input (MVT-04, IMP-19)."""

import itertools
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.impression.lecture import lire

from aurore_api.formats import formats
from aurore_api.impression.libelles import LANGUES, libelles
from aurore_api.impression.listes.ecriture import Ecriture, placer
from aurore_api.impression.listes.modele import Colonne, Critere, Groupe, Liste, Valeur
from aurore_api.impression.listes.rendu import rendre_liste
from aurore_api.impression.modele import Langue

COLONNES = (
    Colonne(cle="article"),
    Colonne(cle="designation", souple=True),
    Colonne(cle="date", sorte="jour"),
    Colonne(cle="physique", sorte="quantite", somme="groupe"),
    Colonne(cle="valeur", sorte="montant", somme="liste"),
)


def ligne(rang: int, **champs: Any) -> tuple[Valeur, ...]:
    valeurs: dict[str, Any] = {
        "article": f"Art-{rang:04}",
        "designation": "Pain gris au levain",
        "date": date(2026, 11, 26),
        "physique": Decimal(rang),
        "valeur": Decimal(rang) / 4,
    }
    return tuple((valeurs | champs).values())


def liste(*groupes: Groupe, **champs: Any) -> Liste:
    defauts: dict[str, Any] = {
        "titre": "valeur_pamp",
        "langue": "fr",
        "societe": "Boulangerie de l'Aurore",
        "imprime_le": datetime(2026, 11, 26, 18, 30, tzinfo=UTC),
        "colonnes": COLONNES,
        "groupes": groupes,
    }
    return Liste(**(defauts | champs))


def pages(modele: Liste) -> list[str]:
    return [re.sub(r"\s+", " ", page.extract_text()) for page in lire(rendre_liste(modele)).pages]


def texte(modele: Liste) -> str:
    return " ".join(pages(modele))


def rangees(nombre: int) -> Sequence[tuple[Valeur, ...]]:
    return [ligne(rang) for rang in range(nombre)]


def montant(lu: str) -> Decimal:
    return Decimal(lu.replace(" ", "").replace(",", "."))


def test_mvt_04_every_row_is_printed_under_its_heads_on_numbered_pages():
    lues = pages(liste(Groupe(lignes=rangees(500))))
    assert re.findall(r"Art-(\d{4})", " ".join(lues)) == [f"{rang:04}" for rang in range(500)]
    assert all(f"Page {rang}/{len(lues)}" in page for rang, page in enumerate(lues, start=1))
    assert all("Désignation" in page and "Imprimé le 26/11/2026 à 18:30" in page for page in lues)


def test_mvt_04_what_it_was_narrowed_to_is_told_above_it():
    lu = texte(
        liste(
            Groupe(lignes=rangees(1)),
            sous_titre=date(2026, 12, 24),
            criteres=(Critere(cle="depot", valeur="NORD"), Critere(cle="genre", valeur="definitif", sorte="mot")),
        )
    )
    assert "Dépôt NORD Genre Définitif" in lu
    assert "24/12/2026" in lu


def test_mvt_04_groups_have_their_heading_and_their_sums():
    lu = texte(
        liste(
            Groupe(titre="Pains", precision="cuits ici", mot="physique", lignes=[ligne(3), ligne(4, physique=None)]),
            Groupe(titre="Tartes", lignes=[ligne(5)]),
        )
    )
    assert "Pains cuits ici · Physique Art-0003" in lu
    assert "Total Pains 3 1,75" in lu
    assert "Total Tartes 5 1,25" in lu
    # What is summed by group only has no sum in all.
    assert re.search(r"Total 3,00", lu)


def test_mvt_04_a_group_that_goes_on_says_so():
    lues = pages(liste(Groupe(titre="Pains", lignes=rangees(100))))
    assert len(lues) > 1
    assert all("Pains (suite)" in page for page in lues[1:])


@pytest.mark.parametrize("nombre", range(20, 60))
def test_mvt_04_sums_never_stand_without_a_row(nombre: int):
    (page,) = [page for page in pages(liste(Groupe(titre="Pains", lignes=rangees(nombre)))) if "Total Pains" in page]
    assert f"Art-{nombre - 1:04}" in page
    assert re.search(r"Total [\d ]+,", page)


def test_mvt_04_a_group_may_begin_a_page():
    groupes = [Groupe(titre=nom, nouvelle_page=True, lignes=rangees(2)) for nom in ("Namur", "Jambes")]
    lues = pages(liste(*groupes))
    assert ["Namur" in lues[0], "Jambes" in lues[0], "Jambes" in lues[1], len(lues)] == [True, False, True, 2]


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.tuples(st.integers(min_value=0, max_value=60), st.booleans()), min_size=1, max_size=6), st.booleans()
)
def test_mvt_04_every_page_break_balances(tailles: list[tuple[int, bool]], paysage: bool):
    """Each page end says the sum of every row so far, the next page begins with it, the last ends with all of it."""
    groupes = [
        Groupe(titre=f"G{rang}" if titre else None, lignes=rangees(taille))
        for rang, (taille, titre) in enumerate(tailles)
    ]
    lues = pages(liste(*groupes, paysage=paysage))
    cumul = Decimal(0)
    reports = []
    for page in lues:
        cumul += sum((Decimal(rang) / 4 for rang in re.findall(r"Art-(\d{4})", page)), Decimal(0))
        reports.append(montant(f"{cumul:.3f}"))
    deux = [un.quantize(Decimal("0.01"), "ROUND_HALF_UP") for un in reports]
    assert [montant(un) for page in lues for un in re.findall(r"À reporter ([\d ]+,\d\d)", page)] == deux[:-1]
    assert [montant(un) for page in lues for un in re.findall(r"Report ([\d ]+,\d\d)", page)] == deux[:-1]
    assert montant(re.findall(r"Total ([\d ]+,\d\d)", lues[-1])[-1]) == deux[-1]
    assert all("Art-" in page or "Total G" in page for page in lues) or not any(taille for taille, _ in tailles)


def test_mvt_04_a_column_that_nothing_fills_is_left_out():
    assert "Date" not in texte(liste(Groupe(lignes=[ligne(1, date=None)])))
    vide = texte(liste())
    assert "Rien à lister" in vide
    assert "Date" in vide
    assert "Total 0,00" in vide


@pytest.mark.parametrize("langue", LANGUES)
def test_mvt_04_it_speaks_the_language_of_the_societe(langue: Langue):
    lu = texte(liste(Groupe(lignes=[ligne(10_000)]), langue=langue))
    assert libelles(langue)("liste_colonne.designation") in lu
    assert libelles(langue)("liste_titre.valeur_pamp") in lu
    assert {"fr": "2 500,00", "nl": "2.500,00", "de": "2.500,00", "en": "2,500.00"}[langue] in lu


def test_mvt_04_on_its_side_when_asked():
    assert [
        [round(float(cote)) for cote in lire(rendre_liste(liste(paysage=paysage))).pages[0].mediabox[2:]]
        for paysage in (False, True)
    ] == [[595, 842], [842, 595]]


def test_imp_19_long_and_odd_texts_break_nothing():
    longue = [ligne(1, designation="mot " * 500), ligne(2, designation="x" * 3000), ligne(3, article="Łódź\n\x00€œ")]
    lu = texte(liste(Groupe(titre="G" * 500, precision="p" * 500, lignes=longue), societe="S" * 400))
    assert "…" in lu
    assert "Łódź" in lu


@given(st.lists(st.tuples(st.text(max_size=80), st.decimals("-9999999", "9999999", places=3)), max_size=8))
def test_mvt_04_columns_never_run_into_each_other(valeurs: list[tuple[str, Decimal]]):
    colonnes = (
        Colonne(cle="article"), Colonne(cle="designation"), Colonne(cle="quantite", sorte="quantite"),
        Colonne(cle="motif"), Colonne(cle="cumul", sorte="prix"),
    )  # fmt: skip
    ecriture = Ecriture(formats("fr"), libelles("fr"))
    lignes = [
        [
            ecriture.ecrire(une.sorte, texte if une.sorte == "texte" else nombre)
            for une in colonnes
        ]
        for texte, nombre in valeurs
    ]  # fmt: skip
    lus = [{une[rang] for une in lignes} for rang in range(len(colonnes))]
    places = placer(liste(colonnes=colonnes), lus, ecriture, (18.0, 192.0), str)
    assert all(avant.droite < apres.gauche for avant, apres in itertools.pairwise(places))
    assert places[0].gauche >= 18
    assert places[-1].droite <= 192


def test_mvt_04_ten_thousand_rows_take_a_moment_only():
    contenu = rendre_liste(liste(Groupe(lignes=rangees(10_000))))
    assert len(lire(contenu).pages) > 150
    assert rendre_liste(liste(Groupe(lignes=rangees(10_000)))) == contenu
