"""Rows by the block: one statement however many, `INSERT … SELECT unnest(…)`, the fastest way short of COPY."""

from collections.abc import Sequence
from functools import lru_cache

from sqlalchemy import Insert, bindparam, func, insert, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import make_transient_to_detached
from sqlmodel import SQLModel

from aurore_api.socle.colonnes import nue
from aurore_api.socle.contexte import Contexte


async def inserer_en_bloc(ctx: Contexte, lignes: Sequence[SQLModel]) -> None:
    """Store new rows of one table. They do not enter the session: what changes in them later is not written.

    Columns that are null in all of them are left out: that is what the database puts there, and sending it costs.
    """
    if not lignes:
        return
    valeurs = {nom: [ligne.__dict__[nom] for ligne in lignes] for nom in nue(type(lignes[0])).keys()}  # noqa: SIM118
    noms = tuple(nom for nom, colonne in valeurs.items() if any(une is not None for une in colonne))
    await ctx.session.execute(_requete(type(lignes[0]), noms), {nom: valeurs[nom] for nom in noms})


def suivre(ctx: Contexte, ligne: SQLModel) -> None:
    """Let a row that went in by the block enter the session: from now on its changes are written."""
    make_transient_to_detached(ligne)
    ctx.session.add(ligne)


@lru_cache(maxsize=256)
def _requete(table: type[SQLModel], noms: tuple[str, ...]) -> Insert:
    colonnes = nue(table)
    tableaux = [bindparam(nom, type_=ARRAY(colonnes[nom].type)) for nom in noms]
    bloc = func.unnest(*tableaux).table_valued(*noms).render_derived()
    choix = select(*(bloc.c[nom] for nom in noms))
    return insert(table.__table__).from_select(noms, choix)  # type: ignore[attr-defined]  # its class has its table
