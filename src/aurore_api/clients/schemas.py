"""Clients and what belongs to them in JSON, and what a document copies of them."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from aurore_api.parametres.schemas import ControleCredit
from aurore_api.socle.heures import HeureLimite
from aurore_api.socle.identifiants import Adresse, Contact, Iban, IdentifiantPeppol, NumeroEntrepriseAssorti, NumeroTva
from aurore_api.socle.pagination import Pagination
from aurore_api.socle.types import (
    Booleen,
    Code,
    Courriel,
    Court,
    Entier,
    Entree,
    Jour,
    Langue,
    Libelle,
    MontantPositif,
    NumeroArticle,
    NumeroClient,
    Pourcentage,
    Sortie,
    TexteLong,
    Version,
    exemples,
)
from aurore_domain.cycle import TypeDocument

Frequence = Literal["immediate", "quotidienne", "hebdomadaire", "bimensuelle", "mensuelle"]
"""How often bordereaux are grouped into factures (CLI-05)."""
_REFERENCE_SEPA = r"[0-9A-Za-z+?:().,'-]+"
ReferenceSepa = Annotated[str, StringConstraints(max_length=35, pattern=rf"^{_REFERENCE_SEPA}(/{_REFERENCE_SEPA})*$")]
"""Reference of a mandate in the characters that banks take; a slash neither at an end nor twice in a row."""


class TextesDocument(Entree):
    """What stands on the client's documents of one type: before the lines, after them, and about paying."""

    debut: TexteLong | None = None
    fin: TexteLong | None = None
    paiement: TexteLong | None = None


class MandatSepa(Entree):
    """The client's leave to collect what it owes from its account (CLI-05)."""

    reference: ReferenceSepa
    date: Jour = Field(description="When the client signed it")
    iban: Iban


class NoteEnvoi(Entree):
    """The delivery note that goes with the client's goods (CLI-08)."""

    imprimer: Booleen = True
    copies: Annotated[int, Field(strict=True, ge=1, le=10)] = 1
    profil: Code | None = Field(default=None, description="The document's own when null")
    avec_prix: Booleen = True


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
        },
        {
            "numero": "C0013",
            "nom": "Parc Restauration",
            "facturer_a": "C0012",
            "frequence_regroupement": "hebdomadaire",
            "limite_credit": "2500.00",
            "controle_credit": "avertir",
            "mandat_sepa": {"reference": "AURORE-0013", "date": "2026-01-15", "iban": "BE68539007547034"},
            "note_envoi": {"imprimer": True, "copies": 2, "avec_prix": False},
            "heure_limite": {"jours_avant": 1, "heure": "16:00"},
        },
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
    numero_entreprise: NumeroEntrepriseAssorti | None = None
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
    actif: Booleen = Field(default=True, description="CLI-10: an inactive client gets no new documents")
    particulier: Booleen = Field(default=False, description="A private person, whose data can be anonymised (CLI-10)")
    facturable: Booleen = Field(default=True, description="CLI-13: false while the office has yet to complete it")
    limite_credit: MontantPositif | None = Field(default=None, description="CLI-04: in EUR, without limit when null")
    controle_credit: ControleCredit | None = Field(default=None, description="The société's when null")
    facturer_a: NumeroClient | None = Field(default=None, description="CLI-05: another client, which gets the factures")
    frequence_regroupement: Frequence = "mensuelle"
    mandat_sepa: MandatSepa | None = None
    note_envoi: NoteEnvoi = NoteEnvoi()
    heure_limite: HeureLimite | None = Field(
        default=None, description="CLI-11: until when it orders; the round's or the société's when null"
    )


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
    actif: bool
    particulier: bool
    facturable: bool
    limite_credit: MontantPositif | None
    controle_credit: ControleCredit
    facturer_a: str | None
    frequence_regroupement: Frequence
    mandat_sepa: MandatSepa | None
    note_envoi: NoteEnvoi
    heure_limite: HeureLimite | None
    anonymise_le: datetime | None
    version: Version


class FiltreClients(Pagination):
    """Which clients, and in which order."""

    numero: NumeroClient | None = Field(default=None, description="How the number begins")
    nom: Court | None = Field(default=None, description="Part of the name, whatever its capitals and accents")
    recherche: Court | None = Field(default=None, description="Words of the name or number, in any order")
    tarif: Code | None = None
    tournee: Code | None = None
    representant: Code | None = None
    actif: bool | None = None
    facturable: bool | None = None
    particulier: bool | None = None
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


class UnitePrefereeEntree(Entree):
    """In which unit a client orders an article (CLI-09)."""

    model_config = exemples({"article": "BAG", "unite": "CT6"})

    article: NumeroArticle
    unite: Code = Field(description="One of the article's supplementary units, by its abbreviation")


class UnitePrefereeSortie(Sortie):
    """A preferred unit as it is."""

    article: str
    unite: str
    version: Version


@dataclass(frozen=True, slots=True)
class ClientDeDocument:
    """All that a new document copies or checks of its client (CLI-02, DOC-10).

    `remise` in %, `limite_credit` in EUR.
    """

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
    actif: bool
    particulier: bool
    facturable: bool
    limite_credit: Decimal | None
    controle_credit: ControleCredit
    facturer_a: str | None
    heure_limite: dict[str, Any] | None
    """`HeureLimite` in JSON; the round's or the société's holds when null (CLI-11)."""
    prix_propres: bool
    """Whether it has any price or discount of its own, for whatever article and day (CLI-09)."""
    adresse_livraison: dict[str, Any] | None
    """The default delivery address; without one, goods go to `adresse`."""
    adresses: list[tuple[int, dict[str, Any]]]
    """Every delivery address by its id."""
