"""What of a client may go and when: deleted, made inactive (CLI-10)."""

import pytest
from tests.api.catalogue import creer
from tests.api.commandes_types import commande_type
from tests.api.documents import baguettes, boulangerie, document, supprimer
from tests.api.reponses import donnees, refus, si

APPARTENANCES = [
    ("adresses", {"libelle": "Cuisine"}),
    ("unites-preferees", {"article": "BAG", "unite": "CT6"}),
]


@pytest.fixture
def hotel(api):
    """The bakery, whose client `HOTEL` has something of each kind that belongs to a client."""
    boulangerie(api)
    for chemin, corps in APPARTENANCES:
        creer(api, f"/v1/clients/HOTEL/{chemin}", corps)
    calendrier = {"jours_ouverts": [1, 2], "exceptions": [{"du": "2026-07-01", "au": "2026-07-31"}]}
    assert api.put("/v1/clients/HOTEL/calendrier", json=calendrier, headers={"if-match": "*"}).is_success
    return api


def test_cli_10_a_client_goes_with_all_that_belongs_to_it(hotel):
    assert hotel.delete("/v1/clients/HOTEL", headers=si(1)).status_code == 204
    assert hotel.get("/v1/clients/HOTEL").status_code == 404
    parties = [
        (un["ressource"], un["apres"])
        for un in donnees(hotel.get("/v1/evenements?limite=200"))
        if un["action"] == "suppression" and un["avant"] is not None
    ]
    assert sorted(parties) == [
        ("adresse", None), ("calendrier", None), ("client", None), ("unite_preferee", None),
    ]  # fmt: skip
    creer(hotel, "/v1/clients", {"numero": "HOTEL", "nom": "Un autre"})
    for chemin, _ in APPARTENANCES:
        assert donnees(hotel.get(f"/v1/clients/HOTEL/{chemin}")) == []


def test_cli_10_a_client_with_documents_stays_and_the_answer_says_by_what(hotel):
    commandes = [document(hotel, "commande", baguettes(), client="HOTEL") for _ in range(2)]
    refuse = hotel.delete("/v1/clients/HOTEL", headers=si(1))
    assert refus(refuse) == (409, "en_utilisation")
    assert "documents (2)" in refuse.json()["detail"]
    assert all(une["id"] in refuse.json()["detail"] for une in commandes)
    for chemin, _ in APPARTENANCES:
        assert len(donnees(hotel.get(f"/v1/clients/HOTEL/{chemin}"))) == 1
    assert hotel.get("/v1/clients/HOTEL/calendrier").json()["jours_ouverts"] == [1, 2]
    inactif = hotel.patch("/v1/clients/HOTEL", json={"actif": False}, headers=si(1))
    assert (inactif.status_code, inactif.json()["actif"]) == (200, False)
    for une in commandes:
        assert supprimer(hotel, une).status_code == 204
    assert hotel.delete("/v1/clients/HOTEL", headers=si(2)).status_code == 204


def test_cli_10_a_client_with_standing_orders_stays_and_the_answer_counts_and_names_them(hotel):
    """CLI-10: they are known by their numbers, for they have no other name."""
    premiere, deuxieme = (commande_type(hotel)["id"] for _ in range(2))
    refuse = hotel.delete("/v1/clients/HOTEL", headers=si(1))
    assert refus(refuse) == (409, "en_utilisation")
    assert refuse.json()["detail"] == f"Encore utilisé par : commandes-types (2) : {premiere}, {deuxieme}."
