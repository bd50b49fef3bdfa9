"""Articles in JSON. Prices are per base unit and without VAT unless named `tvac`."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from aurore_api.catalogue.schemas.codes_barres import CodeBarres
from aurore_api.socle.pagination import Pagination
from aurore_api.socle.types import (
    Booleen,
    Code,
    Court,
    Entree,
    Facteur,
    Libelle,
    NumeroArticle,
    NumeroFournisseur,
    Pourcentage,
    Prix,
    PrixTvac,
    Quantite,
    Sortie,
    TexteLong,
    Version,
    exemples,
)

TypeArticle = Literal["normal", "statistique"]


def _distincts(codes: list[str]) -> list[str]:
    if len(set(codes)) < len(codes):
        raise PydanticCustomError("codes_barres_repetes", "a bar code is listed twice")
    return codes


CodesBarres = Annotated[
    list[CodeBarres], Field(max_length=3, json_schema_extra={"uniqueItems": True}), AfterValidator(_distincts)
]


class ArticleEntree(Entree):
    """A product or service (ART-01 to ART-17)."""

    model_config = exemples(
        {"numero": "BAG", "designation": "Baguette", "unite": "PCE", "prix_vente": "0.8500", "code_tva_vente": "6"},
        {
            "numero": "FT55",
            "designation": "Farine T55",
            "unite": "KG",
            "prix_vente": "0.9500",
            "code_tva_vente": "6",
            "codes_barres": ["5410000000024"],
            "stock_minimum": "250",
        },
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
    unite_production: Code | None = Field(
        default=None, description="The supplementary unit it is made in (MAG-20); null: the base unit"
    )
    tolerance_depassement: Pourcentage | None = Field(
        default=None, description="Over-delivery in % of what was ordered; that of the parameters where null (TRF-03)"
    )
    actif: Booleen = Field(default=True, description="False: no longer sold; documents that have it keep it (ART-08)")
    type_article: TypeArticle = Field(
        default="normal",
        description="`statistique`: never sold, takes over the statistics of retired articles (ART-08)",
    )
    structure: Code | None = None
    remplace_par: NumeroArticle | None = Field(default=None, description="Its successor (ART-05)")
    substitut: NumeroArticle | None = Field(default=None, description="Proposed where there is too little (ART-06)")
    appliquer_taxe: Booleen = Field(default=False, description="Lines charge the article's taxes (ART-07)")
    code_intrastat: Code | None = None
    facteur_unite_supplementaire: Facteur | None = Field(
        default=None, description="Intrastat's supplementary units in one base unit (ART-09)"
    )
    assemble: Booleen = Field(default=False, description="Made of components (ART-11)")
    mouvement_composants: Booleen = Field(
        default=False, description="Selling an assembled article moves its components' stock instead of its own"
    )
    gere_stock: Booleen = Field(default=True, description="False: no stock is kept, as of services (ART-15)")
    vidange: Booleen = Field(default=False, description="A crate: every client's balance of it is kept (CLI-12)")
    emplacement_principal: Code | None = None
    stock_minimum: Quantite | None = Field(default=None, description="In base unit (ART-16)")
    codes_barres: CodesBarres = Field(
        default=[], description="Of the base unit; each belongs to one article or unit of the société (ART-15)"
    )
    dernier_prix_achat: Prix | None = Field(default=None, description="Excluding VAT, per base unit (ART-17)")
    frais_achat: Prix = Field(default=Decimal("0.0000"), description="Purchase costs per base unit (CAL-10)")
    code_tva_achat: Code | None = None
    fournisseur_habituel: NumeroFournisseur | None = None
    imputation_achat: Code | None = Field(
        default=None, description="That of the parameters for a new article, unless given; null: none"
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
    unite_production: str | None
    tolerance_depassement: Pourcentage | None
    actif: bool
    type_article: TypeArticle
    article_statistique: str | None = Field(description="Takes over the statistics of this article, retired (ART-08)")
    structure: str | None
    remplace_par: str | None
    substitut: str | None
    appliquer_taxe: bool
    code_intrastat: str | None
    facteur_unite_supplementaire: Quantite | None
    assemble: bool
    mouvement_composants: bool
    gere_stock: bool
    vidange: bool
    emplacement_principal: str | None
    stock_minimum: Quantite | None
    codes_barres: list[str]
    dernier_prix_achat: Prix | None
    frais_achat: Prix
    code_tva_achat: str | None
    fournisseur_habituel: str | None
    imputation_achat: str | None
    version: Version


class ArticleSortie(ArticleEnregistre):
    """An article as it is served."""

    prix_vente_tvac: PrixTvac | None = Field(
        description="Price including VAT at today's rate, with the decimals that the société lets people see (CAL-10); "
        "null while the VAT code has no rate"
    )


class FiltreArticles(Pagination):
    """Which articles, in which order."""

    famille: Code | None = None
    departement: Code | None = None
    structure: Code | None = None
    type_article: TypeArticle | None = None
    actif: bool | None = Field(default=None, description="Both kinds unless given")
    assemble: bool | None = None
    vidange: bool | None = None
    fournisseur: NumeroFournisseur | None = Field(default=None, description="The usual one (`fournisseur_habituel`)")
    numero: NumeroArticle | None = Field(default=None, description="How the number begins")
    recherche: Court | None = Field(
        default=None,
        description="Words in any order, whatever their capitals and accents, of number, names, labels, bar codes, "
        "supplier's number; typing errors are forgiven where nothing is spelt like that (ART-18)",
    )
    tri: Literal["numero", "-numero", "designation", "-designation"] | None = Field(
        default=None, description="By number unless given; what `recherche` finds, best first"
    )
