"""What belongs to an article (units, tariffs, labels, taxes, suppliers) behaves alike: one piece has their verbs.

Every change locks the article first and its row second, so that checks which look at both cannot be overtaken.
"""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import inspect

from aurore_api.catalogue import requetes
from aurore_api.catalogue.tables import Article, LigneDArticle
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.crud import charger, fusionner, modifier, supprimer
from aurore_api.socle.journal import consigner, ecrit
from aurore_api.socle.pagination import Page, Pagination, lire_page
from aurore_api.socle.types import Entree, Sortie
from aurore_api.socle.verrous import seul

E = TypeVar("E", bound=Entree)
S = TypeVar("S", bound=Sortie)


def _rien(_article: Article, _concerne: Any) -> None:
    """No check of its own."""


def _sans_garde(_ctx: Contexte, _article: str, _entree: Any) -> AbstractAsyncContextManager[None]:
    """Nothing around its writes."""
    return nullcontext()


@dataclass(frozen=True, kw_only=True)
class Annexe(Generic[E, S]):
    """A collection of rows that belong to articles."""

    ressource: str
    """Name of one row in events and operation ids."""
    ligne: type[LigneDArticle]
    entree: type[E]
    sortie: type[S]
    ordre: tuple[str, ...]
    """The columns that a list is sorted by; they are unique within an article."""
    verifier: Callable[[Article, E], None] = _rien
    """Refuses what comes in where it contradicts the article."""
    retenir: Callable[[Article, S], None] = _rien
    """Refuses that a row goes which the article needs."""
    garde: Callable[[Contexte, str, E], AbstractAsyncContextManager[None]] = _sans_garde
    """Stands around the write of a row, to name what the database refuses of it."""
    sujet: str | None = None
    """What adding a row holds alone, before any lock on rows, where its check looks at those of many articles."""

    def vers(self, ligne: LigneDArticle) -> S:
        """The row as it is served."""
        return self.sortie.model_validate(ligne)

    def identifiant(self, ligne: LigneDArticle) -> str:
        """What events call a stored row: `BAG/CT6`."""
        return "/".join(map(str, inspect(ligne).identity))


async def _article(ctx: Contexte, numero: str, *, verrou: bool = False) -> Article:
    return await charger(ctx, Article, numero, "article", verrou=verrou)


async def lister(ctx: Contexte, annexe: Annexe[E, S], numero: str, page: Pagination) -> Page[S]:
    """A page of what belongs to an article."""
    await _article(ctx, numero)
    colonnes = [getattr(annexe.ligne, nom) for nom in annexe.ordre]
    lignes, suivant = await lire_page(ctx, requetes.de_l_article(annexe.ligne, numero), page, (colonnes, False))
    return Page[S](data=[annexe.vers(une) for une in lignes], curseur_suivant=suivant)


async def creer(ctx: Contexte, annexe: Annexe[E, S], numero: str, entree: E) -> S:
    """Add a row to an article."""
    if annexe.sujet is not None:
        await seul(ctx, annexe.sujet)
    annexe.verifier(await _article(ctx, numero, verrou=True), entree)
    ligne = annexe.ligne(article=numero, **entree.model_dump())
    async with annexe.garde(ctx, numero, entree):
        ctx.session.add(ligne)
        await ctx.session.flush()
    sortie = annexe.vers(ligne)
    await consigner(ctx, annexe.ressource, annexe.identifiant(ligne), "creation", None, ecrit(sortie))
    return sortie


async def lire(ctx: Contexte, annexe: Annexe[E, S], numero: str, cle: str | int) -> S:
    """One row of an article."""
    return annexe.vers(await charger(ctx, annexe.ligne, (numero, cle), annexe.ressource))


async def changer(ctx: Contexte, annexe: Annexe[E, S], numero: str, cle: str | int, modification: Entree) -> S:
    """Change some fields of a row."""
    await _article(ctx, numero, verrou=True)
    ligne = await charger(ctx, annexe.ligne, (numero, cle), annexe.ressource, verrou=True)
    ctx.exiger_version(ligne.version)
    entree, identifiant = fusionner(annexe.entree, annexe.vers(ligne), modification), annexe.identifiant(ligne)
    async with annexe.garde(ctx, numero, entree):
        await modifier(
            ctx, ligne, entree.model_dump(), ressource=annexe.ressource, identifiant=identifiant, vers=annexe.vers
        )
    return annexe.vers(ligne)


async def effacer(ctx: Contexte, annexe: Annexe[E, S], numero: str, cle: str | int) -> None:
    """Take a row from an article."""
    article = await _article(ctx, numero, verrou=True)
    ligne = await charger(ctx, annexe.ligne, (numero, cle), annexe.ressource, verrou=True)
    ctx.exiger_version(ligne.version)
    annexe.retenir(article, annexe.vers(ligne))
    await _supprimer(ctx, annexe, ligne)


async def vider(ctx: Contexte, annexe: Annexe[E, S], numero: str) -> None:
    """Take every row from a locked article that is about to go."""
    for ligne in (await ctx.session.scalars(requetes.de_l_article(annexe.ligne, numero))).all():
        await _supprimer(ctx, annexe, ligne)


async def _supprimer(ctx: Contexte, annexe: Annexe[E, S], ligne: LigneDArticle) -> None:
    await supprimer(ctx, ligne, annexe.ressource, annexe.identifiant(ligne), annexe.vers(ligne))
