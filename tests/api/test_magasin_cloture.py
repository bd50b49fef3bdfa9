"""MAG-26: a private client's order closes after its day; a professional's does not."""

import pytest
import time_machine
from tests.api.catalogue import changer
from tests.api.documents import boulangerie, modifier, part, tente, transfere
from tests.api.magasin import FIN, commande, du_document, ligne, magasin, pousser, statuts, une
from tests.api.reponses import refus
from tests.api.stock import exiger_soldes, niveau

LENDEMAIN = "2025-06-17T00:30:00Z"
"""Half past two in Brussels: the day is past."""


@pytest.fixture(autouse=True)
def temps(api):
    """The bakery, and a shop of it, at noon of the day of its orders."""
    with time_machine.travel(f"{FIN}T12:00:00Z", tick=False) as temps:
        boulangerie(api)
        magasin(api)
        api.post("/v1/magasins/NAM/clients/H1/lien", json={"client": "HOTEL"})
        yield temps


def test_mag_26_a_private_order_closes_after_its_day_and_holds_nothing(api, temps):
    privee, pro = pousser(api, commande("T1"), commande("T2", ligne(quantite="5"), client={"numero": "H1"}))
    pousser(api)
    assert niveau(api)[1] == "8"
    temps.move_to("2025-06-16T21:59:00Z")
    pousser(api)
    assert du_document(api, privee)["cloture_le"] is None
    temps.move_to(LENDEMAIN)
    pousser(api)
    close = du_document(api, privee)
    assert (close["cloture_le"], close["etat"], close["version"]) == (LENDEMAIN, "en_attente", 2)
    assert du_document(api, pro)["cloture_le"] is None
    assert niveau(api)[1] == "5"
    exiger_soldes(api)
    pousser(api)
    assert du_document(api, privee)["version"] == 2


def test_mag_26_a_closed_order_is_nothing_to_transfer_nor_credit_nor_back_order(api, temps):
    privee = une(api, commande("T1"))
    temps.move_to(LENDEMAIN)
    pousser(api)
    close = du_document(api, privee)
    assert {"transferer", "abandonner"}.isdisjoint(close["actions"])
    assert refus(tente(api, {"type": "bordereau"}, part(close))) == (409, "commande_cloturee")
    assert api.get("/v1/documents?a_transferer=true").json()["data"] == []
    assert [un["id"] for un in api.get("/v1/documents?magasin=NAM").json()["data"]] == [close["id"]]
    assert api.get(f"/v1/clients/{close['client']}/situation-credit").json()["commandes"] == "0.00"
    assert api.get("/v1/back-orders").json()["data"] == []


def test_mag_26_a_coming_day_opens_it_again_from_the_till_as_from_the_office(api, temps):
    une(api, commande("T1"))
    deux = une(api, commande("T2"))
    temps.move_to(LENDEMAIN)
    pousser(api)
    assert niveau(api)[1] == "0"
    tardive = une(api, commande("T1", ligne(quantite="4"), version=2))
    assert tardive["statut"] == "mis_a_jour"
    assert du_document(api, tardive)["cloture_le"] is not None
    assert niveau(api)[1] == "0"
    remise = une(api, commande("T1", ligne(quantite="4"), version=3, date_livraison="2025-06-18"))
    assert (du_document(api, remise)["cloture_le"], niveau(api)[1]) == (None, "4")
    modifier(api, du_document(api, deux), date_livraison_prevue="2025-06-18")
    assert (du_document(api, deux)["cloture_le"], niveau(api)[1]) == (None, "7")
    temps.move_to("2025-06-19T12:00:00Z")
    assert statuts(pousser(api, commande("T3"))) == ["cree"]
    assert niveau(api)[1] == "0"
    exiger_soldes(api)


def test_mag_26_what_was_delivered_or_belongs_to_a_client_who_is_invoiced_stays_open(api, temps):
    livree, facturable = pousser(
        api, commande("T1", ligne(quantite="3")), commande("T2", client={"numero": "M9", "nom": "X"})
    )
    source = du_document(api, livree)
    transfere(api, {"type": "bordereau", "date": FIN}, part(source, {"ordre": 100, "quantite": "1"}))
    changer(api, f"/v1/clients/{facturable['client']}", facturable=True)
    temps.move_to(LENDEMAIN)
    pousser(api)
    assert du_document(api, livree)["cloture_le"] is None
    assert du_document(api, facturable)["cloture_le"] is None


def test_mag_26_a_private_order_never_becomes_a_facture(api):
    source = du_document(api, une(api, commande("T1")))
    assert refus(tente(api, {"type": "facture", "date": FIN}, part(source)))[1] == "client_non_facturable"
    bordereau = transfere(api, {"type": "bordereau", "date": FIN}, part(source))
    assert (bordereau["magasin"], bordereau["reference_magasin"]) == ("NAM", "T1")


def test_mag_26_documents_of_several_orders_are_of_none_in_particular(api):
    un, deux = (du_document(api, une(api, commande(nom))) for nom in ("T1", "T2"))
    ensemble = transfere(api, {"type": "bordereau", "date": FIN}, part(un), part(deux))
    assert (ensemble["magasin"], ensemble["reference_magasin"]) == (None, None)


def test_mag_26_a_closed_order_can_still_be_cancelled(api, temps):
    une(api, commande("T1"))
    temps.move_to(LENDEMAIN)
    pousser(api)
    annulee = une(api, commande("T1", version=2, annulee=True))
    assert annulee["statut"] == "annule"
    assert du_document(api, annulee)["etat"] == "annule"
    exiger_soldes(api)
