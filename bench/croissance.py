"""What an operation costs among many documents, beside what it costs among 1,000: `python -m bench.croissance 1000000`.

Two sociétés on one server, taking turns, so that what else the machine does falls on both alike. Aim: 1.2 at most.
"""

import asyncio
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import asyncpg

from aurore_api.societes import creer_cle, creer_societe
from aurore_api.socle.base import Base
from aurore_api.socle.portees import ADMIN
from bench import generer
from bench.mesure import Rythme, comparer
from bench.serveur import Cible, commande, remplir, serveur

PETITE, GRANDE = 1_000, 100_000
FOIS = 10
VERBES = {
    "creer": "create a commande of 20 lines",
    "lire": "read it",
    "transferer": "transfer 20 lines (dry run)",
    "chaine": "read a chain",
}
STOCK = {
    "an article's stock": "articles/A1/stock",
    "the stock of 50": "stock",
    "50 movements": "mouvements",
    "movements of an article": "mouvements?article=G007",
    "movements of an article of a client": "mouvements?article=G007&client=K0042&limite=1",
    "sums of 50 articles": "stock/resume",
    "sums of a day": "stock/resume?du=2025-11-03&au=2025-11-03&limite=1",
    "sums by client": "stock/resume?par=client",
    "what the stock is worth": "stock/valeur",
}
LISTES = {
    "list 50": "",
    "list 50 of a type, latest first": "type=facture&tri=-date",
    "list 50, blocked ones too": "bloques=true&tri=-cree_le",
    "list 50, dearest first": "bloques=true&tri=-total_tvac",
    "list 50 by date": "bloques=true&tri=date",
    "the last of a day": "bloques=true&du=2025-11-03&au=2025-11-03&tri=-date&limite=1",
    "the last of a client": "client=K0042&bloques=true&tri=-date&limite=1",
    "list 30 with something left": "a_transferer=true&tri=date&limite=30",
    "find a number": "exercice=2025&numero={numero}&bloques=true&limite=1",
    "find words": "recherche=k0042+hotel+bc&bloques=true&limite=1",
    "find a reference's words": "recherche=bc+123&bloques=true&tri=-date&limite=1",
    "find a common word": "recherche=hotel&bloques=true&tri=-date&limite=1",
    "find two letters": "recherche=bc&bloques=true&tri=-date&limite=1",
    "find nothing": "recherche=zz&bloques=true",
    "list 20 with their lines": "type=facture&tri=-date&inclure=lignes&limite=20",
}
"""Words are found a hundred times as often among many: one is shown, or the answers compared would not be alike."""


def entete(grande: int) -> str:
    """The table's head."""
    return f"{'operations per second, median of turns':<44}{f'{grande:,}':>10}{f'{PETITE:,}':>12}{'slower':>9}"


def ligne(rythme: Rythme) -> str:
    """One row: how many times longer it takes among many."""
    facteur = rythme.plancher / rythme.nous
    return f"{rythme.quoi:<44}{rythme.nous:>10.1f}{rythme.plancher:>12.1f}{facteur:>8.2f}x"


def societe(cible: Cible, code: str, nombre: int) -> Cible:
    """A société of its own with so many documents in it."""

    async def creer() -> str:
        base = Base(cible.dsn.replace("postgresql://", "postgresql+asyncpg://"), connexions=1)
        try:
            await creer_societe(base, code, code)
            return await creer_cle(base, code, "bench", [ADMIN])
        finally:
            await base.fermer()

    async def multiplier(faits: list[str]) -> None:
        lien = await asyncpg.connect(cible.dsn, user="postgres")  # who may leave checks out
        await generer.documents(lien, f"societe_{code}", faits, nombre)
        await lien.close()

    sienne = replace(cible, cle=asyncio.run(creer()))
    remplir(sienne.appelant())
    asyncio.run(multiplier(generer.modeles(sienne.appelant())))
    return sienne


def mesurer(petite: Cible, grande: Cible, nombre: int) -> Iterator[Rythme]:
    """Create, read, transfer, list and ask for stock, each in both by turns; the large one has so many documents."""
    beaucoup, peu = _Cote(grande, commande(), nombre), _Cote(petite, commande(), PETITE)
    for quoi, nom in VERBES.items():
        yield comparer(nom, getattr(beaucoup, quoi), getattr(peu, quoi), FOIS)
    for quoi, filtre in LISTES.items():
        yield comparer(quoi, partial(beaucoup.lister, filtre), partial(peu.lister, filtre), FOIS)
    for quoi, chemin in STOCK.items():
        yield comparer(quoi, partial(beaucoup.consulter, chemin), partial(peu.consulter, chemin), FOIS)


class _Cote:
    """One of the two, with a document of 20 lines in it."""

    def __init__(self, cible: Cible, corps: bytes, nombre: int) -> None:
        self._appelant, self._corps, self._nombre = cible.appelant(), corps, nombre
        self._document = json.loads(self._appeler("POST", "/v1/documents", corps))["id"]
        transfert = {"cible": {"type": "bordereau"}, "sources": [{"document": self._document}]}
        self._transfert = json.dumps(transfert).encode()

    def _appeler(self, *appel: Any) -> bytes:
        return self._appelant.appeler(*appel)

    def _fois(self, *appel: Any) -> None:
        for _ in range(FOIS):
            self._appeler(*appel)

    def creer(self) -> None:
        self._fois("POST", "/v1/documents", self._corps)

    def lire(self) -> None:
        self._fois("GET", f"/v1/documents/{self._document}")

    def transferer(self) -> None:
        self._fois("POST", "/v1/transferts?simulation=true", self._transfert)

    def chaine(self) -> None:
        self._fois("GET", f"/v1/documents/{generer.document(300)}/chaine")

    def consulter(self, chemin: str) -> None:
        self._fois("GET", f"/v1/{chemin}")

    def lister(self, filtre: str) -> None:
        self.consulter(f"documents?{filtre.format(numero=generer.numero(self._nombre))}")


def executer(grande: int = GRANDE) -> None:
    """Fill both, measure and print; the database goes with the server."""
    with serveur() as cible:
        petite = societe(cible, "petite", PETITE)
        beaucoup = societe(cible, "grande", grande)
        print(entete(grande), flush=True)
        for rythme in mesurer(petite, beaucoup, grande):
            print(ligne(rythme), flush=True)


if __name__ == "__main__":
    executer(*map(int, sys.argv[1:2]))
