"""Rows of the plain tables. Amounts in EUR, rates in %."""

from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, PrimaryKeyConstraint, Text, UniqueConstraint
from sqlmodel import Field

from aurore_api.socle.colonnes import SOCIETE, Json, Ligne, Rang, Versionnee
from aurore_api.socle.integrite import qui_refuse
from aurore_domain.imputations import CompteDejaImpute, GenreImputation, ImputationDejaLiee


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


class Structure(_Libellee, Ligne, table=True):
    """Structure of articles (ART-08)."""

    __tablename__ = "structures"


class Taxe(_Libellee, Ligne, table=True):
    """Tax or deposit that articles may carry (ART-07); `genre` is `taxe` or `consigne` (crates, CLI-12)."""

    __tablename__ = "taxes"
    __table_args__ = (CheckConstraint("genre IN ('taxe', 'consigne')", name="genre"), {"schema": SOCIETE})

    genre: str = Field(sa_type=Text)


class Devise(_Libellee, Ligne, table=True):
    """Currency by its ISO 4217 code; `cours` is how much of it one euro is."""

    __tablename__ = "devises"
    __table_args__ = (
        CheckConstraint("code ~ '^[A-Z]{3}$'", name="code"),
        CheckConstraint("cours > 0", name="cours"),
        CheckConstraint("cours IS NULL OR code <> 'EUR'", name="cours_de_l_euro"),
        CheckConstraint("decimales BETWEEN 0 AND 6", name="decimales"),
        {"schema": SOCIETE},
    )

    decimales: int = Field(sa_type=Rang)
    cours: Decimal | None = Field(default=None, max_digits=15, decimal_places=6)


class CodeIntrastat(_Libellee, Ligne, table=True):
    """Commodity code of the combined nomenclature (ART-09)."""

    __tablename__ = "codes_intrastat"
    __table_args__ = (CheckConstraint("code ~ '^[0-9]{8}$'", name="code"), {"schema": SOCIETE})

    unite_supplementaire: str | None = Field(default=None, sa_type=Text)


class Compte(Versionnee, Ligne, table=True):
    """Account of the chart of accounts (IMP-02)."""

    __tablename__ = "comptes"
    __table_args__ = (CheckConstraint("numero ~ '^[0-9]{2,10}$'", name="numero"), {"schema": SOCIETE})

    numero: str = Field(sa_type=Text, primary_key=True)
    libelle: str = Field(sa_type=Text)


class Imputation(_Libellee, Ligne, table=True):
    """Posting code of sales (`vente`) or purchases (`achat`); leads with the VAT category to a general account."""

    __tablename__ = "imputations"
    __table_args__ = (
        CheckConstraint("genre IN ('vente', 'achat')", name="genre"),
        UniqueConstraint("code", "genre"),
        {"schema": SOCIETE},
    )

    genre: GenreImputation = Field(sa_type=Text)


class CompteImputation(Versionnee, Ligne, table=True):
    """Account that a posting code leads to in a VAT category; one to one both ways within the category (IMP-01).

    `genre` is the code's, so that the database holds the account's class against it (IMP-02).
    """

    __tablename__ = "comptes_imputations"
    __table_args__ = (
        qui_refuse(PrimaryKeyConstraint("imputation", "categorie_tva"), ImputationDejaLiee, "#/categorie_tva"),
        qui_refuse(UniqueConstraint("categorie_tva", "compte"), CompteDejaImpute, "#/compte"),
        ForeignKeyConstraint(["imputation", "genre"], [f"{SOCIETE}.imputations.code", f"{SOCIETE}.imputations.genre"]),
        CheckConstraint("left(compte, 1) = CASE genre WHEN 'vente' THEN '7' ELSE '6' END", name="classe"),
        {"schema": SOCIETE},
    )

    imputation: str = Field(sa_type=Text)
    genre: GenreImputation = Field(sa_type=Text)
    categorie_tva: str = Field(sa_type=Text, foreign_key=f"{SOCIETE}.categories_tva.code")
    compte: str = Field(sa_type=Text, foreign_key=f"{SOCIETE}.comptes.numero", index=True)


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


class Emplacement(_Libellee, Ligne, table=True):
    """Shelf place, in a warehouse."""

    __tablename__ = "emplacements"

    depot: str | None = Field(default=None, sa_type=Text, foreign_key=f"{SOCIETE}.depots.code", index=True)


class Profil(_Libellee, Ligne, table=True):
    """How documents are printed for a client."""

    __tablename__ = "profils"


class Tournee(Versionnee, Ligne, table=True):
    """Delivery round; `jour` 1 (Monday) to 7."""

    __tablename__ = "tournees"

    numero: str = Field(sa_type=Text, primary_key=True)
    nom: str = Field(sa_type=Text)
    jour: int | None = Field(default=None, sa_type=Rang)
    heure_limite: dict[str, Any] | None = Field(default=None, sa_type=Json)


class PlanAnalytique(_Libellee, Ligne, table=True):
    """Analytic plan."""

    __tablename__ = "plans_analytiques"


class CompteAnalytique(_Libellee, Ligne, table=True):
    """Analytic account of a plan."""

    __tablename__ = "comptes_analytiques"

    plan: str = Field(sa_type=Text, foreign_key=f"{SOCIETE}.plans_analytiques.code", index=True)
