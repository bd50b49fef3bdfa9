"""One piece serves every plain table (TAB-01): list, read, create, change and delete rows by their natural key."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Path, Request, Response
from pydantic import ConfigDict, StringConstraints, create_model
from sqlalchemy import select
from sqlmodel import SQLModel, col

from aurore_api.socle.contexte import Contexte, Ctx
from aurore_api.socle.crud import champs_de, charger, fusionner, inserer, modification_de, modifier, supprimer
from aurore_api.socle.pagination import Page, Paginer, lier_suite, lire_page
from aurore_api.socle.types import MOTIF_CLE, CodeUrl, Entree, Sortie, Version

E = TypeVar("E", bound=Entree)


def sortie_de(entree: type[Entree], nom: str) -> type[Sortie]:
    """What is served of a table's row: what came in, and its version."""

    class _Servie(Sortie):
        model_config = ConfigDict(extra="ignore")

    champs: dict[str, Any] = {champ: (info.annotation, info) for champ, info in entree.model_fields.items()}
    return create_model(nom, __base__=_Servie, **champs, version=(Version, ...))


@dataclass(frozen=True)
class TableSimple:
    """A table that needs no rule of its own."""

    chemin: str
    """Path under `/v1`, plural: `codes-tva`."""
    singulier: str
    """Name of one row in events and operation ids: `code_tva`."""
    ligne: type[SQLModel]
    entree: type[Entree]
    resume: str
    cle: str = "code"
    nom: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "nom", "".join(mot.capitalize() for mot in self.singulier.split("_")))


def _vers(sortie: type[Sortie]) -> Callable[[SQLModel], Sortie]:
    """How a row of the table is served."""
    champs = sortie.model_fields

    def servir(ligne: SQLModel) -> Sortie:
        return sortie.model_validate({champ: getattr(ligne, champ) for champ in champs})

    return servir


def monter(routeur: APIRouter, table: TableSimple) -> None:
    """Register the five operations of a table."""
    entree, sortie = table.entree, sortie_de(table.entree, f"{table.nom}Sortie")
    page_de: Any = Page.__class_getitem__(sortie)  # a type made at run time
    modification = modification_de(entree, f"{table.nom}Modification", sans=frozenset({table.cle}))
    vers = _vers(sortie)
    colonne = col(getattr(table.ligne, table.cle))
    un, cle_url = table.singulier, "/{" + table.cle + "}"
    etiquette: dict[str, Any] = {"tags": [table.chemin]}

    async def lister(ctx: Ctx, page: Paginer, request: Request, response: Response) -> Any:
        lignes, suivant = await lire_page(ctx, select(table.ligne), page, ([colonne], False))
        lier_suite(request, response, suivant)
        return page_de(data=[vers(une) for une in lignes], curseur_suivant=suivant)

    async def creer(ctx: Ctx, corps: entree, response: Response) -> Any:  # type: ignore[valid-type]
        ligne = table.ligne(**champs_de(corps))
        cle = str(getattr(ligne, table.cle))
        await inserer(ctx, ligne, un, cle, vers(ligne))
        response.headers["location"] = f"/v1/{table.chemin}/{cle}"
        return _servir(ctx, ligne)

    async def lire(ctx: Ctx, code: CodeUrl) -> Any:
        return _servir(ctx, await charger(ctx, table.ligne, code, un))

    async def changer(ctx: Ctx, code: CodeUrl, corps: modification) -> Any:  # type: ignore[valid-type]
        ligne = await charger(ctx, table.ligne, code, un, verrou=True)
        ctx.exiger_version(ligne.version)  # type: ignore[attr-defined]
        complete = fusionner(entree, vers(ligne), corps)
        await modifier(ctx, ligne, champs_de(complete), ressource=un, identifiant=code, vers=vers)
        return _servir(ctx, ligne)

    async def effacer(ctx: Ctx, code: CodeUrl) -> None:
        ligne = await charger(ctx, table.ligne, code, un, verrou=True)
        ctx.exiger_version(ligne.version)  # type: ignore[attr-defined]
        await supprimer(ctx, ligne, un, code, vers(ligne))

    def _servir(ctx: Contexte, ligne: SQLModel) -> Sortie:
        ctx.servir_version(ligne.version)  # type: ignore[attr-defined]
        return vers(ligne)

    for verbe in (lire, changer, effacer):
        verbe.__annotations__ = {
            **verbe.__annotations__,
            "code": Annotated[
                str, StringConstraints(min_length=1, max_length=20, pattern=MOTIF_CLE), Path(alias=table.cle)
            ],
        }
    ajouter = routeur.add_api_route
    pluriel = table.chemin.replace("-", "_")
    ajouter(
        f"/{table.chemin}",
        lister,
        methods=["GET"],
        response_model=page_de,
        operation_id=f"lister_{pluriel}",
        summary=f"List: {table.resume}",
        **etiquette,
    )
    ajouter(
        f"/{table.chemin}",
        creer,
        methods=["POST"],
        status_code=201,
        response_model=sortie,
        operation_id=f"creer_{un}",
        summary=f"Create one of: {table.resume}",
        **etiquette,
    )
    ajouter(
        f"/{table.chemin}{cle_url}",
        lire,
        methods=["GET"],
        response_model=sortie,
        operation_id=f"lire_{un}",
        summary=f"Read one of: {table.resume}",
        **etiquette,
    )
    ajouter(
        f"/{table.chemin}{cle_url}",
        changer,
        methods=["PATCH"],
        response_model=sortie,
        operation_id=f"modifier_{un}",
        summary=f"Change one of: {table.resume}",
        **etiquette,
    )
    ajouter(
        f"/{table.chemin}{cle_url}",
        effacer,
        methods=["DELETE"],
        status_code=204,
        operation_id=f"supprimer_{un}",
        summary=f"Delete one of: {table.resume}",
        **etiquette,
    )
