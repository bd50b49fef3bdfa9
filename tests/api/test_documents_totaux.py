"""Totals through the API, against examples of the spec (CAL-05 to CAL-14); `test_documents_au_hasard` has others."""

from decimal import Decimal

import pytest
from tests.api.catalogue import changer, creer
from tests.api.documents import baguettes, boulangerie, document, modifier, modifier_ligne


@pytest.fixture(autouse=True)
def _boulangerie(api):
    boulangerie(api)
    creer(api, "/v1/escomptes", {"code": "ED", "genre": "deduit", "pourcentage": "2.00"})
    creer(api, "/v1/escomptes", {"code": "EC", "genre": "conditionnel", "pourcentage": "3.33", "jours": 8})


def libre(quantite, prix, code_tva="6", **autres):
    """A free line."""
    return {"designation": "Divers", "quantite": quantite, "prix": prix, "code_tva": code_tva} | autres


def htva(document):
    """The amounts of the lines."""
    return [une["montant_htva"] for une in document["lignes"]]


@pytest.mark.parametrize(
    ("quantite", "prix", "remise", "montant"),
    [
        ("1", "0.0050", "0", "0.01"),
        ("-1", "0.0050", "0", "-0.01"),
        ("3", "0.3350", "0", "1.01"),
        ("0.000001", "1", "0", "0.00"),
        ("1.5", "2.3333", "12.5", "3.06"),
        ("7", "9.9900", "100", "0.00"),
        ("-2", "1.2500", "10", "-2.25"),
        ("0", "5", "0", "0.00"),
    ],
)
def test_cal_05_montant_d_une_ligne(api, quantite, prix, remise, montant):
    assert htva(document(api, "offre", libre(quantite, prix, remise=remise))) == [montant]


def test_cal_07_la_tva_s_arrondit_par_groupe(api):
    """Thirty lines of 0.10 at 6 %: per line no VAT would be rounded to 0.01 each, 0.30 instead of 0.18."""
    cree = document(api, "facture", *[libre("1", "0.1000")] * 30)
    assert (cree["totaux"]["htva"], cree["totaux"]["tva"]) == ("3.00", "0.18")


def test_cal_07_deux_codes_d_un_traitement_font_un_groupe(api):
    creer(api, "/v1/codes-tva", {"code": "6B", "libelle": "6", "taux": [{"du": "2000-01-01", "taux": "6.00"}]})
    cree = document(api, "facture", libre("1", "0.0900"), libre("1", "0.0900", "6B"))
    assert cree["totaux"]["par_taux"] == [{"categorie": "S", "taux": "6.00", "base": "0.18", "tva": "0.01"}]


@pytest.mark.parametrize(
    ("lignes", "code_du_mode", "attendu"),
    [
        ([libre("100", "1")], None, [("S", "6.00", "110.00", "6.60")]),
        ([libre("100", "1")], "21", [("S", "6.00", "100.00", "6.00"), ("S", "21.00", "10.00", "2.10")]),
        (
            [libre("2", "1"), libre("1", "1", "21")],
            None,
            [("S", "6.00", "8.67", "0.52"), ("S", "21.00", "4.33", "0.91")],
        ),
        ([{"designation": "Note"}], None, [("S", "12.00", "10.00", "1.20")]),
    ],
)
def test_cal_07_les_frais_suivent_la_marchandise(api, lignes, code_du_mode, attendu):
    changer(api, "/v1/parametres", code_tva_defaut="12")
    changer(api, "/v1/modes-livraison/LIVRAISON", montant="10.00", code_tva=code_du_mode)
    cree = document(api, "facture", *lignes, mode_livraison="LIVRAISON")
    assert [tuple(un.values()) for un in cree["totaux"]["par_taux"]] == attendu


def test_cal_08_escompte_conditionnel(api):
    creer(api, "/v1/escomptes", {"code": "EC2", "genre": "conditionnel", "pourcentage": "2.00", "jours": 8})
    cree = document(api, "facture", libre("1", "100", "21"), escompte="EC2")
    assert [tuple(un.values()) for un in cree["totaux"]["par_taux"]] == [
        ("S", "21.00", "98.00", "20.58"),
        ("E", "0.00", "2.00", "0.00"),
    ]
    assert (cree["totaux"]["montant_du"], cree["totaux"]["si_escompte"]) == ("120.58", "118.58")


def test_cal_08_escompte_deduit(api):
    cree = document(api, "facture", libre("1", "100", "21"), escompte="ED")
    assert (cree["totaux"]["htva"], cree["totaux"]["tva"], cree["totaux"]["escompte"]) == ("98.00", "20.58", "2.00")
    assert cree["totaux"]["si_escompte"] is None
    assert modifier(api, cree, escompte=None).json()["totaux"]["tvac"] == "121.00"


def test_cal_14_prix_tvac(api):
    cree = document(api, "facture", *[baguettes("1", prix="0.9000")] * 10, prix_tvac=True)
    assert [cree["totaux"][nom] for nom in ("tvac", "htva", "tva")] == ["9.00", "8.49", "0.51"]
    assert sum(map(Decimal, htva(cree))) == Decimal("8.49")
    assert {une["montant_tvac"] for une in cree["lignes"]} == {"0.90"}


def test_cal_14_le_prix_du_catalogue_recoit_sa_tva(api):
    cree = document(api, "facture", baguettes("10"), {"article": "VIN", "quantite": "1"}, prix_tvac=True)
    assert [une["prix"] for une in cree["lignes"]] == ["0.9010", "12.0879"]
    assert modifier_ligne(api, cree, 200, code_tva="6").json()["lignes"][1]["prix"] == "10.5894"


def test_cal_11_sous_totaux_dans_l_ordre_des_lignes(api):
    """Subtotals follow `ordre`, whatever the order in which the lines are sent or moved."""
    lignes = (
        libre("1", "4", ordre=400, sous_total=True),
        libre("1", "2", ordre=200, sous_total=True),
        libre("1", "1", ordre=100),
        {"designation": "Rien", "ordre": 350, "sous_total": True},
        libre("1", "3", ordre=300),
    )
    cree = document(api, "offre", *lignes)
    assert [une["montant_sous_total"] for une in cree["lignes"]] == [None, "3.00", None, "3.00", "4.00"]
    deplacee = modifier_ligne(api, cree, 400, ordre=150).json()
    assert [une["montant_sous_total"] for une in deplacee["lignes"]] == [None, "5.00", "2.00", None, "3.00"]
