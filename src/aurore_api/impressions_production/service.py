"""What others ask of printed production lists."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from aurore_api.impressions_production import requetes
from aurore_api.impressions_production.requetes import derniere, liste
from aurore_api.impressions_production.tables import ImpressionProduction
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.crud import charger

RESSOURCE = "impression_production"

__all__ = ["RESSOURCE", "ImpressionProduction", "Imprimee", "derniere", "imprimees", "lire", "liste"]


@dataclass(frozen=True, slots=True)
class Imprimee:
    """That a list was printed for a day: its families, none where it is of all articles, and its last version."""

    date: date
    familles: frozenset[str]
    version: int

    def comprend(self, famille: str | None) -> bool:
        """Whether articles of a family, or of none, stand on it."""
        return not self.familles or famille in self.familles


async def imprimees(ctx: Contexte, jours: Collection[date]) -> list[Imprimee]:
    """The lists that were printed for these days, in one statement."""
    if not jours:
        return []
    rangs = await requetes.familles_imprimees(ctx, jours)
    return [Imprimee(jour, frozenset(familles), version) for jour, familles, version in rangs]


async def lire(ctx: Contexte, identifiant: object) -> ImpressionProduction:
    """One printed list; raises `RessourceAbsente`."""
    return await charger(ctx, ImpressionProduction, identifiant, RESSOURCE)
