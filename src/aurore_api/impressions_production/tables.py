"""Rows of printed production lists; nothing changes them (MAG-24)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, Date, Text, UniqueConstraint, Uuid
from sqlmodel import Field

from aurore_api.socle.colonnes import SOCIETE, Instant, Json, Ligne

Jour = date
"""`date` under another name: a field is called `date` too."""


class ImpressionProduction(Ligne, table=True):
    """A list that was printed for a day: its `version` among those of the same families (none: of all articles).

    `lignes` and `societe` are all that its PDF is drawn from; `documents` asked for something then, each with a digest
    of what (`empreintes`, in the same order).
    """

    __tablename__ = "impressions_production"
    __table_args__ = (
        UniqueConstraint("date", "familles", "version"),
        CheckConstraint("version > 0", name="version"),
        CheckConstraint("cardinality(documents) = cardinality(empreintes)", name="empreintes"),
        {"schema": SOCIETE},
    )

    id: UUID = Field(primary_key=True)
    date: Jour = Field(sa_type=Date)
    familles: list[str] = Field(sa_type=ARRAY(Text))
    version: int = Field(sa_type=BigInteger)
    imprime_le: datetime = Field(sa_type=Instant)
    cle: int = Field(sa_type=BigInteger)
    langue: str = Field(sa_type=Text)
    societe: str = Field(sa_type=Text)
    lignes: list[dict[str, Any]] = Field(sa_type=Json)
    documents: list[UUID] = Field(sa_type=ARRAY(Uuid))
    empreintes: list[int] = Field(sa_type=ARRAY(BigInteger))
