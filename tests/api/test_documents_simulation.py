"""Dry runs answer what the real thing answers, and keep nothing (DOC-17)."""

import copy

import pytest
from tests.api.catalogue import changer, creer
from tests.api.documents import (
    baguettes,
    boulangerie,
    contenu,
    corps,
    demande,
    document,
    lire,
    part,
)

VOLATILS = ("id", "cree_le", "numerote_le", "emis_le", "document", "origine")


@pytest.fixture(autouse=True)
def _boulangerie(api):
    boulangerie(api)


def sans_identite(reponse):
    """An answer without what differs from one time to the next."""
    connue = copy.deepcopy(reponse.json())
    for objet in (connue, *connue["lignes"]):
        for nom in VOLATILS:
            objet.pop(nom, None)
    return reponse.status_code, connue


def compare(api, methode, adresse, **envoi):
    """Ask twice as a dry run, then for good: three times the same answer, and only the last one is kept."""
    avant = contenu(api)
    simulees = [api.request(methode, f"{adresse}?simulation=true", **envoi) for _ in range(2)]
    assert contenu(api) == avant
    reelle = api.request(methode, adresse, **envoi)
    assert reelle.status_code in {200, 201}, reelle.text
    assert [sans_identite(une) for une in simulees] == [sans_identite(reelle)] * 2
    assert all("location" not in une.headers for une in simulees)
    assert contenu(api) != avant
    return reelle.json()


def test_doc_17_creer(api):
    lignes = (baguettes("120"), {"article": "DON", "quantite": "1"}, {"designation": "Note"})
    document(api, "facture", vos_references="BC 1")
    cree = compare(api, "POST", "/v1/documents", json=corps("facture", *lignes, vos_references="BC 1"))
    assert {un["code"] for un in cree["avertissements"]} == {"prix_nul", "doublon_probable"}


def test_doc_17_creer_et_numeroter(api):
    """The number that the dry run shows is not drawn, nor is the exercice that it opens."""
    libre = api.get("/v1/exercices", params={"limite": 200}).json()["data"]
    annee = int(max(un["fin"] for un in libre)[:4]) + 1
    cree = compare(api, "POST", "/v1/documents", json=corps("facture", date=f"{annee}-03-01", impression_directe=True))
    assert (cree["numero"], cree["exercice"]) == (1, str(annee))


def test_doc_17_changer_l_en_tete(api):
    cree = document(api, "commande", baguettes("100"))
    envoi = {"json": {"categorie_tva": "export", "contact": "Rosa"}, "headers": {"if-match": '"1"'}}
    assert compare(api, "PATCH", f"/v1/documents/{cree['id']}", **envoi)["version"] == 2


def test_doc_17_changer_les_lignes(api):
    adresse = f"/v1/documents/{document(api, 'commande', baguettes('100'))['id']}/lignes"
    compare(api, "POST", adresse, json=baguettes("3"))
    compare(api, "PATCH", f"{adresse}/200", json={"quantite": "4", "ordre": 50}, headers={"if-match": "*"})
    reste = compare(api, "DELETE", f"{adresse}/100", headers={"if-match": "*"})
    assert [une["ordre"] for une in reste["lignes"]] == [50]


def test_doc_17_transferer(api):
    changer(api, "/v1/modes-livraison/LIVRAISON", montant="7.50")
    commande = document(api, "commande", baguettes("10"), mode_livraison="LIVRAISON")
    envoi = demande("bordereau", part(commande, {"ordre": 100, "quantite": "11"}), depassement=True)
    fait = compare(api, "POST", "/v1/transferts", json=envoi)
    assert [un["code"] for un in fait["avertissements"]] == ["depassement"]
    assert lire(api, commande)["etat"] == "transfere"


def test_doc_17_transferer_dans_un_document(api):
    commande, cible = document(api, "commande", baguettes("10")), document(api, "bordereau", baguettes("1"))
    compare(api, "POST", "/v1/transferts", json=demande(cible, commande, recalculer_prix=True))


def test_doc_17_un_refus_reste_un_refus(api):
    avant = contenu(api)
    for simulation in ("true", "false"):
        refuse = api.post(
            f"/v1/documents?simulation={simulation}", json=corps("commande", {"article": "XXX", "quantite": "1"})
        )
        assert (refuse.status_code, refuse.json()["code"]) == (422, "article_inconnu")
    assert contenu(api) == avant


def test_doc_17_une_simulation_n_use_pas_la_cle_d_idempotence(api):
    cle = {"idempotency-key": "k1"}
    simulee = api.post("/v1/documents?simulation=true", json=corps("commande"), headers=cle)
    reelle = api.post("/v1/documents", json=corps("commande"), headers=cle)
    assert (simulee.status_code, reelle.status_code) == (201, 201)
    assert creer(api, "/v1/documents", corps("commande"))["id"] != reelle.json()["id"]
    assert lire(api, reelle.json())["id"] == reelle.json()["id"]
