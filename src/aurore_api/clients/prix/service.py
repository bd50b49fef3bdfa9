"""The verbs of clients' own prices, and what documents ask of them (CLI-09)."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from sqlmodel import col

from aurore_api.catalogue.service import ArticleDeDocument, pour_documents
from aurore_api.clients.commun import CLIENT, verrouiller
from aurore_api.clients.prix import requetes
from aurore_api.clients.prix.schemas import FiltrePrixClient, PrixClientEntree, PrixClientSortie, PrixDeClient
from aurore_api.clients.schemas import ClientDeDocument
from aurore_api.clients.tables import Client, PrixClient
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.crud import champs_de, charger, fusionner, modifier, supprimer
from aurore_api.socle.erreurs import RessourceAbsente
from aurore_api.socle.journal import consigner, ecrit
from aurore_api.socle.pagination import Page, lire_page
from aurore_api.socle.types import Entree

RESSOURCE = "prix_client"


def _servie(ligne: PrixClient) -> PrixClientSortie:
    return PrixClientSortie.model_validate(ligne)


def _identifiant(ligne: PrixClient) -> str:
    return f"{ligne.client}/{ligne.id}"


async def lister(ctx: Contexte, client: str, filtre: FiltrePrixClient) -> Page[PrixClientSortie]:
    """A page of a client's rows, oldest first."""
    await charger(ctx, Client, client, CLIENT)
    trouvees = requetes.filtrees(client, filtre)
    lignes, suivant = await lire_page(ctx, trouvees, filtre, ([col(PrixClient.id)], False))
    return Page[PrixClientSortie](data=[_servie(une) for une in lignes], curseur_suivant=suivant)


async def lire(ctx: Contexte, client: str, identifiant: int) -> PrixClientSortie:
    """One row of a client."""
    return _servie(await _trouver(ctx, client, identifiant))


async def creer(ctx: Contexte, client: str, entree: PrixClientEntree) -> PrixClientSortie:
    """Store a row; the database refuses one that would hold on a day with another of the same article or famille."""
    await verrouiller(ctx, client)
    ligne = PrixClient(client=client, **champs_de(entree))
    ctx.session.add(ligne)
    await ctx.session.flush()
    await consigner(ctx, RESSOURCE, _identifiant(ligne), "creation", None, ecrit(_servie(ligne)))
    return _servie(ligne)


async def changer(ctx: Contexte, client: str, identifiant: int, modification: Entree) -> PrixClientSortie:
    """Replace the fields given; documents keep the prices that they have."""
    ligne = await _verrouiller(ctx, client, identifiant)
    complete = fusionner(PrixClientEntree, _servie(ligne), modification)
    await modifier(ctx, ligne, champs_de(complete), ressource=RESSOURCE, identifiant=_identifiant(ligne), vers=_servie)
    return _servie(ligne)


async def effacer(ctx: Contexte, client: str, identifiant: int) -> None:
    """Remove a row; documents keep the prices that they have."""
    ligne = await _verrouiller(ctx, client, identifiant)
    await supprimer(ctx, ligne, RESSOURCE, _identifiant(ligne), _servie(ligne))


async def vider(ctx: Contexte, client: str, *, avec_avant: bool) -> None:
    """Remove every row of a locked client that goes; `avec_avant`: the events tell what there was."""
    for une in await requetes.toutes(ctx, client):
        await supprimer(ctx, une, RESSOURCE, _identifiant(une), _servie(une) if avec_avant else None)


async def _trouver(ctx: Contexte, client: str, identifiant: int, *, verrou: bool = False) -> PrixClient:
    ligne = await requetes.ligne(ctx, client, identifiant, verrou=verrou)
    if ligne is None:
        raise RessourceAbsente(ressource=RESSOURCE, cle=identifiant)
    return ligne


async def _verrouiller(ctx: Contexte, client: str, identifiant: int) -> PrixClient:
    """Lock a row behind its client, the order in which every change of what belongs to a client locks."""
    await verrouiller(ctx, client)
    ligne = await _trouver(ctx, client, identifiant, verrou=True)
    ctx.exiger_version(ligne.version)
    return ligne


async def prix_des_articles(
    ctx: Contexte, client: ClientDeDocument, familles: Mapping[str, str | None]
) -> dict[str, tuple[PrixDeClient, ...]]:
    """A client's rows for each of these articles, whatever their dates: its own first, then those of its famille.

    `familles` says which famille each article is in. One statement, however many there are; none for a client that has
    no prices of its own.
    """
    if not client.prix_propres or not familles:
        return {}
    par_article: dict[str, list[PrixDeClient]] = {}
    par_famille: dict[str, list[PrixDeClient]] = {}
    for une in await requetes.des_articles(ctx, client.numero, familles, {un for un in familles.values() if un}):
        if une.article is not None:
            par_article.setdefault(une.article, []).append(une)
        elif une.famille is not None:
            par_famille.setdefault(une.famille, []).append(une)
    return {
        article: (*par_article.get(article, ()), *par_famille.get(famille or "", ()))
        for article, famille in familles.items()
    }


async def articles_du_client(
    ctx: Contexte,
    client: ClientDeDocument,
    numeros: Collection[str],
    *,
    decimales: Mapping[str, int] | None = None,
) -> dict[str, ArticleDeDocument]:
    """Articles as a client buys them: in its tariff, by the name that it knows, with the prices that it agreed.

    Unknown numbers are absent. `decimales` are those of the units, where the caller has them already.
    """
    articles = await pour_documents(
        ctx, numeros, tarif=client.tarif, code_libelle=client.code_libelle, decimales=decimales
    )
    siens = await prix_des_articles(ctx, client, {un.numero: un.famille for un in articles.values()})
    return {
        numero: replace(article, prix_client=siens[numero]) if siens.get(numero) else article
        for numero, article in articles.items()
    }
