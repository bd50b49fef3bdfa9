"""Rows of delivery notes: which bordereaux were made for a day, by which job, and how they print."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, Index, Text
from sqlmodel import Field

from aurore_api.socle.colonnes import SOCIETE, Instant, Ligne, Rang

Jour = date
"""`date` under another name: a field is called `date` too."""


class NoteEnvoi(Ligne, table=True):
    """A bordereau made for a delivery day; `travail` is the job that made it, `copies` how often it is in its PDF."""

    __tablename__ = "notes_envoi"
    __table_args__ = (
        CheckConstraint("copies BETWEEN 1 AND 10", name="copies"),
        Index("ix_notes_envoi_date", "date", "document"),
        Index("ix_notes_envoi_travail", "travail"),
        {"schema": SOCIETE},
    )

    document: UUID = Field(primary_key=True, foreign_key=f"{SOCIETE}.documents.id", ondelete="CASCADE")
    date: Jour = Field(sa_type=Date)
    travail: str = Field(sa_type=Text)
    copies: int = Field(sa_type=Rang)
    cree_le: datetime = Field(sa_type=Instant)
