"""Rows of clients' calendars; a client without one is open every day."""

from datetime import date

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, Date, Identity, Text, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlmodel import Field

from aurore_api.socle.colonnes import SOCIETE, Ligne, Rang, Versionnee


class Calendrier(Versionnee, Ligne, table=True):
    """The weekdays on which a client is open, 1 (Monday) to 7."""

    __tablename__ = "calendriers"
    __table_args__ = (
        CheckConstraint("jours_ouverts <@ ARRAY[1, 2, 3, 4, 5, 6, 7]::smallint[]", name="jours_ouverts"),
        {"schema": SOCIETE},
    )

    client: str = Field(sa_type=Text, primary_key=True, foreign_key=f"{SOCIETE}.clients.numero")
    jours_ouverts: list[int] = Field(sa_type=ARRAY(Rang))


class ExceptionCalendrier(Ligne, table=True):
    """Days on which the weekly pattern does not hold; one client's never share a day."""

    __tablename__ = "exceptions_calendriers"
    __table_args__ = (
        CheckConstraint("du <= au", name="du_avant_au"),
        ExcludeConstraint(
            ("client", "="), (text("daterange(du, au, '[]')"), "&&"), name="ex_exceptions_calendriers_client"
        ),
        {"schema": SOCIETE},
    )

    id: int = Field(default=None, sa_type=BigInteger, primary_key=True, sa_column_args=[Identity(always=True)])
    client: str = Field(sa_type=Text, foreign_key=f"{SOCIETE}.calendriers.client", ondelete="CASCADE")
    du: date = Field(sa_type=Date)
    au: date = Field(sa_type=Date)
    ouvert: bool = Field()
    libelle: str | None = Field(default=None, sa_type=Text)
