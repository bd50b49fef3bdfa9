"""What is asked of a list of the stock."""

from typing import Literal

from pydantic import Field

from aurore_api.echanges.schemas import DemandeExport
from aurore_api.stock.consultes import CriteresMouvements, CriteresStock


class DemandeMouvements(CriteresMouvements, DemandeExport):
    """Which movements, in which order, as which file."""

    ordre: Literal["date", "article"] = Field(default="date", description="By article: with a running sum")


class DemandeValeur(CriteresStock, DemandeExport):
    """Which goods, at which price, as which file."""

    prix: Literal["pamp", "dernier_prix"] = Field(default="pamp", description="Average, or last purchase price")
