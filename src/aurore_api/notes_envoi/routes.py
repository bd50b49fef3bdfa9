"""`/v1/notes-envoi`."""

from datetime import date as Date  # noqa: N812 (a parameter has this name)
from typing import Annotated, Any

from fastapi import Path, Query, Request, Response

from aurore_api.notes_envoi import service
from aurore_api.notes_envoi.schemas import FiltreNotesEnvoi, NoteEnvoiSortie, NotesEnvoiEntree, NotesEnvoiSortie
from aurore_api.socle.contexte import Ctx
from aurore_api.socle.pagination import Page, lier_suite
from aurore_api.socle.route import nouveau_routeur
from aurore_api.socle.travaux.reponses import accepte
from aurore_api.socle.types import Identifiant, Jour
from aurore_api.travaux.schemas import ACCEPTE

routeur = nouveau_routeur("/notes-envoi", "notes_envoi")
IdUrl = Annotated[Identifiant, Path(alias="id")]
_PDF: dict[str, Any] = {
    "response_class": Response,
    "responses": {
        200: {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}},
        404: {"description": "There is none to print"},
    },
}


@routeur.get("", operation_id="lister_notes_envoi", summary="List delivery notes")
async def lister_notes_envoi(
    ctx: Ctx, filtre: Annotated[FiltreNotesEnvoi, Query()], request: Request, response: Response
) -> Page[NoteEnvoiSortie]:
    """Which bordereaux were made as delivery notes, for which day and by which job (MAG-22)."""
    page = await service.lister(ctx, filtre)
    lier_suite(request, response, page.curseur_suivant)
    return page


@routeur.post(
    "",
    operation_id="creer_notes_envoi",
    summary="Make the delivery notes of a day",
    response_model=NotesEnvoiSortie,
    responses=ACCEPTE,
)
async def creer_notes_envoi(ctx: Ctx, corps: NotesEnvoiEntree) -> NotesEnvoiSortie | Response:
    """A job: what is due of open commandes becomes numbered bordereaux, for clients that want them (MAG-22).

    Asked for again, it makes what has become due since, and nothing twice. `simulation` answers its result at once.
    """
    if corps.simulation:
        return await service.simuler(ctx, corps)
    travail = await service.demander(ctx, corps)
    return accepte(travail.id, travail)


@routeur.get("/pdf", operation_id="lire_notes_envoi_pdf", summary="Read the delivery notes of a day as one PDF", **_PDF)
async def lire_notes_envoi_pdf(ctx: Ctx, date: Annotated[Jour, Query(description="The day of delivery")]) -> Response:
    """As they were issued, each in the copies and with or without prices as its client wants (IMP-11, CLI-08)."""
    return _pdf(await service.imprimees(ctx, jour=date), date)


@routeur.get(
    "/{id}/pdf",
    operation_id="lire_notes_envoi_du_travail",
    summary="Read the delivery notes of a job as one PDF",
    **_PDF,
)
async def lire_notes_envoi_du_travail(ctx: Ctx, identifiant: IdUrl) -> Response:
    """Those that the job of this id made."""
    return _pdf(await service.imprimees(ctx, travail=identifiant), identifiant)


def _pdf(contenu: bytes | None, quoi: Date | str) -> Response:
    if contenu is None:
        return Response(status_code=304)
    disposition = f'inline; filename="notes-envoi-{quoi}.pdf"'
    return Response(contenu, media_type="application/pdf", headers={"content-disposition": disposition})
