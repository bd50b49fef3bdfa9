"""`/v1/magasins/{code}/rapprochement`."""

from typing import Annotated

from fastapi import Query, Response

from aurore_api.listes_stock.schemas import LISTES, MEDIAS_LISTES
from aurore_api.magasin.rapprochement import DemandeRapprochement, FiltreRapprochement, RapprochementSortie
from aurore_api.magasin.routes.chemins import CodeMagasinUrl
from aurore_api.magasin.service.fichier_rapprochement import fichier
from aurore_api.magasin.service.rapprochement import rapprocher
from aurore_api.socle.contexte import Ctx
from aurore_api.socle.route import nouveau_routeur

routeur = nouveau_routeur("/magasins/{code}/rapprochement", "magasins")


@routeur.get("", operation_id="lire_rapprochement_magasin", summary="Compare what a till sent with what became of it")
async def lire(ctx: Ctx, code: CodeMagasinUrl, filtre: Annotated[FiltreRapprochement, Query()]) -> RapprochementSortie:
    """Orders and sales of a period, their fate, conflicts, probable duplicates, days not covered (MAG-19, MAG-25)."""
    return await rapprocher(ctx, code, filtre)


@routeur.get(
    "/liste",
    operation_id="lire_liste_rapprochement_magasin",
    summary="Compare them as PDF, CSV or XLSX",
    response_class=Response,
    responses={200: {"content": LISTES}},
)
async def liste(ctx: Ctx, code: CodeMagasinUrl, demande: Annotated[DemandeRapprochement, Query()]) -> Response:
    """The PDF begins with what someone should look at; the tables have a row per order and sale."""
    nom = f"rapprochement-{code}-{demande.du}-{demande.au}.{demande.format}"
    disposition = f'attachment; filename="{nom}"'
    return Response(
        await fichier(ctx, code, demande),
        media_type=MEDIAS_LISTES[demande.format],
        headers={"content-disposition": disposition},
    )
