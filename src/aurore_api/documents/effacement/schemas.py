"""Erasing in JSON."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from aurore_api.documents.sorties import DocumentResume
from aurore_api.socle.pagination import Pagination
from aurore_api.socle.types import Booleen, Code, Entree, Jour, Libelle, Montant, Sortie, exemples
from aurore_domain.cycle import Etat, TypeDocument

LISTES_MAX = 200
"""Most documents that each list of an answer names; the counts are of all."""
PAR_ETAPE = 200
"""How many documents are erased in one transaction."""

CodeEffacement = Literal[
    "efface",
    "document_fiscal",
    "document_comptabilise",
    "document_suivi",
    "origine_tenue",
    "document_sans_numero",
    "document_modifiable",
    "document_verrouille",
]
"""What became of a document, or why it stays: `document_comptabilise` what is posted (EFF-02), `document_suivi` another
follows from it, `origine_tenue` it is blocked and holds something of the one it came from, `document_sans_numero` and
`document_modifiable` it waits and that was not asked for. Each has its text, as refusals have."""
Numero = Annotated[int, Field(strict=True, ge=1, le=2**53)]


class EffacementEntree(Entree):
    """What to erase: annulled and blocked documents that lead nowhere, dated on or before `date_limite` (EFF-01)."""

    model_config = exemples(
        {
            "type": "commande",
            "exercice": "2026",
            "numero_debut": 1,
            "numero_fin": 500,
            "date_limite": "2026-06-30",
            "motif": "Commandes annulées du premier semestre",
            "simulation": True,
        }
    )

    type: TypeDocument
    exercice: Code | None = Field(default=None, description="Of numbered documents; a range of numbers needs it")
    numero_debut: Numero | None = None
    numero_fin: Numero | None = None
    date_limite: Jour
    non_numerotes: Booleen = Field(
        default=False, description="Also waiting documents that never had a number, whatever the range of numbers"
    )
    modifiables: Booleen = Field(default=False, description="Also waiting documents that have one")
    motif: Libelle
    simulation: Booleen = Field(default=False, description="Answer what would go, and erase nothing")


class ResultatEffacement(Sortie):
    """What becomes of one document; `detail` says why it stays."""

    document: UUID
    type: TypeDocument
    exercice: str | None
    numero: int | None
    numero_affiche: str | None
    etat: Etat
    date: Jour
    client: str | None
    client_nom: str | None
    fournisseur: str | None
    fournisseur_nom: str | None
    total_tvac: Montant
    code: CodeEffacement
    detail: str | None


class CompteEffacement(Sortie):
    """How many documents fare alike."""

    code: CodeEffacement
    nombre: int


class Lot(Sortie):
    """What became of some documents: an item of the job."""

    comptes: dict[CodeEffacement, int]
    effaces: list[ResultatEffacement]
    gardes: list[ResultatEffacement]


class EffacementSortie(Sortie):
    """What was erased, or would be; each list names the first 200, the counts are of all.

    It is the result of the job, whose items name every document.
    """

    simulation: bool
    motif: str
    comptes: list[CompteEffacement]
    effaces: list[ResultatEffacement]
    factures_non_numerotees: list[ResultatEffacement] = Field(
        description="Those erased that are factures without number: often work in progress, so apart"
    )
    gardes: list[ResultatEffacement]


class DocumentEfface(DocumentResume):
    """What the audit trail keeps of an erased document: its header and why it went."""

    motif: str


class FiltreNumeros(Pagination):
    """What the list of erased numbers can be narrowed to."""

    exercice: Code | None = None
    type: TypeDocument | None = None


class NumeroEffaceSortie(Sortie):
    """A number whose document was erased (EFF-02)."""

    exercice: str
    type: TypeDocument
    numero: int
    numero_affiche: str
    date: Jour
    client: str | None
    fournisseur: str | None
    motif: str
    efface_le: datetime
    cle: int
