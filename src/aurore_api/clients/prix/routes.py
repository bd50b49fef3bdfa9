"""`/v1/clients/{numero}/prix`."""

from typing import Annotated
from urllib.parse import quote

from fastapi import Path, Query, Request, Response

from aurore_api.clients.prix import service
from aurore_api.clients.prix.schemas import FiltrePrixClient, PrixClientEntree, PrixClientSortie
from aurore_api.socle.contexte import Ctx
from aurore_api.socle.crud import modification_de
from aurore_api.socle.pagination import Page, lier_suite
from aurore_api.socle.route import nouveau_routeur
from aurore_api.socle.types import IdentifiantUrl, NumeroClient

routeur = nouveau_routeur("/clients/{numero}/prix", "clients")
Numero = Annotated[NumeroClient, Path()]
PrixClientModification = modification_de(PrixClientEntree, "PrixClientModification")


@routeur.get("", operation_id="lister_prix_client", summary="List a client's own prices")
async def lister(
    ctx: Ctx, numero: Numero, filtre: Annotated[FiltrePrixClient, Query()], request: Request, response: Response
) -> Page[PrixClientSortie]:
    """By article, by famille, by a day on which they hold; oldest first."""
    page = await service.lister(ctx, numero, filtre)
    lier_suite(request, response, page.curseur_suivant)
    return page


@routeur.post(
    "", operation_id="creer_prix_client", summary="Add a price or discount of a client's own", status_code=201
)
async def creer(ctx: Ctx, numero: Numero, corps: PrixClientEntree, response: Response) -> PrixClientSortie:
    """For an article or for a famille; two of one article, or of one famille, never hold on the same day (CLI-09)."""
    prix = await service.creer(ctx, numero, corps)
    response.headers["location"] = f"/v1/clients/{quote(numero, safe='')}/prix/{prix.id}"
    ctx.servir_version(prix.version)
    return prix


@routeur.get("/{id}", operation_id="lire_prix_client", summary="Read a price of a client's own")
async def lire(ctx: Ctx, numero: Numero, id: IdentifiantUrl) -> PrixClientSortie:  # noqa: A002 (the field's name)
    """One row."""
    prix = await service.lire(ctx, numero, id)
    ctx.servir_version(prix.version)
    return prix


@routeur.patch("/{id}", operation_id="modifier_prix_client", summary="Change a price of a client's own")
async def changer(
    ctx: Ctx,
    numero: Numero,
    id: IdentifiantUrl,  # noqa: A002 (the field's name)
    corps: PrixClientModification,  # type: ignore[valid-type]  # made at run time
) -> PrixClientSortie:
    """Fields that are given replace; documents keep the prices that they have."""
    prix = await service.changer(ctx, numero, id, corps)
    ctx.servir_version(prix.version)
    return prix


@routeur.delete(
    "/{id}", operation_id="supprimer_prix_client", summary="Delete a price of a client's own", status_code=204
)
async def effacer(ctx: Ctx, numero: Numero, id: IdentifiantUrl) -> None:  # noqa: A002 (the field's name)
    """Documents keep the prices that they have."""
    await service.effacer(ctx, numero, id)
