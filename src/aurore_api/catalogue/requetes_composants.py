"""The SQL of what assembled articles are made of (ART-11)."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ARRAY, CTE, Select, Text, exists, func, literal, select
from sqlmodel import col

from aurore_api.catalogue.tables import Article, Composant, UniteSupplementaire
from aurore_api.socle.contexte import Contexte


def utilise_dans(article: str) -> Select[Any]:
    """The rows that an article is the component of."""
    return select(Composant).where(col(Composant.composant) == article)


async def a_des_composants(ctx: Contexte, article: str) -> bool:
    """Whether an article has a component."""
    return bool(await ctx.session.scalar(select(exists().where(col(Composant.article) == article))))


async def abreviations(ctx: Contexte, article: str) -> list[str]:
    """The supplementary units of an article, sorted."""
    colonne = col(UniteSupplementaire.abreviation)
    requete = select(colonne).where(col(UniteSupplementaire.article) == article).order_by(colonne)
    return list(await ctx.session.scalars(requete))


def _dessous(articles: Collection[str]) -> CTE:
    """Articles and all that they are made of, each once: UNION drops what was met before, by any way."""
    atteints = select(func.unnest(literal(list(articles), ARRAY(Text))).label("numero")).cte("atteints", recursive=True)
    return atteints.union(select(col(Composant.composant)).join(atteints, col(Composant.article) == atteints.c.numero))


async def aretes_des_composants(ctx: Contexte, article: str) -> dict[str, set[str]]:
    """What an article is made of, what that is made of, and so on: components by article."""
    atteints = _dessous([article])
    requete = select(col(Composant.article), col(Composant.composant)).join(
        atteints, col(Composant.article) == atteints.c.numero
    )
    aretes: dict[str, set[str]] = {}
    for assemble, composant in await ctx.session.execute(requete):
        aretes.setdefault(assemble, set()).add(composant)
    return aretes


async def nomenclatures(
    ctx: Contexte, articles: Collection[str]
) -> Sequence[tuple[Composant, Article, UniteSupplementaire | None]]:
    """The same with all that adding it up takes, in one statement: row, component, unit that it is counted in."""
    atteints = _dessous(articles)
    requete = (
        select(Composant, Article, UniteSupplementaire)
        .join(atteints, col(Composant.article) == atteints.c.numero)
        .join(Article, col(Article.numero) == col(Composant.composant))
        .outerjoin(
            UniteSupplementaire,
            (col(UniteSupplementaire.article) == col(Composant.composant))
            & (col(UniteSupplementaire.abreviation) == col(Composant.unite)),
        )
    )
    return [(ligne, composant, unite) for ligne, composant, unite in await ctx.session.execute(requete)]
