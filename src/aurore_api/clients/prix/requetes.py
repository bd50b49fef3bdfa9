"""The SQL of clients' own prices."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ARRAY, Select, Text, any_, bindparam, or_, select
from sqlmodel import col

from aurore_api.clients.prix.schemas import FiltrePrixClient, PrixDeClient
from aurore_api.clients.tables import PrixClient
from aurore_api.socle.colonnes import nue
from aurore_api.socle.contexte import Contexte

_PRIX = nue(PrixClient)
_CHAMPS = ("id", "article", "famille", "valeur", "remise", "du", "au")


def lignes(client: str) -> Select[Any]:
    """All rows of a client."""
    return select(PrixClient).where(col(PrixClient.client) == client)


def filtrees(client: str, filtre: FiltrePrixClient) -> Select[Any]:
    """The rows of a client that a filter lets through."""
    requete = lignes(client)
    if filtre.article is not None:
        requete = requete.where(col(PrixClient.article) == filtre.article)
    if filtre.famille is not None:
        requete = requete.where(col(PrixClient.famille) == filtre.famille)
    if filtre.date is not None:
        requete = requete.where(or_(_PRIX.du.is_(None), _PRIX.du <= filtre.date))
        requete = requete.where(or_(_PRIX.au.is_(None), _PRIX.au >= filtre.date))
    return requete


async def ligne(ctx: Contexte, client: str, identifiant: int, *, verrou: bool = False) -> PrixClient | None:
    """One row of a client, locked for a change when asked."""
    requete = lignes(client).where(col(PrixClient.id) == identifiant)
    return (await ctx.session.scalars(requete.with_for_update() if verrou else requete)).one_or_none()


async def toutes(ctx: Contexte, client: str) -> Sequence[PrixClient]:
    """Every row of a client, oldest first."""
    return (await ctx.session.scalars(lignes(client).order_by(col(PrixClient.id)))).all()


_DES_ARTICLES = (
    select(*(_PRIX[nom] for nom in _CHAMPS))
    .where(
        _PRIX.client == bindparam("client"),
        or_(
            _PRIX.article == any_(bindparam("articles", type_=ARRAY(Text))),
            _PRIX.famille == any_(bindparam("familles", type_=ARRAY(Text))),
        ),
    )
    .order_by(_PRIX.article.is_(None), _PRIX.id)
)


async def des_articles(
    ctx: Contexte, client: str, articles: Collection[str], familles: Collection[str]
) -> list[PrixDeClient]:
    """A client's rows for these articles and familles in one statement, built once; those for articles first."""
    valeurs = {"client": client, "articles": list(articles), "familles": list(familles)}
    return [PrixDeClient(*une) for une in (await ctx.session.execute(_DES_ARTICLES, valeurs)).all()]
