"""The production list as PDF: what is on it, whatever there is to make (MAG-20, MAG-24, IMP-19)."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from tests.impression.lecture import lire

from aurore_api.impression.libelles import LANGUES
from aurore_api.impression.modele import Langue
from aurore_api.impression.production.modele import FamilleAProduire, LigneAProduire, ListeAProduire
from aurore_api.impression.production.rendu import rendre_production


def ligne(rang: int = 1, **champs: Any) -> LigneAProduire:
    zeros: dict[str, Any] = dict.fromkeys(("magasins", "clients", "commandes_types", "restes", "surplus"), Decimal(0))
    defauts: dict[str, Any] = {
        "article": f"Art-{rang:04}",
        "designation": "Éclair",
        "unite": "PCE",
        "a_produire": Decimal(rang),
    }
    return LigneAProduire(**zeros | defauts | champs)


def liste(*lignes: LigneAProduire, **champs: Any) -> ListeAProduire:
    defauts: dict[str, Any] = {
        "langue": "fr",
        "societe": "Boulangerie de l'Aurore",
        "jour": date(2026, 11, 24),
        "version": 2,
        "imprime_le": datetime(2026, 11, 24, 3, 5, tzinfo=UTC),
        "familles": (FamilleAProduire(titre="Pâtisserie", lignes=lignes),) if lignes else (),
    }
    return ListeAProduire(**defauts | champs)


def pages(modele: ListeAProduire) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in lire(rendre_production(modele)).pages]


def test_mag_20_every_figure_of_a_line_is_there():
    chiffres = {"magasins": "40", "clients": "1200", "commandes_types": "35", "restes": "4.5", "surplus": "6"}
    figures = {nom: Decimal(valeur) for nom, valeur in chiffres.items()}
    une = ligne(7, **figures, unite_production="PLQ", a_produire_unite_production=Decimal(3), precedent=Decimal(9))
    (lue,) = pages(liste(une))
    for attendu in (
        "Éclair",
        "Art-0007",
        "40",
        "1 200",
        "35",
        "\N{MINUS SIGN}4,5",
        "avant : 9 PCE",
        "PLQ = 7 PCE",
        "6 en trop",
    ):
        assert attendu in lue
    assert "Mardi 24 novembre 2026" in lue
    assert lue.count("Version 2 imprimée le 24/11/2026 à 03:05") == 2


@pytest.mark.parametrize("langue", LANGUES)
def test_mag_20_many_articles_are_all_there_on_pages_that_say_what_they_are(langue: Langue):
    lues = pages(liste(*(ligne(rang) for rang in range(150)), langue=langue))
    assert len(lues) > 5
    assert all(f"{rang}/{len(lues)}" in page for rang, page in enumerate(lues, start=1))
    assert all("2026" in page for page in lues)
    assert all(f"Art-{rang:04}" in " ".join(lues) for rang in range(150))
    assert all("Pâtisserie" in page for page in lues)


def test_imp_19_odd_names_and_figures_break_nothing():
    noms = ("x" * 200, "Tarte " * 33, "Łódź, pączek z różą", "", "\x00\u202e")
    figures = {"magasins": Decimal("123456789.123456"), "a_produire": Decimal("123456789.123456")}
    assert pages(liste(*(ligne(rang, designation=un, **figures) for rang, un in enumerate(noms))))


def test_mag_20_nothing_to_make_is_said():
    (lue,) = pages(liste(version=None))
    assert "Rien à produire" in lue
    assert "Aperçu du 24/11/2026 à 03:05, pas imprimé" in lue


def test_imp_18_the_same_list_gives_the_same_bytes():
    assert rendre_production(liste(ligne())) == rendre_production(liste(ligne()))
