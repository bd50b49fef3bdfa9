"""The société's parameters in JSON."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from aurore_api.socle.heures import HeureLimite
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

ControleCredit = Literal["aucun", "avertir", "refuser"]
"""What happens to a document beyond its client's credit (CLI-04)."""
ModeleNumero = Annotated[str, StringConstraints(min_length=1, max_length=60)]


class ParametresEntree(Entree):
    """Who the société is, and what its documents start with (TAB-03).

    How VAT is rounded is no choice: the law has it once per group of a document, to the cent (CAL-07).
    """

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
    imputation_achat_defaut: Code | None = Field(default="ACHATS", description="Of new articles (ART-17)")
    unite_defaut: Code = "PCE"
    categorie_tva_defaut: Code = "national"
    depot_defaut: Code = "PRINCIPAL"
    profil_defaut: Code = "STD"
    decimales_visibles: Annotated[int, Field(strict=True, ge=0, le=4)] = Field(
        default=2, description="Of computed prices including VAT (CAL-10)"
    )
    prix_tvac_defaut: Booleen = Field(default=False, description="New documents have prices including VAT (CAL-14)")
    controle_credit: ControleCredit = Field(default="aucun", description="CLI-04: of clients that say nothing else")
    devise: Code = Field(default="EUR", description="Of suppliers that say nothing else")
    heure_limite: HeureLimite | None = Field(
        default=None, description="CLI-11: until when commandes are taken, where neither client nor round says so"
    )
    images_sur_offres: Booleen = Field(
        default=False, description="ART-10: offres are printed with the first image of each line's article"
    )
    stock_negatif_interdit: Booleen = Field(
        default=False, description="MVT-07: goods that are not there cannot leave; otherwise there is a warning"
    )
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
    imputation_achat_defaut: str | None
    unite_defaut: str
    categorie_tva_defaut: str
    depot_defaut: str
    profil_defaut: str
    decimales_visibles: int
    prix_tvac_defaut: bool
    controle_credit: ControleCredit
    devise: str
    heure_limite: HeureLimite | None
    images_sur_offres: bool
    stock_negatif_interdit: bool
    logo: str | None = Field(description="SHA-256 of the logo, which `/v1/parametres/logo` serves")
    modeles_numero: dict[TypeDocument, str]
    version: Version
