"""`/v1/magasins/{code}/commandes/liste`."""

from typing import Annotated

from fastapi import Query, Response

from aurore_api.magasin.liste import DemandeListeCommandes, ListeCommandes
from aurore_api.magasin.routes.chemins import CodeMagasinUrl
from aurore_api.magasin.service import liste as service
from aurore_api.socle.contexte import Ctx
from aurore_api.socle.route import nouveau_routeur

routeur = nouveau_routeur("/magasins/{code}/commandes/liste", "magasins")


@routeur.get("", operation_id="lire_liste_commandes", summary="Read the orders of a shop for a day")
async def lire(ctx: Ctx, code: CodeMagasinUrl, demande: Annotated[DemandeListeCommandes, Query()]) -> ListeCommandes:
    """By the time at which they are wanted (MAG-15)."""
    return await service.liste(ctx, code, demande.date)


@routeur.get(
    "/pdf",
    operation_id="lire_pdf_liste_commandes",
    summary="Read the orders of a shop for a day as PDF",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}},
)
async def lire_pdf(ctx: Ctx, code: CodeMagasinUrl, demande: Annotated[DemandeListeCommandes, Query()]) -> Response:
    """What to get ready for whom, when, and what is left to pay."""
    contenu, jour = await service.pdf(ctx, code, demande.date)
    if contenu is None:
        return Response(status_code=304)
    nom = f'inline; filename="commandes-{jour}.pdf"'
    return Response(contenu, media_type="application/pdf", headers={"content-disposition": nom})
