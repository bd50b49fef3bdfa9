"""Bar codes (ART-13, ART-15): one for one article or unit of the société, and what a scanned one stands for."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from tests.api.catalogue import BAGUETTE, CARTON, champ_refuse, changer, creer, effacer
from tests.api.reponses import erreurs, refus

UN, DEUX, TROIS, QUATRE = "5410000000017", "5410000000024", "Maison4", "X"
UNITES = "/v1/articles/BAG/unites"
PRIS = "code_barres_pris"


@pytest.fixture
def baguette(api):
    """An article with two codes of its own, and a carton with one."""
    creer(api, "/v1/articles", BAGUETTE, codes_barres=[UN, DEUX])
    creer(api, UNITES, CARTON, code_barres=TROIS)


def porteurs(api):
    """Who bears each code, as its look-up says."""
    lus = {code: api.get(f"/v1/codes-barres/{code}") for code in (UN, DEUX, TROIS, QUATRE)}
    return {code: (un.json()["article"], un.json()["abreviation"]) for code, un in lus.items() if un.status_code == 200}


@pytest.mark.usefixtures("baguette")
def test_art_15_le_code_d_un_article_designe_son_unite_de_base(api):
    assert api.get(f"/v1/codes-barres/{UN}").json() == {
        "code": UN,
        "article": "BAG",
        "designation": "Baguette",
        "actif": True,
        "type_article": "normal",
        "unite": "PCE",
        "abreviation": None,
        "unite_commande": None,
        "facteur": None,
        "operateur": None,
        "quantite": "1",
        "prix_vente": "0.8500",
        "prix_vente_tvac": "0.90",
    }


@pytest.mark.parametrize(
    ("operateur", "facteur", "quantite"), [("M", "6", "6"), ("D", "3", "0.333"), ("M", "2.54449", "2.544")]
)
def test_art_15_le_code_d_une_unite_designe_cette_unite(api, operateur, facteur, quantite):
    """ART-15, CAL-01, CAL-02: what one scan is worth, to the decimals of the base unit."""
    creer(api, "/v1/articles", BAGUETTE)
    creer(api, UNITES, CARTON, code_barres=TROIS, operateur=operateur, facteur=facteur)
    lu = api.get(f"/v1/codes-barres/{TROIS}").json()
    assert (lu["article"], lu["abreviation"], lu["unite"], lu["unite_commande"]) == ("BAG", "CT6", "PCE", "CT")
    assert (lu["facteur"], lu["operateur"], lu["quantite"]) == (facteur, operateur, quantite)


def test_art_15_un_code_inconnu(api):
    assert refus(api.get(f"/v1/codes-barres/{UN}")) == (404, "code_barres_inconnu")


@pytest.mark.parametrize(("code", "refuse"), [("54-10", "format_incorrect"), ("1" * 31, "format_incorrect")])
def test_art_15_un_code_mal_forme(api, code, refuse):
    assert erreurs(api.get(f"/v1/codes-barres/{code}")) == champ_refuse("/code", refuse)


@pytest.mark.usefixtures("baguette")
def test_art_15_les_codes_suivent_les_changements(api):
    assert porteurs(api) == {UN: ("BAG", None), DEUX: ("BAG", None), TROIS: ("BAG", "CT6")}
    assert changer(api, "/v1/articles/BAG", codes_barres=[QUATRE, UN]).json()["codes_barres"] == [QUATRE, UN]
    assert changer(api, f"{UNITES}/CT6", code_barres=DEUX).json()["code_barres"] == DEUX
    assert porteurs(api) == {UN: ("BAG", None), QUATRE: ("BAG", None), DEUX: ("BAG", "CT6")}
    assert changer(api, "/v1/articles/BAG", codes_barres=[]).json()["codes_barres"] == []
    assert effacer(api, f"{UNITES}/CT6").status_code == 204
    assert porteurs(api) == {}


@pytest.mark.usefixtures("baguette")
def test_art_15_un_changement_d_autre_chose_garde_les_codes(api):
    avant = porteurs(api)
    assert changer(api, "/v1/articles/BAG", designation="Flûte", codes_barres=[DEUX, UN]).status_code == 200
    assert changer(api, f"{UNITES}/CT6", memo="x", code_barres=TROIS).status_code == 200
    assert porteurs(api) == avant


@pytest.mark.usefixtures("baguette")
@pytest.mark.parametrize("pris", [UN, TROIS])
def test_art_15_un_code_pris_est_refuse_partout(api, pris):
    """By an article or its unit, for another article, its own unit, or a new one; nothing of it is stored."""
    creer(api, "/v1/articles", BAGUETTE, numero="PIS", codes_barres=[QUATRE])
    creer(api, "/v1/articles/PIS/unites", CARTON)
    pointeur = champ_refuse("#/codes_barres/1", PRIS, 409)
    nouveau = BAGUETTE | {"numero": "PA", "codes_barres": ["Y", pris]}
    assert erreurs(api.post("/v1/articles", json=nouveau)) == pointeur
    reponse = changer(api, "/v1/articles/PIS", codes_barres=[QUATRE, pris])
    assert erreurs(reponse) == pointeur
    assert "BAG" in reponse.json()["detail"]
    assert erreurs(changer(api, "/v1/articles/PIS/unites/CT6", code_barres=pris)) == champ_refuse(
        "#/code_barres", PRIS, 409
    )
    autre = CARTON | {"abreviation": "CT9", "code_barres": pris}
    for article in ("PIS", "BAG"):
        reponse = api.post(f"/v1/articles/{article}/unites", json=autre)
        assert erreurs(reponse) == champ_refuse("#/code_barres", PRIS, 409)
    assert api.get("/v1/articles/PA").status_code == 404
    assert api.get("/v1/articles/PIS").json()["codes_barres"] == [QUATRE]
    assert refus(api.get("/v1/codes-barres/Y")) == (404, "code_barres_inconnu")
    assert porteurs(api)[pris] == ("BAG", None if pris == UN else "CT6")


@pytest.mark.usefixtures("baguette")
def test_art_15_chaque_code_pris_est_nomme(api):
    corps = BAGUETTE | {"numero": "PIS", "codes_barres": [DEUX, "Y", UN]}
    attendu = [("#/codes_barres/0", PRIS), ("#/codes_barres/2", PRIS)]
    assert erreurs(api.post("/v1/articles", json=corps)) == (409, attendu)


@pytest.mark.usefixtures("baguette")
def test_art_15_l_article_ne_donne_pas_son_code_a_la_fois_a_son_unite(api):
    assert erreurs(changer(api, "/v1/articles/BAG", codes_barres=[TROIS])) == champ_refuse(
        "#/codes_barres/0", PRIS, 409
    )
    assert erreurs(changer(api, f"{UNITES}/CT6", code_barres=UN)) == champ_refuse("#/code_barres", PRIS, 409)


@pytest.mark.usefixtures("baguette")
def test_art_01_un_numero_pris_est_dit_avant_ses_codes(api):
    corps = BAGUETTE | {"codes_barres": [UN]}
    assert erreurs(api.post("/v1/articles", json=corps)) == champ_refuse("#/numero", "deja_pris", 409)


@pytest.mark.parametrize(
    ("codes", "pointeur", "code"),
    [
        ([UN, UN], "#/codes_barres", "codes_barres_repetes"),
        ([UN, DEUX, TROIS, QUATRE], "#/codes_barres", "liste_trop_longue"),
        ([UN, "54-10"], "#/codes_barres/1", "format_incorrect"),
        ([""], "#/codes_barres/0", "format_incorrect"),
        ([5410000000017], "#/codes_barres/0", "type_incorrect"),
        (UN, "#/codes_barres", "type_incorrect"),
        (None, "#/codes_barres", "type_incorrect"),
    ],
)
def test_art_15_listes_refusees(api, codes, pointeur, code):
    creer(api, "/v1/articles", BAGUETTE)
    corps = {"codes_barres": codes}
    assert erreurs(api.post("/v1/articles", json=BAGUETTE | {"numero": "PIS"} | corps)) == champ_refuse(pointeur, code)
    assert erreurs(changer(api, "/v1/articles/BAG", **corps)) == champ_refuse(pointeur, code)
    assert api.get("/v1/articles/BAG").json()["codes_barres"] == []
    assert api.get("/v1/articles/PIS").status_code == 404


@pytest.mark.usefixtures("baguette")
def test_art_15_un_article_retire_garde_ses_codes_et_dit_qu_il_est_inactif(api):
    changer(api, "/v1/articles/BAG", actif=False)
    assert api.get(f"/v1/codes-barres/{UN}").json()["actif"] is False


@pytest.mark.parametrize("tour", range(3))
def test_art_13_art_15_un_article_et_l_unite_d_un_autre_prennent_un_code_au_meme_moment(reelle, tour):
    """One of all the requests that want the code gets it, and the others are told which field it is that they lost."""
    for numero in ("A", "B", "C"):
        creer(reelle, "/v1/articles", BAGUETTE, numero=numero)
        creer(reelle, f"/v1/articles/{numero}/unites", CARTON)
    appels = [
        lambda: reelle.post("/v1/articles", json=BAGUETTE | {"numero": "D", "codes_barres": ["Z", UN]}),
        *(lambda un=un: changer(reelle, f"/v1/articles/{un}", codes_barres=[UN]) for un in "ABC"[tour:]),
        *(lambda un=un: changer(reelle, f"/v1/articles/{un}/unites/CT6", code_barres=UN) for un in "ABC"),
        lambda: reelle.post("/v1/articles/A/unites", json=CARTON | {"abreviation": "CT9", "code_barres": UN}),
    ]
    with ThreadPoolExecutor(len(appels)) as fils:
        reponses = [un.result() for un in [fils.submit(appel) for appel in appels]]
    assert sum(une.is_success for une in reponses) == 1
    champs = {tuple(*erreurs(une)[1]) for une in reponses if not une.is_success}
    assert champs <= {("#/codes_barres/1", PRIS), ("#/codes_barres/0", PRIS), ("#/code_barres", PRIS)}
    porteur = reelle.get(f"/v1/codes-barres/{UN}").json()
    lu = reelle.get(f"/v1/articles/{porteur['article']}").json()
    unites = reelle.get(f"/v1/articles/{porteur['article']}/unites").json()["data"]
    portes = {None: lu["codes_barres"]} | {une["abreviation"]: [une["code_barres"]] for une in unites}
    assert UN in portes[porteur["abreviation"]]


def executer(api, *ordres):
    """Run SQL in the test's transaction, as a bulk import or a maintainer would; gives the last one's rows."""
    connexion = api.app.state.base.exterieure

    async def faire():
        schema = await connexion.scalar(text("SELECT schema_nom FROM aurore.societes"))
        for ordre in ordres:
            lu = await connexion.execute(text(ordre.format(schema=schema)))
        return [tuple(une) for une in lu] if lu.returns_rows else []

    return api.attendre(faire)


@pytest.mark.usefixtures("baguette")
def test_art_15_les_codes_de_lignes_ecrites_en_bloc_sont_tenus(api):
    creer(api, "/v1/articles", BAGUETTE, numero="PIS", codes_barres=[QUATRE])
    colonnes = executer(
        api,
        "SELECT string_agg(column_name, ', ') FROM information_schema.columns WHERE table_schema = '{schema}'"
        " AND table_name = 'articles' AND column_name NOT IN ('numero', 'codes_barres')",
    )[0][0]
    en_bloc = (
        f"INSERT INTO {{schema}}.articles (numero, codes_barres, {colonnes})"
        f" SELECT 'BLOC' || rang, ARRAY['1' || rang, '2' || rang], {colonnes}"
        " FROM {schema}.articles, generate_series(1, 500) AS rang WHERE numero = 'PIS'"
    )
    compte = "SELECT count(*), count(DISTINCT article) FROM {schema}.codes_barres WHERE article LIKE 'BLOC%'"
    assert executer(api, en_bloc, compte) == [(1000, 500)]
    assert executer(api, "DELETE FROM {schema}.articles WHERE numero LIKE 'BLOC%'", compte) == [(0, 0)]


@pytest.mark.usefixtures("baguette")
def test_art_15_deux_articles_echangent_leurs_codes_en_une_fois(api):
    creer(api, "/v1/articles", BAGUETTE, numero="PIS", codes_barres=[QUATRE])
    autre = "(SELECT codes_barres FROM {schema}.articles AS autre WHERE autre.numero <> articles.numero)"
    executer(api, f"UPDATE {{schema}}.articles SET codes_barres = {autre}")
    assert porteurs(api) == {UN: ("PIS", None), DEUX: ("PIS", None), TROIS: ("BAG", "CT6"), QUATRE: ("BAG", None)}
