"""Rows of jobs: what was asked, its items, and when tasks were last done."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, Integer, LargeBinary, PrimaryKeyConstraint, Text, text
from sqlmodel import Field

from aurore_api.socle.colonnes import SOCIETE, EnTexte, Instant, Json, Ligne, Versionnee


class EtatTravail(StrEnum):
    """Where a job is. The last three are final."""

    EN_ATTENTE = "en_attente"
    EN_COURS = "en_cours"
    TERMINE = "termine"
    ECHOUE = "echoue"
    ANNULE = "annule"


class EtatEtape(StrEnum):
    """Where an item of a job is."""

    EN_ATTENTE = "en_attente"
    FAITE = "faite"
    ECHOUEE = "echouee"


class EtatTravailEnTexte(EnTexte[EtatTravail]):
    """A job's state in its column."""

    cache_ok = True
    enum = EtatTravail


class EtatEtapeEnTexte(EnTexte[EtatEtape]):
    """An item's state in its column."""

    cache_ok = True
    enum = EtatEtape


FINIS = (EtatTravail.TERMINE, EtatTravail.ECHOUE, EtatTravail.ANNULE)
_ETATS = ", ".join(f"'{un}'" for un in EtatTravail)
_ETATS_ETAPE = ", ".join(f"'{un}'" for un in EtatEtape)


class Travail(Versionnee, Ligne, table=True):
    """A job: what was asked by whom, how far it is, what came of it.

    `faites` and `echecs` count its items, `total` is null until they are known. `essais` is how often a worker began
    without getting an item done since: whoever dies of one shall not die of it forever.
    """

    __tablename__ = "travaux"
    __table_args__ = (
        CheckConstraint(f"etat IN ({_ETATS})", name="etat"),
        CheckConstraint("(etat IN ('termine', 'echoue', 'annule')) = (fini_le IS NOT NULL)", name="fini_le"),
        CheckConstraint("faites >= 0 AND echecs >= 0 AND faites + echecs <= coalesce(total, 0)", name="progression"),
        Index("ix_travaux_vivants", "id", postgresql_where=text("fini_le IS NULL")),
        {"schema": SOCIETE},
    )

    id: UUID = Field(primary_key=True)
    genre: str = Field(sa_type=Text, index=True)
    portee: str = Field(sa_type=Text)
    etat: EtatTravail = Field(default=EtatTravail.EN_ATTENTE, sa_type=EtatTravailEnTexte)
    parametres: dict[str, Any] = Field(sa_type=Json)
    langue: str = Field(sa_type=Text)
    cle: int = Field(sa_type=BigInteger)
    requete: str = Field(sa_type=Text)
    cree_le: datetime = Field(sa_type=Instant)
    commence_le: datetime | None = Field(default=None, sa_type=Instant)
    fini_le: datetime | None = Field(default=None, sa_type=Instant)
    annulation_demandee: bool = Field(default=False)
    total: int | None = Field(default=None, sa_type=Integer)
    faites: int = Field(default=0, sa_type=Integer)
    echecs: int = Field(default=0, sa_type=Integer)
    essais: int = Field(default=0, sa_type=Integer)
    constat: dict[str, Any] | None = Field(default=None, sa_type=Json)
    resultat: dict[str, Any] | None = Field(default=None, sa_type=Json)
    probleme: dict[str, Any] | None = Field(default=None, sa_type=Json)


class EtapeTravail(Ligne, table=True):
    """One item of a job: done in one transaction with its outcome, or not at all."""

    __tablename__ = "etapes_travaux"
    __table_args__ = (
        PrimaryKeyConstraint("travail", "rang"),
        CheckConstraint(f"etat IN ({_ETATS_ETAPE})", name="etat"),
        CheckConstraint("(etat = 'en_attente') = (fini_le IS NULL)", name="fini_le"),
        {"schema": SOCIETE},
    )

    travail: UUID = Field(foreign_key=f"{SOCIETE}.travaux.id", ondelete="CASCADE")
    rang: int = Field(sa_type=Integer)
    nom: str = Field(sa_type=Text)
    contenu: dict[str, Any] = Field(sa_type=Json)
    etat: EtatEtape = Field(default=EtatEtape.EN_ATTENTE, sa_type=EtatEtapeEnTexte)
    fini_le: datetime | None = Field(default=None, sa_type=Instant)
    resultat: dict[str, Any] | None = Field(default=None, sa_type=Json)
    probleme: dict[str, Any] | None = Field(default=None, sa_type=Json)


class PieceTravail(Ligne, table=True):
    """A PDF that an item of a job made."""

    __tablename__ = "pieces_travaux"
    __table_args__ = (PrimaryKeyConstraint("travail", "nom"), {"schema": SOCIETE})

    travail: UUID = Field(foreign_key=f"{SOCIETE}.travaux.id", ondelete="CASCADE")
    nom: str = Field(sa_type=Text)
    contenu: bytes = Field(sa_type=LargeBinary)
    cree_le: datetime = Field(sa_type=Instant)


class TachePeriodique(Ligne, table=True):
    """The last period for which a task was done."""

    __tablename__ = "taches_periodiques"

    nom: str = Field(sa_type=Text, primary_key=True)
    periode: str = Field(sa_type=Text)
    faite_le: datetime = Field(sa_type=Instant)
