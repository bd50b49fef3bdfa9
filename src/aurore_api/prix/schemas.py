"""A price and its explanation in JSON. Prices and amounts exclude VAT unless named `tvac`; prices are per base unit."""

from typing import Annotated, Literal

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
from aurore_domain.lignes_prix import Motif
from aurore_domain.prix import Regle, SansPalier, SortRemise
from aurore_domain.tva import Lettre


class DemandePrixEntree(Entree):
    """What the price is asked for."""

    article: NumeroArticle
    client: NumeroClient | None = Field(
        default=None, description="Whose own prices, tariff, general discount and VAT category apply"
    )
    tarif: Code | None = Field(default=None, description="A price list, instead of the client's")
    remise_generale: Pourcentage | None = Field(
        default=None, description="A general discount, instead of the client's: a document may have another"
    )
    quantite: Quantite | None = Field(default=None, description="In base unit; 1 when no quantity is given")
    quantite_unite_commande: Quantite | None = Field(default=None, description="In `unite_commande`")
    unite_commande: Code | None = Field(default=None, description="A supplementary unit of the article")
    date: Jour | None = Field(default=None, description="Date of the document, past or future; today unless given")
    prix_saisi: Prix | None = Field(default=None, description="A price typed on the line, before any other rule")
    remise_saisie: Pourcentage | None = Field(
        default=None, description="A discount typed on the line, in the place of any other"
    )


class LigneTarifSortie(Sortie):
    """A row of the article's tariffs."""

    source: Literal["tarif"] = "tarif"
    id: int
    tarif: str
    quantite_minimum: Quantite
    valeur: Prix | None
    remise: Pourcentage | None
    du: Jour | None
    au: Jour | None


class LigneClientSortie(Sortie):
    """A row of the client's own prices, for the article or for its famille."""

    source: Literal["client_article", "client_famille"]
    id: int
    article: str | None
    famille: str | None
    valeur: Prix | None
    remise: Pourcentage | None
    du: Jour | None
    au: Jour | None


LignePrixSortie = Annotated[LigneTarifSortie | LigneClientSortie, Field(discriminator="source")]
"""A row that a price may come from; `source` says which rule looks at it."""


class LigneConsidereeSortie(Sortie):
    """A row, and why it was taken or not."""

    ligne: LignePrixSortie
    motif: Motif


class PalierSortie(Sortie):
    """The next quantity break, in base unit, and what a line of just so much would cost."""

    quantite_minimum: Quantite
    quantite_manquante: Quantite = Field(description="How much more that is than was asked for")
    prix: Prix
    remise: Pourcentage
    montant_htva: Montant | None = Field(description="Null where that is more than a line can amount to")


class TvaSortie(Sortie):
    """How the price is taxed on that day, for a client of that VAT category."""

    code_tva: str
    categorie_tva: str
    categorie: Lettre
    taux: Pourcentage
    prix_tvac: Prix = Field(description="As people see it: in the société's visible decimals or whole euros (CAL-10)")
    prix_ligne_tvac: Prix = Field(description="As a line of a document with prices VAT included has it (CAL-14)")


CodeEtape = Literal[
    "explique_article_inactif",
    "explique_article_remplace",
    "explique_saisi",
    "explique_client_article_valeur",
    "explique_client_article_remise",
    "explique_client_famille_valeur",
    "explique_client_famille_remise",
    "explique_tarif_valeur",
    "explique_tarif_remise",
    "explique_base",
    "explique_remise_saisie",
    "explique_generale_retenue",
    "explique_generale_remise_saisie",
    "explique_generale_prix_saisi",
    "explique_generale_prix_client",
    "explique_generale_prix_du_tarif",
    "explique_generale_remise_du_tarif",
    "explique_montant",
    "explique_palier",
    "explique_palier_prix_saisi",
    "explique_palier_prix_client",
    "explique_palier_sans_tarif",
    "explique_palier_dernier_palier",
]


class Etape(Sortie):
    """A sentence of the explanation, in the reader's language."""

    code: CodeEtape
    detail: str


class PrixSortie(Sortie):
    """A price with its reasons: `quantite`, `prix` and `remise` typed on a line give `montant_htva` (CAL-05)."""

    article: str
    actif: bool = Field(description="Whether new lines may have the article (ART-08)")
    remplace_par: str | None = Field(description="What is sold in its place (ART-05)")
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
    prix_base: Prix
    remise_generale: Pourcentage
    sort_remise_generale: SortRemise = Field(
        description="What became of the client's general discount: `retenue`, or what stood in its place"
    )
    ligne_retenue: LignePrixSortie | None
    lignes_considerees: list[LigneConsidereeSortie] = Field(
        description="The client's own rows, then those of the article's tariffs, whatever their dates"
    )
    palier_suivant: PalierSortie | None
    sans_palier: SansPalier | None = Field(description="Why there is no `palier_suivant`")
    tva: TvaSortie | None = Field(
        description="Null where the VAT code has no rate on that day, or the price would be higher than any can be"
    )
    explication: list[Etape]
