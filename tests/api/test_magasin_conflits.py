"""MAG-13: what was touched here is not changed by the till until someone decides; what is decided stays decided."""

import pytest
import time_machine
from tests.api.documents import boulangerie, imprimer, modifier, part, supprimer, transfere
from tests.api.magasin import FIN, commande, du_document, ligne, magasin, pousser, statuts, une
from tests.api.reponses import refus
from tests.api.stock import niveau

CLIENT = {"numero": "H1"}


@pytest.fixture(autouse=True)
def namur(api):
    """The bakery, and a shop whose till's client H1 is the hotel."""
    with time_machine.travel(f"{FIN}T12:00:00Z", tick=False):
        boulangerie(api)
        magasin(api)
        assert api.post("/v1/magasins/NAM/clients/H1/lien", json={"client": "HOTEL"}).status_code == 200
        yield


def ordre(quantite="3", version=1, **autres):
    """The hotel's order."""
    return commande("T1", ligne(quantite=quantite), version=version, client=CLIENT, **autres)


def conflits(api, **filtre):
    return api.get("/v1/magasins/NAM/conflits", params=filtre).json()["data"]


def regler(api, conflit, decision, **autres):
    corps = {"version": conflit["version"], "decision": decision} | autres
    return api.post(f"/v1/magasins/NAM/conflits/{conflit['id']}/reglement", json=corps)


@pytest.fixture
def livree(api):
    """An order that was delivered."""
    cree = du_document(api, une(api, ordre()))
    transfere(api, {"type": "bordereau", "date": FIN}, part(cree))
    return cree


def test_mag_13_once_transferred_a_change_is_a_conflict_that_stays_listed_once(api, livree):
    premiere = une(api, ordre("5", version=2))
    assert (premiere["statut"], premiere["document"]) == ("conflit", livree["id"])
    assert une(api, ordre("5", version=2)) == premiere
    (conflit,) = conflits(api)
    assert (conflit["id"], conflit["motif"], conflit["version"]) == (premiere["conflit"], "transferee", 2)
    assert conflit["recu"]["lignes"][0]["quantite"] == "5"
    assert conflit["ici"]["lignes"][0]["quantite"] == "3"
    assert api.get(f"/v1/magasins/NAM/conflits/{conflit['id']}").json() == conflit
    assert du_document(api, premiere)["lignes"][0]["quantite"] == "3"
    suivante = une(api, ordre("6", version=3))
    assert (suivante["statut"], suivante["conflit"]) == ("conflit", conflit["id"])
    assert [un["version"] for un in conflits(api)] == [3]
    assert une(api, ordre("5", version=2))["avertissements"][0]["code"] == "version_anterieure"


@pytest.mark.usefixtures("livree")
def test_mag_13_cancelling_what_was_delivered_is_a_conflict_too(api):
    assert une(api, ordre(version=2, annulee=True))["statut"] == "conflit"
    assert niveau(api)[0] == "-3"


@pytest.mark.usefixtures("livree")
@pytest.mark.parametrize("decision", ["garder", "a_la_main"])
def test_mag_13_settled_as_ours_the_same_version_changes_nothing(api, decision):
    une(api, ordre("5", version=2))
    (conflit,) = conflits(api)
    reponse = regler(api, conflit, decision, note="Vu avec le magasin")
    assert reponse.status_code == 200, reponse.text
    assert (reponse.json()["decision"], reponse.json()["note"]) == (decision, "Vu avec le magasin")
    assert conflits(api) == []
    assert [un["id"] for un in conflits(api, regles=True)] == [conflit["id"]]
    assert statuts(pousser(api, ordre("5", version=2), ordre())) == ["inchange", "inchange"]
    assert une(api, ordre("6", version=3))["statut"] == "conflit"
    assert refus(regler(api, conflit, "garder")) == (409, "conflit_deja_regle")


@pytest.mark.usefixtures("livree")
def test_mag_13_theirs_cannot_be_taken_once_goods_moved_on(api):
    une(api, ordre("5", version=2))
    (conflit,) = conflits(api)
    assert refus(regler(api, conflit, "prendre")) == (409, "version_non_prenable")
    assert conflits(api) == [conflit]
    assert refus(regler(api, conflit, "a_la_main")) == (422, "note_de_reglement_requise")
    assert refus(regler(api, conflit | {"version": 1}, "garder")) == (409, "conflit_change")


def test_mag_13_theirs_is_taken_once_what_followed_is_gone(api, livree):
    une(api, ordre("5", version=2))
    (conflit,) = conflits(api)
    (bordereau,) = api.get("/v1/documents?type=bordereau").json()["data"]
    assert supprimer(api, bordereau).status_code == 204
    assert une(api, ordre("5", version=2))["statut"] == "conflit"
    assert regler(api, conflit, "prendre").status_code == 200
    assert du_document(api, {"document": livree["id"]})["lignes"][0]["quantite"] == "5"
    assert une(api, ordre("5", version=2))["statut"] == "inchange"
    assert niveau(api)[:2] == ("0", "5")


def test_mag_13_what_the_office_changed_is_not_lost(api):
    cree = du_document(api, une(api, ordre()))
    reponse = api.patch(f"/v1/documents/{cree['id']}/lignes/100", json={"quantite": "8"}, headers={"if-match": "*"})
    assert reponse.status_code == 200
    assert une(api, ordre("5", version=2))["statut"] == "conflit"
    (conflit,) = conflits(api)
    assert conflit["motif"] == "changee_ici"
    assert regler(api, conflit, "prendre").status_code == 200
    assert du_document(api, {"document": cree["id"]})["lignes"][0]["quantite"] == "5"
    assert une(api, ordre("6", version=3))["statut"] == "mis_a_jour"


def test_mag_13_what_the_till_does_not_say_is_the_offices_to_change(api):
    cree = du_document(api, une(api, ordre()))
    modifier(api, cree, remarque_interne="Sonner deux fois", contact="Anne")
    imprimer(api, cree)
    assert une(api, ordre("5", version=2))["statut"] == "mis_a_jour"
    apres = du_document(api, {"document": cree["id"]})
    assert (apres["remarque_interne"], apres["contact"]) == ("Sonner deux fois", "Anne")
    assert une(api, ordre("5", version=3, annulee=True))["statut"] == "annule"


def test_mag_13_a_change_of_what_was_deleted_here_is_a_conflict_and_can_be_taken(api):
    cree = du_document(api, une(api, ordre()))
    assert supprimer(api, cree).status_code == 204
    assert statuts(pousser(api, ordre(), ordre("5", version=2))) == ["inchange", "conflit"]
    (conflit,) = conflits(api)
    assert (conflit["motif"], conflit["document"], conflit["ici"]) == ("supprimee_ici", None, None)
    assert regler(api, conflit, "prendre").status_code == 200
    encore = une(api, ordre("5", version=2))
    assert (encore["statut"], du_document(api, encore)["lignes"][0]["quantite"]) == ("inchange", "5")


def test_mag_13_a_cancellation_of_what_was_deleted_here_is_no_conflict(api):
    cree = du_document(api, une(api, ordre()))
    supprimer(api, cree)
    assert une(api, ordre(version=2, annulee=True))["statut"] == "annule"
    assert conflits(api) == []


def test_mag_13_what_was_annulled_here_is_a_conflict(api):
    cree = du_document(api, une(api, ordre()))
    imprimee = imprimer(api, cree)
    supprimer(api, imprimee)
    assert une(api, ordre("5", version=2))["statut"] == "conflit"
    (conflit,) = conflits(api)
    assert conflit["motif"] == "annulee_ici"
    assert regler(api, conflit, "prendre").status_code == 200
    assert niveau(api)[1] == "5"


@pytest.mark.usefixtures("livree")
def test_mag_13_each_step_of_a_conflict_is_in_the_journal(api):
    une(api, ordre("5", version=2))
    une(api, ordre("6", version=3))
    (conflit,) = conflits(api)
    regler(api, conflit, "garder")
    tous = api.get("/v1/evenements?limite=200").json()["data"]
    assert [un["action"] for un in tous if un["ressource"] == "conflit_magasin"] == [
        "creation",
        "modification",
        "modification",
    ]


@pytest.mark.usefixtures("livree")
def test_sec_01_conflicts_are_read_by_the_shop_and_settled_by_the_office(api, cle_de):
    une(api, ordre("5", version=2))
    (conflit,) = conflits(api)
    caisse = cle_de("magasin:NAM")
    assert api.get("/v1/magasins/NAM/conflits", headers=caisse).json()["data"] == [conflit]
    adresse = f"/v1/magasins/NAM/conflits/{conflit['id']}/reglement"
    assert refus(api.post(adresse, json={"version": 2, "decision": "garder"}, headers=caisse))[0] == 403
    magasin(api, "HUY")
    assert refus(api.get(f"/v1/magasins/HUY/conflits/{conflit['id']}"))[0] == 404
