"""Prices through the API: which rule, which rows and why, for any quantity and day (CAL-04, CAL-05, ART-14, CLI-09)."""

from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from tests.api.catalogue import CARTON, champ_refuse, changer, creer
from tests.api.prix import LIGNES, etablir_lignes, etablir_propres, prix
from tests.api.reponses import erreurs


@pytest.fixture
def lignes(api):
    """The tariff rows of the baguette, by their ids."""
    return etablir_lignes(api)


@pytest.fixture
def propres(api, lignes):
    """Beside them, the clients' own prices, by their ids."""
    assert lignes
    return etablir_propres(api)


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
        # another general discount than the client's, as a document may have
        ({"client": "C2", "quantite": "10", "remise_generale": "0.00"}, ("tarif", "0.8500", "5.00", "8.08")),
        ({"quantite": "10", "remise_generale": "20.00"}, ("base", "0.8500", "20.00", "6.80")),
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
    assert trouve["ligne_retenue"] == LIGNES[0] | {
        "source": "tarif",
        "id": remise,
        "valeur": None,
        "du": None,
        "au": None,
    }
    assert {un["ligne"]["id"]: un["motif"] for un in trouve["lignes_considerees"]} == {
        remise: "retenu",
        cent: "quantite_insuffisante",
        mars: "pas_encore_valable",
        hotel: "autre_tarif",
    }
    assert trouve["palier_suivant"] == {
        "quantite_minimum": "100",
        "quantite_manquante": "90",
        "prix": "0.7900",
        "remise": "0.00",
        "montant_htva": "79.00",
    }
    assert trouve["sans_palier"] is None
    dernier = prix(api, client="C2", quantite="100")
    assert (dernier["palier_suivant"], dernier["sans_palier"]) == (None, "dernier_palier")
    assert (trouve["prix_base"], trouve["remise_generale"], trouve["sort_remise_generale"]) == (
        "0.8500",
        "10.00",
        "retenue",
    )
    assert (trouve["article"], trouve["client"], trouve["tarif"], trouve["date"]) == ("BAG", "C2", "REV", "2026-01-15")


def test_cal_04_sans_ligne_retenue(api, lignes):
    trouve = prix(api, client="C3")
    assert (trouve["tarif"], trouve["ligne_retenue"], trouve["palier_suivant"]) == (None, None, None)
    assert {un["motif"] for un in trouve["lignes_considerees"]} == {"autre_tarif"}
    assert len(trouve["lignes_considerees"]) == len(lignes)
    assert (trouve["sans_palier"], trouve["sort_remise_generale"]) == ("sans_tarif", "aucune")


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


@pytest.mark.usefixtures("propres")
@pytest.mark.parametrize(
    ("demande", "attendu"),
    [
        ({"client": "C1", "quantite": "100"}, ("client_article", "0.7500", "0.00", "75.00", "prix_client")),
        ({"client": "C1", "tarif": "HOR"}, ("client_article", "0.7500", "0.00", "0.75", "prix_client")),
        (
            {"client": "C1", "quantite": "100", "date": "2026-02-01"},
            ("client_famille", "0.8500", "8.00", "78.20", "prix_client"),
        ),
        (
            {"client": "C1", "quantite": "100", "date": "2025-12-31"},
            ("client_famille", "0.8500", "8.00", "78.20", "prix_client"),
        ),
        # the larger general discount of 10 % does not add to what was agreed, nor take its place
        ({"client": "C2", "quantite": "10"}, ("client_article", "0.8500", "3.00", "8.25", "prix_client")),
        # rule 1
        (
            {"client": "C1", "quantite": "10", "prix_saisi": "0.6000"},
            ("saisi", "0.6000", "0.00", "6.00", "prix_saisi"),
        ),
        (
            {"client": "C1", "quantite": "10", "remise_saisie": "1.00"},
            ("client_article", "0.7500", "1.00", "7.43", "remise_saisie"),
        ),
        (
            {"client": "C1", "quantite": "10", "prix_saisi": "0.6000", "remise_saisie": "50.00"},
            ("saisi", "0.6000", "50.00", "3.00", "remise_saisie"),
        ),
        ({"client": "C3", "quantite": "10"}, ("base", "0.8500", "0.00", "8.50", "aucune")),
    ],
)
def test_cal_04_prix_saisi_et_prix_du_client_avant_le_tarif(api, demande, attendu):
    """CAL-04, CLI-09: rules 1 and 2 come before the tariff; the general discount adds to neither."""
    trouve = prix(api, **demande)
    dit = ("regle", "prix", "remise", "montant_htva", "sort_remise_generale")
    assert tuple(trouve[champ] for champ in dit) == attendu


def test_cal_04_le_prix_du_client_est_explique(api, lignes, propres):
    """CAL-04: the client's rows and the tariffs', each with its source and reason; no quantity break, and why."""
    trouve = prix(api, client="C1", quantite="10")
    janvier, famille, _autre = propres
    remise, cent, mars, hotel = lignes
    assert trouve["ligne_retenue"] == {
        "source": "client_article",
        "id": janvier,
        "article": "BAG",
        "famille": None,
        "valeur": "0.7500",
        "remise": None,
        "du": "2026-01-01",
        "au": "2026-01-31",
    }
    dits = [(un["ligne"]["source"], un["ligne"]["id"], un["motif"]) for un in trouve["lignes_considerees"]]
    assert dits[:2] == [("client_article", janvier, "retenu"), ("client_famille", famille, "regle_precedente")]
    assert sorted(dits[2:]) == [
        ("tarif", remise, "regle_precedente"),
        ("tarif", cent, "quantite_insuffisante"),
        ("tarif", mars, "pas_encore_valable"),
        ("tarif", hotel, "autre_tarif"),
    ]
    assert (trouve["palier_suivant"], trouve["sans_palier"]) == (None, "prix_client")
    fevrier = prix(api, client="C1", quantite="10", date="2026-02-01")
    assert [(un["ligne"]["id"], un["motif"]) for un in fevrier["lignes_considerees"]][:2] == [
        (janvier, "plus_valable"),
        (famille, "retenu"),
    ]
    saisi = prix(api, client="C1", prix_saisi="0.60")
    assert (saisi["lignes_considerees"], saisi["palier_suivant"], saisi["sans_palier"]) == ([], None, "prix_saisi")


@pytest.mark.usefixtures("lignes")
def test_cli_09_l_unite_que_le_client_prefere(api):
    """CLI-09: a quantity in order unit without its unit is in the client's, else in the article's usual one."""
    creer(api, "/v1/articles/BAG/unites", CARTON, abreviation="CT9", facteur="9")
    assert changer(api, "/v1/articles/BAG", unite_par_defaut="CT6").status_code == 200
    creer(api, "/v1/clients/C1/unites-preferees", {"article": "BAG", "unite": "CT9"})
    for client, unite, quantite in (("C1", "CT9", "18"), ("C3", "CT6", "12")):
        trouve = prix(api, client=client, quantite_unite_commande="2")
        assert (trouve["unite_commande"], trouve["quantite"]) == (unite, quantite)


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
        ({"prix_saisi": "-1"}, "?prix_saisi", "decimal_illisible"),
        ({"remise_saisie": "100.01"}, "?remise_saisie", "hors_bornes"),
        ({"quantite": "999999999", "prix_saisi": "9999999999"}, "?quantite", "montant_trop_grand"),
        ({"quantite_unite_commande": "999999999", "unite_commande": "CT6"}, "?quantite", "quantite_trop_grande"),
    ],
)
def test_api_01_demandes_refusees(api, demande, pointeur, code):
    assert erreurs(api.get("/v1/prix", params={"article": "BAG"} | demande)) == champ_refuse(pointeur, code)


def test_api_01_article_requis(api):
    assert erreurs(api.get("/v1/prix")) == champ_refuse("?article", "champ_requis")
