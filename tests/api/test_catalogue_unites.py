"""Supplementary units of an article (ART-13)."""

import pytest
from tests.api.catalogue import BAGUETTE, CARTON, champ_refuse, changer, creer, effacer, evenements
from tests.api.reponses import erreurs, refus

UNITES = "/v1/articles/BAG/unites"


@pytest.fixture(autouse=True)
def _baguette(api):
    creer(api, "/v1/articles", BAGUETTE)


def test_art_13_une_unite_minimale_recoit_ses_defauts(api):
    reponse = api.post(UNITES, json=CARTON)
    assert reponse.status_code == 201, reponse.text
    assert (reponse.headers["location"], reponse.headers["etag"]) == (f"{UNITES}/CT6", '"1"')
    attendu = {"article": "BAG", "flou": False, "tolerance": "0.00", "code_barres": None, "memo": None, "version": 1}
    assert reponse.json() == CARTON | attendu
    assert api.get(f"{UNITES}/CT6").json() == reponse.json()
    assert api.get(UNITES).json() == {"data": [reponse.json()], "curseur_suivant": None}


def test_art_13_toutes_les_donnees_se_relisent(api):
    champs = {"facteur": "0.350000", "operateur": "D", "decimales": 6, "flou": True, "tolerance": "12.5"}
    creer(api, UNITES, CARTON, **champs, code_barres="5410000000017", memo="Caisse\nbleue")
    lue = api.get(f"{UNITES}/CT6").json()
    assert (lue["facteur"], lue["operateur"], lue["decimales"]) == ("0.35", "D", 6)
    assert (lue["flou"], lue["tolerance"], lue["code_barres"]) == (True, "12.50", "5410000000017")
    assert lue["memo"] == "Caisse\nbleue"


@pytest.mark.parametrize(
    ("champ", "valeur", "code"),
    [
        ("facteur", "0", "zero_interdit"),
        ("facteur", "0.000000", "zero_interdit"),
        ("facteur", "-6", "decimal_illisible"),
        ("facteur", "6e1", "decimal_illisible"),
        ("operateur", "X", "valeur_hors_liste"),
        ("decimales", 7, "hors_bornes"),
        ("decimales", "0", "type_incorrect"),
        ("tolerance", "101", "hors_bornes"),
        ("code_barres", "54-10", "format_incorrect"),
        ("code_barres", "1" * 31, "format_incorrect"),
        ("abreviation", "", "texte_trop_court"),
    ],
)
def test_art_13_valeurs_refusees(api, champ, valeur, code):
    assert erreurs(api.post(UNITES, json=CARTON | {champ: valeur})) == champ_refuse(f"#/{champ}", code)
    assert api.get(UNITES).json()["data"] == []


def test_art_13_abreviation_unique_dans_l_article(api):
    creer(api, UNITES, CARTON)
    assert erreurs(api.post(UNITES, json=CARTON)) == champ_refuse("#/abreviation", "deja_pris", 409)
    creer(api, "/v1/articles", BAGUETTE, numero="PIS")
    creer(api, "/v1/articles/PIS/unites", CARTON)


def test_art_13_abreviation_autre_que_l_unite_de_base(api):
    code = "abreviation_unite_de_base"
    assert erreurs(api.post(UNITES, json=CARTON | {"abreviation": "PCE"})) == champ_refuse("#/abreviation", code)
    creer(api, UNITES, CARTON, abreviation="KG", unite="KG")
    assert erreurs(changer(api, "/v1/articles/BAG", unite="KG")) == champ_refuse("#/unite", code)
    assert api.get("/v1/articles/BAG").json()["unite"] == "PCE"


def test_art_13_code_barres_unique_dans_la_societe(api):
    creer(api, UNITES, CARTON, code_barres="5410000000017")
    creer(api, "/v1/articles", BAGUETTE, numero="PIS")
    reponse = api.post("/v1/articles/PIS/unites", json=CARTON | {"code_barres": "5410000000017"})
    assert erreurs(reponse) == champ_refuse("#/code_barres", "code_barres_pris", 409)
    assert api.get("/v1/articles/PIS/unites").json()["data"] == []
    creer(api, "/v1/articles/PIS/unites", CARTON)
    creer(api, "/v1/articles/PIS/unites", CARTON, abreviation="CT12", facteur="12")


def test_tab_01_unite_inconnue(api):
    reponse = api.post(UNITES, json=CARTON | {"unite": "ABSENT"})
    assert erreurs(reponse) == champ_refuse("#/unite", "reference_inconnue")
    creer(api, UNITES, CARTON)
    assert refus(effacer(api, "/v1/unites/CT")) == (409, "en_utilisation")


def test_art_13_changer(api):
    creer(api, UNITES, CARTON)
    reponse = api.patch(f"{UNITES}/CT6", json={"facteur": "8", "flou": True}, headers={"if-match": '"1"'})
    assert (reponse.json()["facteur"], reponse.json()["flou"], reponse.json()["operateur"]) == ("8", True, "M")
    assert reponse.headers["etag"] == '"2"'
    assert erreurs(changer(api, f"{UNITES}/CT6", facteur="0")) == champ_refuse("#/facteur", "zero_interdit")
    assert erreurs(changer(api, f"{UNITES}/CT6", abreviation="X")) == champ_refuse("#", "champ_inconnu")
    assert api.patch(f"{UNITES}/CT6", json={}, headers={"if-match": '"1"'}).status_code == 412


@pytest.mark.parametrize("champ", ["unite_par_defaut", "unite_production"])
def test_art_13_mag_20_unites_nommees(api, champ):
    """ART-13, MAG-20: the default and the production unit are the article's own; while they are, they stay."""
    attendu = champ_refuse(f"#/{champ}", f"{champ}_inconnue")
    assert erreurs(changer(api, "/v1/articles/BAG", **{champ: "CT6"})) == attendu
    assert erreurs(api.post("/v1/articles", json=BAGUETTE | {"numero": "PIS", champ: "CT6"})) == attendu
    creer(api, UNITES, CARTON)
    assert changer(api, "/v1/articles/BAG", **{champ: "CT6"}).json()[champ] == "CT6"
    assert refus(effacer(api, f"{UNITES}/CT6")) == (409, "en_utilisation")
    assert changer(api, "/v1/articles/BAG", **{champ: None}).status_code == 200
    assert effacer(api, f"{UNITES}/CT6").status_code == 204


@pytest.mark.parametrize(("methode", "corps"), [("GET", None), ("PATCH", {}), ("DELETE", None)])
@pytest.mark.parametrize("adresse", ["/v1/articles/ABSENT/unites/CT6", f"{UNITES}/ABSENT"])
def test_api_01_inconnus(api, methode, adresse, corps):
    assert refus(api.request(methode, adresse, json=corps, headers={"if-match": "*"})) == (404, "ressource_absente")


def test_api_01_unites_d_un_article_inconnu(api):
    assert refus(api.get("/v1/articles/ABSENT/unites")) == (404, "ressource_absente")
    assert refus(api.post("/v1/articles/ABSENT/unites", json=CARTON)) == (404, "ressource_absente")


def test_sec_04_un_evenement_par_changement(api):
    creer(api, UNITES, CARTON)
    changer(api, f"{UNITES}/CT6", memo="x")
    effacer(api, f"{UNITES}/CT6")
    assert evenements(api, "unite_article") == [(un, "BAG/CT6") for un in ("creation", "modification", "suppression")]
