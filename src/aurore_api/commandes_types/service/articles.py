"""The articles that a standing order names: there, for sale, and in a unit of theirs."""

from collections.abc import Mapping, Sequence

from aurore_api.catalogue.service import ArticleDeDocument, pour_documents
from aurore_api.commandes_types.erreurs import ArticleRepete
from aurore_api.commandes_types.schemas import ExceptionCommandeTypeEntree, LigneType
from aurore_api.documents.erreurs import ArticleInconnu, ArticleStatistiqueNonVendable
from aurore_api.socle.contexte import Contexte
from aurore_domain.erreurs import ErreurAurore, lever


async def verifier_lignes(ctx: Contexte, lignes: Sequence[LigneType]) -> Mapping[str, ArticleDeDocument]:
    """Check the lines of a standing order; gives their articles.

    Raises:
        ArticleInconnu, ArticleStatistiqueNonVendable, UniteCommandeInconnue, ArticleRepete: each names its line.
    """
    articles = await _articles(ctx, {une.article for une in lignes})
    erreurs: list[ErreurAurore] = []
    vus: set[str] = set()
    for rang, ligne in enumerate(lignes):
        try:
            if ligne.article in vus:
                raise ArticleRepete(pointeur="#/article")
            _verifier(articles, ligne.article, ligne.unite_commande)
        except ErreurAurore as erreur:
            erreurs.append(erreur.sous(f"#/lignes/{rang}"))
        vus.add(ligne.article)
    lever(erreurs)
    return articles


async def verifier_exception(ctx: Contexte, entree: ExceptionCommandeTypeEntree) -> None:
    """Check the article and the unit of an override; raises as `verifier_lignes`."""
    _verifier(await _articles(ctx, {entree.article}), entree.article, entree.unite_commande)


async def _articles(ctx: Contexte, numeros: set[str]) -> Mapping[str, ArticleDeDocument]:
    return await pour_documents(ctx, numeros, tarif=None, code_libelle=None)


def _verifier(articles: Mapping[str, ArticleDeDocument], numero: str, unite_commande: str | None) -> None:
    article = articles.get(numero)
    if article is None:
        raise ArticleInconnu(pointeur="#/article", article=numero)
    if article.type_article == "statistique":
        raise ArticleStatistiqueNonVendable(pointeur="#/article")
    article.conversion(unite_commande)
