"""The SQL of earlier versions. Their PDFs are read one at a time only."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col

from aurore_api.documents.tables_emis import VersionDocument
from aurore_api.socle.colonnes import nue
from aurore_api.socle.contexte import Contexte


async def versions(ctx: Contexte, document: UUID) -> Sequence[Any]:
    """The versions of a document without their PDFs, oldest first."""
    colonnes = [colonne for colonne in nue(VersionDocument) if colonne.name != "pdf"]
    requete = select(*colonnes).where(col(VersionDocument.document) == document).order_by(col(VersionDocument.numero))
    return (await ctx.session.execute(requete)).all()


async def pdf(ctx: Contexte, document: UUID, numero: int) -> bytes | None:
    """The PDF of one version."""
    requete = select(col(VersionDocument.pdf)).where(
        col(VersionDocument.document) == document, col(VersionDocument.numero) == numero
    )
    return await ctx.session.scalar(requete)


async def nombre(ctx: Contexte, document: UUID) -> int:
    """How many versions there are."""
    requete = select(func.count()).where(col(VersionDocument.document) == document)
    return (await ctx.session.scalar(requete)) or 0
