"""`/v1/stock/listes/…`."""

from typing import Annotated, Any

from fastapi import Query, Response

from aurore_api.listes_stock import service
from aurore_api.listes_stock.schemas import LISTES, MEDIAS_LISTES, DemandeListe, DemandeMouvements, DemandeValeur
from aurore_api.socle.contexte import Contexte, Ctx
from aurore_api.socle.route import nouveau_routeur

routeur = nouveau_routeur("/stock/listes", "stock")
_FICHIER: dict[str, Any] = {"response_class": Response, "responses": {200: {"content": LISTES}}}


@routeur.get(
    "/mouvements",
    operation_id="lire_liste_mouvements",
    summary="Export the stock movements as CSV, XLSX or PDF",
    **_FICHIER,
)
async def lire_liste_mouvements(ctx: Ctx, demande: Annotated[DemandeMouvements, Query()]) -> Response:
    """By date, or by article with a running sum; `genre=definitif` for what is posted only (MVT-04)."""
    return _reponse(ctx, demande, "mouvements", await service.mouvements(ctx, demande))


@routeur.get(
    "/valeur", operation_id="lire_liste_valeur", summary="Export the value of the stock as CSV, XLSX or PDF", **_FICHIER
)
async def lire_liste_valeur(ctx: Ctx, demande: Annotated[DemandeValeur, Query()]) -> Response:
    """At the average or the last purchase price, now or at the end of any day; the last row is the total (MVT-04)."""
    return _reponse(ctx, demande, f"valeur-{demande.prix}", await service.valeur(ctx, demande))


def _reponse(ctx: Contexte, demande: DemandeListe, nom: str, fichier: bytes) -> Response:
    disposition = f'attachment; filename="{nom}-{ctx.aujourd_hui}.{demande.format}"'
    return Response(fichier, media_type=MEDIAS_LISTES[demande.format], headers={"content-disposition": disposition})
