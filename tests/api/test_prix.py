"""Prices and their explanation through the API (CAL-04, CAL-05, ART-14)."""

from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from tests.api.catalogue import BAGUETTE, CARTON, champ_refuse, creer
from tests.api.reponses import erreurs
from tests.client import ClientDeTest

LIGNES = (
    {"tarif": "REV", "quantite_minimum": "1", "remise": "5.00"},
    {"tarif": "REV", "quantite_minimum": "100", "valeur": "0.7900"},
    {"tarif": "REV", "quantite_minimum": "100", "valeur": "0.7000", "du": "2026-03-01", "au": "2026-03-31"},
    {"tarif": "HOR", "quantite_minimum": "0", "valeur": "0.8000"},
)


@pytest.fixture
def lignes(api):
    """A baguette at 0.85 with two tariffs; a reseller with 2 %, a hotel with 10 %, and one client with neither."""
    creer(api, "/v1/articles", BAGUETTE)
    creer(api, "/v1/articles/BAG/unites", CARTON)
    for code in ("HOR", "VIDE"):
        creer(api, "/v1/tarifs", {"code": code, "libelle": code})
    creer(api, "/v1/clients", {"numero": "C1", "nom": "Revendeur", "tarif": "REV", "remise": "2.00"})
    creer(api, "/v1/clients", {"numero": "C2", "nom": "Grand revendeur", "tarif": "REV", "remise": "10.00"})
    creer(api, "/v1/clients", {"numero": "C3", "nom": "Passant", "remise": "0.00"})
    return [creer(api, "/v1/articles/BAG/tarifs", ligne)["id"] for ligne in LIGNES]


def prix(api: ClientDeTest, **demande: str) -> dict[str, Any]:
    """A price that must be found."""
    reponse = api.get("/v1/prix", params={"article": "BAG", "date": "2026-01-15"} | demande)
    assert reponse.status_code == 200, reponse.text
    return reponse.json()  # type: ignore[no-any-return]


@pytest.mark.usefixtures("lignes")
@pytest.mark.parametrize(
    ("demande", "attendu"),
    [
        # rule 4: base price, with the client's general discount
        ({}, ("base", "0.8500", "0.00", "0.85")),
        ({"client": "C3", "quantite": "120"}, ("base", "0.8500", "0.00", "102.00")),
        ({"client": "C1", "quantite": "0.5"}, ("base", "0.8500", "2.00", "0.42")),
        ({"client": "C2", "tarif": "VIDE", "quantite": "10"}, ("base", "0.8500", "10.00", "7.65")),
        # rule 3: a discount row, the larger of the two discounts
        ({"client": "C1", "quantite": "10"}, ("tarif", "0.8500", "5.00", "8.08")),
        ({"client": "C2", "quantite": "10"}, ("tarif", "0.8500", "10.00", "7.65")),
        # rule 3: a price row takes no general discount
        ({"client": "C1", "quantite": "99.999999"}, ("tarif", "0.8500", "5.00", "80.75")),
        ({"client": "C2", "quantite": "100"}, ("tarif", "0.7900", "0.00", "79.00")),
        ({"client": "C2", "tarif": "HOR", "quantite": "100"}, ("tarif", "0.8000", "0.00", "80.00")),
        ({"tarif": "HOR"}, ("tarif", "0.8000", "0.00", "0.80")),
        # the promotion of March, past and future
        ({"client": "C1", "quantite": "100", "date": "2026-02-28"}, ("tarif", "0.7900", "0.00", "79.00")),
        ({"client": "C1", "quantite": "100", "date": "2026-03-01"}, ("tarif", "0.7000", "0.00", "70.00")),
        ({"client": "C1", "quantite": "100", "date": "2026-03-31"}, ("tarif", "0.7000", "0.00", "70.00")),
        ({"client": "C1", "quantite": "100", "date": "2026-04-01"}, ("tarif", "0.7900", "0.00", "79.00")),
        ({"client": "C1", "quantite": "100", "date": "2999-12-31"}, ("tarif", "0.7900", "0.00", "79.00")),
        # order unit: 17 boxes of 6 are 102
        (
            {"client": "C1", "quantite_unite_commande": "17", "unite_commande": "CT6"},
            ("tarif", "0.7900", "0.00", "80.58"),
        ),
    ],
)
def test_cal_04_la_premiere_regle_qui_convient(api, demande, attendu):
    trouve = prix(api, **demande)
    assert (trouve["regle"], trouve["prix"], trouve["remise"], trouve["montant_htva"]) == attendu


def test_cal_04_explication(api, lignes):
    """CAL-04: which rule, which row, why not the others, what the next break would give."""
    trouve = prix(api, client="C2", quantite="10")
    remise, cent, mars, hotel = lignes
    assert trouve["ligne_retenue"] == LIGNES[0] | {"id": remise, "valeur": None, "du": None, "au": None}
    assert {un["ligne"]["id"]: un["motif"] for un in trouve["lignes_considerees"]} == {
        remise: "retenu",
        cent: "quantite_insuffisante",
        mars: "pas_encore_valable",
        hotel: "autre_tarif",
    }
    palier = {"quantite_minimum": "100", "prix": "0.7900", "remise": "0.00", "montant_htva": "79.00"}
    assert trouve["palier_suivant"] == palier
    assert prix(api, client="C2", quantite="100")["palier_suivant"] is None
    assert (trouve["article"], trouve["client"], trouve["tarif"], trouve["date"]) == ("BAG", "C2", "REV", "2026-01-15")


def test_cal_04_sans_ligne_retenue(api, lignes):
    trouve = prix(api, client="C3")
    assert (trouve["tarif"], trouve["ligne_retenue"], trouve["palier_suivant"]) == (None, None, None)
    assert {un["motif"] for un in trouve["lignes_considerees"]} == {"autre_tarif"}
    assert len(trouve["lignes_considerees"]) == len(lignes)


@pytest.mark.usefixtures("lignes")
@pytest.mark.parametrize("numero", ["C1", "C2", "C3"])
@pytest.mark.parametrize("quantite", ["0", "0.333333", "7", "99.5", "100", "123.456"])
def test_cal_05_l_explication_rejouee_donne_le_montant(api, numero, quantite):
    """CAL-04, CAL-05: quantity x price x (1 - discount) of the answer is its amount; the break gives what it says."""
    trouve = prix(api, client=numero, quantite=quantite)
    juste = Decimal(trouve["quantite"]) * Decimal(trouve["prix"]) * (1 - Decimal(trouve["remise"]) / 100)
    assert Decimal(trouve["montant_htva"]) == juste.quantize(Decimal("0.01"), ROUND_HALF_UP)
    if palier := trouve["palier_suivant"]:
        suivant = prix(api, client=numero, quantite=palier["quantite_minimum"])
        assert {champ: suivant[champ] for champ in ("prix", "remise", "montant_htva")} == {
            champ: palier[champ] for champ in ("prix", "remise", "montant_htva")
        }


@pytest.mark.usefixtures("lignes")
def test_cal_02_quantites_dans_les_deux_unites(api):
    trouve = prix(api, quantite="120", unite_commande="CT6")
    assert (trouve["quantite"], trouve["unite"]) == ("120", "PCE")
    assert (trouve["quantite_unite_commande"], trouve["unite_commande"]) == ("20", "CT6")
    trouve = prix(api, quantite_unite_commande="20", unite_commande="CT6")
    assert (trouve["quantite"], trouve["quantite_unite_commande"]) == ("120", "20")


@pytest.mark.usefixtures("lignes")
def test_cal_04_aujourd_hui_par_defaut(api):
    aujourd_hui = datetime.now(UTC).date()
    hier, demain = (str(aujourd_hui + timedelta(days=un)) for un in (-2, 2))
    corps = {"tarif": "VIDE", "valeur": "0.1000", "du": hier, "au": demain}
    creer(api, "/v1/articles/BAG/tarifs", corps)
    reponse = api.get("/v1/prix", params={"article": "BAG", "tarif": "VIDE"}).json()
    assert (reponse["prix"], hier < reponse["date"] < demain) == ("0.1000", True)


@pytest.mark.usefixtures("lignes")
@pytest.mark.parametrize(
    ("demande", "pointeur", "code"),
    [
        ({"article": "ABSENT"}, "?article", "reference_inconnue"),
        ({"client": "ABSENT"}, "?client", "reference_inconnue"),
        ({"tarif": "ABSENT"}, "?tarif", "reference_inconnue"),
        ({"unite_commande": "ABSENT"}, "?unite_commande", "unite_commande_inconnue"),
        ({"quantite_unite_commande": "2"}, "?quantite_unite_commande", "unite_commande_manquante"),
        (
            {"quantite": "13", "quantite_unite_commande": "2", "unite_commande": "CT6"},
            "?quantite",
            "quantites_incoherentes",
        ),
        ({"quantite": "-1"}, "?quantite", "decimal_illisible"),
        ({"quantite": "1_0"}, "?quantite", "decimal_illisible"),
        ({"date": "2026-02-30"}, "?date", "date_illisible"),
        ({"prix": "1"}, "?", "parametre_inconnu"),
    ],
)
def test_api_01_demandes_refusees(api, demande, pointeur, code):
    assert erreurs(api.get("/v1/prix", params={"article": "BAG"} | demande)) == champ_refuse(pointeur, code)


def test_api_01_article_requis(api):
    assert erreurs(api.get("/v1/prix")) == champ_refuse("?article", "champ_requis")
