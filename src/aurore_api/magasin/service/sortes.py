"""What sets orders apart from sales in the one engine that takes them (MAG-10, MAG-18)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, TypeVar

from aurore_api.clients.schemas import Frequence
from aurore_api.documents.lots.demandes import Fait
from aurore_api.magasin.poussees import PiecePoussee
from aurore_api.magasin.tables import Magasin
from aurore_domain.cycle import TypeDocument
from aurore_domain.montants import ZERO

P = TypeVar("P", bound=PiecePoussee)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorte(Generic[P]):
    """One kind of what a till pushes, and the document that it becomes."""

    genre: str
    liste: str
    """What the envelope calls them, and so the shop's parameters: `synchro_…`, `fenetre_…`."""
    schema: type[P]
    type: TypeDocument
    vente: bool
    """A sale is refused where an order is a conflict (MAG-19); it is numbered as it comes in (MAG-18)."""
    verifier: Callable[[P], None]
    """Refuse what cannot become a document."""
    entete: Callable[[P], Mapping[str, Any]]
    """The fields of the document's header."""
    verse: Callable[[P], Decimal] = lambda _: ZERO
    """What was paid before, in EUR (DOC-16)."""
    admettre: Callable[[P], None] = lambda _: None
    """Refuse what is none of ours, whatever is known of it."""
    exiger: Callable[[P, Fait], None] = lambda _, __: None
    """Refuse a document that is not what was meant."""
    mentions: Callable[[Magasin, P], Mapping[str, str]] = lambda _, __: {}
    """What the document begins with, in each language; nothing for none."""
    origine: Callable[[P], str | None] = lambda _: None
    """The order that it came from, if it is another (MAG-19)."""
    paiements: Callable[[P], list[dict[str, Any]] | None] = lambda _: None
    """How it was paid, for information: no part of its content; None where there is no such thing."""
    frequence: Frequence | None = None
    """How a client that is made by it is invoiced; None as all others are."""
