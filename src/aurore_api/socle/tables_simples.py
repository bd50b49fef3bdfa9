"""One piece serves every plain table (TAB-01): list, read, create, change and delete rows by their natural key."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Annotated, Any, TypeVar
from urllib.parse import quote

from fastapi import APIRouter, Path, Request, Response
from pydantic import ConfigDict, StringConstraints, create_model
from sqlalchemy import select
from sqlmodel import SQLModel, col

from aurore_api.socle.contexte import Contexte, Ctx
from aurore_api.socle.crud import champs_de, charger, fusionner, inserer, modification_de, modifier, supprimer
from aurore_api.socle.pagination import Page, Paginer, lier_suite, lire_page
from aurore_api.socle.types import MOTIF_CLE, Entree, Sortie, Version

E = TypeVar("E", bound=Entree)


def sortie_de(entree: type[Entree], nom: str) -> type[Sortie]:
    """What is served of a table's row: what came in, and its version."""

    class _Servie(Sortie):
        model_config = ConfigDict(extra="ignore")

    champs: dict[str, Any] = {champ: (info.annotation, info) for champ, info in entree.model_fields.items()}
    return create_model(nom, __base__=_Servie, **champs, version=(Version, ...))


async def _sans_regle(_ctx: Contexte, _ligne: Any, _entree: Any) -> None:
    """Nothing of a row's change concerns others."""


@dataclass(frozen=True)
class TableSimple:
    """A table that needs no rule of its own, or only one about changes."""

    chemin: str
    """Path under `/v1`, plural: `codes-tva`."""
    singulier: str
    """Name of one row in events and operation ids: `code_tva`."""
    ligne: type[SQLModel]
    entree: type[Entree]
    resume: str
    cle: str = "code"
    verifier: Callable[[Contexte, Any, Any], Awaitable[None]] = _sans_regle
    """Refuses that a locked row becomes what came in."""
    nom: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "nom", "".join(mot.capitalize() for mot in self.singulier.split("_")))


@dataclass(frozen=True)
class _Formes:
    """The types of one table in JSON, made at run time: what mypy cannot take for types below."""

    modification: type[Entree]
    sortie: type[Sortie]
    page: Any
    cle: Any
    """The key in a path."""

    def servir(self, ligne: SQLModel) -> Sortie:
        """A row as it is served."""
        return self.sortie.model_validate({champ: getattr(ligne, champ) for champ in self.sortie.model_fields})

    def repondre(self, ctx: Contexte, ligne: SQLModel) -> Sortie:
        """A row as the answer, with its ETag."""
        ctx.servir_version(ligne.version)  # type: ignore[attr-defined]  # every plain table is Versionnee
        return self.servir(ligne)


def _formes(table: TableSimple) -> _Formes:
    sortie = sortie_de(table.entree, f"{table.nom}Sortie")
    contraintes = StringConstraints(min_length=1, max_length=20, pattern=MOTIF_CLE)
    return _Formes(
        modification=modification_de(table.entree, f"{table.nom}Modification", sans=frozenset({table.cle})),
        sortie=sortie,
        page=Page.__class_getitem__(sortie),
        cle=Annotated[str, contraintes, Path(alias=table.cle)],
    )


def _lectures(table: TableSimple, formes: _Formes) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """List the rows; read one."""
    colonne = col(getattr(table.ligne, table.cle))
    cle_url = formes.cle

    async def lister(ctx: Ctx, page: Paginer, request: Request, response: Response) -> Any:
        lignes, suivant = await lire_page(ctx, select(table.ligne), page, ([colonne], False))
        lier_suite(request, response, suivant)
        return formes.page(data=[formes.servir(une) for une in lignes], curseur_suivant=suivant)

    async def lire(ctx: Ctx, code: cle_url) -> Any:  # type: ignore[valid-type]
        return formes.repondre(ctx, await charger(ctx, table.ligne, code, table.singulier))

    return lister, lire


def _ecritures(
    table: TableSimple, formes: _Formes
) -> tuple[Callable[..., Any], Callable[..., Any], Callable[..., Any]]:
    """Create, change and delete a row."""
    un, cle_url, entree, modification = table.singulier, formes.cle, table.entree, formes.modification

    async def verrouiller(ctx: Contexte, code: str) -> SQLModel:
        ligne = await charger(ctx, table.ligne, code, un, verrou=True)
        ctx.exiger_version(ligne.version)  # type: ignore[attr-defined]
        return ligne

    async def creer(ctx: Ctx, corps: entree, response: Response) -> Any:  # type: ignore[valid-type]
        ligne = table.ligne(**champs_de(corps))
        cle = str(getattr(ligne, table.cle))
        await inserer(ctx, ligne, un, cle, formes.servir(ligne))
        response.headers["location"] = f"/v1/{table.chemin}/{quote(cle)}"
        return formes.repondre(ctx, ligne)

    async def changer(ctx: Ctx, code: cle_url, corps: modification) -> Any:  # type: ignore[valid-type]
        ligne = await verrouiller(ctx, code)
        complete = fusionner(entree, formes.servir(ligne), corps)
        await table.verifier(ctx, ligne, complete)
        await modifier(ctx, ligne, champs_de(complete), ressource=un, identifiant=code, vers=formes.servir)
        return formes.repondre(ctx, ligne)

    async def effacer(ctx: Ctx, code: cle_url) -> None:  # type: ignore[valid-type]
        ligne = await verrouiller(ctx, code)
        await supprimer(ctx, ligne, un, code, formes.servir(ligne))

    return creer, changer, effacer


def monter(routeur: APIRouter, table: TableSimple) -> None:
    """Register the five operations of a table."""
    formes = _formes(table)
    lister, lire = _lectures(table, formes)
    creer, changer, effacer = _ecritures(table, formes)
    tous, un = f"/{table.chemin}", f"/{table.chemin}/{{{table.cle}}}"
    pluriel, singulier, resume = table.chemin.replace("-", "_"), table.singulier, f"one of: {table.resume}"
    for methode, chemin, verbe, statut, reponse, operation, dit in (
        ("GET", tous, lister, 200, formes.page, f"lister_{pluriel}", f"List: {table.resume}"),
        ("POST", tous, creer, 201, formes.sortie, f"creer_{singulier}", f"Create {resume}"),
        ("GET", un, lire, 200, formes.sortie, f"lire_{singulier}", f"Read {resume}"),
        ("PATCH", un, changer, 200, formes.sortie, f"modifier_{singulier}", f"Change {resume}"),
        ("DELETE", un, effacer, 204, None, f"supprimer_{singulier}", f"Delete {resume}"),
    ):
        routeur.add_api_route(
            chemin,
            verbe,
            methods=[methode],
            status_code=statut,
            response_model=reponse,
            operation_id=operation,
            summary=dit,
            tags=[table.chemin],
        )
