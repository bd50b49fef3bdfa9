"""`/v1/documents/{id}/reouverture` and `/v1/documents/{id}/versions`."""

from typing import Annotated
from uuid import UUID

from fastapi import Path, Response
from pydantic import Field

from aurore_api.documents.sorties import DocumentSortie
from aurore_api.documents.versions import service
from aurore_api.documents.versions.schemas import ReouvertureEntree, VersionsSortie
from aurore_api.socle.contexte import Ctx
from aurore_api.socle.route import nouveau_routeur
from aurore_api.socle.types import Chiffres, Identifiant

routeur = nouveau_routeur("/documents/{id}", "documents")
IdUrl = Annotated[Identifiant, Path(alias="id")]
NumeroUrl = Annotated[int, Field(ge=1, le=2**31 - 1), Chiffres, Path()]


@routeur.post("/reouverture", operation_id="rouvrir_document", summary="Open an issued facture or note de crédit again")
async def rouvrir(ctx: Ctx, identifiant: IdUrl, corps: ReouvertureEntree) -> DocumentSortie:
    """Same number, client and type; printing issues it again, and what was issued before stays (DOC-08)."""
    return await service.rouvrir(ctx, UUID(identifiant), corps)


@routeur.get("/versions", operation_id="lister_versions", summary="List the versions issued before")
async def lister(ctx: Ctx, identifiant: IdUrl) -> VersionsSortie:
    """Why each was replaced, and when; the current one is the document itself."""
    return await service.lister(ctx, UUID(identifiant))


@routeur.get(
    "/versions/{numero}/pdf",
    operation_id="lire_pdf_version",
    summary="Read the PDF of an earlier version",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}},
)
async def lire_pdf(ctx: Ctx, identifiant: IdUrl, numero: NumeroUrl) -> Response:
    """As it was issued, to the byte (DOC-08)."""
    contenu, nom = await service.lire_pdf(ctx, UUID(identifiant), numero)
    if contenu is None:
        return Response(status_code=304)
    return Response(contenu, media_type="application/pdf", headers={"content-disposition": f'inline; filename="{nom}"'})
