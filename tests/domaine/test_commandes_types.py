"""What standing orders ask for on a day (CLI-07)."""

import calendar
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aurore_domain.commandes_types import (
    CommandeType,
    Demande,
    LigneType,
    Periode,
    Saison,
    additionner,
    demandes,
    demandes_du_client,
)


def jour(texte: str) -> date:
    return date.fromisoformat(texte)


def ligne(article: str, unite_commande: str | None = None, **jours: str) -> LigneType:
    """`ligne("BAG", j1="20", j6="35")`: 20 on Mondays, 35 on Saturdays."""
    return LigneType(article, unite_commande, {int(nom[1]): Decimal(quantite) for nom, quantite in jours.items()})


BASE = CommandeType(
    validite=Periode(jour("2026-11-01"), jour("2026-12-31")),
    pauses=(Periode(jour("2026-11-16"), jour("2026-11-18")),),
    lignes=(ligne("BAG", j1="20", j2="20", j6="35"), ligne("ECL", "CT6", j1="2")),
    exceptions={
        jour("2026-11-09"): (Demande("BAG", None, Decimal(0)),),
        jour("2026-11-16"): (Demande("BAG", None, Decimal(7)),),
        jour("2026-11-23"): (Demande("BAG", None, Decimal(50)), Demande("TAR", None, Decimal(3))),
        jour("2027-01-04"): (Demande("TAR", None, Decimal(1)),),
    },
)
"""1 November 2026 is a Sunday; the Mondays are 2, 9, 16, 23 and 30."""

JOURS = """
jour       | quantites              | pourquoi
2026-10-31 |                        | not valid yet, a Saturday
2026-11-01 |                        | Sunday
2026-11-02 | BAG 20, ECL/CT6 2      | Monday
2026-11-03 | BAG 20                 | Tuesday
2026-11-04 |                        | Wednesday
2026-11-07 | BAG 35                 | Saturday
2026-11-09 | ECL/CT6 2              | an override of 0 leaves the rest of the day
2026-11-16 | BAG 7                  | an override beats the pause, for its article
2026-11-17 |                        | paused
2026-11-23 | BAG 50, ECL/CT6 2, TAR 3 | more of one article, and one that is not in the standing order
2026-11-30 | BAG 20, ECL/CT6 2      | a week later all is as ever
2027-01-02 |                        | not valid any more, a Saturday
2027-01-04 | TAR 1                  | an override holds outside the validity
"""


def ecrites(trouvees: tuple[Demande, ...]) -> str:
    return ", ".join(
        f"{une.article}{'/' + une.unite_commande if une.unite_commande else ''} {une.quantite}" for une in trouvees
    )


@pytest.mark.parametrize("rangee", JOURS.strip().splitlines()[1:])
def test_cli_07_what_counts_on_a_day(rangee: str) -> None:
    le, attendues, _ = (case.strip() for case in rangee.split("|"))
    assert ecrites(demandes(BASE, jour(le))) == attendues
    assert ecrites(demandes_du_client([BASE], jour(le), ouvert=True)) == attendues


def test_cli_07_a_closed_day_beats_everything() -> None:
    for le in ("2026-11-02", "2026-11-16", "2026-11-23"):
        assert demandes(BASE, jour(le)) != ()
        assert demandes_du_client([BASE], jour(le), ouvert=False) == ()


@pytest.mark.parametrize(
    ("saison", "dedans", "dehors"),
    [
        (Saison("05-01", "09-30"), ["2026-05-01", "2026-07-14", "2026-09-30"], ["2026-04-30", "2026-10-01"]),
        (Saison("12-15", "01-06"), ["2026-12-15", "2026-12-31", "2027-01-06"], ["2026-12-14", "2027-01-07"]),
        (Saison("03-01", "02-29"), ["2027-02-28", "2028-02-29", "2027-03-01"], []),
        (Saison("01-10", "02-29"), ["2027-02-28", "2028-02-29"], ["2027-03-01", "2028-03-01"]),
        (Saison("02-29", "03-31"), ["2028-02-29", "2027-03-01"], ["2027-02-28", "2028-02-28"]),
        (Saison("02-29", "02-29"), ["2028-02-29"], ["2027-02-28", "2027-03-01", "2028-02-28", "2028-03-01"]),
        (Saison("11-05", "11-05"), ["2026-11-05"], ["2026-11-04", "2026-11-06"]),
    ],
)
def test_cli_07_a_season_comes_back_each_year(saison: Saison, dedans: list[str], dehors: list[str]) -> None:
    assert [un for un in dedans if not saison.comprend(jour(un))] == []
    assert [un for un in dehors if saison.comprend(jour(un))] == []


def test_cli_07_one_of_several_seasons_is_enough_and_none_means_all_year() -> None:
    saisonniere = replace(BASE, saisons=(Saison("01-01", "01-31"), Saison("11-15", "11-30")))
    assert ecrites(demandes(saisonniere, jour("2026-11-02"))) == ""
    assert ecrites(demandes(saisonniere, jour("2026-11-30"))) == "BAG 20, ECL/CT6 2"
    assert ecrites(demandes(replace(BASE, saisons=()), jour("2026-11-02"))) == "BAG 20, ECL/CT6 2"


def test_cli_07_a_pause_without_end_lasts_until_further_notice() -> None:
    arretee = replace(BASE, pauses=(Periode(jour("2026-11-24"), None),))
    assert ecrites(demandes(arretee, jour("2026-11-16"))) == "BAG 7, ECL/CT6 2"
    assert [un for un in range(25, 31) if demandes(arretee, date(2026, 11, un))] == []


def test_cli_07_several_standing_orders_of_a_client_add_up() -> None:
    autre = CommandeType(
        validite=Periode(jour("2026-11-01"), None),
        lignes=(ligne("ECL", j1="5"), ligne("BAG", j1="1.5"), ligne("TAR", "CT6", j2="1")),
        exceptions={},
    )
    trouvees = demandes_du_client([BASE, autre], jour("2026-11-02"), ouvert=True)
    assert ecrites(trouvees) == "BAG 21.5, ECL/CT6 2, ECL 5"
    assert additionner([]) == ()


# An independent computation: each rule paints over the one below it, in a table of every day and article.
PREMIER, DUREE = date(2027, 12, 1), 120
TOUS = [PREMIER + timedelta(days=rang) for rang in range(DUREE)]
ARTICLES = ("BAG", "ECL", "TAR")
UN_JOUR = st.sampled_from(TOUS)
QUANTITE = st.decimals(0, 100, places=2)
PERIODES = st.tuples(UN_JOUR, st.one_of(st.none(), UN_JOUR)).map(
    lambda bornes: Periode(bornes[0], None if bornes[1] is None else max(bornes))  # type: ignore[type-var]
)
SAISONS = st.tuples(UN_JOUR, UN_JOUR).map(lambda bornes: Saison(*(f"{une:%m-%d}" for une in bornes)))
LIGNES = st.lists(
    st.builds(
        LigneType, st.sampled_from(ARTICLES), st.none(), st.dictionaries(st.integers(1, 7), QUANTITE, max_size=7)
    ),
    unique_by=lambda une: une.article,
)
EXCEPTIONS = st.dictionaries(
    UN_JOUR,
    st.lists(st.builds(Demande, st.sampled_from(ARTICLES), st.none(), QUANTITE), unique_by=lambda une: une.article),
    max_size=6,
)
TYPES = st.builds(
    CommandeType,
    validite=PERIODES,
    saisons=st.lists(SAISONS, max_size=2),
    pauses=st.lists(PERIODES, max_size=2),
    lignes=LIGNES,
    exceptions=EXCEPTIONS,
)


def jours_de_saison(saison: Saison) -> set[date]:
    """Every day of the seasons that begin in the years around, counted off one by one."""
    dedans: set[date] = set()
    for annee in (PREMIER.year - 1, PREMIER.year, PREMIER.year + 1):
        bissextile = calendar.isleap(annee)
        debut = (
            date(annee, 3, 1) if saison.du == "02-29" and not bissextile else date.fromisoformat(f"{annee}-{saison.du}")
        )
        fin_en = annee if saison.du <= saison.au else annee + 1
        bissextile = calendar.isleap(fin_en)
        fin = (
            date(fin_en, 2, 28)
            if saison.au == "02-29" and not bissextile
            else date.fromisoformat(f"{fin_en}-{saison.au}")
        )
        while debut <= fin:
            dedans.add(debut)
            debut += timedelta(days=1)
    return dedans


def table_de(commande_type: CommandeType) -> dict[tuple[date, str], Decimal]:
    table: dict[tuple[date, str], Decimal] = defaultdict(Decimal)
    for une in TOUS:
        for ligne_type in commande_type.lignes:
            table[une, ligne_type.article] = ligne_type.jours.get(une.weekday() + 1, Decimal(0))
    if commande_type.saisons:
        permis = set().union(*(jours_de_saison(saison) for saison in commande_type.saisons))
        effacer(table, [une for une in TOUS if une not in permis])
    effacer(table, [une for une in TOUS if une < commande_type.validite.du])
    effacer(table, [une for une in TOUS if commande_type.validite.au and une > commande_type.validite.au])
    for pause in commande_type.pauses:
        effacer(table, [une for une in TOUS if une >= pause.du and (pause.au is None or une <= pause.au)])
    for le, exceptions in commande_type.exceptions.items():
        for une_demande in exceptions:
            table[le, une_demande.article] = une_demande.quantite
    return table


def effacer(table: dict[tuple[date, str], Decimal], jours: list[date]) -> None:
    for une in jours:
        for article in ARTICLES:
            table[une, article] = Decimal(0)


@given(st.lists(TYPES, max_size=3), st.sets(UN_JOUR))
def test_cli_07_agrees_with_a_table_painted_day_by_day(types: list[CommandeType], fermes: set[date]) -> None:
    tables = [table_de(un) for un in types]
    for le in TOUS:
        attendues = {
            article: somme
            for article in ARTICLES
            if le not in fermes and (somme := sum((une[le, article] for une in tables), Decimal(0)))
        }
        trouvees = demandes_du_client(types, le, ouvert=le not in fermes)
        assert {une.article: une.quantite for une in trouvees} == attendues
        assert len(trouvees) == len(attendues)
