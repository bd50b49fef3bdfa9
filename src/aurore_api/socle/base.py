"""The database as the API sees it: one engine, one connection per request, a société's schema chosen by translation."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal
from functools import partial
from typing import Literal, NewType

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine

from aurore_api.socle.colonnes import COMMUN, SOCIETE

JsonEcrit = NewType("JsonEcrit", str)
"""JSON text that was already made, for a column of `JsonFait`."""


class Base:
    """A pool of connections to one PostgreSQL."""

    jonction: Literal["control_fully", "create_savepoint"] = "control_fully"
    """How a request's session takes part in its connection's transaction; tests nest theirs in a savepoint."""

    def __init__(self, url: str, connexions: int = 20) -> None:
        self.engine: AsyncEngine = create_async_engine(
            url,
            pool_size=connexions,
            max_overflow=0,
            pool_timeout=15,
            hide_parameters=True,
            json_serializer=partial(json.dumps, ensure_ascii=False),
            json_deserializer=json.JSONDecoder(parse_float=Decimal).decode,
            connect_args={"server_settings": {"application_name": "aurore", "jit": "off", "timezone": "UTC"}},
        )

    @asynccontextmanager
    async def connexion(self, *, lecture_seule: bool = False) -> AsyncIterator[AsyncConnection]:
        """A connection for one request; whatever was not committed when it ends is rolled back."""
        async with self.engine.connect() as connexion:
            if lecture_seule:
                await connexion.execution_options(postgresql_readonly=True)
            yield connexion

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """A transaction of its own, committed at the end of the block."""
        async with self.engine.begin() as connexion:
            yield connexion

    async def session(self, connexion: AsyncConnection, schema: str) -> AsyncSession:
        """A session on a connection, inside one société."""
        await connexion.execution_options(schema_translate_map={SOCIETE: schema, COMMUN: COMMUN})
        return AsyncSession(
            bind=connexion, expire_on_commit=False, autoflush=False, join_transaction_mode=self.jonction
        )

    async def fermer(self) -> None:
        """Close every connection."""
        await self.engine.dispose()
