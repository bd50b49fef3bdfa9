"""ART-18: articles are found by whatever people type of them."""

import pytest

ARTICLES = {
    "BAG": "Baguette tradition",
    "CB-01": "Crème brûlée vanille",
    "CRO": "Croissant au beurre",
    "ECL": "Éclair au chocolat",
    "PCH": "Pain au chocolat",
    "PCX": "Pâte à choux",
    "OEU": "Œufs de ferme",
    "PAIN": "Miche de campagne",
    "PAI2": "Miche de seigle",
    "REM%": "Remise 100% pain",
}


@pytest.fixture
def rayon(api):
    """A shop's articles, whose numbers are also what follows `%` and the like."""
    corps = {"unite": "PCE", "prix_vente": "1.0000", "code_tva_vente": "6"}
    for numero, designation in ARTICLES.items():
        if numero != "REM%":
            assert api.post("/v1/articles", json=corps | {"numero": numero, "designation": designation}).is_success
    assert api.post("/v1/articles", json=corps | {"numero": "REM", "designation": ARTICLES["REM%"]}).is_success
    return api


def trouves(api, texte, **filtres):
    reponse = api.get("/v1/articles", params={"recherche": texte, **filtres})
    assert reponse.status_code == 200, reponse.text
    return [un["numero"] for un in reponse.json()["data"]]


@pytest.mark.parametrize(
    ("texte", "premiers"),
    [
        ("creme brule", ["CB-01"]),
        ("BRÛLÉE creme", ["CB-01"]),
        ("brule\u0301e", ["CB-01"]),
        ("vanille creme", ["CB-01"]),
        ("eclair", ["ECL"]),
        ("oeufs", ["OEU"]),
        ("ŒUFS", ["OEU"]),
        ("choco", ["ECL", "PCH"]),
        ("cho pat", ["PCX"]),
        ("cb-01", ["CB-01"]),
        ("cb-0", ["CB-01"]),
        ("ba", ["BAG"]),
        ("c", ["CB-01", "CRO", "ECL", "PAIN", "PCH", "PCX"]),
        ("  baguette  ", ["BAG"]),
    ],
)
def test_art_18_words_in_any_order_without_accents_or_capitals(rayon, texte, premiers):
    assert sorted(trouves(rayon, texte)) == sorted(premiers)


@pytest.mark.parametrize(
    ("texte", "premier"),
    [
        ("bagette", "BAG"),
        ("baguete", "BAG"),
        ("crossant", "CRO"),
        ("ecliar", "ECL"),
        ("choclat pain", "PCH"),
        ("creme bruler", "CB-01"),
        ("traditoin", "BAG"),
        ("croisant buerre", "CRO"),
    ],
)
def test_art_18_typing_errors_are_forgiven_best_first(rayon, texte, premier):
    assert trouves(rayon, texte)[0] == premier


def test_art_18_a_right_spelling_is_not_drowned_in_likenesses(rayon):
    assert trouves(rayon, "pain") == ["PAIN", "PCH", "REM"]
    assert trouves(rayon, "zzzzzz") == []


def test_art_18_the_number_comes_first_then_numbers_that_begin_so_then_names(rayon):
    assert trouves(rayon, "pai") == ["PAIN", "PAI2", "PCH", "REM"]
    assert trouves(rayon, "pai2") == ["PAI2"]
    assert trouves(rayon, "pain")[0] == "PAIN"
    rayon.post(
        "/v1/articles",
        json={"numero": "Z", "designation": "Sans PAIN", "unite": "PCE", "prix_vente": "1", "code_tva_vente": "6"},
    )
    assert trouves(rayon, "pain") == ["PAIN", "PCH", "REM", "Z"]


@pytest.mark.parametrize("texte", ["%", "_", "\\", "100%", "'", "%%%", '"', "a_b", "!", "--", ";", "(", "\u0301"])
def test_art_18_signs_mean_themselves(rayon, texte):
    assert set(trouves(rayon, texte)) <= {"REM"}


def test_art_18_more_words_than_anyone_types(rayon):
    assert trouves(rayon, " ".join("abcdefghijklmnopqrstuvwxyz")) == []


@pytest.mark.parametrize("texte", ["", "x" * 61, "a\x00b"])
def test_art_18_what_is_no_search_is_refused(rayon, texte):
    reponse = rayon.get("/v1/articles", params={"recherche": texte})
    assert reponse.status_code == 422
    assert reponse.json()["erreurs"][0]["pointeur"] == "?recherche"


def test_art_18_labels_bar_codes_and_suppliers_numbers_count_and_stop_counting(rayon):
    assert rayon.post("/v1/fournisseurs", json={"numero": "F1", "nom": "Moulin"}).is_success
    annexes = {
        "libelles": ({"code_libelle": "NL", "libelle": "Stokbrood"}, "NL", "stokbrod"),
        "unites": (
            {"abreviation": "CT6", "unite": "CT", "facteur": "6", "operateur": "M", "decimales": 0}
            | {"code_barres": "5410000000017"},
            "CT6",
            "5410000000017",
        ),
        "fournisseurs": (
            {"fournisseur": "F1", "numero_article_fournisseur": "XK-4711", "nom_article_fournisseur": "Parisette"},
            "F1",
            "xk-4711",
        ),
    }
    for collection, (corps, cle, texte) in annexes.items():
        adresse = f"/v1/articles/BAG/{collection}"
        assert rayon.post(adresse, json=corps).is_success
        assert trouves(rayon, texte) == ["BAG"]
        assert rayon.delete(f"{adresse}/{cle}", headers={"if-match": "*"}).status_code == 204
        assert trouves(rayon, texte) == []


def test_art_18_a_changed_name_and_bar_code_are_found_at_once(rayon):
    champs = {"designation": "Parisien", "codes_barres": ["5412345678908"]}
    assert rayon.patch("/v1/articles/BAG", json=champs, headers={"if-match": "*"}).is_success
    assert trouves(rayon, "parisien") == trouves(rayon, "5412345678908") == ["BAG"]
    assert trouves(rayon, "baguette") == []


@pytest.mark.parametrize(("texte", "combien"), [("gâteau", 7), ("gateua", 7)])
def test_art_18_api_04_pages_follow_one_another_exactly_or_by_likeness(api, texte, combien):
    corps = {"unite": "PCE", "prix_vente": "1.0000", "code_tva_vente": "6"}
    for rang in range(combien):
        json = corps | {"numero": f"G{rang}", "designation": f"Gâteau {'x' * rang}"}
        assert api.post("/v1/articles", json=json).is_success
    entier = trouves(api, texte)
    assert len(entier) == combien
    par_pages: list[str] = []
    curseur: dict[str, str] = {}
    while True:
        page = api.get("/v1/articles", params={"recherche": texte, "limite": 2, **curseur}).json()
        par_pages += [un["numero"] for un in page["data"]]
        if page["curseur_suivant"] is None:
            break
        curseur = {"curseur": page["curseur_suivant"]}
    assert par_pages == entier


def test_art_18_a_search_within_a_family_and_in_an_order_of_its_own(rayon):
    assert rayon.post("/v1/familles", json={"code": "CHO", "libelle": "Chocolat"}).is_success
    assert rayon.patch("/v1/articles/PCH", json={"famille": "CHO"}, headers={"if-match": "*"}).is_success
    assert trouves(rayon, "choco", famille="CHO") == ["PCH"]
    assert trouves(rayon, "choco", tri="-numero") == ["PCH", "ECL"]
