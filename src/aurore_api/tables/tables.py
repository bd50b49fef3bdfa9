"""Rows of the plain tables. Amounts in EUR, rates in %."""

from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field

from aurore_api.socle.colonnes import SOCIETE, Json, Ligne, Rang, Versionnee


class _Codee(Versionnee):
    code: str = Field(sa_type=Text, primary_key=True)


class _Libellee(_Codee):
    libelle: str = Field(sa_type=Text)


class Departement(_Libellee, Ligne, table=True):
    """Department of articles (ART-03)."""

    __tablename__ = "departements"


class Famille(_Libellee, Ligne, table=True):
    """Family of articles, in a department (ART-03)."""

    __tablename__ = "familles"

    departement: str | None = Field(default=None, sa_type=Text, foreign_key=f"{SOCIETE}.departements.code", index=True)


class Unite(_Libellee, Ligne, table=True):
    """Unit of measure; `decimales` is what conversions into it are rounded to (CAL-02)."""

    __tablename__ = "unites"
    __table_args__ = (CheckConstraint("decimales BETWEEN 0 AND 6", name="decimales"), {"schema": SOCIETE})

    decimales: int = Field(sa_type=Rang)
    code_unece: str | None = Field(default=None, sa_type=Text)


class Tarif(_Libellee, Ligne, table=True):
    """Price list."""

    __tablename__ = "tarifs"


class CategorieTva(_Libellee, Ligne, table=True):
    """A client's VAT regime (CAL-09)."""

    __tablename__ = "categories_tva"

    regime: str = Field(sa_type=Text)


class CodeTva(_Libellee, Ligne, table=True):
    """Rate class of an article; its rates are dated (CAL-07)."""

    __tablename__ = "codes_tva"

    taux: list[dict[str, Any]] = Field(sa_type=Json)


class Imputation(_Libellee, Ligne, table=True):
    """Posting code; leads with the VAT category to a general account."""

    __tablename__ = "imputations"


class Echeance(_Libellee, Ligne, table=True):
    """Payment term: days, then end of month, then fixed day."""

    __tablename__ = "echeances"

    jours: int = Field(sa_type=Rang)
    fin_de_mois: bool = Field()
    jour_fixe: int | None = Field(default=None, sa_type=Rang)


class Escompte(_Codee, Ligne, table=True):
    """Cash discount (CAL-08)."""

    __tablename__ = "escomptes"

    libelle: str | None = Field(default=None, sa_type=Text)
    genre: str = Field(sa_type=Text)
    pourcentage: Decimal = Field(max_digits=5, decimal_places=2)
    jours: int | None = Field(default=None, sa_type=Rang)


class ModePaiement(_Libellee, Ligne, table=True):
    """Way of paying."""

    __tablename__ = "modes_paiement"

    genre: str = Field(sa_type=Text)


class ModeLivraison(_Libellee, Ligne, table=True):
    """Way of delivering, with its charge; no VAT code means that the charge follows the goods (CAL-07)."""

    __tablename__ = "modes_livraison"

    montant: Decimal = Field(max_digits=14, decimal_places=2)
    code_tva: str | None = Field(default=None, sa_type=Text, foreign_key=f"{SOCIETE}.codes_tva.code", index=True)


class Representant(_Codee, Ligne, table=True):
    """Sales representative."""

    __tablename__ = "representants"

    nom: str = Field(sa_type=Text)


class CodeStatistique(_Libellee, Ligne, table=True):
    """Statistical code of clients and documents."""

    __tablename__ = "codes_statistiques"


class Depot(_Libellee, Ligne, table=True):
    """Warehouse."""

    __tablename__ = "depots"


class Profil(_Libellee, Ligne, table=True):
    """How documents are printed for a client."""

    __tablename__ = "profils"


class Tournee(Versionnee, Ligne, table=True):
    """Delivery round; `jour` 1 (Monday) to 7."""

    __tablename__ = "tournees"

    numero: str = Field(sa_type=Text, primary_key=True)
    nom: str = Field(sa_type=Text)
    jour: int | None = Field(default=None, sa_type=Rang)


class PlanAnalytique(_Libellee, Ligne, table=True):
    """Analytic plan."""

    __tablename__ = "plans_analytiques"


class CompteAnalytique(_Libellee, Ligne, table=True):
    """Analytic account of a plan."""

    __tablename__ = "comptes_analytiques"

    plan: str = Field(sa_type=Text, foreign_key=f"{SOCIETE}.plans_analytiques.code", index=True)
