"""`/v1/fournisseurs`."""

from typing import Annotated
from urllib.parse import quote

from fastapi import Path, Query, Request, Response

from aurore_api.fournisseurs import service
from aurore_api.fournisseurs.schemas import FiltreFournisseurs, FournisseurEntree, FournisseurSortie
from aurore_api.socle.contexte import Ctx
from aurore_api.socle.crud import modification_de
from aurore_api.socle.pagination import Page, lier_suite
from aurore_api.socle.route import nouveau_routeur
from aurore_api.socle.types import NumeroFournisseur

routeur = nouveau_routeur("/fournisseurs", "fournisseurs")
NumeroUrl = Annotated[NumeroFournisseur, Path()]
FournisseurModification = modification_de(FournisseurEntree, "FournisseurModification", sans=frozenset({"numero"}))


@routeur.get("", operation_id="lister_fournisseurs", summary="List suppliers")
async def lister(
    ctx: Ctx, filtre: Annotated[FiltreFournisseurs, Query()], request: Request, response: Response
) -> Page[FournisseurSortie]:
    """By the beginning of their number, a part of their name, whether they are active."""
    page = await service.lister(ctx, filtre)
    lier_suite(request, response, page.curseur_suivant)
    return page


@routeur.post("", operation_id="creer_fournisseur", summary="Create a supplier", status_code=201)
async def creer(ctx: Ctx, corps: FournisseurEntree, response: Response) -> FournisseurSortie:
    """Store a supplier; its language, VAT category and currency are the société's where it gives none."""
    fournisseur = await service.creer(ctx, corps)
    response.headers["location"] = f"/v1/fournisseurs/{quote(fournisseur.numero)}"
    ctx.servir_version(fournisseur.version)
    return fournisseur


@routeur.get("/{numero}", operation_id="lire_fournisseur", summary="Read a supplier")
async def lire(ctx: Ctx, numero: NumeroUrl) -> FournisseurSortie:
    """One supplier."""
    fournisseur = await service.lire(ctx, numero)
    ctx.servir_version(fournisseur.version)
    return fournisseur


@routeur.patch("/{numero}", operation_id="modifier_fournisseur", summary="Change some fields of a supplier")
async def changer(
    ctx: Ctx,
    numero: NumeroUrl,
    corps: FournisseurModification,  # type: ignore[valid-type]
) -> FournisseurSortie:
    """Fields that are given replace; the others stay."""
    fournisseur = await service.changer(ctx, numero, corps)
    ctx.servir_version(fournisseur.version)
    return fournisseur


@routeur.delete("/{numero}", operation_id="supprimer_fournisseur", summary="Delete a supplier", status_code=204)
async def effacer(ctx: Ctx, numero: NumeroUrl) -> None:
    """Refused while articles are bought from it or documents are made for it: make it inactive."""
    await service.effacer(ctx, numero)
