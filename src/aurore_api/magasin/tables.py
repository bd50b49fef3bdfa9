"""Rows of shops, of what their tills pushed, and of who their clients are here."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKeyConstraint, Index, Text, text
from sqlmodel import Field

from aurore_api.socle.colonnes import SOCIETE, Instant, Json, Ligne, Rang, Versionnee

Jour = date
"""`date` under another name: a field is called `date` too."""
_GENRES = "genre IN ('commande', 'facture')"


class Magasin(Versionnee, Ligne, table=True):
    """A shop and its parameters (MAG-01); `client` is the shop itself, as it is delivered to."""

    __tablename__ = "magasins"
    __table_args__ = (
        CheckConstraint("reste_j_plus BETWEEN 0 AND 60", name="reste_j_plus"),
        CheckConstraint("fenetre_commandes BETWEEN 0 AND 366", name="fenetre_commandes"),
        CheckConstraint("fenetre_factures BETWEEN 0 AND 366", name="fenetre_factures"),
        {"schema": SOCIETE},
    )

    code: str = Field(sa_type=Text, primary_key=True)
    nom: str = Field(sa_type=Text)
    client: str | None = Field(default=None, sa_type=Text, foreign_key=f"{SOCIETE}.clients.numero", index=True)
    actif: bool = Field(default=True)
    synchro_commandes: bool = Field(default=True)
    synchro_clients: bool = Field(default=True)
    synchro_factures: bool = Field(default=True)
    liste_commandes: bool = Field(default=True)
    liste_commandes_demain: bool = Field(default=False)
    imprimer_notes_envoi: bool = Field(default=True)
    notes_envoi_j_moins_1: bool = Field(default=False)
    imprimer_production: bool = Field(default=True)
    familles_patisserie: list[str] = Field(default_factory=list, sa_type=Json)
    reste_j_plus: int = Field(default=1, sa_type=Rang)
    client_reste: str = Field(default="99999", sa_type=Text)
    fenetre_commandes: int = Field(default=2, sa_type=Rang)
    fenetre_factures: int = Field(default=31, sa_type=Rang)


class ClientMagasin(Ligne, table=True):
    """Who a till's client is here: its number means something with its shop only (MAG-16).

    `version` and `empreinte` are of what the till last said of it; `adresse` is the delivery address kept for that.
    """

    __tablename__ = "clients_magasin"

    magasin: str = Field(sa_type=Text, primary_key=True, foreign_key=f"{SOCIETE}.magasins.code")
    numero: str = Field(sa_type=Text, primary_key=True)
    client: str = Field(sa_type=Text, foreign_key=f"{SOCIETE}.clients.numero", index=True)
    version: int = Field(default=0, sa_type=BigInteger)
    empreinte: str | None = Field(default=None, sa_type=Text)
    adresse: int | None = Field(
        default=None, sa_type=BigInteger, foreign_key=f"{SOCIETE}.adresses.id", ondelete="SET NULL", index=True
    )


class ReferenceMagasin(Ligne, table=True):
    """What a till pushed under a reference, and what became of it (MAG-12).

    `version` and `empreinte` are of the last that was taken or settled, `signature` of the document as it was left.
    Cancelled, or without a `document` (its office deleted it, or a conflict was settled without one), it is only
    remembered. A sale's `origine` is the order that it came from, `paiements` how it was paid at the till, for
    information (MAG-18).
    """

    __tablename__ = "references_magasin"
    __table_args__ = (
        CheckConstraint(_GENRES, name="genre"),
        Index("ix_references_magasin_date", "magasin", "date"),
        Index("ix_references_magasin_origine", "magasin", "origine", postgresql_where=text("origine IS NOT NULL")),
        Index("uq_references_magasin_document", "document", unique=True),
        {"schema": SOCIETE},
    )

    magasin: str = Field(sa_type=Text, primary_key=True, foreign_key=f"{SOCIETE}.magasins.code")
    genre: str = Field(sa_type=Text, primary_key=True)
    reference: str = Field(sa_type=Text, primary_key=True)
    date: Jour = Field(sa_type=Date)
    version: int = Field(sa_type=BigInteger)
    empreinte: str = Field(sa_type=Text)
    annulee: bool = Field(default=False)
    signature: str | None = Field(default=None, sa_type=Text)
    origine: str | None = Field(default=None, sa_type=Text)
    paiements: list[dict[str, Any]] | None = Field(default=None, sa_type=Json)
    document: UUID | None = Field(default=None, foreign_key=f"{SOCIETE}.documents.id", ondelete="SET NULL")
    recue_le: datetime = Field(sa_type=Instant)
    changee_le: datetime = Field(sa_type=Instant)


class PousseeMagasin(Ligne, table=True):
    """A push that was taken: the days of which it took what was new, so that those that none covers show (MAG-25)."""

    __tablename__ = "poussees_magasin"
    __table_args__ = (
        CheckConstraint(_GENRES, name="genre"),
        CheckConstraint("du <= au", name="jours"),
        Index("ix_poussees_magasin_jours", "magasin", "genre", "au"),
        {"schema": SOCIETE},
    )

    id: UUID = Field(primary_key=True)
    magasin: str = Field(sa_type=Text, foreign_key=f"{SOCIETE}.magasins.code")
    genre: str = Field(sa_type=Text)
    du: Jour = Field(sa_type=Date)
    au: Jour = Field(sa_type=Date)
    elements: int = Field(sa_type=BigInteger)
    recue_le: datetime = Field(sa_type=Instant)
    cle: int = Field(sa_type=BigInteger)


class ReferencePrise(Ligne, table=True):
    """The guard against double invoicing (MAG-19): a reference of a shop is an order or a facture, never both.

    An order that is not cancelled holds its reference; a facture à établir holds its own and that of the order it came
    from. What is held goes free with its document: deleted by its foreign key, annulled by a trigger.
    """

    __tablename__ = "references_prises"
    __table_args__ = (
        CheckConstraint(_GENRES, name="genre"),
        CheckConstraint("role IN ('propre', 'origine')", name="role"),
        CheckConstraint("genre = 'facture' OR role = 'propre'", name="origine"),
        Index("uq_references_prises_document", "document", "role", unique=True),
        {"schema": SOCIETE},
    )

    magasin: str = Field(sa_type=Text, primary_key=True, foreign_key=f"{SOCIETE}.magasins.code")
    reference: str = Field(sa_type=Text, primary_key=True)
    genre: str = Field(sa_type=Text)
    role: str = Field(default="propre", sa_type=Text)
    document: UUID = Field(foreign_key=f"{SOCIETE}.documents.id", ondelete="CASCADE")


class ConflitMagasin(Ligne, table=True):
    """What a till sent and could not be taken, until someone settles it (MAG-13, MAG-19): at most one per reference.

    `recu` is its version as pushed; ours is the `document`.
    """

    __tablename__ = "conflits_magasin"
    __table_args__ = (
        CheckConstraint(_GENRES, name="genre"),
        CheckConstraint("(decision IS NULL) = (regle_le IS NULL)", name="regle"),
        CheckConstraint("decision IN ('garder', 'prendre', 'a_la_main')", name="decision"),
        Index(
            "uq_conflits_magasin_ouvert",
            "magasin",
            "genre",
            "reference",
            unique=True,
            postgresql_where=text("regle_le IS NULL"),
        ),
        Index("ix_conflits_magasin_magasin", "magasin", "id"),
        Index("ix_conflits_magasin_document", "document"),
        ForeignKeyConstraint(["magasin"], [f"{SOCIETE}.magasins.code"]),
        {"schema": SOCIETE},
    )

    id: UUID = Field(primary_key=True)
    magasin: str = Field(sa_type=Text)
    genre: str = Field(sa_type=Text)
    reference: str = Field(sa_type=Text)
    document: UUID | None = Field(default=None, foreign_key=f"{SOCIETE}.documents.id", ondelete="SET NULL")
    motif: str = Field(sa_type=Text)
    version: int = Field(sa_type=BigInteger)
    empreinte: str = Field(sa_type=Text)
    recu: dict[str, Any] = Field(sa_type=Json)
    cree_le: datetime = Field(sa_type=Instant)
    change_le: datetime = Field(sa_type=Instant)
    decision: str | None = Field(default=None, sa_type=Text)
    note: str | None = Field(default=None, sa_type=Text)
    regle_le: datetime | None = Field(default=None, sa_type=Instant)
