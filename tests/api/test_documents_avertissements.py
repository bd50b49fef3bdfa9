"""Warnings come back as a typed list and never block (DOC-19)."""

import pytest
from tests.api.documents import (
    baguettes,
    boulangerie,
    corps,
    document,
    imprimer,
    lire,
    modifier,
    modifier_ligne,
    part,
    supprimer,
    transfere,
)

DON = {"article": "DON", "quantite": "1"}


@pytest.fixture(autouse=True)
def _boulangerie(api):
    boulangerie(api)


def averti(document):
    """Code and field of each warning."""
    return [(un["code"], un["pointeur"]) for un in document["avertissements"]]


def test_doc_19_rien_a_dire(api):
    cree = document(api, "facture", baguettes(), {"designation": "Note"}, vos_references="BC 1")
    assert averti(cree) == []
    assert averti(imprimer(api, cree)) == []


def test_doc_19_prix_nul(api):
    """The pointer names the line of the answer, whatever the order in which the lines came."""
    cree = document(api, "commande", DON | {"ordre": 300}, baguettes(ordre=100), DON | {"ordre": 200, "prix": "1"})
    assert averti(cree) == [("prix_nul", "#/lignes/2/prix")]
    assert cree["lignes"][2]["article"] == "DON"
    assert averti(modifier_ligne(api, cree, 200, prix="0").json()) == [
        ("prix_nul", "#/lignes/1/prix"),
        ("prix_nul", "#/lignes/2/prix"),
    ]
    assert averti(lire(api, cree)) == []


@pytest.mark.parametrize(
    ("autre", "doublon"),
    [
        ({}, True),
        ({"vos_references": "BC 2"}, False),
        ({"vos_references": None}, False),
        ({"date": "2025-06-17"}, False),
        ({"client": "HOTEL"}, False),
    ],
)
def test_doc_19_doublon_probable(api, autre, doublon):
    premier = document(api, "commande", vos_references="BC 1")
    cree = document(api, "commande", **{"vos_references": "BC 1"} | autre)
    assert averti(cree) == ([("doublon_probable", "#/vos_references")] if doublon else [])
    if doublon:
        assert premier["id"] in cree["avertissements"][0]["detail"]


def test_doc_19_ni_un_autre_type_ni_un_annule(api):
    supprimer(api, imprimer(api, document(api, "commande", vos_references="BC 1")))
    document(api, "offre", vos_references="BC 1")
    cree = document(api, "commande", vos_references="BC 1")
    assert averti(cree) == []
    document(api, "commande", vos_references="BC 9")
    assert averti(modifier(api, cree, vos_references="BC 9").json()) == [("doublon_probable", "#/vos_references")]


def test_doc_19_chronologie(api):
    imprimer(api, document(api, "facture"))
    assert averti(document(api, "facture", date="2025-06-15")) == [("chronologie", "#/date")]
    assert averti(document(api, "facture")) == []
    assert averti(document(api, "commande", date="2025-06-15")) == []
    assert averti(document(api, "note_credit", date="2025-06-15")) == []


def test_doc_19_depassement(api):
    commande = document(api, "commande", baguettes("10"), baguettes("5"))
    lignes = ({"ordre": 100, "quantite": "10"}, {"ordre": 200, "quantite": "6"})
    cible = transfere(api, "bordereau", part(commande, *lignes), depassement=True)
    assert averti(cible) == [("depassement", "#/lignes/1/quantite")]


def test_doc_19_dans_la_langue_de_qui_lit(api):
    textes = set()
    for langue in ("fr", "nl", "de", "en"):
        reponse = api.post("/v1/documents", json=corps("commande", DON), headers={"accept-language": langue})
        textes.add(reponse.json()["avertissements"][0]["detail"])
    assert len(textes) == 4
