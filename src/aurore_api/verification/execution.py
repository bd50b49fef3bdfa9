"""Running the checks: one société after another, all in one snapshot; many documents in several processes.

The domain needs 0.1 to 0.3 ms of a core for the totals of a document, and there is no faster way that is as sure: the
same formulas written in SQL would be a second set of rules to keep right. So the cores are all used instead.
"""

import asyncio
import multiprocessing
import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import pairwise
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from aurore_api.socle.base import Base
from aurore_api.socle.cles import Societe
from aurore_api.verification.controles import D_ENSEMBLE, PAR_DOCUMENT
from aurore_api.verification.dossiers import DERNIER, PREMIER, dossiers
from aurore_api.verification.ecarts import Controle, Releve
from aurore_api.verification.lecture import Lecture, exporter, instantane, lecture
from aurore_api.verification.memoire import Memoire

LIMITE = 100
"""Differences of each check that are kept, unless told otherwise."""
PAR_TRANCHE = 10_000
"""Documents that a process looks at before it takes others; fewer than two such are not worth a process."""
_BORNES = """
    SELECT id FROM (SELECT id, row_number() OVER (ORDER BY id) AS rang FROM documents) AS ranges
    WHERE rang % $1 = 0 ORDER BY id
"""


class SocieteInconnue(LookupError):
    """No such société; the message is for the operator."""


@dataclass(slots=True)
class Constat:
    """What one check found in one société, and its seconds; all checks of documents share those of one reading."""

    controle: Controle
    releve: Releve
    secondes: float


@dataclass(slots=True)
class Bilan:
    """What was found in one société."""

    societe: str
    documents: int
    constats: list[Constat] = field(default_factory=list)

    @property
    def ecarts(self) -> int:
        """Differences that are faults."""
        return sum(un.releve.nombre for un in self.constats if not un.controle.information)


@dataclass(frozen=True, slots=True)
class Moment:
    """Where other processes find the moment that a connection sees, while its transaction lasts."""

    url: str
    nom: str


@dataclass(frozen=True, slots=True)
class Lot:
    """Documents between two identifiers, for a process of its own."""

    moment: Moment
    schema: str
    apres: UUID
    dernier: UUID
    limite: int


async def verifier(base: Base, societes: Sequence[str] = (), limite: int = LIMITE) -> list[Bilan]:
    """Look at sociétés, all by default, as they are at one moment; nothing is written.

    Raises:
        SocieteInconnue: one of those asked for does not exist.
    """
    async with instantane(base) as connexion:
        schemas = await _schemas(connexion, societes)
        moment = Moment(base.engine.url.render_as_string(hide_password=False), await exporter(connexion))
        return [await verifier_societe(connexion, code, schema, limite, moment) for code, schema in schemas.items()]


async def _schemas(connexion: AsyncConnection, societes: Sequence[str]) -> dict[str, str]:
    lues = await connexion.execute(select(col(Societe.code), col(Societe.schema_nom)).order_by(col(Societe.code)))
    toutes = {code: schema for code, schema in lues.all()}  # noqa: C416 (rows)
    for une in societes:
        if une not in toutes:
            raise SocieteInconnue(f"La société {une} n'existe pas.")
    return {code: schema for code, schema in toutes.items() if not societes or code in societes}


async def verifier_societe(
    connexion: AsyncConnection, code: str, schema: str, limite: int = LIMITE, moment: Moment | None = None
) -> Bilan:
    """Look at one société in the connection's own transaction; with its `moment`, in several processes if need be."""
    async with lecture(connexion, schema) as lue:
        ((documents,),) = await lue.lire("SELECT count(*) FROM documents")
        bilan = Bilan(code, documents)
        debut = time.perf_counter()
        if moment is not None and documents >= 2 * PAR_TRANCHE:
            releves = await _par_documents_ensemble(lue, moment, limite)
        else:
            releves = await _par_documents(lue, PREMIER, DERNIER, limite)
        duree = time.perf_counter() - debut
        bilan.constats += [Constat(un, releves[un.nom], duree) for un in PAR_DOCUMENT]
        for controle in D_ENSEMBLE:
            debut = time.perf_counter()
            releve = Releve()
            releve.noter(await controle.chercher(lue), limite)
            bilan.constats.append(Constat(controle, releve, time.perf_counter() - debut))
    return bilan


async def _par_documents(lue: Lecture, apres: UUID, dernier: UUID, limite: int) -> dict[str, Releve]:
    """All checks of single documents, on one reading of them."""
    memoire = await Memoire.lire(lue)
    releves = {un.nom: Releve() for un in PAR_DOCUMENT}
    async for dossier in dossiers(lue, apres, dernier):
        for controle in PAR_DOCUMENT:
            releves[controle.nom].noter(controle.examiner(dossier, memoire), limite)
    return releves


async def _par_documents_ensemble(lue: Lecture, moment: Moment, limite: int) -> dict[str, Releve]:
    """The same, in as many processes as there are cores."""
    bornes = [PREMIER, *(un["id"] for un in await lue.lire(_BORNES, PAR_TRANCHE)), DERNIER]
    lots = [Lot(moment, lue.schema, apres, dernier, limite) for apres, dernier in _paires(bornes)]
    releves = {un.nom: Releve() for un in PAR_DOCUMENT}
    boucle = asyncio.get_running_loop()
    # Spawned, not forked: a forked child would share this process's connection to the database.
    with ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context("spawn")) as processus:
        for siens in await asyncio.gather(*(boucle.run_in_executor(processus, examiner_lot, un) for un in lots)):
            for nom, releve in siens.items():
                releves[nom].nombre += releve.nombre
                releves[nom].ecarts += releve.ecarts[: limite - len(releves[nom].ecarts)]
    return releves


def _paires(bornes: Sequence[UUID]) -> Iterator[tuple[UUID, UUID]]:
    return pairwise(bornes)


def examiner_lot(lot: Lot) -> dict[str, Releve]:
    """What a process does."""

    async def faire() -> dict[str, Releve]:
        base = Base(lot.moment.url, connexions=1)
        try:
            async with instantane(base, lot.moment.nom) as connexion, lecture(connexion, lot.schema) as lue:
                return await _par_documents(lue, lot.apres, lot.dernier, lot.limite)
        finally:
            await base.fermer()

    return asyncio.run(faire())
