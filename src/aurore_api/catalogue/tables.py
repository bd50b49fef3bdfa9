"""Rows of articles and of what belongs to them. Prices in EUR per base unit, without VAT; quantities in base unit."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKeyConstraint,
    Identity,
    Index,
    LargeBinary,
    Text,
    UniqueConstraint,
    text,
)
from sqlmodel import Field

from aurore_api.socle.colonnes import SOCIETE, Ligne, Rang, Versionnee


def _reference(table: str, cle: str = "code") -> Any:
    return Field(default=None, sa_type=Text, foreign_key=f"{SOCIETE}.{table}.{cle}", index=True)


def _unite_de(article: str, unite: str, **autres: Any) -> ForeignKeyConstraint:
    """A unit named beside its article is one of that article's, and cannot go meanwhile; null names none."""
    unites = f"{SOCIETE}.unites_supplementaires"
    return ForeignKeyConstraint([article, unite], [f"{unites}.article", f"{unites}.abreviation"], **autres)


class Article(Versionnee, Ligne, table=True):
    """A product or service (ART-01 to ART-17): selling side, options, stock and purchase side.

    `unite_par_defaut` and `unite_production` name supplementary units of the article. No foreign key holds them, since
    the two tables would then refer to each other: every change of either locks the article first, and checks.
    """

    __tablename__ = "articles"
    __table_args__ = (
        CheckConstraint("char_length(numero) BETWEEN 1 AND 15", name="numero"),
        CheckConstraint("prix_vente >= 0", name="prix_vente"),
        CheckConstraint("poids_kg >= 0", name="poids_kg"),
        CheckConstraint("tolerance_depassement BETWEEN 0 AND 100", name="tolerance_depassement"),
        CheckConstraint("type_article IN ('normal', 'statistique')", name="type_article"),
        CheckConstraint("remplace_par <> numero", name="remplace_par"),
        CheckConstraint("substitut <> numero", name="substitut"),
        CheckConstraint("facteur_unite_supplementaire > 0", name="facteur_unite_supplementaire"),
        CheckConstraint("stock_minimum >= 0", name="stock_minimum"),
        CheckConstraint("dernier_prix_achat >= 0", name="dernier_prix_achat"),
        CheckConstraint("frais_achat >= 0", name="frais_achat"),
        CheckConstraint(
            "NOT vidange OR (gere_stock AND NOT (assemble AND mouvement_composants))", name="vidange_en_stock"
        ),
        CheckConstraint("cardinality(codes_barres) <= 3", name="codes_barres"),
        Index(None, "designation_pliee", "numero"),
        Index("ix_articles_vidange", "numero", postgresql_where=text("vidange")),
        Index(
            "ix_articles_recherche",
            "recherche",
            postgresql_using="gin",
            postgresql_ops={"recherche": "gin_trgm_ops"},
        ),
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
    unite_production: str | None = Field(default=None, sa_type=Text)
    tolerance_depassement: Decimal | None = Field(default=None, max_digits=5, decimal_places=2)
    actif: bool = Field(default=True)
    type_article: str = Field(default="normal", sa_type=Text)
    article_statistique: str | None = _reference("articles", "numero")
    remplace_par: str | None = _reference("articles", "numero")
    substitut: str | None = _reference("articles", "numero")
    appliquer_taxe: bool = Field(default=False)
    structure: str | None = _reference("structures")
    code_intrastat: str | None = _reference("codes_intrastat")
    facteur_unite_supplementaire: Decimal | None = Field(default=None, max_digits=15, decimal_places=6)
    assemble: bool = Field(default=False)
    mouvement_composants: bool = Field(default=False)
    gere_stock: bool = Field(default=True)
    vidange: bool = Field(default=False)
    emplacement_principal: str | None = _reference("emplacements")
    stock_minimum: Decimal | None = Field(default=None, max_digits=15, decimal_places=6)
    codes_barres: list[str] = Field(default_factory=list, sa_type=ARRAY(Text))
    dernier_prix_achat: Decimal | None = Field(default=None, max_digits=14, decimal_places=4)
    frais_achat: Decimal = Field(default=Decimal(0), max_digits=14, decimal_places=4)
    code_tva_achat: str | None = _reference("codes_tva")
    fournisseur_habituel: str | None = _reference("fournisseurs", "numero")
    imputation_achat: str | None = _reference("imputations")
    recherche: str = Field(default="", sa_type=Text)
    """What people may seek the article by, folded; the database's triggers write it (ART-18)."""


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


class TaxeArticle(LigneDArticle, table=True):
    """What is charged on top of an article in one VAT category: per base unit, or in % of the line (ART-07, CAL-06)."""

    __tablename__ = "taxes_articles"
    __table_args__ = (
        CheckConstraint("num_nonnulls(montant, pourcentage) = 1", name="montant_ou_pourcentage"),
        CheckConstraint("montant >= 0", name="montant"),
        CheckConstraint("pourcentage BETWEEN 0 AND 100", name="pourcentage"),
        UniqueConstraint("article", "categorie_tva", "code_taxe"),
        {"schema": SOCIETE},
    )

    id: int = Field(default=None, sa_type=BigInteger, primary_key=True, sa_column_args=[Identity(always=True)])
    code_taxe: str = Field(sa_type=Text, foreign_key=f"{SOCIETE}.taxes.code", index=True)
    categorie_tva: str = Field(sa_type=Text, foreign_key=f"{SOCIETE}.categories_tva.code", index=True)
    code_tva: str = Field(sa_type=Text, foreign_key=f"{SOCIETE}.codes_tva.code", index=True)
    montant: Decimal | None = Field(default=None, max_digits=14, decimal_places=4)
    pourcentage: Decimal | None = Field(default=None, max_digits=5, decimal_places=2)


class Composant(LigneDArticle, table=True):
    """What an assembled article is made of; `quantite` in `unite`, the component's base unit where null (ART-11)."""

    __tablename__ = "composants"
    __table_args__ = (
        CheckConstraint("quantite > 0", name="quantite"),
        CheckConstraint("composant <> article", name="composant"),
        _unite_de("composant", "unite"),
        {"schema": SOCIETE},
    )

    composant: str = Field(sa_type=Text, primary_key=True, foreign_key=f"{SOCIETE}.articles.numero", index=True)
    quantite: Decimal = Field(max_digits=15, decimal_places=6)
    unite: str | None = Field(default=None, sa_type=Text)


class FournisseurArticle(LigneDArticle, table=True):
    """How a supplier sells an article (ART-17); prices per base unit before `remise`, in %."""

    __tablename__ = "fournisseurs_articles"
    __table_args__ = (
        CheckConstraint("remise BETWEEN 0 AND 100", name="remise"),
        CheckConstraint("delai_livraison >= 0", name="delai_livraison"),
        CheckConstraint("quantite_suggeree >= 0", name="quantite_suggeree"),
        CheckConstraint("prix_achat >= 0", name="prix_achat"),
        CheckConstraint("prix_achat_devise >= 0", name="prix_achat_devise"),
        CheckConstraint("prix_achat_devise IS NULL OR devise IS NOT NULL", name="devise"),
        _unite_de("article", "unite_achat"),
        {"schema": SOCIETE},
    )

    fournisseur: str = Field(sa_type=Text, primary_key=True, foreign_key=f"{SOCIETE}.fournisseurs.numero", index=True)
    numero_article_fournisseur: str | None = Field(default=None, sa_type=Text)
    nom_article_fournisseur: str | None = Field(default=None, sa_type=Text)
    unite_achat: str | None = Field(default=None, sa_type=Text)
    delai_livraison: int | None = Field(default=None, sa_type=Rang)
    quantite_suggeree: Decimal | None = Field(default=None, max_digits=15, decimal_places=6)
    memo: str | None = Field(default=None, sa_type=Text)
    prix_achat: Decimal | None = Field(default=None, max_digits=14, decimal_places=4)
    prix_achat_devise: Decimal | None = Field(default=None, max_digits=14, decimal_places=4)
    devise: str | None = _reference("devises")
    remise: Decimal = Field(default=Decimal(0), max_digits=5, decimal_places=2)


class CodeBarres(Ligne, table=True):
    """Every bar code of the société once, whether an article's or a unit's (ART-13, ART-15); triggers keep it."""

    __tablename__ = "codes_barres"
    __table_args__ = (_unite_de("article", "abreviation", ondelete="CASCADE"), {"schema": SOCIETE})

    code: str = Field(sa_type=Text, primary_key=True)
    article: str = Field(sa_type=Text, foreign_key=f"{SOCIETE}.articles.numero", index=True, ondelete="CASCADE")
    abreviation: str | None = Field(default=None, sa_type=Text)


class Image(Ligne, table=True):
    """A picture that an article has or had, and its small JPEG, by the SHA-256 of the picture.

    None ever goes: offres were printed with them (IMP-18).
    """

    __tablename__ = "images"

    empreinte: str = Field(sa_type=Text, primary_key=True)
    contenu: bytes = Field(sa_type=LargeBinary)
    vignette: bytes = Field(sa_type=LargeBinary)


class ImageArticle(LigneDArticle, table=True):
    """A picture of an article (ART-10); the one first in `ordre` is printed on offres."""

    __tablename__ = "images_articles"
    __table_args__ = (
        CheckConstraint("type IN ('image/png', 'image/jpeg', 'image/webp')", name="type"),
        CheckConstraint("ordre >= 1", name="ordre"),
        {"schema": SOCIETE},
    )

    id: int = Field(default=None, sa_type=BigInteger, primary_key=True, sa_column_args=[Identity(always=True)])
    ordre: int = Field(sa_type=BigInteger)
    legende: str | None = Field(default=None, sa_type=Text)
    empreinte: str = Field(sa_type=Text, foreign_key=f"{SOCIETE}.images.empreinte")
    type: str = Field(sa_type=Text)
    largeur: int = Field(sa_type=BigInteger)
    hauteur: int = Field(sa_type=BigInteger)
    taille: int = Field(sa_type=BigInteger)
