"""Articles, their units, tariffs and labels in JSON. Prices are per base unit and without VAT unless named `tvac`."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from aurore_api.socle.pagination import Pagination
from aurore_api.socle.types import (
    Booleen,
    Code,
    Decimales,
    Entree,
    Facteur,
    Jour,
    Libelle,
    Montant,
    NumeroArticle,
    Pourcentage,
    Prix,
    Quantite,
    Sortie,
    TexteLong,
    Version,
    exemples,
)
from aurore_domain.unites import Operateur

CodeBarres = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z]{1,30}$")]


class ArticleEntree(Entree):
    """A product or service (ART-01, ART-03, ART-04)."""

    model_config = exemples(
        {"numero": "BAG", "designation": "Baguette", "unite": "PCE", "prix_vente": "0.8500", "code_tva_vente": "6"}
    )

    numero: NumeroArticle
    designation: Libelle
    description: TexteLong | None = Field(default=None, description="Long text, carried into client documents")
    departement: Code | None = Field(default=None, description="That of the famille, unless given")
    famille: Code | None = None
    unite: Code = Field(description="Base unit: stock is kept in it, the price is stated in it")
    prix_vente: Prix = Field(description="Base price excluding VAT, per base unit")
    code_tva_vente: Code
    imputation_vente: Code | None = Field(default=None, description="That of the parameters, unless given")
    prix_avec_decimales: Booleen = Field(default=True, description="False: the price including VAT is in whole euros")
    poids_kg: Quantite | None = Field(default=None, description="Weight of one base unit")
    unite_par_defaut: Code | None = Field(default=None, description="One of the article's own supplementary units")
    tolerance_depassement: Pourcentage | None = Field(
        default=None, description="Over-delivery in % of what was ordered; that of the parameters where null (TRF-03)"
    )


class ArticleEnregistre(Sortie):
    """An article as it is stored, and as events tell it: nothing that depends on the day."""

    numero: str
    designation: str
    description: str | None
    departement: str | None
    famille: str | None
    unite: str
    prix_vente: Prix
    code_tva_vente: str
    imputation_vente: str
    prix_avec_decimales: bool
    poids_kg: Quantite | None
    unite_par_defaut: str | None
    tolerance_depassement: Pourcentage | None
    version: Version


class ArticleSortie(ArticleEnregistre):
    """An article as it is served."""

    prix_vente_tvac: Montant | None = Field(
        description="Price including VAT at today's rate (CAL-10); null while the VAT code has no rate"
    )


class FiltreArticles(Pagination):
    """Which articles, in which order."""

    famille: Code | None = None
    departement: Code | None = None
    numero: NumeroArticle | None = Field(default=None, description="How the number begins")
    tri: Literal["numero", "-numero", "designation", "-designation"] = "numero"


class UniteArticleEntree(Entree):
    """Another unit of an article (ART-13): `M`, one of it is `facteur` base units; `D`, one base unit is `facteur`."""

    model_config = exemples({"abreviation": "CT6", "unite": "CT", "facteur": "6", "operateur": "M", "decimales": 0})

    abreviation: Code
    unite: Code
    facteur: Facteur
    operateur: Operateur
    decimales: Decimales = Field(description="Conversions into this unit are rounded to so many decimals (CAL-02)")
    flou: Booleen = Field(default=False, description="Both quantities may be typed, within the tolerance (CAL-03)")
    tolerance: Pourcentage = Field(default=Decimal("0.00"), description="In %; counts only when `flou`")
    code_barres: CodeBarres | None = Field(default=None, description="Unique in the société")
    memo: TexteLong | None = None


class UniteArticleSortie(Sortie):
    """A supplementary unit as it is."""

    article: str
    abreviation: str
    unite: str
    facteur: Facteur
    operateur: Operateur
    decimales: int
    flou: bool
    tolerance: Pourcentage
    code_barres: str | None
    memo: str | None
    version: Version


class TarifArticleEntree(Entree):
    """A price or a discount for a price list, from a quantity in base unit on, while it is valid (ART-14)."""

    model_config = exemples(
        {"tarif": "REV", "quantite_minimum": "100", "valeur": "0.7900"}, {"tarif": "REV", "remise": "5.00"}
    )

    tarif: Code
    quantite_minimum: Quantite = Field(default=Decimal(0), description="In base unit; 0 holds for any quantity")
    valeur: Prix | None = Field(default=None, description="Price excluding VAT; either this or `remise`")
    remise: Pourcentage | None = Field(
        default=None, validate_default=True, description="In % off the base price; either this or `valeur`"
    )
    du: Jour | None = Field(default=None, description="First day; null: always was valid")
    au: Jour | None = Field(default=None, description="Last day; null: without end")

    @field_validator("remise")
    @classmethod
    def _valeur_ou_remise(cls, remise: Decimal | None, info: ValidationInfo) -> Decimal | None:
        if "valeur" in info.data and (remise is None) == (info.data["valeur"] is None):
            raise PydanticCustomError("valeur_ou_remise", "a row gives a price or a discount, one of the two")
        return remise

    @field_validator("au")
    @classmethod
    def _dans_l_ordre(cls, au: date | None, info: ValidationInfo) -> date | None:
        du = info.data.get("du")
        if au is not None and du is not None and au < du:
            raise PydanticCustomError("fin_avant_debut", "the last day lies before the first")
        return au


class TarifArticleSortie(Sortie):
    """A row of an article's tariffs as it is."""

    article: str
    id: int
    tarif: str
    quantite_minimum: Quantite
    valeur: Prix | None
    remise: Pourcentage | None
    du: Jour | None
    au: Jour | None
    version: Version


class LibelleArticleEntree(Entree):
    """What an article is called for the clients of a `code_libelle`, typically a language (ART-02)."""

    code_libelle: Code
    libelle: Libelle


class LibelleArticleSortie(Sortie):
    """A label as it is."""

    article: str
    code_libelle: str
    libelle: str
    version: Version
