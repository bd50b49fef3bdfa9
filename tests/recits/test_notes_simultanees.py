"""Factures credited and goods returned by many at once: CAL-15, TRF-03, TRF-09; and DOC-18. Real transactions."""

from collections import Counter
from decimal import Decimal

import pytest
from tests.recits.boulangerie import accepte, etablir
from tests.recits.test_simultane import ENSEMBLE, creer, ensemble, statuts


@pytest.fixture
def jour(reelle):
    """The catalogue and the client are there; gives the last day of the exercice."""
    return etablir(reelle)


def suivre(api, source, jour, quantite, genre):
    """What moves a part of a document into a new one."""
    sources = [{"document": source["id"], "lignes": [{"ordre": 100, "quantite": quantite}]}]
    return lambda: api.post("/v1/transferts", json={"cible": {"type": genre, "date": str(jour)}, "sources": sources})


def imprimer(api, document):
    return accepte(api.post(f"/v1/documents/{document['id']}/impression", json={}), 200)


def quantites(api, *genres):
    """Of each type, how much its documents have of their first lines."""
    pages = {genre: api.get(f"/v1/documents?type={genre}&inclure=lignes").json()["data"] for genre in genres}
    return {genre: sum(Decimal(un["lignes"][0]["quantite"]) for un in page) for genre, page in pages.items()}


def ligne(api, document):
    return api.get(f"/v1/documents/{document['id']}").json()["lignes"][0]


def test_trf_09_credits_of_one_facture_at_once_never_exceed_it(reelle, jour):
    facture = imprimer(reelle, creer(reelle, jour, genre="facture", quantite="10"))
    reponses = ensemble([suivre(reelle, facture, jour, "3", "note_credit")] * ENSEMBLE)
    assert statuts(reponses) == {201: 3, 422: ENSEMBLE - 3}
    reste = accepte(suivre(reelle, facture, jour, "1", "note_credit")())
    notes = [une.json() for une in reponses if une.is_success] + [reste]
    # CAL-15: whoever came when, together they are the facture to the cent.
    for champ in ("htva", "tva", "tvac"):
        assert sum(Decimal(une["totaux"][champ]) for une in notes) == Decimal(facture["totaux"][champ])
    assert ligne(reelle, facture)["quantite_restante"] == "0"


def test_trf_09_of_whole_credits_one_finds_anything(reelle, jour):
    facture = imprimer(reelle, creer(reelle, jour, genre="facture"))
    corps = {"cible": {"type": "note_credit", "date": str(jour)}, "sources": [{"document": facture["id"]}]}
    reponses = ensemble([lambda: reelle.post("/v1/transferts", json=corps)] * 4)
    assert statuts(reponses) == {201: 1, 409: 3}
    assert quantites(reelle, "note_credit") == {"note_credit": 10}


def test_trf_09_returning_and_crediting_at_once_give_back_no_more_than_was_sold(reelle, jour):
    """The retour of the bordereau and the credit of its facture speak of the same goods."""
    bordereau = creer(reelle, jour, genre="bordereau", quantite="10")
    facture = imprimer(reelle, accepte(suivre(reelle, bordereau, jour, "10", "facture")()))
    rendre = suivre(reelle, bordereau, jour, "3", "retour")
    crediter = suivre(reelle, facture, jour, "3", "note_credit")
    reponses = ensemble([rendre, crediter] * (ENSEMBLE // 2))
    assert {une.status_code for une in reponses} <= {201, 422}, Counter(une.text for une in reponses)
    faits = statuts(reponses)[201]
    rendus = quantites(reelle, "retour", "note_credit")
    assert sum(rendus.values()) == 3 * faits <= 10
    assert faits == 3


def test_doc_18_every_edit_of_one_document_is_kept_in_its_turn(reelle, jour):
    """Those who ask for whatever version there is come one after the other: nothing is lost, totals are the lines'."""
    document = creer(reelle, jour, quantite="1")
    chemin, si = f"/v1/documents/{document['id']}", {"if-match": "*"}
    ajouter = [
        lambda rang=rang: reelle.post(f"{chemin}/lignes", json={"article": "EAU", "quantite": str(rang)})
        for rang in range(1, ENSEMBLE + 1)
    ]
    changer = [
        lambda rang=rang: reelle.patch(f"{chemin}/lignes/100", json={"quantite": str(rang)}, headers=si)
        for rang in range(2, ENSEMBLE + 2)  # none asks for what there is: each is a change
    ]
    reponses = ensemble([appel for paire in zip(ajouter, changer, strict=True) for appel in paire])
    assert statuts(reponses[::2]) == {201: ENSEMBLE}
    assert statuts(reponses[1::2]) == {200: ENSEMBLE}
    lu = reelle.get(chemin).json()
    assert lu["version"] == document["version"] + 2 * ENSEMBLE
    eaux = [Decimal(une["quantite"]) for une in lu["lignes"] if une["article"] == "EAU"]
    assert sorted(eaux) == list(range(1, ENSEMBLE + 1))
    assert len({une["ordre"] for une in lu["lignes"]}) == len(lu["lignes"])
    assert Decimal(lu["totaux"]["htva"]) == sum(Decimal(une["montant_htva"] or 0) for une in lu["lignes"])
    # Balances follow the last of them (MVT-02).
    assert reelle.get("/v1/articles/EAU/stock").json()["commande_client"] == str(sum(range(1, ENSEMBLE + 1)))
    assert reelle.get("/v1/articles/BAG/stock").json()["commande_client"] == lu["lignes"][0]["quantite"]
