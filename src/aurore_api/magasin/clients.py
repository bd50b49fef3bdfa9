"""Who a till's clients are here, in JSON (MAG-16)."""

from pydantic import Field

from aurore_api.socle.pagination import Pagination
from aurore_api.socle.types import Entree, NumeroClient, Sortie, exemples


class LienEntree(Entree):
    """Who a till's client is here."""

    model_config = exemples({"client": "C0012"})

    client: NumeroClient


class ClientMagasinSortie(Sortie):
    """A till's number and the client that it stands for."""

    magasin: str
    numero: str = Field(description="At the till of this shop, and meaning nothing elsewhere")
    client: str
    version: int = Field(description="The last that the till said of it; 0 for none")


RESSOURCE = "client_magasin"


class FiltreClientsMagasin(Pagination):
    """Which ones."""

    client: NumeroClient | None = Field(default=None, description="Those that stand for this client")
