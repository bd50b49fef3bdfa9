"""Documents and lines in JSON: what goes out."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from aurore_api.documents.schemas import AdresseLivraison, Textes
from aurore_api.socle.types import Jour, Montant, Pourcentage, Prix, QuantiteSignee, Sortie, Version
from aurore_domain.actions import Action
from aurore_domain.cycle import Etat, Nature, TypeDocument
from aurore_domain.lignes import Genre
from aurore_domain.stock import Compte
from aurore_domain.tva import Lettre
from aurore_domain.unites import Saisie


class TaxeSortie(Sortie):
    """A tax charged on a line (CAL-06); it is not part of the line's own amount."""

    code_taxe: str
    libelle: str
    code_tva: str
    categorie: Lettre
    taux: Pourcentage
    montant: Prix | None = Field(description="Per base unit; VAT included if the document's prices are")
    pourcentage: Pourcentage | None = Field(description="Of the line's amount without VAT; either this or `montant`")
    montant_htva: Montant
    montant_tvac: Montant | None = Field(description="Only where prices include VAT")


class LigneSortie(Sortie):
    """A line with its amounts, what has moved on and what is left."""

    id: UUID
    ordre: int
    genre: Genre
    article: str | None
    designation: str
    memo: str | None
    quantite: QuantiteSignee | None
    unite: str | None
    quantite_unite_commande: QuantiteSignee | None
    unite_commande: str | None
    saisie: Saisie | None = Field(description="Which quantity was typed and is authoritative (CAL-02)")
    prix: Prix | None
    remise: Pourcentage
    frais: Prix | None = Field(description="FOU-02: costs per base unit of an article that is bought")
    numero_article_fournisseur: str | None
    code_tva: str | None
    taux_tva: Pourcentage | None
    imputation: str | None
    date_livraison: Jour | None
    depot: str | None
    taxe: bool
    taxes: list[TaxeSortie] = Field(description="What is charged on top of the line where `taxe` is set (CAL-06)")
    sous_total: bool
    plan_analytique: str | None
    compte_analytique: str | None
    mise_a_jour_stock: bool
    vidange: bool = Field(description="A crate: goes out, and comes back below 0 on the same trip (CLI-12, CAL-05)")
    livre_a: str | None = Field(description="Who has the goods, where the document is made out to who pays (CLI-05)")
    montant_htva: Montant
    montant_tvac: Montant | None = Field(description="Only where prices include VAT")
    montant_sous_total: Montant | None = Field(description="Σ lines since the previous subtotal (CAL-11)")
    quantite_transferee: QuantiteSignee
    back_order: QuantiteSignee | None = Field(description="Still owed, for a back-order commande (TRF-08)")
    back_order_de: UUID | None = Field(description="The delivered line that it is the back-order of (TRF-08)")
    quantite_abandonnee: QuantiteSignee = Field(description="Given up: ordered, never to be delivered (TRF-08)")
    quantite_restante: QuantiteSignee
    quantite_retournee: QuantiteSignee
    quantite_creditee: QuantiteSignee = Field(description="Of a facture: credited, by retours or without (TRF-10)")
    quantite_unite_commande_restante: QuantiteSignee | None
    origine: UUID | None = Field(description="The line it was transferred from (TRF-07)")
    credite: UUID | None = Field(description="Of a note de crédit: the facture's line that it credits (TRF-09)")
    refacture: bool = Field(description="Of a note de crédit: what it credits became billable again (TRF-09)")


class AcompteSortie(Sortie):
    """A deposit (DOC-16)."""

    id: UUID
    date: Jour
    montant: Montant
    mode_paiement: str | None
    reference: str | None
    origine: UUID | None = Field(description="The deposit that it is, on the document that it came along from")
    transfere_vers: UUID | None = Field(description="The document that it went along to, where it counts from then on")


class GroupeSortie(Sortie):
    """One VAT group: EN 16931 category, rate in %, base and VAT (CAL-07)."""

    categorie: Lettre
    taux: Pourcentage
    base: Montant
    tva: Montant


class TotauxSortie(Sortie):
    """Totals of a document (CAL-08)."""

    htva: Montant
    tva: Montant
    tvac: Montant
    escompte: Montant
    montant_du: Montant
    acomptes: Montant
    solde: Montant
    si_escompte: Montant | None = Field(description="What is left to pay within the delay of a conditional escompte")
    frais: Montant = Field(description="Charges of the header, such as delivery, as stated")
    par_taux: list[GroupeSortie]


class Avertissement(Sortie):
    """Something to look at; it never blocks (DOC-19)."""

    code: Literal[
        "doublon_probable",
        "chronologie",
        "prix_nul",
        "depassement",
        "article_remplace",
        "remplacement_suivi",
        "commande_tardive",
        "client_ferme",
        "production_imprimee",
        "acomptes_en_trop",
        "stock_insuffisant",
        "stock_negatif",
        "limite_credit_depassee",
    ]
    pointeur: str | None
    detail: str


class StockDeDocument(Sortie):
    """What there is of an article in a dépôt once the document has been kept, in base unit (ART-15)."""

    article: str
    depot: str
    physique: QuantiteSignee
    commande_client: QuantiteSignee = Field(description="Owed to clients")
    commande_fournisseur: QuantiteSignee = Field(description="On order from suppliers")
    disponible: QuantiteSignee = Field(description="There, and promised to nobody")


class DocumentResume(Sortie):
    """A document in a list."""

    id: UUID
    type: TypeDocument
    exercice: str | None
    numero: int | None
    numero_affiche: str | None
    etat: Etat
    modifiable: bool
    date: Jour
    date_commande: Jour | None
    client: str | None = Field(description="Of the types on the client's side; the others have a `fournisseur`")
    client_nom: str | None
    fournisseur: str | None = Field(description="FOU-02")
    fournisseur_nom: str | None
    categorie_tva: str
    prix_tvac: bool
    escompte: str | None
    vos_references: str | None
    date_livraison_prevue: Jour | None
    heure_livraison: str | None
    tournee: str | None
    tardive: bool = Field(description="A commande taken or changed after the cut-off of its delivery day (CLI-11)")
    magasin: str | None = Field(description="The shop whose till it comes from, itself or by its source (MAG-26)")
    reference_magasin: str | None = Field(description="What that till calls it")
    facturation_immediate: bool = Field(
        description="A bordereau that is invoiced at once, whatever its client's frequency (MAG-18)"
    )
    cloture_le: datetime | None = Field(
        description="MAG-26: since when a private client's order is closed, its day being past: it holds no goods"
    )
    version: Version
    totaux: TotauxSortie
    lignes: list[LigneSortie] | None = Field(default=None, description="With `inclure=lignes`")


class DocumentSortie(DocumentResume):
    """A document, whole (DOC-13)."""

    actions: list[Action]
    client_copie: dict[str, Any] = Field(description="The client or supplier as copied into the document")
    adresse_livraison: AdresseLivraison | None
    contact: str | None
    remarque_interne: str | None
    representant: str | None
    code_statistique: str | None
    profil: str | None
    impression_directe: bool
    back_order: bool = Field(description="A commande of what is still owed (TRF-08)")
    echeance: str | None
    date_echeance: Jour | None
    depot: str | None
    tarif: str | None
    remise: Pourcentage
    textes: Textes
    mode_livraison: str | None
    montant_livraison: Montant
    frais_transferes_vers: UUID | None = Field(description="The document that `montant_livraison` went along to")
    poids: QuantiteSignee
    colis: int | None
    palettes: int | None
    ordre_tournee: int | None
    mode_paiement: str | None
    iban_domiciliation: str | None
    communication: str | None
    nombre_impressions: int
    numerote_le: datetime | None
    emis_le: datetime | None = Field(description="When it was issued as it is now: numbered, or issued again (DOC-08)")
    reouvert_le: datetime | None = Field(description="Since when it is open to change again (DOC-08); null: it is not")
    cree_le: datetime
    acomptes: list[AcompteSortie]
    lignes: list[LigneSortie]
    avertissements: list[Avertissement] = Field(default_factory=list)
    stock: list[StockDeDocument] | None = Field(
        default=None, description="What the request changed of the stock; with `inclure=stock`, in its own answer"
    )


class Maillon(Sortie):
    """A line of a chain and the line it came from (TRF-07)."""

    document: UUID
    type: TypeDocument
    numero_affiche: str | None
    etat: Etat
    date: Jour
    ligne: UUID
    ordre: int
    designation: str
    quantite: QuantiteSignee | None
    origine: UUID | None
    nature: Nature | None


class Chaine(Sortie):
    """Every document that a document came from or led into, with the quantities of each line (TRF-07)."""

    document: UUID
    maillons: list[Maillon]


class CommandeOuverte(Sortie):
    """What is left on order of an article in one line of a document (MVT-03)."""

    document: UUID
    type: TypeDocument
    numero_affiche: str | None
    date: Jour
    date_livraison_prevue: Jour | None
    client: str | None
    fournisseur: str | None
    ligne: UUID
    depot: str
    compte: Compte = Field(description="Owed to the client, or on order from the supplier")
    quantite_restante: QuantiteSignee = Field(description="In base unit of the article asked for")
