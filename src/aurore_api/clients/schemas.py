"""Clients and their delivery addresses in JSON, and what a document copies of them."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from aurore_api.socle.identifiants import Adresse, NumeroEntreprise, NumeroTva
from aurore_api.socle.pagination import Pagination
from aurore_api.socle.types import (
    Booleen,
    Code,
    Courriel,
    Court,
    Entier,
    Entree,
    Langue,
    Libelle,
    NumeroClient,
    Pourcentage,
    Sortie,
    TexteLong,
    Version,
    exemples,
)
from aurore_domain.cycle import TypeDocument

IdentifiantPeppol = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}:[0-9A-Za-z._~-]{1,50}$")]
"""Peppol participant: the code of the scheme and the number in it, `0208:0403170701`."""


class Contact(Entree):
    """A person at the client's."""

    nom: Libelle
    fonction: Court | None = None
    telephone: Court | None = None
    courriel: Courriel | None = None


class TextesDocument(Entree):
    """What stands on the client's documents of one type: before the lines, after them, and about paying."""

    debut: TexteLong | None = None
    fin: TexteLong | None = None
    paiement: TexteLong | None = None


class ClientEntree(Entree):
    """A client (CLI-01) and the defaults of its documents (CLI-02)."""

    model_config = exemples(
        {
            "numero": "C0012",
            "nom": "Hôtel du Parc",
            "langue": "fr",
            "tarif": "REV",
            "numero_tva": "BE0403170701",
            "adresse": {"rue": "Rue de Fer 1", "code_postal": "5000", "localite": "Namur", "pays": "BE"},
        }
    )

    numero: NumeroClient
    nom: Libelle
    nom_suite: Libelle | None = None
    adresse: Adresse = Adresse()
    langue: Langue | None = Field(default=None, description="The société's when null")
    code_libelle: Code | None = Field(default=None, description="ART-02: which wording of the articles is printed")
    telephone: Court | None = None
    courriel: Courriel | None = None
    contacts: list[Contact] = Field(default=[], max_length=20)
    numero_tva: NumeroTva | None = None
    numero_entreprise: NumeroEntreprise | None = None
    identifiant_peppol: IdentifiantPeppol | None = None
    tarif: Code | None = None
    remise: Pourcentage = Field(default=Decimal("0.00"), description="General discount, in %")
    categorie_tva: Code | None = Field(default=None, description="The société's default when null")
    echeance: Code | None = None
    escompte: Code | None = None
    mode_paiement: Code | None = None
    mode_livraison: Code | None = None
    representant: Code | None = None
    code_statistique: Code | None = None
    profil: Code | None = None
    textes: dict[TypeDocument, TextesDocument] = Field(default={}, description="By type of document")
    tournee: Code | None = None
    ordre_tournee: Entier | None = None


class ClientSortie(Sortie):
    """A client as it is."""

    numero: str
    nom: str
    nom_suite: str | None
    adresse: Adresse
    langue: Langue
    code_libelle: str | None
    telephone: str | None
    courriel: str | None
    contacts: list[Contact]
    numero_tva: str | None
    numero_entreprise: str | None
    identifiant_peppol: str | None
    tarif: str | None
    remise: Pourcentage
    categorie_tva: str
    echeance: str | None
    escompte: str | None
    mode_paiement: str | None
    mode_livraison: str | None
    representant: str | None
    code_statistique: str | None
    profil: str | None
    textes: dict[TypeDocument, TextesDocument]
    tournee: str | None
    ordre_tournee: int | None
    version: Version


class FiltreClients(Pagination):
    """Which clients, and in which order."""

    numero: NumeroClient | None = Field(default=None, description="How the number begins")
    nom: Court | None = Field(default=None, description="Part of the name, whatever its capitals and accents")
    tarif: Code | None = None
    tri: Literal["numero", "-numero", "nom", "-nom"] = "numero"


class AdresseEntree(Adresse):
    """A place the client is delivered at (CLI-03); a new default takes the place of the former one."""

    libelle: Libelle
    nom: Libelle | None = Field(default=None, description="Who receives there, when it is not the client")
    telephone: Court | None = None
    par_defaut: Booleen = False


class AdresseSortie(Sortie):
    """A delivery address as it is."""

    id: int
    libelle: str
    nom: str | None
    rue: str | None
    code_postal: str | None
    localite: str | None
    pays: str
    telephone: str | None
    par_defaut: bool
    version: Version


@dataclass(frozen=True, slots=True)
class ClientDeDocument:
    """All that a new document copies of its client (CLI-02, DOC-10); `remise` in %."""

    numero: str
    nom: str
    nom_suite: str | None
    adresse: dict[str, Any]
    langue: str
    code_libelle: str | None
    numero_tva: str | None
    telephone: str | None
    courriel: str | None
    tarif: str | None
    remise: Decimal
    categorie_tva: str
    echeance: str | None
    escompte: str | None
    mode_paiement: str | None
    mode_livraison: str | None
    representant: str | None
    code_statistique: str | None
    profil: str | None
    textes: dict[str, dict[str, str | None]]
    tournee: str | None
    ordre_tournee: int | None
    adresse_livraison: dict[str, Any] | None
    """The default delivery address; without one, goods go to `adresse`."""
    adresses: list[tuple[int, dict[str, Any]]]
    """Every delivery address by its id."""
