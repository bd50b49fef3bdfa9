"""Rows of what documents were issued as, and of what notes de crédit take of them."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Date, Index, LargeBinary, PrimaryKeyConstraint, Text
from sqlmodel import Field

from aurore_api.documents.tables import Jour
from aurore_api.socle.colonnes import SOCIETE, Instant, Ligne
from aurore_domain.tva import Lettre


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


class CreditDeFacture(Ligne, table=True):
    """What a note de crédit takes of a VAT group of a facture (CAL-15); `frais` and `escompte` are as stated.

    What is left of a facture is its own figures less the sum of these: nothing is counted down anywhere.
    """

    __tablename__ = "credits"
    __table_args__ = (Index("ix_credits_facture", "facture"), {"schema": SOCIETE})

    document: UUID = Field(primary_key=True, foreign_key=f"{SOCIETE}.documents.id", ondelete="CASCADE")
    facture: UUID = Field(primary_key=True, foreign_key=f"{SOCIETE}.documents.id")
    categorie: Lettre = Field(primary_key=True, sa_type=Text)
    taux: Decimal = Field(primary_key=True, max_digits=5, decimal_places=2)
    base: Decimal = Field(max_digits=14, decimal_places=2)
    tva: Decimal = Field(max_digits=14, decimal_places=2)
    frais: Decimal = Field(max_digits=14, decimal_places=2)
    escompte: Decimal = Field(max_digits=14, decimal_places=2)
    entete: Decimal = Field(max_digits=14, decimal_places=2)
