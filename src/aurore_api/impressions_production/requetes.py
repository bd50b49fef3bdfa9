"""The SQL of printed production lists."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ARRAY, Date, Select, Text, any_, func, literal, select
from sqlmodel import col

from aurore_api.impressions_production.tables import ImpressionProduction
from aurore_api.socle.contexte import Contexte

_EN_LISTE = ("id", "date", "familles", "version", "imprime_le", "cle")
"""What a list of them tells; the rest is large."""


async def derniere(ctx: Contexte, jour: date, familles: Sequence[str]) -> ImpressionProduction | None:
    """The last one of a day and these families."""
    requete = (
        select(ImpressionProduction)
        .where(
            col(ImpressionProduction.date) == jour,
            col(ImpressionProduction.familles) == literal(list(familles), ARRAY(Text)),
        )
        .order_by(col(ImpressionProduction.version).desc())
        .limit(1)
    )
    return (await ctx.session.scalars(requete)).one_or_none()


def liste(jour: date | None) -> Select[Any]:
    """Printed lists without what is on them, to be paged."""
    requete = select(*(getattr(ImpressionProduction, nom) for nom in _EN_LISTE))
    return requete if jour is None else requete.where(col(ImpressionProduction.date) == jour)


async def familles_imprimees(ctx: Contexte, jours: Collection[date]) -> Sequence[tuple[date, list[str], int]]:
    """Which lists were printed for these days: day, families, and the last version of them."""
    requete = (
        select(
            col(ImpressionProduction.date),
            col(ImpressionProduction.familles),
            func.max(col(ImpressionProduction.version)),
        )
        .where(col(ImpressionProduction.date) == any_(literal(list(jours), ARRAY(Date))))
        .group_by(col(ImpressionProduction.date), col(ImpressionProduction.familles))
        .order_by(col(ImpressionProduction.date), col(ImpressionProduction.familles))
    )
    return [(jour, familles, version) for jour, familles, version in await ctx.session.execute(requete)]
