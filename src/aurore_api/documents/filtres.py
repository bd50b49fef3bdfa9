"""What a list of documents can be narrowed to (DOC-21): flat parameters, one condition each."""

import re
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, StringConstraints
from sqlalchemy import ColumnElement, Select, Text, bindparam, or_
from sqlmodel import col

from aurore_api.documents import requetes
from aurore_api.documents.tables import Document
from aurore_api.socle.pagination import Pagination
from aurore_api.socle.tri import plier
from aurore_api.socle.types import (
    Chiffres,
    Code,
    Court,
    Identifiant,
    Jour,
    Libelle,
    MontantPositif,
    NumeroClient,
    NumeroFournisseur,
)
from aurore_domain.cycle import Etat, TypeDocument

Numero = Annotated[int, Field(ge=1, le=2**53), Chiffres]
_PARTOUT = 3
"""Letters that the trigram index needs; fewer would read every document there is."""
_DEBUTS = ("", "% ", "%/", "%-", "%.")
"""What may stand before a word."""


class FiltreDocuments(Pagination):
    """The query parameters of `/v1/documents`. Blocked documents come only when asked for, by state or by flag."""

    type: TypeDocument | None = None
    client: NumeroClient | None = None
    fournisseur: NumeroFournisseur | None = None
    du: Jour | None = Field(default=None, description="Dated on or after")
    au: Jour | None = Field(default=None, description="Dated on or before")
    exercice: Code | None = None
    numero: Numero | None = None
    etat: Etat | None = None
    bloques: bool = Field(default=False, description="Also transferred, posted and annulled ones")
    vos_references: Libelle | None = None
    tournee: Code | None = None
    tardive: bool | None = Field(default=None, description="Commandes that came late (CLI-11), or the others")
    magasin: Code | None = Field(default=None, description="Come from the till of this shop (MAG-26)")
    origine: Identifiant | None = Field(default=None, description="Made from this document")
    montant_min: MontantPositif | None = Field(default=None, description="Total VAT included, at least")
    montant_max: MontantPositif | None = Field(default=None, description="Total VAT included, at most")
    a_transferer: bool = Field(default=False, description="Waiting, with something left to move on")
    recherche: Court | None = Field(
        default=None,
        description="Words of client or supplier, references, number, contact, remark; short ones begin a word",
    )
    tri: Annotated[str, StringConstraints(max_length=20)] | None = Field(
        default=None, description="`date`, `cree_le`, `total_tvac`; `-` before it descends"
    )
    inclure: Literal["lignes"] | None = None


def filtrer(requete: Select[Any], filtre: FiltreDocuments) -> Select[Any]:
    """Narrow a select of documents."""
    egaux = {
        Document.type: filtre.type,
        Document.client: filtre.client,
        Document.fournisseur: filtre.fournisseur,
        Document.exercice: filtre.exercice,
        Document.numero: filtre.numero,
        Document.etat: filtre.etat,
        Document.vos_references: filtre.vos_references,
        Document.tournee: filtre.tournee,
        Document.tardive: filtre.tardive,
        Document.magasin: filtre.magasin,
    }
    conditions: list[ColumnElement[bool]] = [
        col(colonne) == valeur for colonne, valeur in egaux.items() if valeur is not None
    ]
    if filtre.du is not None:
        conditions.append(col(Document.date) >= filtre.du)
    if filtre.au is not None:
        conditions.append(col(Document.date) <= filtre.au)
    if filtre.montant_min is not None:
        conditions.append(col(Document.total_tvac) >= filtre.montant_min)
    if filtre.montant_max is not None:
        conditions.append(col(Document.total_tvac) <= filtre.montant_max)
    if filtre.origine is not None:
        conditions.append(requetes.issu_de(UUID(filtre.origine)))
    if filtre.recherche is not None:
        conditions.extend(map(_contient, plier(filtre.recherche).split()))
    if filtre.a_transferer:
        conditions += [
            col(Document.etat) == Etat.EN_ATTENTE,
            col(Document.cloture_le).is_(None),
            requetes.reste_a_transferer(),
        ]
    elif filtre.etat is None and not filtre.bloques:
        conditions.append(col(Document.etat) == Etat.EN_ATTENTE)
    return requete.where(*conditions)


def _contient(mot: str) -> ColumnElement[bool]:
    """Somewhere in the text; a word too short for the index at the beginning of words only, where it serves it."""
    if len(mot) >= _PARTOUT:
        return _comme(f"%{_litteral(mot)}%")
    return or_(*(_comme(f"{avant}{_litteral(mot)}%") for avant in _DEBUTS))


def _litteral(mot: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", mot)


def _comme(motif: str) -> ColumnElement[bool]:
    """A pattern written into the statement: how common it is decides how PostgreSQL best reads, word by word."""
    return col(Document.recherche).like(bindparam(None, motif, Text, literal_execute=True))
