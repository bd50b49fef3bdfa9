"""DOC-03, API-05: no gap and no duplicate among numbers, and nothing done twice, whatever is killed meanwhile."""

import queue
import signal
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from uuid import uuid4

import httpx
import pytest
from tests.recits.boulangerie import Json, accepte, etablir
from tests.recits.serveur_aurore import LIMITE, Aurore, attendre

CLIENTS = 16
FACTURES = 60
PANNES_APRES = (15, 35)
"""How many factures are printed when each kill comes."""
LIGNES = [
    {"article": "BAG", "quantite": "12"},
    {"designation": "Transport", "quantite": "1", "prix": "5", "code_tva": "21"},
]


class Caisse:
    """One client: sends each request until it is answered, always under its own Idempotency-Key."""

    def __init__(self, aurore: Aurore, jour: str, travaux: "queue.SimpleQueue[int]", imprimees: list[int]) -> None:
        self.aurore = aurore
        self.jour = jour
        self.travaux = travaux
        self.imprimees = imprimees
        self.interrompues = 0

    def jouer(self) -> None:
        """Create and print factures until none is left to make."""
        with self.aurore.client() as client:
            while True:
                try:
                    self.travaux.get_nowait()
                except queue.Empty:
                    return
                corps = {"type": "facture", "client": "C0012", "date": self.jour, "lignes": LIGNES}
                facture = self.envoyer(client, "/v1/documents", corps, 201)
                imprimee = self.envoyer(client, f"/v1/documents/{facture['id']}/impression", {}, 200)
                self.imprimees.append(imprimee["numero"])

    def envoyer(self, client: httpx.Client, chemin: str, corps: Json, statut: int) -> Json:
        """POST until there is an answer; a dead or dying server gives none, or says that it cannot now."""
        cle = {"idempotency-key": uuid4().hex}
        while True:
            assert self.aurore.debout.wait(LIMITE)
            try:
                reponse = client.post(chemin, json=corps, headers=cle)
            except httpx.TransportError:
                self.interrompues += 1
                continue
            if reponse.status_code == 503 or reponse.json().get("code") == "requete_en_cours":
                self.interrompues += 1
                continue
            return accepte(reponse, statut)


def tuer_api(aurore: Aurore) -> None:
    """`kill -9` of the API; whoever runs it starts it again."""
    aurore.tuer()
    aurore.demarrer()


def tuer_postgres(aurore: Aurore) -> None:
    """`kill -9` of the postmaster; the API starts it again by itself."""
    ancien = aurore.postmaster()
    ancien.send_signal(signal.SIGKILL)
    aurore.debout.clear()
    attendre(lambda: not ancien.is_running() and aurore.servi(), "une base relancée")
    aurore.debout.set()


def au_moins(imprimees: list[int], seuil: int) -> bool:
    """Whether that many are printed."""
    return len(imprimees) >= seuil


@pytest.mark.parametrize("panne", [tuer_api, tuer_postgres])
def test_doc_03_sixteen_clients_print_sixty_factures_through_two_kills(aurore, panne):
    with aurore.client() as client:
        jour = etablir(client).isoformat()
    travaux: queue.SimpleQueue[int] = queue.SimpleQueue()
    imprimees: list[int] = []
    for rang in range(FACTURES):
        travaux.put(rang)
    caisses = [Caisse(aurore, jour, travaux, imprimees) for _ in range(CLIENTS)]
    with ThreadPoolExecutor(CLIENTS) as fils:
        en_cours: list[Future[None]] = [fils.submit(caisse.jouer) for caisse in caisses]
        for seuil in PANNES_APRES:
            attendre(partial(au_moins, imprimees, seuil), f"{seuil} factures")
            panne(aurore)
        for une in en_cours:
            une.result(LIMITE)
    assert sorted(imprimees) == list(range(1, FACTURES + 1))
    assert sum(caisse.interrompues for caisse in caisses) >= 1, "les pannes n'ont rien interrompu"
    with aurore.client() as client:
        page = accepte(client.get("/v1/documents?type=facture&limite=200"), 200)
        assert page["curseur_suivant"] is None
        assert Counter(une["numero"] for une in page["data"]) == Counter(imprimees)
        assert {une["totaux"]["tvac"] for une in page["data"]} == {page["data"][0]["totaux"]["tvac"]}
        evenements = accepte(client.get("/v1/evenements?ressource=document&limite=200"), 200)["data"]
        actions = [un["action"] for un in evenements]
        assert (actions.count("creation"), actions.count("impression")) == (FACTURES, FACTURES)
        (exercice,) = accepte(client.get("/v1/exercices"), 200)["data"]
        numero = accepte(client.get(f"/v1/exercices/{exercice['code']}/numeros/facture"), 200)
        assert numero["dernier"] == FACTURES


def test_api_05_the_first_answer_is_given_again_after_a_crash(aurore):
    cle = {"idempotency-key": "apres-la-panne"}
    with aurore.client() as client:
        jour = etablir(client).isoformat()
        corps = {"type": "facture", "client": "C0012", "date": jour, "lignes": LIGNES, "impression_directe": True}
        premiere = client.post("/v1/documents", json=corps, headers=cle)
        assert accepte(premiere)["numero"] == 1
    aurore.tuer()
    aurore.demarrer()
    with aurore.client() as client:
        seconde = client.post("/v1/documents", json=corps, headers=cle)
        assert (seconde.status_code, seconde.content) == (201, premiere.content)
        assert seconde.headers["idempotent-replayed"] == "true"
        assert {nom: seconde.headers[nom] for nom in ("etag", "location")} == {
            nom: premiere.headers[nom] for nom in ("etag", "location")
        }
        autre = client.post("/v1/documents", json=corps | {"lignes": []}, headers=cle)
        assert (autre.status_code, autre.json()["code"]) == (422, "cle_idempotence_reutilisee")
        assert client.post("/v1/documents", json=corps).json()["numero"] == 2
