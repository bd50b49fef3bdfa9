"""The server's Unix socket: its private directory, made and noted by the owner, read by guests."""

import os
import re
import socket
import stat
import struct
import tempfile
from pathlib import Path

from aurore_api.socle.embarque.emplacement import Emplacement, creer_dossier_prive, ouvrir_fichier

PORT = 5432
"""Only a part of the socket's name: nothing listens on the network."""

FICHIER = f".s.PGSQL.{PORT}"
OCTETS_MAXIMAUX = 100
"""Length of a socket's path that every system takes (104 on macOS, 108 on Linux)."""

DOSSIERS_COURTS = Path("/tmp")  # noqa: S108  (short on every system; mkdtemp makes the directory private)
PREFIXE = "aurore-pg-"


def ouvrir(emplacement: Emplacement) -> Path:
    """Make the socket directory and note it for guests.

    It is `socket/` beside the data, or a fresh short directory when that path is too long for a socket or holds
    characters that PostgreSQL or its clients take for separators.
    """
    fermer(emplacement)
    dossier = emplacement.base / "socket"
    if _convient(dossier):
        creer_dossier_prive(dossier, emplacement.compte)
    else:
        dossier = Path(tempfile.mkdtemp(prefix=PREFIXE, dir=DOSSIERS_COURTS))
        os.chown(dossier, emplacement.compte.uid, emplacement.compte.gid, follow_symlinks=False)
    brouillon = emplacement.base / ".adresse"
    with os.fdopen(ouvrir_fichier(brouillon, os.O_WRONLY | os.O_TRUNC), "w", encoding="utf-8") as fichier:
        fichier.write(str(dossier))
    brouillon.replace(_note(emplacement))
    return dossier


def lire(emplacement: Emplacement) -> Path | None:
    """The noted socket directory; its server may be gone."""
    try:
        return Path(_note(emplacement).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None


def fermer(emplacement: Emplacement) -> None:
    """Remove the note, and the directory it names if that is a short one; for the owner, after the server's end."""
    dossier = lire(emplacement)
    if dossier is not None and _est_court(dossier, emplacement):
        effacer_traces(dossier)
        dossier.rmdir()
    _note(emplacement).unlink(missing_ok=True)


def effacer_traces(dossier: Path) -> None:
    """Remove the socket of a server that is gone, and its lock file, whose process number may be another's now."""
    for nom in (FICHIER, f"{FICHIER}.lock"):
        (dossier / nom).unlink(missing_ok=True)


def repond(dossier: Path) -> bool:
    """Whether a server takes sessions there. Asked as the superuser, for whom places are kept in a full server."""
    corps = struct.pack("!i", 196608) + b"user\0postgres\0database\0postgres\0\0"
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as prise:
        prise.settimeout(2)
        try:
            prise.connect(str(dossier / FICHIER))
            prise.sendall(struct.pack("!i", len(corps) + 4) + corps)
            if prise.recv(1) != b"R":
                return False
            prise.sendall(b"X" + struct.pack("!i", 4))  # an orderly end: nothing for the server to log
            while prise.recv(4096):
                pass
        except OSError:
            return False
        return True


def _note(emplacement: Emplacement) -> Path:
    return emplacement.base / "adresse"


def _convient(dossier: Path) -> bool:
    chemin = str(dossier / FICHIER)
    return len(os.fsencode(chemin)) < OCTETS_MAXIMAUX and re.fullmatch(r"[\w./-]+", chemin, re.ASCII) is not None


def _est_court(dossier: Path, emplacement: Emplacement) -> bool:
    """Whether `ouvrir` made it among the short ones: the note is only text, and what it names gets removed."""
    if dossier.parent != DOSSIERS_COURTS or not dossier.name.startswith(PREFIXE):
        return False
    try:
        etat = dossier.lstat()
    except FileNotFoundError:
        return False
    return stat.S_ISDIR(etat.st_mode) and etat.st_uid == emplacement.compte.uid
