"""The list of a shop's orders in JSON (MAG-15)."""

from uuid import UUID

from pydantic import Field

from aurore_api.socle.types import Entree, Jour, Montant, QuantiteSignee, Sortie


class DemandeListeCommandes(Entree):
    """Which day."""

    date: Jour | None = Field(
        default=None,
        description="Of pick-up or delivery; today by default, tomorrow where `liste_commandes_demain` is on",
    )


class LigneDeListe(Sortie):
    """What is to be got ready, as it was ordered."""

    article: str | None
    designation: str
    quantite: QuantiteSignee | None
    unite: str | None
    memo: str | None
    montant: Montant = Field(description="VAT included")


class CommandeDeListe(Sortie):
    """An order to be picked up or delivered."""

    document: UUID
    reference: str | None = Field(description="The till's")
    heure: str | None
    client: str
    nom: str
    telephone: str | None
    remarque: str | None
    tardive: bool
    lignes: list[LigneDeListe]
    total: Montant = Field(description="VAT included")
    paye: Montant
    reste: Montant = Field(description="Left to pay; below 0 where too much was paid")


class ListeCommandes(Sortie):
    """The orders of a shop for a day, by the time at which they are wanted (MAG-15)."""

    magasin: str
    nom: str
    date: Jour
    commandes: list[CommandeDeListe]
    total: Montant
    paye: Montant
    reste: Montant
