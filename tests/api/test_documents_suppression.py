"""Deleting and annulling: numbers stay explained, quantities go back (DOC-09, TRF-06)."""

import pytest
from tests.api.catalogue import evenements
from tests.api.documents import (
    baguettes,
    boulangerie,
    document,
    etat,
    imprimer,
    lire,
    modifier,
    part,
    restes,
    sql,
    supprimer,
    supprimer_ligne,
    tente,
    transfere,
)
from tests.api.reponses import refus

TYPES = ("offre_type", "offre", "commande", "proforma", "bordereau", "retour", "facture", "note_credit")


@pytest.fixture(autouse=True)
def _boulangerie(api):
    boulangerie(api)


@pytest.mark.parametrize("genre", TYPES)
def test_doc_09_sans_numero_il_disparait(api, genre):
    cree = document(api, genre, baguettes())
    reponse = supprimer(api, cree)
    assert (reponse.status_code, reponse.content) == (204, b"")
    assert refus(api.get(f"/v1/documents/{cree['id']}")) == (404, "document_absent")
    assert refus(supprimer(api, cree)) == (404, "document_absent")
    assert evenements(api, "document")[-1] == ("suppression", cree["id"])
    assert sql(api, "SELECT count(*) FROM lignes") == [(0,)]


@pytest.mark.parametrize("genre", TYPES[:6])
def test_doc_09_avec_un_numero_il_est_annule(api, genre):
    premier = imprimer(api, document(api, genre, baguettes()))
    assert supprimer(api, premier).status_code == 204
    annule = lire(api, premier)
    assert (annule["etat"], annule["numero"], annule["modifiable"]) == ("annule", 1, False)
    assert annule["actions"] == ["lire", "imprimer", "copier"]
    assert evenements(api, "document")[-1] == ("annulation", premier["id"])
    assert refus(supprimer(api, premier)) == (409, "etat_interdit")
    assert imprimer(api, document(api, genre, baguettes()))["numero"] == 2


@pytest.mark.parametrize("genre", TYPES[6:])
def test_doc_09_un_fiscal_numerote_reste(api, genre):
    numerote = imprimer(api, document(api, genre, baguettes()))
    refuse = supprimer(api, numerote)
    assert refus(refuse) == (409, "document_fiscal")
    assert "supprimer" not in numerote["actions"]
    assert lire(api, numerote)["etat"] == "en_attente"


@pytest.mark.parametrize("numerotee", [False, True])
def test_trf_06_la_cible_rend_ce_qu_elle_tenait(api, numerotee):
    commande = document(api, "commande", baguettes("10"), {"article": "VIN", "quantite": "4"})
    premier = transfere(api, "bordereau", part(commande, {"ordre": 100, "quantite": "3"}))
    second = transfere(api, "bordereau", commande)
    assert (etat(api, commande), restes(api, commande)) == ("transfere", ["0", "0"])
    if numerotee:
        imprimer(api, second)
    assert supprimer(api, second).status_code == 204
    assert (etat(api, commande), restes(api, commande)) == ("en_attente", ["7", "4"])
    assert supprimer(api, premier).status_code == 204
    assert restes(api, commande) == ["10", "4"]
    assert transfere(api, "facture", commande)["totaux"]["htva"] == "48.46"


def test_trf_06_la_source_dit_ce_qui_lui_arrive(api):
    """Each giving back is a change of the source: its version and its events follow."""
    commande = document(api, "commande", baguettes("10"))
    supprimer(api, transfere(api, "bordereau", commande))
    assert lire(api, commande)["version"] == 3
    siens = [action for action, identifiant in evenements(api, "document") if identifiant == commande["id"]]
    assert siens == ["creation", "transfert", "transfert"]


def test_doc_09_la_suite_d_abord(api):
    commande = document(api, "commande", baguettes("10"))
    bordereau = transfere(api, "bordereau", commande)
    facture = transfere(api, "facture", bordereau)
    for entame in (commande, bordereau):
        assert refus(supprimer(api, entame)) == (409, "document_entame")
        assert "supprimer" not in lire(api, entame)["actions"]
    for un in (facture, bordereau, commande):
        assert supprimer(api, un).status_code == 204
    assert sql(api, "SELECT count(*) FROM documents") == [(0,)]


def test_doc_09_un_bordereau_facture_meme_numerote_reste(api):
    bordereau = imprimer(api, document(api, "bordereau", baguettes("10")))
    imprimer(api, transfere(api, "facture", bordereau))
    assert refus(supprimer(api, bordereau)) == (409, "document_entame")
    assert etat(api, bordereau) == "transfere"


def test_doc_09_un_retour_credite_reste_et_son_bordereau_aussi(api):
    bordereau = document(api, "bordereau", baguettes("10"))
    retour = transfere(api, "retour", part(bordereau, {"ordre": 100, "quantite": "2"}))
    assert refus(supprimer(api, bordereau)) == (409, "document_entame")
    facture = transfere(api, "facture", bordereau)
    imprimer(api, facture)
    note = transfere(api, "note_credit", retour)
    for un in (retour, bordereau):
        assert refus(supprimer(api, un)) == (409, "document_entame")
    for un in (note, retour):
        assert supprimer(api, un).status_code == 204


def test_trf_09_une_note_de_credit_supprimee_rend_la_facture_creditable(api):
    facture = imprimer(api, document(api, "facture", baguettes("10")))
    note = transfere(api, "note_credit", facture)
    assert "transferer" in lire(api, facture)["actions"]  # goods may still come back
    assert refus(tente(api, "note_credit", facture)) == (409, "sans_reste")
    supprimer(api, note)
    assert restes(api, facture) == ["10"]
    assert etat(api, facture) == "en_attente"


def test_trf_06_une_ligne_retiree_rend_la_sienne(api):
    commande = document(api, "commande", baguettes("10"), {"article": "VIN", "quantite": "4"})
    bordereau = transfere(api, "bordereau", commande)
    assert supprimer_ligne(api, bordereau, 100).status_code == 200
    assert (etat(api, commande), restes(api, commande)) == ("en_attente", ["10", "0"])


def test_trf_04_les_frais_reviennent_avec_la_cible(api):
    commande = document(api, "commande", baguettes("10"), montant_livraison="7.50")
    bordereau = transfere(api, "bordereau", part(commande, {"ordre": 100, "quantite": "1"}))
    supprimer(api, bordereau)
    assert transfere(api, "bordereau", commande)["montant_livraison"] == "7.50"


def test_doc_09_les_modeles_copies_se_suppriment(api):
    modele = document(api, "offre_type", baguettes("10"))
    copie = transfere(api, "commande", modele)
    assert supprimer(api, modele).status_code == 204
    assert (lire(api, copie)["lignes"][0]["origine"], modifier(api, copie, contact="X").status_code) == (None, 200)
