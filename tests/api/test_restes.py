"""MAG-21: what a shop has left of a day, for the production of a later one."""

import pytest
from tests.api.catalogue import champ_refuse, changer, creer, effacer
from tests.api.production import LUNDI, MARDI, MERCREDI, a_produire, fournil, restes
from tests.api.reponses import donnees, erreurs, refus


@pytest.fixture(autouse=True)
def _fournil(api):
    fournil(api)


def ecrits(api, **filtre):
    """The leftovers of the shop: `2025-06-16 BAG 4 pour 2025-06-17`."""
    lus = donnees(api.get("/v1/magasins/NAM/restes", params=filtre))
    return [f"{un['date']} {un['article']} {un['quantite']} pour {un['pour_le']}" for un in lus]


def evenements(api):
    lus = donnees(api.get("/v1/evenements", params={"limite": 200}))
    return [(un["action"], un["identifiant"]) for un in lus if un["ressource"] == "restes"]


def test_mag_21_leftovers_count_so_many_days_later_under_the_shops_client(api):
    reponse = restes(api, ("ECL", "4"), ("BAG", "2.5"))
    assert reponse.status_code == 200, reponse.text
    assert reponse.json()["pour_le"] == MARDI
    assert [(un["article"], un["quantite"], un["client"]) for un in reponse.json()["lignes"]] == [
        ("BAG", "2.5", "99999"),
        ("ECL", "4", "99999"),
    ]
    assert a_produire(api, LUNDI) == []
    assert a_produire(api) == ["ECL 0+0+0-4 = 0 (4)", "BAG 0+0+0-2.5 = 0 (2.5)"]
    changer(api, "/v1/magasins/NAM/parametres", reste_j_plus=2, client_reste="RESTE")
    assert ecrits(api) == [f"{LUNDI} BAG 2.5 pour {MARDI}", f"{LUNDI} ECL 4 pour {MARDI}"]
    assert restes(api, ("ECL", "4")).json()["lignes"][1]["client"] == "RESTE"
    assert ecrits(api) == [f"{LUNDI} BAG 2.5 pour {MARDI}", f"{LUNDI} ECL 4 pour {MERCREDI}"]
    changer(api, "/v1/magasins/NAM/parametres", reste_j_plus=0)
    restes(api, ("VIN", "1"))
    assert a_produire(api, LUNDI) == ["VIN 0+0+0-1 = 0 (1)"]


def test_mag_21_entered_again_the_articles_named_are_replaced(api):
    restes(api, ("ECL", "4"), ("BAG", "2"))
    assert evenements(api) == [("creation", f"NAM/{LUNDI}")]
    avant = api.get("/v1/magasins/NAM/restes").json()
    restes(api, ("ECL", "4"))
    assert api.get("/v1/magasins/NAM/restes").json() == avant
    assert len(evenements(api)) == 1
    restes(api, ("ECL", "7"), ("VIN", "0"))
    assert ecrits(api) == [f"{LUNDI} BAG 2 pour {MARDI}", f"{LUNDI} ECL 7 pour {MARDI}"]
    restes(api, ("BAG", "0"))
    assert ecrits(api) == [f"{LUNDI} ECL 7 pour {MARDI}"]
    assert evenements(api)[1:] == [("modification", f"NAM/{LUNDI}")] * 2


def test_mag_21_shops_and_days_stand_apart_and_add_up(api):
    creer(api, "/v1/magasins", {"code": "HUY", "nom": "Huy"})
    changer(api, "/v1/magasins/HUY/parametres", reste_j_plus=2)
    restes(api, ("ECL", "4"))
    restes(api, ("ECL", "1"), jour="2025-06-15", magasin="HUY")
    restes(api, ("ECL", "9"), jour="2025-06-14", magasin="HUY")
    assert a_produire(api) == ["ECL 0+0+0-5 = 0 (5)"]
    assert ecrits(api, pour_le=MARDI) == [f"{LUNDI} ECL 4 pour {MARDI}"]
    assert ecrits(api, date=MARDI) == []


def test_mag_21_what_cannot_be_left(api):
    """An unknown article names its line, as does one that comes twice; nothing of that request is kept."""
    assert erreurs(restes(api, ("ECL", "1"), ("TOUT", "1"))) == champ_refuse("#/lignes/1/article", "article_inconnu")
    assert erreurs(restes(api, ("ECL", "1"), ("ECL", "2"))) == champ_refuse("#/lignes/1/article", "article_repete")
    assert erreurs(restes(api, ("ECL", "-1")))[1][0] == ("#/lignes/0/quantite", "decimal_illisible")
    assert refus(restes(api, ("ECL", "1"), jour="1969-12-31"))[0] == 422
    assert refus(restes(api, ("ECL", "1"), magasin="LIEGE")) == (404, "ressource_absente")
    assert refus(api.get("/v1/magasins/LIEGE/restes")) == (404, "ressource_absente")
    assert ecrits(api) == []
    restes(api, ("ECL", "1"))
    assert refus(effacer(api, "/v1/articles/ECL")) == (409, "en_utilisation")


def test_sec_01_a_shop_enters_its_own(api, cle_de):
    corps = {"date": LUNDI, "lignes": [{"article": "ECL", "quantite": "1"}]}
    for portee, statut in (("magasin:NAM", 200), ("magasin:HUY", 403), ("saisie", 403)):
        assert api.post("/v1/magasins/NAM/restes", json=corps, headers=cle_de(portee)).status_code == statut, portee
    for portee, statut in (("magasin:NAM", 200), ("magasin:HUY", 403), ("lecture", 200)):
        assert api.get("/v1/magasins/NAM/restes", headers=cle_de(portee)).status_code == statut, portee
