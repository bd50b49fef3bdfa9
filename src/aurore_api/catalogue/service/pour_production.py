"""What the production list asks of articles (MAG-20)."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from aurore_api.catalogue.tables import Article, UniteSupplementaire
from aurore_api.socle.colonnes import nue, un_de
from aurore_api.socle.contexte import Contexte
from aurore_api.tables.service import referentiel
from aurore_domain.unites import Conversion

_A, _U = nue(Article), nue(UniteSupplementaire)


@dataclass(frozen=True, slots=True)
class ArticleAProduire:
    """An article as its line on the list has it; `conversion` is that of `unite_production`, None in base unit."""

    designation: str
    famille: str | None
    unite: str
    unite_production: str | None
    conversion: Conversion | None


async def pour_production(ctx: Contexte, numeros: Collection[str]) -> dict[str, ArticleAProduire]:
    """These articles by number, in one statement; unknown ones are absent."""
    decimales = (await referentiel(ctx)).unites
    requete = (
        select(
            _A.numero,
            _A.designation,
            _A.famille,
            _A.unite,
            _A.unite_production,
            _U.facteur,
            _U.operateur,
            _U.decimales,
        )
        .outerjoin(_U.article.table, (_U.article == _A.numero) & (_U.abreviation == _A.unite_production))
        .where(_A.numero == un_de(numeros))
    )
    trouves: dict[str, ArticleAProduire] = {}
    for numero, designation, famille, unite, produite, facteur, operateur, fines in await ctx.session.execute(requete):
        conversion = facteur and Conversion(
            facteur=facteur, operateur=operateur, decimales=fines, decimales_base=decimales[unite]
        )
        trouves[numero] = ArticleAProduire(designation, famille, unite, produite, conversion)
    return trouves


async def articles_des_familles(ctx: Contexte, familles: Collection[str]) -> list[str]:
    """The numbers of the articles of these families."""
    return list((await ctx.session.scalars(select(_A.numero).where(_A.famille == un_de(familles)))).all())


async def familles_des_articles(ctx: Contexte, numeros: Collection[str]) -> dict[str, str | None]:
    """The family of each of these articles, None where it has none."""
    requete = select(_A.numero, _A.famille).where(_A.numero == un_de(numeros))
    return dict(rang for rang in await ctx.session.execute(requete))
