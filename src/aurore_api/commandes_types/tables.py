"""Rows of standing orders. Quantities are in `unite_commande`, in the article's base unit where that is null."""

from datetime import date as Jour  # noqa: N812 (rows have a column of this name)
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKeyConstraint,
    Identity,
    Index,
    Numeric,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlmodel import Field

from aurore_api.commandes_types.erreurs import ExceptionDejaPresente, PausesQuiSeChevauchent
from aurore_api.socle.colonnes import SOCIETE, Instant, Json, Ligne, Rang, Versionnee
from aurore_api.socle.integrite import qui_refuse


def _unite_de_l_article() -> ForeignKeyConstraint:
    """An order unit is one of the article's: it stays as long as a standing order uses it."""
    unites = f"{SOCIETE}.unites_supplementaires"
    return ForeignKeyConstraint(["article", "unite_commande"], [f"{unites}.article", f"{unites}.abreviation"])


def _commande_type(**autres: Any) -> Any:
    return Field(sa_type=BigInteger, foreign_key=f"{SOCIETE}.commandes_types.id", ondelete="CASCADE", **autres)


class CommandeType(Versionnee, Ligne, table=True):
    """What a client is to get by weekday, from a day to a day and in its seasons (all year when it has none)."""

    __tablename__ = "commandes_types"
    __table_args__ = (CheckConstraint("du <= au", name="du_avant_au"), {"schema": SOCIETE})

    id: int = Field(default=None, sa_type=BigInteger, primary_key=True, sa_column_args=[Identity(always=True)])
    client: str = Field(sa_type=Text, foreign_key=f"{SOCIETE}.clients.numero", index=True)
    libelle: str | None = Field(default=None, sa_type=Text)
    du: Jour = Field(sa_type=Date)
    au: Jour | None = Field(default=None, sa_type=Date)
    saisons: list[dict[str, Any]] = Field(default_factory=list, sa_type=Json)


class LigneCommandeType(Ligne, table=True):
    """An article of a standing order; `jours` has a quantity for each weekday from Monday, null for none."""

    __tablename__ = "lignes_commandes_types"
    __table_args__ = (
        CheckConstraint("cardinality(jours) = 7 AND 0 <= ALL (jours)", name="jours"),
        _unite_de_l_article(),
        {"schema": SOCIETE},
    )

    commande_type: int = _commande_type(primary_key=True)
    article: str = Field(sa_type=Text, primary_key=True, foreign_key=f"{SOCIETE}.articles.numero", index=True)
    rang: int = Field(sa_type=Rang)
    unite_commande: str | None = Field(default=None, sa_type=Text)
    jours: list[Decimal | None] = Field(sa_type=ARRAY(Numeric(15, 6)))


class ExceptionCommandeType(Versionnee, Ligne, table=True):
    """The quantity of an article on one day, whatever the standing order says of it."""

    __tablename__ = "exceptions_commandes_types"
    __table_args__ = (
        CheckConstraint("quantite >= 0", name="quantite"),
        qui_refuse(UniqueConstraint("commande_type", "date", "article"), ExceptionDejaPresente, "#/date"),
        _unite_de_l_article(),
        {"schema": SOCIETE},
    )

    id: int = Field(default=None, sa_type=BigInteger, primary_key=True, sa_column_args=[Identity(always=True)])
    commande_type: int = _commande_type()
    date: Jour = Field(sa_type=Date, index=True)
    article: str = Field(sa_type=Text, foreign_key=f"{SOCIETE}.articles.numero", index=True)
    unite_commande: str | None = Field(default=None, sa_type=Text)
    quantite: Decimal = Field(max_digits=15, decimal_places=6)


class PauseCommandeType(Versionnee, Ligne, table=True):
    """Days on which a standing order rests; `au` null is until further notice. Its pauses never share a day."""

    __tablename__ = "pauses_commandes_types"
    __table_args__ = (
        CheckConstraint("du <= au", name="du_avant_au"),
        qui_refuse(
            ExcludeConstraint(
                ("commande_type", "="),
                (text("daterange(du, au, '[]')"), "&&"),
                name="ex_pauses_commandes_types_commande_type",
            ),
            PausesQuiSeChevauchent,
            "#/du",
        ),
        {"schema": SOCIETE},
    )

    id: int = Field(default=None, sa_type=BigInteger, primary_key=True, sa_column_args=[Identity(always=True)])
    commande_type: int = _commande_type()
    du: Jour = Field(sa_type=Date)
    au: Jour | None = Field(default=None, sa_type=Date)


class ConversionCommandeType(Ligne, table=True):
    """The commande that replaces a standing order of `client` on a day; its key is why nothing is made twice.

    `document` is null once the commande is deleted: that it was made stays known. `demandes` is what the standing
    order asked for then.
    """

    __tablename__ = "conversions_commandes_types"
    __table_args__ = (Index(None, "date", "client"), {"schema": SOCIETE})

    commande_type: int = _commande_type(primary_key=True)
    date: Jour = Field(sa_type=Date, primary_key=True)
    client: str = Field(sa_type=Text)
    document: UUID | None = Field(default=None, foreign_key=f"{SOCIETE}.documents.id", ondelete="SET NULL", index=True)
    demandes: list[dict[str, Any]] = Field(sa_type=Json)
    cree_le: datetime = Field(sa_type=Instant)
