"""The SQL of delivery notes."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlmodel import col

from aurore_api.notes_envoi.tables import NoteEnvoi
from aurore_api.socle.contexte import Contexte


def liste(jour: date | None, travail: str | None) -> Select[Any]:
    """Those of a day, or of a job."""
    requete = select(NoteEnvoi)
    if jour is not None:
        requete = requete.where(col(NoteEnvoi.date) == jour)
    return requete if travail is None else requete.where(col(NoteEnvoi.travail) == travail)


async def toutes(ctx: Contexte, jour: date | None, travail: str | None) -> Sequence[NoteEnvoi]:
    """The same, all of them, in the order in which they were made."""
    ordonnees = liste(jour, travail).order_by(col(NoteEnvoi.document))
    return (await ctx.session.scalars(ordonnees)).all()
