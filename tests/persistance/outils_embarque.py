"""What the tests of the embedded server share: places, accounts, and real processes to kill."""

import asyncio
import json
import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import asyncpg
import psutil  # type: ignore[import-untyped]

SCRIPT = Path(__file__).with_name("proprietaire.py")
LIMITE = 15.0


def comptes() -> list[int]:
    """The accounts to test as: ours, and an ordinary one when we are root."""
    return [0, pwd.getpwnam("nobody").pw_uid] if os.geteuid() == 0 else [os.geteuid()]


def attendre(condition: Callable[[], Any], quoi: str) -> Any:
    """Wait until `condition()` holds and return it; real processes need their time."""
    limite = time.monotonic() + LIMITE
    while not (valeur := condition()):
        assert time.monotonic() < limite, f"toujours pas : {quoi}"
        time.sleep(0.005)
    return valeur


@dataclass
class Lieu:
    """A directory of the test's own with a state directory in it, both of the account `uid`."""

    dossier: Path
    uid: int
    etat: Path = field(init=False)
    courts: Path = field(init=False)
    processus: list[subprocess.Popen[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.etat = self.dossier / "etat"
        self.courts = self.dossier_a_soi("courts")

    def dossier_a_soi(self, nom: str, mode: int = 0o711) -> Path:
        """Another directory of the account."""
        chemin = self.dossier / nom
        chemin.mkdir()
        chemin.chmod(mode)
        os.chown(chemin, self.uid, self.uid if self.uid != os.geteuid() else -1)
        return chemin

    def lancer(
        self, *options: str, etat: Path | None = None, modules: Path | None = None, **popen: Any
    ) -> subprocess.Popen[str]:
        """Start `proprietaire.py` on the state directory; it looks for modules in `modules` first."""
        commande = [
            sys.executable, str(SCRIPT), str(etat or self.etat), "--uid", str(self.uid),
            "--commune", str(self.dossier / "commune"), "--courts", str(self.courts), *options,
        ]  # fmt: skip
        chemin = os.pathsep.join(filter(None, [str(modules or ""), os.environ.get("PYTHONPATH")]))
        entrees: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        processus = subprocess.Popen(commande, env={**os.environ, "PYTHONPATH": chemin}, **(entrees | popen))
        self.processus.append(processus)
        return processus

    def lancer_etranger(self, commande: list[str], compte: int) -> subprocess.Popen[str]:
        """Start something that is not ours as the account `compte`; it ends with the test."""
        identite: dict[str, Any] = {} if compte == os.geteuid() else {"user": compte}
        processus: subprocess.Popen[str] = subprocess.Popen(
            commande, cwd="/", stderr=subprocess.DEVNULL, text=True, **identite
        )
        self.processus.append(processus)
        return processus

    def entrer(self, *options: str, **popen: Any) -> tuple[subprocess.Popen[str], dict[str, Any]]:
        """Start it and return it with what it said."""
        processus = self.lancer(*options, **popen)
        return processus, ecouter(processus)

    def du_serveur(self) -> list[psutil.Process]:
        """Every process whose directory is a cluster of this place: PostgreSQL's all are."""
        return [
            un
            for un in psutil.process_iter(["cwd", "cmdline", "ppid"])
            if (un.info["cwd"] or "").startswith(f"{self.dossier}/")
        ]

    def postmaster(self) -> psutil.Process:
        """The first process of the server; a child bears its command line too until it has a title of its own."""
        siens = [un for un in self.du_serveur() if "-D" in (un.info["cmdline"] or ())]
        numeros = {un.pid for un in siens}
        (premier,) = [un for un in siens if un.info["ppid"] not in numeros]
        return premier

    def prises(self) -> list[Path]:
        """Sockets left in the place."""
        return list(self.dossier.rglob(".s.PGSQL*"))

    def tout_finir(self) -> None:
        """End what the test started; in order, so that servers take their shared memory with them."""
        for reste in self.du_serveur():
            reste.resume()
        for processus in self.processus:
            processus.terminate()
            processus.communicate()
        attendre(lambda: not self.du_serveur(), "fin des serveurs du test")


def ecouter(processus: subprocess.Popen[str]) -> dict[str, Any]:
    """The line of JSON the process says once it has entered, or failed to."""
    assert processus.stdout is not None
    dit: dict[str, Any] = json.loads(processus.stdout.readline())
    return dit


def quitter(processus: subprocess.Popen[str]) -> int:
    """Let it leave its context."""
    processus.communicate(timeout=LIMITE)
    return processus.returncode


def tuer(processus: subprocess.Popen[str]) -> None:
    processus.send_signal(signal.SIGKILL)
    processus.wait()


def abattre(postgres: psutil.Process) -> None:
    """Kill a process of the server and see it dead."""
    postgres.kill()
    attendre(lambda: not postgres.is_running(), "mort du serveur")


def sql(libpq: str, *ordres: str) -> Any:
    """Run statements in one session; the value of the last."""

    async def executer() -> Any:
        session = await asyncpg.connect(libpq)
        try:
            *premiers, dernier = ordres
            for ordre in premiers:
                await session.execute(ordre)
            return await session.fetchval(dernier)
        finally:
            await session.close()

    return asyncio.run(executer())


def sert(libpq: str, ordre: str = "SELECT 1") -> Any:
    """The value of a query, or None while there is no server."""
    try:
        return sql(libpq, ordre)
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
        return None


def dossier_de_la_prise(libpq: str) -> Path:
    return Path(parse_qs(urlsplit(libpq).query)["host"][0])


def copier(modele: Path, lieu: Lieu) -> None:
    """A copy of an initialised state directory, owners included."""
    subprocess.run(["cp", "-a", str(modele), str(lieu.etat)], check=True)
