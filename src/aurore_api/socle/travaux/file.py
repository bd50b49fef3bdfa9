"""The queue: pgqueuer's tables in the shared schema (made by our migration), and how a job gets into them.

A job is put in by the request's own transaction, so it is there exactly when the job's row is.
"""

import json
from dataclasses import dataclass
from typing import Self, cast
from uuid import UUID

from pgqueuer.adapters.persistence.qb import QueryBuilderEnvironment, QueryQueueBuilder, QuerySchedulerBuilder
from pgqueuer.db import Driver
from pgqueuer.domain.settings import DBSettings
from pgqueuer.queries import Queries
from pgqueuer.types import Channel
from sqlalchemy.ext.asyncio import AsyncSession

from aurore_api.socle.colonnes import COMMUN

ENTREE = "travail"
"""The queue's only entry point: what is to be done stands in the job's row."""


@dataclass(frozen=True, slots=True)
class Lieu:
    """Where a job's row is."""

    schema: str
    travail: UUID

    def ecrit(self) -> bytes:
        """As the queue holds it."""
        return json.dumps({"schema": self.schema, "travail": str(self.travail)}).encode()

    @classmethod
    def lu(cls, ecrit: bytes) -> Self:
        """The same, read again."""
        objet = json.loads(ecrit)
        return cls(objet["schema"], UUID(objet["travail"]))


NOMS = DBSettings(
    db_schema=COMMUN,
    prefix="",
    channel=Channel("ch_pgqueuer"),
    function="fn_pgqueuer_changed",
    queue_status_type="pgqueuer_status",
    queue_table="pgqueuer",
    queue_table_log="pgqueuer_log",
    schedules_table="pgqueuer_schedules",
    statistics_table="pgqueuer_statistics",
    trigger="tg_pgqueuer_changed",
)
"""What our migration calls pgqueuer's tables, whatever its own variables in the environment say."""


class _PiloteDeSession:
    """Lets pgqueuer put jobs in through a session, in its transaction; refusals are SQLAlchemy's, as everywhere."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def fetch(self, query: str, *args: object) -> list[dict[str, object]]:
        connexion = await self._session.connection()
        resultat = await connexion.exec_driver_sql(query, args)
        return [dict(un) for un in resultat.mappings()]


def requetes_de_file(pilote: Driver) -> Queries:
    """Pgqueuer's statements over its tables in the shared schema."""
    return Queries(
        pilote,
        qbe=QueryBuilderEnvironment(NOMS),
        qbq=QueryQueueBuilder(NOMS),
        qbs=QuerySchedulerBuilder(NOMS),
    )


async def enfiler(session: AsyncSession, *lieux: Lieu) -> None:
    """Put jobs into the queue when the session's transaction commits; those that are in it already stay as they are."""
    if not lieux:
        return
    pilote = cast("Driver", _PiloteDeSession(session))  # of a driver, putting in takes no more than `fetch`
    await requetes_de_file(pilote).enqueue(
        [ENTREE] * len(lieux),
        [un.ecrit() for un in lieux],
        [0] * len(lieux),
        dedupe_key=[str(un.travail) for un in lieux],
        on_conflict="skip",
    )
