"""A small catalogue, and how the tests change it."""

from typing import Any

import httpx
from tests.client import ClientDeTest

BAGUETTE = {"numero": "BAG", "designation": "Baguette", "unite": "PCE", "prix_vente": "0.8500", "code_tva_vente": "6"}
CARTON = {"abreviation": "CT6", "unite": "CT", "facteur": "6", "operateur": "M", "decimales": 0}


def creer(api: ClientDeTest, adresse: str, corps: dict[str, Any], **autres: Any) -> dict[str, Any]:
    """Create a resource that must be accepted."""
    reponse = api.post(adresse, json=corps | autres)
    assert reponse.status_code == 201, reponse.text
    return reponse.json()  # type: ignore[no-any-return]


def changer(api: ClientDeTest, adresse: str, /, **champs: Any) -> httpx.Response:
    """Change whatever version there is."""
    return api.patch(adresse, json=champs, headers={"if-match": "*"})


def effacer(api: ClientDeTest, adresse: str) -> httpx.Response:
    """Delete whatever version there is."""
    return api.delete(adresse, headers={"if-match": "*"})


def champ_refuse(pointeur: str, code: str, statut: int = 422) -> tuple[int, list[tuple[str, str]]]:
    """What `erreurs` reads when one field is refused."""
    return statut, [(pointeur, code)]


def evenements(api: ClientDeTest, ressource: str) -> list[tuple[str, str]]:
    """Action and identifier of the events of one kind of resource, in order."""
    reponse = api.get("/v1/evenements", params={"ressource": ressource, "limite": 200})
    return [(un["action"], un["identifiant"]) for un in reponse.json()["data"]]
