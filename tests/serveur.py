"""One fast PostgreSQL for a run of tests: in memory when there is room, without fsync, gone afterwards."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aurore_api.socle.embarque import PostgresEmbarque

MEMOIRE = Path("/dev/shm")
PLACE_VOULUE = 2 * 1024**3
"""Bytes that must be free in memory for the tests' databases to go there."""


def dossier_rapide() -> Path:
    """Where throw-away clusters go: memory if it is there and has room, otherwise the temporary directory."""
    if MEMOIRE.is_dir() and shutil.disk_usage(MEMOIRE).free >= PLACE_VOULUE:
        return MEMOIRE
    return Path(tempfile.gettempdir())


@contextmanager
def dossier_jetable() -> Iterator[Path]:
    """A directory of ours in `dossier_rapide`, that any account can go through, removed at the end."""
    dossier = Path(tempfile.mkdtemp(prefix="aurore-test-", dir=dossier_rapide()))
    dossier.chmod(0o711)
    try:
        yield dossier
    finally:
        shutil.rmtree(dossier)


@contextmanager
def serveur_de_test() -> Iterator[PostgresEmbarque]:
    """An empty, non-durable server for this process and its children; they connect with its `dsn`."""
    with dossier_jetable() as dossier, PostgresEmbarque(dossier / "etat", durable=False) as serveur:
        yield serveur
