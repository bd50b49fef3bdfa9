"""A real `aurore serve` on a durable embedded PostgreSQL, with something to order in it."""

import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aurore_api.socle.embarque import PostgresEmbarque

CLE = "aurore_bench_cle-de-mesure-sans-valeur"
LIGNES = 20


@dataclass(frozen=True)
class Cible:
    """Where the API listens, and the database behind it."""

    port: int
    dsn: str
    cle: str = CLE

    def appelant(self) -> "Appelant":
        """A connection of its own to the API, kept alive."""
        return Appelant(self.port, self.cle)


class Appelant:
    """The cheapest client there is, so that the time measured is the server's."""

    def __init__(self, port: int, cle: str = CLE) -> None:
        self._en_tetes = {"Authorization": f"Bearer {cle}", "Content-Type": "application/json"}
        self._lien = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def appeler(self, methode: str, chemin: str, corps: bytes | None = None) -> bytes:
        """The answer's body; anything but a success ends the run."""
        try:
            reponse = self._demander(methode, chemin, corps)
        except (BrokenPipeError, http.client.RemoteDisconnected):
            # Kept alive for some seconds only, while the other side had its turn: that request reached nobody.
            self._lien.close()
            reponse = self._demander(methode, chemin, corps)
        lu = reponse.read()
        if reponse.status not in {200, 201, 207}:
            raise SystemExit(f"{methode} {chemin}: {reponse.status} {lu[:500]!r}")
        return lu

    def _demander(self, methode: str, chemin: str, corps: bytes | None) -> http.client.HTTPResponse:
        self._lien.request(methode, chemin, corps, self._en_tetes)
        return self._lien.getresponse()

    def poster(self, chemin: str, objet: dict[str, Any]) -> Any:
        """What the API made of an object."""
        return json.loads(self.appeler("POST", chemin, json.dumps(objet).encode()))


def commande() -> bytes:
    """The request that is measured: 20 lines, every second one typed in an order unit."""
    lignes = [
        {"article": f"A{rang}", "quantite": str(10 + rang)}
        if rang % 2
        else {"article": f"A{rang}", "quantite_unite_commande": "5", "unite_commande": "CT6"}
        for rang in range(LIGNES)
    ]
    return json.dumps({"type": "commande", "client": "C1", "lignes": lignes}).encode()


@contextmanager
def serveur() -> Iterator[Cible]:
    """Run the API until the block ends, on a database of its own that is thrown away."""
    with (
        tempfile.TemporaryDirectory(prefix="aurore-bench-") as dossier,
        socket.create_server(("127.0.0.1", 0)) as libre,
    ):
        Path(dossier).chmod(0o711)  # the embedded server's own account goes through it
        port, etat = libre.getsockname()[1], Path(dossier, "etat")
        libre.close()
        reglages = {"AURORE_ETAT": str(etat), "AURORE_PORT": str(port), "AURORE_CLE_INITIALE": CLE}
        sans = {nom: valeur for nom, valeur in os.environ.items() if not nom.startswith("AURORE_")}
        aurore = Path(sys.executable).with_name("aurore")
        with subprocess.Popen([aurore, "serve"], env=sans | reglages, stdout=subprocess.DEVNULL) as processus:
            try:
                _attendre(port, processus)
                with PostgresEmbarque(etat) as invite:
                    cible = Cible(port, invite.dsn_libpq())
                    remplir(cible.appelant())
                    yield cible
            finally:
                processus.terminate()


def _attendre(port: int, processus: subprocess.Popen[bytes]) -> None:
    while processus.poll() is None:
        try:
            Appelant(port).appeler("GET", "/sante/pret")
        except ConnectionError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("aurore serve did not start")


def remplir(appelant: Appelant) -> None:
    """A client, and the articles that `commande` asks for."""
    for rang in range(LIGNES):
        article = {"numero": f"A{rang}", "designation": f"Pain de campagne n° {rang}", "unite": "PCE"}
        appelant.poster("/v1/articles", article | {"prix_vente": f"{rang + 1}.2500", "code_tva_vente": "6"})
        unite = {"abreviation": "CT6", "unite": "CT", "facteur": "6", "operateur": "M", "decimales": 0}
        appelant.poster(f"/v1/articles/A{rang}/unites", unite)
        tarif = {"tarif": "REV", "quantite_minimum": "20", "remise": "5.00"}
        appelant.poster(f"/v1/articles/A{rang}/tarifs", tarif)
    adresse = {"rue": "Rue du Four 12", "code_postal": "5000", "localite": "Namur", "pays": "BE"}
    appelant.poster("/v1/clients", {"numero": "C1", "nom": "Hôtel du Parc", "tarif": "REV", "adresse": adresse})
