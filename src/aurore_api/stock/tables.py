"""Rows of the ledger and of what is summed from it. Quantities signed in base unit, prices in EUR per base unit."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Date, Identity, Index, Text, text
from sqlmodel import Field

from aurore_api.socle.colonnes import SOCIETE, EnTexte, Instant, Ligne
from aurore_domain.stock import Compte, GenreMouvement

Jour = date
"""`date` under another name: a field is called `date` too."""
_COMPTES = ", ".join(f"'{un}'" for un in Compte)


class CompteEnTexte(EnTexte[Compte]):
    """What a movement counts in."""

    cache_ok = True
    enum = Compte


class Mouvement(Ligne, table=True):
    """One movement (MVT-01). Never changed nor deleted: the database refuses it, differences are rows of their own.

    `ligne` is the document's line, or the correction's own identifier. Neither it nor `document` is a reference, for
    what happened stays told when a draft goes; article and dépôt are held by the balance that every row counts in.
    """

    __tablename__ = "mouvements"
    __table_args__ = (
        CheckConstraint(f"compte IN ({_COMPTES})", name="compte"),
        CheckConstraint("genre IN ('definitif', 'client', 'fournisseur')", name="genre"),
        CheckConstraint("quantite <> 0", name="quantite"),
        CheckConstraint("prix IS NULL OR compte = 'physique'", name="prix"),
        Index("ix_mouvements_document", "document", postgresql_where=text("document IS NOT NULL")),
        # With what is summed, so that an article's whole past is read from the index alone (MVT-03, MVT-05).
        Index(
            "ix_mouvements_article",
            "article",
            "compte",
            "date",
            "id",
            postgresql_include=["depot", "genre", "quantite"],
        ),
        Index("ix_mouvements_date", "date", "id"),
        Index("ix_mouvements_client", "client", "date", "id", postgresql_where=text("client IS NOT NULL")),
        # A client's crates, of all that it ever got (CLI-12).
        Index(
            "ix_mouvements_client_article",
            "client",
            "article",
            postgresql_where=text("client IS NOT NULL AND compte = 'physique'"),
        ),
        Index(
            "ix_mouvements_fournisseur", "fournisseur", "date", "id", postgresql_where=text("fournisseur IS NOT NULL")
        ),
        {"schema": SOCIETE},
    )

    id: int = Field(default=None, sa_type=BigInteger, primary_key=True, sa_column_args=[Identity(always=True)])
    instant: datetime = Field(sa_type=Instant)
    date: Jour = Field(sa_type=Date)
    article: str = Field(sa_type=Text)
    depot: str = Field(sa_type=Text)
    compte: Compte = Field(sa_type=CompteEnTexte)
    genre: GenreMouvement = Field(sa_type=Text)
    quantite: Decimal = Field(max_digits=24, decimal_places=6)
    prix: Decimal | None = Field(default=None, max_digits=20, decimal_places=6)
    frais: Decimal | None = Field(default=None, max_digits=14, decimal_places=4)
    ligne: UUID = Field()
    document: UUID | None = Field(default=None)
    client: str | None = Field(default=None, sa_type=Text)
    fournisseur: str | None = Field(default=None, sa_type=Text)
    motif: str | None = Field(default=None, sa_type=Text)


class Stock(Ligne, table=True):
    """The balance of an article in a dépôt: at any moment the sums of its movements (MVT-02).

    `suivi`: goods were counted, bought or brought in here, so that the stock means something; many a bakery sells what
    it bakes without ever counting it, and wants no warnings about it.
    """

    __tablename__ = "stocks"

    article: str = Field(sa_type=Text, primary_key=True, foreign_key=f"{SOCIETE}.articles.numero")
    depot: str = Field(sa_type=Text, primary_key=True, foreign_key=f"{SOCIETE}.depots.code", index=True)
    physique: Decimal = Field(default=Decimal(0), max_digits=30, decimal_places=6)
    commande_client: Decimal = Field(default=Decimal(0), max_digits=30, decimal_places=6)
    commande_fournisseur: Decimal = Field(default=Decimal(0), max_digits=30, decimal_places=6)
    suivi: bool = Field(default=False)


class ValeurStock(Ligne, table=True):
    """What an article has cost (CAL-12, CAL-13), and its physical stock over all dépôts.

    Every physical movement locks this row, so that a replay misses none.
    """

    __tablename__ = "valorisations"

    article: str = Field(sa_type=Text, primary_key=True, foreign_key=f"{SOCIETE}.articles.numero")
    physique: Decimal = Field(default=Decimal(0), max_digits=30, decimal_places=6)
    pamp: Decimal | None = Field(default=None, max_digits=20, decimal_places=6)
    dernier_prix: Decimal | None = Field(default=None, max_digits=20, decimal_places=6)
    derniers_frais: Decimal | None = Field(default=None, max_digits=14, decimal_places=4)
    derniere_entree: date | None = Field(default=None, sa_type=Date)
