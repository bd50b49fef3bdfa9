"""What happens around every operation: key, scope, protocol checks, one session, one commit at the end."""

from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic import BaseModel

from aurore_api.socle import idempotence
from aurore_api.socle.base import Base
from aurore_api.socle.cles import authentifier, noter_utilisation
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.erreurs import (
    ParametreInconnu,
    ParametreRepete,
    PorteeInsuffisante,
    TypeDeMediaRefuse,
    VersionRequise,
)
from aurore_api.socle.horloge import maintenant
from aurore_api.socle.pannes import PANNES, refus_de_la_base
from aurore_api.socle.portees import portee_de, suffit
from aurore_api.socle.textes import langue_preferee
from aurore_domain.erreurs import lever

EXIGENT_UNE_VERSION = frozenset({"PUT", "PATCH", "DELETE"})


def cle_presentee(request: Request) -> str | None:
    """The key of a request: `Authorization: Bearer …`, or `X-API-Key` where that header is not free."""
    schema, _, secret = request.headers.get("authorization", "").partition(" ")
    if schema.lower() == "bearer" and secret.strip():
        return secret.strip()
    return request.headers.get("x-api-key")


def types_de_media(route: APIRoute) -> tuple[str, ...]:
    """The media types a route takes: JSON, unless its contract says otherwise."""
    corps = (route.openapi_extra or {}).get("requestBody", {}).get("content")
    if corps:
        return tuple(corps)
    return ("application/json",) if route.body_field else ()


def parametres(dependant: Dependant) -> dict[str, bool]:
    """Query parameters of an operation, and which of them may repeat."""
    connus: dict[str, bool] = {}
    for un in dependant.query_params:
        annotation = un.field_info.annotation
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            connus |= {champ.alias or nom: False for nom, champ in annotation.model_fields.items()}
        else:
            connus[un.alias] = str(annotation).startswith("list")
    for sous in dependant.dependencies:
        connus |= parametres(sous)
    return connus


class RouteAurore(APIRoute):
    """A route of `/v1`. Its operation has a scope, its request one transaction, its answer an ETag where it has one."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Wrap FastAPI's handler."""
        suite = super().get_route_handler()
        portee = portee_de(self.operation_id or self.name)
        medias, connus = types_de_media(self), parametres(self.dependant)

        async def traiter(request: Request) -> Response:
            base: Base = request.app.state.base
            instant, a_noter = maintenant(), None
            try:
                async with base.connexion(lecture_seule=request.method == "GET") as connexion:
                    cle, usage_ancien = await authentifier(connexion, cle_presentee(request), instant)
                    a_noter = cle.id if usage_ancien else None
                    if not suffit(cle.portees, portee, request.path_params):
                        raise PorteeInsuffisante(portee=portee)
                    verifier_protocole(request, medias, connus)
                    async with await base.session(connexion, cle.schema) as session:
                        ctx = Contexte(
                            session=session,
                            cle=cle,
                            requete_id=request.state.requete_id,
                            langue=langue_preferee(request.headers.get("accept-language")),
                            maintenant=instant,
                            si_version=_versions(request.headers.get("if-match")),
                            sauf_version=_versions(request.headers.get("if-none-match")),
                        )
                        request.state.contexte = ctx
                        return await executer(ctx, request, suite)
            except PANNES as erreur:
                if (refus := refus_de_la_base(erreur)) is None:
                    raise
                raise refus from erreur
            finally:
                if a_noter is not None:
                    await _noter(base, a_noter, instant)

        return traiter


async def executer(
    ctx: Contexte, request: Request, suite: Callable[[Request], Coroutine[Any, Any, Response]]
) -> Response:
    """Run the operation in its transaction and close that as the request wants: commit, dry run, or nothing."""
    if request.method == "GET":
        return _conditionnelle(request, avec_etag(ctx, await suite(request)))
    rejouable = request.method == "POST" and idempotence.EN_TETE in request.headers
    if rejouable and (connue := await idempotence.reprendre(ctx, request)):
        return connue
    reponse = avec_etag(ctx, await suite(request))
    if ctx.simulation:
        await ctx.session.rollback()
        return reponse
    if rejouable:
        await idempotence.retenir(ctx, request, reponse)
    await ctx.session.commit()
    return reponse


def verifier_protocole(request: Request, medias: tuple[str, ...], connus: dict[str, bool]) -> None:
    """API-03, API-06: media type, unknown and repeated query parameters, and a version where one is needed."""
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    a_un_corps = request.headers.get("content-length", "0") != "0" or "transfer-encoding" in request.headers
    if medias and a_un_corps and media not in medias:
        raise TypeDeMediaRefuse(attendu=medias)
    if request.method in EXIGENT_UNE_VERSION and "if-match" not in request.headers:
        raise VersionRequise(pointeur="en-tete:If-Match")
    erreurs: list[ParametreInconnu | ParametreRepete] = []
    vus: set[str] = set()
    for nom, _ in request.query_params.multi_items():
        if nom not in connus:
            erreurs.append(ParametreInconnu(pointeur="?", attendu=sorted(connus)))
        elif nom in vus and not connus[nom]:
            erreurs.append(ParametreRepete(pointeur=f"?{nom}"))
        vus.add(nom)
    lever(erreurs)


def avec_etag(ctx: Contexte, reponse: Response) -> Response:
    """Put the version that the operation served into the answer's ETag."""
    if ctx.etag is not None:
        reponse.headers["etag"] = f'"{ctx.etag}"'
    return reponse


def _conditionnelle(request: Request, reponse: Response) -> Response:
    """Answer 304 when the caller already has this version (API-10)."""
    voulues = request.headers.get("if-none-match")
    etag = reponse.headers.get("etag")
    if voulues is None or etag is None or reponse.status_code != 200:  # noqa: PLR2004 (HTTP)
        return reponse
    connues = {un.strip().removeprefix("W/") for un in voulues.split(",")}
    return Response(status_code=304, headers={"etag": etag}) if etag in connues or "*" in connues else reponse


def _versions(if_match: str | None) -> frozenset[str] | None:
    if if_match is None or if_match.strip() == "*":
        return None
    return frozenset(un.strip().removeprefix("W/").strip('"') for un in if_match.split(","))


async def _noter(base: Base, cle: int, instant: datetime) -> None:
    """Note the key's last use once the request gave its connection back; a busy row is left for the next request."""
    try:
        async with base.transaction() as connexion:
            await noter_utilisation(connexion, cle, instant)
    except PANNES:
        return


def nouveau_routeur(prefixe: str, etiquette: str | None = None) -> APIRouter:
    """A router under `/v1` whose routes are all of the kind above; without a tag of its own, each route brings one."""
    return APIRouter(
        prefix=f"/v1{prefixe}", tags=[etiquette] if etiquette else None, route_class=RouteAurore, redirect_slashes=False
    )
