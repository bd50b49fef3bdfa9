"""API-11: the comparison of contracts itself, on literal documents."""

import copy
from typing import Any

import pytest
from tests.contrat.ruptures import ruptures

CONTRAT: dict[str, Any] = {
    "paths": {
        "/v1/pains": {
            "post": {
                "operationId": "creer_pain",
                "parameters": [
                    {"name": "essai", "in": "query", "required": False, "schema": {"type": "boolean"}},
                    {"name": "cle", "in": "header", "required": False, "schema": {"type": "string"}},
                ],
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pain"}}}},
                "responses": {
                    "201": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/PainSortie"}}}},
                    "422": {"$ref": "#/components/responses/Refus"},
                },
            }
        }
    },
    "components": {
        "responses": {"Refus": {"content": {"application/problem+json": {"schema": {"type": "object"}}}}},
        "schemas": {
            "Pain": {
                "type": "object",
                "properties": {
                    "nom": {"type": "string"},
                    "poids": {"anyOf": [{"type": "string"}, {"type": "null"}]},
                    "genre": {"type": "string", "enum": ["blanc", "gris"]},
                },
                "required": ["nom"],
            },
            "PainSortie": {
                "type": "object",
                "properties": {
                    "nom": {"type": "string"},
                    "tranches": {"type": "array", "items": {"$ref": "#/components/schemas/PainSortie"}},
                    "etat": {"type": "string", "enum": ["frais"]},
                },
                "required": ["nom", "etat"],
            },
        },
    },
}
POST = ("paths", "/v1/pains", "post")
PAIN = ("components", "schemas", "Pain")
SORTIE = ("components", "schemas", "PainSortie")
NEUF = {"name": "neuf", "in": "query", "required": True, "schema": {}}
RIEN = object()


def change(*chemin_et_valeur: Any) -> dict[str, Any]:
    """The contract with one place changed, or removed with `RIEN`."""
    *chemin, dernier, valeur = chemin_et_valeur
    document = lieu = copy.deepcopy(CONTRAT)
    for morceau in chemin:
        lieu = lieu[morceau]
    if valeur is RIEN:
        del lieu[dernier]
    else:
        lieu[dernier] = valeur
    return document


@pytest.mark.parametrize(
    ("nouveau", "attendue"),
    [
        (change("paths", "/v1/pains", RIEN), "creer_pain : opération disparue"),
        (change(*POST, "operationId", "ajouter_pain"), "creer_pain : opération disparue"),
        (change("paths", {"/v1/pain": CONTRAT["paths"]["/v1/pains"]}),
         "creer_pain : post /v1/pains est devenu post /v1/pain"),
        (change(*POST, "parameters", 1, RIEN), "creer_pain : le paramètre cle a disparu"),
        (change(*POST, "parameters", 1, "required", True), "creer_pain : le paramètre cle est devenu obligatoire"),
        (change(*POST, "parameters", [*CONTRAT["paths"]["/v1/pains"]["post"]["parameters"], NEUF]),
         "creer_pain : le paramètre neuf est devenu obligatoire"),
        (change(*POST, "parameters", 0, "schema", {"type": "integer"}),
         "creer_pain ?essai : boolean n'est plus accepté"),
        (change(*POST, "requestBody", "content", {}), "creer_pain : application/json n'est plus accepté"),
        (change(*POST, "responses", "422", RIEN), "creer_pain : la réponse 422 a disparu"),
        (change("components", "responses", "Refus", "content", {}),
         "creer_pain : 422 n'est plus rendu en application/problem+json"),
        (change(*PAIN, "required", ["nom", "poids"]), "creer_pain ←.poids : devenu obligatoire"),
        (change(*PAIN, "properties", "poids", RIEN), "creer_pain ←.poids : disparu"),
        (change(*PAIN, "properties", "poids", {"type": "string"}), "creer_pain ←.poids : null n'est plus accepté"),
        (change(*PAIN, "properties", "genre", "enum", ["gris"]),
         "creer_pain ←.genre : valeurs qui ne sont plus acceptées : blanc"),
        (change(*PAIN, "properties", "nom", "enum", ["mie"]),
         "creer_pain ←.nom : valeurs qui ne sont plus acceptées : toute autre"),
        (change(*PAIN, "properties", "nom", "maxLength", 9), "creer_pain ←.nom : maxLength est devenu 9"),
        (change(*PAIN, "properties", "nom", "minLength", 1), "creer_pain ←.nom : minLength est devenu 1"),
        (change(*PAIN, "properties", "nom", "pattern", "^m"), "creer_pain ←.nom : le motif a changé"),
        (change(*SORTIE, "properties", "nom", RIEN), "creer_pain → 201.nom : disparu"),
        (change(*SORTIE, "required", ["nom"]), "creer_pain → 201.etat : n'est plus toujours là"),
        (change(*SORTIE, "properties", "nom", {"type": "integer"}),
         "creer_pain → 201.nom : integer peut maintenant être rendu"),
    ],
)  # fmt: skip
def test_api_11_what_breaks_a_client_is_found(nouveau, attendue):
    assert ruptures(CONTRAT, nouveau) == [attendue]


@pytest.mark.parametrize(
    "nouveau",
    [
        CONTRAT,
        change("paths", "/v1/gateaux", {"get": {"operationId": "lister_gateaux", "responses": {}}}),
        change(*POST, "parameters", 1, "schema", {"anyOf": [{"type": "string"}, {"type": "null"}]}),
        change(*POST, "responses", "409", {}),
        change(*PAIN, "properties", "croute", {"type": "string"}),
        change(*PAIN, "required", []),
        change(*PAIN, "properties", "genre", "enum", ["blanc", "gris", "noir"]),
        change(*SORTIE, "properties", "nom", "maxLength", 9),
        change(*SORTIE, "properties", "croute", {"type": "string"}),
        change(*SORTIE, "required", ["nom", "etat", "tranches"]),
    ],
)
def test_api_11_what_only_adds_is_no_break(nouveau):
    assert ruptures(CONTRAT, nouveau) == []
