"""What was issued before a document was reopened."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Date, LargeBinary, PrimaryKeyConstraint, Text
from sqlmodel import Field

from aurore_api.socle.colonnes import SOCIETE, Instant, Ligne

Jour = date


class VersionDocument(Ligne, table=True):
    """One version that was issued and is no longer the current one; the database lets nobody change it (DOC-08)."""

    __tablename__ = "versions_documents"
    __table_args__ = (
        PrimaryKeyConstraint("document", "numero"),
        CheckConstraint("numero > 0", name="numero"),
        {"schema": SOCIETE},
    )

    document: UUID = Field(foreign_key=f"{SOCIETE}.documents.id")
    numero: int = Field(sa_type=BigInteger)
    date: Jour = Field(sa_type=Date)
    emis_le: datetime = Field(sa_type=Instant)
    reouvert_le: datetime = Field(sa_type=Instant)
    motif: str = Field(sa_type=Text)
    cle: int = Field(sa_type=BigInteger)
    total_htva: Decimal = Field(max_digits=14, decimal_places=2)
    total_tvac: Decimal = Field(max_digits=14, decimal_places=2)
    pdf: bytes = Field(sa_type=LargeBinary)
