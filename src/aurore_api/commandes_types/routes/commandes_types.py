"""`/v1/clients/{numero}/commandes-types`."""

from fastapi import Request, Response

from aurore_api.commandes_types.routes.chemins import COLLECTION, NumeroUrl, adresse
from aurore_api.commandes_types.schemas import CommandeTypeEntree, CommandeTypeSortie
from aurore_api.commandes_types.service import commandes_types
from aurore_api.socle.contexte import Ctx
from aurore_api.socle.crud import modification_de
from aurore_api.socle.pagination import Page, Paginer, lier_suite
from aurore_api.socle.route import nouveau_routeur
from aurore_api.socle.types import IdentifiantUrl

routeur = nouveau_routeur(COLLECTION, "commandes-types")
CommandeTypeModification = modification_de(CommandeTypeEntree, "CommandeTypeModification")


@routeur.get("", operation_id="lister_commandes_types", summary="List a client's standing orders")
async def lister(
    ctx: Ctx, numero: NumeroUrl, page: Paginer, request: Request, response: Response
) -> Page[CommandeTypeSortie]:
    """Oldest first; also those that are not valid yet, or not any more."""
    resultat = await commandes_types.lister(ctx, numero, page)
    lier_suite(request, response, resultat.curseur_suivant)
    return resultat


@routeur.post("", operation_id="creer_commande_type", summary="Create a standing order", status_code=201)
async def creer(ctx: Ctx, numero: NumeroUrl, corps: CommandeTypeEntree, response: Response) -> CommandeTypeSortie:
    """Quantities per article and weekday, with validity dates and seasons. Several of a client add up (CLI-07)."""
    commande_type = await commandes_types.creer(ctx, numero, corps)
    response.headers["location"] = adresse(numero, commande_type.id)
    ctx.servir_version(commande_type.version)
    return commande_type


@routeur.get("/{id}", operation_id="lire_commande_type", summary="Read a standing order")
async def lire(ctx: Ctx, numero: NumeroUrl, id: IdentifiantUrl) -> CommandeTypeSortie:  # noqa: A002 (the field's name)
    """One standing order."""
    commande_type = await commandes_types.lire(ctx, numero, id)
    ctx.servir_version(commande_type.version)
    return commande_type


@routeur.patch("/{id}", operation_id="modifier_commande_type", summary="Change a standing order")
async def changer(
    ctx: Ctx,
    numero: NumeroUrl,
    id: IdentifiantUrl,  # noqa: A002 (the field's name)
    corps: CommandeTypeModification,  # type: ignore[valid-type]  # made at run time
) -> CommandeTypeSortie:
    """Fields that are given replace, `lignes` as a whole. Overrides, pauses and commandes made before stay."""
    commande_type = await commandes_types.changer(ctx, numero, id, corps)
    ctx.servir_version(commande_type.version)
    return commande_type


@routeur.delete("/{id}", operation_id="supprimer_commande_type", summary="Delete a standing order", status_code=204)
async def effacer(ctx: Ctx, numero: NumeroUrl, id: IdentifiantUrl) -> None:  # noqa: A002 (the field's name)
    """With its overrides and pauses; the commandes that were made of it stay."""
    await commandes_types.effacer(ctx, numero, id)
