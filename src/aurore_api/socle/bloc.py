"""Rows by the block: one statement however many, `INSERT … SELECT unnest(…)`, the fastest way short of COPY."""

from collections.abc import Sequence
from functools import cache

from sqlalchemy import Column, Insert, bindparam, func, insert, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import SQLModel

from aurore_api.socle.contexte import Contexte


async def inserer_en_bloc(ctx: Contexte, lignes: Sequence[SQLModel]) -> None:
    """Store new rows of one table. They do not enter the session: what changes in them later is not written."""
    if not lignes:
        return
    colonnes, requete = _requete(type(lignes[0]))
    valeurs = {colonne.name: [ligne.__dict__[colonne.name] for ligne in lignes] for colonne in colonnes}
    await ctx.session.execute(requete, valeurs)


@cache
def _requete(table: type[SQLModel]) -> tuple[list[Column[object]], Insert]:
    colonnes = list(table.__table__.columns)  # type: ignore[attr-defined]  # every row's class has its table
    noms = [colonne.name for colonne in colonnes]
    tableaux = [bindparam(colonne.name, type_=ARRAY(colonne.type)) for colonne in colonnes]
    bloc = func.unnest(*tableaux).table_valued(*noms).render_derived()
    choix = select(*(bloc.c[nom] for nom in noms))
    return colonnes, insert(table.__table__).from_select(noms, choix)  # type: ignore[attr-defined]
