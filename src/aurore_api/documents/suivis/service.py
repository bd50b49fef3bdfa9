"""Many documents at once, with what each has led to (TRF-07, MAG-19)."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from aurore_api.documents.suivis import requetes
from aurore_api.socle.contexte import Contexte
from aurore_domain.cycle import Etat, TypeDocument

Jour = date
"""`date` under another name: a field is called `date` too."""


@dataclass(frozen=True, slots=True)
class Suite:
    """A document that followed, and what it holds of the one asked for, as that one states its amounts."""

    id: UUID
    type: TypeDocument
    etat: Etat
    numero_affiche: str | None
    date: Jour
    montant: Decimal


@dataclass(frozen=True, slots=True)
class DocumentSuivi:
    """A document, its goods in base unit, and all that followed it, by date; what was annulled is left out."""

    id: UUID
    type: TypeDocument
    etat: Etat
    numero_affiche: str | None
    date: Jour
    date_livraison_prevue: Jour | None
    client: str
    client_nom: str
    cloture_le: datetime | None
    total_tvac: Decimal
    lignes: list[tuple[str, Decimal]] = field(default_factory=list)
    suites: list[Suite] = field(default_factory=list)


async def prevues(ctx: Contexte, magasin: str, du: date, au: date) -> Sequence[UUID]:
    """The documents that come from a shop's till and are for a day of a period."""
    return await requetes.prevues(ctx, magasin, du, au)


async def suivre(ctx: Contexte, identifiants: Collection[UUID]) -> dict[UUID, DocumentSuivi]:
    """The documents that there are of these, in three statements however many they are."""
    if not identifiants:
        return {}
    suites: dict[UUID, list[Suite]] = defaultdict(list)
    for un in await requetes.suites(ctx, identifiants):
        suites[un["racine"]].append(Suite(**{nom: une for nom, une in un.items() if nom != "racine"}))
    lignes = {
        un["document"]: list(zip(un["articles"], un["quantites"], strict=True))
        for un in await requetes.biens(ctx, identifiants)
    }
    return {
        un["id"]: DocumentSuivi(**un, lignes=lignes.get(un["id"], []), suites=suites[un["id"]])
        for un in await requetes.tetes(ctx, identifiants)
    }
