"""The calculation of an article's prices (CAL-10, ART-04)."""

import pytest
from tests.api.catalogue import BAGUETTE, champ_refuse, changer, creer, evenements
from tests.api.reponses import erreurs, refus, si

ARTICLE = BAGUETTE | {"dernier_prix_achat": "0.3000", "frais_achat": "0.0400", "code_tva_achat": "6"}
CHAMPS = ("prix_achat", "frais_achat", "cout", "taux_marge", "taux_marque", "prix_vente", "prix_vente_tvac")


@pytest.fixture
def baguette(api):
    return creer(api, "/v1/articles", ARTICLE)


def calculer(api, corps=None, numero="BAG", **autres):
    return api.post(f"/v1/articles/{numero}/calcul", json=corps, **autres)


def prix(reponse):
    assert reponse.status_code == 200, reponse.text
    return [reponse.json()[champ] for champ in CHAMPS]


@pytest.mark.usefixtures("baguette")
def test_cal_10_without_a_body_the_article_is_calculated_as_it_is(api):
    reponse = calculer(api)
    assert reponse.status_code == 200, reponse.text
    assert reponse.headers["etag"] == '"1"'
    assert reponse.json() == {
        "article": "BAG",
        "date": reponse.json()["date"],
        "taux_tva_vente": "6.00",
        "taux_tva_achat": "6.00",
        "prix_achat": "0.3000",
        "prix_achat_tvac": "0.32",
        "frais_achat": "0.0400",
        "cout": "0.3400",
        "taux_marge": "150.00",
        "taux_marque": "60.00",
        "prix_vente": "0.8500",
        "prix_vente_tvac": "0.90",
        "manquants": [],
        "enregistre": False,
        "version": 1,
    }
    assert calculer(api, {}).json() == reponse.json()


@pytest.mark.parametrize(
    ("corps", "attendu"),
    [
        # the stored purchase side completes a selling side that is given
        ({"prix_vente": "0.6800"}, ["0.3000", "0.0400", "0.3400", "100.00", "50.00", "0.6800", "0.72"]),
        ({"prix_vente_tvac": "1.00"}, ["0.3000", "0.0400", "0.3400", "177.47", "63.96", "0.9434", "1.00"]),
        ({"taux_marge": "100"}, ["0.3000", "0.0400", "0.3400", "100.00", "50.00", "0.6800", "0.72"]),
        ({"taux_marque": "50.00"}, ["0.3000", "0.0400", "0.3400", "100.00", "50.00", "0.6800", "0.72"]),
        ({"taux_marge": "-50"}, ["0.3000", "0.0400", "0.3400", "-50.00", "-100.00", "0.1700", "0.18"]),
        # the stored selling price completes a purchase side that is given
        ({"prix_achat": "0.1000"}, ["0.1000", "0.0400", "0.1400", "507.14", "83.53", "0.8500", "0.90"]),
        ({"frais_achat": "0.1250"}, ["0.3000", "0.1250", "0.4250", "100.00", "50.00", "0.8500", "0.90"]),
        # a rate beside a selling price gives the purchase price; beside that too, the costs
        (
            {"prix_vente": "1.0000", "taux_marque": "60"},
            ["0.3600", "0.0400", "0.4000", "150.00", "60.00", "1.0000", "1.06"],
        ),
        (
            {"prix_vente": "1.0000", "taux_marque": "60", "prix_achat": "0.3500"},
            ["0.3500", "0.0500", "0.4000", "150.00", "60.00", "1.0000", "1.06"],
        ),
    ],
)
def test_art_04_what_is_not_given_is_taken_from_the_article(api, baguette, corps, attendu):
    assert prix(calculer(api, corps)) == attendu
    assert api.get("/v1/articles/BAG").json() == baguette
    assert evenements(api, "article") == [("creation", "BAG")]


def test_cal_10_an_article_that_was_never_bought_has_a_selling_side(api):
    creer(api, "/v1/articles", BAGUETTE)
    reponse = calculer(api, {"prix_vente_tvac": "0.90"})
    assert prix(reponse) == [None, "0.0000", None, None, None, "0.8491", "0.90"]
    assert (reponse.json()["prix_achat_tvac"], reponse.json()["taux_tva_achat"]) == (None, None)
    assert erreurs(calculer(api, {"taux_marge": "50"})) == champ_refuse("#/prix_achat", "calcul_insuffisant")


@pytest.mark.parametrize(
    ("corps", "attendue"),
    [
        ({"prix_vente": "1", "prix_vente_tvac": "2.00"}, ("#/prix_vente_tvac", "calcul_contradictoire")),
        ({"taux_marge": "100", "taux_marque": "40"}, ("#/taux_marque", "calcul_contradictoire")),
        (
            {"prix_achat": "1", "frais_achat": "0", "prix_vente": "2", "taux_marge": "50"},
            ("#/taux_marge", "calcul_contradictoire"),
        ),
        ({"taux_marque": "100"}, ("#/taux_marque", "calcul_impossible")),
        ({"taux_marge": "-100.01"}, ("#/taux_marge", "calcul_impossible")),
        ({"prix_vente": "0.05", "taux_marge": "50"}, ("#/prix_achat", "calcul_impossible")),
        ({"prix_achat": "9999999999", "taux_marge": "1"}, ("#/prix_vente", "calcul_hors_bornes")),
        ({"prix_vente_tvac": "1.005"}, ("#/prix_vente_tvac", "prix_tvac_trop_precis")),
        ({"date": "1970-01-01"}, ("#/date", "taux_tva_inconnu")),
        ({"composants": True}, ("#/composants", "article_non_assemble")),
        ({"prix_achat": "-1"}, ("#/prix_achat", "decimal_illisible")),
        ({"taux_marge": "1.005"}, ("#/taux_marge", "decimal_illisible")),
        ({"prix_vente": 1.5}, ("#/prix_vente", "decimal_en_texte")),
        ({"enregistrer": "oui"}, ("#/enregistrer", "type_incorrect")),
        ({"prix": "1"}, ("#", "champ_inconnu")),
    ],
)
def test_cal_10_a_bad_value_is_refused_by_its_field_and_nothing_stored(api, baguette, corps, attendue):
    assert erreurs(calculer(api, corps)) == (422, [attendue])
    assert erreurs(calculer(api, {"enregistrer": True} | corps)) == (422, [attendue])
    assert api.get("/v1/articles/BAG").json() == baguette


def test_cal_10_an_unknown_article_is_not_found(api):
    assert refus(calculer(api, {}, "RIEN")) == (404, "ressource_absente")


def test_art_04_what_is_calculated_is_stored_when_asked(api, baguette):
    corps = {"prix_achat": "0.4200", "frais_achat": "0.0300", "taux_marge": "100", "enregistrer": True}
    reponse = calculer(api, corps, headers=si(1))
    assert prix(reponse) == ["0.4200", "0.0300", "0.4500", "100.00", "50.00", "0.9000", "0.95"]
    assert (reponse.json()["enregistre"], reponse.json()["version"], reponse.headers["etag"]) == (True, 2, '"2"')
    assert api.get("/v1/articles/BAG").json() == baguette | {
        "dernier_prix_achat": "0.4200",
        "frais_achat": "0.0300",
        "prix_vente": "0.9000",
        "prix_vente_tvac": "0.95",
        "version": 2,
    }
    assert evenements(api, "article") == [("creation", "BAG"), ("modification", "BAG")]


def test_api_06_a_version_that_is_sent_must_be_the_present_one(api, baguette):
    """A POST need not name a version; one that does is held to it, storing or not."""
    corps = {"prix_vente": "2.0000", "enregistrer": True}
    assert refus(calculer(api, corps, headers=si(7))) == (412, "version_perimee")
    assert refus(calculer(api, {}, headers=si(7))) == (412, "version_perimee")
    assert api.get("/v1/articles/BAG").json() == baguette
    assert calculer(api, corps).json()["version"] == 2
    assert refus(calculer(api, corps, headers=si(1))) == (412, "version_perimee")


def test_art_04_storing_what_is_there_already_changes_nothing(api, baguette):
    assert calculer(api, {"enregistrer": True}).json()["version"] == 1
    assert api.get("/v1/articles/BAG").json() == baguette


@pytest.mark.usefixtures("baguette")
def test_cal_10_the_rates_are_those_of_the_day(api):
    taux = [{"du": "2020-01-01", "taux": "12.00"}, {"du": "2024-01-01", "taux": "6.00"}]
    assert changer(api, "/v1/codes-tva/6", taux=taux).status_code == 200
    assert calculer(api, {"date": "2023-12-31"}).json()["prix_vente_tvac"] == "0.95"
    apres = calculer(api, {"date": "2024-01-01", "prix_vente_tvac": "1.06"}).json()
    assert (apres["prix_vente"], apres["taux_tva_vente"]) == ("1.0000", "6.00")
    assert calculer(api, {"date": "2023-12-31", "prix_vente_tvac": "1.12"}).json()["prix_vente"] == "1.0000"


@pytest.mark.parametrize(
    ("decimales", "vente", "achat"),
    [(0, "1.00", "0.00"), (1, "0.90", "0.30"), (3, "0.901", "0.318"), (4, "0.9010", "0.3180")],
)
@pytest.mark.usefixtures("baguette")
def test_cal_10_vat_included_has_the_visible_decimals_of_the_societe(api, decimales, vente, achat):
    """Wherever it is shown: the calculation, the article, the list of articles."""
    assert changer(api, "/v1/parametres", decimales_visibles=decimales).status_code == 200
    calcule = calculer(api).json()
    assert (calcule["prix_vente_tvac"], calcule["prix_achat_tvac"]) == (vente, achat)
    assert api.get("/v1/articles/BAG").json()["prix_vente_tvac"] == vente
    assert [un["prix_vente_tvac"] for un in api.get("/v1/articles").json()["data"]] == [vente]


def test_cal_10_whole_euros_decide_the_price_without_vat(api):
    creer(api, "/v1/articles", ARTICLE | {"prix_vente": "10.0000", "prix_avec_decimales": False})
    assert api.get("/v1/articles/BAG").json()["prix_vente_tvac"] == "11.00"
    reponse = calculer(api, {"enregistrer": True})
    assert prix(reponse)[-2:] == ["10.3774", "11.00"]
    lu = api.get("/v1/articles/BAG").json()
    assert (lu["prix_vente"], lu["prix_vente_tvac"], lu["version"]) == ("10.3774", "11.00", 2)
    assert erreurs(calculer(api, {"prix_vente_tvac": "10.60"})) == champ_refuse(
        "#/prix_vente_tvac", "prix_tvac_trop_precis"
    )


def test_art_11_prices_come_from_the_components(api):
    for numero, achat in (("FARINE", "0.6250"), ("BEURRE", "7.3300")):
        creer(api, "/v1/articles", BAGUETTE, numero=numero, unite="KG", prix_vente="12.0000", dernier_prix_achat=achat)
    changer(api, "/v1/articles/BEURRE", frais_achat="0.1000")
    creer(api, "/v1/articles", ARTICLE | {"numero": "SABLE", "assemble": True, "prix_avec_decimales": True})
    assert erreurs(calculer(api, {"composants": True}, "SABLE")) == champ_refuse("#/composants", "sans_composants")
    creer(api, "/v1/articles/SABLE/composants", {"composant": "FARINE", "quantite": "0.3"})
    creer(api, "/v1/articles/SABLE/composants", {"composant": "BEURRE", "quantite": "0.2"})
    # 0.1875 + 1.466 bought, 0.02 of costs, 6.00 sold
    assert prix(calculer(api, {"composants": True}, "SABLE")) == [
        "1.6535", "0.0200", "1.6735", "258.53", "72.11", "6.0000", "6.36",
    ]  # fmt: skip
    # what is given goes before what the components give
    assert prix(calculer(api, {"composants": True, "taux_marge": "100"}, "SABLE"))[-2:] == ["3.3470", "3.55"]
    assert prix(calculer(api, {}, "SABLE"))[0] == "0.3000"
    reponse = calculer(api, {"composants": True, "enregistrer": True}, "SABLE")
    lu = api.get("/v1/articles/SABLE").json()
    assert (lu["dernier_prix_achat"], lu["frais_achat"], lu["prix_vente"]) == ("1.6535", "0.0200", "6.0000")
    assert reponse.json()["version"] == lu["version"] == 2


def test_art_11_a_component_without_purchase_price_is_named(api):
    creer(api, "/v1/articles", BAGUETTE, numero="FARINE", unite="KG")
    creer(api, "/v1/articles", BAGUETTE, numero="PAIN", assemble=True)
    creer(api, "/v1/articles/PAIN/composants", {"composant": "FARINE", "quantite": "2"})
    reponse = calculer(api, {"composants": True}, "PAIN")
    assert prix(reponse) == [None, "0.0000", None, None, None, "1.7000", "1.80"]
    assert reponse.json()["manquants"] == ["FARINE"]
    # what is not known does not efface what the article says itself
    changer(api, "/v1/articles/PAIN", dernier_prix_achat="0.5000", frais_achat="0.1000")
    assert calculer(api, {"composants": True, "enregistrer": True}, "PAIN").json()["prix_achat"] is None
    lu = api.get("/v1/articles/PAIN").json()
    assert (lu["dernier_prix_achat"], lu["frais_achat"], lu["prix_vente"]) == ("0.5000", "0.1000", "1.7000")
    # unless it is given beside them
    corps = {"composants": True, "prix_achat": "0.6000", "enregistrer": True}
    assert calculer(api, corps, "PAIN").json()["cout"] == "0.6000"
    lu = api.get("/v1/articles/PAIN").json()
    assert (lu["dernier_prix_achat"], lu["frais_achat"]) == ("0.6000", "0.0000")


@pytest.mark.usefixtures("baguette")
def test_sec_02_calculating_takes_the_scope_of_entry(api, cle_de):
    assert refus(calculer(api, {}, headers=cle_de("lecture"))) == (403, "portee_insuffisante")
    assert calculer(api, {}, headers=cle_de("saisie")).status_code == 200
