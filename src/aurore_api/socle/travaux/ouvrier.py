"""A worker: takes jobs from the queue as they come and does what comes back, until it is told to stop.

pgqueuer wakes it (LISTEN/NOTIFY, and a slow look in case a message was lost), gives each job to one worker, and takes
it back from one that shows no more sign of life.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta

from pgqueuer.db import AsyncpgDriver
from pgqueuer.domain.errors import RetryRequested
from pgqueuer.models import Job
from pgqueuer.qm import QueueManager

from aurore_api.socle.base import Base
from aurore_api.socle.travaux import execution, periodiques
from aurore_api.socle.travaux.file import ENTREE, NOMS, Lieu, requetes_de_file
from aurore_api.socle.travaux.genres import Genres, Periodique

journal = logging.getLogger("aurore.travaux")
CONNEXIONS = 5
"""What a worker uses: the queue's, one for each of two jobs, one for what comes back, one to spare."""
_UN_PEU_PLUS_TARD = timedelta(seconds=5)
_PATIENCE_MAX = 30.0


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often a worker looks, in seconds."""

    veille: float = 10
    """For jobs whose message was lost, and those of workers that died."""
    signe_de_vie: float = 15
    """After how much silence of a worker its jobs go to another."""
    passage: float = 60
    """For tasks that are due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ouvrier:
    """What a worker can do, on which database."""

    base: Base
    genres: Genres
    taches: Sequence[Periodique]
    cadence: Cadence = Cadence()

    async def travailler(self, arret: asyncio.Event) -> None:
        """Work until `arret` is set, then end the items in hand and leave the rest to others.

        A database that goes away is waited for.
        """
        patience = 1.0
        while not arret.is_set():
            passages = asyncio.create_task(self._passer(arret))
            try:
                await self._servir(arret)
                patience = 1.0
            except Exception as erreur:  # noqa: BLE001 (whatever it is, the worker's place is at the queue)
                journal.warning("l'ouvrier a perdu la file et y revient dans %s s : %r", patience, erreur)
                await _dormir(arret, patience)
                patience = min(patience * 2, _PATIENCE_MAX)
            finally:
                if not arret.is_set():
                    passages.cancel()
                with suppress(asyncio.CancelledError):
                    await passages

    async def _servir(self, arret: asyncio.Event) -> None:
        """Take jobs and do them, two at a time."""
        async with self.base.engine.connect() as connexion:
            brute = (await connexion.get_raw_connection()).driver_connection
            assert brute is not None  # noqa: S101 (just connected)
            gestionnaire = QueueManager(requetes_de_file(AsyncpgDriver(brute)), NOMS.channel)
            gestionnaire.shutdown = arret
            gestionnaire.min_dequeue_poll_interval = timedelta(seconds=1)

            @gestionnaire.entrypoint(ENTREE)
            async def faire(job: Job) -> None:
                await self._faire(Lieu.lu(job.payload or b""), arret)

            try:
                await gestionnaire.run(
                    dequeue_timeout=timedelta(seconds=self.cadence.veille),
                    batch_size=1,
                    max_concurrent_tasks=2,
                    shutdown_on_listener_failure=True,
                    heartbeat_timeout=timedelta(seconds=self.cadence.signe_de_vie),
                    log_aggregation_interval=timedelta(0),
                )
            finally:
                await connexion.invalidate()  # it listens; the pool shall not give it to anyone else

    async def _faire(self, lieu: Lieu, arret: asyncio.Event) -> None:
        """Do a job, or leave it in the queue for another time or another worker."""
        try:
            if await execution.derouler(self.base, self.genres, lieu, arret):
                return
            plus_tard = timedelta(0)
        except execution.TravailPris:
            plus_tard = _UN_PEU_PLUS_TARD
        except execution.GenreInconnu as inconnu:
            journal.warning("travail %s : genre inconnu de ce programme : %s", lieu.travail, inconnu)
            plus_tard = timedelta(minutes=1)
        except Exception as erreur:  # noqa: BLE001 (the job stays; what it is about is in the log)
            journal.warning("travail %s interrompu, repris plus tard : %r", lieu.travail, erreur)
            plus_tard = _UN_PEU_PLUS_TARD
        raise RetryRequested(plus_tard)

    async def _passer(self, arret: asyncio.Event) -> None:
        """Do what is due, again and again."""
        while not arret.is_set():
            try:
                await periodiques.passer(self.base, self.taches)
            except Exception as erreur:  # noqa: BLE001 (the next pass does it)
                journal.warning("tâches périodiques interrompues : %r", erreur)
            await _dormir(arret, self.cadence.passage)


@asynccontextmanager
async def au_travail(ouvrier: Ouvrier) -> AsyncIterator[None]:
    """A worker beside the block, which ends it and closes its connections."""
    arret = asyncio.Event()
    tache = asyncio.create_task(ouvrier.travailler(arret))
    try:
        yield
    finally:
        arret.set()
        await tache
        await ouvrier.base.fermer()


async def _dormir(arret: asyncio.Event, secondes: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(arret.wait(), secondes)
