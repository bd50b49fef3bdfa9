"""The verbs of preferred units: in which unit a client orders an article (CLI-09)."""

from sqlmodel import col

from aurore_api.clients import requetes
from aurore_api.clients.commun import CLIENT, verrouiller
from aurore_api.clients.schemas import UnitePrefereeEntree, UnitePrefereeSortie
from aurore_api.clients.tables import Client, UnitePreferee
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.crud import charger, fusionner, inserer, modifier, supprimer
from aurore_api.socle.pagination import Page, Pagination, lire_page
from aurore_api.socle.types import Entree

RESSOURCE = "unite_preferee"


def _servie(ligne: UnitePreferee) -> UnitePrefereeSortie:
    return UnitePrefereeSortie.model_validate(ligne)


def _identifiant(ligne: UnitePreferee) -> str:
    return f"{ligne.client}/{ligne.article}"


async def lister(ctx: Contexte, client: str, page: Pagination) -> Page[UnitePrefereeSortie]:
    """A page of a client's preferred units, by article."""
    await charger(ctx, Client, client, CLIENT)
    lignes, suivant = await lire_page(
        ctx, requetes.unites_du_client(client), page, ([col(UnitePreferee.article)], False)
    )
    return Page[UnitePrefereeSortie](data=[_servie(une) for une in lignes], curseur_suivant=suivant)


async def lire(ctx: Contexte, client: str, article: str) -> UnitePrefereeSortie:
    """The unit that a client orders an article in."""
    return _servie(await charger(ctx, UnitePreferee, (client, article), RESSOURCE))


async def creer(ctx: Contexte, client: str, entree: UnitePrefereeEntree) -> UnitePrefereeSortie:
    """Say which unit of an article a client orders in; the database refuses one that is not the article's."""
    await verrouiller(ctx, client)
    ligne = UnitePreferee(client=client, **entree.model_dump())
    await inserer(ctx, ligne, RESSOURCE, _identifiant(ligne), _servie(ligne))
    return _servie(ligne)


async def changer(ctx: Contexte, client: str, article: str, modification: Entree) -> UnitePrefereeSortie:
    """Prefer another unit of the article."""
    ligne = await _verrouiller(ctx, client, article)
    champs = fusionner(UnitePrefereeEntree, _servie(ligne), modification).model_dump()
    await modifier(ctx, ligne, champs, ressource=RESSOURCE, identifiant=_identifiant(ligne), vers=_servie)
    return _servie(ligne)


async def effacer(ctx: Contexte, client: str, article: str) -> None:
    """Prefer no unit of the article any more."""
    ligne = await _verrouiller(ctx, client, article)
    await supprimer(ctx, ligne, RESSOURCE, _identifiant(ligne), _servie(ligne))


async def vider(ctx: Contexte, client: str, *, avec_avant: bool) -> None:
    """Remove every preferred unit of a locked client that goes; `avec_avant`: the events tell what there was."""
    for une in (await ctx.session.scalars(requetes.unites_du_client(client))).all():
        await supprimer(ctx, une, RESSOURCE, _identifiant(une), _servie(une) if avec_avant else None)


async def _verrouiller(ctx: Contexte, client: str, article: str) -> UnitePreferee:
    await verrouiller(ctx, client)
    ligne = await charger(ctx, UnitePreferee, (client, article), RESSOURCE, verrou=True)
    ctx.exiger_version(ligne.version)
    return ligne
