"""Calendars of clients over HTTP (CLI-06)."""

import pytest
from sqlalchemy.exc import IntegrityError
from tests.api.catalogue import champ_refuse, creer, effacer, evenements
from tests.api.documents import requetes_sql, sql
from tests.api.reponses import erreurs, refus, si

CALENDRIER = "/v1/clients/C0012/calendrier"
CONGE = {"du": "2026-12-24", "au": "2026-12-26", "ouvert": False}
NOEL = {"jours_ouverts": [1, 2, 3, 4, 5, 6], "exceptions": [CONGE]}


@pytest.fixture
def client_(api):
    """A client without calendar."""
    creer(api, "/v1/clients", {"numero": "C0012", "nom": "Hôtel du Parc"})
    return api


def remplacer(api, corps, version="*"):
    return api.put(CALENDRIER, json=corps, headers=si(version) if version != "*" else {"if-match": "*"})


def lire(api, **parametres):
    reponse = api.get(CALENDRIER, params=parametres)
    assert reponse.status_code == 200, reponse.text
    return reponse.json()


def test_cli_06_the_examples_of_the_interface_work(client_):
    reponse = remplacer(client_, NOEL)
    assert reponse.status_code == 200, reponse.text
    jour = lire(client_, date="2026-12-25")
    assert (jour["date"], jour["ouvert"]) == ("2026-12-25", False)


def test_cli_06_without_calendar_a_client_is_open_every_day(client_):
    reponse = client_.get(CALENDRIER)
    assert reponse.json() == {
        "genre": "calendrier",
        "jours_ouverts": [1, 2, 3, 4, 5, 6, 7],
        "exceptions": [],
        "version": 0,
    }
    assert reponse.headers["etag"] == '"0"'
    assert lire(client_, date="2026-12-25")["ouvert"] is True
    assert remplacer(client_, NOEL, version=1).status_code == 412
    reponse = remplacer(client_, NOEL, version=0)
    assert (reponse.status_code, reponse.json()["version"], reponse.headers["etag"]) == (200, 1, '"1"')
    assert remplacer(client_, NOEL, version=0).status_code == 412


@pytest.mark.parametrize(
    ("jour", "ouvert", "libelle"),
    [
        ("2026-12-19", True, None),
        ("2026-12-20", False, None),
        ("2026-12-23", True, None),
        ("2026-12-24", False, "Noël"),
        ("2026-12-26", False, "Noël"),
        ("2026-12-27", True, "Marché"),
        ("2027-01-03", False, None),
    ],
)
def test_cli_06_weekdays_and_exceptions_tell_whether_a_client_is_open(client_, jour, ouvert, libelle):
    noel, marche = {**CONGE, "libelle": "Noël"}, {"du": "2026-12-27", "au": "2026-12-27"}
    remplacer(client_, NOEL | {"exceptions": [marche | {"ouvert": True, "libelle": "Marché"}, noel]})
    assert lire(client_, date=jour) == {"genre": "jour", "date": jour, "ouvert": ouvert, "libelle": libelle}
    assert [une["du"] for une in lire(client_)["exceptions"]] == ["2026-12-24", "2026-12-27"]


def test_cli_06_a_period_is_answered_day_by_day(client_):
    remplacer(client_, NOEL)
    jours = lire(client_, du="2026-12-19", au="2026-12-28")
    assert jours["genre"] == "periode"
    assert [(un["date"][-2:], un["ouvert"]) for un in jours["jours"]] == [
        ("19", True),
        ("20", False),
        *[(str(un), True) for un in range(21, 24)],
        *[(str(un), False) for un in range(24, 28)],
        ("28", True),
    ]
    assert len(lire(client_, du="2026-01-01", au="2027-02-04")["jours"]) == 400


def test_cli_06_replacing_takes_the_whole_and_the_same_again_changes_nothing(client_):
    remplacer(client_, NOEL)
    autre = {"jours_ouverts": [7], "exceptions": []}
    apres = remplacer(client_, autre, version=1)
    assert apres.json() == {"genre": "calendrier", **autre, "version": 2}
    assert apres.json() == lire(client_)
    assert remplacer(client_, autre, version=2).json()["version"] == 2
    assert evenements(client_, "calendrier") == [("creation", "C0012"), ("modification", "C0012")]


def test_cli_06_a_client_that_is_never_open_by_its_weekdays_may_be_by_its_exceptions(client_):
    marche = {"du": "2026-12-25", "au": "2026-12-25", "ouvert": True}
    assert remplacer(client_, {"jours_ouverts": [], "exceptions": [marche]}).status_code == 200
    ouverts = [un["date"] for un in lire(client_, du="2026-12-01", au="2026-12-31")["jours"] if un["ouvert"]]
    assert ouverts == ["2026-12-25"]


def test_cli_06_a_calendar_goes_with_its_client(client_):
    remplacer(client_, NOEL)
    assert effacer(client_, "/v1/clients/C0012").status_code == 204
    assert refus(client_.get(CALENDRIER)) == (404, "ressource_absente")
    assert evenements(client_, "calendrier")[-1] == ("suppression", "C0012")
    assert sql(client_, "SELECT count(*) FROM exceptions_calendriers") == [(0,)]


EXCEPTION = {"du": "2026-12-24", "au": "2026-12-26"}
FAUX = [
    ({"exceptions": []}, "#/jours_ouverts", "champ_requis"),
    (NOEL | {"jours_ouverts": [0]}, "#/jours_ouverts/0", "hors_bornes"),
    (NOEL | {"jours_ouverts": [1, 8]}, "#/jours_ouverts/1", "hors_bornes"),
    (NOEL | {"jours_ouverts": ["1"]}, "#/jours_ouverts/0", "type_incorrect"),
    (NOEL | {"jours_ouverts": [1, 2, 1]}, "#/jours_ouverts", "jour_repete"),
    (NOEL | {"exceptions": [EXCEPTION | {"au": "2026-12-23"}]}, "#/exceptions/0/au", "fin_avant_debut"),
    (NOEL | {"exceptions": [{"du": "2026-12-24"}]}, "#/exceptions/0/au", "champ_requis"),
    (NOEL | {"exceptions": [EXCEPTION | {"du": "24/12/2026"}]}, "#/exceptions/0/du", "date_illisible"),
    (NOEL | {"exceptions": [EXCEPTION | {"ferme": True}]}, "#/exceptions/0", "champ_inconnu"),
    (NOEL | {"exceptions": [EXCEPTION, EXCEPTION]}, "#/exceptions/1", "exceptions_qui_se_chevauchent"),
    (
        NOEL | {"exceptions": [EXCEPTION, {"du": "2026-12-20", "au": "2026-12-24"}]},
        "#/exceptions/1",
        "exceptions_qui_se_chevauchent",
    ),
]


@pytest.mark.parametrize(("corps", "pointeur", "code"), FAUX)
def test_cli_06_a_wrong_calendar_is_refused_by_field_and_changes_nothing(client_, corps, pointeur, code):
    remplacer(client_, NOEL)
    avant = lire(client_)
    assert erreurs(remplacer(client_, corps)) == champ_refuse(pointeur, code)
    assert lire(client_) == avant


@pytest.mark.parametrize(
    ("parametres", "pointeur", "code"),
    [
        ({"du": "2026-12-01"}, "?au", "periode_incomplete"),
        ({"au": "2026-12-01"}, "?au", "periode_incomplete"),
        ({"date": "2026-12-01", "du": "2026-12-01", "au": "2026-12-02"}, "?au", "periode_incomplete"),
        ({"du": "2026-12-02", "au": "2026-12-01"}, "?au", "fin_avant_debut"),
        ({"du": "2026-01-01", "au": "2027-02-05"}, "?au", "periode_trop_longue"),
        ({"date": "2026-02-29"}, "?date", "date_illisible"),
        ({"jour": "2026-12-01"}, "?", "parametre_inconnu"),
    ],
)
def test_cli_06_a_wrong_question_is_refused(client_, parametres, pointeur, code):
    assert erreurs(client_.get(CALENDRIER, params=parametres)) == champ_refuse(pointeur, code)


def test_cli_06_only_a_client_has_a_calendar(api):
    for reponse in (api.get(CALENDRIER), remplacer(api, NOEL)):
        assert refus(reponse) == (404, "ressource_absente")


def test_cli_06_the_database_keeps_exceptions_apart(client_):
    remplacer(client_, NOEL)
    valeurs = "('C0012', '2026-12-26', '2026-12-27', true)"
    with pytest.raises(IntegrityError, match="ex_exceptions_calendriers_client"):
        sql(client_, f"INSERT INTO exceptions_calendriers (client, du, au, ouvert) VALUES {valeurs}")


def test_cli_06_a_calendar_is_read_in_a_constant_number_of_statements(client_):
    exceptions = [{"du": f"2026-{mois:02}-01", "au": f"2026-{mois:02}-02"} for mois in range(1, 13)]
    remplacer(client_, NOEL)
    with requetes_sql(client_) as une:
        lire(client_, du="2026-01-01", au="2026-12-31")
    remplacer(client_, NOEL | {"exceptions": exceptions})
    with requetes_sql(client_) as douze:
        lire(client_, du="2026-01-01", au="2026-12-31")
    assert len(une) == len(douze)
