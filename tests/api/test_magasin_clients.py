"""MAG-16: a till's clients: made once per shop, then changed where they are delivered only; the office links them."""

import pytest
import time_machine
from tests.api.catalogue import changer
from tests.api.documents import boulangerie
from tests.api.magasin import FIN, commande, du_document, magasin, pousser, refus_de, statuts, une

RUE = {"rue": "Rue du Four 1", "code_postal": "5000", "localite": "Namur"}
AILLEURS = {"rue": "Quai de Meuse 2", "code_postal": "5100", "localite": "Jambes"}


@pytest.fixture(autouse=True)
def namur(api):
    """The bakery, and two shops of it."""
    with time_machine.travel(f"{FIN}T12:00:00Z", tick=False):
        boulangerie(api)
        magasin(api)
        magasin(api, "HUY")
        yield


def client(numero="M1", **champs):
    """A client of the till."""
    return {"numero": numero, "nom": "Anne Dubois", "telephone": "081 1", "adresse": RUE} | champs


def envoyer(api, *clients, code="NAM", **autres):
    reponse = api.post(f"/v1/magasins/{code}/clients", json={"clients": list(clients)}, **autres)
    assert reponse.status_code == 207, reponse.text
    return reponse.json()["resultats"]


def livraisons(api, numero):
    adresses = api.get(f"/v1/clients/{numero}/adresses").json()["data"]
    return [(une["libelle"], une["rue"], une["telephone"], une["par_defaut"]) for une in adresses]


def test_mag_16_a_new_client_gets_a_minimal_record(api):
    (resultat,) = envoyer(api, client(langue="nl", courriel="a@b.be", numero_tva="BE0403170701", particulier=False))
    assert (resultat["statut"], resultat["client"], resultat["reference"]) == ("cree", "NAM-M1", "M1")
    fiche = api.get("/v1/clients/NAM-M1").json()
    attendus = {"nom": "Anne Dubois", "telephone": "081 1", "courriel": "a@b.be", "langue": "nl", "facturable": False,
                "particulier": False, "numero_tva": "BE0403170701", "tarif": None}  # fmt: skip
    assert {nom: fiche[nom] for nom in attendus} == attendus
    assert fiche["adresse"]["rue"] == RUE["rue"]
    assert fiche["note_envoi"]["imprimer"] is False
    assert livraisons(api, "NAM-M1") == []


def test_mag_16_later_changes_are_of_the_delivery_only_and_the_rest_is_named(api):
    envoyer(api, client())
    changer(api, "/v1/clients/NAM-M1", nom="Anne Dubois SRL", tarif="REV", facturable=True)
    (resultat,) = envoyer(api, client(nom="A. Dubois", courriel="a@b.be", adresse=AILLEURS, telephone="081 2"))
    assert (resultat["statut"], resultat["client"]) == ("mis_a_jour", "NAM-M1")
    (dit,) = resultat["avertissements"]
    assert (dit["code"], dit["champs"], dit["pointeur"]) == ("champs_ignores", ["courriel", "nom"], "#/clients/0")
    fiche = api.get("/v1/clients/NAM-M1").json()
    assert (fiche["nom"], fiche["telephone"], fiche["courriel"], fiche["tarif"], fiche["facturable"]) == (
        "Anne Dubois SRL", "081 1", None, "REV", True,
    )  # fmt: skip
    assert fiche["adresse"]["rue"] == RUE["rue"]
    assert livraisons(api, "NAM-M1") == [("Magasin NAM", AILLEURS["rue"], "081 2", True)]
    (encore,) = envoyer(api, client(adresse=RUE, telephone="081 3"))
    assert encore["statut"] == "mis_a_jour"
    assert livraisons(api, "NAM-M1") == [("Magasin NAM", RUE["rue"], "081 3", True)]


def test_mag_16_the_same_again_changes_nothing_of_the_office(api):
    envoyer(api, client(adresse=AILLEURS), client(telephone="081 2"))
    (adresse,) = api.get("/v1/clients/NAM-M1/adresses").json()["data"]
    changer(api, f"/v1/clients/NAM-M1/adresses/{adresse['id']}", rue="Corrigée par le bureau")
    assert statuts(envoyer(api, client(telephone="081 2"))) == ["inchange"]
    assert livraisons(api, "NAM-M1")[0][1] == "Corrigée par le bureau"


def test_mag_16_an_older_version_of_a_client_never_wins(api):
    envoyer(api, client(version=3, telephone="081 3"))
    (ancienne,) = envoyer(api, client(version=2, telephone="081 2"))
    assert (ancienne["statut"], ancienne["avertissements"][0]["code"]) == ("inchange", "version_anterieure")
    assert livraisons(api, "NAM-M1") == []
    assert statuts(envoyer(api, client(version=4, telephone="081 4"))) == ["mis_a_jour"]


def test_mag_16_an_order_brings_its_client_along_once_it_is_taken(api):
    ordre = commande("T1", client=client())
    une(api, ordre)
    change = une(api, ordre | {"version": 2, "heure_livraison": "08:00", "client": client(nom="B", adresse=AILLEURS)})
    assert (change["statut"], change["client"]) == ("mis_a_jour", "NAM-M1")
    assert [un["champs"] for un in change["avertissements"] if un["code"] == "champs_ignores"] == [["nom"]]
    assert livraisons(api, "NAM-M1") == [("Magasin NAM", AILLEURS["rue"], "081 1", True)]
    assert du_document(api, change)["adresse_livraison"] is None
    suivante = une(api, commande("T2", client=client(nom="B", adresse=AILLEURS)))
    assert du_document(api, suivante)["adresse_livraison"]["rue"] == AILLEURS["rue"]
    assert statuts(pousser(api, ordre)) == ["inchange"]
    assert livraisons(api, "NAM-M1") == [("Magasin NAM", AILLEURS["rue"], "081 1", True)]


def test_mag_16_equal_numbers_of_two_shops_are_two_persons(api):
    a, b = une(api, commande("T1", client=client())), une(api, commande("T1", client=client()), code="HUY")
    assert (a["client"], b["client"]) == ("NAM-M1", "HUY-M1")
    liens = api.get("/v1/magasins/HUY/clients").json()["data"]
    assert liens == [{"magasin": "HUY", "numero": "M1", "client": "HUY-M1", "version": 0}]


def test_mag_16_numbers_that_are_taken_or_too_long_are_told_apart(api):
    api.post("/v1/clients", json={"numero": "NAM-M1", "nom": "Un autre"})
    long = "0123456789ABCDEF"
    resultats = envoyer(api, client("M1"), client(long + "1"), client(long + "2"), client("é/"[:1]))
    assert [un["client"] for un in resultats] == ["NAM-M1-2", "N-0123456789ABC", "N-0123456789A-2", "NAM"]
    assert api.get("/v1/clients/NAM-M1").json()["nom"] == "Un autre"


def test_mag_16_the_office_says_who_a_tills_client_is(api):
    assert api.post("/v1/magasins/NAM/clients/M1/lien", json={"client": "PERSONNE"}).status_code == 422
    lien = api.post("/v1/magasins/NAM/clients/M1/lien", json={"client": "HOTEL"})
    assert (lien.status_code, lien.json()["client"]) == (200, "HOTEL")
    resultat = une(api, commande("T1", client=client()))
    assert (resultat["statut"], resultat["client"], resultat["avertissements"]) == ("cree", "HOTEL", [])
    assert livraisons(api, "HOTEL") == []
    assert api.get("/v1/clients/NAM-M1").status_code == 404
    apres = une(api, commande("T2", client=client(adresse=AILLEURS)))
    assert apres["avertissements"][0]["champs"] == ["nom"]
    assert livraisons(api, "HOTEL") == [("Magasin NAM", AILLEURS["rue"], "081 1", True)]
    siens = api.get("/v1/magasins/NAM/clients?client=HOTEL").json()["data"]
    assert [un["numero"] for un in siens] == ["M1"]


def test_mag_01_with_clients_off_they_are_neither_made_nor_changed(api):
    envoyer(api, client())
    api.patch("/v1/magasins/NAM/parametres", json={"synchro_clients": False}, headers={"if-match": "*"})
    assert statuts(envoyer(api, client("M2"))) == ["desactive"]
    nouvelle, connue = pousser(
        api, commande("T1", client=client("M2")), commande("T2", client=client(adresse=AILLEURS))
    )
    assert refus_de(nouvelle) == [("client_de_magasin_inconnu", "#/commandes/0/client/numero")]
    assert (connue["statut"], connue["client"], livraisons(api, "NAM-M1")) == ("cree", "NAM-M1", [])


def test_mag_16_a_bad_client_stops_no_other(api):
    resultats = envoyer(api, client("M1"), client("M2", nom="a\x00"), {"numero": "M3"}, 7, client("M4", numero_tva="?"))
    assert statuts(resultats) == ["cree", "refuse", "refuse", "refuse", "cree"]
    assert refus_de(resultats[1]) == [("format_incorrect", "#/clients/1/nom")]
    assert refus_de(resultats[2]) == [("client_de_magasin_inconnu", "#/clients/2/nom")]
    assert resultats[4]["avertissements"][0]["champs"] == ["numero_tva"]


def test_mag_16_of_several_words_on_a_client_in_one_batch_the_newest_counts(api):
    a, b, c = (client(version=rang, nom=f"V{rang}") for rang in (2, 3, 1))
    resultats = pousser(api, *(commande(f"T{rang}", client=un) for rang, un in enumerate((a, b, c))))
    assert {un["client"] for un in resultats} == {"NAM-M1"}
    assert api.get("/v1/clients/NAM-M1").json()["nom"] == "V3"


def test_mag_16_an_order_that_says_less_of_its_client_takes_nothing_away(api):
    envoyer(api, client(version=1))
    envoyer(api, client(version=2, telephone="081 2", adresse=AILLEURS))
    attendues = [("Magasin NAM", "Quai de Meuse 2", "081 2", True)]
    assert livraisons(api, "NAM-M1") == attendues
    pousser(api, commande("T1", client={"numero": "M1", "nom": "Anne Dubois"}))
    assert livraisons(api, "NAM-M1") == attendues


def test_mag_12_a_client_that_arrives_late_under_its_old_version_changes_nothing(api):
    envoyer(api, client(version=1))
    envoyer(api, client(version=2, telephone="081 2"))
    pousser(api, commande("T1", client={"numero": "M1", "nom": "Anne Dubois", "telephone": "081 3"}))
    for version in (1, 2):
        (resultat,) = envoyer(api, client(version=version, telephone="081 2"))
        assert resultat["statut"] == "inchange"
    assert [une[2] for une in livraisons(api, "NAM-M1")] == ["081 3"]
    envoyer(api, client(version=4, telephone="081 3"))
    envoyer(api, client(version=5, telephone="081 3"))
    envoyer(api, client(version=4, telephone="081 9"))
    assert [une[2] for une in livraisons(api, "NAM-M1")] == ["081 3"]
