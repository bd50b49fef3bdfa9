"""Every refusal becomes `application/problem+json` (API-01): status, stable code, text in the reader's language.

The input is never echoed, and what the database or the interpreter says stays in the log.
"""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import Field
from pydantic_core import ErrorDetails
from starlette.exceptions import HTTPException
from starlette.routing import Match

from aurore_api.socle.crud import ModificationRefusee
from aurore_api.socle.erreurs import BaseIndisponible, ErreurHttp, RequeteIllisible
from aurore_api.socle.intergiciel import EN_TETE
from aurore_api.socle.refus_de_lignes import LignesRefusees
from aurore_api.socle.textes import detail, langue_preferee, titre
from aurore_api.socle.types import Sortie
from aurore_api.socle.validation import code_de, valeurs_de
from aurore_domain.erreurs import Conflit, ErreurAurore, ErreursMultiples, Introuvable

journal = logging.getLogger("aurore.erreurs")
TYPE_PROBLEME = "application/problem+json"
_ADRESSE_TYPES = "urn:aurore:probleme:"
CHAMPS_DITS = 50
"""Most fields that one refusal names."""


class ErreurDeChamp(Sortie):
    """One field that is wrong."""

    pointeur: str = Field(description="`#/lignes/0/prix` in the body, `?limite` in the query, `/numero` in the path")
    code: str
    detail: str


class Probleme(Sortie):
    """RFC 9457, with a stable `code` and the fields concerned."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    requete_id: str
    erreurs: list[ErreurDeChamp] = Field(default_factory=list)


def pointeur_de(lieu: Sequence[int | str]) -> str:
    """Where a validation error is, as clients read it."""
    origine, *chemin = lieu or ("body",)
    if origine == "query":
        return "?" + ".".join(map(str, chemin))
    if origine in {"path", "header"}:
        return ("/" if origine == "path" else "en-tete:") + ".".join(map(str, chemin))
    morceaux = [str(un).replace("~", "~0").replace("/", "~1") for un in chemin]
    return "#" + "".join(f"/{un}" for un in morceaux)


def statut_de(erreur: ErreurAurore) -> int:
    """The HTTP status of a refusal, by its family."""
    match erreur:
        case ErreurHttp():
            return erreur.statut
        case ErreursMultiples():
            return max(statut_de(une) for une in erreur.erreurs)
        case Introuvable():
            return 404
        case Conflit():
            return 409
        case _:
            return 422


def reponse_probleme(
    request: Request, statut: int, code: str, valeurs: Mapping[str, Any], erreurs: Sequence[ErreurDeChamp] = ()
) -> Response:
    """Build the problem answer."""
    langue = langue_preferee(request.headers.get("accept-language"))
    corps = Probleme(
        type=_ADRESSE_TYPES + code,
        title=titre(code, langue),
        status=statut,
        detail=detail(code, langue, dict(valeurs)),
        code=code,
        requete_id=getattr(request.state, "requete_id", ""),
        erreurs=list(erreurs),
    )
    reponse = Response(corps.model_dump_json(), statut, media_type=TYPE_PROBLEME)
    reponse.headers["content-language"] = langue
    if statut == 401:  # noqa: PLR2004 (HTTP)
        reponse.headers["www-authenticate"] = "Bearer"
    if statut == 503:  # noqa: PLR2004
        reponse.headers["retry-after"] = "2"
    return reponse


async def refus(request: Request, erreur: Exception) -> Response:
    """Answer a refusal of the rules or of the protocol."""
    assert isinstance(erreur, ErreurAurore)  # noqa: S101 (registered for this class only)
    langue = langue_preferee(request.headers.get("accept-language"))
    feuilles = erreur.erreurs if isinstance(erreur, ErreursMultiples) else (erreur,)
    champs = [
        ErreurDeChamp(pointeur=une.pointeur, code=une.code, detail=detail(une.code, langue, une.valeurs))
        for une in feuilles
        if une.pointeur is not None
    ]
    return reponse_probleme(request, statut_de(erreur), erreur.code, erreur.valeurs, champs)


def _champ(erreur: ErrorDetails, langue: str) -> ErreurDeChamp:
    code = code_de(erreur["type"])
    lieu = erreur["loc"] if code != "champ_inconnu" else erreur["loc"][:-1]
    return ErreurDeChamp(pointeur=pointeur_de(lieu), code=code, detail=detail(code, langue, valeurs_de(erreur)))


async def entree_refusee(request: Request, erreur: Exception) -> Response:
    """Answer what the schemas refuse; an unreadable body is 400, everything else 422 naming each field."""
    if isinstance(erreur, ModificationRefusee):
        refusees = erreur.erreurs.errors(include_url=False)
        details: list[ErrorDetails] = [{**une, "loc": ("body", *une["loc"])} for une in refusees]
    else:
        assert isinstance(erreur, RequestValidationError)  # noqa: S101 (registered for this class only)
        details = list(erreur.errors())
    if any(une["type"] == "json_invalid" for une in details):
        return reponse_probleme(request, 400, RequeteIllisible.code, {})
    langue = langue_preferee(request.headers.get("accept-language"))
    gardees = _sans_cles_inconnues(details)
    champs = [_champ(une, langue) for une in gardees[:CHAMPS_DITS]]
    return reponse_probleme(request, 422, "entree_refusee", {"nombre": len(gardees)}, champs)


def _sans_cles_inconnues(details: Sequence[ErrorDetails]) -> list[ErrorDetails]:
    """Put what is wrong with a mapping's key, or below such a key, on the mapping: the key is input, never echoed."""
    fausses = {une["loc"][:-1] for une in details if une["loc"][-1:] == ("[key]",)}
    gardees: list[ErrorDetails] = []
    for une in details:
        if une["loc"][-1:] == ("[key]",):
            gardees.append({**une, "type": "extra_forbidden", "loc": une["loc"][:-1]})
        elif not any(une["loc"][: len(lieu)] == lieu for lieu in fausses):
            gardees.append(une)
    return gardees


async def lignes_refusees(request: Request, erreur: Exception) -> Response:
    """Answer a file of which rows cannot be taken: 422 naming row and column of each."""
    assert isinstance(erreur, LignesRefusees)  # noqa: S101 (registered for this class only)
    langue = langue_preferee(request.headers.get("accept-language"))
    champs = [
        ErreurDeChamp(pointeur=une.pointeur, code=une.code, detail=detail(une.code, langue, dict(une.valeurs)))
        for une in erreur.lignes
    ]
    return reponse_probleme(request, 422, erreur.code, {"nombre": erreur.nombre}, champs)


async def refus_http(request: Request, erreur: Exception) -> Response:
    """Answer what the framework refuses: unknown path, wrong method, unreadable or too large body."""
    assert isinstance(erreur, HTTPException)  # noqa: S101 (registered for this class only)
    codes = {404: "adresse_inconnue", 405: "methode_refusee", 413: "corps_trop_grand"}
    code = codes.get(erreur.status_code, RequeteIllisible.code)
    statut = erreur.status_code if erreur.status_code in codes else 400
    reponse = reponse_probleme(request, statut, code, {})
    if statut == 405:  # noqa: PLR2004 (HTTP)
        reponse.headers["allow"] = ", ".join(methodes_permises(request))
    return reponse


def methodes_permises(request: Request) -> list[str]:
    """Every method that some route has at this path (API-03)."""
    permises = set()
    for methode in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        portee = {**request.scope, "method": methode, "fastapi": {}}
        if any(route.matches(portee)[0] is Match.FULL for route in request.app.router.routes):
            permises.add(methode)
    return sorted(permises)


async def panne(request: Request, erreur: Exception) -> Response:
    """Log what should not have happened and say nothing of it but the request's id."""
    if isinstance(erreur, BaseIndisponible):
        return await refus(request, erreur)
    identifiant = getattr(request.state, "requete_id", "")
    journal.error("requete %s", identifiant, exc_info=erreur)
    reponse = reponse_probleme(request, 500, "erreur_interne", {})
    reponse.headers[EN_TETE] = identifiant  # this answer is made outside of the middleware that sets it
    return reponse


def installer(app: FastAPI) -> None:
    """Register the handlers."""
    app.add_exception_handler(ErreurAurore, refus)
    app.add_exception_handler(RequestValidationError, entree_refusee)
    app.add_exception_handler(ModificationRefusee, entree_refusee)
    app.add_exception_handler(LignesRefusees, lignes_refusees)
    app.add_exception_handler(HTTPException, refus_http)
    app.add_exception_handler(Exception, panne)
