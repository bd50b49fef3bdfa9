"""Rows of leftovers."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Date, Index, Text
from sqlmodel import Field

from aurore_api.socle.colonnes import SOCIETE, Instant, Ligne

Jour = date
"""`date` under another name: a field is called `date` too."""


class Reste(Ligne, table=True):
    """What a shop has left of an article on a day, in base unit; it counts against the production of `pour_le`.

    `pour_le` and `client`, under which it is told, are as the shop's parameters were when it was entered.
    """

    __tablename__ = "restes"
    __table_args__ = (
        CheckConstraint("quantite > 0", name="quantite"),
        CheckConstraint("pour_le >= date", name="pour_le"),
        Index("ix_restes_pour_le", "pour_le", "article"),
        Index("ix_restes_article", "article"),
        {"schema": SOCIETE},
    )

    magasin: str = Field(sa_type=Text, primary_key=True, foreign_key=f"{SOCIETE}.magasins.code")
    date: Jour = Field(sa_type=Date, primary_key=True)
    article: str = Field(sa_type=Text, primary_key=True, foreign_key=f"{SOCIETE}.articles.numero")
    pour_le: Jour = Field(sa_type=Date)
    client: str = Field(sa_type=Text)
    quantite: Decimal = Field(max_digits=15, decimal_places=6)
    saisi_le: datetime = Field(sa_type=Instant)
