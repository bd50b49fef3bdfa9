"""MAG-15: the list of a shop's orders for a day, as JSON and as the PDF that lies on the counter."""

import pytest
import time_machine
from tests.api.catalogue import changer
from tests.api.documents import boulangerie
from tests.api.magasin import DUPONT, FIN, commande, du_document, ligne, magasin, pousser
from tests.api.reponses import refus
from tests.impression.lecture import lire

LENDEMAIN = "2025-06-17"
ALBERT = {"numero": "M2", "nom": "Albert Évrard"}


@pytest.fixture(autouse=True)
def namur(api):
    """The bakery, a shop of it, and its orders for two days."""
    with time_machine.travel(f"{FIN}T12:00:00Z", tick=False):
        boulangerie(api)
        magasin(api)
        baguettes = ligne("BAG", "10", "0.90", memo="bien cuites"), ligne("BAG", "2", unite="CT6")
        pousser(
            api,
            commande("T1", ligne("VIN", "1", "12.10"), heure_livraison="16:00", paye="5.00"),
            commande("T2", *baguettes, heure_livraison="08:30"),
            commande("T3", ligne(), client=ALBERT),
            commande("T4", ligne(), client=ALBERT, heure_livraison="08:30"),
            commande("T5", ligne(), date_livraison=LENDEMAIN),
            commande("T6", ligne()),
        )  # fmt: skip
        pousser(api, commande("T6", version=2, annulee=True))
        yield


def lue(api, **filtre):
    reponse = api.get("/v1/magasins/NAM/commandes/liste", params=filtre)
    assert reponse.status_code == 200, reponse.text
    return reponse.json()


def test_mag_15_orders_come_by_time_then_by_name(api):
    liste = lue(api, date=FIN)
    assert [(une["heure"], une["nom"], une["reference"]) for une in liste["commandes"]] == [
        ("08:30", "Albert Évrard", "T4"),
        ("08:30", "Mme Dupont", "T2"),
        ("16:00", "Mme Dupont", "T1"),
        (None, "Albert Évrard", "T3"),
    ]
    deux = liste["commandes"][1]
    assert [(une["quantite"], une["unite"], une["memo"], une["montant"]) for une in deux["lignes"]] == [
        ("10", "PCE", "bien cuites", "9.00"),
        ("2", "CT6", None, "10.80"),
    ]
    assert (deux["telephone"], deux["total"], deux["paye"], deux["reste"]) == (
        DUPONT["telephone"],
        "19.80",
        "0.00",
        "19.80",
    )
    un = liste["commandes"][2]
    assert (un["total"], un["paye"], un["reste"]) == ("12.10", "5.00", "7.10")
    assert (liste["date"], liste["total"], liste["paye"], liste["reste"]) == (FIN, "37.30", "5.00", "32.30")


def test_mag_15_for_today_or_tomorrow_as_the_parameter_says(api):
    assert [une["reference"] for une in lue(api)["commandes"]] == ["T4", "T2", "T1", "T3"]
    changer(api, "/v1/magasins/NAM/parametres", liste_commandes_demain=True)
    assert (lue(api)["date"], [une["reference"] for une in lue(api)["commandes"]]) == (LENDEMAIN, ["T5"])
    assert lue(api, date=FIN)["date"] == FIN


def test_mag_15_a_closed_order_stays_in_the_list_of_its_day(api):
    with time_machine.travel("2025-06-18T12:00:00Z", tick=False):
        pousser(api)
        close = lue(api, date=FIN)["commandes"][0]
        assert du_document(api, close)["cloture_le"] is not None


def test_mag_15_the_pdf_says_the_same_and_has_an_etag(api):
    reponse = api.get(f"/v1/magasins/NAM/commandes/liste/pdf?date={FIN}")
    assert reponse.headers["content-type"] == "application/pdf"
    texte = " ".join(une.extract_text() for une in lire(reponse.content).pages)
    for dit in (
        "08:30 · Albert Évrard",
        "081 22 33 44 · T2",
        "bien cuites",
        "CT6",
        "19,80",
        "Déjà payé",
        "7,10",
        "32,30",
    ):
        assert dit in texte, dit
    encore = api.get(
        f"/v1/magasins/NAM/commandes/liste/pdf?date={FIN}", headers={"if-none-match": reponse.headers["etag"]}
    )
    assert encore.status_code == 304
    vide = api.get("/v1/magasins/NAM/commandes/liste/pdf?date=2025-01-01")
    assert vide.status_code == 200


def test_mag_15_an_unknown_shop_and_a_bad_date_are_refused(api):
    assert refus(api.get("/v1/magasins/HUY/commandes/liste"))[0] == 404
    assert refus(api.get("/v1/magasins/NAM/commandes/liste?date=hier"))[0] == 422
