"""`/v1/clients/{numero}/adresses`."""

from fastapi import Request, Response

from aurore_api.clients.routes.chemins import NumeroUrl, chemin
from aurore_api.clients.schemas import AdresseEntree, AdresseSortie
from aurore_api.clients.service import adresses
from aurore_api.socle.contexte import Ctx
from aurore_api.socle.crud import modification_de
from aurore_api.socle.pagination import Page, Paginer, lier_suite
from aurore_api.socle.route import nouveau_routeur
from aurore_api.socle.types import IdentifiantUrl

routeur = nouveau_routeur("/clients/{numero}/adresses", "clients")
AdresseModification = modification_de(AdresseEntree, "AdresseModification")


@routeur.get("", operation_id="lister_adresses", summary="List a client's delivery addresses")
async def lister(
    ctx: Ctx, numero: NumeroUrl, page: Paginer, request: Request, response: Response
) -> Page[AdresseSortie]:
    """Oldest first."""
    resultat = await adresses.lister(ctx, numero, page)
    lier_suite(request, response, resultat.curseur_suivant)
    return resultat


@routeur.post("", operation_id="creer_adresse", summary="Add a delivery address", status_code=201)
async def creer(ctx: Ctx, numero: NumeroUrl, corps: AdresseEntree, response: Response) -> AdresseSortie:
    """Store an address; as the default it takes the place of the former one (CLI-03)."""
    adresse = await adresses.creer(ctx, numero, corps)
    response.headers["location"] = chemin(numero, "adresses", adresse.id)
    ctx.servir_version(adresse.version)
    return adresse


@routeur.get("/{id}", operation_id="lire_adresse", summary="Read a delivery address")
async def lire(ctx: Ctx, numero: NumeroUrl, id: IdentifiantUrl) -> AdresseSortie:  # noqa: A002 (the field's name)
    """One delivery address."""
    adresse = await adresses.lire(ctx, numero, id)
    ctx.servir_version(adresse.version)
    return adresse


@routeur.patch("/{id}", operation_id="modifier_adresse", summary="Change a delivery address")
async def changer(
    ctx: Ctx,
    numero: NumeroUrl,
    id: IdentifiantUrl,  # noqa: A002 (the field's name)
    corps: AdresseModification,  # type: ignore[valid-type]
) -> AdresseSortie:
    """Fields that are given replace; the others stay."""
    adresse = await adresses.changer(ctx, numero, id, corps)
    ctx.servir_version(adresse.version)
    return adresse


@routeur.delete("/{id}", operation_id="supprimer_adresse", summary="Delete a delivery address", status_code=204)
async def effacer(ctx: Ctx, numero: NumeroUrl, id: IdentifiantUrl) -> None:  # noqa: A002 (the field's name)
    """The client has no default address any more if it was that one."""
    await adresses.effacer(ctx, numero, id)
