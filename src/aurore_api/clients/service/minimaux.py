"""Clients that a till makes: minimal records that the office completes (MAG-16, CLI-13)."""

from collections.abc import Collection, Sequence

from aurore_api.clients import requetes
from aurore_api.clients.commun import CLIENT
from aurore_api.clients.schemas import ClientEntree
from aurore_api.clients.service.clients import champs_selon, servi
from aurore_api.clients.tables import Client
from aurore_api.parametres import service as parametres
from aurore_api.socle.bloc import inserer_ensemble
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.journal import ecrit, evenement


async def numeros_pris(ctx: Contexte, numeros: Collection[str]) -> frozenset[str]:
    """Which of these numbers are a client's, in one statement."""
    return frozenset(await requetes.facturables(ctx, numeros))


async def creer_ensemble(ctx: Contexte, entrees: Sequence[ClientEntree]) -> None:
    """Store new clients that are billed to no other, and their events, in one statement."""
    if not entrees:
        return
    societe = await parametres.lire(ctx)
    lignes = [Client(**champs_selon(une, societe)) for une in entrees]
    evenements = [evenement(ctx, CLIENT, une.numero, "creation", None, ecrit(servi(une))) for une in lignes]
    await inserer_ensemble(ctx, lignes, evenements)
