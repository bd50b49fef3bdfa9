"""What is asked of the stock and answered, in JSON. Quantities in base unit, prices in EUR per base unit."""

from typing import Literal
from uuid import UUID

from pydantic import Field

from aurore_api.socle.pagination import Pagination
from aurore_api.socle.types import (
    Code,
    Entree,
    Jour,
    Montant,
    NumeroArticle,
    NumeroClient,
    NumeroFournisseur,
    Pourcentage,
    Prix,
    Quantite,
    QuantiteSignee,
    Sortie,
)
from aurore_api.stock.schemas import Pamp
from aurore_domain.stock import Compte, GenreMouvement


class CriteresMouvements(Entree):
    """What movements are narrowed to."""

    article: NumeroArticle | None = None
    depot: Code | None = None
    client: NumeroClient | None = None
    fournisseur: NumeroFournisseur | None = None
    document: UUID | None = None
    compte: Compte | None = None
    genre: GenreMouvement | None = None
    du: Jour | None = Field(default=None, description="Dated on or after")
    au: Jour | None = Field(default=None, description="Dated on or before")


class FiltreMouvements(CriteresMouvements, Pagination):
    """The query parameters of `/v1/mouvements`."""


class FiltreResume(FiltreMouvements):
    """The query parameters of `/v1/stock/resume`."""

    par: Literal["article", "client", "fournisseur", "depot"] = Field(
        default="article", description="By article alone, or by client, supplier or dépôt and article"
    )


class CriteresStock(Entree):
    """What balances are narrowed to."""

    article: NumeroArticle | None = None
    depot: Code | None = None
    famille: Code | None = None
    fournisseur: NumeroFournisseur | None = Field(default=None, description="Usually or possibly bought there")
    date: Jour | None = Field(default=None, description="MVT-05: at the end of that day; now by default")
    definitif: bool = Field(default=False, description="Only what is posted counts (MVT-04)")


class FiltreStock(CriteresStock, Pagination):
    """The query parameters of `/v1/stock`."""

    non_nul: bool = Field(default=False, description="Only where there are goods, or fewer than none")


class FiltreSousMinimum(Pagination):
    """The query parameters of `/v1/stock/sous-minimum`."""

    fournisseur: NumeroFournisseur | None = Field(default=None, description="Usually or possibly bought there")
    famille: Code | None = None


class NiveauSortie(Sortie):
    """What there is and what is owed."""

    physique: QuantiteSignee
    commande_client: QuantiteSignee = Field(description="Owed to clients")
    commande_fournisseur: QuantiteSignee = Field(description="On order from suppliers")
    disponible: QuantiteSignee = Field(description="There, and promised to nobody")


class NiveauDepot(NiveauSortie):
    """The same in one dépôt."""

    depot: str


class CodeBarresSortie(Sortie):
    """A bar code of the article, or of one of its units."""

    code: str
    unite: str | None = Field(description="The unit's abbreviation; null: the article itself")


class StockArticleSortie(NiveauSortie):
    """The stock screen of an article (ART-15): all dépôts together, and each."""

    article: str
    unite: str
    stock_minimum: Quantite | None
    emplacement_principal: str | None
    codes_barres: list[CodeBarresSortie]
    depots: list[NiveauDepot]
    pamp: Pamp | None = Field(description="Weighted average purchase price (CAL-12)")
    dernier_prix: Pamp | None = Field(description="Last purchase price, costs included (CAL-13)")
    valeur_pamp: Montant = Field(description="What the physical stock is worth at `pamp` (MVT-04)")
    valeur_dernier_prix: Montant


class SoldeSortie(Sortie):
    """The stock of an article in a dépôt, and what it is worth."""

    article: str
    designation: str
    unite: str
    depot: str
    physique: QuantiteSignee
    commande_client: QuantiteSignee | None = Field(
        description="Null at a past day and of what is posted: what was owed is not kept"
    )
    commande_fournisseur: QuantiteSignee | None
    disponible: QuantiteSignee | None
    pamp: Pamp | None
    dernier_prix: Pamp | None
    valeur_pamp: Montant
    valeur_dernier_prix: Montant


class BougeSortie(Sortie):
    """The sums of what moves the stock, by kind (MVT-03)."""

    definitif: QuantiteSignee
    client: QuantiteSignee
    fournisseur: QuantiteSignee
    total: QuantiteSignee


class EnCommandeSortie(Sortie):
    """The sums of what is on order."""

    client: QuantiteSignee
    fournisseur: QuantiteSignee


class ResumeSortie(Sortie):
    """One row of the summary (MVT-03)."""

    cle: str = Field(description="The article, or the client, supplier or dépôt asked for")
    article: str
    mouvements: BougeSortie = Field(description="What moves the stock")
    en_commande: EnCommandeSortie


class PropositionSortie(Sortie):
    """What to order from a supplier, in the unit that it sells."""

    fournisseur: str
    habituel: bool
    numero_article_fournisseur: str | None
    unite_achat: str | None = Field(description="Null: the base unit")
    quantite: Quantite = Field(description="In `unite_achat`; reaches the minimum, no less than the suggested quantity")
    quantite_base: Quantite
    delai_livraison: int | None
    prix_achat: Prix | None
    remise: Pourcentage


class SousMinimumSortie(NiveauSortie):
    """An article of which there will be too little (ART-16)."""

    article: str
    designation: str
    unite: str
    stock_minimum: Quantite
    attendu: QuantiteSignee = Field(description="physique - commande_client + commande_fournisseur")
    manque: Quantite
    propositions: list[PropositionSortie] = Field(description="Of each supplier, the usual one first")


class ValeurSortie(Sortie):
    """What the stock is worth in all (MVT-04): the sum of its rows, each rounded to the cent."""

    lignes: int = Field(description="Articles and dépôts that have goods, or fewer than none")
    valeur_pamp: Montant
    valeur_dernier_prix: Montant
