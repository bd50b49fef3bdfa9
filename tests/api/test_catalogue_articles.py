"""Articles: fields, prices including VAT, families, lists, and what is refused (ART-01, ART-03, ART-04, CAL-10)."""

import pytest
import time_machine
from tests.api.catalogue import BAGUETTE, CARTON, champ_refuse, changer, creer, effacer, evenements
from tests.api.reponses import erreurs, refus
from tests.client import ClientDeTest


def test_art_04_un_article_minimal_recoit_ses_defauts(api):
    reponse = api.post("/v1/articles", json=BAGUETTE)
    assert reponse.status_code == 201, reponse.text
    assert reponse.headers["location"] == "/v1/articles/BAG"
    assert reponse.headers["etag"] == '"1"'
    assert reponse.json() == BAGUETTE | {
        "description": None,
        "departement": None,
        "famille": None,
        "imputation_vente": "VENTES",
        "prix_avec_decimales": True,
        "poids_kg": None,
        "unite_par_defaut": None,
        "unite_production": None,
        "tolerance_depassement": None,
        "actif": True,
        "type_article": "normal",
        "article_statistique": None,
        "structure": None,
        "remplace_par": None,
        "substitut": None,
        "appliquer_taxe": False,
        "code_intrastat": None,
        "facteur_unite_supplementaire": None,
        "assemble": False,
        "mouvement_composants": False,
        "gere_stock": True,
        "vidange": False,
        "emplacement_principal": None,
        "stock_minimum": None,
        "codes_barres": [],
        "dernier_prix_achat": None,
        "frais_achat": "0.0000",
        "code_tva_achat": None,
        "fournisseur_habituel": None,
        "imputation_achat": "ACHATS",
        "version": 1,
        "prix_vente_tvac": "0.90",
    }
    assert api.get("/v1/articles/BAG").json() == reponse.json()


def test_art_04_l_imputation_est_celle_des_parametres(api):
    assert changer(api, "/v1/parametres", imputation_defaut="SERVICES").status_code == 200
    assert creer(api, "/v1/articles", BAGUETTE)["imputation_vente"] == "SERVICES"
    assert creer(api, "/v1/articles", BAGUETTE, numero="B2", imputation_vente="VENTES")["imputation_vente"] == "VENTES"


@pytest.mark.parametrize(
    ("prix", "code", "avec_decimales", "tvac"),
    [
        ("0.8500", "6", True, "0.90"),
        ("10.0000", "21", True, "12.10"),
        ("0.0047", "6", True, "0.00"),
        ("0.4950", "0", True, "0.50"),
        ("12.8000", "21", False, "15"),
        ("12.8099", "21", False, "15"),
        ("12.8100", "21", False, "16"),
    ],
)
def test_cal_10_prix_tvac_au_cent_ou_en_euros_entiers(api, prix, code, avec_decimales, tvac):
    article = creer(
        api, "/v1/articles", BAGUETTE, prix_vente=prix, code_tva_vente=code, prix_avec_decimales=avec_decimales
    )
    assert article["prix_vente_tvac"] == (tvac if "." in tvac else f"{tvac}.00")


@pytest.mark.parametrize(
    ("jour", "tvac"),
    [("1980-06-01", None), ("1993-12-31", "119.50"), ("1994-01-01", "120.50"), ("1996-01-01", "121.00")],
)
def test_cal_10_le_taux_est_celui_du_jour(api, jour, tvac):
    """CAL-07, CAL-10: the Belgian rates of the past; before its first rate a code gives no price."""
    creer(api, "/v1/articles", BAGUETTE, prix_vente="100.0000", code_tva_vente="21")
    with time_machine.travel(f"{jour}T12:00:00+01:00", tick=False):
        assert api.get("/v1/articles/BAG").json()["prix_vente_tvac"] == tvac


def test_art_01_le_numero_ne_change_pas(api):
    creer(api, "/v1/articles", BAGUETTE)
    assert erreurs(changer(api, "/v1/articles/BAG", numero="BAG2")) == champ_refuse("#", "champ_inconnu")


@pytest.mark.parametrize(
    ("champ", "valeur", "code"),
    [
        ("numero", "", "texte_trop_court"),
        ("numero", "A" * 16, "texte_trop_long"),
        ("numero", "A/B", "format_incorrect"),
        ("designation", "", "texte_trop_court"),
        ("designation", "Pain\x00", "format_incorrect"),
        ("prix_vente", "0.85001", "decimal_illisible"),
        ("prix_vente", "-1.00", "decimal_illisible"),
        ("prix_vente", 0.85, "decimal_en_texte"),
        ("poids_kg", "0.1234567", "decimal_illisible"),
        ("tolerance_depassement", "100.01", "hors_bornes"),
        ("prix_avec_decimales", "oui", "type_incorrect"),
    ],
)
def test_api_02_valeurs_refusees(api, champ, valeur, code):
    assert erreurs(api.post("/v1/articles", json=BAGUETTE | {champ: valeur})) == champ_refuse(f"#/{champ}", code)


@pytest.mark.parametrize("champ", ["numero", "designation", "unite", "prix_vente", "code_tva_vente"])
def test_art_01_champs_requis(api, champ):
    corps = {nom: valeur for nom, valeur in BAGUETTE.items() if nom != champ}
    assert erreurs(api.post("/v1/articles", json=corps)) == champ_refuse(f"#/{champ}", "champ_requis")


@pytest.mark.parametrize("champ", ["departement", "famille", "unite", "code_tva_vente", "imputation_vente"])
def test_tab_01_reference_inconnue(api, champ):
    reponse = api.post("/v1/articles", json=BAGUETTE | {champ: "ABSENT"})
    assert erreurs(reponse) == champ_refuse(f"#/{champ}", "reference_inconnue")
    assert api.get("/v1/articles").json()["data"] == []
    assert evenements(api, "article") == []


def test_art_01_numero_deja_pris(api):
    creer(api, "/v1/articles", BAGUETTE)
    reponse = api.post("/v1/articles", json=BAGUETTE)
    assert erreurs(reponse) == champ_refuse("#/numero", "deja_pris", 409)


def test_api_06_versions(api):
    creer(api, "/v1/articles", BAGUETTE)
    corps = {"prix_vente": "0.9000", "description": "Longue\ndescription"}
    assert refus(api.patch("/v1/articles/BAG", json=corps)) == (428, "version_requise")
    assert refus(api.patch("/v1/articles/BAG", json=corps, headers={"if-match": '"7"'})) == (412, "version_perimee")
    reponse = api.patch("/v1/articles/BAG", json=corps, headers={"if-match": '"1"'})
    assert reponse.headers["etag"] == '"2"'
    assert (reponse.json()["prix_vente"], reponse.json()["prix_vente_tvac"]) == ("0.9000", "0.95")
    assert api.get("/v1/articles/BAG", headers={"if-none-match": '"2"'}).status_code == 304
    assert api.delete("/v1/articles/BAG", headers={"if-match": '"1"'}).status_code == 412


def test_sec_04_un_evenement_par_changement(api):
    """SEC-04: an event for each change, none for a change that changes nothing; what a day decides is not in it."""
    creer(api, "/v1/articles", BAGUETTE)
    changer(api, "/v1/articles/BAG", designation="Baguette blanche")
    changer(api, "/v1/articles/BAG", designation="Baguette blanche")
    effacer(api, "/v1/articles/BAG")
    assert evenements(api, "article") == [(un, "BAG") for un in ("creation", "modification", "suppression")]
    premier = api.get("/v1/evenements", params={"ressource": "article"}).json()["data"][0]
    assert premier["apres"]["prix_vente"] == "0.8500"
    assert "prix_vente_tvac" not in premier["apres"]


@pytest.fixture
def familles(api):
    """Bread in the bakery, cakes in the pastry, drinks in no department."""
    for code in ("BOUL", "PATI"):
        creer(api, "/v1/departements", {"code": code, "libelle": code})
    for code, departement in (("1", "BOUL"), ("3", "PATI"), ("9", None)):
        creer(api, "/v1/familles", {"code": code, "libelle": code, "departement": departement})


@pytest.mark.usefixtures("familles")
def test_art_03_le_departement_est_celui_de_la_famille(api):
    assert creer(api, "/v1/articles", BAGUETTE, famille="1")["departement"] == "BOUL"
    assert changer(api, "/v1/articles/BAG", famille="3").json()["departement"] == "PATI"
    assert changer(api, "/v1/articles/BAG", famille="9").json()["departement"] == "PATI"
    assert changer(api, "/v1/articles/BAG", departement="BOUL").json()["departement"] == "BOUL"


@pytest.mark.usefixtures("familles")
def test_art_03_famille_d_un_autre_departement(api):
    attendu = champ_refuse("#/famille", "famille_hors_departement")
    assert erreurs(api.post("/v1/articles", json=BAGUETTE | {"famille": "1", "departement": "PATI"})) == attendu
    creer(api, "/v1/articles", BAGUETTE, famille="1", departement="BOUL")
    assert erreurs(changer(api, "/v1/articles/BAG", departement="PATI")) == attendu
    assert erreurs(changer(api, "/v1/articles/BAG", famille="3", departement="BOUL")) == attendu
    assert api.get("/v1/articles/BAG").json()["version"] == 1


def numeros(api: ClientDeTest, **filtre: str) -> list[str]:
    """The numbers of a list, in its order."""
    reponse = api.get("/v1/articles", params=filtre)
    assert reponse.status_code == 200, reponse.text
    return [un["numero"] for un in reponse.json()["data"]]


@pytest.mark.usefixtures("familles")
def test_art_03_listes_filtrees_et_triees(api):
    """ART-03, API-04: by family, department and beginning of the number; names as people sort them."""
    for numero, designation, famille in (("B1", "Épi", "1"), ("B2", "zakouski", "3"), ("C_1", "Eclair", "3")):
        creer(api, "/v1/articles", BAGUETTE, numero=numero, designation=designation, famille=famille)
    creer(api, "/v1/articles", BAGUETTE, numero="C1", designation="Œuf")
    assert numeros(api, famille="3") == ["B2", "C_1"]
    assert numeros(api, departement="BOUL") == ["B1"]
    assert numeros(api, numero="B") == ["B1", "B2"]
    assert numeros(api, numero="C_") == ["C_1"]
    assert numeros(api) == ["B1", "B2", "C1", "C_1"]
    assert numeros(api, tri="-numero") == ["C_1", "C1", "B2", "B1"]
    assert numeros(api, tri="designation") == ["C_1", "B1", "C1", "B2"]


def test_api_04_pages_stables(api):
    for rang in range(5):
        creer(api, "/v1/articles", BAGUETTE, numero=f"A{rang}", designation="Pain")
    page = api.get("/v1/articles", params={"limite": 2, "tri": "designation"})
    creer(api, "/v1/articles", BAGUETTE, numero="A00", designation="Pain")
    vus = [un["numero"] for un in page.json()["data"]]
    while suivant := page.json()["curseur_suivant"]:
        assert 'rel="next"' in page.headers["link"]
        page = api.get("/v1/articles", params={"limite": 2, "tri": "designation", "curseur": suivant})
        vus += [un["numero"] for un in page.json()["data"]]
    assert vus == ["A0", "A1", "A2", "A3", "A4"]


@pytest.mark.parametrize(
    ("filtre", "pointeur", "code"),
    [
        ({"tri": "prix"}, "?tri", "valeur_hors_liste"),
        ({"limite": "201"}, "?limite", "hors_bornes"),
        ({"curseur": "xyz"}, "?curseur", "curseur_refuse"),
        ({"couleur": "1"}, "?", "parametre_inconnu"),
    ],
)
def test_api_03_filtres_refuses(api, filtre, pointeur, code):
    assert erreurs(api.get("/v1/articles", params=filtre)) == champ_refuse(pointeur, code)


def test_art_01_effacer_emporte_ce_qui_appartient_a_l_article(api):
    creer(api, "/v1/articles", BAGUETTE)
    creer(api, "/v1/articles/BAG/unites", CARTON)
    creer(api, "/v1/articles/BAG/libelles", {"code_libelle": "nl", "libelle": "Stokbrood"})
    assert effacer(api, "/v1/articles/BAG").status_code == 204
    assert api.get("/v1/articles/BAG").status_code == 404
    assert evenements(api, "unite_article")[-1] == ("suppression", "BAG/CT6")
    assert evenements(api, "libelle_article")[-1] == ("suppression", "BAG/nl")
    creer(api, "/v1/articles", BAGUETTE)
    assert api.get("/v1/articles/BAG/unites").json()["data"] == []


@pytest.mark.parametrize(
    ("table", "cle", "champ"),
    [
        ("unites", "PLQ", "unite"),
        ("codes-tva", "12", "code_tva_vente"),
        ("imputations", "SERVICES", "imputation_vente"),
    ],
)
def test_tab_01_ce_qu_un_article_utilise_reste(api, table, cle, champ):
    creer(api, "/v1/articles", BAGUETTE, **{champ: cle})
    reponse = effacer(api, f"/v1/{table}/{cle}")
    assert refus(reponse) == (409, "en_utilisation")
    assert "articles" in reponse.json()["detail"]


def test_sec_02_lire_ne_permet_pas_de_changer(api, cle_de):
    lecture, saisie = cle_de("lecture"), cle_de("saisie")
    assert api.post("/v1/articles", json=BAGUETTE, headers=lecture).status_code == 403
    assert api.post("/v1/articles", json=BAGUETTE, headers=saisie).status_code == 201
    assert api.get("/v1/articles/BAG", headers=lecture).status_code == 200


def test_api_10_adresse_d_un_numero_accentue(api):
    reponse = api.post("/v1/articles", json=BAGUETTE | {"numero": "Pâté 1"})
    assert reponse.headers["location"] == "/v1/articles/P%C3%A2t%C3%A9%201"
    assert api.get(reponse.headers["location"]).json()["numero"] == "Pâté 1"
