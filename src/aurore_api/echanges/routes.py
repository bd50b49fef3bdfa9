"""`/v1/exports/{genre}` and `/v1/imports/{genre}`."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from aurore_api.echanges import service
from aurore_api.echanges.schemas import FICHIERS, MEDIAS, DemandeExport, FormatFichier, GenreEchange, RapportImport
from aurore_api.socle.contexte import Ctx
from aurore_api.socle.route import nouveau_routeur

exports = nouveau_routeur("/exports", "echanges")
imports = nouveau_routeur("/imports", "echanges")

GenreUrl = Annotated[GenreEchange, Path()]


@exports.get(
    "/{genre}",
    operation_id="exporter",
    summary="Export a table as CSV or XLSX",
    response_class=Response,
    responses={200: {"content": FICHIERS}},
)
async def exporter(ctx: Ctx, genre: GenreUrl, demande: Annotated[DemandeExport, Query()]) -> Response:
    """All rows in the order of their keys; `importer` takes the file back as it is, edited or not (ART-19).

    A text that a spreadsheet program would calculate, or take for a number or a day, bears an apostrophe in CSV.
    """
    fichier = await service.exporter(ctx, genre, demande)
    nom = f"{genre}-{ctx.aujourd_hui}.{demande.format}"
    return Response(
        fichier,
        media_type=MEDIAS[demande.format],
        headers={"content-disposition": f'attachment; filename="{nom}"'},
    )


@imports.post(
    "/{genre}",
    operation_id="importer",
    summary="Import a table from CSV or XLSX",
    openapi_extra={"requestBody": {"required": True, "content": FICHIERS}},
)
async def importer(
    ctx: Ctx,
    genre: GenreUrl,
    request: Request,
    simulation: Annotated[
        bool, Query(description="Report what would be done, and every bad row; store nothing")
    ] = False,
) -> RapportImport:
    """Rows are known by their key: those that exist are changed, the others created, all or nothing (ART-19).

    Columns may stand in any order; those that the file does not have stay as they are. An empty cell clears its field,
    or sets it to its default. With bad rows a dry run answers 200 and names them with what stands there; a run answers
    422 with `pointeur` `#/<row>/<column>`. What is no table, or has headings of no column, is refused either way.
    """
    ctx.simulation = simulation
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    format_ = next((un for un, nom in MEDIAS.items() if nom == media), FormatFichier.CSV)
    return await service.importer(ctx, genre, format_, await request.body())


routeur = APIRouter(redirect_slashes=False)
routeur.include_router(exports)
routeur.include_router(imports)
