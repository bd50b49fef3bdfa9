"""Suppliers in JSON."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from aurore_api.socle.identifiants import Adresse, Bic, Contact, Iban, NumeroEntrepriseAssorti, NumeroTva
from aurore_api.socle.pagination import Pagination
from aurore_api.socle.types import (
    Booleen,
    Code,
    Courriel,
    Court,
    Entree,
    Langue,
    Libelle,
    NumeroFournisseur,
    Pourcentage,
    Sortie,
    TexteLong,
    Version,
    exemples,
)
from aurore_api.tables.schemas import Jours


class FournisseurEntree(Entree):
    """A supplier (FOU-01): who it is, and what is bought from it on."""

    model_config = exemples(
        {"numero": "MOULIN", "nom": "Moulins de la Sambre"},
        {
            "numero": "F0007",
            "nom": "Beurrerie du Condroz",
            "langue": "fr",
            "numero_tva": "BE0403170701",
            "adresse": {"rue": "Rue du Lait 4", "code_postal": "5590", "localite": "Ciney", "pays": "BE"},
            "contacts": [{"nom": "Anne Lambert", "fonction": "Commandes", "telephone": "083 21 00 00"}],
            "delai_livraison": 2,
            "echeance": "30FM",
            "remise": "3.00",
            "iban": "BE68539007547034",
            "bic": "GKCCBEBB",
            "numero_client": "45871",
        },
    )

    numero: NumeroFournisseur
    nom: Libelle
    nom_suite: Libelle | None = None
    adresse: Adresse = Adresse()
    langue: Langue | None = Field(default=None, description="The société's when null")
    telephone: Court | None = None
    courriel: Courriel | None = None
    contacts: list[Contact] = Field(default=[], max_length=20)
    numero_tva: NumeroTva | None = None
    numero_entreprise: NumeroEntrepriseAssorti | None = None
    categorie_tva: Code | None = Field(default=None, description="The société's default when null")
    devise: Code | None = Field(default=None, description="What it invoices in; the société's when null")
    delai_livraison: Jours | None = Field(default=None, description="Days from an order to its delivery")
    echeance: Code | None = None
    escompte: Code | None = None
    mode_paiement: Code | None = None
    remise: Pourcentage = Field(default=Decimal("0.00"), description="General discount, in %")
    iban: Iban | None = None
    bic: Bic | None = None
    numero_client: Court | None = Field(default=None, description="What it knows the société by")
    memo: TexteLong | None = None
    actif: Booleen = True


class FournisseurSortie(Sortie):
    """A supplier as it is."""

    numero: str
    nom: str
    nom_suite: str | None
    adresse: Adresse
    langue: Langue
    telephone: str | None
    courriel: str | None
    contacts: list[Contact]
    numero_tva: str | None
    numero_entreprise: str | None
    categorie_tva: str
    devise: str
    delai_livraison: int | None
    echeance: str | None
    escompte: str | None
    mode_paiement: str | None
    remise: Pourcentage
    iban: str | None
    bic: str | None
    numero_client: str | None
    memo: str | None
    actif: bool
    version: Version


class FiltreFournisseurs(Pagination):
    """Which suppliers, and in which order."""

    numero: NumeroFournisseur | None = Field(default=None, description="How the number begins")
    nom: Court | None = Field(default=None, description="Part of the name, whatever its capitals and accents")
    actif: bool | None = None
    tri: Literal["numero", "-numero", "nom", "-nom"] = "numero"


@dataclass(frozen=True, slots=True)
class FournisseurDeDocument:
    """All that a new document copies or checks of its supplier (FOU-02); `remise` in %, `delai_livraison` in days."""

    numero: str
    nom: str
    nom_suite: str | None
    adresse: dict[str, Any]
    langue: str
    numero_tva: str | None
    telephone: str | None
    courriel: str | None
    numero_client: str | None
    """What it knows the société by."""
    categorie_tva: str
    echeance: str | None
    escompte: str | None
    mode_paiement: str | None
    remise: Decimal
    delai_livraison: int | None
    actif: bool
