"""The reconciliation of a shop's period in JSON, and what is asked of it."""

from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from aurore_api.echanges.schemas import CommentCsv
from aurore_api.listes_stock.schemas import FormatListe
from aurore_api.magasin.poussees import PaiementSortie
from aurore_api.socle.periodes import dans_l_ordre
from aurore_api.socle.types import Entree, Jour, Montant, Sortie
from aurore_domain.cycle import Etat, TypeDocument
from aurore_domain.rapprochement import Sort

PERIODE_MAX = timedelta(days=92)
"""A quarter."""
Genre = Literal["commande", "facture"]
"""An order, or a sale that is to be invoiced."""


class FiltreRapprochement(Entree):
    """A period: orders taken in it or for a day of it, sales made in it."""

    du: Jour
    au: Jour = Field(description="At most 92 days after `du`")

    @field_validator("au")
    @classmethod
    def _apres(cls, au: Jour, info: ValidationInfo) -> Jour:
        dans_l_ordre(au, info)
        du = info.data.get("du")
        if du is not None and au - du > PERIODE_MAX:
            raise PydanticCustomError("hors_bornes", "too long a period", {"maximum": str(du + PERIODE_MAX)})
        return au


class DemandeRapprochement(FiltreRapprochement, CommentCsv):
    """A period, as which file."""

    format: FormatListe = FormatListe.PDF


class JoursNonCouverts(Sortie):
    """Days of the period, up to today, of which no push took orders or sales: a till was off, or away (MAG-25)."""

    genre: Genre
    du: Jour
    au: Jour


class SuiteSortie(Sortie):
    """A document that followed: a bordereau, a facture, a note de crédit."""

    document: UUID
    type: TypeDocument
    numero_affiche: str | None
    etat: Etat
    date: Jour
    montant_tvac: Montant = Field(description="What it holds of the order or sale")


class PieceSortie(Sortie):
    """What is told of an order and of a sale alike."""

    reference: str
    date: Jour
    version: int
    client: str | None
    client_nom: str | None
    document: UUID | None = Field(description="Its commande, or its bordereau; null once that was deleted")
    numero_affiche: str | None
    sort: Sort
    total_tvac: Montant | None
    suites: list[SuiteSortie]


class CommandeRapprochee(PieceSortie):
    """An order of the order book and its fate."""

    date_livraison: Jour | None


class VenteRapprochee(PieceSortie):
    """A sale that ended as « facture à établir », and its fate (MAG-18)."""

    reference_commande: str | None = Field(description="The order that it came from, as the till says")
    paiements: list[PaiementSortie] = Field(description="How it was paid at the till, for information")


class ConflitRapproche(Sortie):
    """What waits for someone's decision, whenever it came (MAG-13)."""

    conflit: UUID
    genre: Genre
    reference: str
    motif: str
    cree_le: datetime


class PieceSuspecte(Sortie):
    """One of those that are alike."""

    genre: Genre
    reference: str
    date: Jour = Field(description="Of the sale; of an order, the day that it is for")
    document: UUID | None


class Suspects(Sortie):
    """The same client, day and goods under several references, a sale among them: look whether that is one sale."""

    client: str
    client_nom: str
    pieces: list[PieceSuspecte]


class DoubleSortie(Sortie):
    """A reference that is invoiced more than once."""

    reference: str
    ventes: list[str]


class EcartSortie(Sortie):
    """An order or a sale of which more is invoiced than it came to, what was credited taken off."""

    genre: Genre
    reference: str
    total_tvac: Montant
    facture_tvac: Montant


class ControleDoubles(Sortie):
    """That nothing is invoiced twice: what was compared, and what should not be there (MAG-19)."""

    conforme: bool
    commandes: int = Field(description="Orders not cancelled that were compared, of all times")
    ventes: int = Field(description="Sales not cancelled of the period that were compared with them")
    doubles: list[DoubleSortie]
    surfacturees: list[EcartSortie]


class Bilan(Sortie):
    """How many there are of each fate, and what they come to."""

    commandes: dict[Sort, int]
    ventes: dict[Sort, int]
    total_ventes: Montant = Field(description="Of the sales that were not cancelled, VAT included")
    total_facture: Montant = Field(description="Of these what is invoiced, less what was credited")


class RapprochementSortie(Sortie):
    """A shop's period: what its till sent, what became of it, and what someone should look at."""

    magasin: str
    du: Jour
    au: Jour
    bilan: Bilan
    controle: ControleDoubles
    jours_non_couverts: list[JoursNonCouverts]
    conflits: list[ConflitRapproche]
    suspects: list[Suspects]
    commandes: list[CommandeRapprochee]
    ventes: list[VenteRapprochee]
