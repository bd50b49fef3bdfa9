"""What the lifecycle table allows is what the API serves as `actions`, and what it accepts (DOC-01)."""

import pytest
from tests.api.catalogue import evenements
from tests.api.documents import baguettes, boulangerie, document, imprimer, lire, sql, supprimer, tente, transfere

from aurore_domain.cycle import TABLE, Cote, Nature

TYPES = [un.type.value for un in TABLE.values() if un.cote is Cote.CLIENT]
CAS = [
    (un.type.value, situation)
    for un in TABLE.values()
    for situation in ("neuf", "numerote", "entame", "transfere", "annule", "comptabilise")
    if un.cote is Cote.CLIENT and (situation not in {"entame", "transfere"} or Nature.CONSOMME in un.vers.values())
]
"""Only what is used up can be partly, or wholly, transferred."""


@pytest.fixture(autouse=True)
def _boulangerie(api):
    boulangerie(api)


def suites(genre):
    """The types that a type leads into."""
    return [vers.value for vers in TABLE[genre].vers]


def situer(api, genre, situation):
    """A document of a type, in a situation."""
    cree = document(api, genre, baguettes("10"))
    match situation:
        case "numerote":
            imprimer(api, cree)
        case "entame":
            transfere(api, suites(genre)[0], {"document": cree["id"], "lignes": [{"ordre": 100, "quantite": "3"}]})
        case "transfere":
            transfere(api, suites(genre)[0], cree)
        case "annule" | "comptabilise":
            # Annulled without a number, or posted: no operation leads there yet, the table speaks of them all the same.
            if situation == "comptabilise":
                imprimer(api, cree)
            sql(api, "UPDATE documents SET etat = :etat WHERE id = :id", etat=situation, id=cree["id"])
    return lire(api, cree)


def essais(api, present, semblable, autre):
    """What is really accepted; what ends a document, or needs its number, is tried on others like it."""
    adresse, tout = f"/v1/documents/{present['id']}", {"if-match": "*"}
    acceptees = ["lire"] if api.get(adresse).status_code == 200 else []
    changements = [
        api.patch(f"{adresse}?simulation=true", json={"contact": "X"}, headers=tout),
        api.patch(f"{adresse}/lignes/100?simulation=true", json={"designation": "X"}, headers=tout),
        api.post(f"{adresse}/lignes?simulation=true", json=baguettes()),
    ]
    if {un.status_code // 100 for un in changements} == {2}:
        acceptees.append("modifier")
    else:
        assert {un.status_code for un in changements} == {409}
    transferts = [
        api.post(
            "/v1/transferts?simulation=true", json={"cible": {"type": vers}, "sources": [{"document": present["id"]}]}
        )
        for vers in TYPES
    ]
    if api.post(f"{adresse}/impression", json={}).status_code == 200:
        acceptees.append("imprimer")
    if api.post(f"{adresse}/copie?simulation=true", json={}).status_code == 201:
        acceptees.append("copier")
    if any(un.status_code == 201 for un in transferts):
        acceptees.append("transferer")
    if supprimer(api, semblable).status_code == 204:
        acceptees.append("supprimer")
    if api.post(f"/v1/documents/{autre['id']}/reouverture", json={"motif": "Erreur"}).status_code == 200:
        acceptees.append("rouvrir")
    abandon = {"motif": "Plus demandé", "sources": [{"document": autre["id"]}]}
    if api.post("/v1/back-orders/abandons", json=abandon).status_code == 201:
        acceptees.append("abandonner")
    return acceptees


@pytest.mark.parametrize(("genre", "situation"), CAS)
def test_doc_01_les_actions_servies_sont_celles_qui_passent(api, genre, situation):
    present, semblable, autre = (situer(api, genre, situation) for _ in range(3))
    assert essais(api, present, semblable, autre) == present["actions"]
    assert present["modifiable"] is ("modifier" in present["actions"])


@pytest.mark.parametrize("genre", TYPES)
def test_doc_01_chaque_suite_de_la_table_et_aucune_autre(api, genre):
    source = document(api, genre, baguettes("10"))
    if TABLE[genre].fiscal:
        imprimer(api, source)
    statuts = {vers: tente(api, vers, source).status_code for vers in TYPES if vers not in suites(genre)}
    assert set(statuts.values()) == {409}
    for vers in suites(genre):
        reponse = api.post(
            "/v1/transferts?simulation=true", json={"cible": {"type": vers}, "sources": [{"document": source["id"]}]}
        )
        assert (reponse.status_code, reponse.json()["type"]) == (201, vers)


def test_doc_01_le_refus_dit_ce_qui_est_permis(api):
    source = document(api, "commande", baguettes())
    transfere(api, "bordereau", source)
    refuse = api.patch(f"/v1/documents/{source['id']}", json={"contact": "X"}, headers={"if-match": "*"})
    assert (refuse.status_code, refuse.json()["code"]) == (409, "etat_interdit")
    assert refuse.json()["detail"].endswith("lire, imprimer, copier.")


def test_doc_01_un_document_bloque_s_imprime(api):
    """A blocked document is read and printed; printing numbers it, once."""
    source = document(api, "commande", baguettes())
    transfere(api, "bordereau", source)
    premier, second = imprimer(api, source), imprimer(api, source)
    assert (premier["numero"], premier["etat"], premier["nombre_impressions"]) == (1, "transfere", 1)
    assert (second["numero"], second["nombre_impressions"]) == (1, 2)
    assert evenements(api, "document")[-2:] == [("impression", source["id"])] * 2
