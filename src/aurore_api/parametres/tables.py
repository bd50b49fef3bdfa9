"""The one row of a société's parameters, and its logos."""

from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, LargeBinary, Text
from sqlmodel import Field

from aurore_api.socle.colonnes import SOCIETE, Json, Ligne, Rang, Versionnee


class Parametres(Versionnee, Ligne, table=True):
    """What holds for the whole société."""

    __tablename__ = "parametres"
    __table_args__ = (
        CheckConstraint("id = 1", name="une_seule"),
        CheckConstraint("decimales_visibles BETWEEN 0 AND 4", name="decimales_visibles"),
        CheckConstraint("controle_credit IN ('aucun', 'avertir', 'refuser')", name="controle_credit"),
        {"schema": SOCIETE},
    )

    id: int = Field(default=1, sa_type=Rang, primary_key=True, sa_column_kwargs={"autoincrement": False})
    nom: str = Field(sa_type=Text)
    forme_juridique: str | None = Field(default=None, sa_type=Text)
    rpm: str | None = Field(default=None, sa_type=Text)
    numero_tva: str | None = Field(default=None, sa_type=Text)
    numero_entreprise: str | None = Field(default=None, sa_type=Text)
    adresse: dict[str, Any] = Field(sa_type=Json)
    telephone: str | None = Field(default=None, sa_type=Text)
    courriel: str | None = Field(default=None, sa_type=Text)
    site: str | None = Field(default=None, sa_type=Text)
    iban: str | None = Field(default=None, sa_type=Text)
    bic: str | None = Field(default=None, sa_type=Text)
    texte_legal: str | None = Field(default=None, sa_type=Text)
    langue: str = Field(default="fr", sa_type=Text)
    impression_directe: bool = Field(default=False)
    ouverture_automatique: bool = Field(default=True)
    tolerance_depassement: Decimal = Field(default=Decimal(0), max_digits=5, decimal_places=2)
    code_tva_defaut: str = Field(default="6", sa_type=Text, foreign_key=f"{SOCIETE}.codes_tva.code")
    imputation_defaut: str = Field(default="VENTES", sa_type=Text, foreign_key=f"{SOCIETE}.imputations.code")
    unite_defaut: str = Field(default="PCE", sa_type=Text, foreign_key=f"{SOCIETE}.unites.code")
    categorie_tva_defaut: str = Field(default="national", sa_type=Text, foreign_key=f"{SOCIETE}.categories_tva.code")
    depot_defaut: str = Field(default="PRINCIPAL", sa_type=Text, foreign_key=f"{SOCIETE}.depots.code")
    profil_defaut: str = Field(default="STD", sa_type=Text, foreign_key=f"{SOCIETE}.profils.code")
    logo: str | None = Field(default=None, sa_type=Text, foreign_key=f"{SOCIETE}.logos.empreinte")
    decimales_visibles: int = Field(default=2, sa_type=Rang)
    prix_tvac_defaut: bool = Field(default=False)
    controle_credit: str = Field(default="aucun", sa_type=Text)
    imputation_achat_defaut: str | None = Field(
        default="ACHATS", sa_type=Text, foreign_key=f"{SOCIETE}.imputations.code"
    )
    devise: str = Field(default="EUR", sa_type=Text, foreign_key=f"{SOCIETE}.devises.code")
    heure_limite: dict[str, Any] | None = Field(default=None, sa_type=Json)
    images_sur_offres: bool = Field(default=False)
    stock_negatif_interdit: bool = Field(default=False)
    modeles_numero: dict[str, str] = Field(default_factory=dict, sa_type=Json)


class Logo(Ligne, table=True):
    """An image that is or was the logo, as PNG, by its SHA-256; kept for what was printed with it (IMP-18)."""

    __tablename__ = "logos"

    empreinte: str = Field(sa_type=Text, primary_key=True)
    image: bytes = Field(sa_type=LargeBinary)
