"""A worker in a process of its own, which a test can kill; it also does the tests' own kind of job, and looks often."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text

from aurore_api.genres import GENRES
from aurore_api.socle.base import Base
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.travaux.genres import Etape, Genre, Objet, Plan
from aurore_api.socle.travaux.ouvrier import CONNEXIONS, Cadence, Ouvrier, au_travail
from aurore_api.socle.types import Entree

BARRIERE = 77
"""An advisory lock: whoever holds it stops every item in its middle, between its write and its commit."""
ESSAIS = "CREATE TABLE essais (travail text, etape text, ouvrier int)"


class Voulu(Entree):
    """How many items there shall be."""

    combien: int


async def _planifier(_ctx: Contexte, voulu: Voulu) -> Plan:
    return Plan([Etape(str(rang)) for rang in range(voulu.combien)])


async def _executer(ctx: Contexte, _voulu: Voulu, etape: Etape) -> Objet:
    valeurs = {"travail": ctx.requete_id, "etape": etape.nom, "ouvrier": os.getpid()}
    await ctx.session.execute(text("INSERT INTO public.essais VALUES (:travail, :etape, :ouvrier)"), valeurs)
    await ctx.session.execute(text(f"SELECT pg_advisory_xact_lock_shared({BARRIERE})"))
    return {"ouvrier": os.getpid()}


ESSAI = Genre(nom="essai", parametres=Voulu, planifier=_planifier, executer=_executer)


@contextmanager
def ouvrier_en_processus(adresse: str) -> Iterator[subprocess.Popen[bytes]]:
    """A worker on a database for the length of the block."""
    processus = subprocess.Popen(
        [sys.executable, "-m", "tests.ouvrier", adresse],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    try:
        yield processus
    finally:
        processus.kill()
        processus.wait()


async def _travailler(adresse: str) -> None:
    arret = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, arret.set)
    cadence = Cadence(veille=0.5, signe_de_vie=1.5, passage=60)
    ouvrier = Ouvrier(base=Base(adresse, CONNEXIONS), genres={**GENRES, ESSAI.nom: ESSAI}, taches=(), cadence=cadence)
    async with au_travail(ouvrier):
        await arret.wait()


if __name__ == "__main__":
    asyncio.run(_travailler(sys.argv[1]))
