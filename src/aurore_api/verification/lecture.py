"""One société as it was at one moment: everything is read in one REPEATABLE READ snapshot, and nothing is written."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from aurore_api.socle.base import Base

_EXTENSIONS = """
    SELECT quote_ident(nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
    WHERE extname = 'unaccent'
"""


class LectureImpossible(RuntimeError):
    """The database gave no answer; the message is for the operator."""


class Lecture:
    """Reads one société's tables, by their bare names, through the driver itself: there is much to read."""

    def __init__(self, connexion: Any, schema: str) -> None:
        self._connexion = connexion
        self.schema = schema

    async def lire(self, sql: str, *valeurs: object) -> list[Any]:
        """All rows of a statement; its values are `$1` and on."""
        try:
            lus: list[Any] = await self._connexion.fetch(sql, *valeurs)
        except (asyncpg.PostgresError, asyncpg.InterfaceError) as erreur:
            raise LectureImpossible(f"La base de données refuse : {erreur}") from erreur
        return lus


@asynccontextmanager
async def instantane(base: Base, importe: str | None = None) -> AsyncIterator[AsyncConnection]:
    """A connection that sees one moment and cannot write; `importe` is another's moment (`exporter`)."""
    async with base.engine.connect() as connexion:
        await connexion.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        if importe is not None:
            await connexion.exec_driver_sql(f"SET TRANSACTION SNAPSHOT '{importe}'")
        yield connexion


async def exporter(connexion: AsyncConnection) -> str:
    """The name of a connection's moment, for as long as its transaction lasts."""
    nom: str = await connexion.scalar(text("SELECT pg_export_snapshot()"))
    return nom


@asynccontextmanager
async def lecture(connexion: AsyncConnection, schema: str) -> AsyncIterator[Lecture]:
    """Read a société inside the connection's transaction; its search path is as before afterwards."""
    async with connexion.begin_nested() as etape:
        extensions = await connexion.scalar(text(_EXTENSIONS)) or "public"
        await connexion.exec_driver_sql(f'SET LOCAL search_path TO "{schema}", {extensions}')
        brute = await connexion.get_raw_connection()
        yield Lecture(brute.driver_connection, schema)
        await etape.rollback()
