"""What is in the outbox, as values: what waits, what is done, what is to be looked at, what became of one thing."""

import json
from dataclasses import asdict, dataclass
from sqlite3 import Row
from typing import Any

from aurore_magasin.boite import Boite

_COMPTES = """
    SELECT genre, count(*) FILTER (WHERE statut IS NULL) AS attente,
        count(*) FILTER (WHERE statut IS NOT NULL AND contenu IS NULL) AS faits
    FROM envois GROUP BY genre ORDER BY genre
"""
_A_VOIR = "SELECT * FROM envois WHERE statut IS NOT NULL AND contenu IS NOT NULL AND NOT classe ORDER BY id"
_HISTOIRE = "SELECT * FROM envois WHERE reference = ? ORDER BY genre, version"


@dataclass(frozen=True, slots=True)
class Suivie:
    """One version of an order, a sale, a client, or leftovers, and what became of it."""

    genre: str
    reference: str
    version: int
    statut: str
    """The server's outcome, `attente`, or `en_cours` when it was sent and no answer is noted."""
    document: str | None
    remarques: list[dict[str, Any]]
    repondu_le: str | None

    @property
    def raison(self) -> str:
        """What the server said of it, with the field."""
        return " ; ".join(
            f"{une.get('detail') or une.get('code')}" + (f" ({une['pointeur']})" if une.get("pointeur") else "")
            for une in self.remarques
        )


@dataclass(frozen=True, slots=True)
class Etat:
    """The outbox at one moment."""

    magasin: str
    attente: dict[str, int]
    """How many of each kind have no outcome yet."""
    faits: dict[str, int]
    """How many of each kind are done."""
    a_voir: list[Suivie]
    dernier_fichier: str | None
    derniere_reponse: str | None

    def en_json(self) -> str:
        """For scripts."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)


def etat(boite: Boite) -> Etat:
    """The state of the outbox."""
    with boite.lecture() as base:
        comptes = base.execute(_COMPTES).fetchall()
        return Etat(
            base.execute("SELECT magasin FROM boite").fetchone()[0],
            {un["genre"]: un["attente"] for un in comptes},
            {un["genre"]: un["faits"] for un in comptes},
            [_suivie(une) for une in base.execute(_A_VOIR)],
            base.execute("SELECT max(pris_le) FROM fichiers").fetchone()[0],
            base.execute("SELECT max(repondu_le) FROM envois").fetchone()[0],
        )


def histoire(boite: Boite, reference: str) -> list[Suivie]:
    """Every version of a reference, oldest first."""
    with boite.lecture() as base:
        return [_suivie(une) for une in base.execute(_HISTOIRE, (reference,))]


def _suivie(une: Row) -> Suivie:
    return Suivie(
        une["genre"], une["reference"], une["version"],
        une["statut"] or ("attente" if une["lot"] is None else "en_cours"),
        une["document"], json.loads(une["remarques"] or "[]"), une["repondu_le"],
    )  # fmt: skip
