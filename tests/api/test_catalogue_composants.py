"""What assembled articles are made of (ART-11)."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import asyncpg
import pytest
from sqlalchemy import event
from tests.api.catalogue import BAGUETTE, CARTON, champ_refuse, changer, creer, effacer, evenements
from tests.api.reponses import donnees, erreurs, refus, si

from aurore_api.societes import PREMIERE


def article(api, numero, **champs):
    return creer(api, "/v1/articles", BAGUETTE | {"numero": numero, "designation": numero.title()} | champs)


def composer(api, numero, composant, quantite="1", **autres):
    return api.post(f"/v1/articles/{numero}/composants", json={"composant": composant, "quantite": quantite} | autres)


def composition(api, numero, **quantites):
    for composant, quantite in quantites.items():
        reponse = composer(api, numero, composant, quantite)
        assert reponse.status_code == 201, reponse.text


@pytest.fixture
def tarte(api):
    """A tart of pastry, cream and fruit; pastry and cream are made of what is bought, both of eggs."""
    for numero, achat, frais in (
        ("FARINE", "0.6250", "0.0250"),
        ("BEURRE", "7.3300", "0.1000"),
        ("OEUF", "0.2150", "0.0000"),
        ("LAIT", "0.9900", "0.0000"),
        ("FRAISE", "8.0000", "0.5000"),
    ):
        unite = "PCE" if numero == "OEUF" else "KG"
        article(api, numero, unite=unite, prix_vente="2.0000", dernier_prix_achat=achat, frais_achat=frais)
    for numero in ("TARTE", "PATE", "CREME"):
        article(api, numero, unite="PCE" if numero == "TARTE" else "KG", assemble=True)
    composition(api, "PATE", FARINE="0.6", BEURRE="0.3", OEUF="2")
    composition(api, "CREME", LAIT="0.8", OEUF="4")
    composition(api, "TARTE", PATE="0.25", CREME="0.3", FRAISE="0.4")


def nomenclature(api, numero):
    reponse = api.get(f"/v1/articles/{numero}/nomenclature")
    assert reponse.status_code == 200, reponse.text
    return reponse.json()


def quantites(api, numero):
    return {une["article"]: une["quantite"] for une in nomenclature(api, numero)["feuilles"]}


def test_art_11_a_component_is_added_read_changed_and_removed(api):
    article(api, "TARTE", assemble=True)
    article(api, "FRAISE", unite="KG")
    ajoute = composer(api, "TARTE", "FRAISE", "0.400000")
    assert (ajoute.status_code, ajoute.headers["location"], ajoute.headers["etag"]) == (
        201,
        "/v1/articles/TARTE/composants/FRAISE",
        '"1"',
    )
    attendu = {"article": "TARTE", "composant": "FRAISE", "quantite": "0.4", "unite": None, "version": 1}
    assert ajoute.json() == attendu
    adresse = ajoute.headers["location"]
    assert api.get(adresse).json() == attendu
    assert donnees(api.get("/v1/articles/TARTE/composants")) == [attendu]
    change = api.patch(adresse, json={"quantite": "0.5"}, headers=si(1))
    assert change.json() == attendu | {"quantite": "0.5", "version": 2}
    assert refus(api.patch(adresse, json={"quantite": "0.6"}, headers=si(1))) == (412, "version_perimee")
    assert refus(api.patch(adresse, json={"quantite": "0.6"})) == (428, "version_requise")
    assert erreurs(changer(api, adresse, composant="BAG")) == champ_refuse("#", "champ_inconnu")
    assert effacer(api, adresse).status_code == 204
    assert refus(api.get(adresse)) == (404, "ressource_absente")
    assert evenements(api, "composant") == [
        ("creation", "TARTE/FRAISE"),
        ("modification", "TARTE/FRAISE"),
        ("suppression", "TARTE/FRAISE"),
    ]


@pytest.mark.parametrize(
    ("corps", "attendue"),
    [
        ({"quantite": "0"}, (422, "#/quantite", "zero_interdit")),
        ({"quantite": "-1"}, (422, "#/quantite", "decimal_illisible")),
        ({"quantite": "0.0000001"}, (422, "#/quantite", "decimal_illisible")),
        ({"quantite": 1}, (422, "#/quantite", "decimal_en_texte")),
        ({"composant": "RIEN"}, (422, "#/composant", "reference_inconnue")),
        ({"composant": "RIEN", "unite": "GR"}, (422, "#/composant", "reference_inconnue")),
        ({"composant": "TARTE"}, (422, "#/composant", "cycle_de_composants")),
        ({"composant": "OEUF"}, (409, "#/composant", "deja_pris")),
        ({"unite": "CT"}, (422, "#/unite", "unite_composant_inconnue")),
        ({"unite": "PCE"}, (422, "#/unite", "unite_composant_inconnue")),
        ({"unite": "GR", "quantite": "0.0001"}, (422, "#/quantite", "quantite_convertie_nulle")),
    ],
)
def test_art_11_a_bad_component_is_refused_by_its_field_and_nothing_stored(api, corps, attendue):
    article(api, "TARTE", assemble=True)
    article(api, "FRAISE", unite="KG")
    article(api, "OEUF")
    gramme = {"abreviation": "GR", "unite": "PCE", "facteur": "1000", "operateur": "D", "decimales": 0}
    creer(api, "/v1/articles/FRAISE/unites", gramme)
    composition(api, "TARTE", OEUF="2")
    statut, pointeur, code = attendue
    refuse = api.post("/v1/articles/TARTE/composants", json={"composant": "FRAISE", "quantite": "1"} | corps)
    assert erreurs(refuse) == champ_refuse(pointeur, code, statut)
    assert [un["composant"] for un in donnees(api.get("/v1/articles/TARTE/composants"))] == ["OEUF"]


def test_art_11_the_units_that_a_component_has_are_named(api):
    article(api, "TARTE", assemble=True)
    article(api, "OEUF")
    creer(api, "/v1/articles/OEUF/unites", CARTON)
    refuse = composer(api, "TARTE", "OEUF", unite="SAC")
    assert "CT6" in refuse.json()["erreurs"][0]["detail"]


def test_art_11_only_an_assembled_article_has_components(api):
    article(api, "TARTE")
    article(api, "FRAISE")
    assert erreurs(composer(api, "TARTE", "FRAISE")) == champ_refuse("#/composant", "article_non_assemble")
    assert refus(composer(api, "RIEN", "FRAISE")) == (404, "ressource_absente")
    assert changer(api, "/v1/articles/TARTE", assemble=True).status_code == 200
    composition(api, "TARTE", FRAISE="1")
    refuse = changer(api, "/v1/articles/TARTE", assemble=False)
    assert erreurs(refuse) == champ_refuse("#/assemble", "composants_presents", 409)
    assert api.get("/v1/articles/TARTE").json()["assemble"] is True
    # what is left as it is, is no objection
    assert changer(api, "/v1/articles/TARTE", designation="Tarte", assemble=True).status_code == 200
    effacer(api, "/v1/articles/TARTE/composants/FRAISE")
    assert changer(api, "/v1/articles/TARTE", assemble=False).status_code == 200


def test_art_11_components_never_lead_back_at_any_depth(api):
    for numero in "ABCDE":
        article(api, numero, assemble=True)
    composition(api, "A", B="1", D="1")
    composition(api, "B", C="1")
    composition(api, "C", D="1")
    for dessous, dessus, tour in (("D", "A", "A, D"), ("C", "A", "A, B, C"), ("D", "C", "C, D")):
        refuse = composer(api, dessous, dessus)
        assert erreurs(refuse) == champ_refuse("#/composant", "cycle_de_composants")
        anneau = refuse.json()["erreurs"][0]["detail"]
        assert all(numero in anneau for numero in tour.split(", ")), anneau
    assert composer(api, "D", "E").status_code == 201
    # the same by two ways is no ring
    assert composer(api, "B", "D").status_code == 201


SCHEMA = f"societe_{PREMIERE}"
EN_ATTENTE = """SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"""


def test_art_11_rings_are_refused_also_when_two_requests_make_one_together(reelle, adresse_reelle):
    """Another transaction adds what closes the ring, and has not committed yet when the request comes: it waits."""
    for numero in "ABCD":
        article(reelle, numero, assemble=True)
    composition(reelle, "B", C="1")
    composition(reelle, "D", A="1")

    async def autre(appeler):
        connexion = await asyncpg.connect(adresse_reelle.replace("+asyncpg", ""))
        async with asyncio.timeout(30), connexion.transaction():
            await connexion.execute(f"SELECT pg_advisory_xact_lock(hashtextextended('{SCHEMA}:composants', 0))")
            appel = appeler()
            while not await connexion.fetchval(EN_ATTENTE):
                assert not appel.done()
                await connexion.execute("SELECT pg_sleep(0.01)")
            await connexion.execute(
                f"INSERT INTO {SCHEMA}.composants (article, composant, quantite, version) VALUES ('C', 'D', 1, 1)"
            )
        await connexion.close()
        return appel

    with ThreadPoolExecutor(1) as fils:
        appel = asyncio.run(autre(lambda: fils.submit(composer, reelle, "A", "B")))
        assert erreurs(appel.result()) == champ_refuse("#/composant", "cycle_de_composants")


def test_art_11_many_add_components_at_once(reelle):
    """They wait for each other and for nothing else: nobody meets a deadlock."""
    for numero in ("A", "B", *(f"X{rang}" for rang in range(4))):
        article(reelle, numero, assemble=True)
    appels = [(dessus, f"X{rang}") for rang in range(4) for dessus in ("A", "B")]
    with ThreadPoolExecutor(8) as fils:
        reponses = [un.result() for un in [fils.submit(composer, reelle, *une) for une in appels]]
    assert [une.status_code for une in reponses] == [201] * 8


@pytest.mark.usefixtures("tarte")
def test_art_11_what_is_a_component_stays(api):
    refuse = effacer(api, "/v1/articles/OEUF")
    assert refus(refuse) == (409, "en_utilisation")
    assert "composants" in refuse.json()["detail"]
    # with the article go its own components
    assert effacer(api, "/v1/articles/TARTE").status_code == 204
    assert ("suppression", "TARTE/FRAISE") in evenements(api, "composant")
    assert effacer(api, "/v1/articles/FRAISE").status_code == 204


@pytest.mark.usefixtures("tarte")
def test_art_11_a_unit_that_a_component_is_counted_in_stays(api):
    creer(api, "/v1/articles/OEUF/unites", CARTON)
    assert changer(api, "/v1/articles/CREME/composants/OEUF", quantite="1", unite="CT6").status_code == 200
    assert refus(effacer(api, "/v1/articles/OEUF/unites/CT6")) == (409, "en_utilisation")
    assert changer(api, "/v1/articles/CREME/composants/OEUF", unite=None).status_code == 200
    assert effacer(api, "/v1/articles/OEUF/unites/CT6").status_code == 204


@pytest.mark.usefixtures("tarte")
def test_art_11_the_nomenclature_adds_up_what_is_taken_in_the_end(api):
    trouvee = nomenclature(api, "TARTE")
    assert quantites(api, "TARTE") == {
        "BEURRE": "0.075",
        "FARINE": "0.15",
        "FRAISE": "0.4",
        "LAIT": "0.24",
        "OEUF": "1.7",
    }
    assert trouvee["feuilles"][-1] == {
        "article": "OEUF",
        "designation": "Oeuf",
        "quantite": "1.7",
        "unite": "PCE",
        "prix_vente": "2.0000",
        "dernier_prix_achat": "0.2150",
        "frais_achat": "0.0000",
    }
    # 0.09375 + 0.54975 + 3.2 + 0.2376 + 0.3655, and costs of 0.00375 + 0.0075 + 0.2
    prix = {nom: trouvee[nom] for nom in ("prix_achat", "cout", "prix_vente", "manquants")}
    assert prix == {"prix_achat": "4.4466", "cout": "4.6579", "prix_vente": "5.1300", "manquants": []}
    assert (trouvee["article"], trouvee["unite"]) == ("TARTE", "PCE")


@pytest.mark.usefixtures("tarte")
def test_art_11_an_article_without_components_is_made_of_nothing(api):
    assert nomenclature(api, "OEUF") == {
        "article": "OEUF",
        "unite": "PCE",
        "feuilles": [],
        "prix_achat": None,
        "cout": None,
        "prix_vente": None,
        "manquants": [],
    }
    assert refus(api.get("/v1/articles/RIEN/nomenclature")) == (404, "ressource_absente")


@pytest.mark.usefixtures("tarte")
def test_cal_02_quantities_are_converted_into_the_component_s_base_unit(api):
    """A third of a box of six is 2.000 eggs; 125 g, of which a kilogram has 1000, are 0.125 kg."""
    creer(api, "/v1/articles/OEUF/unites", CARTON)
    gramme = {"abreviation": "GR", "unite": "PCE", "facteur": "1000", "operateur": "D", "decimales": 0}
    creer(api, "/v1/articles/LAIT/unites", gramme)
    article(api, "FLAN", assemble=True)
    assert composer(api, "FLAN", "OEUF", "0.333333", unite="CT6").status_code == 201
    assert composer(api, "FLAN", "LAIT", "125.4", unite="GR").status_code == 201
    assert quantites(api, "FLAN") == {"LAIT": "0.125", "OEUF": "2"}
    # typed in base unit, it keeps its six decimals
    assert changer(api, "/v1/articles/FLAN/composants/LAIT", quantite="0.123456", unite=None).status_code == 200
    assert quantites(api, "FLAN")["LAIT"] == "0.123456"


@pytest.mark.usefixtures("tarte")
def test_art_11_where_an_article_is_used(api):
    assert [(un["article"], un["quantite"]) for un in donnees(api.get("/v1/articles/OEUF/utilise-dans"))] == [
        ("CREME", "4"),
        ("PATE", "2"),
    ]
    premiere = api.get("/v1/articles/OEUF/utilise-dans", params={"limite": 1})
    assert [un["article"] for un in donnees(premiere)] == ["CREME"]
    suite = api.get(premiere.headers["link"].split(">")[0].removeprefix("<"))
    assert [un["article"] for un in donnees(suite)] == ["PATE"]
    assert donnees(api.get("/v1/articles/TARTE/utilise-dans")) == []
    assert refus(api.get("/v1/articles/RIEN/utilise-dans")) == (404, "ressource_absente")


@pytest.fixture
def losange(api):
    """Thirty levels of two articles, each made of both below: half a milliard of ways to the last one."""
    etages = [("HAUT",), *((f"G{rang}", f"D{rang}") for rang in range(1, 30)), ("BAS",)]
    for etage in etages:
        for numero in etage:
            article(api, numero, assemble=numero != "BAS", prix_vente="0.0001", dernier_prix_achat="0.0001")
    for rang, etage in enumerate(etages[:-1]):
        for numero in etage:
            composition(api, numero, **dict.fromkeys(etages[rang + 1], "1"))


@pytest.mark.usefixtures("losange")
def test_art_11_shared_components_are_loaded_and_counted_once(api):
    instructions = []

    def noter(_connexion, _curseur, instruction, *_):
        instructions.append(instruction)

    moteur = api.app.state.base.engine.sync_engine
    event.listen(moteur, "before_cursor_execute", noter)
    try:
        assert quantites(api, "HAUT") == {"BAS": str(2**29)}
    finally:
        event.remove(moteur, "before_cursor_execute", noter)
    lues = [une for une in instructions if ".composants" in une]
    assert len(lues) == 1
    assert nomenclature(api, "HAUT")["prix_vente"] == "53687.0912"


@pytest.mark.usefixtures("losange")
def test_art_11_what_multiplies_beyond_any_quantity_or_price_is_refused(api):
    """Beyond any quantity first, then beyond any price too."""
    nomenclatures = "/v1/articles/HAUT/nomenclature"
    assert changer(api, "/v1/articles/HAUT/composants/G1", quantite="100").status_code == 200
    assert refus(api.get(nomenclatures)) == (409, "nomenclature_hors_bornes")
    assert api.post("/v1/articles/HAUT/calcul", json={"composants": True}).status_code == 200
    assert changer(api, "/v1/articles/HAUT/composants/G1", quantite="999999999").status_code == 200
    assert refus(api.get(nomenclatures)) == (409, "nomenclature_hors_bornes")
    calcul = api.post("/v1/articles/HAUT/calcul", json={"composants": True, "enregistrer": True})
    assert refus(calcul) == (409, "nomenclature_hors_bornes")
    assert api.get("/v1/articles/HAUT").json()["version"] == 1


def test_art_11_quantities_are_told_to_six_decimals(api):
    for numero in "ABC":
        article(api, numero, assemble=True)
    composition(api, "A", B="0.333333")
    composition(api, "B", C="0.333335")
    assert quantites(api, "A") == {"C": "0.111112"}


def test_art_11_whose_stock_moves_is_stored(api):
    article(api, "TARTE", assemble=True, mouvement_composants=True)
    assert api.get("/v1/articles/TARTE").json()["mouvement_composants"] is True
