"""`/v1/clients`."""

from typing import Annotated

from fastapi import Query, Request, Response

from aurore_api.clients.routes.chemins import NumeroUrl, chemin
from aurore_api.clients.schemas import ClientEntree, ClientSortie, FiltreClients
from aurore_api.clients.service import clients
from aurore_api.socle.contexte import Ctx
from aurore_api.socle.crud import modification_de
from aurore_api.socle.pagination import Page, lier_suite
from aurore_api.socle.route import nouveau_routeur

routeur = nouveau_routeur("/clients", "clients")
ClientModification = modification_de(ClientEntree, "ClientModification", sans=frozenset({"numero"}))


@routeur.get("", operation_id="lister_clients", summary="List clients")
async def lister(
    ctx: Ctx, filtre: Annotated[FiltreClients, Query()], request: Request, response: Response
) -> Page[ClientSortie]:
    """By the beginning of their number, a part of their name, their tariff."""
    page = await clients.lister(ctx, filtre)
    lier_suite(request, response, page.curseur_suivant)
    return page


@routeur.post("", operation_id="creer_client", summary="Create a client", status_code=201)
async def creer(ctx: Ctx, corps: ClientEntree, response: Response) -> ClientSortie:
    """Store a client; its language and VAT category are the société's where it gives none."""
    client = await clients.creer(ctx, corps)
    response.headers["location"] = chemin(client.numero)
    ctx.servir_version(client.version)
    return client


@routeur.get("/{numero}", operation_id="lire_client", summary="Read a client")
async def lire(ctx: Ctx, numero: NumeroUrl) -> ClientSortie:
    """One client."""
    client = await clients.lire(ctx, numero)
    ctx.servir_version(client.version)
    return client


@routeur.patch("/{numero}", operation_id="modifier_client", summary="Change some fields of a client")
async def changer(ctx: Ctx, numero: NumeroUrl, corps: ClientModification) -> ClientSortie:  # type: ignore[valid-type]
    """Fields that are given replace; the others stay."""
    client = await clients.changer(ctx, numero, corps)
    ctx.servir_version(client.version)
    return client


@routeur.delete("/{numero}", operation_id="supprimer_client", summary="Delete a client", status_code=204)
async def effacer(ctx: Ctx, numero: NumeroUrl) -> None:
    """Refused while something uses the client; its delivery addresses go with it."""
    await clients.effacer(ctx, numero)
