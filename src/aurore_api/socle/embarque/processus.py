"""Starting a process of the server so that it ends with its owner, whatever ends the owner."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from aurore_api.socle.embarque.comptes import ENVIRONNEMENT, Compte
from aurore_api.socle.embarque.verrous import Verrou

PAR_SIGNAL = sys.platform == "linux"
"""Whether the kernel can signal a child when its parent dies; elsewhere a shell watches a pipe."""

PR_SET_PDEATHSIG = 1

# The shell becomes postgres and leaves a child behind that reads our pipe: "fin" when we are done with the process,
# end of file when we have died.
VEILLE = 'exec 3<&0 </dev/null; (read -r fin <&3 || kill -INT $$) & exec 3<&-; exec "$@"'

# Looked up before any fork: the child of a threaded process should do as little as it can.
_prctl = ctypes.CDLL(None, use_errno=True).prctl if PAR_SIGNAL else None


def lancer(commande: Sequence[str], compte: Compte, verrou: Verrou, sortie: int) -> "subprocess.Popen[bytes]":
    """Start `commande` as `compte` with a pipe as its input; its output goes to the descriptor `sortie`.

    It and its children keep `verrou` held. It gets SIGINT, PostgreSQL's fast shutdown, when the calling *thread* ends:
    call this from one that lives as long as the owner. It has a session of its own, so that a terminal's
    signals reach the owner alone, which then stops it in order.
    """
    return subprocess.Popen(  # noqa: S603  (our own programs with our own arguments)
        commande,
        bufsize=0,
        stdin=subprocess.PIPE,
        stdout=sortie,
        stderr=subprocess.STDOUT,
        cwd="/",
        env=ENVIRONNEMENT,
        start_new_session=True,
        pass_fds=(verrou.descripteur,),
        preexec_fn=partial(_mourir_avec, os.getpid()) if PAR_SIGNAL else None,  # noqa: PLW1509  (see _prctl)
        **compte.identite,
    )


def veiller(commande: Sequence[str]) -> Sequence[str]:
    """The command with its watcher, where the kernel is no help; to be ended by `finir`."""
    return commande if PAR_SIGNAL else ["/bin/sh", "-c", VEILLE, "sh", *commande]


def finir(processus: "subprocess.Popen[bytes]") -> None:
    """Once the process has ended: tell its watcher, if there is one, and close our end of the pipe."""
    if processus.stdin is None:
        return
    with processus.stdin, suppress(BrokenPipeError):
        processus.stdin.write(b"fin\n")


def dernier_mot(texte: str) -> str:
    """The line of PostgreSQL's output that says why it ended, or its last line."""
    lignes = [ligne.strip() for ligne in texte.splitlines() if ligne.strip()]
    raisons = [ligne for ligne in lignes if "FATAL:" in ligne or "PANIC:" in ligne or "error:" in ligne]
    return (raisons or lignes or ["sans message"])[-1]


def lire_depuis(chemin: Path, position: int) -> str:
    """What was appended to a file since it had `position` bytes."""
    with chemin.open("rb") as fichier:
        fichier.seek(position)
        return fichier.read().decode(errors="replace")


def _mourir_avec(proprietaire: int) -> None:
    """In the child, after the change of user (which would clear it) and before exec."""
    if _prctl is None or _prctl(PR_SET_PDEATHSIG, ctypes.c_ulong(signal.SIGINT), 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")
    if os.getppid() != proprietaire:  # it died before we asked
        os._exit(1)
