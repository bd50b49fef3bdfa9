"""THE lifecycle table: what the types of document are, what each leads into and how, and from which states.

Code elsewhere reads this table and never tests types by hand; `actions` says what it allows a document now. Every type
is printed, and numbered by its printing (DOC-02).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from aurore_domain.erreurs import ValeurRefusee


class TypeDocument(StrEnum):
    """Every type of document, client side first, in the order of the chain."""

    OFFRE_TYPE = "offre_type"
    OFFRE = "offre"
    COMMANDE = "commande"
    PROFORMA = "proforma"
    BORDEREAU = "bordereau"
    RETOUR = "retour"
    FACTURE = "facture"
    NOTE_CREDIT = "note_credit"
    APPEL_OFFRE = "appel_offre"
    COMMANDE_FOURNISSEUR = "commande_fournisseur"
    RECEPTION = "reception"
    ATTENTE_IMPUTATION = "attente_imputation"


class Cote(StrEnum):
    """Who stands on the other side of a document."""

    CLIENT = "client"
    FOURNISSEUR = "fournisseur"


class Etat(StrEnum):
    """The stored states (DOC-01); `modifiable` is derived, and so is « partly delivered »."""

    EN_ATTENTE = "en_attente"
    TRANSFERE = "transfere"
    COMPTABILISE = "comptabilise"
    ANNULE = "annule"


class Nature(StrEnum):
    """How a step takes quantities from its source."""

    CONSOMME = "consomme"
    """Uses the source up: with nothing left it becomes `transfere` (TRF-06)."""
    COPIE = "copie"
    """Takes nothing: the source serves again and again (offre type)."""
    REFERENCE = "reference"
    """Names goods that come back: bounded by what was delivered, takes nothing from what is left to invoice."""
    CREDIT = "credit"
    """Credits a numbered facture, posted or not: bounded by what was invoiced, leaves the state alone (TRF-09)."""


class EffetStock(StrEnum):
    """What the quantities of a document do to the stock while the document holds them."""

    AUCUN = "aucun"
    COMMANDE_CLIENT = "commande_client"
    COMMANDE_FOURNISSEUR = "commande_fournisseur"
    SORTIE = "sortie"
    ENTREE = "entree"


class TypeInconnu(ValeurRefusee):
    """No such type of document. Values: `type`."""

    code = "type_inconnu"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegleType:
    """One row of the table.

    `fiscal`: once numbered never erased nor changed; `signe`: of its amounts in a ledger; `commande`: its date is the
    `date_commande` of all that follows (DOC-07).
    """

    type: TypeDocument
    vers: Mapping[TypeDocument, Nature]
    stock: EffetStock
    cote: Cote = Cote.CLIENT
    fiscal: bool = False
    signe: int = 1
    commande: bool = False


def _consomme(*types: TypeDocument) -> dict[TypeDocument, Nature]:
    return dict.fromkeys(types, Nature.CONSOMME)


TABLE: Mapping[TypeDocument, RegleType] = {
    regle.type: regle
    for regle in (
        RegleType(
            type=TypeDocument.OFFRE_TYPE,
            vers=dict.fromkeys(
                (TypeDocument.OFFRE, TypeDocument.COMMANDE, TypeDocument.BORDEREAU, TypeDocument.FACTURE), Nature.COPIE
            ),
            stock=EffetStock.AUCUN,
        ),
        RegleType(
            type=TypeDocument.OFFRE,
            vers=_consomme(TypeDocument.COMMANDE, TypeDocument.PROFORMA, TypeDocument.BORDEREAU, TypeDocument.FACTURE),
            stock=EffetStock.AUCUN,
        ),
        RegleType(
            type=TypeDocument.COMMANDE,
            vers=_consomme(TypeDocument.PROFORMA, TypeDocument.BORDEREAU, TypeDocument.FACTURE),
            stock=EffetStock.COMMANDE_CLIENT,
            commande=True,
        ),
        RegleType(
            type=TypeDocument.PROFORMA,
            vers=_consomme(TypeDocument.BORDEREAU, TypeDocument.FACTURE),
            stock=EffetStock.COMMANDE_CLIENT,
        ),
        RegleType(
            type=TypeDocument.BORDEREAU,
            vers={TypeDocument.FACTURE: Nature.CONSOMME, TypeDocument.RETOUR: Nature.REFERENCE},
            stock=EffetStock.SORTIE,
        ),
        RegleType(
            type=TypeDocument.RETOUR, vers=_consomme(TypeDocument.NOTE_CREDIT), stock=EffetStock.ENTREE, signe=-1
        ),
        RegleType(
            type=TypeDocument.FACTURE,
            vers={TypeDocument.NOTE_CREDIT: Nature.CREDIT, TypeDocument.RETOUR: Nature.REFERENCE},
            stock=EffetStock.SORTIE,
            fiscal=True,
        ),
        RegleType(type=TypeDocument.NOTE_CREDIT, vers={}, stock=EffetStock.ENTREE, fiscal=True, signe=-1),
        RegleType(
            type=TypeDocument.APPEL_OFFRE,
            vers=_consomme(TypeDocument.COMMANDE_FOURNISSEUR),
            stock=EffetStock.AUCUN,
            cote=Cote.FOURNISSEUR,
        ),
        RegleType(
            type=TypeDocument.COMMANDE_FOURNISSEUR,
            vers=_consomme(TypeDocument.RECEPTION),
            stock=EffetStock.COMMANDE_FOURNISSEUR,
            cote=Cote.FOURNISSEUR,
            commande=True,
        ),
        RegleType(
            type=TypeDocument.RECEPTION,
            vers=_consomme(TypeDocument.ATTENTE_IMPUTATION),
            stock=EffetStock.ENTREE,
            cote=Cote.FOURNISSEUR,
        ),
        # Takes the entry over from the réception as a facture takes the exit over from its bordereau (TRF-05).
        RegleType(type=TypeDocument.ATTENTE_IMPUTATION, vers={}, stock=EffetStock.ENTREE, cote=Cote.FOURNISSEUR),
    )
}

# Goods of an invoiced bordereau or of a posted facture do come back, and a posted facture is corrected by a note de
# crédit only: these steps change nothing in their source, so a blocked one allows them.
DEPARTS: Mapping[Nature, frozenset[Etat]] = {
    Nature.CONSOMME: frozenset({Etat.EN_ATTENTE}),
    Nature.COPIE: frozenset({Etat.EN_ATTENTE}),
    Nature.REFERENCE: frozenset({Etat.EN_ATTENTE, Etat.TRANSFERE, Etat.COMPTABILISE}),
    Nature.CREDIT: frozenset({Etat.EN_ATTENTE, Etat.COMPTABILISE}),
}
"""The states from which a step of each nature may start."""


def regle(type_document: str) -> RegleType:
    """The row of a type; raises `TypeInconnu`."""
    try:
        return TABLE[TypeDocument(type_document)]
    except ValueError:
        raise TypeInconnu(type=type_document) from None


def diagramme() -> str:
    """The table's steps as a mermaid flow chart, for the documentation."""
    fleches = (
        f"    {regle.type} -->|{nature}| {vers}" for regle in TABLE.values() for vers, nature in regle.vers.items()
    )
    return "\n".join(("flowchart LR", *fleches))
