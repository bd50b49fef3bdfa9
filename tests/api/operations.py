"""The operations of the contract, as a test calls them all."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI

PLAUSIBLES = {
    "numero": "X",
    "article": "X",
    "code": "X",
    "id": "01990000-0000-7000-8000-000000000000",
    "acompte": "01990000-0000-7000-8000-000000000000",
    "type": "facture",
    "abreviation": "X",
    "code_libelle": "X",
    "fournisseur": "X",
    "composant": "X",
    "categorie_tva": "X",
    "chemin": "X",
    "genre": "articles",
    "nom": "X",
}
"""Well-formed identifiers of nothing, by the name of the parameter."""


@dataclass(frozen=True)
class Operation:
    """One operation of `/v1`."""

    identifiant: str
    methode: str
    chemin: str
    portee: str
    parametres: dict[str, bool]
    """Its path parameters, and which of them are whole numbers."""
    periode: str
    """The query of those that cannot do without: their period."""
    corps: str | None
    """Media type of its body."""

    def adresse(self, connus: dict[str, str]) -> str:
        """Its path with identifiers in it: the known ones, and 1 for whole numbers."""
        return self.chemin.format(**{nom: "1" if entier else connus[nom] for nom, entier in self.parametres.items()})


def operations(app: FastAPI) -> Iterator[Operation]:
    """Every operation of `/v1` that the contract declares."""
    chemins: dict[str, dict[str, Any]] = app.openapi()["paths"]
    for chemin, methodes in chemins.items():
        for methode, une in methodes.items():
            if chemin.startswith("/v1"):
                yield Operation(
                    identifiant=une["operationId"],
                    methode=methode.upper(),
                    chemin=chemin,
                    portee=une["x-portee"],
                    parametres={
                        un["name"]: un["schema"].get("type") == "integer"
                        for un in une["parameters"]
                        if un["in"] == "path"
                    },
                    periode=_periode(une["parameters"]),
                    corps=next(iter(une["requestBody"]["content"]), None) if "requestBody" in une else None,
                )


def _periode(parametres: list[dict[str, Any]]) -> str:
    exiges = [un["name"] for un in parametres if un["in"] == "query" and un.get("required")]
    return "?" + "&".join(f"{nom}=2026-11-24" for nom in exiges) if exiges else ""
