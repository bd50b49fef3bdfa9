"""The cluster on disk: made whole or not at all, checked before each start."""

import logging
import os
import re
import secrets
import shutil
import subprocess
from pathlib import Path

from aurore_api.socle.embarque.emplacement import Emplacement, creer_dossier_prive
from aurore_api.socle.embarque.erreurs import DemarrageImpossible, EtatInaccessible, VersionIncompatible
from aurore_api.socle.embarque.processus import dernier_mot, lancer
from aurore_api.socle.embarque.verrous import Verrou

BASE = "aurore"
"""The database, and the role that owns it: not a superuser, as on any hosted PostgreSQL."""

CREATION = f"CREATE ROLE {BASE} LOGIN CREATEDB;\nCREATE DATABASE {BASE} OWNER {BASE};\n"

REGLAGES = {
    "max_connections": "100",
    "shared_buffers": "192MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # The texts of failed statements, and the values in their DETAIL lines, are clients' data: not for a log file.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
"""Written into postgresql.conf once: the operator's to change."""

SANS_PROCESSUS = 2**31 - 1
"""A process number no kernel gives."""

journal = logging.getLogger(__name__)


def preparer(emplacement: Emplacement, binaires: Path, majeure: str, verrou: Verrou, *, durable: bool) -> None:
    """Make the cluster at the first start; otherwise check it and clear the traces of a dead server.

    `verrou` is the server's lock: holding it proves that no process of an earlier server of ours is left.
    Raises VersionIncompatible, DemarrageImpossible, EtatInaccessible.
    """
    creer_dossier_prive(emplacement.racine, emplacement.compte)
    for brouillon in emplacement.racine.glob("brouillon-*"):
        shutil.rmtree(brouillon)
    if not emplacement.donnees.exists():
        _creer(emplacement, binaires, verrou, durable=durable)
        return
    _verifier_version(emplacement.donnees, majeure)
    _effacer_numero(emplacement)


def _creer(emplacement: Emplacement, binaires: Path, verrou: Verrou, *, durable: bool) -> None:
    """Make cluster and database in a side directory, then rename it: half a cluster is never taken for a whole one.

    Authentication is `trust`: the socket's directory is closed to all but root and the server's account, who could
    rewrite pg_hba.conf anyway; `peer` would add nothing but a need for named accounts.
    """
    journal.info("Création de la base PostgreSQL dans %s.", emplacement.donnees)
    brouillon = emplacement.racine / f"brouillon-{secrets.token_hex(4)}"
    reglages = [mot for nom, valeur in REGLAGES.items() for mot in ("-c", f"{nom}={valeur}")]
    commande = [
        str(binaires / "initdb"), "-D", str(brouillon), "-U", "postgres", "--encoding=UTF8", "--locale=C",
        "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--data-checksums",
        "--auth-local=trust", "--auth-host=reject", "--no-instructions", *reglages,
        *([] if durable else ["--no-sync"]),
    ]  # fmt: skip
    _executer(commande, b"", emplacement, verrou)
    commande = [
        str(binaires / "postgres"), "--single", "-D", str(brouillon), "-c", "exit_on_error=on",
        "-c", f"fsync={'on' if durable else 'off'}", "template1",
    ]  # fmt: skip
    _executer(commande, CREATION.encode(), emplacement, verrou)
    brouillon.rename(emplacement.donnees)
    descripteur = os.open(emplacement.racine, os.O_RDONLY)
    try:
        os.fsync(descripteur)
    finally:
        os.close(descripteur)


def _executer(commande: list[str], entree: bytes, emplacement: Emplacement, verrou: Verrou) -> None:
    processus = lancer(commande, emplacement.compte, verrou, subprocess.PIPE)
    sortie, _ = processus.communicate(entree)
    if processus.returncode != 0:
        raison = dernier_mot(sortie.decode(errors="replace"))
        raise DemarrageImpossible(f"La création de la base dans {emplacement.base} a échoué : {raison}")


def _verifier_version(donnees: Path, majeure: str) -> None:
    try:
        texte = (donnees / "PG_VERSION").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        raise EtatInaccessible(f"{donnees} n'est pas une base PostgreSQL : PG_VERSION y manque.") from None
    if texte != majeure:
        trouvee = texte if re.fullmatch(r"[\d.]{1,8}", texte) else "inconnue"
        raise VersionIncompatible(donnees=donnees, trouvee=trouvee, attendue=majeure)


def _effacer_numero(emplacement: Emplacement) -> None:
    """Take the process number out of a left-over postmaster.pid.

    PostgreSQL would refuse to start if that number now belonged to anything else. The rest of the file stays: with it
    PostgreSQL still finds the shared memory of a server that somebody started on this cluster by hand, and refuses.
    Done as the server's account, because root should not write where that account may place links.
    """
    script = (
        "test -e postmaster.pid || exit 0; test -s postmaster.pid || exec rm postmaster.pid; "
        f"{{ echo {SANS_PROCESSUS}; tail -n +2 postmaster.pid; }} >postmaster.pid.net && "
        "mv postmaster.pid.net postmaster.pid"
    )
    if emplacement.compte.executer(["/bin/sh", "-c", f"umask 077; {script}"], emplacement.donnees) is None:
        raise EtatInaccessible(f"{emplacement.donnees / 'postmaster.pid'} ne peut être récrit (disque plein ?).")
