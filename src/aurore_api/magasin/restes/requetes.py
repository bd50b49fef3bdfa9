"""The SQL of leftovers."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, delete, func, select
from sqlmodel import col

from aurore_api.magasin.restes.tables import Reste
from aurore_api.socle.colonnes import nue, un_de
from aurore_api.socle.contexte import Contexte

_R = nue(Reste)


async def du_jour(ctx: Contexte, magasin: str, jour: date) -> Sequence[Any]:
    """What a shop has left of a day, by article."""
    requete = select(*_R).where(_R.magasin == magasin, _R.date == jour).order_by(_R.article)
    return (await ctx.session.execute(requete)).all()


async def effacer(ctx: Contexte, magasin: str, jour: date, articles: Collection[str]) -> None:
    """Forget what was entered of these articles."""
    siens = col(Reste.magasin) == magasin, col(Reste.date) == jour, col(Reste.article) == un_de(articles)
    await ctx.session.execute(delete(Reste).where(*siens))


def liste(magasin: str, jour: date | None, pour_le: date | None) -> Select[Any]:
    """The leftovers of a shop, to be paged."""
    requete = select(Reste).where(col(Reste.magasin) == magasin)
    if jour is not None:
        requete = requete.where(col(Reste.date) == jour)
    return requete if pour_le is None else requete.where(col(Reste.pour_le) == pour_le)


async def pour(ctx: Contexte, jour: date, articles: Collection[str] | None) -> Sequence[Any]:
    """Of all shops what counts for a day's production: article, client, quantity."""
    requete = select(_R.article, _R.client, func.sum(_R.quantite)).where(_R.pour_le == jour)
    if articles is not None:
        requete = requete.where(_R.article == un_de(articles))
    return (await ctx.session.execute(requete.group_by(_R.article, _R.client).order_by(_R.article, _R.client))).all()
