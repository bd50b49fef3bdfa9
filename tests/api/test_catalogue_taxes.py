"""Taxes and deposits of articles (ART-07): what is charged on top, in documents of one VAT category."""

import pytest
from tests.api.catalogue import BAGUETTE, champ_refuse, changer, creer, effacer, evenements
from tests.api.reponses import erreurs, refus

TAXES = "/v1/articles/BAG/taxes"
CONSIGNE = {"code_taxe": "BAC", "categorie_tva": "national", "code_tva": "0", "montant": "0.2500"}
RECYCLAGE = {"code_taxe": "RECUP", "categorie_tva": "national", "code_tva": "21", "pourcentage": "1.50"}


@pytest.fixture(autouse=True)
def _taxes(api):
    """An article, a deposit and a tax."""
    creer(api, "/v1/articles", BAGUETTE)
    creer(api, "/v1/taxes", {"code": "BAC", "libelle": "Bac consigné", "genre": "consigne"})
    creer(api, "/v1/taxes", {"code": "RECUP", "libelle": "Recyclage", "genre": "taxe"})


def test_art_07_un_montant_par_unite_de_base(api):
    reponse = api.post(TAXES, json=CONSIGNE)
    assert reponse.status_code == 201, reponse.text
    taxe = reponse.json()
    assert taxe == CONSIGNE | {"article": "BAG", "id": taxe["id"], "pourcentage": None, "version": 1}
    assert (reponse.headers["location"], reponse.headers["etag"]) == (f"{TAXES}/{taxe['id']}", '"1"')
    assert api.get(f"{TAXES}/{taxe['id']}").json() == taxe
    assert api.get(TAXES).json() == {"data": [taxe], "curseur_suivant": None}


def test_art_07_un_pourcentage(api):
    taxe = creer(api, TAXES, RECYCLAGE)
    assert (taxe["montant"], taxe["pourcentage"]) == (None, "1.50")


def test_art_07_une_taxe_par_categorie_et_code(api):
    creer(api, TAXES, RECYCLAGE)
    creer(api, TAXES, CONSIGNE)
    creer(api, TAXES, CONSIGNE, categorie_tva="export", montant="0.3000")
    assert erreurs(api.post(TAXES, json=CONSIGNE | {"montant": "1"})) == champ_refuse("#/code_taxe", "deja_pris", 409)
    lues = [(une["categorie_tva"], une["code_taxe"]) for une in api.get(TAXES).json()["data"]]
    assert lues == [("export", "BAC"), ("national", "BAC"), ("national", "RECUP")]


@pytest.mark.parametrize(
    ("champs", "pointeur", "code"),
    [
        ({"pourcentage": "1.00"}, "#/pourcentage", "montant_ou_pourcentage"),
        ({"montant": None}, "#/pourcentage", "montant_ou_pourcentage"),
        ({"montant": "-0.1"}, "#/montant", "decimal_illisible"),
        ({"montant": "0.12345"}, "#/montant", "decimal_illisible"),
        ({"montant": 0.25}, "#/montant", "decimal_en_texte"),
        ({"montant": None, "pourcentage": "100.01"}, "#/pourcentage", "hors_bornes"),
        ({"montant": None, "pourcentage": "-1"}, "#/pourcentage", "decimal_illisible"),
        ({"code_taxe": "ABSENT"}, "#/code_taxe", "reference_inconnue"),
        ({"categorie_tva": "ABSENT"}, "#/categorie_tva", "reference_inconnue"),
        ({"code_tva": "ABSENT"}, "#/code_tva", "reference_inconnue"),
        ({"code_tva": ""}, "#/code_tva", "texte_trop_court"),
        ({"couleur": "rouge"}, "#", "champ_inconnu"),
    ],
)
def test_art_07_valeurs_refusees(api, champs, pointeur, code):
    assert erreurs(api.post(TAXES, json=CONSIGNE | champs)) == champ_refuse(pointeur, code)
    assert api.get(TAXES).json()["data"] == []
    assert evenements(api, "taxe_article") == []


@pytest.mark.parametrize("champ", ["code_taxe", "categorie_tva", "code_tva"])
def test_art_07_champs_requis(api, champ):
    corps = {nom: valeur for nom, valeur in CONSIGNE.items() if nom != champ}
    assert erreurs(api.post(TAXES, json=corps)) == champ_refuse(f"#/{champ}", "champ_requis")


def test_art_07_changer_d_un_montant_a_un_pourcentage(api):
    chemin = f"{TAXES}/{creer(api, TAXES, CONSIGNE)['id']}"
    attendu = champ_refuse("#/pourcentage", "montant_ou_pourcentage")
    assert erreurs(changer(api, chemin, pourcentage="2.00")) == attendu
    reponse = api.patch(chemin, json={"montant": None, "pourcentage": "2.00"}, headers={"if-match": '"1"'})
    assert (reponse.json()["montant"], reponse.json()["pourcentage"]) == (None, "2.00")
    assert reponse.headers["etag"] == '"2"'
    assert refus(api.patch(chemin, json={}, headers={"if-match": '"1"'})) == (412, "version_perimee")


def test_art_07_effacer(api):
    chemin = f"{TAXES}/{creer(api, TAXES, CONSIGNE)['id']}"
    assert refus(api.delete(chemin)) == (428, "version_requise")
    assert effacer(api, chemin).status_code == 204
    assert refus(api.get(chemin)) == (404, "ressource_absente")
    assert [un for un, _ in evenements(api, "taxe_article")] == ["creation", "suppression"]


def test_tab_01_une_taxe_d_article_reste(api):
    creer(api, TAXES, CONSIGNE)
    assert refus(effacer(api, "/v1/taxes/BAC")) == (409, "en_utilisation")
    assert effacer(api, "/v1/articles/BAG").status_code == 204
    assert effacer(api, "/v1/taxes/BAC").status_code == 204


def test_art_07_l_article_dit_si_elles_s_appliquent(api):
    assert api.get("/v1/articles/BAG").json()["appliquer_taxe"] is False
    assert changer(api, "/v1/articles/BAG", appliquer_taxe=True).json()["appliquer_taxe"] is True
    assert erreurs(changer(api, "/v1/articles/BAG", appliquer_taxe="oui")) == champ_refuse(
        "#/appliquer_taxe", "type_incorrect"
    )


@pytest.mark.parametrize(("methode", "corps"), [("GET", None), ("PATCH", {}), ("DELETE", None)])
@pytest.mark.parametrize("adresse", ["/v1/articles/ABSENT/taxes/1", f"{TAXES}/1"])
def test_api_01_inconnues(api, methode, adresse, corps):
    assert refus(api.request(methode, adresse, json=corps, headers={"if-match": "*"})) == (404, "ressource_absente")


def test_sec_02_la_saisie_change_les_taxes(api, cle_de):
    assert api.post(TAXES, json=CONSIGNE, headers=cle_de("lecture")).status_code == 403
    assert api.post(TAXES, json=CONSIGNE, headers=cle_de("saisie")).status_code == 201
