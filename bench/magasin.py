"""A till's push of 2,000 orders of 10 lines, beside the same rows through bare asyncpg on the same server.

The floors write exactly the rows that a push left (documents, lines, movements, events, deposits, references and what
holds them) and the balances: in as many transactions as the push takes, by COPY, the fastest that asyncpg has, and by
`executemany` as the other floors; and by that in one transaction per order.
"""

import asyncio
import json
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import uvloop

from aurore_api.magasin.service.pousser import PAR_BLOC
from bench.mesure import Rythme
from bench.plancher import AUTOMATIQUES, COMPTES, SCHEMA, somme_des_mouvements
from bench.serveur import LIGNES, Appelant, Cible

COMMANDES, PAR_COMMANDE, CLIENTS, TOURS = 2000, 10, 300, 3
FORMES = {"copy": (PAR_BLOC, True), "executemany": (PAR_BLOC, False), "each alone": (1, False)}
"""The floors: orders per transaction, and whether by COPY."""
TABLES = {
    "documents": "reference_magasin LIKE $1",
    "lignes": "document IN (SELECT id FROM {s}.documents WHERE reference_magasin LIKE $1)",
    "acomptes": "document IN (SELECT id FROM {s}.documents WHERE reference_magasin LIKE $1)",
    "evenements": "identifiant IN (SELECT id::text FROM {s}.documents WHERE reference_magasin LIKE $1)",
    "mouvements": "document IN (SELECT id FROM {s}.documents WHERE reference_magasin LIKE $1)",
    "references_magasin": "reference LIKE $1",
    "references_prises": "reference LIKE $1",
}
"""The rows of one push, in an order in which they can be written."""


def poussee(nom: str) -> bytes:
    """The request of one push; its references begin with `nom`."""
    jour = date.today()  # noqa: DTZ011 (any day will do)
    commandes = [
        {
            "reference": f"{nom}-{rang:05}",
            "version": 1,
            "date": str(jour),
            "date_livraison": str(jour + timedelta(days=1)),
            "heure_livraison": "08:30",
            "client": {"numero": f"M{rang % CLIENTS}", "nom": f"Client {rang % CLIENTS}", "telephone": "081 22 33 44"},
            "paye": "5.00",
            "lignes": [
                {"article": f"A{(rang + un) % LIGNES}", "quantite": str(1 + un), "prix_tvac": "1.25"}
                for un in range(PAR_COMMANDE)
            ],
        }
        for rang in range(COMMANDES)
    ]
    return json.dumps({"date_fin": str(jour), "commandes": commandes}).encode()


def pousser(appelant: Appelant, nom: str) -> None:
    """Push; every order is new."""
    lue = json.loads(appelant.appeler("POST", "/v1/magasins/NAM/commandes", poussee(nom)))
    if lue["resume"] != {"cree": COMMANDES}:
        raise SystemExit(f"push: {lue['resume']}")


class Plancher:
    """The rows of a push, ready to be written again under other identifiers."""

    def __init__(self, boucle: asyncio.Runner, dsn: str, nom: str) -> None:
        self._boucle = boucle
        self._lien = boucle.run(asyncpg.connect(dsn))
        self._rangs = {
            table: boucle.run(
                self._lien.fetch(f"SELECT * FROM {SCHEMA}.{table} WHERE {ou.format(s=SCHEMA)}", f"{nom}-%")
            )
            for table, ou in TABLES.items()
        }
        self._colonnes = {
            table: [un for un in dict(rangs[0]) if un not in AUTOMATIQUES.get(table, ())]
            for table, rangs in self._rangs.items()
        }

    @property
    def nombre(self) -> int:
        """How many rows it is, balances apart."""
        return sum(map(len, self._rangs.values()))

    def preparer(self, par_transaction: int) -> Sequence[dict[str, list[tuple[Any, ...]]]]:
        """The same rows under new identifiers, by transaction."""
        neufs: dict[Any, Any] = {}
        marque = uuid4().hex[:8]

        def neuf(nom: str, valeur: Any) -> Any:
            if isinstance(valeur, UUID):
                return neufs.setdefault(valeur, uuid4())
            if nom == "identifiant":
                return str(neufs.setdefault(UUID(valeur), uuid4()))
            return f"{marque}-{valeur}" if nom in {"reference", "reference_magasin"} else valeur

        documents = [un["id"] for un in self._rangs["documents"]]
        parts = {identifiant: rang // par_transaction for rang, identifiant in enumerate(documents)}
        transactions: list[dict[str, list[tuple[Any, ...]]]] = [
            {table: [] for table in TABLES} for _ in range(max(parts.values()) + 1)
        ]
        for table, rangs in self._rangs.items():
            for rang in rangs:
                sien = rang["id"] if table == "documents" else rang.get("document")
                part = parts[sien or UUID(rang["identifiant"])]
                transactions[part][table].append(tuple(neuf(nom, rang[nom]) for nom in self._colonnes[table]))
        return transactions

    def ecrire(self, transactions: Sequence[dict[str, list[tuple[Any, ...]]]], *, copie: bool) -> None:
        """Write them."""
        self._boucle.run(self._ecrire(transactions, copie=copie))

    async def _ecrire(self, transactions: Sequence[dict[str, list[tuple[Any, ...]]]], *, copie: bool) -> None:
        ajouts = ", ".join(f"{nom} = stocks.{nom} + excluded.{nom}" for nom in COMPTES)
        for une in transactions:
            async with self._lien.transaction():
                for table, rangs in une.items():
                    await self._inserer(table, rangs, copie=copie)
                mouvements = [dict(zip(self._colonnes["mouvements"], un, strict=True)) for un in une["mouvements"]]
                await self._lien.executemany(
                    f"INSERT INTO {SCHEMA}.stocks (article, depot, {', '.join(COMPTES)}, suivi)"
                    f" VALUES ($1, $2, $3, $4, $5, false) ON CONFLICT (article, depot) DO UPDATE SET {ajouts}",
                    [[*lieu, *sommes.values()] for lieu, sommes in somme_des_mouvements(mouvements)],
                )

    async def _inserer(self, table: str, rangs: list[tuple[Any, ...]], *, copie: bool) -> None:
        colonnes = self._colonnes[table]
        if copie:
            await self._lien.copy_records_to_table(table, schema_name=SCHEMA, columns=colonnes, records=rangs)
            return
        places = ", ".join(f"${rang}" for rang in range(1, len(colonnes) + 1))
        await self._lien.executemany(f"INSERT INTO {SCHEMA}.{table} ({', '.join(colonnes)}) VALUES ({places})", rangs)

    def fermer(self) -> None:
        """Give the connection back."""
        self._boucle.run(self._lien.close())


def mesurer(cible: Cible) -> Iterator[Rythme]:
    """Orders per second of a push, beside both floors."""
    appelant = cible.appelant()
    appelant.poster("/v1/magasins", {"code": "NAM", "nom": "Magasin de Namur"})
    pousser(appelant, "M0")
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as boucle:
        plancher = Plancher(boucle, cible.dsn, "M0")
        durees: dict[str, list[float]] = {nom: [] for nom in ("nous", *FORMES)}
        for tour in range(TOURS):
            durees["nous"].append(_duree(partial(pousser, appelant, f"T{tour}")))
            for nom, (par_transaction, copie) in FORMES.items():
                prets = plancher.preparer(par_transaction)
                durees[nom].append(_duree(partial(plancher.ecrire, prets, copie=copie)))
        quoi = f"push {COMMANDES}x{PAR_COMMANDE} ({plancher.nombre} rows)"
        plancher.fermer()
    rythmes = {nom: COMMANDES / statistics.median(siennes) for nom, siennes in durees.items()}
    for nom in FORMES:
        yield Rythme(f"{quoi}, {nom}", rythmes["nous"], rythmes[nom])


def _duree(travail: Callable[[], None]) -> float:
    debut = time.perf_counter()
    travail()
    return time.perf_counter() - debut
