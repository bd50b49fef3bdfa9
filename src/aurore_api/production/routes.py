"""`/v1/production`."""

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import Depends, Path, Query, Request, Response
from pydantic import Field

from aurore_api.echanges.schemas import EncodageCsv, SeparateurCsv
from aurore_api.production.schemas import (
    FAMILLES_MAX,
    DifferencesSortie,
    FiltreImpressionsProduction,
    ImpressionProductionEntree,
    ImpressionProductionResume,
    ImpressionProductionSortie,
    ProductionSortie,
)
from aurore_api.production.service import calculer, comparer, fichiers, imprimer
from aurore_api.production.service.choix import Choix, choisir
from aurore_api.socle.contexte import Ctx
from aurore_api.socle.pagination import Page, lier_suite
from aurore_api.socle.route import nouveau_routeur
from aurore_api.socle.types import Code, Identifiant, Jour

routeur = nouveau_routeur("/production", "production")
IdUrl = Annotated[Identifiant, Path(alias="id")]
_PDF: dict[str, Any] = {
    "response_class": Response,
    "responses": {200: {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}},
}
_CSV: dict[str, Any] = {
    "response_class": Response,
    "responses": {200: {"content": {"text/csv": {"schema": {"type": "string", "contentMediaType": "text/csv"}}}}},
}


async def choix(
    ctx: Ctx,
    date: Annotated[Jour, Query(description="The day it is made for")],
    famille: Annotated[
        list[Code], Field(max_length=FAMILLES_MAX), Query(description="MAG-20: only articles of these families")
    ] = [],  # noqa: B006 (never changed)
    magasin: Annotated[
        Code | None,
        Query(description="Whose families, unless some are given; by default those of the only shop, if there is one"),
    ] = None,
    toutes: Annotated[bool, Query(description="All articles, whatever the shop's families")] = False,
) -> Choix:
    """The day and the articles that a list is asked for."""
    voulues = famille or ([] if toutes else None)
    return await choisir(ctx, date, familles=voulues, magasin=magasin)


Voulu = Annotated[Choix, Depends(choix)]


@routeur.get("", operation_id="lire_production", summary="Read the production list of a day")
async def lire_production(
    ctx: Ctx,
    voulu: Voulu,
    inclure: Annotated[Literal["clients"] | None, Query(description="`clients`: who wants what")] = None,
) -> ProductionSortie:
    """What is asked for by tills, clients and standing orders, less what is left over, as of now (MAG-20)."""
    return await calculer.lire(ctx, voulu, par_client=inclure == "clients")


@routeur.get("/csv", operation_id="lire_production_csv", summary="Read the production list of a day as CSV", **_CSV)
async def lire_production_csv(
    ctx: Ctx,
    voulu: Voulu,
    separateur: Annotated[
        SeparateurCsv, Query(description="With `point_virgule` decimals have a comma; else a point")
    ] = SeparateurCsv.POINT_VIRGULE,
    encodage: Annotated[EncodageCsv, Query(description="`utf-8-sig` begins with its mark")] = EncodageCsv.UTF8_MARQUE,
) -> Response:
    """A row per article, in base unit and in the unit it is made in (MAG-20)."""
    fichier = await fichiers.csv(ctx, voulu, separateur, encodage)
    disposition = f'attachment; filename="production-{voulu.jour}.csv"'
    return Response(fichier, media_type="text/csv", headers={"content-disposition": disposition})


@routeur.get("/pdf", operation_id="lire_production_pdf", summary="Preview the production list of a day", **_PDF)
async def lire_production_pdf(ctx: Ctx, voulu: Voulu) -> Response:
    """As it is now, marked as a preview: only `POST /v1/production/impressions` keeps a version (MAG-24)."""
    return _pdf(await fichiers.apercu(ctx, voulu), f"production-{voulu.jour}.pdf")


@routeur.get("/impressions", operation_id="lister_impressions_production", summary="List the printed production lists")
async def lister_impressions(
    ctx: Ctx, filtre: Annotated[FiltreImpressionsProduction, Query()], request: Request, response: Response
) -> Page[ImpressionProductionResume]:
    """The last printed first (MAG-24)."""
    page = await imprimer.lister(ctx, filtre)
    lier_suite(request, response, page.curseur_suivant)
    return page


@routeur.post(
    "/impressions",
    operation_id="imprimer_production",
    summary="Print the production list of a day",
    status_code=201,
    responses={200: {"model": ImpressionProductionSortie, "description": "Nothing changed since it was printed"}},
)
async def imprimer_production(
    ctx: Ctx, corps: ImpressionProductionEntree, response: Response
) -> ImpressionProductionSortie:
    """Keep it as it is now, with what changed since the version before; unchanged, answer that one (MAG-24)."""
    sortie = await imprimer.imprimer(ctx, corps)
    response.headers["location"] = f"/v1/production/impressions/{sortie.id}"
    if not sortie.nouvelle:
        response.status_code = 200
    return sortie


@routeur.get("/impressions/{id}", operation_id="lire_impression_production", summary="Read a printed production list")
async def lire_impression(ctx: Ctx, identifiant: IdUrl) -> ImpressionProductionSortie:
    """As it was printed."""
    return await imprimer.lire(ctx, UUID(identifiant))


@routeur.get(
    "/impressions/{id}/pdf",
    operation_id="lire_pdf_impression_production",
    summary="Read the PDF of a printed production list",
    **_PDF,
)
async def lire_pdf_impression(ctx: Ctx, identifiant: IdUrl) -> Response:
    """The same to the byte whenever it is asked for."""
    return _pdf(*await fichiers.pdf(ctx, UUID(identifiant)))


@routeur.get(
    "/impressions/{id}/differences",
    operation_id="lire_differences_production",
    summary="Read what changed since a production list was printed",
)
async def lire_differences(ctx: Ctx, identifiant: IdUrl) -> DifferencesSortie:
    """Per article, and which commandes came, changed or went (MAG-24)."""
    return await comparer.comparer(ctx, UUID(identifiant))


def _pdf(contenu: bytes | None, nom: str) -> Response:
    if contenu is None:
        return Response(status_code=304)
    return Response(contenu, media_type="application/pdf", headers={"content-disposition": f'inline; filename="{nom}"'})
