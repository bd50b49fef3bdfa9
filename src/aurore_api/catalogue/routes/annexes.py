"""`/v1/articles/{numero}/…`: the five operations of each collection that belongs to articles, registered alike."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response

from aurore_api.catalogue.routes.chemins import NumeroUrl, adresse
from aurore_api.catalogue.service import annexes
from aurore_api.catalogue.service.annexes import Annexe
from aurore_api.socle.contexte import Ctx
from aurore_api.socle.crud import modification_de
from aurore_api.socle.pagination import Page, Paginer, lier_suite
from aurore_api.socle.route import nouveau_routeur
from aurore_api.socle.types import Entree

REMPLACENT = "Fields that are given replace; the others stay."


@dataclass(frozen=True, kw_only=True)
class Collection:
    """What one collection's operations are called, and what they say of themselves in the contract."""

    annexe: Annexe[Any, Any]
    chemin: str
    """Its path below an article: `tarifs`."""
    cle: str
    """The field that a row is told by in a path, and its type."""
    type_cle: Any
    pluriel: str
    """Its name in operation ids; that of one row is the annexe's: `tarifs_article`."""
    un: str
    """One row, in English: `a tariff row`."""
    tous: str
    """Several: `tariff rows`."""
    ordre: str
    """What the list says: how it is sorted."""
    ajout: str
    """What adding a row says."""
    retrait: str
    """What taking a row away says."""
    jamais: frozenset[str] = frozenset()
    """Fields that never change."""

    @property
    def cle_url(self) -> Any:
        """The key in a path."""
        return Annotated[self.type_cle, Path(alias=self.cle)]


def _modification(collection: Collection) -> type[Entree]:
    nom = collection.annexe.entree.__name__.removesuffix("Entree") + "Modification"
    return modification_de(collection.annexe.entree, nom, sans=collection.jamais)


def _lectures(collection: Collection) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """List the rows of an article; read one."""
    annexe, cle_url = collection.annexe, collection.cle_url

    async def lister(ctx: Ctx, numero: NumeroUrl, page: Paginer, request: Request, response: Response) -> Any:
        resultat = await annexes.lister(ctx, annexe, numero, page)
        lier_suite(request, response, resultat.curseur_suivant)
        return resultat

    async def lire(ctx: Ctx, numero: NumeroUrl, cle: cle_url) -> Any:  # type: ignore[valid-type]
        ligne = await annexes.lire(ctx, annexe, numero, cle)
        ctx.servir_version(ligne.version)
        return ligne

    return lister, lire


def _ecritures(collection: Collection) -> tuple[Callable[..., Any], Callable[..., Any], Callable[..., Any]]:
    """Add a row to an article; change and delete one."""
    annexe, cle_url = collection.annexe, collection.cle_url
    entree, modification = annexe.entree, _modification(collection)

    async def creer(ctx: Ctx, numero: NumeroUrl, corps: entree, response: Response) -> Any:  # type: ignore[valid-type]
        ligne = await annexes.creer(ctx, annexe, numero, corps)
        response.headers["location"] = adresse(numero, collection.chemin, getattr(ligne, collection.cle))
        ctx.servir_version(ligne.version)
        return ligne

    async def changer(ctx: Ctx, numero: NumeroUrl, cle: cle_url, corps: modification) -> Any:  # type: ignore[valid-type]
        ligne = await annexes.changer(ctx, annexe, numero, cle, corps)
        ctx.servir_version(ligne.version)
        return ligne

    async def effacer(ctx: Ctx, numero: NumeroUrl, cle: cle_url) -> None:  # type: ignore[valid-type]
        await annexes.effacer(ctx, annexe, numero, cle)

    return creer, changer, effacer


def monter(collection: Collection) -> APIRouter:
    """A router with the five operations of a collection."""
    routeur = nouveau_routeur(f"/articles/{{numero}}/{collection.chemin}", "articles")
    sortie, nom, seule = collection.annexe.sortie, collection.annexe.ressource, f"/{{{collection.cle}}}"
    page, tous, un = (
        Page.__class_getitem__(sortie),
        f"{collection.tous} of an article",
        f"{collection.un} of an article",
    )
    une = f"One {collection.un.split(' ', 1)[1]}."
    lister, lire = _lectures(collection)
    creer, changer, effacer = _ecritures(collection)
    for methode, chemin, verbe, statut, reponse, operation, resume, dit in (
        ("GET", "", lister, 200, page, f"lister_{collection.pluriel}", f"List the {tous}", collection.ordre),
        ("POST", "", creer, 201, sortie, f"creer_{nom}", f"Add {collection.un} to an article", collection.ajout),
        ("GET", seule, lire, 200, sortie, f"lire_{nom}", f"Read {un}", une),
        ("PATCH", seule, changer, 200, sortie, f"modifier_{nom}", f"Change {un}", REMPLACENT),
        ("DELETE", seule, effacer, 204, None, f"supprimer_{nom}", f"Delete {un}", collection.retrait),
    ):
        routeur.add_api_route(
            chemin,
            verbe,
            methods=[methode],
            status_code=statut,
            response_model=reponse,
            operation_id=operation,
            summary=resume,
            description=dit,
        )
    return routeur
