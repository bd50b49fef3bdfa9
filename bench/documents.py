"""Documents through the API, beside the same rows through bare asyncpg on the same server."""

import asyncio
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import uvloop

from bench.mesure import TOURS, Rythme, comparer, ensemble
from bench.serveur import Appelant, Cible, commande

PAR_CLIENT = 25
SCHEMA = "societe_principale"
AUTOMATIQUES = {"evenements": {"id", "transaction"}}
"""Columns that PostgreSQL fills."""


class Plancher:
    """The rows of one real commande, written again and again: executemany per table, one durable transaction."""

    def __init__(self, boucle: asyncio.Runner, dsn: str, identifiant: UUID, clients: int) -> None:
        self._boucle = boucle
        self._liens = [boucle.run(asyncpg.connect(dsn)) for _ in range(clients)]
        self.identifiant = identifiant
        lire = self._liens[0].fetch
        self._tables = {
            "documents": boucle.run(lire(f"SELECT * FROM {SCHEMA}.documents WHERE id = $1", identifiant)),
            "lignes": boucle.run(lire(f"SELECT * FROM {SCHEMA}.lignes WHERE document = $1", identifiant)),
            "evenements": boucle.run(
                lire(f"SELECT * FROM {SCHEMA}.evenements WHERE identifiant = $1", str(identifiant))
            ),
        }

    def tour(self, action: Callable[[Any], Any], fois: int) -> None:
        """Let every connection do an action `fois` times, all at once."""

        async def un_client(lien: Any) -> None:
            for _ in range(fois):
                await action(lien)

        async def tous() -> None:
            await asyncio.gather(*map(un_client, self._liens))

        self._boucle.run(tous())

    async def ecrire(self, lien: Any) -> None:
        """Store the commande once more, under new identifiers."""
        document = uuid4()
        async with lien.transaction():
            await self._inserer(lien, document)

    async def transferer(self, lien: Any) -> None:
        """Store it once more, as what follows it; count on its lines what went, and tell that of it too."""
        async with lien.transaction():
            await self._inserer(lien, uuid4())
            ordre = f"UPDATE {SCHEMA}.lignes SET quantite_transferee = quantite WHERE id = $1"
            await lien.executemany(ordre, [[ligne["id"]] for ligne in self._tables["lignes"]])
            await lien.execute(
                f"UPDATE {SCHEMA}.documents SET version = version + 1, etat = 'en_attente' WHERE id = $1",
                self.identifiant,
            )
            await self._inserer(lien, self.identifiant, "evenements")

    async def _inserer(self, lien: Any, document: UUID, *seules: str) -> None:
        for table, lignes in self._tables.items():
            if seules and table not in seules:
                continue
            colonnes = [nom for nom, _ in lignes[0].items() if nom not in AUTOMATIQUES.get(table, ())]
            places = ", ".join(f"${rang}" for rang in range(1, len(colonnes) + 1))
            ordre = f"INSERT INTO {SCHEMA}.{table} ({', '.join(colonnes)}) VALUES ({places})"
            neuves = [self._renouveler(table, ligne, document) for ligne in lignes]
            await lien.executemany(ordre, [[neuve[nom] for nom in colonnes] for neuve in neuves])

    def _renouveler(self, table: str, ligne: Any, document: UUID) -> dict[str, Any]:
        nouveaux: dict[str, dict[str, Any]] = {
            "documents": {"id": document},
            "lignes": {"id": uuid4(), "document": document},
            "evenements": {"identifiant": str(document)},
        }
        return {**ligne, **nouveaux[table]}

    async def lire(self, lien: Any) -> None:
        """Fetch the commande: header and lines."""
        await lien.fetchrow(f"SELECT * FROM {SCHEMA}.documents WHERE id = $1", self.identifiant)
        await lien.fetch(f"SELECT * FROM {SCHEMA}.lignes WHERE document = $1 ORDER BY ordre", self.identifiant)

    async def lister(self, lien: Any) -> None:
        """Fetch the headers of a page."""
        await lien.fetch(
            f"SELECT * FROM {SCHEMA}.documents WHERE type = 'commande' ORDER BY date DESC, id DESC LIMIT 51"
        )


class Transferts:
    """Requests that each transfer a commande of its own."""

    def __init__(self, appelant: Appelant, corps: bytes, nombre: int) -> None:
        faites = (appelant.appeler("POST", "/v1/documents", corps) for _ in range(nombre))
        self._sources = [json.loads(une)["id"] for une in faites]

    def suivant(self) -> bytes:
        """The next request."""
        return json.dumps({"cible": {"type": "bordereau"}, "sources": [{"document": self._sources.pop()}]}).encode()


def mesurer(cible: Cible) -> Iterator[Rythme]:
    """Create, read and list, each with one client and with eight; transfer, which would have eight floors wait."""
    corps = commande()
    identifiant = UUID(json.loads(cible.appelant().appeler("POST", "/v1/documents", corps))["id"])
    transferts = Transferts(cible.appelant(), corps, PAR_CLIENT * (TOURS + 1))
    cas = (
        ("create a commande of 20 lines", "ecrire", ("POST", "/v1/documents", corps)),
        ("read it", "lire", ("GET", f"/v1/documents/{identifiant}")),
        ("list 50", "lister", ("GET", "/v1/documents?type=commande&limite=50")),
        ("transfer 20 lines", "transferer", ("POST", "/v1/transferts", transferts)),
    )
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as boucle:
        for quoi, action, appel in cas:
            for clients in (1,) if action == "transferer" else (1, 8):
                plancher = Plancher(boucle, cible.dsn, identifiant, clients)
                with ThreadPoolExecutor(clients) as fils:
                    appelants = [cible.appelant() for _ in range(clients)]
                    yield comparer(
                        f"{quoi}, {clients} client{'s' if clients > 1 else ''}",
                        partial(ensemble, fils, [partial(_appeler, un, appel) for un in appelants]),
                        partial(plancher.tour, getattr(plancher, action), PAR_CLIENT),
                        PAR_CLIENT * clients,
                    )


def _appeler(appelant: Appelant, appel: tuple[Any, ...]) -> None:
    methode, chemin, *corps = appel
    for _ in range(PAR_CLIENT):
        appelant.appeler(methode, chemin, *map(_corps, corps))


def _corps(corps: bytes | Transferts) -> bytes:
    return corps if isinstance(corps, bytes) else corps.suivant()
