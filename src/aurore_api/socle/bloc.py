"""Rows by the block: one statement however many, over `json_to_recordset`.

A parameter per table, which pydantic writes in one go: an array per column costs the process twice as much, for the
driver looks at every element.
"""

from collections.abc import Collection, Iterable, Sequence
from functools import cache, lru_cache
from typing import Any

from pydantic_core import to_json
from sqlalchemy import (
    JSON,
    FromClause,
    Insert,
    LargeBinary,
    Text,
    Update,
    bindparam,
    cast,
    column,
    func,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import SQLModel

from aurore_api.socle.colonnes import Json, JsonFait, nue
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
    table, noms = _forme(lignes)
    resultat = await ctx.session.execute(_requete(table, noms, rendre), valeurs_de_bloc(table, lignes, noms))
    return [tuple(rang) for rang in resultat] if rendre else ()


async def inserer_ensemble(ctx: Contexte, *blocs: Sequence[SQLModel]) -> None:
    """Store new rows of several tables in one statement, as `inserer_en_bloc` does; they may refer to each other."""
    presents = [bloc for bloc in blocs if bloc]
    formes = tuple(map(_forme, presents))
    if len({table.__tablename__ for table, _ in formes}) != len(formes):
        raise ValueError(formes)  # one block's parameter would take the place of the other's
    if not formes:
        return
    parametres: dict[str, str] = {}
    for (table, noms), bloc in zip(formes, presents, strict=True):
        parametres |= valeurs_de_bloc(table, bloc, noms)
    await ctx.session.execute(_ensemble(formes), parametres)


async def modifier_en_bloc(ctx: Contexte, lignes: Sequence[SQLModel], colonnes: Collection[str]) -> None:
    """Write these columns of rows of one table that exist and are locked. They do not enter the session."""
    if not lignes:
        return
    table = type(lignes[0])
    noms = tuple(sorted(_cle(table) | set(colonnes)))
    await ctx.session.execute(_changement(table, noms), valeurs_de_bloc(table, lignes, noms))


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


def valeurs_de_bloc(table: type[SQLModel], lignes: Iterable[Any], noms: Collection[str]) -> dict[str, str]:
    """The parameter of a statement over rows of one table: objects with its columns as their fields."""
    rangs = [{nom: une[nom] for nom in noms} for une in map(vars, lignes)]
    return {str(table.__tablename__): to_json(rangs, bytes_mode="hex").decode()}


def _forme(lignes: Sequence[SQLModel]) -> tuple[type[SQLModel], tuple[str, ...]]:
    """The table of new rows, and the columns that any of them fills."""
    table, noms = type(lignes[0]), set[str]()
    for une in map(vars, lignes):
        noms.update(nom for nom in _noms(table) - noms if une[nom] is not None)
    return table, tuple(sorted(noms))


@cache
def _noms(table: type[SQLModel]) -> frozenset[str]:
    return frozenset(nue(table).keys())


def _bloc(table: type[SQLModel], noms: tuple[str, ...]) -> tuple[FromClause, dict[str, Any]]:
    """The rows as a table of the statement, and its columns in the types of the table's."""
    types = {nom: nue(table)[nom].type for nom in noms}
    colonnes = [column(nom, Text() if isinstance(un, JsonFait | LargeBinary) else un) for nom, un in types.items()]
    texte = cast(bindparam(str(table.__tablename__), type_=Text()), JSON())
    bloc = func.json_to_recordset(texte).table_valued(*colonnes).render_derived(with_types=True)
    return bloc, {nom: _lire(bloc.c[nom], un) for nom, un in types.items()}


def _lire(colonne: Any, genre: Any) -> Any:
    """A column in its own type, where JSON has it as text."""
    if isinstance(genre, JsonFait):
        return cast(colonne, Json())
    return func.decode(colonne, "hex") if isinstance(genre, LargeBinary) else colonne


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
