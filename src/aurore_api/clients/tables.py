"""Rows of clients and of their delivery addresses."""

from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Identity, Index, Text, text
from sqlmodel import Field

from aurore_api.socle.colonnes import SOCIETE, Json, Ligne, Versionnee


def _reference(table: str, cle: str = "code") -> Any:
    return Field(default=None, sa_type=Text, foreign_key=f"{SOCIETE}.{table}.{cle}", index=True)


class Client(Versionnee, Ligne, table=True):
    """A client and what its documents start with; `nom_plie` is what `nom` is sorted and sought by; `remise` in %."""

    __tablename__ = "clients"
    __table_args__ = (
        CheckConstraint("remise BETWEEN 0 AND 100", name="remise"),
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
