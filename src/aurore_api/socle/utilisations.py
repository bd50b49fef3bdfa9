"""Which rows use a row (TAB-01), read from the foreign keys of the société's tables: all of them, in one statement.

Rows that go with it (ON DELETE CASCADE) or that only forget it (SET NULL) do not use it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    ARRAY,
    Column,
    ColumnElement,
    CompoundSelect,
    ForeignKeyConstraint,
    FromClause,
    Select,
    Table,
    Text,
    and_,
    bindparam,
    cast,
    func,
    inspect,
    literal,
    or_,
    select,
    union_all,
)
from sqlmodel import SQLModel

from aurore_api.socle.colonnes import SOCIETE
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.erreurs import EnUtilisation
from aurore_api.socle.references import nom_de_table

NOMMEES = 3
"""How many of the users a refusal names."""


@dataclass(frozen=True, slots=True)
class Utilisation:
    """The rows of one table that use a row."""

    table: str
    nombre: int = 1
    cles: tuple[str, ...] = ()
    """What the first of them are called, or what they belong to; empty where people know them by neither."""

    def __str__(self) -> str:
        """As people are told: `articles (4) : BAG, CRO, ECL, …`."""
        nom = nom_de_table(self.table)
        if not self.cles:
            return nom if self.nombre == 1 else f"{nom} ({self.nombre})"
        suite = ", …" if self.nombre > len(self.cles) == NOMMEES else ""
        return f"{nom} ({self.nombre}) : {', '.join(self.cles)}{suite}"


async def utilisations(
    ctx: Contexte, ligne: type[SQLModel], cle: Any, *, sauf: frozenset[str] = frozenset()
) -> list[Utilisation]:
    """The tables that use the row of this key (a tuple where it has several columns); none where it may be deleted.

    `sauf` are the names of foreign keys that do not count: of what belongs to the row, and goes with it.
    """
    table: Table = ligne.__table__  # type: ignore[attr-defined]  # every row's class has its table
    requete = _requete(table, sauf)
    if requete is None:
        return []
    valeurs = cle if isinstance(cle, Sequence) and not isinstance(cle, str) else (cle,)
    colonnes = [colonne.name for colonne in table.primary_key.columns]
    rangs = await ctx.session.execute(requete, dict(zip(colonnes, valeurs, strict=True)))
    return [Utilisation(nom, nombre, tuple(dict.fromkeys(cles))) for nom, nombre, cles in rangs]


async def verifier_libre(ctx: Contexte, ligne: SQLModel) -> None:
    """See that a stored row may be deleted.

    Raises:
        EnUtilisation: others use it; says which.
    """
    trouvees = await utilisations(ctx, type(ligne), inspect(ligne).identity)
    if trouvees:
        raise EnUtilisation(par=[str(une) for une in trouvees])


@cache
def _requete(utilisee: Table, sauf: frozenset[str]) -> CompoundSelect[Any] | None:
    """A row per table that uses one: its name, the number of users, what the first of them are called."""
    branches = [
        _branche(table, references)
        for table in sorted(utilisee.metadata.tables.values(), key=lambda une: une.name)
        if table.schema == SOCIETE and (references := _references(table, utilisee, sauf))
    ]
    return union_all(*branches) if branches else None


def _references(table: Table, utilisee: Table, sauf: frozenset[str]) -> list[ForeignKeyConstraint]:
    """The foreign keys by which rows of a table use the row."""
    references = (une for une in table.foreign_key_constraints if une.ondelete is None and str(une.name) not in sauf)
    return sorted((une for une in references if une.referred_table is utilisee), key=lambda une: str(une.name))


def _branche(table: Table, references: Sequence[ForeignKeyConstraint]) -> Select[Any]:
    """The users in one table. Nothing is sought of them, and no row comes out, where there are none."""
    utilise = or_(*(_par(une) for une in references))
    colonnes = _colonnes_du_nom(table, references)
    noms: ColumnElement[Any] = cast(literal([], ARRAY(Text)), ARRAY(Text))
    if colonnes:
        premieres = select(*colonnes).where(utilise).distinct().order_by(*colonnes).limit(NOMMEES).subquery()
        noms = func.array(select(_nom(colonnes, premieres)).select_from(premieres).scalar_subquery(), type_=ARRAY(Text))
    nombre = func.count()
    return select(literal(table.name, Text), nombre, noms).select_from(table).where(utilise).having(nombre > 0)


def _par(reference: ForeignKeyConstraint) -> ColumnElement[bool]:
    """Whether a row uses the row by this foreign key, which may hold more of it than its key."""
    cles = [un for un in reference.elements if un.column.primary_key]
    return and_(*(un.parent == bindparam(un.column.name, type_=un.column.type) for un in cles))


def _colonnes_du_nom(table: Table, references: Sequence[ForeignKeyConstraint] = ()) -> list[Column[Any]]:
    """The columns that people know a row by, besides those that refer to the row which it uses.

    They are those of its key, where they are text or refer to a row that has a name; a document has its number; a row
    that the database numbered is told by the first row that it cannot be without, or else by its number. The
    parameters' one row has no name.
    """
    connues = {un.parent for une in references for un in une.elements}
    entiere = list(table.primary_key.columns)
    cle = [colonne for colonne in entiere if colonne not in connues] or entiere
    if "numero_affiche" in table.c:
        return [table.c.numero_affiche, *cle]
    nommees = [colonne for colonne in cle if isinstance(colonne.type, Text) or colonne.foreign_keys]
    if nommees or any(colonne.autoincrement is False for colonne in cle):
        return nommees
    return [une for une in table.columns if une.foreign_keys and not une.nullable and une not in connues][:1] or cle


def _nom(colonnes: Sequence[Column[Any]], lignes: FromClause) -> ColumnElement[Any]:
    """What a row is called, out of `lignes`, which have these columns of it."""
    if colonnes[0].name == "numero_affiche":
        return func.coalesce(*(cast(lignes.c[colonne.name], Text) for colonne in colonnes))
    return func.concat_ws("/", *(_nom_du_parent(colonne, lignes) for colonne in colonnes))


def _nom_du_parent(colonne: Column[Any], lignes: FromClause) -> ColumnElement[Any]:
    """The text of a column, or its number; what the row is called that the number refers to."""
    valeur = lignes.c[colonne.name]
    if isinstance(colonne.type, Text) or not colonne.foreign_keys:
        return cast(valeur, Text)
    (reference,) = colonne.foreign_keys
    parent = reference.column.table
    lui = parent.alias()
    nom = _nom(_colonnes_du_nom(parent), lui)
    return select(nom).where(lui.c[reference.column.name] == valeur).correlate(lignes).scalar_subquery()
