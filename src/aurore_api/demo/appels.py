from http import HTTPStatus
from typing import Any
from uuid import uuid4

from httpx import Client, Response


class AppelRefuse(Exception):
    """The API refused a call: says which one, and the API's own explanation (API-01)."""

    def __init__(self, reponse: Response) -> None:
        demande = reponse.request
        super().__init__(f"{demande.method} {demande.url.path} : {reponse.status_code} {reponse.text}")
        self.statut = reponse.status_code


def verifier(reponse: Response) -> Response:
    """The answer itself when it is a success; raises `AppelRefuse` otherwise."""
    if not reponse.is_success:
        raise AppelRefuse(reponse)
    return reponse


def lister(client: Client, chemin: str, **filtres: str) -> list[dict[str, Any]]:
    """The first page of a collection, which holds all of a sample's. Raises `AppelRefuse`."""
    lignes: list[dict[str, Any]] = verifier(client.get(chemin, params=filtres)).json()["data"]
    return lignes


def poster(client: Client, chemin: str, corps: dict[str, Any]) -> Any:
    """What the API made of `corps`, under a fresh idempotency key (API-05). Raises `AppelRefuse`."""
    reponse = client.post(chemin, json=corps, headers={"Idempotency-Key": str(uuid4())})
    return verifier(reponse).json()


def creer(client: Client, chemin: str, corps: dict[str, Any]) -> None:
    """Create one row; what exists already is left as it is. Raises `AppelRefuse`."""
    try:
        poster(client, chemin, corps)
    except AppelRefuse as refus:
        if refus.statut != HTTPStatus.CONFLICT:
            raise
