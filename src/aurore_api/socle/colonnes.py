"""Column types and the base of all rows. Names of constraints are made so that an error tells its field."""

from collections.abc import Callable, Collection
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar, TypeAlias, TypeVar

from sqlalchemy import (
    ARRAY,
    BigInteger,
    DateTime,
    Dialect,
    MetaData,
    SmallInteger,
    SQLColumnExpression,
    Text,
    any_,
    literal,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

E = TypeVar("E", bound=StrEnum)
L = TypeVar("L", bound=SQLModel)

SOCIETE = "societe"
"""Placeholder schema of everything that belongs to one société; translated per request to its real schema."""
COMMUN = "aurore"
"""Schema of what all sociétés share: sociétés and keys."""

Colonne: TypeAlias = SQLColumnExpression[Any]
"""A column or an expression of columns, as `col` gives it."""

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(DateTime):
    """A moment with its offset (timestamptz)."""

    def __init__(self) -> None:
        super().__init__(timezone=True)


class Json(JSONB):
    """A JSON document; None is SQL's NULL, never JSON's."""

    def __init__(self) -> None:
        super().__init__(none_as_null=True)


class JsonFait(Json):
    """A JSON document that is given as the text it was already made of."""


class Rang(SmallInteger):
    """A small count: decimals, weekdays."""


class EnTexte(TypeDecorator[E]):
    """A StrEnum kept as text; what is read is the enum again. A subclass repeats `cache_ok`, or is not cached."""

    impl = Text
    cache_ok = True
    enum: type[E]

    def process_bind_param(self, value: E | str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 (signature)
        """The text."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> E | None:  # noqa: ARG002 (signature)
        """The enum."""
        return None if value is None else self.enum(value)


class Ligne(SQLModel):
    """A row of a société."""

    __table_args__: ClassVar[Any] = {"schema": SOCIETE}

    def __init__(self, **valeurs: Any) -> None:
        # A new row has nothing to compare with, so its fields go straight into its state. SQLModel's own constructor
        # validates nothing either, and takes 150 µs for a line of a document instead of 5.
        self.__dict__.update(_defauts(type(self)), **valeurs)
        for nom, vide in (("fields_set", set(valeurs)), ("extra", None), ("private", None)):
            object.__setattr__(self, f"__pydantic_{nom}__", vide)

    def __setattr__(self, nom: str, valeur: Any) -> None:
        # As above: until a row is stored there is no change to track, and afterwards SQLModel's own way to the
        # instrumented attribute costs four times as much.
        etat = self.__dict__.get("_sa_instance_state")
        if etat is not None and etat.key is None:
            self.__dict__[nom] = valeur
        else:
            object.__setattr__(self, nom, valeur)


@cache
def _fabriques(ligne: type[SQLModel]) -> tuple[dict[str, Any], dict[str, Callable[[], Any]]]:
    """The defaults of a kind of row: plain ones, and those that are made anew for each."""
    champs = {nom: champ for nom, champ in ligne.model_fields.items() if not champ.is_required()}
    fabriques = {nom: champ.default_factory for nom, champ in champs.items() if champ.default_factory is not None}
    simples = {nom: champ.default for nom, champ in champs.items() if nom not in fabriques}
    return simples, fabriques  # type: ignore[return-value]  # none of our factories takes the validated data


def _defauts(ligne: type[SQLModel]) -> dict[str, Any]:
    simples, fabriques = _fabriques(ligne)
    return simples | {nom: fabrique() for nom, fabrique in fabriques.items()} if fabriques else simples


class LigneCommune(SQLModel):
    """A row that all sociétés share."""

    __table_args__: ClassVar[Any] = {"schema": COMMUN}


class Versionnee(SQLModel):
    """A row that people change: its `version` is its ETag (API-06)."""

    version: int = Field(default=1, sa_type=BigInteger)


def metadonnees(schema: str) -> MetaData:
    """The tables of one of the two schemas, for migrations and their test."""
    choisies = MetaData(naming_convention=SQLModel.metadata.naming_convention)
    for table in SQLModel.metadata.sorted_tables:
        if table.schema == schema:
            table.to_metadata(choisies)
    return choisies


def nue(ligne: type[SQLModel]) -> Any:
    """The columns of a kind of row, without its entity: what every request selects takes half the time this way."""
    return ligne.__table__.c  # type: ignore[attr-defined]  # every row's class has its table


def un_de(cles: Collection[str]) -> Any:
    """One of many keys, for comparing a column with them by one parameter, whatever their number."""
    return any_(literal(list(cles), ARRAY(Text)))


class _Legere:
    """Base of light rows: plain objects, whose attributes are looked up without the ORM."""

    _defauts_de: ClassVar[type[SQLModel]]

    def __init__(self, **valeurs: Any) -> None:
        self.__dict__.update(_defauts(self._defauts_de))
        self.__dict__.update(valeurs)


def legere(ligne: type[L]) -> type[L]:
    """A kind of row without the ORM, for rows by the thousand that go in by the block and that no session follows.

    They have the same columns, defaults and properties; making one and reading it takes a fraction of the time.
    """
    return _legere(ligne)  # type: ignore[no-any-return]  # to whoever reads it, it is one


@cache
def _legere(ligne: type[SQLModel]) -> Any:
    proprietes = {nom: une for nom, une in vars(ligne).items() if isinstance(une, property)}
    table = {nom: getattr(ligne, nom) for nom in ("__table__", "__tablename__")}
    return type(ligne.__name__, (_Legere,), {**proprietes, **table, "_defauts_de": ligne})
