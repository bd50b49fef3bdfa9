"""Rows of suppliers."""

from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, Index, Text
from sqlmodel import Field

from aurore_api.socle.colonnes import SOCIETE, Json, Ligne, Rang, Versionnee


def _reference(table: str, cle: str = "code") -> Any:
    return Field(default=None, sa_type=Text, foreign_key=f"{SOCIETE}.{table}.{cle}", index=True)


class Fournisseur(Versionnee, Ligne, table=True):
    """A supplier; `nom_plie` is what `nom` is sorted and sought by, delays in days, `remise` in %."""

    __tablename__ = "fournisseurs"
    __table_args__ = (
        CheckConstraint("remise BETWEEN 0 AND 100", name="remise"),
        CheckConstraint("delai_livraison >= 0", name="delai_livraison"),
        Index("ix_fournisseurs_nom_plie", "nom_plie", "numero"),
        {"schema": SOCIETE},
    )

    numero: str = Field(sa_type=Text, primary_key=True)
    nom: str = Field(sa_type=Text)
    nom_plie: str = Field(sa_type=Text)
    nom_suite: str | None = Field(default=None, sa_type=Text)
    adresse: dict[str, Any] = Field(sa_type=Json)
    langue: str = Field(sa_type=Text)
    telephone: str | None = Field(default=None, sa_type=Text)
    courriel: str | None = Field(default=None, sa_type=Text)
    contacts: list[dict[str, Any]] = Field(sa_type=Json)
    numero_tva: str | None = Field(default=None, sa_type=Text)
    numero_entreprise: str | None = Field(default=None, sa_type=Text)
    categorie_tva: str = Field(sa_type=Text, foreign_key=f"{SOCIETE}.categories_tva.code", index=True)
    devise: str = Field(sa_type=Text, foreign_key=f"{SOCIETE}.devises.code", index=True)
    delai_livraison: int | None = Field(default=None, sa_type=Rang)
    echeance: str | None = _reference("echeances")
    escompte: str | None = _reference("escomptes")
    mode_paiement: str | None = _reference("modes_paiement")
    remise: Decimal = Field(default=Decimal(0), max_digits=5, decimal_places=2)
    iban: str | None = Field(default=None, sa_type=Text)
    bic: str | None = Field(default=None, sa_type=Text)
    numero_client: str | None = Field(default=None, sa_type=Text)
    memo: str | None = Field(default=None, sa_type=Text)
    actif: bool = Field(default=True)
