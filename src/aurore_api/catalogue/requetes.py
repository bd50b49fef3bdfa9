"""The SQL of articles and of what belongs to them."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ARRAY, JSON, Result, RowMapping, Select, Text, any_, bindparam, cast, exists, func, select
from sqlmodel import col

from aurore_api.catalogue.schemas import FiltreArticles
from aurore_api.catalogue.tables import Article, LibelleArticle, LigneDArticle, TarifArticle, UniteSupplementaire
from aurore_api.socle.colonnes import nue
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


_ARTICLE, _UNITE, _TARIF, _LIBELLE_ARTICLE = (
    nue(Article),
    nue(UniteSupplementaire),
    nue(TarifArticle),
    nue(LibelleArticle),
)
_UNITES = (
    select(
        func.json_agg(
            func.json_build_array(
                _UNITE.abreviation,
                _texte(_UNITE.facteur),
                _UNITE.operateur,
                _UNITE.decimales,
                _UNITE.flou,
                _texte(_UNITE.tolerance),
            ),
            type_=JSON,
        )
    )
    .where(_UNITE.article == _ARTICLE.numero)
    .scalar_subquery()
)

_TARIFS = (
    select(
        func.json_agg(
            func.json_build_array(
                _TARIF.id,
                _TARIF.tarif,
                _texte(_TARIF.quantite_minimum),
                _texte(_TARIF.valeur),
                _texte(_TARIF.remise),
                _TARIF.du,
                _TARIF.au,
            ),
            type_=JSON,
        )
    )
    .where(
        _TARIF.article == _ARTICLE.numero,
        bindparam("tous_tarifs") | (_TARIF.tarif == bindparam("tarif", type_=Text)),
    )
    .scalar_subquery()
)

_LIBELLE = (
    select(_LIBELLE_ARTICLE.libelle)
    .where(
        _LIBELLE_ARTICLE.article == _ARTICLE.numero,
        _LIBELLE_ARTICLE.code_libelle == bindparam("code_libelle", type_=Text),
    )
    .scalar_subquery()
)

_POUR_DOCUMENTS = select(
    _ARTICLE.numero,
    func.coalesce(_LIBELLE, _ARTICLE.designation).label("designation"),
    _ARTICLE.description,
    _ARTICLE.unite,
    _ARTICLE.prix_vente,
    _ARTICLE.code_tva_vente,
    _ARTICLE.imputation_vente,
    _ARTICLE.poids_kg,
    _ARTICLE.tolerance_depassement,
    _ARTICLE.unite_par_defaut,
    _UNITES.label("unites"),
    _TARIFS.label("tarifs"),
).where(_ARTICLE.numero == any_(bindparam("numeros", type_=ARRAY(Text))))


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
