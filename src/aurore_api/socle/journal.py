"""The event table: audit trail (SEC-04) and change feed in one. One row per change, in the change's own transaction.

The database refuses update, delete and truncate of it (see the migration), so it can only grow.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal, TypeAlias

from pydantic import BaseModel
from sqlalchemy import BigInteger, Column, Identity, Index, Text, text
from sqlalchemy.types import UserDefinedType
from sqlmodel import Field

from aurore_api.socle.base import JsonEcrit
from aurore_api.socle.bloc import inserer_en_bloc
from aurore_api.socle.colonnes import SOCIETE, Instant, JsonFait, Ligne
from aurore_api.socle.contexte import Contexte

Action = Literal[
    "creation",
    "modification",
    "suppression",
    "impression",
    "numerotation",
    "transfert",
    "annulation",
    "anonymisation",
    "reouverture",
    "abandon",
    "effacement",
    "cloture",
]

Changement: TypeAlias = tuple[str, JsonEcrit | None, JsonEcrit | None]
"""Identifier, state before, state after."""

__all__ = ["Action", "Changement", "Evenement", "consigner", "consigner_en_bloc", "evenement"]


class Xid8(UserDefinedType[int]):
    """PostgreSQL's 64-bit transaction number."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """The type's name in DDL."""
        return "xid8"


class Evenement(Ligne, table=True):
    """One change: who, when, of what, before and after.

    `transaction` with `id` is the commit-ordered cursor of the change feed: rows below the oldest running transaction
    are complete, whatever order they were written in.
    """

    __tablename__ = "evenements"
    __table_args__ = (
        Index("ix_evenements_transaction", "transaction", "id"),
        Index("ix_evenements_ressource", "ressource", "identifiant", "id"),
        {"schema": SOCIETE},
    )

    id: int = Field(default=None, sa_type=BigInteger, primary_key=True, sa_column_args=[Identity(always=True)])
    transaction: int = Field(
        default=None,
        sa_column=Column("transaction", Xid8, nullable=False, server_default=text("pg_current_xact_id()")),
    )
    instant: datetime = Field(sa_type=Instant)
    cle: int = Field(sa_type=BigInteger)
    requete: str = Field(sa_type=Text)
    action: str = Field(sa_type=Text)
    ressource: str = Field(sa_type=Text)
    identifiant: str = Field(sa_type=Text)
    avant: dict[str, Any] | None = Field(default=None, sa_type=JsonFait)
    apres: dict[str, Any] | None = Field(default=None, sa_type=JsonFait)


def ecrit(etat: BaseModel | None) -> JsonEcrit | None:
    """A resource's state as it is stored in an event: the JSON that people are served."""
    return None if etat is None else JsonEcrit(etat.model_dump_json())


def evenement(
    ctx: Contexte, ressource: str, identifiant: str, action: Action, avant: JsonEcrit | None, apres: JsonEcrit | None
) -> Evenement:
    """The event of a change, for a service that stores it together with what it made."""
    ctx.a_change = True
    return Evenement(
        instant=ctx.maintenant,
        cle=ctx.cle.id,
        requete=ctx.requete_id,
        action=action,
        ressource=ressource,
        identifiant=identifiant,
        avant=avant,  # type: ignore[arg-type]  # the JSON of one, already made
        apres=apres,  # type: ignore[arg-type]  # as above
    )


async def consigner(
    ctx: Contexte,
    ressource: str,
    identifiant: str,
    action: Action,
    avant: JsonEcrit | None,
    apres: JsonEcrit | None,
) -> None:
    """Write the event of a change, in its transaction."""
    await inserer_en_bloc(ctx, [evenement(ctx, ressource, identifiant, action, avant, apres)])


async def consigner_en_bloc(ctx: Contexte, ressource: str, action: Action, changements: Sequence[Changement]) -> None:
    """Write the events of many changes of one kind."""
    ctx.a_change = True
    evenements = [evenement(ctx, ressource, identifiant, action, *etats) for identifiant, *etats in changements]
    await inserer_en_bloc(ctx, evenements)
