"""Orders of one client at once never all pass when only some fit (DOC-20). Real transactions."""

from datetime import timedelta

import pytest
from tests.recits.boulangerie import accepte, etablir
from tests.recits.test_simultane import ENSEMBLE, creer, ensemble, prendre, statuts

DIX = {"article": "BAG", "quantite": "10"}
"""10 baguettes: 8.50, with VAT 9.01."""


@pytest.fixture
def jour(reelle):
    """A client that may owe 30.00, and another that it pays for; gives the last day of the exercice."""
    jour = etablir(reelle)
    limite = {"limite_credit": "30.00", "controle_credit": "refuser"}
    accepte(reelle.patch("/v1/clients/C0012", json=limite, headers={"if-match": "*"}), 200)
    accepte(reelle.post("/v1/clients", json={"numero": "C0013", "nom": "Annexe", "facturer_a": "C0012"}))
    return jour


def commander(api, jour, genre="commande", client="C0012"):
    corps = {"type": genre, "client": client, "date": str(jour), "lignes": [DIX]}
    return lambda: api.post("/v1/documents", json=corps)


def total(api):
    return api.get("/v1/clients/C0012/situation-credit").json()["total"]


def test_doc_20_of_simultaneous_orders_only_those_that_fit_pass(reelle, jour):
    appels = [
        commander(reelle, jour, genre, client) for genre in ("commande", "facture") for client in ("C0012", "C0013")
    ]
    reponses = ensemble(appels * 2)
    assert statuts(reponses) == {201: 3, 409: ENSEMBLE - 3}
    assert {une.json()["code"] for une in reponses if une.status_code == 409} == {"limite_credit_depassee"}
    assert total(reelle) == "27.03"


def test_doc_20_changes_transfers_and_orders_at_once_all_end_within_the_limit(reelle, jour):
    """Documents are locked before the credit of their client, by everyone: nobody waits for one who waits for him."""
    commandes = [creer(reelle, jour, quantite="10") for _ in range(3)]
    agrandir = [
        lambda une=une: reelle.patch(
            f"/v1/documents/{une['id']}/lignes/100", json={"quantite": "12"}, headers={"if-match": "*"}
        )
        for une in commandes
    ]
    deplacer = [prendre(reelle, une, jour, "1") for une in commandes]
    reponses = ensemble([*agrandir, *deplacer, commander(reelle, jour), *deplacer])
    assert {une.status_code for une in reponses} <= {200, 201, 409}
    refuses = {une.json()["code"] for une in reponses if une.status_code == 409}
    assert refuses == {"limite_credit_depassee"}
    assert statuts(reponses)[201] == 2 * len(commandes)
    assert statuts(reponses)[200] == 1
    assert float(total(reelle)) <= 30


def test_doc_20_standing_orders_of_several_payers_wait_for_nobody_who_waits_for_them(reelle, jour):
    """CLI-07: all that pay are locked before the first article is; taken in between, one would wait for the other."""
    limite = {"limite_credit": "90000.00", "controle_credit": "avertir"}
    numeros = [f"C01{rang:02}" for rang in range(6)]
    for numero in numeros:
        accepte(reelle.post("/v1/clients", json={"numero": numero, "nom": numero} | limite))
        chaque_jour = {str(un): "1" for un in range(1, 8)}
        corps = {"du": "2024-01-01", "lignes": [{"article": "BAG", "jours": chaque_jour}]}
        accepte(reelle.post(f"/v1/clients/{numero}/commandes-types", json=corps))
    for demain in range(1, 4):
        livraison = str(jour - timedelta(days=demain))
        convertir = lambda le=livraison: reelle.post("/v1/commandes-types/conversions", json={"date": le})  # noqa: E731
        reponses = ensemble([convertir, *(commander(reelle, jour, client=un) for un in numeros * 4)])
        assert statuts(reponses[:1]) == {207: 1}
        assert statuts(reponses[1:]) == {201: 4 * len(numeros)}
        assert {un["statut"] for un in reponses[0].json()["resultats"]} == {"cree"}
