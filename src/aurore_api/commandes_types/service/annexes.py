"""What belongs to a standing order (overrides, pauses) behaves alike: one piece has the verbs of both.

Every change locks the standing order first and the row second.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from aurore_api.commandes_types import requetes
from aurore_api.commandes_types.schemas import (
    ExceptionCommandeTypeEntree,
    ExceptionCommandeTypeSortie,
    PauseEntree,
    PauseSortie,
)
from aurore_api.commandes_types.service import avertir
from aurore_api.commandes_types.service.articles import verifier_exception
from aurore_api.commandes_types.service.chargement import charger
from aurore_api.commandes_types.tables import CommandeType, ExceptionCommandeType, PauseCommandeType
from aurore_api.socle.colonnes import nue
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.crud import fusionner, inserer, modifier, supprimer
from aurore_api.socle.erreurs import RessourceAbsente
from aurore_api.socle.pagination import Page, Pagination, lire_page
from aurore_api.socle.types import Entree, Sortie

E = TypeVar("E", bound=Entree)
S = TypeVar("S", bound=Sortie)


async def _rien(_ctx: Contexte, _entree: Any) -> None:
    """No check of its own."""


async def _sans_avis(_ctx: Contexte, _commande_type: CommandeType, _sortie: Any) -> None:
    """Nothing to warn of."""


@dataclass(frozen=True, kw_only=True)
class Annexe(Generic[E, S]):
    """A collection of rows that belong to standing orders."""

    ressource: str
    ligne: Any
    entree: type[E]
    sortie: type[S]
    ordre: tuple[str, ...]
    """The columns that a list is sorted by; unique together."""
    verifier: Callable[[Contexte, E], Awaitable[None]] = _rien
    avertir: Callable[[Contexte, CommandeType, S], Awaitable[None]] = _sans_avis
    """Puts into an answer what is worth a second look."""

    def vers(self, ligne: Any) -> S:
        """The row as it is served."""
        return self.sortie.model_validate(ligne)

    async def trouver(self, ctx: Contexte, commande_type: int, identifiant: int, *, verrou: bool = False) -> Any:
        """A row of a standing order.

        Raises:
            RessourceAbsente: it has none of this id.
        """
        ligne = await requetes.annexe(ctx, self.ligne, commande_type, identifiant, verrou=verrou)
        if ligne is None:
            raise RessourceAbsente(ressource=self.ressource, cle=identifiant)
        return ligne


async def _avertir_de_l_exception(
    ctx: Contexte, commande_type: CommandeType, sortie: ExceptionCommandeTypeSortie
) -> None:
    sortie.avertissements = await avertir.de_l_exception(ctx, commande_type, sortie.date)


EXCEPTIONS = Annexe(
    ressource="exception_commande_type",
    ligne=ExceptionCommandeType,
    entree=ExceptionCommandeTypeEntree,
    sortie=ExceptionCommandeTypeSortie,
    ordre=("date", "article", "id"),
    verifier=verifier_exception,
    avertir=_avertir_de_l_exception,
)
"""One-day overrides."""

PAUSES = Annexe(
    ressource="pause_commande_type",
    ligne=PauseCommandeType,
    entree=PauseEntree,
    sortie=PauseSortie,
    ordre=("du", "id"),
)
"""Pauses."""

TOUTES: tuple[Annexe[Any, Any], ...] = (EXCEPTIONS, PAUSES)


@dataclass(frozen=True, slots=True)
class Lieu:
    """The standing order of a path: its client and its id."""

    client: str
    commande_type: int


async def lister(ctx: Contexte, annexe: Annexe[E, S], lieu: Lieu, page: Pagination) -> Page[S]:
    """A page of what belongs to a standing order, by day."""
    await charger(ctx, lieu.client, lieu.commande_type)
    colonnes = [nue(annexe.ligne)[nom] for nom in annexe.ordre]
    requete = requetes.des_annexes(annexe.ligne, lieu.commande_type)
    lignes, suivant = await lire_page(ctx, requete, page, (colonnes, False))
    return Page[S](data=[annexe.vers(une) for une in lignes], curseur_suivant=suivant)


async def lire(ctx: Contexte, annexe: Annexe[E, S], lieu: Lieu, identifiant: int) -> S:
    """One row of a standing order."""
    await charger(ctx, lieu.client, lieu.commande_type)
    return annexe.vers(await annexe.trouver(ctx, lieu.commande_type, identifiant))


async def creer(ctx: Contexte, annexe: Annexe[E, S], lieu: Lieu, entree: E) -> S:
    """Add a row to a standing order."""
    commande_type = await charger(ctx, lieu.client, lieu.commande_type, verrou=True)
    await annexe.verifier(ctx, entree)
    ligne = annexe.ligne(commande_type=lieu.commande_type, **entree.model_dump())
    ctx.session.add(ligne)
    await ctx.session.flush()
    sortie = annexe.vers(ligne)
    await inserer(ctx, ligne, annexe.ressource, str(ligne.id), sortie)
    await annexe.avertir(ctx, commande_type, sortie)
    return sortie


async def changer(ctx: Contexte, annexe: Annexe[E, S], lieu: Lieu, identifiant: int, modification: Entree) -> S:
    """Change some fields of a row."""
    commande_type = await charger(ctx, lieu.client, lieu.commande_type, verrou=True)
    ligne = await annexe.trouver(ctx, lieu.commande_type, identifiant, verrou=True)
    ctx.exiger_version(ligne.version)
    entree = fusionner(annexe.entree, annexe.vers(ligne), modification)
    await annexe.verifier(ctx, entree)
    champs = entree.model_dump()
    await modifier(ctx, ligne, champs, ressource=annexe.ressource, identifiant=str(identifiant), vers=annexe.vers)
    sortie = annexe.vers(ligne)
    await annexe.avertir(ctx, commande_type, sortie)
    return sortie


async def effacer(ctx: Contexte, annexe: Annexe[E, S], lieu: Lieu, identifiant: int) -> None:
    """Remove a row."""
    await charger(ctx, lieu.client, lieu.commande_type, verrou=True)
    ligne = await annexe.trouver(ctx, lieu.commande_type, identifiant, verrou=True)
    ctx.exiger_version(ligne.version)
    await supprimer(ctx, ligne, annexe.ressource, str(identifiant), annexe.vers(ligne))


async def vider(ctx: Contexte, annexe: Annexe[E, S], commande_type: int) -> None:
    """Remove all of a locked standing order's rows."""
    for ligne in await requetes.annexes(ctx, annexe.ligne, commande_type):
        await supprimer(ctx, ligne, annexe.ressource, str(ligne.id), annexe.vers(ligne))
