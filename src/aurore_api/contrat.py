"""The OpenAPI contract (API-11): FastAPI's, completed with what holds for every operation, in one place."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute, iter_route_contexts

from aurore_api.erreurs import TYPE_PROBLEME, Probleme
from aurore_api.socle.intergiciel import EN_TETE
from aurore_api.socle.portees import portee_de

DESCRIPTION = """Order-to-invoice backend for bakeries and food wholesalers.

Decimals are strings, days `YYYY-MM-DD`. Every error is `application/problem+json` with a stable `code`.
`ETag`/`If-Match` guard every change; `Idempotency-Key` makes every POST repeatable.
"""

_TEXTES = {
    "400": "The body is not readable JSON",
    "401": "No key, or one that is unknown, expired or revoked",
    "403": "The key lacks the scope",
    "404": "No such resource",
    "409": "The state of things forbids it now",
    "412": "If-Match names another version",
    "413": "The body is too large",
    "415": "Another media type is expected",
    "422": "A value is refused; `erreurs` names each field",
    "428": "If-Match is required",
    "503": "The database does not answer",
}
_CHANGEMENTS = {"put", "patch", "delete"}
_DESCRIPTIONS = {
    "RequeteId": "Quote it to support",
    "ETag": "The version of what is served; `If-Match` of the next change",
    "Link": 'The next page of a list, `rel="next"`',
    "Location": "What was created; absent in a dry run",
}
_EN_TETES = {
    "get 200": ("ETag", "Link"),
    "post 201": ("ETag", "Location"),
    "post 200": ("ETag",),
    "post 202": ("ETag", "Location"),
    "patch 200": ("ETag",),
    "put 200": ("ETag",),
    "delete 200": ("ETag",),
}
"""What an answer of this method and status may carry."""


def statuts(methode: str, operation: dict[str, Any]) -> set[str]:
    """Every refusal that an operation can give."""
    codes = {"401", "403", "422", "503"}
    if any(un["in"] == "path" for un in operation.get("parameters", ())):
        codes.add("404")
    if methode != "get":
        codes |= {"409", "404"}
    if "requestBody" in operation:
        codes |= {"400", "413", "415"}
    if any(un["name"] == "If-Match" for un in operation.get("parameters", ())):
        codes.add("412")
    if methode in _CHANGEMENTS:
        codes.add("428")
    return codes


def completer(methode: str, operation: dict[str, Any]) -> None:
    """Add headers, errors, scope and security to one operation under `/v1`."""
    parametres: list[dict[str, Any]] = operation.setdefault("parameters", [])
    if methode in _CHANGEMENTS:
        parametres.append(_en_tete("If-Match", "The version that is changed, as its ETag gave it", requis=True))
    if methode == "post":
        cle = _en_tete("Idempotency-Key", "Repeat the request safely under this key")
        cle["schema"] |= {"minLength": 1, "maxLength": 255, "pattern": r"^[\x21-\x7e]+$"}
        parametres.append(cle)
    reponses = operation["responses"]
    for code, reponse in reponses.items():
        reponse["headers"] = {EN_TETE: _renvoi("headers", "RequeteId")} | {
            nom: _renvoi("headers", nom) for nom in _EN_TETES.get(f"{methode} {code}", ())
        }
    for code in statuts(methode, operation) | (set(reponses) & set(_TEXTES)):
        reponses[code] = _renvoi("responses", f"Probleme{code}")
    if methode == "get" and "200" in reponses:
        reponses["304"] = {"description": "The caller's version is the current one"}
    operation["x-portee"] = portee_de(operation["operationId"])
    operation["security"] = [{"cle": []}, {"cle_en_tete": []}]
    operation["responses"] = dict(sorted(reponses.items()))


def _renvoi(genre: str, nom: str) -> dict[str, Any]:
    return {"$ref": f"#/components/{genre}/{nom}"}


def _refus(code: str) -> dict[str, Any]:
    """One refusal, said once for all operations."""
    en_tetes = {EN_TETE: _renvoi("headers", "RequeteId")}
    if code == "401":
        en_tetes["WWW-Authenticate"] = {"schema": {"type": "string"}}
    if code == "503":
        en_tetes["Retry-After"] = {"schema": {"type": "integer"}, "description": "Seconds"}
    return {
        "description": _TEXTES[code],
        "headers": en_tetes,
        "content": {TYPE_PROBLEME: {"schema": _renvoi("schemas", "Probleme")}},
    }


def _en_tete(nom: str, description: str, *, requis: bool = False) -> dict[str, Any]:
    schema = {"type": "string"}
    return {"name": nom, "in": "header", "required": requis, "description": description, "schema": schema}


def contrat(app: FastAPI) -> dict[str, Any]:
    """The contract of an application, the same at every call."""
    document = get_openapi(
        title=app.title,
        version=app.version,
        openapi_version="3.1.0",
        summary="offre, commande, bordereau, facture",
        description=DESCRIPTION,
        routes=app.routes,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        servers=[{"url": "/"}],
    )
    composants = document.setdefault("components", {})
    schemas = composants.setdefault("schemas", {})
    for perime in ("HTTPValidationError", "ValidationError"):
        schemas.pop(perime, None)
    modele = Probleme.model_json_schema(ref_template="#/components/schemas/{model}", mode="serialization")
    schemas |= modele.pop("$defs", {}) | {"Probleme": modele}
    composants["securitySchemes"] = {
        "cle": {"type": "http", "scheme": "bearer", "description": "An API key"},
        "cle_en_tete": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
    }
    composants["headers"] = {
        nom: {"description": description, "schema": {"type": "string"}} for nom, description in _DESCRIPTIONS.items()
    }
    composants["responses"] = {f"Probleme{code}": _refus(code) for code in sorted(_TEXTES)}
    for chemin, methodes in document["paths"].items():
        for methode, operation in methodes.items():
            if chemin.startswith("/v1"):
                completer(methode, operation)
            else:
                operation["security"] = []
                operation["responses"].pop("422", None)
    composants["schemas"] = dict(sorted(schemas.items()))
    return document


def operations(app: FastAPI) -> list[str]:
    """The id of every operation under `/v1`."""
    return sorted(
        contexte.original_route.operation_id or contexte.original_route.name
        for contexte in iter_route_contexts(app.routes)
        if isinstance(contexte.original_route, APIRoute) and (contexte.path or "").startswith("/v1")
    )


def installer_contrat(app: FastAPI) -> None:
    """Serve the completed contract instead of the plain one."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = contrat(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # the documented way to extend it
