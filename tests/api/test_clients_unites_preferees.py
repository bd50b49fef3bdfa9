"""The unit that a client orders an article in (CLI-09)."""

import pytest
from tests.api.catalogue import creer
from tests.api.documents import boulangerie
from tests.api.reponses import donnees, erreurs, refus, si

BASE = "/v1/clients/HOTEL/unites-preferees"
CAISSE = {"abreviation": "CS", "unite": "CT", "facteur": "24", "operateur": "M", "decimales": 0}


@pytest.fixture
def boulanger(api):
    """The bakery; baguettes come in cartons of 6 and crates of 24."""
    boulangerie(api)
    creer(api, "/v1/articles/BAG/unites", CAISSE)
    return api


def test_cli_09_a_client_prefers_a_unit_of_an_article(boulanger):
    creee = boulanger.post(BASE, json={"article": "BAG", "unite": "CT6"})
    assert (creee.status_code, creee.headers["location"], creee.headers["etag"]) == (201, f"{BASE}/BAG", '"1"')
    assert creee.json() == {"article": "BAG", "unite": "CT6", "version": 1}
    assert boulanger.get(f"{BASE}/BAG").json() == creee.json()
    changee = boulanger.patch(f"{BASE}/BAG", json={"unite": "CS"}, headers=si(1))
    assert (changee.json(), changee.headers["etag"]) == ({"article": "BAG", "unite": "CS", "version": 2}, '"2"')
    creer(boulanger, BASE, {"article": "TRU", "unite": "PC"})
    assert [(une["article"], une["unite"]) for une in donnees(boulanger.get(BASE))] == [("BAG", "CS"), ("TRU", "PC")]
    assert donnees(boulanger.get("/v1/clients/NATIONAL/unites-preferees")) == []
    assert boulanger.delete(f"{BASE}/BAG", headers=si(2)).status_code == 204
    assert boulanger.get(f"{BASE}/BAG").status_code == 404
    journal = [
        (un["action"], un["identifiant"])
        for un in donnees(boulanger.get("/v1/evenements?limite=200"))
        if un["ressource"] == "unite_preferee"
    ]
    assert journal == [
        ("creation", "HOTEL/BAG"),
        ("modification", "HOTEL/BAG"),
        ("creation", "HOTEL/TRU"),
        ("suppression", "HOTEL/BAG"),
    ]


@pytest.mark.parametrize(
    ("corps", "statut", "champs"),
    [
        ({"article": "BAG", "unite": "PC"}, 422, [("#/unite", "reference_inconnue")]),
        ({"article": "BAG", "unite": "PCE"}, 422, [("#/unite", "reference_inconnue")]),
        ({"article": "XXX", "unite": "CT6"}, 422, [("#/article", "reference_inconnue")]),
        ({"article": "TRU", "unite": "PC"}, 409, [("#/article", "deja_pris")]),
        ({"article": "BAG"}, 422, [("#/unite", "champ_requis")]),
        ({"article": "BAG", "unite": ""}, 422, [("#/unite", "texte_trop_court")]),
    ],
)
def test_cli_09_a_wrong_preference_names_its_field_and_stores_nothing(boulanger, corps, statut, champs):
    creer(boulanger, BASE, {"article": "TRU", "unite": "PC"})
    assert erreurs(boulanger.post(BASE, json=corps)) == (statut, champs)
    assert [une["article"] for une in donnees(boulanger.get(BASE))] == ["TRU"]


def test_cli_09_a_preference_changes_to_another_unit_of_the_article_only(boulanger):
    creer(boulanger, BASE, {"article": "BAG", "unite": "CT6"})
    refusee = boulanger.patch(f"{BASE}/BAG", json={"unite": "PC"}, headers=si(1))
    assert erreurs(refusee) == (422, [("#/unite", "reference_inconnue")])
    refusee = boulanger.patch(f"{BASE}/BAG", json={"article": "TRU"}, headers=si(1))
    assert erreurs(refusee)[1] == [("#", "champ_inconnu")]
    assert boulanger.get(f"{BASE}/BAG").json() == {"article": "BAG", "unite": "CT6", "version": 1}


def test_cli_09_api_06_a_change_names_the_version_it_saw(boulanger):
    creer(boulanger, BASE, {"article": "BAG", "unite": "CT6"})
    for methode, corps in (("PATCH", {"json": {"unite": "CS"}}), ("DELETE", {})):
        assert boulanger.request(methode, f"{BASE}/BAG", **corps).status_code == 428
        assert boulanger.request(methode, f"{BASE}/BAG", headers=si(7), **corps).status_code == 412


def test_cli_09_only_a_client_has_preferences(boulanger):
    for methode, chemin in (("GET", ""), ("POST", ""), ("GET", "/BAG"), ("PATCH", "/BAG"), ("DELETE", "/BAG")):
        corps = {"POST": {"article": "BAG", "unite": "CT6"}, "PATCH": {"unite": "CT6"}}.get(methode)
        for client in ("C9", "HOTEL") if chemin else ("C9",):
            reponse = boulanger.request(
                methode, f"/v1/clients/{client}/unites-preferees{chemin}", json=corps, headers={"if-match": "*"}
            )
            assert refus(reponse) == (404, "ressource_absente")


def test_cli_09_art_13_a_preferred_unit_stays_with_its_article(boulanger):
    creer(boulanger, BASE, {"article": "BAG", "unite": "CS"})
    assert refus(boulanger.delete("/v1/articles/BAG/unites/CS", headers=si(1))) == (409, "en_utilisation")
    assert boulanger.delete(f"{BASE}/BAG", headers=si(1)).status_code == 204
    assert boulanger.delete("/v1/articles/BAG/unites/CS", headers=si(1)).status_code == 204


def test_cli_09_preferences_go_with_their_client(boulanger):
    creer(boulanger, BASE, {"article": "BAG", "unite": "CS"})
    assert boulanger.delete("/v1/clients/HOTEL", headers=si(1)).status_code == 204
    assert boulanger.delete("/v1/articles/BAG/unites/CS", headers=si(1)).status_code == 204
