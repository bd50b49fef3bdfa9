"""Rows of articles and of what belongs to them. Prices in EUR per base unit, without VAT; quantities in base unit."""

from datetime import date
from decimal import Decimal

from sqlalchemy import BigInteger, CheckConstraint, Date, Identity, Index, Text, UniqueConstraint
from sqlmodel import Field

from aurore_api.socle.colonnes import SOCIETE, Ligne, Rang, Versionnee


class Article(Versionnee, Ligne, table=True):
    """A product or service (ART-01, ART-03, ART-04).

    `unite_par_defaut` names one of the article's supplementary units. No foreign key holds it, since the two tables
    would then refer to each other: every change of either locks the article first, and checks.
    """

    __tablename__ = "articles"
    __table_args__ = (
        CheckConstraint("char_length(numero) BETWEEN 1 AND 15", name="numero"),
        CheckConstraint("prix_vente >= 0", name="prix_vente"),
        CheckConstraint("poids_kg >= 0", name="poids_kg"),
        CheckConstraint("tolerance_depassement BETWEEN 0 AND 100", name="tolerance_depassement"),
        Index(None, "designation_pliee", "numero"),
        {"schema": SOCIETE},
    )

    numero: str = Field(sa_type=Text, primary_key=True)
    designation: str = Field(sa_type=Text)
    designation_pliee: str = Field(sa_type=Text)
    description: str | None = Field(default=None, sa_type=Text)
    departement: str | None = Field(default=None, sa_type=Text, foreign_key=f"{SOCIETE}.departements.code", index=True)
    famille: str | None = Field(default=None, sa_type=Text, foreign_key=f"{SOCIETE}.familles.code", index=True)
    unite: str = Field(sa_type=Text, foreign_key=f"{SOCIETE}.unites.code", index=True)
    prix_vente: Decimal = Field(max_digits=14, decimal_places=4)
    code_tva_vente: str = Field(sa_type=Text, foreign_key=f"{SOCIETE}.codes_tva.code", index=True)
    imputation_vente: str = Field(sa_type=Text, foreign_key=f"{SOCIETE}.imputations.code", index=True)
    prix_avec_decimales: bool = Field(default=True)
    poids_kg: Decimal | None = Field(default=None, max_digits=15, decimal_places=6)
    unite_par_defaut: str | None = Field(default=None, sa_type=Text)
    tolerance_depassement: Decimal | None = Field(default=None, max_digits=5, decimal_places=2)


class LigneDArticle(Versionnee, Ligne):
    """A row that belongs to an article; its key is the article's and, last, its own within the article."""

    article: str = Field(sa_type=Text, primary_key=True, foreign_key=f"{SOCIETE}.articles.numero")


class UniteSupplementaire(LigneDArticle, table=True):
    """Another unit of an article and its conversion (ART-13, CAL-01)."""

    __tablename__ = "unites_supplementaires"
    __table_args__ = (
        CheckConstraint("facteur > 0", name="facteur"),
        CheckConstraint("operateur IN ('M', 'D')", name="operateur"),
        CheckConstraint("decimales BETWEEN 0 AND 6", name="decimales"),
        CheckConstraint("tolerance BETWEEN 0 AND 100", name="tolerance"),
        UniqueConstraint("code_barres"),
        {"schema": SOCIETE},
    )

    abreviation: str = Field(sa_type=Text, primary_key=True)
    unite: str = Field(sa_type=Text, foreign_key=f"{SOCIETE}.unites.code", index=True)
    facteur: Decimal = Field(max_digits=15, decimal_places=6)
    operateur: str = Field(sa_type=Text)
    decimales: int = Field(sa_type=Rang)
    flou: bool = Field(default=False)
    tolerance: Decimal = Field(default=Decimal(0), max_digits=5, decimal_places=2)
    code_barres: str | None = Field(default=None, sa_type=Text)
    memo: str | None = Field(default=None, sa_type=Text)


class TarifArticle(LigneDArticle, table=True):
    """What an article costs in a price list from a quantity on: a price, or a discount in % (ART-14).

    Two rows of one quantity may overlap in time, as a promotion does; the domain takes the one that began last.
    """

    __tablename__ = "tarifs_articles"
    __table_args__ = (
        CheckConstraint("num_nonnulls(valeur, remise) = 1", name="valeur_ou_remise"),
        CheckConstraint("quantite_minimum >= 0", name="quantite_minimum"),
        CheckConstraint("valeur >= 0", name="valeur"),
        CheckConstraint("remise BETWEEN 0 AND 100", name="remise"),
        CheckConstraint("du <= au", name="du_avant_au"),
        UniqueConstraint("article", "tarif", "du", "quantite_minimum", postgresql_nulls_not_distinct=True),
        {"schema": SOCIETE},
    )

    id: int = Field(default=None, sa_type=BigInteger, primary_key=True, sa_column_args=[Identity(always=True)])
    tarif: str = Field(sa_type=Text, foreign_key=f"{SOCIETE}.tarifs.code", index=True)
    quantite_minimum: Decimal = Field(max_digits=15, decimal_places=6)
    valeur: Decimal | None = Field(default=None, max_digits=14, decimal_places=4)
    remise: Decimal | None = Field(default=None, max_digits=5, decimal_places=2)
    du: date | None = Field(default=None, sa_type=Date)
    au: date | None = Field(default=None, sa_type=Date)


class LibelleArticle(LigneDArticle, table=True):
    """What an article is called for the clients of a `code_libelle` (ART-02)."""

    __tablename__ = "libelles_articles"

    code_libelle: str = Field(sa_type=Text, primary_key=True)
    libelle: str = Field(sa_type=Text)
