"""Clients that do everything at once and never give up: each request is sent until it is answered, once for all."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import uuid4

import httpx
from tests.recits.boulangerie import Json, accepte
from tests.recits.serveur_aurore import LIMITE, Aurore

Geste = tuple[Callable[["Vendeur"], Json], Callable[["Vendeur", Json], Json]]
"""What must be there first, and the request itself, whose answer counts."""


@dataclass
class Vendeur:
    """One client; POST goes under an Idempotency-Key of its own, PATCH and DELETE under the version they change."""

    aurore: Aurore
    client: httpx.Client
    jour: str
    commune: str
    """The commande that all vendors take from."""
    interruptions: int = 0
    envoyees: list[tuple[str, Json, Json, bytes]] = field(default_factory=list)
    """Path, body and key of every POST that was accepted, and its answer."""
    faits: list[str] = field(default_factory=list)
    imprimees: list[tuple[str, int]] = field(default_factory=list)
    """Type and number of what was printed."""

    def poster(self, chemin: str, corps: Json) -> Json:
        """POST what must be accepted."""
        return accepte(self.envoyer(chemin, corps))

    def envoyer(self, chemin: str, corps: Json) -> httpx.Response:
        """POST until there is an answer, always the same request."""
        cle = {"idempotency-key": uuid4().hex}
        reponse, _ = self._insister("POST", chemin, corps, cle)
        if reponse.is_success:
            self.envoyees.append((chemin, corps, cle, reponse.content))
        return reponse

    def repeter(self) -> None:
        """Ask for everything again, as who lost every answer would: each is the one that was given."""
        for chemin, corps, cle, contenu in self.envoyees:
            reponse = self.client.post(chemin, json=corps, headers=cle)
            assert (reponse.content, reponse.headers["idempotent-replayed"]) == (contenu, "true")

    def changer(self, document: Json, reste: str, corps: Json) -> Json:
        """PATCH one version of a document; where the answer was lost, the next one tells that it is done."""
        chemin = f"/v1/documents/{document['id']}"
        si = {"if-match": f'"{document["version"]}"'}
        reponse, perdue = self._insister("PATCH", f"{chemin}{reste}", corps, si)
        if perdue and reponse.status_code == 412:
            reponse = self._insister("GET", chemin, None, {})[0]
        lu = accepte(reponse, 200)
        assert lu["version"] == document["version"] + 1
        return lu

    def supprimer(self, document: Json) -> Json:
        """DELETE one version of a document."""
        si = {"if-match": f'"{document["version"]}"'}
        reponse, perdue = self._insister("DELETE", f"/v1/documents/{document['id']}", None, si)
        assert reponse.status_code == 204 or (perdue and reponse.status_code in {404, 412}), reponse.text
        return {}

    def _insister(self, methode: str, chemin: str, corps: Json | None, en_tetes: Json) -> tuple[httpx.Response, bool]:
        perdue = False
        while True:
            assert self.aurore.debout.wait(LIMITE)
            try:
                reponse = self.client.request(methode, chemin, json=corps, headers=en_tetes)
            except httpx.TransportError:
                self.interruptions += 1
                perdue = True
                continue
            if reponse.status_code == 503 or (
                reponse.status_code == 409 and reponse.json()["code"] == "requete_en_cours"
            ):
                self.interruptions += 1
                perdue = True
                continue
            return reponse, perdue

    def document(self, genre: str) -> Json:
        """A document of twelve baguettes, with a stock effect."""
        lignes = [{"article": "BAG", "quantite": "12"}, {"designation": "Sans gluten"}]
        return self.poster("/v1/documents", {"type": genre, "client": "C0012", "date": self.jour, "lignes": lignes})

    def achat(self) -> Json:
        """An order of sixty baguettes from the supplier, at a price of its own."""
        lignes = [{"article": "BAG", "quantite": "60", "prix": "0.3100", "frais": "0.0200"}]
        corps = {"type": "commande_fournisseur", "fournisseur": "MOULIN", "date": self.jour, "lignes": lignes}
        return self.poster("/v1/documents", corps)

    def transferer(self, source: str, quantite: str, genre: str) -> Json:
        """A part of the first line of a document, into a new one."""
        choisies = [{"document": source, "lignes": [{"ordre": 100, "quantite": quantite}]}]
        return self.poster("/v1/transferts", {"cible": {"type": genre, "date": self.jour}, "sources": choisies})

    def imprimer(self, document: Json) -> Json:
        """Number and print."""
        reponse = self.envoyer(f"/v1/documents/{document['id']}/impression", {})
        imprime = accepte(reponse, 200)
        self.imprimees.append((imprime["type"], imprime["numero"]))
        return imprime

    def abandonner(self, commande: Json) -> Json:
        """Two of what was ordered will never come."""
        choisies = [{"document": commande["id"], "lignes": [{"ordre": 100, "quantite": "2"}]}]
        return self.poster("/v1/back-orders/abandons", {"motif": "Plus demandé", "sources": choisies})

    def faire(self, nom: str) -> None:
        """One of the gestures, with what it needs."""
        preparer, agir = GESTES[nom]
        agir(self, preparer(self))
        self.faits.append(nom)


def _rien(_: Vendeur) -> Json:
    return {}


def _un(genre: str) -> Callable[[Vendeur], Json]:
    return lambda vendeur: vendeur.document(genre)


def _imprime(genre: str) -> Callable[[Vendeur], Json]:
    return lambda vendeur: vendeur.imprimer(vendeur.document(genre))


def _stock(chemin: str, quantite: str, **autres: str) -> Callable[[Vendeur, Json], Json]:
    corps = {"lignes": [{"article": "BAG", "quantite": quantite}]} | autres
    return lambda vendeur, _: vendeur.poster(f"/v1/stock/{chemin}", corps)


GESTES: dict[str, Geste] = {
    "créer": (_rien, lambda vendeur, _: vendeur.document("bordereau")),
    "livrer": (_un("commande"), lambda vendeur, une: vendeur.transferer(une["id"], "5", "bordereau")),
    "partager": (_rien, lambda vendeur, _: vendeur.transferer(vendeur.commune, "1", "bordereau")),
    "facturer": (_un("bordereau"), lambda vendeur, un: vendeur.transferer(un["id"], "12", "facture")),
    "changer": (_un("bordereau"), lambda vendeur, un: vendeur.changer(un, "/lignes/100", {"quantite": "7"})),
    "imprimer": (_un("facture"), lambda vendeur, une: vendeur.imprimer(une)),
    "supprimer": (_un("bordereau"), lambda vendeur, un: vendeur.supprimer(un)),
    "annuler": (_imprime("bordereau"), lambda vendeur, un: vendeur.supprimer(un)),
    "rendre": (_un("bordereau"), lambda vendeur, un: vendeur.transferer(un["id"], "3", "retour")),
    "créditer": (_imprime("facture"), lambda vendeur, une: vendeur.transferer(une["id"], "4", "note_credit")),
    "abandonner": (_un("commande"), lambda vendeur, une: vendeur.abandonner(une)),
    "commander": (_rien, lambda vendeur, _: vendeur.achat()),
    "recevoir": (lambda vendeur: vendeur.achat(), lambda vendeur, une: vendeur.transferer(une["id"], "9", "reception")),
    "corriger": (_rien, _stock("corrections", "5", motif="Retrouvé")),
    "déplacer": (_rien, _stock("transferts", "1", de="PRINCIPAL", vers="NORD")),
}
"""All that moves documents and stock."""
