"""What is asked of documents that come by the lot, and what is made of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from aurore_api.documents.saisie import Etabli
from aurore_api.documents.schemas import LigneEntree
from aurore_api.documents.service.chargement import Ouvert
from aurore_api.documents.tables import Acompte, Document, LigneDocument
from aurore_domain.cycle import TypeDocument


@dataclass(frozen=True, slots=True)
class Voulu:
    """A document of a till as it shall be: a new one, or what `ouvert` becomes. Its prices include VAT (CAL-14).

    `entete` are fields of the header; `verse`, in EUR, is what was paid at the till (DOC-16).
    """

    type: TypeDocument
    client: str
    magasin: str
    reference: str
    entete: Mapping[str, Any]
    lignes: Sequence[LigneEntree]
    verse: Decimal
    ouvert: Ouvert | None = None
    mentions: Mapping[str, str] = field(default_factory=dict)
    """What its text begins with, in each language; nothing for none."""


@dataclass(slots=True)
class Fait:
    """A document made and computed, not yet stored; `ouvert` is what it was."""

    etabli: Etabli
    lignes: list[LigneDocument]
    ouvert: Ouvert | None = None
    retirees: Collection[UUID] = ()
    """Lines that go."""
    gardees: Collection[UUID] = ()
    """Lines that stay, with other values."""
    acomptes_retires: Collection[UUID] = ()
    acomptes_changes: list[Acompte] = field(default_factory=list)
    acomptes_nouveaux: list[Acompte] = field(default_factory=list)

    @property
    def document(self) -> Document:
        """Its header."""
        return self.etabli.document

    @property
    def identifiant(self) -> UUID:
        """Its identifier."""
        return self.etabli.document.id
