"""Rows by the block: one statement however many, over `unnest(…)`, the fastest way short of COPY."""

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ARRAY, FromClause, Insert, Update, bindparam, cast, func, insert, inspect, select, update
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import SQLModel

from aurore_api.socle.colonnes import Json, nue
from aurore_api.socle.contexte import Contexte


async def inserer_en_bloc(
    ctx: Contexte, lignes: Sequence[SQLModel], rendre: tuple[str, ...] = ()
) -> Sequence[tuple[Any, ...]]:
    """Store new rows of one table; gives the columns asked for, of every row, in no order.

    They do not enter the session: what changes in them later is not written. Columns that are null in all of them are
    left out: that is what the database puts there, and sending it costs.
    """
    if not lignes:
        return ()
    valeurs = _par_colonne(lignes)
    table, noms = type(lignes[0]), _remplies(valeurs)
    resultat = await ctx.session.execute(_requete(table, noms, rendre), _parametres(table, valeurs, noms))
    return [tuple(rang) for rang in resultat] if rendre else ()


async def inserer_ensemble(ctx: Contexte, *blocs: Sequence[SQLModel]) -> None:
    """Store new rows of several tables in one statement, as `inserer_en_bloc` does; they may refer to each other."""
    presents = [(bloc, _par_colonne(bloc)) for bloc in blocs if bloc]
    formes = tuple((type(bloc[0]), _remplies(valeurs)) for bloc, valeurs in presents)
    if not formes:
        return
    parametres: dict[str, list[Any]] = {}
    for (table, noms), (_, valeurs) in zip(formes, presents, strict=True):
        parametres |= _parametres(table, valeurs, noms)
    await ctx.session.execute(_ensemble(formes), parametres)


async def modifier_en_bloc(ctx: Contexte, lignes: Sequence[SQLModel], colonnes: Collection[str]) -> None:
    """Write these columns of rows of one table that exist and are locked. They do not enter the session."""
    if not lignes:
        return
    table = type(lignes[0])
    noms = tuple(sorted(_cle(table) | set(colonnes)))
    await ctx.session.execute(_changement(table, noms), valeurs_de_bloc(lignes, noms))


async def ecrire_suivies(ctx: Contexte, lignes: Sequence[SQLModel]) -> None:
    """Write what changed in rows of one table that the session follows; a flush takes a statement for each of them."""
    changees = [(ligne, noms) for ligne in lignes if (noms := _changees(ligne))]
    colonnes = set[str]().union(*(noms for _, noms in changees))
    await modifier_en_bloc(ctx, [ligne for ligne, _ in changees], colonnes)
    for ligne, _ in changees:
        for nom in colonnes:
            set_committed_value(ligne, nom, ligne.__dict__[nom])


def _changees(ligne: SQLModel) -> set[str]:
    """The columns of a stored row whose value is not the one that was read."""
    etat = inspect(ligne)
    if not etat.persistent:
        return set()
    return {nom for nom in set(nue(type(ligne)).keys()) - etat.unmodified if etat.attrs[nom].history.has_changes()}


def suivre(ctx: Contexte, ligne: SQLModel) -> None:
    """Let a row that went in by the block enter the session: from now on its changes are written."""
    make_transient_to_detached(ligne)
    ctx.session.add(ligne)


def bloc_de(table: type[SQLModel], noms: tuple[str, ...]) -> Sequence[Any]:
    """The columns of a block of rows inside a larger statement, which `valeurs_de_bloc` gives its parameters."""
    return tuple(_bloc(table, noms)[1].values())


def valeurs_de_bloc(lignes: Sequence[SQLModel], noms: Collection[str]) -> dict[str, list[Any]]:
    """The parameters of a statement over rows of one table, of which there is at least one."""
    return _parametres(type(lignes[0]), _par_colonne(lignes), noms)


def _parametres(table: type[SQLModel], valeurs: Mapping[str, list[Any]], noms: Collection[str]) -> dict[str, list[Any]]:
    return {f"{table.__tablename__}_{nom}": valeurs[nom] for nom in noms}


def _remplies(valeurs: Mapping[str, list[Any]]) -> tuple[str, ...]:
    return tuple(nom for nom, colonne in valeurs.items() if any(une is not None for une in colonne))


def _par_colonne(lignes: Sequence[SQLModel]) -> dict[str, list[Any]]:
    return {nom: [ligne.__dict__[nom] for ligne in lignes] for nom in nue(type(lignes[0])).keys()}  # noqa: SIM118


def _bloc(table: type[SQLModel], noms: tuple[str, ...]) -> tuple[FromClause, dict[str, Any]]:
    """The rows as a table of the statement, and its columns in the types of the table's."""
    colonnes = nue(table)
    listes = {nom: colonnes[nom].type for nom in noms if isinstance(colonnes[nom].type, ARRAY)}
    # Of one dimension: a column of JSON lists is not taken for a table of several. Lists of SQL travel as JSON: unnest
    # would flatten them.
    types = {nom: Json() if nom in listes else colonnes[nom].type for nom in noms}
    tableaux = [
        bindparam(f"{table.__tablename__}_{nom}", type_=ARRAY(genre, dimensions=1)) for nom, genre in types.items()
    ]
    bloc = func.unnest(*tableaux).table_valued(*noms).render_derived()
    return bloc, {nom: _liste(bloc.c[nom], listes[nom]) if nom in listes else bloc.c[nom] for nom in noms}


def _liste(colonne: Any, genre: ARRAY[Any]) -> Any:
    elements = func.jsonb_array_elements_text(colonne).table_valued("element", with_ordinality="ordre").render_derived()
    rangee = select(func.array_agg(aggregate_order_by(elements.c.element, elements.c.ordre)))
    return func.coalesce(rangee.scalar_subquery(), cast([], genre))


@lru_cache(maxsize=256)
def _requete(table: type[SQLModel], noms: tuple[str, ...], rendre: tuple[str, ...]) -> Insert:
    _, valeurs = _bloc(table, noms)
    requete = insert(table.__table__).from_select(noms, select(*valeurs.values()))  # type: ignore[attr-defined]  # its class has its table
    return requete.returning(*(nue(table)[nom] for nom in rendre)) if rendre else requete


@lru_cache(maxsize=256)
def _ensemble(formes: tuple[tuple[type[SQLModel], tuple[str, ...]], ...]) -> Insert:
    *autres, derniere = (_requete(table, noms, ()) for table, noms in formes)
    return derniere.add_cte(*(une.cte(f"bloc_{rang}") for rang, une in enumerate(autres)))


@lru_cache(maxsize=256)
def _changement(table: type[SQLModel], noms: tuple[str, ...]) -> Update:
    colonnes, cle = nue(table), _cle(table)
    bloc, valeurs = _bloc(table, noms)
    changees = {nom: valeur for nom, valeur in valeurs.items() if nom not in cle}
    return update(table.__table__).values(changees).where(*(colonnes[nom] == bloc.c[nom] for nom in cle))  # type: ignore[attr-defined]  # as above


def _cle(table: type[SQLModel]) -> set[str]:
    return {colonne.key for colonne in table.__table__.primary_key}  # type: ignore[attr-defined]  # as above
