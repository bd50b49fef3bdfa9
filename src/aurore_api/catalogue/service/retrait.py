"""How an article goes: for good, or from sale only where documents have it (ART-08)."""

from aurore_api.catalogue.erreurs import ArticleLuiMeme, ArticleNonStatistique, TypeArticleFige
from aurore_api.catalogue.schemas import ArticleEnregistre
from aurore_api.catalogue.service import annexes
from aurore_api.catalogue.service.collections import TOUTES
from aurore_api.catalogue.tables import Article
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.crud import charger, modifier, supprimer
from aurore_api.socle.erreurs import EnUtilisation, ReferenceInconnue
from aurore_api.socle.utilisations import Utilisation, utilisations

RESSOURCE = "article"
_STOCK = frozenset({"stocks", "valorisations"})
"""What the documents of an article leave behind."""
_DOCUMENTS = frozenset({"lignes"}) | _STOCK
LES_SIENS = frozenset(f"fk_{une.ligne.__tablename__}_article" for une in TOUTES)
"""What refers to an article because it belongs to it."""


async def _usages(ctx: Contexte, numero: str) -> list[Utilisation]:
    """What uses a locked article without belonging to it; its stock is told only where no document has it any more."""
    usages = await utilisations(ctx, Article, numero, sauf=LES_SIENS)
    seulement = {un.table for un in usages} <= _STOCK
    return [un for un in usages if seulement or un.table not in _STOCK]


async def verifier_type(ctx: Contexte, ligne: Article, type_article: str) -> None:
    """Keep the type of an article that documents or other articles count on.

    Raises:
        TypeArticleFige: it would change.
    """
    if type_article == ligne.type_article:
        return
    usages = await _usages(ctx, ligne.numero)
    if usages:
        raise TypeArticleFige(pointeur="#/type_article", par=[str(un) for un in usages])


async def effacer(ctx: Contexte, numero: str, article_statistique: str | None) -> None:
    """Delete an article that nothing uses, with what belongs to it.

    One that only documents use is retired where a statistical article takes over its statistics: it is no longer sold,
    and all that it has stays, so that history reads on. Any other use must end first, retired or not: a successor or a
    component that cannot be sold would only be found out at the next order.

    Raises:
        EnUtilisation: by what; by documents only where no statistical article is named.
        ReferenceInconnue: there is no such statistical article.
        ArticleLuiMeme, ArticleNonStatistique: the one named cannot take them over.
    """
    ligne = await charger(ctx, Article, numero, RESSOURCE, verrou=True)
    ctx.exiger_version(ligne.version)
    if article_statistique is not None:
        await _exiger_statistique(ctx, numero, article_statistique)
    usages = await _usages(ctx, numero)
    if article_statistique is not None and usages and {un.table for un in usages} <= _DOCUMENTS:
        champs = {"actif": False, "article_statistique": article_statistique}
        await modifier(ctx, ligne, champs, ressource=RESSOURCE, identifiant=numero, vers=_enregistre)
        return
    if usages:
        raise EnUtilisation(par=[str(un) for un in usages])
    for collection in TOUTES:
        await annexes.vider(ctx, collection, numero)
    await supprimer(ctx, ligne, RESSOURCE, numero, _enregistre(ligne))


def _enregistre(ligne: Article) -> ArticleEnregistre:
    return ArticleEnregistre.model_validate(ligne)


async def _exiger_statistique(ctx: Contexte, numero: str, statistique: str) -> None:
    """Its row is shared until the end, so that it stays what it is."""
    if statistique == numero:
        raise ArticleLuiMeme(pointeur="?article_statistique")
    trouve = await ctx.session.get(Article, statistique, with_for_update={"read": True})
    if trouve is None:
        raise ReferenceInconnue(pointeur="?article_statistique", table="articles")
    if trouve.type_article != "statistique":
        raise ArticleNonStatistique(pointeur="?article_statistique")
