"""Rows of crates; what documents move is in the ledger."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, Index, Text
from sqlmodel import Field

from aurore_api.socle.colonnes import SOCIETE, Instant, Ligne

Jour = date
"""`date` under another name: a field is called `date` too."""


class CorrectionVidange(Ligne, table=True):
    """What a client's balance of a crate is corrected by, and why: opening balances, counts (CLI-12).

    It moves no stock. Never changed nor deleted: the database refuses it, and what was wrong is corrected back.
    """

    __tablename__ = "corrections_vidanges"
    __table_args__ = (
        CheckConstraint("quantite <> 0", name="quantite"),
        Index("ix_corrections_vidanges_client", "client", "article", "date"),
        {"schema": SOCIETE},
    )

    id: UUID = Field(primary_key=True)
    instant: datetime = Field(sa_type=Instant)
    date: Jour = Field(sa_type=Date)
    client: str = Field(sa_type=Text, foreign_key=f"{SOCIETE}.clients.numero")
    article: str = Field(sa_type=Text, foreign_key=f"{SOCIETE}.articles.numero", index=True)
    quantite: Decimal = Field(max_digits=15, decimal_places=6)
    motif: str = Field(sa_type=Text)
