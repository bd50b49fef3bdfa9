"""How the tests read answers."""

from typing import Any

import httpx


def si(version: int | str) -> dict[str, str]:
    """The header that says which version is changed."""
    return {"if-match": f'"{version}"'}


def erreurs(reponse: httpx.Response) -> tuple[int, list[tuple[str, str]]]:
    """The status, and the fields refused with the code of each."""
    return reponse.status_code, [(une["pointeur"], une["code"]) for une in reponse.json()["erreurs"]]


def refus(reponse: httpx.Response) -> tuple[int, str]:
    """The status and the code of a refusal."""
    return reponse.status_code, reponse.json()["code"]


def donnees(reponse: httpx.Response) -> list[dict[str, Any]]:
    """The rows of a list."""
    assert reponse.status_code == 200, reponse.text
    lignes: list[dict[str, Any]] = reponse.json()["data"]
    return lignes
