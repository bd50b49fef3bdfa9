"""A price and its explanation in JSON. Prices and amounts exclude VAT; prices are per base unit."""

from pydantic import Field

from aurore_api.socle.types import (
    Code,
    Entree,
    Jour,
    Montant,
    NumeroArticle,
    NumeroClient,
    Pourcentage,
    Prix,
    Quantite,
    Sortie,
)
from aurore_domain.prix import Motif, Regle


class DemandePrixEntree(Entree):
    """What the price is asked for."""

    article: NumeroArticle
    client: NumeroClient | None = Field(default=None, description="Whose tariff and general discount apply")
    tarif: Code | None = Field(default=None, description="A price list, instead of the client's")
    quantite: Quantite | None = Field(default=None, description="In base unit; 1 when no quantity is given")
    quantite_unite_commande: Quantite | None = Field(default=None, description="In `unite_commande`")
    unite_commande: Code | None = Field(default=None, description="A supplementary unit of the article")
    date: Jour | None = Field(default=None, description="Date of the document; today unless given")


class LigneTarifSortie(Sortie):
    """A row of the article's tariffs."""

    id: int
    tarif: str
    quantite_minimum: Quantite
    valeur: Prix | None
    remise: Pourcentage | None
    du: Jour | None
    au: Jour | None


class LigneConsidereeSortie(Sortie):
    """A row, and why it was taken or not."""

    ligne: LigneTarifSortie
    motif: Motif


class PalierSortie(Sortie):
    """The next quantity break, in base unit, and what a line of just so much would cost."""

    quantite_minimum: Quantite
    prix: Prix
    remise: Pourcentage
    montant_htva: Montant


class PrixSortie(Sortie):
    """A price with its reasons: `quantite`, `prix` and `remise` typed on a line give `montant_htva` (CAL-05)."""

    article: str
    client: str | None
    tarif: str | None
    date: Jour
    quantite: Quantite
    unite: str
    quantite_unite_commande: Quantite | None
    unite_commande: str | None
    prix: Prix
    remise: Pourcentage
    montant_htva: Montant
    regle: Regle
    ligne_retenue: LigneTarifSortie | None
    lignes_considerees: list[LigneConsidereeSortie]
    palier_suivant: PalierSortie | None
