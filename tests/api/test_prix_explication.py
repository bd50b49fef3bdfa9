"""A price explained in sentences, with its VAT and what is to know of the article (CAL-04, CAL-10, ART-05, ART-08)."""

from typing import Any, get_args

import pytest
from tests.api.catalogue import BAGUETTE, changer, creer
from tests.api.prix import etablir_lignes, etablir_propres, prix

from aurore_api.prix.schemas import CodeEtape
from aurore_api.socle.textes import LANGUES, catalogue


@pytest.fixture
def lignes(api):
    """The tariff rows of the baguette, by their ids."""
    return etablir_lignes(api)


@pytest.fixture
def propres(api, lignes):
    """Beside them, the clients' own prices, by their ids."""
    assert lignes
    return etablir_propres(api)


def codes(trouve: dict[str, Any]) -> list[str]:
    """The steps of an explanation, without their common beginning."""
    return [une["code"].removeprefix("explique_") for une in trouve["explication"]]


@pytest.mark.usefixtures("propres")
@pytest.mark.parametrize(
    ("demande", "etapes"),
    [
        ({"client": "C1"}, ["client_article_valeur", "generale_prix_client", "montant", "palier_prix_client"]),
        ({"client": "C2"}, ["client_article_remise", "generale_prix_client", "montant", "palier_prix_client"]),
        (
            {"client": "C1", "date": "2026-02-01"},
            ["client_famille_remise", "generale_prix_client", "montant", "palier_prix_client"],
        ),
        ({"client": "C3"}, ["base", "montant", "palier_sans_tarif"]),
        ({"tarif": "REV"}, ["tarif_remise", "montant", "palier"]),
        ({"tarif": "HOR"}, ["tarif_valeur", "montant", "palier_dernier_palier"]),
        (
            {"client": "C2", "prix_saisi": "1", "remise_saisie": "2"},
            ["saisi", "remise_saisie", "generale_remise_saisie", "montant", "palier_prix_saisi"],
        ),
        ({"client": "C2", "prix_saisi": "1"}, ["saisi", "generale_prix_saisi", "montant", "palier_prix_saisi"]),
    ],
)
def test_cal_04_l_explication_en_phrases(api, demande, etapes):
    assert codes(prix(api, **demande)) == etapes


@pytest.mark.usefixtures("lignes")
@pytest.mark.parametrize(
    ("demande", "generale"),
    [
        ({"client": "C1"}, "generale_remise_du_tarif"),
        ({"client": "C2"}, "generale_retenue"),
        ({"client": "C2", "quantite": "100"}, "generale_prix_du_tarif"),
    ],
)
def test_cal_04_la_remise_generale_dite_en_phrases(api, demande, generale):
    """CAL-04: of the tariff's discount and the general one the larger is taken, and the sentence says which."""
    assert generale in codes(prix(api, **demande))


@pytest.mark.usefixtures("propres")
@pytest.mark.parametrize(
    ("langue", "phrases"),
    [
        (
            "fr",
            [
                "Tarif REV, à partir de 1 PCE : remise de 5 % sur le prix de base de 0,85 EUR.",
                "Montant : 10 PCE à 0,85 EUR, remise de 5 %, soit 8,08 EUR hors TVA.",
                "À partir de 100 PCE : 0,79 EUR, remise de 0 %.",
            ],
        ),
        (
            "en",
            [
                "Price list REV, from 1 PCE: 5 % off the base price of 0.85 EUR.",
                "Amount: 10 PCE at 0.85 EUR, 5 % discount, that is 8.08 EUR without VAT.",
                "From 100 PCE on: 0.79 EUR, 0 % discount.",
            ],
        ),
    ],
)
def test_cal_04_les_phrases_dans_la_langue_du_lecteur(api, langue, phrases):
    demande = {"article": "BAG", "tarif": "REV", "quantite": "10", "date": "2026-01-15"}
    reponse = api.get("/v1/prix", params=demande, headers={"accept-language": langue})
    assert [une["detail"] for une in reponse.json()["explication"]] == phrases


@pytest.mark.parametrize(
    ("langue", "phrases"),
    [
        (
            "fr",
            [
                "Tarif HOR : 0,80 EUR.",
                "Montant : 1\xa0520,5 PCE à 0,80 EUR, remise de 2,5 %, soit 1\xa0185,99 EUR hors TVA.",
            ],
        ),
        (
            "nl",
            ["Tarief HOR: 0,80 EUR.", "Bedrag: 1.520,5 PCE aan 0,80 EUR, 2,5 % korting, dus 1.185,99 EUR zonder btw."],
        ),
        (
            "de",
            ["Tarif HOR: 0,80 EUR.", "Betrag: 1.520,5 PCE zu 0,80 EUR, 2,5 % Rabatt, also 1.185,99 EUR ohne MwSt."],
        ),
        (
            "en",
            [
                "Price list HOR: 0.80 EUR.",
                "Amount: 1,520.5 PCE at 0.80 EUR, 2.5 % discount, that is 1,185.99 EUR without VAT.",
            ],
        ),
    ],
)
@pytest.mark.usefixtures("lignes")
def test_cal_04_les_nombres_comme_le_lecteur_les_ecrit(api, langue, phrases):
    """CAL-04: his separators, amounts to the cent, quantities without zeros; a row for any quantity names none."""
    demande = {"article": "BAG", "tarif": "HOR", "quantite": "1520.5", "remise_saisie": "2.5", "date": "2026-01-15"}
    reponse = api.get("/v1/prix", params=demande, headers={"accept-language": langue})
    trouvees = {une["code"]: une["detail"] for une in reponse.json()["explication"]}
    assert [trouvees["explique_tarif_valeur"], trouvees["explique_montant"]] == phrases


@pytest.mark.parametrize(("saisi", "ecrit"), [("0.7", "0,70"), ("0.725", "0,725"), ("1234.5678", "1\xa0234,5678")])
@pytest.mark.usefixtures("lignes")
def test_cal_04_un_prix_a_de_deux_a_quatre_decimales(api, saisi, ecrit):
    """CAL-04: in sentences as in print."""
    assert f" {ecrit} EUR" in prix(api, prix_saisi=saisi)["explication"][0]["detail"]


@pytest.mark.parametrize("langue", LANGUES)
def test_cal_04_chaque_phrase_a_son_texte(langue):
    """CAL-04: every sentence that an explanation may have exists in every language."""
    assert set(get_args(CodeEtape)) == {une for une in catalogue(langue) if une.startswith("explique_")}


@pytest.mark.usefixtures("lignes")
@pytest.mark.parametrize(
    ("reglage", "attendu"),
    [
        ({}, "0.9000"),
        ({"decimales_visibles": 3}, "0.9010"),
        ({"decimales_visibles": 0}, "1.0000"),
    ],
)
def test_cal_10_le_prix_tvac_du_jour(api, reglage, attendu):
    """CAL-10, CAL-14: as people see it in the visible decimals, and with 4 decimals as on a line."""
    assert changer(api, "/v1/parametres", **reglage).status_code == 200
    assert prix(api)["tva"] == {
        "code_tva": "6",
        "categorie_tva": "national",
        "categorie": "S",
        "taux": "6.00",
        "prix_tvac": attendu,
        "prix_ligne_tvac": "0.9010",
    }


@pytest.mark.usefixtures("lignes")
def test_cal_10_prix_en_euros_entiers_et_sans_tva(api):
    """CAL-09, CAL-10: an article in whole euros; a client whose category has no VAT; a day before there was a rate."""
    creer(api, "/v1/clients", {"numero": "DE", "nom": "Bäckerei", "categorie_tva": "intracommunautaire"})
    tva = prix(api, client="DE")["tva"]
    assert (tva["categorie"], tva["taux"], tva["prix_tvac"]) == ("K", "0.00", "0.8500")
    creer(api, "/v1/articles", BAGUETTE, numero="TRT", prix_vente="23.1", prix_avec_decimales=False)
    tarte = prix(api, article="TRT")["tva"]
    assert (tarte["prix_tvac"], tarte["prix_ligne_tvac"]) == ("24.0000", "24.4860")
    creer(api, "/v1/codes-tva", {"code": "N", "libelle": "Neuf", "taux": [{"du": "2026-02-01", "taux": "9.00"}]})
    creer(api, "/v1/articles", BAGUETTE, numero="NEU", code_tva_vente="N")
    assert prix(api, article="NEU")["tva"] is None
    assert prix(api, article="NEU", date="2026-02-01")["tva"]["taux"] == "9.00"


@pytest.mark.usefixtures("lignes")
def test_art_05_art_08_un_article_remplace_ou_retire_le_dit(api):
    """ART-05, ART-08: a price is still found, and the answer says that new lines take another article."""
    creer(api, "/v1/articles", BAGUETTE, numero="BIO")
    trouve = prix(api)
    assert (trouve["actif"], trouve["remplace_par"]) == (True, None)
    assert changer(api, "/v1/articles/BAG", remplace_par="BIO", actif=False).status_code == 200
    trouve = prix(api)
    assert (trouve["actif"], trouve["remplace_par"], trouve["prix"]) == (False, "BIO", "0.8500")
    assert codes(trouve)[:2] == ["article_inactif", "article_remplace"]
