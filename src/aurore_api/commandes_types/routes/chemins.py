"""Keys of standing orders in paths."""

from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, Path

from aurore_api.commandes_types.service.annexes import Lieu
from aurore_api.socle.types import IdentifiantUrl, NumeroClient

NumeroUrl = Annotated[NumeroClient, Path()]
COLLECTION = "/clients/{numero}/commandes-types"


async def _lieu(numero: NumeroUrl, id: IdentifiantUrl) -> Lieu:  # noqa: A002 (the field's name)
    return Lieu(numero, id)


LieuUrl = Annotated[Lieu, Depends(_lieu)]
"""The standing order that a path goes below."""


def adresse(client: str, *cles: str | int) -> str:
    """The path of a client's standing order, or of what lies below it; keys may hold accents and spaces."""
    return "/".join((f"/v1/clients/{quote(client, safe='')}/commandes-types", *map(str, cles)))
