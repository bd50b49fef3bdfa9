"""What goods that documents bring in have cost: CAL-12, CAL-13, FOU-02, MVT-01, TRF-05, OPS-06."""

import pytest
from tests.api.catalogue import creer
from tests.api.documents import boulangerie, document, modifier, modifier_ligne, supprimer, transfere
from tests.api.stock import corriger, exiger_soldes, niveau

from aurore_api.verification.execution import verifier_societe


@pytest.fixture(autouse=True)
def _moulin(api):
    boulangerie(api)
    creer(api, "/v1/fournisseurs", {"numero": "MOULIN", "nom": "Moulins de la Sambre"})
    yield
    exiger_soldes(api)
    bilan = api.attendre(verifier_societe, api.app.state.base.exterieure, "principale", "societe_principale")
    assert [un for un in bilan.constats if un.releve.nombre and not un.controle.information] == []


def recue(api, jour, quantite, prix, **autres):
    """A réception of baguettes, of all things."""
    ligne = {"article": "BAG", "quantite": quantite, "prix": prix} | autres
    corps = {"type": "reception", "fournisseur": "MOULIN", "date": jour, "lignes": [ligne]}
    return creer(api, "/v1/documents", corps)


def valeurs(api):
    """Average and last purchase price, and the price that the article shows."""
    dit = api.get("/v1/articles/BAG/stock").json()
    return dit["pamp"], dit["dernier_prix"], api.get("/v1/articles/BAG").json()["dernier_prix_achat"]


def test_cal_12_cal_13_la_moyenne_de_ce_qui_reste_et_de_ce_qui_entre(api):
    recue(api, "2025-06-02", "100", "0.5000")
    document(api, "bordereau", {"article": "BAG", "quantite": "50"}, date="2025-06-10")
    recue(api, "2025-06-12", "100", "1.0000", remise="20.00")
    assert valeurs(api) == ("0.7000", "0.8000", "0.8000")
    # A sale dated before the second entry leaves less to average with; one dated after it changes nothing.
    avant = document(api, "bordereau", {"article": "BAG", "quantite": "25"}, date="2025-06-11")
    assert valeurs(api)[0] == "0.7400"
    assert modifier(api, avant, date="2025-06-20").status_code == 200
    assert valeurs(api)[0] == "0.7000"


def test_cal_12_une_entree_datee_du_passe_est_rejouee_a_sa_place(api):
    recue(api, "2025-06-12", "100", "0.8000")
    document(api, "bordereau", {"article": "BAG", "quantite": "150"}, date="2025-06-20")
    assert valeurs(api) == ("0.8000", "0.8000", "0.8000")
    passee = recue(api, "2025-06-02", "100", "0.5000", frais="0.1000")
    assert valeurs(api) == ("0.7000", "0.8000", "0.8000")
    assert modifier_ligne(api, passee, 100, prix="0.7000").status_code == 200
    assert valeurs(api) == ("0.8000", "0.8000", "0.8000")
    assert supprimer(api, passee).status_code == 204
    assert valeurs(api) == ("0.8000", "0.8000", "0.8000")


def test_cal_12_une_correction_entre_a_la_moyenne_et_ne_la_change_pas(api):
    recue(api, "2025-06-02", "100", "0.5000")
    corriger(api, ("BAG", "100"), date="2025-06-03")
    assert valeurs(api)[0] == "0.5000"
    recue(api, "2025-06-04", "200", "0.7000")
    assert valeurs(api)[0] == "0.6000"


def test_trf_05_l_attente_d_imputation_reprend_l_entree_le_jour_ou_elle_eut_lieu(api):
    recue(api, "2025-06-02", "100", "0.5000")
    reception = recue(api, "2025-06-05", "100", "0.7000")
    document(api, "bordereau", {"article": "BAG", "quantite": "120"}, date="2025-06-10")
    assert valeurs(api)[0] == "0.6000"
    attente = transfere(api, {"type": "attente_imputation", "date": "2025-06-30"}, reception)
    assert (niveau(api)[0], valeurs(api)[0]) == ("80", "0.6000")
    # The invoice says another price: that is what the goods have cost since the day on which they came.
    assert modifier_ligne(api, attente, 100, prix="0.9000").status_code == 200
    assert valeurs(api) == ("0.7000", "0.9000", "0.9000")


def test_mvt_01_le_grand_livre_nomme_le_fournisseur(api):
    recue(api, "2025-06-02", "100", "0.5000")
    (mouvement,) = api.get("/v1/mouvements?fournisseur=MOULIN").json()["data"]
    assert (mouvement["fournisseur"], mouvement["client"], mouvement["genre"], mouvement["prix"]) == (
        "MOULIN",
        None,
        "fournisseur",
        "0.5000",
    )
