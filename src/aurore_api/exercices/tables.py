"""Rows of accounting years, their counters and their declared gaps."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Date, Identity, PrimaryKeyConstraint, Text, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlmodel import Field

from aurore_api.socle.colonnes import SOCIETE, Instant, Ligne, Versionnee


class Exercice(Versionnee, Ligne, table=True):
    """An accounting year; no two hold the same day, which the database keeps."""

    __tablename__ = "exercices"
    __table_args__ = (
        CheckConstraint("debut <= fin", name="debut_avant_fin"),
        CheckConstraint("etat IN ('ouvert', 'cloture')", name="etat"),
        ExcludeConstraint((text("daterange(debut, fin, '[]')"), "&&"), name="ex_exercices_debut_fin"),
        {"schema": SOCIETE},
    )

    code: str = Field(sa_type=Text, primary_key=True)
    debut: date = Field(sa_type=Date)
    fin: date = Field(sa_type=Date)
    etat: str = Field(default="ouvert", sa_type=Text)


class Compteur(Versionnee, Ligne, table=True):
    """The last number drawn of a type in an exercice, and the latest date that bears one (DOC-03, DOC-06)."""

    __tablename__ = "compteurs"
    __table_args__ = (
        PrimaryKeyConstraint("exercice", "type"),
        CheckConstraint("dernier >= 0", name="dernier"),
        {"schema": SOCIETE},
    )

    exercice: str = Field(sa_type=Text, foreign_key=f"{SOCIETE}.exercices.code")
    type: str = Field(sa_type=Text)
    dernier: int = Field(sa_type=BigInteger)
    derniere_date: date | None = Field(default=None, sa_type=Date)


class TrouDeclare(Ligne, table=True):
    """Numbers left out on purpose, by whom and why (DOC-05)."""

    __tablename__ = "trous_declares"

    id: int = Field(default=None, sa_type=BigInteger, primary_key=True, sa_column_args=[Identity(always=True)])
    exercice: str = Field(sa_type=Text, foreign_key=f"{SOCIETE}.exercices.code")
    type: str = Field(sa_type=Text)
    du: int = Field(sa_type=BigInteger)
    au: int = Field(sa_type=BigInteger)
    motif: str = Field(sa_type=Text)
    declare_le: datetime = Field(sa_type=Instant)
