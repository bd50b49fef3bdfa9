"""The other fields of articles: posting, purchase, stock, Intrastat, and the lists by them (ART-08 to ART-17)."""

import pytest
from tests.api.catalogue import BAGUETTE, champ_refuse, changer, creer, effacer, evenements
from tests.api.reponses import erreurs, refus

CHAMPS = {
    "actif": False,
    "type_article": "statistique",
    "structure": "FRAIS",
    "appliquer_taxe": True,
    "code_intrastat": "19059030",
    "facteur_unite_supplementaire": "1.5",
    "assemble": True,
    "mouvement_composants": True,
    "gere_stock": False,
    "emplacement_principal": "A1",
    "stock_minimum": "12.5",
    "codes_barres": ["5410000000017"],
    "dernier_prix_achat": "0.4100",
    "frais_achat": "0.0350",
    "code_tva_achat": "6",
    "fournisseur_habituel": "F012",
    "imputation_achat": "ACHATS",
}


@pytest.fixture
def tables(api):
    """The rows that an article may name."""
    creer(api, "/v1/structures", {"code": "FRAIS", "libelle": "Produits frais"})
    creer(api, "/v1/codes-intrastat", {"code": "19059030", "libelle": "Pain"})
    creer(api, "/v1/emplacements", {"code": "A1", "libelle": "Allée 1"})
    creer(api, "/v1/fournisseurs", {"numero": "F012", "nom": "Moulin"})


@pytest.mark.usefixtures("tables")
def test_art_08_art_09_art_15_art_17_toutes_les_donnees_se_relisent(api):
    creer(api, "/v1/articles", BAGUETTE, **CHAMPS)
    lu = api.get("/v1/articles/BAG").json()
    assert {nom: lu[nom] for nom in CHAMPS} == CHAMPS


@pytest.mark.usefixtures("tables")
def test_art_08_art_09_art_15_art_17_toutes_les_donnees_se_changent(api):
    creer(api, "/v1/articles", BAGUETTE)
    reponse = changer(api, "/v1/articles/BAG", **CHAMPS)
    assert reponse.json()["version"] == 2
    assert {nom: reponse.json()[nom] for nom in CHAMPS} == CHAMPS
    vides = {"structure", "code_intrastat", "facteur_unite_supplementaire", "emplacement_principal", "stock_minimum"}
    vides |= {"dernier_prix_achat", "code_tva_achat", "fournisseur_habituel", "imputation_achat"}
    reponse = changer(api, "/v1/articles/BAG", **dict.fromkeys(vides))
    assert reponse.status_code == 200, reponse.text
    assert {reponse.json()[nom] for nom in vides} == {None}


@pytest.mark.parametrize(
    ("champ", "valeur", "code"),
    [
        ("actif", "oui", "type_incorrect"),
        ("actif", None, "type_incorrect"),
        ("type_article", "service", "valeur_hors_liste"),
        ("structure", "A/B", "format_incorrect"),
        ("code_intrastat", "1" * 21, "texte_trop_long"),
        ("facteur_unite_supplementaire", "0", "zero_interdit"),
        ("facteur_unite_supplementaire", "-1", "decimal_illisible"),
        ("assemble", 1, "type_incorrect"),
        ("mouvement_composants", "x", "type_incorrect"),
        ("gere_stock", [], "type_incorrect"),
        ("vidange", "oui", "type_incorrect"),
        ("emplacement_principal", "", "texte_trop_court"),
        ("stock_minimum", "-0.5", "decimal_illisible"),
        ("stock_minimum", 12, "decimal_en_texte"),
        ("dernier_prix_achat", "0.12345", "decimal_illisible"),
        ("dernier_prix_achat", "-1", "decimal_illisible"),
        ("frais_achat", None, "decimal_en_texte"),
        ("frais_achat", "1e3", "decimal_illisible"),
        ("code_tva_achat", " 6", "format_incorrect"),
        ("fournisseur_habituel", "F" * 16, "texte_trop_long"),
        ("imputation_achat", 7, "type_incorrect"),
    ],
)
def test_api_02_valeurs_refusees(api, champ, valeur, code):
    creer(api, "/v1/articles", BAGUETTE)
    attendu = champ_refuse(f"#/{champ}", code)
    assert erreurs(api.post("/v1/articles", json=BAGUETTE | {"numero": "PIS", champ: valeur})) == attendu
    assert erreurs(changer(api, "/v1/articles/BAG", **{champ: valeur})) == attendu
    assert api.get("/v1/articles/PIS").status_code == 404
    assert evenements(api, "article") == [("creation", "BAG")]


@pytest.mark.parametrize(
    "champ",
    [
        "structure",
        "code_intrastat",
        "emplacement_principal",
        "code_tva_achat",
        "fournisseur_habituel",
        "imputation_achat",
    ],
)
def test_tab_01_reference_inconnue(api, champ):
    creer(api, "/v1/articles", BAGUETTE)
    attendu = champ_refuse(f"#/{champ}", "reference_inconnue")
    assert erreurs(api.post("/v1/articles", json=BAGUETTE | {"numero": "PIS", champ: "ABSENT"})) == attendu
    assert erreurs(changer(api, "/v1/articles/BAG", **{champ: "ABSENT"})) == attendu


@pytest.mark.usefixtures("tables")
@pytest.mark.parametrize(
    "adresse", ["structures/FRAIS", "codes-intrastat/19059030", "emplacements/A1", "fournisseurs/F012"]
)
def test_tab_01_ce_qu_un_article_utilise_reste(api, adresse):
    creer(api, "/v1/articles", BAGUETTE, **CHAMPS)
    reponse = effacer(api, f"/v1/{adresse}")
    assert refus(reponse) == (409, "en_utilisation")
    assert "BAG" in reponse.json()["detail"]


@pytest.mark.parametrize(("champ", "code"), [("imputation_vente", "ACHATS"), ("imputation_achat", "VENTES")])
def test_art_04_art_17_une_imputation_est_du_genre_de_son_cote(api, champ, code):
    creer(api, "/v1/articles", BAGUETTE)
    attendu = champ_refuse(f"#/{champ}", "imputation_d_autre_genre")
    assert erreurs(api.post("/v1/articles", json=BAGUETTE | {"numero": "PIS", champ: code})) == attendu
    assert erreurs(changer(api, "/v1/articles/BAG", **{champ: code})) == attendu
    assert api.get("/v1/articles/PIS").status_code == 404
    assert api.get("/v1/articles/BAG").json()["version"] == 1


def test_art_04_art_17_les_deux_imputations_fausses_sont_dites_ensemble(api):
    corps = BAGUETTE | {"imputation_vente": "ACHATS", "imputation_achat": "VENTES"}
    code = "imputation_d_autre_genre"
    attendu = (422, [("#/imputation_vente", code), ("#/imputation_achat", code)])
    assert erreurs(api.post("/v1/articles", json=corps)) == attendu


def test_art_17_l_imputation_d_achat_d_un_nouvel_article_est_celle_des_parametres(api):
    creer(api, "/v1/imputations", {"code": "FARINES", "libelle": "Achats de farines", "genre": "achat"})
    assert changer(api, "/v1/parametres", imputation_achat_defaut="FARINES").status_code == 200
    assert creer(api, "/v1/articles", BAGUETTE)["imputation_achat"] == "FARINES"
    assert creer(api, "/v1/articles", BAGUETTE, numero="A2", imputation_achat="ACHATS")["imputation_achat"] == "ACHATS"
    assert creer(api, "/v1/articles", BAGUETTE, numero="A3", imputation_achat=None)["imputation_achat"] is None
    assert changer(api, "/v1/articles/A3", designation="Pain").json()["imputation_achat"] is None
    reponse = changer(api, "/v1/articles/A3", imputation_vente=None).json()
    assert (reponse["imputation_vente"], reponse["imputation_achat"]) == ("VENTES", None)
    assert changer(api, "/v1/parametres", imputation_achat_defaut=None).status_code == 200
    assert creer(api, "/v1/articles", BAGUETTE, numero="A4")["imputation_achat"] is None


@pytest.mark.usefixtures("tables")
@pytest.mark.parametrize(
    ("filtre", "attendus"),
    [
        ({}, ["BAG", "GAT", "SUC"]),
        ({"actif": "true"}, ["BAG", "GAT"]),
        ({"actif": "false"}, ["SUC"]),
        ({"type_article": "statistique"}, ["GAT"]),
        ({"type_article": "normal", "actif": "true"}, ["BAG"]),
        ({"structure": "FRAIS"}, ["BAG", "GAT"]),
        ({"structure": "ABSENT"}, []),
        ({"assemble": "true"}, ["GAT"]),
        ({"assemble": "false"}, ["BAG", "SUC"]),
        ({"fournisseur": "F012"}, ["SUC"]),
    ],
)
def test_art_08_art_11_art_17_listes_filtrees(api, filtre, attendus):
    creer(api, "/v1/articles", BAGUETTE, structure="FRAIS")
    creer(api, "/v1/articles", BAGUETTE, numero="GAT", structure="FRAIS", assemble=True, type_article="statistique")
    creer(api, "/v1/articles", BAGUETTE, numero="SUC", actif=False, fournisseur_habituel="F012")
    assert [un["numero"] for un in api.get("/v1/articles", params=filtre).json()["data"]] == attendus


@pytest.mark.parametrize(
    ("filtre", "pointeur", "code"),
    [
        ({"actif": "peut-être"}, "?actif", "type_incorrect"),
        ({"assemble": ""}, "?assemble", "type_incorrect"),
        ({"type_article": "service"}, "?type_article", "valeur_hors_liste"),
        ({"structure": "A/B"}, "?structure", "format_incorrect"),
        ({"fournisseur": "F" * 16}, "?fournisseur", "texte_trop_long"),
    ],
)
def test_api_03_filtres_refuses(api, filtre, pointeur, code):
    assert erreurs(api.get("/v1/articles", params=filtre)) == champ_refuse(pointeur, code)
