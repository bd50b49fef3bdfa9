"""Numbers through printing (DOC-02, DOC-04 to DOC-06), and direct printing (DOC-22)."""

from datetime import date, timedelta

import pytest
from tests.api.catalogue import champ_refuse, changer, creer, evenements
from tests.api.documents import baguettes, boulangerie, contenu, corps, document, imprimer, lire, modifier, transfere
from tests.api.reponses import donnees, erreurs, refus


@pytest.fixture(autouse=True)
def _boulangerie(api):
    boulangerie(api)


def essai_impression(api, document, **envoi):
    """Print, whatever comes of it."""
    return api.post(f"/v1/documents/{document['id']}/impression", json=envoi)


def test_doc_02_la_premiere_impression_numerote(api):
    reponse = essai_impression(api, document(api, "facture", baguettes()))
    imprimee = reponse.json()
    assert (imprimee["numero"], imprimee["exercice"], imprimee["numero_affiche"]) == (1, "2025", "FA2025/00001")
    assert (imprimee["nombre_impressions"], imprimee["version"], reponse.headers["etag"]) == (1, 2, '"2"')
    assert imprimee["numerote_le"] is not None
    assert imprimee["communication"] == "+++251/2000/00122+++"
    assert lire(api, imprimee) == imprimee


def test_doc_02_reimprimer_garde_le_numero(api):
    imprimee = imprimer(api, document(api, "facture", baguettes()))
    encore = imprimer(api, imprimee)
    change = {"nombre_impressions": 2, "version": 3}
    assert encore == imprimee | change
    assert [action for action, _ in evenements(api, "document")] == ["creation", "impression", "impression"]


def test_doc_02_une_suite_par_type_et_par_exercice(api):
    creer(api, "/v1/exercices", {"code": "2024", "debut": "2024-01-01", "fin": "2024-12-31"})
    types = ("offre_type", "offre", "commande", "proforma", "bordereau", "retour", "facture", "note_credit")
    for rang in (1, 2):
        affiches = [imprimer(api, document(api, genre))["numero_affiche"] for genre in types]
        assert affiches == [f"{un}2025/0000{rang}" for un in ("OT", "OF", "CO", "PF", "BL", "RT", "FA", "NC")]
    assert imprimer(api, document(api, "offre", date="2024-12-31"))["numero_affiche"] == "OF2024/00001"


def test_doc_02_sans_corps(api):
    cree = document(api, "offre")
    assert api.post(f"/v1/documents/{cree['id']}/impression").json()["numero"] == 1


def test_doc_04_l_exercice_est_celui_de_la_date_au_moment_du_numero(api):
    creer(api, "/v1/exercices", {"code": "2024", "debut": "2024-01-01", "fin": "2024-12-31"})
    cree = document(api, "offre")
    modifier(api, cree, date="2024-02-02")
    assert imprimer(api, cree)["exercice"] == "2024"


def test_doc_04_l_exercice_suivant_s_ouvre_tout_seul(api):
    fin = max(date.fromisoformat(un["fin"]) for un in donnees(api.get("/v1/exercices")))
    demain, plus_tard = str(fin + timedelta(days=1)), str(fin + timedelta(days=800))
    cree = document(api, "offre", date=demain)
    assert len(donnees(api.get("/v1/exercices"))) == 2
    assert imprimer(api, cree)["exercice"] == demain[:4]
    assert [un["debut"] for un in donnees(api.get("/v1/exercices"))][-1] == demain
    refuse = api.post("/v1/documents", json=corps("offre", date=plus_tard))
    assert erreurs(refuse) == champ_refuse("#/date", "exercice_absent", 409)


def test_doc_04_ou_ne_s_ouvre_pas(api):
    fin = max(date.fromisoformat(un["fin"]) for un in donnees(api.get("/v1/exercices")))
    cree = document(api, "offre", date=str(fin + timedelta(days=1)))
    changer(api, "/v1/parametres", ouverture_automatique=False)
    assert refus(essai_impression(api, cree)) == (409, "exercice_absent")
    assert lire(api, cree)["numero"] is None


def test_doc_04_un_exercice_cloture_ne_numerote_plus(api):
    cree = document(api, "offre")
    imprime = imprimer(api, document(api, "offre"))
    changer(api, "/v1/exercices/2025", etat="cloture")
    assert erreurs(essai_impression(api, cree)) == champ_refuse("#/date", "exercice_cloture", 409)
    refuse = api.post("/v1/documents", json=corps("offre"))
    assert erreurs(refuse) == champ_refuse("#/date", "exercice_cloture", 409)
    assert imprimer(api, imprime)["numero"] == 1


def test_doc_05_relever_le_compteur(api):
    changer(api, "/v1/exercices/2025/numeros/facture", dernier=41, motif="Reprise de l'ancien programme")
    assert imprimer(api, document(api, "facture"))["numero"] == 42
    bas = changer(api, "/v1/exercices/2025/numeros/facture", dernier=41, motif="Retour")
    assert erreurs(bas) == champ_refuse("#/dernier", "numero_en_usage", 409)


@pytest.mark.parametrize("genre", ["facture", "note_credit"])
def test_doc_06_chronologie(api, genre):
    imprimer(api, document(api, genre, date="2025-06-16"))
    avant = document(api, genre, date="2025-06-15")
    refuse = essai_impression(api, avant)
    assert erreurs(refuse) == champ_refuse("#/date", "date_avant_derniere", 409)
    assert lire(api, avant) == avant | {"avertissements": []}
    assert imprimer(api, document(api, genre, date="2025-06-16"))["numero"] == 2
    assert imprimer(api, avant, forcer_chronologie=True)["numero"] == 3
    encore = document(api, genre, date="2025-06-15")
    assert refus(essai_impression(api, encore)) == (409, "date_avant_derniere")


def test_doc_06_ni_les_autres_types_ni_les_autres_exercices(api):
    creer(api, "/v1/exercices", {"code": "2024", "debut": "2024-01-01", "fin": "2024-12-31"})
    imprimer(api, document(api, "facture"))
    imprimer(api, document(api, "bordereau"))
    assert imprimer(api, document(api, "bordereau", date="2025-01-02"))["numero"] == 2
    assert imprimer(api, document(api, "note_credit", date="2025-01-02"))["numero"] == 1
    assert imprimer(api, document(api, "facture", date="2024-03-03"))["numero"] == 1


def test_doc_22_impression_directe_a_la_creation(api):
    cree = document(api, "facture", baguettes(), impression_directe=True)
    assert (cree["numero"], cree["nombre_impressions"], cree["version"]) == (1, 1, 2)
    assert lire(api, cree) == cree
    assert document(api, "facture", baguettes())["numero"] is None


def test_doc_22_impression_directe_par_les_parametres(api):
    changer(api, "/v1/parametres", impression_directe=True)
    commande = document(api, "commande", baguettes())
    assert commande["numero"] == 1
    assert document(api, "commande", impression_directe=False)["numero"] is None
    assert transfere(api, "bordereau", commande)["numero"] == 1
    cible = {"type": "facture", "impression_directe": False, "date": "2025-06-16"}
    assert transfere(api, cible, document(api, "bordereau", baguettes()))["numero"] is None


def test_doc_22_impression_directe_au_changement(api):
    cree = document(api, "commande", baguettes())
    change = modifier(api, cree, impression_directe=True).json()
    assert (change["numero"], change["nombre_impressions"]) == (1, 1)
    assert modifier(api, cree, contact="X").json()["nombre_impressions"] == 1


def test_doc_22_ce_qui_ne_peut_etre_numerote_n_est_pas_cree(api):
    imprimer(api, document(api, "facture"))
    avant = contenu(api)
    refuse = api.post("/v1/documents", json=corps("facture", date="2025-06-15", impression_directe=True))
    assert erreurs(refuse) == champ_refuse("#/date", "date_avant_derniere", 409)
    assert contenu(api) == avant


def test_cal_07_le_taux_est_celui_du_jour_du_document_et_reste(api):
    """A rate that changes afterwards changes nothing of what has its number."""
    taux = [{"du": "2025-01-01", "taux": "6"}]
    creer(api, "/v1/codes-tva", {"code": "N", "libelle": "N", "taux": taux})
    facture = imprimer(api, document(api, "facture", baguettes("100", code_tva="N")))
    brouillon = document(api, "facture", baguettes("100", code_tva="N"))
    changer(api, "/v1/codes-tva/N", taux=[*taux, {"du": "2025-02-01", "taux": "9"}])
    assert lire(api, facture)["totaux"]["tva"] == "5.10"
    assert imprimer(api, brouillon)["totaux"]["tva"] == "7.65"
    note = transfere(api, "note_credit", facture)
    assert (note["totaux"]["tva"], note["lignes"][0]["taux_tva"]) == ("5.10", "6.00")
    assert imprimer(api, note)["totaux"]["tva"] == "5.10"
