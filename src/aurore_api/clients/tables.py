"""Rows of clients and of their delivery addresses."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKeyConstraint, Identity, Index, Text, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlmodel import Field

from aurore_api.clients.erreurs import PeriodesQuiSeChevauchent
from aurore_api.socle.colonnes import SOCIETE, Instant, Json, Ligne, Rang, Versionnee
from aurore_api.socle.erreurs import ReferenceInconnue
from aurore_api.socle.integrite import qui_refuse

_FREQUENCES = "'immediate', 'quotidienne', 'hebdomadaire', 'bimensuelle', 'mensuelle'"


def _reference(table: str, cle: str = "code") -> Any:
    return Field(default=None, sa_type=Text, foreign_key=f"{SOCIETE}.{table}.{cle}", index=True)


class Client(Versionnee, Ligne, table=True):
    """A client and what its documents start with; `nom_plie` is what `nom` is sorted and sought by; `remise` in %."""

    __tablename__ = "clients"
    __table_args__ = (
        CheckConstraint("remise BETWEEN 0 AND 100", name="remise"),
        CheckConstraint("controle_credit IN ('aucun', 'avertir', 'refuser')", name="controle_credit"),
        CheckConstraint("limite_credit >= 0", name="limite_credit"),
        CheckConstraint("facturer_a <> numero", name="facturer_a"),
        CheckConstraint(f"frequence_regroupement IN ({_FREQUENCES})", name="frequence_regroupement"),
        CheckConstraint("note_envoi_copies BETWEEN 1 AND 10", name="note_envoi_copies"),
        qui_refuse(
            ForeignKeyConstraint(["note_envoi_profil"], [f"{SOCIETE}.profils.code"]),
            ReferenceInconnue,
            "#/note_envoi/profil",
        ),
        Index("ix_clients_nom_plie", "nom_plie", "numero"),
        {"schema": SOCIETE},
    )

    numero: str = Field(sa_type=Text, primary_key=True)
    nom: str = Field(sa_type=Text)
    nom_plie: str = Field(sa_type=Text)
    nom_suite: str | None = Field(default=None, sa_type=Text)
    adresse: dict[str, Any] = Field(sa_type=Json)
    langue: str = Field(sa_type=Text)
    code_libelle: str | None = Field(default=None, sa_type=Text)
    telephone: str | None = Field(default=None, sa_type=Text)
    courriel: str | None = Field(default=None, sa_type=Text)
    contacts: list[dict[str, Any]] = Field(sa_type=Json)
    numero_tva: str | None = Field(default=None, sa_type=Text)
    numero_entreprise: str | None = Field(default=None, sa_type=Text)
    identifiant_peppol: str | None = Field(default=None, sa_type=Text)
    tarif: str | None = _reference("tarifs")
    remise: Decimal = Field(max_digits=5, decimal_places=2)
    categorie_tva: str = Field(sa_type=Text, foreign_key=f"{SOCIETE}.categories_tva.code", index=True)
    echeance: str | None = _reference("echeances")
    escompte: str | None = _reference("escomptes")
    mode_paiement: str | None = _reference("modes_paiement")
    mode_livraison: str | None = _reference("modes_livraison")
    representant: str | None = _reference("representants")
    code_statistique: str | None = _reference("codes_statistiques")
    profil: str | None = _reference("profils")
    textes: dict[str, Any] = Field(sa_type=Json)
    tournee: str | None = _reference("tournees", "numero")
    ordre_tournee: int | None = Field(default=None, sa_type=BigInteger)
    actif: bool = Field(default=True)
    particulier: bool = Field(default=False)
    facturable: bool = Field(default=True)
    limite_credit: Decimal | None = Field(default=None, max_digits=14, decimal_places=2)
    controle_credit: str = Field(default="aucun", sa_type=Text)
    facturer_a: str | None = _reference("clients", "numero")
    frequence_regroupement: str = Field(default="mensuelle", sa_type=Text)
    mandat_sepa: dict[str, Any] | None = Field(default=None, sa_type=Json)
    note_envoi: bool = Field(default=True)
    note_envoi_copies: int = Field(default=1, sa_type=Rang)
    note_envoi_profil: str | None = Field(default=None, sa_type=Text, index=True)
    note_envoi_prix: bool = Field(default=True)
    heure_limite: dict[str, Any] | None = Field(default=None, sa_type=Json)
    anonymise_le: datetime | None = Field(default=None, sa_type=Instant)


class AdresseClient(Versionnee, Ligne, table=True):
    """A delivery address; the database keeps at most one default per client (CLI-03)."""

    __tablename__ = "adresses"
    __table_args__ = (
        Index("uq_adresses_par_defaut", "client", unique=True, postgresql_where=text("par_defaut")),
        {"schema": SOCIETE},
    )

    id: int = Field(default=None, sa_type=BigInteger, primary_key=True, sa_column_args=[Identity(always=True)])
    client: str = Field(sa_type=Text, foreign_key=f"{SOCIETE}.clients.numero", index=True)
    libelle: str = Field(sa_type=Text)
    nom: str | None = Field(default=None, sa_type=Text)
    rue: str | None = Field(default=None, sa_type=Text)
    code_postal: str | None = Field(default=None, sa_type=Text)
    localite: str | None = Field(default=None, sa_type=Text)
    pays: str = Field(sa_type=Text)
    telephone: str | None = Field(default=None, sa_type=Text)
    par_defaut: bool = Field(default=False)


def _periodes_distinctes(cible: str) -> ExcludeConstraint:
    """One client's rows for one article (or famille) never hold on the same day."""
    contrainte = ExcludeConstraint(
        ("client", "="),
        (cible, "="),
        (text("daterange(du, au, '[]')"), "&&"),
        name=f"ex_prix_clients_{cible}",
        where=text(f"{cible} IS NOT NULL"),
    )
    return qui_refuse(contrainte, PeriodesQuiSeChevauchent, "#/du")


class PrixClient(Versionnee, Ligne, table=True):
    """What a client pays for an article, or for the articles of a famille: a price or a discount in % (CLI-09)."""

    __tablename__ = "prix_clients"
    __table_args__ = (
        CheckConstraint("num_nonnulls(article, famille) = 1", name="article_ou_famille"),
        CheckConstraint("num_nonnulls(valeur, remise) = 1", name="valeur_ou_remise"),
        CheckConstraint("valeur >= 0", name="valeur"),
        CheckConstraint("remise BETWEEN 0 AND 100", name="remise"),
        CheckConstraint("du <= au", name="du_avant_au"),
        _periodes_distinctes("article"),
        _periodes_distinctes("famille"),
        {"schema": SOCIETE},
    )

    id: int = Field(default=None, sa_type=BigInteger, primary_key=True, sa_column_args=[Identity(always=True)])
    client: str = Field(sa_type=Text, foreign_key=f"{SOCIETE}.clients.numero", index=True)
    article: str | None = _reference("articles", "numero")
    famille: str | None = _reference("familles")
    valeur: Decimal | None = Field(default=None, max_digits=14, decimal_places=4)
    remise: Decimal | None = Field(default=None, max_digits=5, decimal_places=2)
    du: date | None = Field(default=None, sa_type=Date)
    au: date | None = Field(default=None, sa_type=Date)


class UnitePreferee(Versionnee, Ligne, table=True):
    """The unit that a client orders an article in, by its abbreviation (CLI-09)."""

    __tablename__ = "unites_preferees"
    __table_args__ = (
        ForeignKeyConstraint(
            ["article", "unite"],
            [f"{SOCIETE}.unites_supplementaires.article", f"{SOCIETE}.unites_supplementaires.abreviation"],
        ),
        {"schema": SOCIETE},
    )

    client: str = Field(sa_type=Text, primary_key=True, foreign_key=f"{SOCIETE}.clients.numero")
    article: str = Field(sa_type=Text, primary_key=True, foreign_key=f"{SOCIETE}.articles.numero", index=True)
    unite: str = Field(sa_type=Text)
