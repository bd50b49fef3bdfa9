"""The lock on a subject of a société: held until the transaction ends, and by nobody else."""

import asyncio
from contextlib import asynccontextmanager
from types import SimpleNamespace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from aurore_api.socle.base import Base
from aurore_api.socle.verrous import seul


@pytest.fixture
def base(postgres):
    """A pool of its own, closed by each test's `sur`."""
    return Base(postgres.dsn(), connexions=2)


def sur(base, essai):
    """Run a test's coroutine and close the pool in the same event loop."""

    async def faire():
        try:
            await essai()
        finally:
            await base.fermer()

    asyncio.run(faire())


@asynccontextmanager
async def transaction(base, schema="societe_une"):
    """The context of one request of a société that waits no longer than a moment for a lock."""
    async with base.engine.begin() as connexion:
        session = await base.session(connexion, schema)
        await session.execute(text("SET LOCAL lock_timeout = '30ms'"))
        yield SimpleNamespace(session=session, cle=SimpleNamespace(schema=schema))


def test_art_05_un_sujet_n_a_qu_une_transaction_a_la_fois(base):
    async def essai():
        async with transaction(base) as premiere:
            await seul(premiere, "remplacements")
            await seul(premiere, "remplacements")  # its own lock does not hold it up
            with pytest.raises(DBAPIError, match="lock timeout"):
                async with transaction(base) as seconde:
                    await seul(seconde, "remplacements")

    sur(base, essai)


def test_art_05_la_fin_de_la_transaction_rend_le_sujet(base):
    async def essai():
        async with transaction(base) as premiere:
            await seul(premiere, "remplacements")
        async with transaction(base) as seconde:
            await seul(seconde, "remplacements")

    sur(base, essai)


@pytest.mark.parametrize(("schema", "sujet"), [("societe_une", "composants"), ("societe_deux", "remplacements")])
def test_sec_03_un_autre_sujet_ou_une_autre_societe_n_attend_pas(base, schema, sujet):
    async def essai():
        async with transaction(base) as premiere, transaction(base, schema) as seconde:
            await seul(premiere, "remplacements")
            await seul(seconde, sujet)

    sur(base, essai)
