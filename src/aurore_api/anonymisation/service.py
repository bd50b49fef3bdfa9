"""The order in which slices forget a private client (CLI-10)."""

from aurore_api.clients import service as clients
from aurore_api.clients.schemas import ClientSortie
from aurore_api.clients.service import anonymisation
from aurore_api.documents.service import anonymiser as documents
from aurore_api.socle.contexte import Contexte


async def anonymiser(ctx: Contexte, numero: str) -> ClientSortie:
    """Make a private client and its documents nameless, for good; a second time changes nothing.

    The journal keeps what it was told before: it only grows.

    Raises:
        ClientNonParticulier: the client is not a private person.
        ConservationLegale, DocumentsEnAttente: its documents are still needed.
        EnUtilisation: something else uses it.
    """
    client = await anonymisation.verrouiller_particulier(ctx, numero)
    if client.anonymise_le is not None:
        return client
    await documents.exiger_sans_conservation(ctx, numero)
    client = await anonymisation.anonymiser(ctx, numero)
    anonyme = await clients.pour_document(ctx, numero)
    if anonyme is not None:
        await documents.anonymiser(ctx, anonyme)
    return client
