"""One PostgreSQL per worker; a database that every test leaves as it was, and real ones for tests that commit."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import asynccontextmanager
from itertools import count
from typing import Any

import asyncpg
import pytest
from fastapi import FastAPI
from hypothesis import settings
from sqlalchemy.ext.asyncio import AsyncConnection

from aurore_api.app import creer_app
from aurore_api.societes import installer
from aurore_api.socle.base import Base
from aurore_api.socle.embarque import PostgresEmbarque
from aurore_api.socle.migrations import migrer
from tests.client import ClientDeTest
from tests.serveur import serveur_de_test

settings.register_profile("aurore", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("aurore")

CLE = "aurore_00000000_cle-administrateur-des-tests"


class BaseNichee(Base):
    """A database whose requests all run inside one outer transaction, which the test rolls back."""

    jonction = "create_savepoint"
    exterieure: AsyncConnection | None = None

    @asynccontextmanager
    async def connexion(self, *, lecture_seule: bool = False):
        """Every request shares the test's connection; outside of a test, a real one."""
        if self.exterieure is None:
            async with super().connexion(lecture_seule=lecture_seule) as connexion:
                yield connexion
        else:
            yield self.exterieure

    @asynccontextmanager
    async def transaction(self):
        """Inside the test's transaction too, or it would outlive the test."""
        if self.exterieure is None:
            async with super().transaction() as connexion:
                yield connexion
        else:
            async with self.exterieure.begin_nested():
                yield self.exterieure

    async def ouvrir(self) -> None:
        """Begin the outer transaction."""
        self.exterieure = await self.engine.connect()
        await self.exterieure.begin()

    async def annuler(self) -> None:
        """Undo all that the test did."""
        assert self.exterieure is not None
        await self.exterieure.rollback()
        await self.exterieure.close()
        self.exterieure = None


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresEmbarque]:
    """The server of this worker."""
    with serveur_de_test() as serveur:
        yield serveur


@pytest.fixture(scope="session")
def app(postgres: PostgresEmbarque) -> FastAPI:
    """The application on the tests' database."""
    return creer_app(BaseNichee(postgres.dsn(), connexions=5))


@pytest.fixture(scope="session")
def client(app: FastAPI) -> Iterator[ClientDeTest]:
    """The application, started once; its database has one société with its defaults."""
    base: BaseNichee = app.state.base

    async def preparer() -> None:
        await migrer(base)
        await installer(base, CLE)

    with ClientDeTest(app, {"authorization": f"Bearer {CLE}"}) as client:
        client.attendre(preparer)
        yield client


@pytest.fixture(scope="session")
def base_neuve(postgres: PostgresEmbarque) -> Callable[..., str]:
    """Makes a database of its own, empty or a copy of another; gives its name."""
    rangs = count(1)

    async def creer(nom: str, modele: str) -> None:
        connexion = await asyncpg.connect(postgres.dsn_libpq())
        await connexion.execute(f'CREATE DATABASE "{nom}" TEMPLATE "{modele}"')
        await connexion.close()

    def faire(modele: str = "template0") -> str:
        nom = f"essai{next(rangs)}"
        asyncio.run(creer(nom, modele))
        return nom

    return faire


@pytest.fixture(scope="session")
def base_installee(postgres: PostgresEmbarque, base_neuve: Callable[..., str]) -> str:
    """A database with one société and the administrator's key, to be copied and never used."""
    nom = base_neuve()

    async def preparer() -> None:
        base = Base(postgres.dsn(nom), connexions=2)
        await migrer(base)
        await installer(base, CLE)
        await base.fermer()

    asyncio.run(preparer())
    return nom


@pytest.fixture
def adresse_reelle(postgres: PostgresEmbarque, base_neuve: Callable[..., str], base_installee: str) -> str:
    """The URL of a database of the test's own, with one société and the administrator's key."""
    return postgres.dsn(base_neuve(base_installee))


@pytest.fixture
def reelle(adresse_reelle: str) -> Iterator[ClientDeTest]:
    """The API on a database of the test's own, where requests commit."""
    with ClientDeTest(creer_app(Base(adresse_reelle, connexions=10)), {"authorization": f"Bearer {CLE}"}) as client:
        yield client


@pytest.fixture
def api(client: ClientDeTest) -> Iterator[ClientDeTest]:
    """The API with an administrator's key; what a test does there is undone after it."""
    base: BaseNichee = client.app.state.base
    client.attendre(base.ouvrir)
    try:
        yield client
    finally:
        client.attendre(base.annuler)


@pytest.fixture
def cle_de(api: ClientDeTest) -> Any:
    """Makes a key with the scopes given, through the API; gives the headers that present it."""

    def faire(*portees: str) -> dict[str, str]:
        reponse = api.post("/v1/cles", json={"libelle": "test", "portees": list(portees)})
        assert reponse.status_code == 201, reponse.text
        return {"authorization": f"Bearer {reponse.json()['secret']}"}

    return faire
