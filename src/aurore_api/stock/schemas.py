"""The stock in JSON. Quantities in base unit, prices in EUR per base unit."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field, PlainSerializer

from aurore_api.socle.types import (
    Code,
    Entree,
    Facteur,
    Jour,
    Libelle,
    NumeroArticle,
    Quantite,
    QuantiteSignee,
    Sortie,
    exemples,
)
from aurore_domain.montants import arrondir
from aurore_domain.stock import Compte, GenreMouvement
from aurore_domain.valorisation import DECIMALES_PAMP_VISIBLES

Pamp = Annotated[
    Decimal,
    PlainSerializer(lambda valeur: f"{arrondir(valeur, DECIMALES_PAMP_VISIBLES):f}", return_type=str, when_used="json"),
]
"""A valuation price: kept to 6 decimals, shown to 4 (CAL-12)."""


class MouvementSortie(Sortie):
    """One row of the ledger (MVT-01). `ligne` is the document's line, or the correction's own identifier."""

    id: int
    instant: datetime
    date: Jour
    article: str
    depot: str
    compte: Compte
    genre: GenreMouvement = Field(description="`definitif` once posted, else the side of the open document")
    quantite: QuantiteSignee
    prix: Pamp | None = Field(description="What a base unit that was bought has cost, costs included")
    ligne: UUID
    document: UUID | None
    client: str | None = Field(description="Who has the goods, whoever pays for them")
    fournisseur: str | None
    motif: str | None


class LigneCorrectionEntree(Entree):
    """By how much the stock of an article is corrected."""

    article: NumeroArticle
    depot: Code | None = Field(default=None, description="The société's default one by default")
    quantite: QuantiteSignee = Field(description="In base unit: above 0 comes in, below 0 goes out")


class CorrectionEntree(Entree):
    """A correction of the stock, for a reason (MVT-06); all of it is taken, or none."""

    model_config = exemples({"motif": "Casse", "lignes": [{"article": "FARINE", "quantite": "-5"}]})

    date: Jour | None = Field(default=None, description="Today by default")
    motif: Libelle
    lignes: Annotated[list[LigneCorrectionEntree], Field(min_length=1, max_length=2000)]


class LigneInventaireEntree(Entree):
    """How much of an article was counted."""

    article: NumeroArticle
    quantite: Quantite = Field(description="In base unit, at the end of the day of the count")


class InventaireEntree(Entree):
    """A count of the goods of a dépôt (MVT-06): what differs from the stock is corrected; all of it, or nothing."""

    model_config = exemples(
        {"lignes": [{"article": "FARINE", "quantite": "120.5"}, {"article": "BAG", "quantite": "0"}]}
    )

    depot: Code | None = Field(default=None, description="The société's default one by default")
    date: Jour | None = Field(default=None, description="Today by default; what moved later is set off")
    motif: Libelle = "Inventaire"
    lignes: Annotated[list[LigneInventaireEntree], Field(min_length=1, max_length=2000)]


class LigneTransfertEntree(Entree):
    """How much of an article goes to the other dépôt."""

    article: NumeroArticle
    quantite: Facteur = Field(description="In base unit, above 0")


class TransfertStockEntree(Entree):
    """Goods that go from one dépôt to another (MVT-06); all of it is taken, or none."""

    model_config = exemples({"de": "PRINCIPAL", "vers": "NORD", "lignes": [{"article": "FARINE", "quantite": "25"}]})

    de: Code
    vers: Code
    date: Jour | None = Field(default=None, description="Today by default")
    motif: Libelle = "Transfert"
    lignes: Annotated[list[LigneTransfertEntree], Field(min_length=1, max_length=2000)]


class OperationSortie(Sortie):
    """What was done to the stock by hand, as it stands in the ledger."""

    date: Jour
    motif: str
    mouvements: list[MouvementSortie]


class LigneInventaireSortie(Sortie):
    """What was counted of an article, against what the ledger said."""

    article: str
    avant: QuantiteSignee = Field(description="The stock at the end of that day")
    quantite: Quantite
    difference: QuantiteSignee


class InventaireSortie(OperationSortie):
    """A count: every line of it, and the movements that correct the stock where it differed."""

    depot: str
    lignes: list[LigneInventaireSortie]
