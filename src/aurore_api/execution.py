"""Starting the API: which database, brought up to date, and the server on it."""

import asyncio
import errno
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from aurore_api.app import creer_app
from aurore_api.genres import GENRES, TACHES
from aurore_api.societes import Installation, installer
from aurore_api.socle.base import Base
from aurore_api.socle.embarque import PostgresEmbarque
from aurore_api.socle.migrations import exiger_a_jour, migrer
from aurore_api.socle.reglages import Reglages
from aurore_api.socle.travaux.ouvrier import CONNEXIONS, Ouvrier, au_travail


@contextmanager
def base_ouverte(reglages: Reglages) -> Iterator[str]:
    """The address of the database to use: the operator's, or an embedded one that lives as long as this block.

    Raises:
        ErreurEmbarque: the embedded database cannot be started; the message says why.
    """
    if reglages.database_url is not None:
        adresse = str(reglages.database_url)
        yield "postgresql+asyncpg://" + adresse.split("://", 1)[1]
        return
    with PostgresEmbarque(reglages.etat) as serveur:
        yield serveur.dsn()


async def mettre_a_jour(reglages: Reglages, base: Base) -> None:
    """Bring an embedded database to this program's version; a given one must be there already.

    Raises:
        SchemaDecale: the given database is at another version; `aurore migrer` is the operator's to run.
    """
    if reglages.database_url is None:
        await migrer(base)
    else:
        await exiger_a_jour(base)


def preparer(reglages: Reglages, adresse: str) -> Installation:
    """Bring the database up to date as `mettre_a_jour` does, and install a fresh one."""

    async def faire() -> Installation:
        base = Base(adresse, connexions=2)
        try:
            if reglages.database_url is None:
                await migrer(base)
            else:
                await exiger_a_jour(base)
            initiale = reglages.cle_initiale
            return await installer(base, initiale.get_secret_value() if initiale else None)
        finally:
            await base.fermer()

    return asyncio.run(faire())


class PortRefuse(Exception):
    """The port of the settings cannot be listened on; the message is for the operator."""


@contextmanager
def port_reserve(reglages: Reglages) -> Iterator[socket.socket]:
    """The port of the settings, taken before anything is begun; callers are refused until it is served.

    Raises:
        PortRefuse: another program has it, or the address is not this machine's.
    """
    with socket.socket(socket.AF_INET6 if ":" in reglages.hote else socket.AF_INET) as prise:
        try:
            prise.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            prise.bind((reglages.hote, reglages.port))
        except OSError as erreur:
            occupe = erreur.errno == errno.EADDRINUSE
            raison = "un autre programme y écoute déjà" if occupe else erreur.strerror
            raise PortRefuse(f"Impossible d'écouter sur {reglages.hote}:{reglages.port} : {raison}.") from None
        yield prise


class Serveur(uvicorn.Server):
    """The HTTP server; streams end when it shall stop, or it would wait for them."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Tell whoever streams, then stop as ever."""
        self.config.app.state.arret.set()  # type: ignore[union-attr]  # it is the application that `serveur_http` gave
        await super().shutdown(sockets)


def ouvrier_sur(adresse: str) -> Ouvrier:
    """A worker for every kind of job, with connections of its own."""
    return Ouvrier(base=Base(adresse, CONNEXIONS), genres=GENRES, taches=TACHES)


def serveur_http(reglages: Reglages, adresse: str) -> Serveur:
    """The HTTP server, not yet running, with a worker beside it unless the settings say otherwise."""
    ouvrier = ouvrier_sur(adresse) if reglages.ouvrier_interne else None
    app = creer_app(Base(adresse, reglages.connexions), reglages.corps_max, ouvrier)
    return Serveur(
        uvicorn.Config(
            app, host=reglages.hote, port=reglages.port, access_log=False, server_header=False, log_level="warning"
        )
    )


async def travailler(reglages: Reglages, adresse: str) -> None:
    """Be a worker until SIGTERM or SIGINT; the items in hand are ended first.

    Raises:
        SchemaDecale: as `mettre_a_jour`.
    """
    arret, boucle = asyncio.Event(), asyncio.get_running_loop()
    for demande_d_arret in (signal.SIGTERM, signal.SIGINT):
        boucle.add_signal_handler(demande_d_arret, arret.set)
    ouvrier = ouvrier_sur(adresse)
    await mettre_a_jour(reglages, ouvrier.base)
    async with au_travail(ouvrier):
        await arret.wait()


@contextmanager
def api_passagere(reglages: Reglages, adresse: str) -> Iterator[str]:
    """An API on a free port of this machine for the length of the block; gives its address."""
    with socket.create_server(("127.0.0.1", 0)) as prise:
        serveur = serveur_http(reglages, adresse)
        fil = threading.Thread(target=serveur.run, kwargs={"sockets": [prise]}, name="api")
        fil.start()
        try:
            yield f"http://127.0.0.1:{prise.getsockname()[1]}"
        finally:
            serveur.should_exit = True
            fil.join()
