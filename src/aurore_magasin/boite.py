"""The outbox: one SQLite file, in which everything is from the moment it is taken until its outcome is known.

Why SQLite: a file is taken, a batch formed and its outcomes noted in one transaction each, so a kill or a power cut
leaves what was before or what is after. A rollback journal with `synchronous=EXTRA` rather than a write-ahead log: what
is committed is in the one file and on the disk, its directory too; at a till's pace the log's speed is of no use.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from aurore_magasin.erreurs import ErreurCaisse

FORMAT = 1
IDENTITE = 0x41755265
"""`application_id`: says that a SQLite file is such an outbox."""
PATIENCE = 30.0
"""Seconds that one command waits for another that writes."""
ORIGINE = datetime(2024, 1, 1, tzinfo=UTC)
_TABLES = """
CREATE TABLE boite (magasin TEXT NOT NULL, premiere_version INTEGER NOT NULL, creee_le TEXT NOT NULL) STRICT;
CREATE TABLE fichiers (
    id INTEGER PRIMARY KEY, genre TEXT NOT NULL, empreinte TEXT NOT NULL, nom TEXT NOT NULL, pris_le TEXT NOT NULL
) STRICT;
CREATE INDEX fichiers_empreinte ON fichiers (genre, empreinte);
CREATE TABLE lots (
    id INTEGER PRIMARY KEY, genre TEXT NOT NULL, cle TEXT NOT NULL UNIQUE, corps BLOB NOT NULL, forme_le TEXT NOT NULL
) STRICT;
CREATE TABLE envois (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    genre TEXT NOT NULL, reference TEXT NOT NULL, version INTEGER NOT NULL, empreinte TEXT NOT NULL,
    contenu TEXT,
    fichier INTEGER NOT NULL REFERENCES fichiers (id), lot INTEGER REFERENCES lots (id),
    statut TEXT, document TEXT, remarques TEXT, repondu_le TEXT, classe INTEGER NOT NULL DEFAULT 0,
    UNIQUE (genre, reference, version)
) STRICT;
CREATE INDEX envois_en_attente ON envois (id) WHERE statut IS NULL;
CREATE INDEX envois_lot ON envois (lot) WHERE lot IS NOT NULL;
CREATE INDEX envois_a_voir ON envois (id) WHERE statut IS NOT NULL AND contenu IS NOT NULL AND NOT classe;
"""
"""`envois`: without `statut` it waits, in a `lot` once it was given to one; with `contenu` it is not done yet."""


class BoiteIllisible(ErreurCaisse):
    """The outbox is not there as it should be: another file, another shop's, another program's version, a full disk."""


@dataclass(frozen=True, slots=True)
class Boite:
    """An open outbox."""

    chemin: Path
    base: sqlite3.Connection
    premiere_version: int

    @contextmanager
    def ecriture(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of the block, durably on the disk when it ends, or nothing of it."""
        with _erreurs_claires(self.chemin):
            self.base.execute("BEGIN IMMEDIATE")
            try:
                yield self.base
                self.base.execute("COMMIT")
            except BaseException:
                if self.base.in_transaction:
                    self.base.execute("ROLLBACK")
                raise

    @contextmanager
    def lecture(self) -> Iterator[sqlite3.Connection]:
        """What the block reads is of one moment."""
        with _erreurs_claires(self.chemin):
            self.base.execute("BEGIN")
            try:
                yield self.base
            finally:
                self.base.execute("ROLLBACK")


def maintenant() -> str:
    """The instant, for people to read: nothing is decided by it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


@contextmanager
def ouvrir(chemin: Path, magasin: str) -> Iterator[Boite]:
    """The outbox of a shop, made if there is none.

    Raises:
        BoiteIllisible: it cannot be opened, or is not this shop's.
    """
    with _erreurs_claires(chemin):
        base = _connexion(chemin)
    try:
        with _erreurs_claires(chemin):
            premiere = _preparer(base, chemin, magasin)
        yield Boite(chemin, base, premiere)
    finally:
        base.close()


@contextmanager
def seul_a_pousser(chemin: Path) -> Iterator[bool]:
    """Whether nobody else pushes from this outbox; nobody does for the length of the block.

    A lock of SQLite on a file of its own: the same on every system, gone with the process however that ends.
    """
    with _erreurs_claires(chemin):
        verrou = sqlite3.connect(f"{chemin}.verrou", timeout=0, isolation_level=None)
    try:
        with _erreurs_claires(chemin):
            try:
                verrou.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError as erreur:
                if erreur.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                    raise
                libre = False
            else:
                libre = True
        yield libre
    finally:
        verrou.close()


def _connexion(chemin: Path) -> sqlite3.Connection:
    chemin.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with suppress(FileExistsError):  # one that exists is not opened here: closing it would drop SQLite's locks
        os.close(os.open(chemin, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))  # it holds people's names
    base = sqlite3.connect(chemin, timeout=PATIENCE, isolation_level=None)
    base.row_factory = sqlite3.Row
    for reglage in ("foreign_keys = ON", "journal_mode = DELETE", "synchronous = EXTRA", "fullfsync = ON"):
        base.execute(f"PRAGMA {reglage}").fetchall()
    return base


def _preparer(base: sqlite3.Connection, chemin: Path, magasin: str) -> int:
    """Make the tables of a new outbox, or see that it is this shop's; gives its first version.

    Versions begin at the seconds since 2024: an outbox that replaces a lost one begins above what that one sent.
    """
    base.execute("BEGIN IMMEDIATE")
    try:
        identite, format_ = (base.execute(f"PRAGMA {nom}").fetchone()[0] for nom in ("application_id", "user_version"))
        if not base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            for instruction in _TABLES.split(";\n"):
                base.execute(instruction)
            premiere = max(1, int((datetime.now(UTC) - ORIGINE).total_seconds()))
            base.execute("INSERT INTO boite VALUES (?, ?, ?)", (magasin, premiere, maintenant()))
            base.execute(f"PRAGMA application_id = {IDENTITE}")
            base.execute(f"PRAGMA user_version = {FORMAT}")
        elif identite != IDENTITE:
            raise BoiteIllisible(f"{chemin} n'est pas une boîte d'envoi.")
        elif format_ != FORMAT:
            raise BoiteIllisible(f"La boîte d'envoi {chemin} vient d'une autre version d'aurore-magasin.")
        sien, premiere = base.execute("SELECT magasin, premiere_version FROM boite").fetchone()
        if sien != magasin:
            raise BoiteIllisible(f"La boîte d'envoi {chemin} est celle du magasin {sien}, pas de {magasin}.")
        base.execute("COMMIT")
    finally:
        if base.in_transaction:
            base.execute("ROLLBACK")
    return int(premiere)


@contextmanager
def _erreurs_claires(chemin: Path) -> Iterator[None]:
    """What the disk or SQLite refuse, as a text for the shop."""
    try:
        yield
    except sqlite3.Error as erreur:
        code = getattr(erreur, "sqlite_errorcode", 0) & 0xFF
        raison = _RAISONS.get(code, f"elle ne peut être utilisée ({erreur})")
        raise BoiteIllisible(f"Boîte d'envoi {chemin} : {raison}.") from erreur
    except OSError as erreur:
        raise BoiteIllisible(f"Boîte d'envoi {chemin} : {erreur.strerror}.") from erreur


_RAISONS = {
    sqlite3.SQLITE_FULL: "le disque est plein ; rien n'est perdu, faites de la place et recommencez",
    sqlite3.SQLITE_BUSY: "une autre commande aurore-magasin s'en sert depuis longtemps ; recommencez plus tard",
    sqlite3.SQLITE_READONLY: "elle ne peut être écrite ; voyez les droits du fichier et de son dossier",
    sqlite3.SQLITE_CANTOPEN: "elle ne peut être ouverte ; voyez les droits du fichier et de son dossier",
    sqlite3.SQLITE_IOERR: "le disque refuse de lire ou d'écrire ; recommencez, puis voyez l'état du disque",
    sqlite3.SQLITE_NOTADB: "ce fichier n'est pas une boîte d'envoi",
    sqlite3.SQLITE_CORRUPT: "le fichier est abîmé ; gardez-le de côté et appelez votre support",
}
