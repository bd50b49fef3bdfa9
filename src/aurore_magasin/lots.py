"""Batches: what is sent together, under one Idempotency-Key, as the same bytes until its outcomes are noted (API-05).

Everything goes in the order in which it came in, whatever its kind, so that the server ends in the same state however
often a push is cut short. A batch has one kind, and one version of each reference at most.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from sqlite3 import Connection, Row
from typing import Any
from uuid import uuid4

from aurore_magasin.boite import Boite, maintenant
from aurore_magasin.fichiers.elements import canonique
from aurore_magasin.genres import GENRES, Genre

TAILLE_MAX = 900_000
"""Bytes of a request: below the 1 MB at which common proxies refuse, unless they are told otherwise."""
FAITS = frozenset({"cree", "mis_a_jour", "inchange", "annule"})
"""Outcomes after which there is nothing left to do (MAG-11)."""
DEPASSE = "depasse"
"""Our own word for `inchange` because the server has a newer version than this outbox ever sent."""
REMPLACE, CLASSE = 1, 2
"""Not shown any more: a newer version was answered; somebody has seen it."""


@dataclass(frozen=True, slots=True)
class Envoi:
    """One item of a batch."""

    id: int
    reference: str
    version: int


@dataclass(frozen=True, slots=True)
class Lot:
    """A batch that waits for its answer; sent again it is the same request."""

    id: int
    genre: Genre
    cle: str
    corps: bytes
    envois: list[Envoi]


@dataclass(frozen=True, slots=True)
class Issue:
    """What the server made of one item."""

    statut: str
    document: str | None = None
    remarques: Sequence[Mapping[str, Any]] = ()
    """Errors and warnings as the contract has them."""

    @property
    def depassee(self) -> bool:
        """Whether a newer version was there (MAG-12)."""
        return self.statut == "inchange" and any(une.get("code") == "version_anterieure" for une in self.remarques)


@dataclass(frozen=True, slots=True)
class Limites:
    """How a new batch is made."""

    jour: str
    """End of its period, D."""
    fenetre: int | None = None
    """A longer window than the shop's (MAG-25)."""
    nombre: int = 2000
    taille: int = TAILLE_MAX


def en_attente(boite: Boite) -> int:
    """How many items have no outcome yet."""
    with boite.lecture() as base:
        return int(base.execute("SELECT count(*) FROM envois WHERE statut IS NULL").fetchone()[0])


def en_cours(boite: Boite) -> Lot | None:
    """The batch that was formed and has no answer noted."""
    with boite.lecture() as base:
        lot = base.execute("SELECT * FROM lots ORDER BY id LIMIT 1").fetchone()
        return _lot(base, lot) if lot else None


def former(boite: Boite, limites: Limites) -> Lot | None:
    """Make the next batch of what waits, or None when nothing does."""
    with boite.ecriture() as base:
        choisis = _choisir(base, limites)
        if not choisis:
            return None
        genre = GENRES[choisis[0]["genre"]]
        corps = _corps(genre, limites, [un["contenu"] for un in choisis])
        insere = base.execute(
            "INSERT INTO lots (genre, cle, corps, forme_le) VALUES (?, ?, ?, ?)",
            (genre.nom, f"caisse-{uuid4()}", corps, maintenant()),
        )
        base.executemany("UPDATE envois SET lot = ? WHERE id = ?", [(insere.lastrowid, un["id"]) for un in choisis])
        return _lot(base, base.execute("SELECT * FROM lots WHERE id = ?", (insere.lastrowid,)).fetchone())


def _choisir(base: Connection, limites: Limites) -> list[Row]:
    """The first that wait, as far as they make one batch."""
    choisis: list[Row] = []
    references: set[str] = set()
    taille = 0
    for un in base.execute("SELECT id, genre, reference, contenu FROM envois WHERE statut IS NULL ORDER BY id"):
        taille += len(un["contenu"].encode()) + 1
        if choisis and (
            un["genre"] != choisis[0]["genre"]
            or un["reference"] in references
            or len(choisis) >= min(limites.nombre, GENRES[un["genre"]].par_lot)
            or taille > limites.taille
        ):
            break
        choisis.append(un)
        references.add(un["reference"])
    return choisis


def _corps(genre: Genre, limites: Limites, contenus: list[str]) -> bytes:
    if genre.par_lot == 1:
        return contenus[0].encode()
    periode: dict[str, str | int] = {}
    if genre.date_fin:
        periode["date_fin"] = limites.jour
        if limites.fenetre is not None:
            periode["fenetre_jours"] = limites.fenetre
    champs = [f"{json.dumps(nom)}:{json.dumps(valeur)}" for nom, valeur in periode.items()]
    champs.append(f"{json.dumps(genre.nom)}:[{','.join(contenus)}]")
    return ("{" + ",".join(champs) + "}").encode()


def _lot(base: Connection, lot: Row) -> Lot:
    envois = base.execute("SELECT id, reference, version FROM envois WHERE lot = ? ORDER BY id", (lot["id"],))
    return Lot(lot["id"], GENRES[lot["genre"]], lot["cle"], lot["corps"], [Envoi(*un) for un in envois])


def noter(boite: Boite, lot: Lot, issues: Iterable[Issue]) -> list[Issue]:
    """Note the outcome of every item, and forget the batch: from here on nothing of it is sent again.

    Gives the outcomes as noted.
    """
    with boite.ecriture() as base:
        notees = [_noter(base, lot.genre, envoi, une) for envoi, une in zip(lot.envois, issues, strict=True)]
        _oublier(base, lot)
    return notees


def dissoudre(boite: Boite, lot: Lot, refuses: Mapping[int, Issue] | None = None) -> None:
    """Give the batch up, of which the server took nothing: its items wait again, but for those `refuses`, by rank."""
    with boite.ecriture() as base:
        for rang, issue in (refuses or {}).items():
            _noter(base, lot.genre, lot.envois[rang], issue)
        _oublier(base, lot)


def _noter(base: Connection, genre: Genre, envoi: Envoi, issue: Issue) -> Issue:
    """An item done needs its content no more, and neither do older versions of it."""
    plus_recent = base.execute(
        "SELECT 1 FROM envois WHERE genre = ? AND reference = ? AND version > ? LIMIT 1",
        (genre.nom, envoi.reference, envoi.version),
    ).fetchone()
    statut = DEPASSE if issue.depassee and not plus_recent else issue.statut
    fait = statut in FAITS
    base.execute(
        "UPDATE envois SET statut = ?, document = ?, remarques = ?, repondu_le = ?, classe = 0,"
        " contenu = CASE WHEN ? THEN NULL ELSE contenu END WHERE id = ?",
        (
            statut, issue.document, json.dumps(list(issue.remarques), ensure_ascii=False) if issue.remarques else None,
            maintenant(), fait, envoi.id,
        ),
    )  # fmt: skip
    base.execute(
        "UPDATE envois SET classe = max(classe, ?), contenu = CASE WHEN ? THEN NULL ELSE contenu END"
        " WHERE genre = ? AND reference = ? AND version < ? AND statut IS NOT NULL AND contenu IS NOT NULL",
        (REMPLACE, fait, genre.nom, envoi.reference, envoi.version),
    )
    return replace(issue, statut=statut)


def _oublier(base: Connection, lot: Lot) -> None:
    base.execute("UPDATE envois SET lot = NULL WHERE lot = ?", (lot.id,))
    base.execute("DELETE FROM lots WHERE id = ?", (lot.id,))


def remettre_en_attente(boite: Boite, references: Sequence[str] = (), *, statut: str | None = None) -> int:
    """Let what was not taken wait to be sent again: these references, or all with that outcome; gives how many."""
    with boite.ecriture() as base:
        fait = base.execute(
            "UPDATE envois SET statut = NULL, classe = 0, repondu_le = NULL, remarques = NULL"
            " WHERE statut IS NOT NULL AND contenu IS NOT NULL AND CASE WHEN :nommees"
            " THEN reference IN (SELECT value FROM json_each(:references))"
            " ELSE classe < :classe AND statut = coalesce(:statut, statut) END",
            {
                "nommees": bool(references),
                "references": json.dumps(list(references)),
                "classe": CLASSE,
                "statut": statut,
            },
        )
        return fait.rowcount


def classer(boite: Boite, references: Sequence[str]) -> int:
    """Show these no more among what is to be looked at; gives how many that were."""
    with boite.ecriture() as base:
        fait = base.execute(
            "UPDATE envois SET classe = ? WHERE statut IS NOT NULL AND contenu IS NOT NULL AND classe < ?"
            " AND reference IN (SELECT value FROM json_each(?))",
            (CLASSE, CLASSE, json.dumps(list(references))),
        )
        return fait.rowcount


def renumeroter(boite: Boite, reference: str, version: int) -> int:
    """Let the last of a reference that was not taken wait under a higher version; gives how many that were."""
    with boite.ecriture() as base:
        derniers = base.execute(
            "SELECT max(version) AS version, id, contenu, statut FROM envois WHERE reference = ? GROUP BY genre",
            (reference,),
        ).fetchall()
        choisis = [un for un in derniers if un["statut"] and un["contenu"] and un["version"] < version]
        for un in choisis:
            contenu = canonique(json.loads(un["contenu"]) | {"version": version})
            base.execute(
                "UPDATE envois SET version = ?, contenu = ?, statut = NULL, classe = 0, remarques = NULL WHERE id = ?",
                (version, contenu, un["id"]),
            )
        return len(choisis)
