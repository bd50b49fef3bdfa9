"""`/v1/clients/{numero}/commandes-types/{id}/exceptions`."""

from fastapi import Request, Response

from aurore_api.commandes_types.routes.chemins import COLLECTION, LieuUrl, adresse
from aurore_api.commandes_types.schemas import ExceptionCommandeTypeEntree, ExceptionCommandeTypeSortie
from aurore_api.commandes_types.service import annexes
from aurore_api.commandes_types.service.annexes import EXCEPTIONS
from aurore_api.socle.contexte import Ctx
from aurore_api.socle.crud import modification_de
from aurore_api.socle.pagination import Page, Paginer, lier_suite
from aurore_api.socle.route import nouveau_routeur
from aurore_api.socle.types import IdentifiantUrl

routeur = nouveau_routeur(f"{COLLECTION}/{{id}}/exceptions", "commandes-types")
ExceptionCommandeTypeModification = modification_de(ExceptionCommandeTypeEntree, "ExceptionCommandeTypeModification")


@routeur.get("", operation_id="lister_exceptions_commande_type", summary="List the overrides of a standing order")
async def lister(
    ctx: Ctx, lieu: LieuUrl, page: Paginer, request: Request, response: Response
) -> Page[ExceptionCommandeTypeSortie]:
    """By date, then article."""
    resultat = await annexes.lister(ctx, EXCEPTIONS, lieu, page)
    lier_suite(request, response, resultat.curseur_suivant)
    return resultat


@routeur.post(
    "", operation_id="creer_exception_commande_type", summary="Add an override to a standing order", status_code=201
)
async def creer(
    ctx: Ctx, lieu: LieuUrl, corps: ExceptionCommandeTypeEntree, response: Response
) -> ExceptionCommandeTypeSortie:
    """A quantity of an article on one day, 0 included: it replaces the standing order's, or adds the article."""
    exception = await annexes.creer(ctx, EXCEPTIONS, lieu, corps)
    response.headers["location"] = adresse(lieu.client, lieu.commande_type, "exceptions", exception.id)
    ctx.servir_version(exception.version)
    return exception


@routeur.get(
    "/{exception}", operation_id="lire_exception_commande_type", summary="Read an override of a standing order"
)
async def lire(ctx: Ctx, lieu: LieuUrl, exception: IdentifiantUrl) -> ExceptionCommandeTypeSortie:
    """One override."""
    lue = await annexes.lire(ctx, EXCEPTIONS, lieu, exception)
    ctx.servir_version(lue.version)
    return lue


@routeur.patch(
    "/{exception}", operation_id="modifier_exception_commande_type", summary="Change an override of a standing order"
)
async def changer(
    ctx: Ctx,
    lieu: LieuUrl,
    exception: IdentifiantUrl,
    corps: ExceptionCommandeTypeModification,  # type: ignore[valid-type]  # made at run time
) -> ExceptionCommandeTypeSortie:
    """Fields that are given replace. What was made of it before stays."""
    changee = await annexes.changer(ctx, EXCEPTIONS, lieu, exception, corps)
    ctx.servir_version(changee.version)
    return changee


@routeur.delete(
    "/{exception}",
    operation_id="supprimer_exception_commande_type",
    summary="Delete an override of a standing order",
    status_code=204,
)
async def effacer(ctx: Ctx, lieu: LieuUrl, exception: IdentifiantUrl) -> None:
    """The standing order counts again on that day."""
    await annexes.effacer(ctx, EXCEPTIONS, lieu, exception)
