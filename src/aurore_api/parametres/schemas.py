"""The société's parameters in JSON."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field, StringConstraints

from aurore_api.socle.identifiants import Adresse, Bic, Iban, NumeroEntreprise, NumeroTva
from aurore_api.socle.types import (
    Booleen,
    Code,
    Courriel,
    Court,
    Entree,
    Langue,
    Libelle,
    Pourcentage,
    Sortie,
    TexteLong,
    Version,
)
from aurore_domain.cycle import TypeDocument

ModeleNumero = Annotated[str, StringConstraints(min_length=1, max_length=60)]


class ParametresEntree(Entree):
    """Who the société is, and what its documents start with (TAB-03)."""

    nom: Libelle
    forme_juridique: Court | None = None
    rpm: Libelle | None = Field(default=None, description="Register of legal persons, as printed on invoices")
    numero_tva: NumeroTva | None = None
    numero_entreprise: NumeroEntreprise | None = None
    adresse: Adresse = Adresse()
    telephone: Court | None = None
    courriel: Courriel | None = None
    site: Libelle | None = None
    iban: Iban | None = None
    bic: Bic | None = None
    texte_legal: TexteLong | None = None
    langue: Langue = "fr"
    impression_directe: Booleen = Field(default=False, description="DOC-22: new documents are numbered at once")
    ouverture_automatique: Booleen = Field(default=True, description="DOC-04: the following exercice opens by itself")
    tolerance_depassement: Pourcentage = Field(
        default=Decimal("0.00"), description="TRF-03: over-delivery, in % of what was ordered"
    )
    code_tva_defaut: Code = "6"
    imputation_defaut: Code = "VENTES"
    unite_defaut: Code = "PCE"
    categorie_tva_defaut: Code = "national"
    depot_defaut: Code = "PRINCIPAL"
    profil_defaut: Code = "STD"
    modeles_numero: dict[TypeDocument, ModeleNumero] = Field(
        default={}, description="Template of the displayed number, per document type"
    )


class ParametresSortie(Sortie):
    """The parameters as they are."""

    nom: str
    forme_juridique: str | None
    rpm: str | None
    numero_tva: str | None
    numero_entreprise: str | None
    adresse: Adresse
    telephone: str | None
    courriel: str | None
    site: str | None
    iban: str | None
    bic: str | None
    texte_legal: str | None
    langue: Langue
    impression_directe: bool
    ouverture_automatique: bool
    tolerance_depassement: Pourcentage
    code_tva_defaut: str
    imputation_defaut: str
    unite_defaut: str
    categorie_tva_defaut: str
    depot_defaut: str
    profil_defaut: str
    logo: str | None = Field(description="SHA-256 of the logo, which `/v1/parametres/logo` serves")
    modeles_numero: dict[TypeDocument, str]
    version: Version
