"""`/v1/clients` and `/v1/clients/{numero}/adresses`."""

from typing import Annotated

from fastapi import Path, Query, Request, Response

from aurore_api.clients import service
from aurore_api.clients.schemas import AdresseEntree, AdresseSortie, ClientEntree, ClientSortie, FiltreClients
from aurore_api.socle.contexte import Ctx
from aurore_api.socle.crud import modification_de
from aurore_api.socle.pagination import Page, Paginer, lier_suite
from aurore_api.socle.route import nouveau_routeur
from aurore_api.socle.types import IdentifiantUrl, NumeroClient

routeur = nouveau_routeur("/clients", "clients")
Numero = Annotated[NumeroClient, Path()]
ClientModification = modification_de(ClientEntree, "ClientModification", sans=frozenset({"numero"}))
AdresseModification = modification_de(AdresseEntree, "AdresseModification")


@routeur.get("", operation_id="lister_clients", summary="List clients")
async def lister(
    ctx: Ctx, filtre: Annotated[FiltreClients, Query()], request: Request, response: Response
) -> Page[ClientSortie]:
    """By the beginning of their number, a part of their name, their tariff."""
    page = await service.lister(ctx, filtre)
    lier_suite(request, response, page.curseur_suivant)
    return page


@routeur.post("", operation_id="creer_client", summary="Create a client", status_code=201)
async def creer(ctx: Ctx, corps: ClientEntree, response: Response) -> ClientSortie:
    """Store a client; its language and VAT category are the société's where it gives none."""
    client = await service.creer(ctx, corps)
    response.headers["location"] = f"/v1/clients/{client.numero}"
    ctx.servir_version(client.version)
    return client


@routeur.get("/{numero}", operation_id="lire_client", summary="Read a client")
async def lire(ctx: Ctx, numero: Numero) -> ClientSortie:
    """One client."""
    client = await service.lire(ctx, numero)
    ctx.servir_version(client.version)
    return client


@routeur.patch("/{numero}", operation_id="modifier_client", summary="Change some fields of a client")
async def changer(ctx: Ctx, numero: Numero, corps: ClientModification) -> ClientSortie:  # type: ignore[valid-type]
    """Fields that are given replace; the others stay."""
    client = await service.changer(ctx, numero, corps)
    ctx.servir_version(client.version)
    return client


@routeur.delete("/{numero}", operation_id="supprimer_client", summary="Delete a client", status_code=204)
async def effacer(ctx: Ctx, numero: Numero) -> None:
    """Refused while something uses the client; its delivery addresses go with it."""
    await service.effacer(ctx, numero)


@routeur.get("/{numero}/adresses", operation_id="lister_adresses", summary="List a client's delivery addresses")
async def lister_adresses(
    ctx: Ctx, numero: Numero, page: Paginer, request: Request, response: Response
) -> Page[AdresseSortie]:
    """Oldest first."""
    adresses = await service.lister_adresses(ctx, numero, page)
    lier_suite(request, response, adresses.curseur_suivant)
    return adresses


@routeur.post("/{numero}/adresses", operation_id="creer_adresse", summary="Add a delivery address", status_code=201)
async def creer_adresse(ctx: Ctx, numero: Numero, corps: AdresseEntree, response: Response) -> AdresseSortie:
    """Store an address; as the default it takes the place of the former one (CLI-03)."""
    adresse = await service.creer_adresse(ctx, numero, corps)
    response.headers["location"] = f"/v1/clients/{numero}/adresses/{adresse.id}"
    ctx.servir_version(adresse.version)
    return adresse


@routeur.get("/{numero}/adresses/{id}", operation_id="lire_adresse", summary="Read a delivery address")
async def lire_adresse(ctx: Ctx, numero: Numero, id: IdentifiantUrl) -> AdresseSortie:  # noqa: A002 (the field's name)
    """One delivery address."""
    adresse = await service.lire_adresse(ctx, numero, id)
    ctx.servir_version(adresse.version)
    return adresse


@routeur.patch("/{numero}/adresses/{id}", operation_id="modifier_adresse", summary="Change a delivery address")
async def changer_adresse(
    ctx: Ctx,
    numero: Numero,
    id: IdentifiantUrl,  # noqa: A002 (the field's name)
    corps: AdresseModification,  # type: ignore[valid-type]
) -> AdresseSortie:
    """Fields that are given replace; the others stay."""
    adresse = await service.changer_adresse(ctx, numero, id, corps)
    ctx.servir_version(adresse.version)
    return adresse


@routeur.delete(
    "/{numero}/adresses/{id}", operation_id="supprimer_adresse", summary="Delete a delivery address", status_code=204
)
async def effacer_adresse(ctx: Ctx, numero: Numero, id: IdentifiantUrl) -> None:  # noqa: A002 (the field's name)
    """The client has no default address any more if it was that one."""
    await service.effacer_adresse(ctx, numero, id)
