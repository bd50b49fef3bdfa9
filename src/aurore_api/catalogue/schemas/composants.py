"""What assembled articles are made of, in JSON. Prices in EUR per base unit without VAT, quantities in base unit."""

from pydantic import Field

from aurore_api.socle.types import Code, Entree, Facteur, NumeroArticle, Prix, Quantite, Sortie, Version, exemples


class ComposantEntree(Entree):
    """A component of an assembled article (ART-11)."""

    model_config = exemples({"composant": "FARINE", "quantite": "0.25"}, {"composant": "OEUF", "quantite": "2"})

    composant: NumeroArticle
    quantite: Facteur = Field(description="How much one base unit of the assembled article takes")
    unite: Code | None = Field(
        default=None, description="One of the component's supplementary units; null: its base unit"
    )


class ComposantSortie(Sortie):
    """A component as it is."""

    article: str
    composant: str
    quantite: Quantite
    unite: str | None
    version: Version


class FeuilleSortie(Sortie):
    """An article without components that an assembled one takes in the end, by all ways together."""

    article: str
    designation: str
    quantite: Quantite = Field(description="In base unit, rounded to 6 decimals")
    unite: str
    prix_vente: Prix
    dernier_prix_achat: Prix | None
    frais_achat: Prix


class NomenclatureSortie(Sortie):
    """What one base unit of an article is made of in the end, and what that costs (CAL-10)."""

    article: str
    unite: str
    feuilles: list[FeuilleSortie] = Field(description="By number; empty for an article without components")
    prix_achat: Prix | None = Field(description="Null while a component has no purchase price")
    cout: Prix | None = Field(description="Purchase price and costs")
    prix_vente: Prix | None = Field(description="Null for an article without components")
    manquants: list[str] = Field(description="Components without purchase price")
