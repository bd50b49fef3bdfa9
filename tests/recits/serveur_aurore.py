"""`aurore serve` as a process of its own: started, killed, started again, and asked over HTTP like any client would."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

import httpx
import psutil  # type: ignore[import-untyped]
from tests.serveur import dossier_jetable

AURORE = Path(sys.executable).with_name("aurore")
CLE = "cle-initiale-des-recits-0123456789"
LIMITE = 60.0
"""Seconds that a real process may take for anything, on a busy machine."""


def attendre(condition: Callable[[], Any], quoi: str) -> Any:
    """Wait until `condition()` holds and return it; real processes need their time."""
    limite = time.monotonic() + LIMITE
    while not (valeur := condition()):
        assert time.monotonic() < limite, f"toujours pas : {quoi}"
        time.sleep(0.01)
    return valeur


def port_libre() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as prise:
        return int(prise.getsockname()[1])


@dataclass
class Aurore:
    """One installation: a state directory, a port, and the process that serves it, if any."""

    dossier: Path
    reglages: dict[str, str] = field(default_factory=lambda: {"AURORE_CLE_INITIALE": CLE})
    port: int = field(default_factory=port_libre)
    debout: threading.Event = field(default_factory=threading.Event)
    """Set while the API answers; clients wait for it instead of hammering a dead port."""
    processus: subprocess.Popen[bytes] | None = None

    @property
    def environnement(self) -> dict[str, str]:
        """What the command sees: nothing of Aurore's but what the test set."""
        propre = {nom: valeur for nom, valeur in os.environ.items() if not nom.startswith("AURORE_")}
        base = {"AURORE_ETAT": str(self.dossier / "etat"), "AURORE_PORT": str(self.port)}
        return propre | base | self.reglages

    @property
    def sorties(self) -> str:
        """All that the server ever printed and logged."""
        return "".join((self.dossier / nom).read_text() for nom in ("sortie", "erreurs"))

    def commande(self, *arguments: str, **reglages: str) -> subprocess.CompletedProcess[str]:
        """Run `aurore …` to its end."""
        return subprocess.run(
            [AURORE, *arguments],
            env=self.environnement | reglages, capture_output=True, text=True, timeout=LIMITE, check=False,
        )  # fmt: skip

    def demarrer(self) -> None:
        """Start the server and wait until it can serve."""
        self.lancer()
        attendre(self.servi, "une API prête")
        self.debout.set()

    def lancer(self) -> None:
        """Start the server."""
        with (self.dossier / "sortie").open("ab") as sortie, (self.dossier / "erreurs").open("ab") as erreurs:
            self.processus = subprocess.Popen([AURORE, "serve"], env=self.environnement, stdout=sortie, stderr=erreurs)

    def servi(self) -> bool:
        """Whether the API can serve now, its database included."""
        assert self.processus is not None
        assert self.processus.poll() is None, self.sorties
        connexion = HTTPConnection("127.0.0.1", self.port, timeout=LIMITE)  # cheaper than httpx, asked often
        try:
            connexion.request("GET", "/sante/pret")
            return connexion.getresponse().status == HTTPStatus.OK
        except (OSError, HTTPException):
            return False
        finally:
            connexion.close()

    def tuer(self) -> None:
        """`kill -9`."""
        self.debout.clear()
        assert self.finir(signal.SIGKILL) == -signal.SIGKILL

    def finir(self, numero: signal.Signals = signal.SIGTERM) -> int:
        """Send a signal and give the exit status."""
        assert self.processus is not None
        self.debout.clear()
        self.processus.send_signal(numero)
        return self.processus.wait(LIMITE)

    def attendre_la_fin(self) -> None:
        """See that PostgreSQL is gone too."""
        attendre(lambda: not self.du_serveur(), "fin de PostgreSQL")

    def du_serveur(self) -> list[psutil.Process]:
        """Every process of this installation's PostgreSQL: the directory of each is the cluster."""
        return [un for un in psutil.process_iter(["cwd"]) if (un.info["cwd"] or "").startswith(f"{self.dossier}/")]

    def attendre_postgres(self) -> None:
        """See PostgreSQL running, or being set up."""
        attendre(self.du_serveur, "PostgreSQL lancé")

    def postmaster(self) -> psutil.Process:
        """The first process of PostgreSQL."""
        (premier,) = [un for un in self.du_serveur() if "-D" in un.cmdline()]
        return premier

    @property
    def adresse(self) -> str:
        """Where the API listens."""
        return f"http://127.0.0.1:{self.port}"

    def client(self, cle: str = CLE) -> httpx.Client:
        """A client that presents a key."""
        return httpx.Client(base_url=self.adresse, headers={"authorization": f"Bearer {cle}"}, timeout=LIMITE)


@contextmanager
def installation(**reglages: str) -> Iterator[Aurore]:
    """An installation whose state directory was never used; all of it is gone after the block."""
    with dossier_jetable() as dossier:
        aurore = Aurore(dossier, reglages) if reglages else Aurore(dossier)
        try:
            yield aurore
        finally:
            if aurore.processus is not None and aurore.processus.poll() is None:
                aurore.finir()
            aurore.attendre_la_fin()
