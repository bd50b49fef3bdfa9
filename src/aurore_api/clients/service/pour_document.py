"""What documents take from their clients."""

from collections.abc import Collection
from dataclasses import dataclass

from aurore_api.clients import requetes
from aurore_api.clients.schemas import ClientDeDocument
from aurore_api.socle.contexte import Contexte


@dataclass(frozen=True, slots=True)
class Facturation:
    """Whom a client's factures are made out to, and who is to be completed before there may be any (CLI-05, CLI-13)."""

    payeur: str
    """The end of the chain of `facturer_a`: the client itself where it is billed to no other."""
    a_completer: str | None
    """One of the chain that is not `facturable`."""


async def pour_document(ctx: Contexte, numero: str, *, retenir: bool = False) -> ClientDeDocument | None:
    """What a document copies of its client (CLI-02), read in one statement; None when there is no such client.

    With `retenir`, for a new document, the client stays as it is read until the transaction ends: it is not retired nor
    forgotten (CLI-10) before the document is seen.
    """
    return await requetes.client_de_document(ctx, numero, retenir=retenir)


async def noms(ctx: Contexte, numeros: Collection[str]) -> dict[str, str]:
    """What these clients are called; unknown ones are absent."""
    return await requetes.noms(ctx, numeros)


async def pour_documents(ctx: Contexte, numeros: Collection[str]) -> dict[str, ClientDeDocument]:
    """What many documents copy of their clients, who stay as they are read, in one statement; unknown are absent."""
    return await requetes.clients_de_documents(ctx, numeros) if numeros else {}


@dataclass(frozen=True, slots=True)
class NoteEnvoiDuClient:
    """How a client wants its delivery notes (CLI-08); `facturable` as on its record (CLI-13)."""

    imprimer: bool
    copies: int
    profil: str | None
    avec_prix: bool
    facturable: bool


async def notes_envoi(ctx: Contexte, numeros: Collection[str]) -> dict[str, NoteEnvoiDuClient]:
    """The settings of these clients, in one statement; unknown ones are absent."""
    return {numero: NoteEnvoiDuClient(*reglages) for numero, *reglages in await requetes.notes_envoi(ctx, numeros)}


async def unites_de_commande(ctx: Contexte, client: str, articles: Collection[str]) -> dict[str, str]:
    """The abbreviation of the unit that a client orders each of these articles in, where it has one (CLI-09)."""
    return await requetes.unites_preferees_des_articles(ctx, client, articles)


async def facturation(ctx: Contexte, numeros: Collection[str]) -> dict[str, Facturation]:
    """How each of these clients is billed, in one statement; unknown ones are absent."""
    payeurs: dict[str, str] = {}
    a_completer: dict[str, str] = {}
    for depart, client, facturable, suivant in await requetes.chaines_de_facturation(ctx, numeros):
        payeurs.setdefault(depart, depart)
        if suivant is None:
            payeurs[depart] = client
        if not facturable:
            a_completer[depart] = client
    return {numero: Facturation(payeur, a_completer.get(numero)) for numero, payeur in payeurs.items()}


async def facturables(ctx: Contexte, numeros: Collection[str]) -> dict[str, bool]:
    """Whether each of these clients can be invoiced, or is to be completed first (CLI-13), in one statement."""
    return await requetes.facturables(ctx, numeros)


async def payes_par(ctx: Contexte, payeur: str) -> frozenset[str]:
    """The clients whose factures go to one, through any number of steps, itself included, in one statement (CLI-05)."""
    return frozenset(await requetes.payes_par(ctx, payeur))
