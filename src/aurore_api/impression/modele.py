"""The print model: everything a PDF shows, as raw values; whoever builds it formats nothing and rounds nothing.

Amounts are in EUR with 2 decimals, prices have up to 4, quantities up to 6, rates and percentages are in %
(`Decimal("6.00")` is 6 %). Labels (`unite`, `mode_paiement`…) are texts already in the client's language;
what belongs to the form itself (titles, column heads, legal mentions) comes from `textes/<langue>.toml`.
`None`, an empty text and an empty tuple are alike: nothing is printed.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

Jour = date
"""`date` under another name: fields are called `date` too."""

Langue = Literal["fr", "nl", "de", "en"]
TypeDocument = Literal[
    "offre_type",
    "offre",
    "commande",
    "proforma",
    "bordereau",
    "retour",
    "facture",
    "note_credit",
    "appel_offre",
    "commande_fournisseur",
    "reception",
    "attente_imputation",
]
GenreLigne = Literal["article", "libre", "commentaire"]
CategorieTva = Literal["S", "Z", "AE", "K", "G", "E", "O"]
"""The EN 16931 category of a VAT group."""
Mention = Literal[
    "cocontractant", "intracommunautaire", "export", "exonere", "hors_champ", "escompte", "consigne", "taux_zero"
]
"""A key of `[mention]` in the text files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adresse:
    """A postal address; `nom` is the place's own name (of a delivery address), `pays` an ISO 3166 code."""

    nom: str | None = None
    rue: str = ""
    complement: str | None = None
    code_postal: str = ""
    localite: str = ""
    pays: str = "BE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Societe:
    """The sender. `rpm` is the seat of the register ("Liège, division Namur"); `logo` a JPEG, PNG or WebP."""

    nom: str
    adresse: Adresse
    numero_tva: str | None = None
    forme_juridique: str | None = None
    rpm: str | None = None
    iban: str | None = None
    bic: str | None = None
    telephone: str | None = None
    courriel: str | None = None
    site: str | None = None
    texte_legal: str | None = None
    logo: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """The client billed, or the supplier bought from, as copied into the document.

    `notre_numero` is what a supplier knows the sender by.
    """

    numero: str
    nom: str
    adresse: Adresse
    numero_tva: str | None = None
    notre_numero: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Taxe:
    """A tax or deposit charged on a line, beside its amount (CAL-06): a `prix` per base unit, or a `pourcentage`."""

    libelle: str
    montant: Decimal
    prix: Decimal | None = None
    pourcentage: Decimal | None = None
    taux_tva: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ligne:
    """One line. With `prix_tvac` on the document, `prix`, `montant`, `sous_total` and `taxes` include VAT.

    `quantite` is in base unit (`unite` its label); the order unit's pair is given when the line has one.
    `sous_total` is set on lines flagged so: the sum since the previous flagged line (CAL-11).
    `taxes` are no part of `montant` nor of `sous_total`. `image` is a small JPEG (ART-10).
    """

    designation: str
    genre: GenreLigne = "article"
    article: str | None = None
    article_fournisseur: str | None = None
    memo: str | None = None
    lot: str | None = None
    quantite: Decimal | None = None
    unite: str | None = None
    quantite_unite_commande: Decimal | None = None
    unite_commande: str | None = None
    prix: Decimal | None = None
    remise: Decimal | None = None
    code_tva: str | None = None
    taux_tva: Decimal | None = None
    montant: Decimal | None = None
    sous_total: Decimal | None = None
    taxes: tuple[Taxe, ...] = ()
    image: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """An amount listed apart from the lines: delivery and the like (CAL-07).

    `taux_tva` is None where the charge follows the goods over several rates.
    """

    libelle: str
    montant: Decimal
    taux_tva: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupeTva:
    """One VAT group (CAL-07). `mentions` default to the category's own; `motif` replaces them by a free text."""

    categorie: CategorieTva
    taux: Decimal
    base: Decimal
    tva: Decimal
    mentions: tuple[Mention, ...] = ()
    motif: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Escompte:
    """A cash discount (CAL-08). `conditionnel` needs `jours` and what is due when paid within them."""

    genre: Literal["deduit", "conditionnel"]
    pourcentage: Decimal
    montant: Decimal
    jours: int | None = None
    montant_dans_le_delai: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Acompte:
    """A deposit already received, entered positive."""

    montant: Decimal
    date: Jour
    mode: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Totaux:
    """The document's totals as stored; nothing here is recomputed. `solde` is `montant_du` less the deposits."""

    htva: Decimal
    tva: Decimal
    tvac: Decimal
    montant_du: Decimal
    solde: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Reglement:
    """How and when to pay. `echeance` is the label of the term, `communication_structuree` `+++nnn/nnnn/nnnnn+++`."""

    echeance: str | None = None
    mode_paiement: str | None = None
    communication_structuree: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Livraison:
    """How the goods travel; `poids` in kg."""

    mode: str | None = None
    colis: int | None = None
    palettes: int | None = None
    poids: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Textes:
    """Free texts: `client` and `debut` stand above the lines, `fin` and `paiement` below the totals."""

    client: str | None = None
    debut: str | None = None
    fin: str | None = None
    paiement: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Vidange:
    """What the client has of one kind of crate before and after the document, which brought and took back (CLI-12)."""

    designation: str
    avant: Decimal
    livrees: Decimal
    reprises: Decimal
    apres: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class FactureCorrigee:
    """A facture that a note de crédit corrects (IMP-20)."""

    numero: str
    date: Jour


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeleDocument:
    """One document to print. `numero_affiche` None marks it as a draft, `duplicata` as a re-print (IMP-10).

    `exemplaire` marks which of how many copies it is (IMP-12).

    `achat`: it is made for a supplier, whose form has no legal mentions of ours about VAT.
    `emis_le` is the PDF's creation date, so it must be kept with the document for the same bytes to come out
    again (IMP-18); without a time zone it is taken as UTC.
    """

    type: TypeDocument
    langue: Langue
    emis_le: datetime
    date: Jour
    societe: Societe
    client: Client
    lignes: tuple[Ligne, ...]
    totaux: Totaux
    groupes_tva: tuple[GroupeTva, ...]
    numero_affiche: str | None = None
    duplicata: bool = False
    exemplaire: tuple[int, int] | None = None
    achat: bool = False
    prix_tvac: bool = False
    sans_prix: bool = False
    adresse_livraison: Adresse | None = None
    date_commande: Jour | None = None
    date_livraison: Jour | None = None
    date_echeance: Jour | None = None
    vos_references: str | None = None
    contact: str | None = None
    representant: str | None = None
    frais: tuple[Charge, ...] = ()
    escompte: Escompte | None = None
    acomptes: tuple[Acompte, ...] = ()
    reglement: Reglement = Reglement()
    livraison: Livraison = Livraison()
    textes: Textes = Textes()
    vidanges: tuple[Vidange, ...] = ()
    factures_corrigees: tuple[FactureCorrigee, ...] = ()
