"""`/v1/travaux`."""

from typing import Annotated
from uuid import UUID

from fastapi import Header, Path, Query, Request, Response
from fastapi.responses import StreamingResponse

from aurore_api.socle.contexte import Ctx
from aurore_api.socle.pagination import Page, Paginer, lier_suite
from aurore_api.socle.route import nouveau_routeur
from aurore_api.socle.travaux.tables import FINIS
from aurore_api.socle.types import CodeUrl, Identifiant
from aurore_api.travaux import service
from aurore_api.travaux.routes.flux import suivre
from aurore_api.travaux.schemas import EtapeSortie, FiltreTravaux, TravailResume, TravailSortie

routeur = nouveau_routeur("/travaux", "travaux")
IdUrl = Annotated[Identifiant, Path(alias="id")]
DernierEvenement = Annotated[
    str | None, Header(alias="Last-Event-ID", max_length=40, description="Sent by clients that come back")
]

SANS_TAMPON = {"x-accel-buffering": "no"}
"""Asks a proxy to pass events on as they come."""
EVENEMENT = {
    "type": "object",
    "description": "One event of the stream",
    "required": ["event", "id", "data"],
    "properties": {
        "event": {"type": "string", "const": "travail"},
        "id": {"type": "string", "description": "The job's version"},
        "data": {
            "type": "string",
            "contentMediaType": "application/json",
            "contentSchema": {"$ref": "#/components/schemas/TravailSortie"},
        },
    },
}
"""What the contract says of a stream: OpenAPI 3.1 has no keyword for its items, so this is each of them."""


@routeur.get("", operation_id="lister_travaux", summary="List jobs")
async def lister_travaux(
    ctx: Ctx, filtre: Annotated[FiltreTravaux, Query()], request: Request, response: Response
) -> Page[TravailResume]:
    """The youngest first (API-08)."""
    page = await service.lister(ctx, filtre)
    lier_suite(request, response, page.curseur_suivant)
    return page


@routeur.get("/{id}", operation_id="lire_travail", summary="Read a job")
async def lire_travail(ctx: Ctx, identifiant: IdUrl) -> TravailSortie:
    """Its state, its progress, what became of its first items, and its result once it is over (API-08)."""
    return await service.lire(ctx, UUID(identifiant))


@routeur.get("/{id}/resultats", operation_id="lister_resultats_travail", summary="List what became of a job's items")
async def lister_resultats(
    ctx: Ctx, identifiant: IdUrl, pagination: Paginer, request: Request, response: Response
) -> Page[EtapeSortie]:
    """In the order in which they are done; one that failed says why and stops no other (API-08)."""
    page = await service.lister_resultats(ctx, UUID(identifiant), pagination)
    lier_suite(request, response, page.curseur_suivant)
    return page


@routeur.get(
    "/{id}/pdf/{nom}",
    operation_id="lire_pdf_travail",
    summary="Read a PDF that a job made",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}},
)
async def lire_pdf(ctx: Ctx, identifiant: IdUrl, nom: CodeUrl) -> Response:
    """As it was made then, whatever happened since; the job says which there are."""
    contenu = await service.lire_piece(ctx, UUID(identifiant), nom)
    if contenu is None:
        return Response(status_code=304)
    disposition = f'inline; filename="{nom}-{identifiant}.pdf"'
    return Response(contenu, media_type="application/pdf", headers={"content-disposition": disposition})


@routeur.post("/{id}/annulation", operation_id="annuler_travail", summary="Cancel a job")
async def annuler_travail(ctx: Ctx, identifiant: IdUrl) -> TravailSortie:
    """It stops before its next item; what is done stays done (API-08)."""
    return await service.annuler(ctx, UUID(identifiant))


@routeur.get(
    "/{id}/flux",
    operation_id="suivre_travail",
    summary="Follow a job",
    response_class=StreamingResponse,
    responses={
        200: {"content": {"text/event-stream": {"schema": EVENEMENT}}},
        204: {"description": "The job is over and `Last-Event-ID` names its end: do not come back"},
    },
)
async def suivre_travail(ctx: Ctx, identifiant: IdUrl, request: Request, dernier: DernierEvenement = None) -> Response:
    """Server-sent events `travail`, each with the whole job, first as it is now; the stream ends with the job."""
    travail = await service.lire(ctx, UUID(identifiant))
    ctx.etag = None  # a stream has no version
    if travail.etat in FINIS and dernier == str(travail.version):
        return Response(status_code=204)
    suite = suivre(request.app.state.base, ctx, travail, request.app.state.arret)
    return StreamingResponse(suite, media_type="text/event-stream", headers=SANS_TAMPON)
