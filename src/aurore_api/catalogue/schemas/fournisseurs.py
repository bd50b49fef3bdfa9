"""How suppliers sell an article, in JSON. Prices are per base unit, before the discount."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from aurore_api.socle.types import (
    Code,
    Court,
    Entree,
    Libelle,
    NumeroFournisseur,
    Pourcentage,
    Prix,
    Quantite,
    Sortie,
    TexteLong,
    Version,
    exemples,
)

Jours = Annotated[int, Field(strict=True, ge=0, le=999)]


class FournisseurArticleEntree(Entree):
    """What a supplier calls an article, and how it sells it (ART-17)."""

    model_config = exemples(
        {"fournisseur": "F012", "numero_article_fournisseur": "FT55-25", "unite_achat": "SAC25", "prix_achat": "0.6200"}
    )

    fournisseur: NumeroFournisseur
    numero_article_fournisseur: Court | None = None
    nom_article_fournisseur: Libelle | None = None
    unite_achat: Code | None = Field(
        default=None, description="One of the article's own supplementary units; null: its base unit"
    )
    delai_livraison: Jours | None = Field(default=None, description="In days; that of the supplier where null")
    quantite_suggeree: Quantite | None = Field(default=None, description="In purchase unit")
    memo: TexteLong | None = None
    prix_achat: Prix | None = Field(default=None, description="In the société's currency, excluding VAT")
    prix_achat_devise: Prix | None = Field(default=None, description="In `devise`, excluding VAT")
    devise: Code | None = Field(default=None, validate_default=True, description="Required with `prix_achat_devise`")
    remise: Pourcentage = Field(default=Decimal("0.00"), description="In % off the prices")

    @field_validator("devise")
    @classmethod
    def _avec_le_prix(cls, devise: str | None, info: ValidationInfo) -> str | None:
        if devise is None and info.data.get("prix_achat_devise") is not None:
            raise PydanticCustomError("devise_requise", "a price in a foreign currency names that currency")
        return devise


class FournisseurArticleSortie(Sortie):
    """How a supplier sells an article, as it is."""

    article: str
    fournisseur: str
    numero_article_fournisseur: str | None
    nom_article_fournisseur: str | None
    unite_achat: str | None
    delai_livraison: int | None
    quantite_suggeree: Quantite | None
    memo: str | None
    prix_achat: Prix | None
    prix_achat_devise: Prix | None
    devise: str | None
    remise: Pourcentage
    version: Version
