"""The thread that starts PostgreSQL, keeps it alive and takes it down."""

import logging
import os
import signal
import subprocess
import time
from concurrent.futures import Future
from pathlib import Path
from threading import Event, Thread

from aurore_api.socle.embarque import adresse
from aurore_api.socle.embarque.binaires import localiser, version_majeure
from aurore_api.socle.embarque.cluster import preparer
from aurore_api.socle.embarque.emplacement import Emplacement, ouvrir_fichier
from aurore_api.socle.embarque.erreurs import DelaiDepasse, DemarrageImpossible, ErreurEmbarque
from aurore_api.socle.embarque.processus import dernier_mot, finir, lancer, lire_depuis, veiller
from aurore_api.socle.embarque.verrous import PAS, Verrou

RECUL_MINIMAL = 0.05
RECUL_MAXIMAL = 30.0
"""Seconds to wait before restarting a dead server; doubled at each failure."""

VIE_NORMALE = 60.0
"""Seconds of service after which a death counts as the first again."""

DELAI_ARRET = 30.0
"""Seconds given to the fast shutdown, then again to the immediate one, before a kill."""

JOURNAL_MAXIMAL = 10_000_000
"""Bytes of postgres.log beyond which the owner starts another, keeping one."""

# The last one keeps shared segments in the cluster, so that they go away with it.
SANS_DURABILITE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "dynamic_shared_memory_type=mmap")

journal = logging.getLogger(__name__)


class Superviseur:
    """Owns the server of `emplacement`. `delai`: seconds left to an earlier server to end."""

    def __init__(self, emplacement: Emplacement, *, durable: bool, delai: float) -> None:
        self._emplacement = emplacement
        self._durable = durable
        self._delai = delai
        self._arret = Event()
        self._pret: Future[Path] = Future()
        self._processus: subprocess.Popen[bytes] | None = None
        self._prise: Path | None = None
        self._fil = Thread(target=self._vivre, name="postgres-embarque", daemon=True)

    def demarrer(self) -> Path:
        """Return the socket's directory once the server takes connections. Raises ErreurEmbarque, OSError."""
        self._fil.start()
        return self._pret.result()

    def arreter(self) -> None:
        """Stop the server in order: sessions are cut, data written. Returns once no process is left."""
        self._arret.set()
        for nom in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            if self._processus is not None:
                self._processus.send_signal(nom)
            self._fil.join(DELAI_ARRET)
            if not self._fil.is_alive():
                break
        if self._prise is not None:
            adresse.fermer(self._emplacement)

    def _vivre(self) -> None:
        try:
            prise = self._premier_demarrage()
        except BaseException as erreur:  # noqa: BLE001  (handed to the thread that waits)
            self._pret.set_exception(erreur)
            return
        self._pret.set_result(prise)
        self._garder()

    def _premier_demarrage(self) -> Path:
        compte = self._emplacement.compte
        self._binaires = localiser(compte)
        self._majeure = version_majeure(self._binaires, compte)
        verrou = self._attendre_verrou(self._delai)
        if verrou is None:
            raise DelaiDepasse(
                f"Le serveur PostgreSQL précédent de {self._emplacement.base} ne s'est pas encore arrêté "
                f"après {self._delai:.0f} s : réessayez, ou arrêtez-le."
            )
        self._prise = adresse.ouvrir(self._emplacement)
        self._servir(verrou, self._prise)
        return self._prise

    def _garder(self) -> None:
        """Wait for the server's end; unless it was asked for, start it again."""
        recul = RECUL_MINIMAL
        while True:
            debut = time.monotonic()
            code = self._attendre_fin()
            if self._arret.is_set():
                return
            if time.monotonic() - debut > VIE_NORMALE:
                recul = RECUL_MINIMAL
            journal.error("PostgreSQL s'est arrêté (code %s) : il est relancé.", code)
            while not self._arret.wait(recul):
                recul = min(2 * recul, RECUL_MAXIMAL)
                if self._relancer():
                    break
            else:
                return

    def _relancer(self) -> bool:
        # The children of a killed server end when they next look for it, at the latest after their present statement.
        verrou = self._attendre_verrou(float("inf"))
        if verrou is None or self._prise is None:
            return False
        try:
            self._servir(verrou, self._prise)
        except (ErreurEmbarque, OSError, subprocess.SubprocessError) as erreur:
            journal.error("PostgreSQL n'a pas pu être relancé : %s", erreur)
            return False
        journal.warning("PostgreSQL est de nouveau en service.")
        return True

    def _attendre_verrou(self, delai: float) -> Verrou | None:
        """The server's lock; None at the end of `delai` seconds or when we are asked to stop."""
        echeance = time.monotonic() + delai
        return Verrou.attendre(
            self._emplacement.verrou_serveur, lambda: self._arret.is_set() or time.monotonic() > echeance
        )

    def _servir(self, verrou: Verrou, prise: Path) -> None:
        """Start the server under its lock and wait until it takes connections.

        No time limit while it lives: after a crash PostgreSQL first replays its journal, however long that takes,
        and would begin again if it were stopped.
        """
        sortie = self._emplacement.sortie
        try:
            if adresse.repond(prise):
                raise DemarrageImpossible(f"Un serveur PostgreSQL lancé à la main répond déjà dans {prise}.")
            adresse.effacer_traces(prise)
            preparer(self._emplacement, self._binaires, self._majeure, verrou, durable=self._durable)
            descripteur, position = _ouvrir_journal(sortie)
            try:
                self._processus = lancer(self._commande(prise), self._emplacement.compte, verrou, descripteur)
            finally:
                os.close(descripteur)
        finally:
            verrou.rendre()  # from here on the server's own processes hold it
        while self._processus.poll() is None:
            if self._arret.is_set() or adresse.repond(prise):
                return
            time.sleep(PAS)
        self._attendre_fin()
        raise DemarrageImpossible(f"PostgreSQL ne démarre pas : {dernier_mot(lire_depuis(sortie, position))}")

    def _attendre_fin(self) -> int:
        processus = self._processus
        if processus is None:
            return 0
        if self._arret.is_set():
            processus.send_signal(signal.SIGINT)
        code = processus.wait()
        finir(processus)
        return code

    def _commande(self, prise: Path) -> list[str]:
        reglages = [
            "listen_addresses=",
            f"unix_socket_directories={prise}",
            "unix_socket_permissions=0700",
            f"port={adresse.PORT}",
            *(() if self._durable else SANS_DURABILITE),
        ]
        options = [mot for reglage in reglages for mot in ("-c", reglage)]
        return [*veiller([str(self._binaires / "postgres"), "-D", str(self._emplacement.donnees), *options])]


def _ouvrir_journal(chemin: Path) -> tuple[int, int]:
    """The log's descriptor and its present length; a log that has grown long becomes `….1` first."""
    if chemin.exists() and chemin.stat().st_size > JOURNAL_MAXIMAL:
        chemin.replace(chemin.with_name(chemin.name + ".1"))
    descripteur = ouvrir_fichier(chemin, os.O_WRONLY | os.O_APPEND)
    return descripteur, os.fstat(descripteur).st_size
