"""Keys of clients in paths."""

from typing import Annotated
from urllib.parse import quote

from fastapi import Path

from aurore_api.socle.types import NumeroClient

NumeroUrl = Annotated[NumeroClient, Path()]


def chemin(*cles: str | int) -> str:
    """The path of a client, or of what lies below it; keys may hold accents and spaces."""
    return "/".join(("/v1/clients", *(quote(str(cle), safe="") for cle in cles)))
