"""The SQL of articles and of what belongs to them."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ARRAY, JSON, Result, RowMapping, Select, Text, any_, bindparam, cast, exists, func, select
from sqlmodel import col

from aurore_api.catalogue.schemas import FiltreArticles
from aurore_api.catalogue.tables import Article, LibelleArticle, LigneDArticle, TarifArticle, UniteSupplementaire
from aurore_api.socle.contexte import Contexte


def articles(filtre: FiltreArticles) -> Select[Any]:
    """The articles that a filter lets through."""
    requete = select(Article)
    if filtre.famille is not None:
        requete = requete.where(col(Article.famille) == filtre.famille)
    if filtre.departement is not None:
        requete = requete.where(col(Article.departement) == filtre.departement)
    if filtre.numero is not None:
        requete = requete.where(col(Article.numero).startswith(filtre.numero, autoescape=True))
    return requete


def de_l_article(table: type[LigneDArticle], article: str) -> Select[Any]:
    """What belongs to an article, of one kind."""
    return select(table).where(col(table.article) == article)


async def a_cette_unite(ctx: Contexte, article: str, abreviation: str) -> bool:
    """Whether an article has a supplementary unit of this abbreviation."""
    trouvee = exists().where(
        col(UniteSupplementaire.article) == article, col(UniteSupplementaire.abreviation) == abreviation
    )
    return bool(await ctx.session.scalar(select(trouvee)))


def _texte(colonne: Any) -> Any:
    """A number as text inside JSON, where it would otherwise be read as a float."""
    return cast(colonne, Text)


_UNITES = (
    select(
        func.json_agg(
            func.json_build_array(
                col(UniteSupplementaire.abreviation),
                _texte(UniteSupplementaire.facteur),
                col(UniteSupplementaire.operateur),
                col(UniteSupplementaire.decimales),
                col(UniteSupplementaire.flou),
                _texte(UniteSupplementaire.tolerance),
            ),
            type_=JSON,
        )
    )
    .where(col(UniteSupplementaire.article) == col(Article.numero))
    .scalar_subquery()
)

_TARIFS = (
    select(
        func.json_agg(
            func.json_build_array(
                col(TarifArticle.id),
                col(TarifArticle.tarif),
                _texte(TarifArticle.quantite_minimum),
                _texte(TarifArticle.valeur),
                _texte(TarifArticle.remise),
                col(TarifArticle.du),
                col(TarifArticle.au),
            ),
            type_=JSON,
        )
    )
    .where(
        col(TarifArticle.article) == col(Article.numero),
        bindparam("tous_tarifs") | (col(TarifArticle.tarif) == bindparam("tarif", type_=Text)),
    )
    .scalar_subquery()
)

_LIBELLE = (
    select(col(LibelleArticle.libelle))
    .where(
        col(LibelleArticle.article) == col(Article.numero),
        col(LibelleArticle.code_libelle) == bindparam("code_libelle", type_=Text),
    )
    .scalar_subquery()
)

_POUR_DOCUMENTS = select(
    col(Article.numero),
    func.coalesce(_LIBELLE, col(Article.designation)).label("designation"),
    col(Article.description),
    col(Article.unite),
    col(Article.prix_vente),
    col(Article.code_tva_vente),
    col(Article.imputation_vente),
    col(Article.poids_kg),
    col(Article.tolerance_depassement),
    col(Article.unite_par_defaut),
    _UNITES.label("unites"),
    _TARIFS.label("tarifs"),
).where(col(Article.numero) == any_(bindparam("numeros", type_=ARRAY(Text))))


async def pour_documents(
    ctx: Contexte, numeros: Collection[str], *, tarif: str | None, tous_tarifs: bool, code_libelle: str | None
) -> Sequence[RowMapping]:
    """All that lines need of these articles in one statement, built once; what belongs to an article as JSON."""
    valeurs = {
        "numeros": list(numeros),
        "tarif": tarif,
        "tous_tarifs": tous_tarifs,
        "code_libelle": code_libelle,
    }
    resultat: Result[Any] = await ctx.session.execute(_POUR_DOCUMENTS, valeurs)
    return resultat.mappings().all()
