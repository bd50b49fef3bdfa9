"""`/v1/clients/{numero}/commandes-types/{id}/pauses`."""

from fastapi import Request, Response

from aurore_api.commandes_types.routes.chemins import COLLECTION, LieuUrl, adresse
from aurore_api.commandes_types.schemas import PauseEntree, PauseSortie
from aurore_api.commandes_types.service import annexes
from aurore_api.commandes_types.service.annexes import PAUSES
from aurore_api.socle.contexte import Ctx
from aurore_api.socle.crud import modification_de
from aurore_api.socle.pagination import Page, Paginer, lier_suite
from aurore_api.socle.route import nouveau_routeur
from aurore_api.socle.types import IdentifiantUrl

routeur = nouveau_routeur(f"{COLLECTION}/{{id}}/pauses", "commandes-types")
PauseModification = modification_de(PauseEntree, "PauseModification")


@routeur.get("", operation_id="lister_pauses_commande_type", summary="List the pauses of a standing order")
async def lister(ctx: Ctx, lieu: LieuUrl, page: Paginer, request: Request, response: Response) -> Page[PauseSortie]:
    """By first day."""
    resultat = await annexes.lister(ctx, PAUSES, lieu, page)
    lier_suite(request, response, resultat.curseur_suivant)
    return resultat


@routeur.post("", operation_id="creer_pause_commande_type", summary="Add a pause to a standing order", status_code=201)
async def creer(ctx: Ctx, lieu: LieuUrl, corps: PauseEntree, response: Response) -> PauseSortie:
    """No two pauses of a standing order share a day; overrides hold during a pause."""
    pause = await annexes.creer(ctx, PAUSES, lieu, corps)
    response.headers["location"] = adresse(lieu.client, lieu.commande_type, "pauses", pause.id)
    ctx.servir_version(pause.version)
    return pause


@routeur.get("/{pause}", operation_id="lire_pause_commande_type", summary="Read a pause of a standing order")
async def lire(ctx: Ctx, lieu: LieuUrl, pause: IdentifiantUrl) -> PauseSortie:
    """One pause."""
    lue = await annexes.lire(ctx, PAUSES, lieu, pause)
    ctx.servir_version(lue.version)
    return lue


@routeur.patch("/{pause}", operation_id="modifier_pause_commande_type", summary="Change a pause of a standing order")
async def changer(
    ctx: Ctx,
    lieu: LieuUrl,
    pause: IdentifiantUrl,
    corps: PauseModification,  # type: ignore[valid-type]  # made at run time
) -> PauseSortie:
    """Fields that are given replace. What was made before stays."""
    changee = await annexes.changer(ctx, PAUSES, lieu, pause, corps)
    ctx.servir_version(changee.version)
    return changee


@routeur.delete(
    "/{pause}",
    operation_id="supprimer_pause_commande_type",
    summary="Delete a pause of a standing order",
    status_code=204,
)
async def effacer(ctx: Ctx, lieu: LieuUrl, pause: IdentifiantUrl) -> None:
    """The standing order counts again on those days."""
    await annexes.effacer(ctx, PAUSES, lieu, pause)
