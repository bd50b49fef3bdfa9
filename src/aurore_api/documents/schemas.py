"""Documents and lines in JSON: what comes in."""

from typing import Annotated

from pydantic import Field

from aurore_api.socle.heures import Heure
from aurore_api.socle.identifiants import Adresse, Iban
from aurore_api.socle.types import (
    Booleen,
    Code,
    Court,
    Entier,
    Entree,
    Identifiant,
    Jour,
    Libelle,
    MontantPositif,
    MontantVerse,
    NumeroArticle,
    NumeroClient,
    NumeroFournisseur,
    Pourcentage,
    Prix,
    Quantite,
    QuantiteSignee,
    TexteLong,
    exemples,
)
from aurore_domain.cycle import TypeDocument

ORDRE_MAX = 2**31 - 1
Ordre = Annotated[int, Field(strict=True, ge=1, le=ORDRE_MAX)]
LIGNES_MAX = 2000


class LigneEntree(Entree):
    """A line: of an article, free (quantity, price or VAT code but no article), or a comment (DOC-11, DOC-12)."""

    ordre: Ordre | None = Field(default=None, description="Next multiple of 100 by default")
    article: NumeroArticle | None = None
    suivre_remplacement: Booleen = Field(
        default=False, description="Take the article that replaces `article`, if there is one (ART-05)"
    )
    designation: Libelle | None = Field(default=None, description="The article's, by default")
    memo: TexteLong | None = None
    quantite: QuantiteSignee | None = Field(default=None, description="In base unit")
    unite: Code | None = Field(default=None, description="Of a free line; an article has its own")
    quantite_unite_commande: QuantiteSignee | None = None
    unite_commande: Court | None = Field(
        default=None,
        description="One of the article's supplementary units; where only a quantity in it is given, the client's "
        "preferred one, else the article's default",
    )
    prix: Prix | None = Field(default=None, description="Per base unit; VAT included if the document says so")
    remise: Pourcentage | None = None
    frais: Prix | None = Field(
        default=None,
        description="FOU-02: costs of purchase per base unit, in the value of what comes in and not in the total; the "
        "article's by default",
    )
    numero_article_fournisseur: Court | None = Field(
        default=None, description="FOU-02: as the supplier calls the article (ART-17)"
    )
    code_tva: Code | None = None
    imputation: Code | None = None
    date_livraison: Jour | None = None
    depot: Code | None = None
    taxe: Booleen | None = Field(
        default=None, description="Whether the article's taxes are charged; as the article says, by default (ART-07)"
    )
    sous_total: Booleen = False
    plan_analytique: Code | None = None
    compte_analytique: Code | None = None
    mise_a_jour_stock: Booleen = True
    back_order: Quantite | None = Field(
        default=None,
        description="On a bordereau or facture: what the client shall get later and no commande holds, in base unit; "
        "numbering the document makes it a line of a back-order commande (TRF-08)",
    )


class Textes(Entree):
    """Free texts of a document."""

    client: TexteLong | None = None
    debut: TexteLong | None = None
    fin: TexteLong | None = None
    comptabilite: TexteLong | None = None
    paiement: TexteLong | None = None


class AdresseLivraison(Adresse):
    """Where the goods go: typed, or copied from one of the client's addresses."""

    libelle: Libelle | None = None
    nom: Libelle | None = None
    telephone: Court | None = None


class EnTeteEntree(Entree):
    """A header: what is not given is copied from the client or supplier, else from the parameters (DOC-10)."""

    date: Jour | None = Field(default=None, description="Today by default")
    adresse_livraison: AdresseLivraison | None = None
    adresse_livraison_id: Entier | None = Field(default=None, description="One of the client's addresses")
    vos_references: Libelle | None = None
    contact: Libelle | None = None
    remarque_interne: TexteLong | None = Field(default=None, description="Never printed")
    date_livraison_prevue: Jour | None = Field(default=None, description="Copied to each line")
    heure_livraison: Heure | None = Field(default=None, description="From when it is wanted that day, `HH:MM`")
    representant: Code | None = None
    code_statistique: Code | None = None
    profil: Code | None = None
    impression_directe: Booleen | None = Field(default=None, description="DOC-22: number and print at once")
    tarif: Code | None = Field(default=None, description="CLI-02: for lines that are priced from now on")
    remise: Pourcentage | None = Field(default=None, description="General discount in %, as `tarif` (CAL-04)")
    categorie_tva: Code | None = None
    echeance: Code | None = None
    escompte: Code | None = None
    depot: Code | None = Field(default=None, description="Passed to each line")
    textes: Textes | None = None
    mode_livraison: Code | None = None
    montant_livraison: MontantPositif | None = Field(default=None, description="The mode's amount by default")
    poids: Quantite | None = Field(default=None, description="In kg; computed from the articles by default")
    colis: Entier | None = None
    palettes: Entier | None = None
    tournee: Code | None = None
    ordre_tournee: Entier | None = None
    mode_paiement: Code | None = None
    iban_domiciliation: Iban | None = None


class AcompteEntree(Entree):
    """A deposit that the client paid (DOC-16)."""

    model_config = exemples(
        {"date": "2026-11-23", "montant": "50.00", "mode_paiement": "VIREMENT", "reference": "Extrait 214"}
    )

    date: Jour | None = Field(default=None, description="When it was paid; today by default")
    montant: MontantVerse
    mode_paiement: Code | None = None
    reference: Libelle | None = Field(default=None, description="Of the payment, as a bank statement names it")


ACOMPTES_MAX = 100


class DocumentEntree(EnTeteEntree):
    """A whole document in one request (DOC-13)."""

    model_config = exemples(
        {
            "type": "commande",
            "client": "C0012",
            "date": "2026-11-23",
            "lignes": [
                {"article": "BAG", "quantite": "120"},
                {"article": "BAG", "quantite_unite_commande": "20", "unite_commande": "CT6"},
                {"designation": "Transport", "quantite": "1", "prix": "15.0000", "code_tva": "21"},
                {"designation": "Livrer avant 6 h"},
            ],
        },
        {
            "type": "commande_fournisseur",
            "fournisseur": "MOULIN",
            "date": "2026-11-23",
            "lignes": [{"article": "BAG", "quantite": "60", "prix": "0.3100", "frais": "0.0200"}],
        },
    )

    type: TypeDocument
    client: NumeroClient | None = Field(default=None, description="Required by the types on the client's side")
    fournisseur: NumeroFournisseur | None = Field(
        default=None,
        description="FOU-02: required by `appel_offre`, `commande_fournisseur`, `reception` and "
        "`attente_imputation`, which have no client",
    )
    prix_tvac: Booleen | None = Field(
        default=None, description="Prices include VAT (CAL-14); as the parameters say, by default"
    )
    lignes: Annotated[list[LigneEntree], Field(max_length=LIGNES_MAX)] = Field(default_factory=list)
    acomptes: Annotated[list[AcompteEntree], Field(max_length=ACOMPTES_MAX)] = Field(
        default_factory=list, description="DOC-16: never more than the amount due"
    )


class CopieEntree(Entree):
    """What a copy has otherwise than the document it is of (DOC-15)."""

    model_config = exemples({"type": "commande", "date": "2026-11-24"})

    type: TypeDocument | None = None
    client: NumeroClient | None = Field(default=None, description="Another one, whose own header the copy has then")
    fournisseur: NumeroFournisseur | None = Field(default=None, description="FOU-02: another one, likewise")
    date: Jour | None = Field(default=None, description="Today by default")
    recalculer_prix: Booleen = Field(default=False, description="Prices of the date instead of the document's")


class ImpressionEntree(Entree):
    """How to print."""

    forcer_chronologie: Booleen = Field(
        default=False, description="Number a facture although a later date already bears a number (DOC-06)"
    )


class LigneChoisie(Entree):
    """A line of a source; without a quantity all that is left of it, with 0 nothing."""

    ordre: Ordre
    quantite: QuantiteSignee | None = None
    quantite_unite_commande: QuantiteSignee | None = None


class SourceEntree(Entree):
    """What to take of a document: whole, a range of lines, chosen lines, or a range with other quantities (TRF-02)."""

    document: Identifiant
    ordre_debut: Ordre | None = None
    ordre_fin: Ordre | None = None
    lignes: Annotated[list[LigneChoisie], Field(max_length=LIGNES_MAX)] | None = None


class CibleEntree(EnTeteEntree):
    """A new document of a type, or an existing one that can be changed."""

    type: TypeDocument | None = None
    document: Identifiant | None = None


class TransfertEntree(Entree):
    """One transfer: all of it happens, or none (TRF-01)."""

    model_config = exemples(
        {
            "cible": {"type": "bordereau", "date": "2026-11-24"},
            "sources": [
                {
                    "document": "0199a3d2-7c51-7f0e-9a61-3b1f0c6d2e85",
                    "ordre_debut": 100,
                    "ordre_fin": 300,
                    "lignes": [{"ordre": 100, "quantite": "50"}],
                }
            ],
        }
    )

    cible: CibleEntree
    sources: Annotated[list[SourceEntree], Field(min_length=1, max_length=200)]
    depassement: Booleen = Field(default=False, description="Allow more than is left (TRF-03)")
    recalculer_prix: Booleen = Field(default=False, description="Prices of today instead of the source's (TRF-04)")
    refacturer: Booleen = Field(
        default=False, description="Of a facture credited: what it invoiced becomes billable again (TRF-09)"
    )
