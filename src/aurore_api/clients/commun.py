"""What every change of a client, or of what belongs to one, begins with."""

from aurore_api.clients.erreurs import ClientAnonymise
from aurore_api.clients.tables import Client
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.crud import charger

CLIENT = "client"


async def verrouiller(ctx: Contexte, numero: str) -> Client:
    """Lock a client for a change; whoever changes what belongs to it locks it first.

    Raises:
        RessourceAbsente: there is none.
        ClientAnonymise: it can only be read (CLI-10).
    """
    ligne = await charger(ctx, Client, numero, CLIENT, verrou=True)
    if ligne.anonymise_le is not None:
        raise ClientAnonymise
    return ligne
