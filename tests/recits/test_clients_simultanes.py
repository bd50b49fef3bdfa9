"""Clients under simultaneous changes: CLI-05, CLI-10. Real transactions, on a database per test."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

from tests.api.catalogue import creer
from tests.api.reponses import donnees, refus


def ensemble(appels):
    """Make all the calls at once; gives the answers in the order of the calls."""
    with ThreadPoolExecutor(len(appels)) as fils:
        return [un.result() for un in [fils.submit(appel) for appel in appels]]


def payer(api, client, payeur):
    return lambda: api.patch(f"/v1/clients/{client}", json={"facturer_a": payeur}, headers={"if-match": "*"})


def test_cli_05_a_ring_cannot_be_closed_by_changes_at_once(reelle):
    """Each of the eight would be right alone: the last one that would close the ring is refused (CLI-05)."""
    numeros = [f"C{rang}" for rang in range(8)]
    for _ in range(3):
        for numero in numeros:
            if reelle.get(f"/v1/clients/{numero}").status_code == 404:
                creer(reelle, "/v1/clients", {"numero": numero, "nom": numero})
            assert payer(reelle, numero, None)().is_success
        suivants = dict(zip(numeros, [*numeros[1:], numeros[0]], strict=True))
        reponses = ensemble([payer(reelle, *paire) for paire in suivants.items()])
        refusees = [une for une in reponses if not une.is_success]
        assert [(une.status_code, une.json()["code"]) for une in refusees] == [(422, "cycle_de_facturation")]
        payeurs = {un["numero"]: un["facturer_a"] for un in donnees(reelle.get("/v1/clients"))}
        assert sum(payeur is None for payeur in payeurs.values()) == 1


def test_cli_10_no_document_escapes_an_anonymisation(reelle):
    """Documents made meanwhile either come first, and keep the client, or find it inactive (CLI-10)."""
    corps = {"type": "offre", "lignes": [{"designation": "Gâteau"}]}
    for rang in range(6):
        numero = f"M{rang}"
        creer(reelle, "/v1/clients", {"numero": numero, "nom": "Élise Dupont", "particulier": True})
        anonymiser = partial(reelle.post, f"/v1/clients/{numero}/anonymisation")
        etablir = partial(reelle.post, "/v1/documents", json=corps | {"client": numero})
        anonymisation, *creations = ensemble([anonymiser, *[etablir] * 4])
        noms = {un["client_nom"] for un in donnees(reelle.get(f"/v1/documents?client={numero}"))}
        if anonymisation.is_success:
            assert noms == set()
            assert {refus(une) for une in creations} == {(422, "client_inactif")}
        else:
            assert refus(anonymisation) == (409, "documents_en_attente")
            assert noms == {"Élise Dupont"}
