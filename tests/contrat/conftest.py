"""The contract as the application makes it, and a real server on a database of its own."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from tests.conftest import CLE

from aurore_api.app import creer_app
from aurore_api.contrat import contrat as faire_contrat
from aurore_api.socle.base import Base
from aurore_api.socle.embarque import PostgresEmbarque


@pytest.fixture(scope="session")
def contrat() -> dict[str, Any]:
    """The contract, made afresh."""
    return faire_contrat(creer_app(Base("postgresql+asyncpg:///", connexions=2)))


@pytest.fixture(scope="session")
def servie(postgres: PostgresEmbarque, base_neuve: Callable[..., str], base_installee: str) -> FastAPI:
    """An application on a database where requests commit."""
    return creer_app(Base(postgres.dsn(base_neuve(base_installee)), connexions=10))


@pytest.fixture(scope="session")
def serveur(servie: FastAPI) -> Iterator[str]:
    """Its address, served by uvicorn in a thread."""
    reglages = uvicorn.Config(servie, port=0, log_level="critical", access_log=False, server_header=False)
    uvicorn_ = uvicorn.Server(reglages)
    prise = reglages.bind_socket()
    fil = threading.Thread(target=uvicorn_.run, kwargs={"sockets": [prise]}, name="api")
    fil.start()
    try:
        yield f"http://127.0.0.1:{prise.getsockname()[1]}"
    finally:
        uvicorn_.should_exit = True
        fil.join()
        prise.close()


@pytest.fixture(scope="session")
def http(serveur: str) -> Iterator[httpx.Client]:
    """A client with the administrator's key."""
    with httpx.Client(base_url=serveur, headers={"authorization": f"Bearer {CLE}"}, timeout=30) as client:
        yield client
