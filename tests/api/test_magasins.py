"""MAG-01: shops and their parameters; SEC-01: whose key opens what."""

import pytest
from tests.api.catalogue import changer, creer
from tests.api.reponses import refus


@pytest.fixture(autouse=True)
def namur(api):
    """A shop."""
    return creer(api, "/v1/magasins", {"code": "NAM", "nom": "Magasin de Namur"})


def test_mag_01_a_new_shop_has_the_parameters_of_the_screen(api, namur):
    assert namur == {"code": "NAM", "nom": "Magasin de Namur", "client": None, "actif": True, "version": 1}
    lus = api.get("/v1/magasins/NAM/parametres")
    assert lus.headers["etag"] == '"1"'
    assert lus.json() == {
        "synchro_commandes": True,
        "synchro_clients": True,
        "synchro_factures": True,
        "liste_commandes": True,
        "liste_commandes_demain": False,
        "imprimer_notes_envoi": True,
        "notes_envoi_j_moins_1": False,
        "imprimer_production": True,
        "familles_patisserie": [],
        "reste_j_plus": 1,
        "client_reste": "99999",
        "fenetre_commandes": 2,
        "fenetre_factures": 31,
        "version": 1,
    }


def test_mag_01_parameters_change_alone_and_under_their_version(api):
    creer(api, "/v1/familles", {"code": "3", "libelle": "Pâtisserie"})
    champs = {"familles_patisserie": ["3"], "synchro_factures": False, "fenetre_commandes": 4}
    change = api.patch("/v1/magasins/NAM/parametres", json=champs, headers={"if-match": '"1"'})
    assert change.status_code == 200, change.text
    assert {nom: change.json()[nom] for nom in champs} == champs
    assert change.json()["imprimer_production"] is True
    assert refus(api.patch("/v1/magasins/NAM/parametres", json={}, headers={"if-match": '"1"'}))[0] == 412
    (evenement,) = [
        un
        for un in api.get("/v1/evenements?limite=200").json()["data"]
        if (un["ressource"], un["action"]) == ("magasin", "modification")
    ]
    assert (evenement["avant"]["fenetre_commandes"], evenement["apres"]["fenetre_commandes"]) == (2, 4)


@pytest.mark.parametrize(
    ("champs", "pointeur"),
    [
        ({"familles_patisserie": ["3", "8"]}, "#/familles_patisserie/0"),
        ({"reste_j_plus": -1}, "#/reste_j_plus"),
        ({"reste_j_plus": 61}, "#/reste_j_plus"),
        ({"fenetre_commandes": 367}, "#/fenetre_commandes"),
        ({"fenetre_factures": "31"}, "#/fenetre_factures"),
        ({"client_reste": None}, "#/client_reste"),
        ({"imprimante": True}, "#"),
    ],
)
def test_mag_01_a_parameter_that_cannot_be_is_refused_by_name(api, champs, pointeur):
    reponse = api.patch("/v1/magasins/NAM/parametres", json=champs, headers={"if-match": "*"})
    assert reponse.status_code == 422
    assert reponse.json()["erreurs"][0]["pointeur"] == pointeur


def test_mag_01_a_shop_is_one_that_a_key_can_be_made_for(api):
    assert refus(api.post("/v1/magasins", json={"code": "Liège", "nom": "Liège"}))[0] == 422
    assert refus(api.post("/v1/magasins", json={"code": "NAM", "nom": "Encore"}))[0] == 409
    assert refus(api.post("/v1/magasins", json={"code": "X", "nom": "X", "client": "PERSONNE"}))[0] == 422
    changer(api, "/v1/magasins/NAM", actif=False)
    assert api.get("/v1/magasins/NAM").json()["actif"] is False
    assert refus(api.get("/v1/magasins/HUY/parametres"))[0] == 404


def test_sec_01_a_shops_key_opens_that_shop_only(api, cle_de):
    creer(api, "/v1/magasins", {"code": "HUY", "nom": "Huy"})
    cle = cle_de("magasin:NAM")
    assert api.get("/v1/magasins/NAM/parametres", headers=cle).status_code == 200
    for chemin in ("HUY/parametres", "nam/parametres", "NA/parametres", "NAM"):
        assert refus(api.get(f"/v1/magasins/{chemin}", headers=cle)) == (403, "portee_insuffisante"), chemin
    assert refus(api.patch("/v1/magasins/NAM/parametres", json={}, headers=cle | {"if-match": "*"}))[0] == 403
    assert refus(api.get("/v1/documents", headers=cle))[0] == 403
    lecteur = cle_de("lecture")
    assert api.get("/v1/magasins/HUY/parametres", headers=lecteur).status_code == 200
