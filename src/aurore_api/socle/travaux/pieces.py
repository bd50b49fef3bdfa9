"""The PDFs that a job keeps: what was printed, the same to the byte whenever it is fetched."""

from uuid import UUID

from aurore_api.socle.contexte import Contexte
from aurore_api.socle.travaux.tables import PieceTravail


async def garder(ctx: Contexte, nom: str, contenu: bytes) -> str:
    """Keep a PDF in the transaction of the item that made it; gives where it is. `nom` is its own in the job."""
    ctx.session.add(PieceTravail(travail=UUID(ctx.requete_id), nom=nom, contenu=contenu, cree_le=ctx.maintenant))
    await ctx.session.flush()
    return f"/v1/travaux/{ctx.requete_id}/pdf/{nom}"
