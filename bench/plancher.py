"""The floors of `bench.documents`: exactly the rows that the API wrote, written again through bare asyncpg."""

import asyncio
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import asyncpg

SCHEMA = "societe_principale"
COMPTES = ("physique", "commande_client", "commande_fournisseur")
AUTOMATIQUES = {"evenements": {"id", "transaction"}, "mouvements": {"id"}}
"""Columns that PostgreSQL fills."""


class Plancher:
    """Several connections that all do the same, each statement prepared once, each change one durable transaction."""

    def __init__(self, boucle: asyncio.Runner, dsn: str, clients: int) -> None:
        self._boucle = boucle
        self._liens = [boucle.run(asyncpg.connect(dsn)) for _ in range(clients)]

    def lire(self, requete: str, *valeurs: Any) -> Sequence[Any]:
        """Rows, to begin with."""
        lues: Sequence[Any] = self._boucle.run(self._liens[0].fetch(requete.format(s=SCHEMA), *valeurs))
        return lues

    def tour(self, action: Callable[[Any], Any], fois: int) -> None:
        """Let every connection do an action `fois` times, all at once."""

        async def un_client(lien: Any) -> None:
            for _ in range(fois):
                await action(lien)

        async def tous() -> None:
            await asyncio.gather(*map(un_client, self._liens))

        self._boucle.run(tous())

    def fermer(self) -> None:
        """Give the connections back."""
        for lien in self._liens:
            self._boucle.run(lien.close())


Ecrite = tuple[UUID, dict[UUID, UUID]]
"""A document that a floor wrote, and its lines by those of the model."""


class Ecritures:
    """What a request wrote: a new document with its lines, movements and event, the balances, and what it took from."""

    def __init__(self, plancher: Plancher, document: UUID, source: UUID | None = None) -> None:
        lire = plancher.lire
        self._source = source
        self._sources: list[Ecrite] = []
        self._modeles: dict[UUID, UUID] = {}
        self._neuves = {
            "documents": lire("SELECT * FROM {s}.documents WHERE id = $1", document),
            "lignes": lire("SELECT * FROM {s}.lignes WHERE document = $1 ORDER BY ordre", document),
            "mouvements": lire(
                "SELECT * FROM {s}.mouvements WHERE document = $1 OR (document = $2 AND quantite < 0) ORDER BY id",
                document,
                source,
            ),
            "evenements": lire(
                "SELECT * FROM {s}.evenements WHERE identifiant = $1 OR (identifiant = $2 AND action = 'transfert')",
                str(document),
                str(source),
            ),
        }
        self._document = document
        self._prises = lire("SELECT * FROM {s}.lignes WHERE document = $1 ORDER BY ordre", source)
        self._soldes = somme_des_mouvements(self._neuves["mouvements"])

    @property
    def lignes(self) -> Sequence[Any]:
        """The new document's."""
        return self._neuves["lignes"]

    @property
    def nombre(self) -> int:
        """How many rows it is."""
        return sum(map(len, (*self._neuves.values(), self._prises, self._soldes))) + (self._source is not None)

    def prevoir(self, plancher: Plancher, modele: "Ecritures", combien: int) -> None:
        """Write commandes like those of `modele`, each of which `ecrire` then takes from, once."""

        async def une(lien: Any) -> None:
            self._sources.append(await modele.ecrire(lien))

        lignes = [une["id"] for une in modele.lignes]
        self._modeles = dict(zip((une["id"] for une in self._prises), lignes, strict=True))
        plancher.tour(une, combien)

    async def ecrire(self, lien: Any) -> Ecrite:
        """Store it all once more, under new identifiers: executemany per table."""
        document = uuid4()
        noms = {une["id"]: uuid4() for une in self.lignes}
        lignes = dict(noms)
        documents = {self._document: document}
        async with lien.transaction():
            if self._source is not None:
                documents[self._source], prises = self._sources.pop()
                noms |= {une: prises[modele] for une, modele in self._modeles.items()}
                await self._prendre(lien, documents[self._source], noms)
            for table, rangs in self._neuves.items():
                await self._inserer(lien, table, [_renommer(table, un, documents, noms) for un in rangs])
            await self._compter(lien)
        return document, lignes

    async def _prendre(self, lien: Any, source: UUID, noms: dict[UUID, UUID]) -> None:
        """Count on the source's lines what went."""
        await lien.execute(
            f"UPDATE {SCHEMA}.documents SET version = version + 1, etat = 'transfere' WHERE id = $1", source
        )
        await lien.executemany(
            f"UPDATE {SCHEMA}.lignes SET quantite_transferee = $2, quantite_unite_commande_transferee = $3"
            " WHERE id = $1",
            [
                [noms[une["id"]], une["quantite_transferee"], une["quantite_unite_commande_transferee"]]
                for une in self._prises
            ],
        )

    async def _inserer(self, lien: Any, table: str, rangs: Sequence[dict[str, Any]]) -> None:
        colonnes = [nom for nom in rangs[0] if nom not in AUTOMATIQUES.get(table, ())]
        places = ", ".join(f"${rang}" for rang in range(1, len(colonnes) + 1))
        ordre = f"INSERT INTO {SCHEMA}.{table} ({', '.join(colonnes)}) VALUES ({places})"
        await lien.executemany(ordre, [[un[nom] for nom in colonnes] for un in rangs])

    async def _compter(self, lien: Any) -> None:
        """The balances of the articles that moved, and their company-wide stock where goods moved."""
        ajouts = ", ".join(f"{nom} = stocks.{nom} + excluded.{nom}" for nom in COMPTES)
        biens = [[article, sommes["physique"]] for (article, _), sommes in self._soldes if sommes["physique"]]
        if biens:
            await lien.executemany(
                f"INSERT INTO {SCHEMA}.valorisations (article, physique) VALUES ($1, $2) ON CONFLICT (article)"
                " DO UPDATE SET physique = valorisations.physique + excluded.physique",
                biens,
            )
        await lien.executemany(
            f"INSERT INTO {SCHEMA}.stocks (article, depot, {', '.join(COMPTES)}, suivi)"
            f" VALUES ($1, $2, $3, $4, $5, false) ON CONFLICT (article, depot) DO UPDATE SET {ajouts}",
            [[*lieu, *sommes.values()] for lieu, sommes in self._soldes],
        )


def _renommer(table: str, rang: Any, documents: dict[UUID, UUID], lignes: dict[UUID, UUID]) -> dict[str, Any]:
    """A row of a model, as the document that takes its place has it."""
    neuf: dict[str, Any] = dict(rang)
    if table == "documents":
        neuf["id"] = documents[neuf["id"]]
    elif table == "evenements":
        neuf["identifiant"] = str(documents[UUID(neuf["identifiant"])])
    else:
        neuf["document"] = documents[neuf["document"]]
        for nom in {"id", "origine"} if table == "lignes" else {"ligne"}:
            neuf[nom] = lignes.get(neuf[nom])
    return neuf


def somme_des_mouvements(mouvements: Sequence[Any]) -> list[tuple[tuple[str, str], dict[str, Decimal]]]:
    """By how much each balance changed, in the order that everyone locks in."""
    sommes: dict[tuple[str, str], dict[str, Decimal]] = {}
    for un in mouvements:
        sienne = sommes.setdefault((un["article"], un["depot"]), dict.fromkeys(COMPTES, Decimal(0)))
        sienne[un["compte"]] += un["quantite"]
    return sorted(sommes.items())


class Lectures:
    """What reading asks the database at the very least."""

    def __init__(self, document: UUID) -> None:
        self._document = document

    async def lire(self, lien: Any) -> None:
        """Fetch a document: header and lines."""
        await lien.fetchrow(f"SELECT * FROM {SCHEMA}.documents WHERE id = $1", self._document)
        await lien.fetch(f"SELECT * FROM {SCHEMA}.lignes WHERE document = $1 ORDER BY ordre", self._document)

    async def lister(self, lien: Any) -> None:
        """Fetch the headers of a page."""
        await lien.fetch(
            f"SELECT * FROM {SCHEMA}.documents WHERE type = 'commande' ORDER BY date DESC, id DESC LIMIT 51"
        )

    async def stock(self, lien: Any) -> None:
        """Fetch an article's balances and what it has cost."""
        await lien.fetch(f"SELECT * FROM {SCHEMA}.stocks WHERE article = $1 ORDER BY depot", "A1")
        await lien.fetchrow(f"SELECT * FROM {SCHEMA}.valorisations WHERE article = $1", "A1")
