"""The production list in JSON. Quantities are in the article's base unit unless the field says otherwise."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from aurore_api.socle.pagination import Pagination
from aurore_api.socle.types import Code, DecimalTexte, Entree, Jour, Sortie, ecrire_quantite, exemples
from aurore_domain.cycle import Etat, TypeDocument

FAMILLES_MAX = 200
QuantiteTotale = Annotated[Decimal, DecimalTexte(24, 6, ecrire_quantite, signe=False)]
"""A sum of quantities."""
Difference = Annotated[Decimal, DecimalTexte(24, 6, ecrire_quantite, signe=True)]
SourceBesoin = Literal["magasin", "client", "commande_type", "reste"]


class DetailProduction(Sortie):
    """Which client wants how much of an article, and by which way; of `reste`, what is left over under which client."""

    source: SourceBesoin
    client: str
    client_nom: str | None = Field(description="Null: there is no such client, as for left-overs mostly")
    quantite: QuantiteTotale


class LigneProduction(Sortie):
    """What is to be made of an article."""

    article: str
    designation: str
    famille: str | None
    famille_libelle: str | None
    unite: str = Field(description="Base unit, of all quantities but one")
    magasins: QuantiteTotale = Field(description="In the order books of the shops' tills")
    clients: QuantiteTotale = Field(description="In all other commandes, and bordereaux entered directly")
    commandes_types: QuantiteTotale = Field(description="In standing orders that no commande replaces")
    restes: QuantiteTotale = Field(description="Left over, and carried to this day (MAG-21)")
    a_produire: QuantiteTotale = Field(description="What is asked for less what is left over, 0 at least")
    surplus: QuantiteTotale = Field(description="Left over, and asked for by nobody")
    unite_production: str | None = Field(description="The supplementary unit it is made in; null: the base unit")
    a_produire_unite_production: QuantiteTotale | None = Field(
        description="`a_produire` in that unit, up to its decimals: never too little; null without such a unit"
    )
    detail: list[DetailProduction] | None = Field(default=None, description="With `inclure=clients`")


class AvertissementProduction(Sortie):
    """Something to look at; it changes no quantity."""

    code: Literal["commande_type_sans_commande"]
    client: str
    detail: str


class ProductionSortie(Sortie):
    """The list of a day as it is now."""

    date: Jour
    version: int = Field(ge=0, description="Of the list last printed for this day and these families; 0: none was")
    imprimee_le: datetime | None = Field(description="When that was")
    a_jour: bool = Field(description="Nothing has changed since")
    familles: list[str] = Field(description="Families of the list; empty: all articles")
    lignes: list[LigneProduction]
    avertissements: list[AvertissementProduction]


class ImpressionProductionEntree(Entree):
    """Print the list of a day: keep it as it is now."""

    model_config = exemples({"date": "2026-11-24", "familles": ["3", "8"]}, {"date": "2026-11-24", "magasin": "NAM"})

    date: Jour
    familles: list[Code] | None = Field(
        default=None, max_length=FAMILLES_MAX, description="Empty: all articles; null: those of the shop"
    )
    magasin: Code | None = Field(
        default=None, description="Whose families, unless some are given; by default those of the only shop"
    )


class ImpressionProductionResume(Sortie):
    """A printed list, without what is on it."""

    id: UUID
    date: Jour
    familles: list[str] = Field(description="Empty: all articles")
    version: int
    imprime_le: datetime
    cle: int = Field(description="The key that printed it")


class LigneImprimee(LigneProduction):
    """A line as it was printed."""

    precedent: QuantiteTotale | None = Field(
        description="What the version before had to make of it, where that was another quantity; null: the same"
    )


class ImpressionProductionSortie(ImpressionProductionResume):
    """A printed list, whole."""

    nouvelle: bool = Field(description="False: nothing had changed, and this is the version that there was")
    lignes: Sequence[LigneImprimee]


class FiltreImpressionsProduction(Pagination):
    """Which printed lists."""

    date: Jour | None = None


class QuantitesProduction(Sortie):
    """The figures of an article's line on one of two lists."""

    magasins: QuantiteTotale
    clients: QuantiteTotale
    commandes_types: QuantiteTotale
    restes: QuantiteTotale
    a_produire: QuantiteTotale
    surplus: QuantiteTotale


class DifferenceProduction(Sortie):
    """How an article's line differs."""

    article: str
    designation: str
    unite: str
    avant: QuantitesProduction
    maintenant: QuantitesProduction
    difference: Difference = Field(description="How much more is to be made; below 0, less")


class CommandeChangee(Sortie):
    """A document that asks for something else than when the list was printed."""

    statut: Literal["nouvelle", "modifiee", "retiree"] = Field(
        description="`retiree`: it asks for nothing on this list any more"
    )
    document: UUID
    type: TypeDocument | None = Field(description="Null, as all that follows: it was deleted")
    etat: Etat | None
    numero_affiche: str | None
    client: str | None
    client_nom: str | None
    magasin: str | None
    reference_magasin: str | None


class DifferencesSortie(Sortie):
    """What changed since a list was printed (MAG-24)."""

    impression: UUID
    date: Jour
    version: int
    lignes: list[DifferenceProduction]
    commandes: list[CommandeChangee]
