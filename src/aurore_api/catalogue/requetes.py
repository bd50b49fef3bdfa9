"""The SQL of articles and of what belongs to them."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ARRAY, JSON, Result, RowMapping, Select, Text, any_, bindparam, cast, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased
from sqlmodel import col

from aurore_api.catalogue.schemas import FiltreArticles
from aurore_api.catalogue.tables import (
    Article,
    CodeBarres,
    Composant,
    LibelleArticle,
    LigneDArticle,
    TarifArticle,
    TaxeArticle,
    UniteSupplementaire,
)
from aurore_api.socle.colonnes import nue, un_de
from aurore_api.socle.contexte import Contexte


def articles(filtre: FiltreArticles) -> Select[Any]:
    """The articles that a filter lets through."""
    requete = select(Article)
    egaux = {
        Article.famille: filtre.famille,
        Article.departement: filtre.departement,
        Article.structure: filtre.structure,
        Article.type_article: filtre.type_article,
        Article.actif: filtre.actif,
        Article.assemble: filtre.assemble,
        Article.vidange: filtre.vidange,
        Article.fournisseur_habituel: filtre.fournisseur,
    }
    requete = requete.where(*(col(colonne) == valeur for colonne, valeur in egaux.items() if valeur is not None))
    if filtre.numero is not None:
        requete = requete.where(col(Article.numero).startswith(filtre.numero, autoescape=True))
    return requete


def de_l_article(table: type[LigneDArticle], article: str) -> Select[Any]:
    """What belongs to an article, of one kind."""
    return select(table).where(col(table.article) == article)


async def remplacements(ctx: Contexte) -> dict[str, str]:
    """What replaces each article that is replaced (ART-05)."""
    requete = select(col(Article.numero), col(Article.remplace_par)).where(col(Article.remplace_par).is_not(None))
    lignes = await ctx.session.execute(requete)
    return {numero: successeur for numero, successeur in lignes if successeur is not None}


async def substituts(ctx: Contexte, articles: Collection[str]) -> dict[str, str]:
    """What may be sold in the place of each of these articles that has a substitute (ART-06)."""
    requete = select(_ARTICLE.numero, _ARTICLE.substitut).where(_ARTICLE.numero == un_de(articles))
    rangs = await ctx.session.execute(requete.where(_ARTICLE.substitut.is_not(None)))
    return {numero: substitut for numero, substitut in rangs if substitut is not None}


async def unites_de_base(ctx: Contexte, articles: Collection[str]) -> dict[str, str]:
    """The base unit of each of these articles; unknown ones are absent."""
    rangs = await ctx.session.execute(select(_ARTICLE.numero, _ARTICLE.unite).where(_ARTICLE.numero == un_de(articles)))
    return {numero: unite for numero, unite in rangs}  # noqa: C416 (rows)


async def avec_composants(ctx: Contexte, articles: Collection[str]) -> set[str]:
    """Those of these articles that have components (ART-11)."""
    requete = select(col(Composant.article)).where(col(Composant.article) == un_de(articles)).distinct()
    return set(await ctx.session.scalars(requete))


async def chaine_de_remplacement(ctx: Contexte, depart: str) -> dict[str, str]:
    """What replaces an article, what replaces that one, and so on (ART-05); ends where it comes round."""
    chaine = (
        select(col(Article.numero), col(Article.remplace_par))
        .where(col(Article.numero) == depart)
        .cte("chaine", recursive=True)
    )
    suivant = select(col(Article.numero), col(Article.remplace_par)).where(col(Article.numero) == chaine.c.remplace_par)
    chaine = chaine.union(suivant)
    lignes = await ctx.session.execute(select(chaine.c.numero, chaine.c.remplace_par))
    return {numero: successeur for numero, successeur in lignes if successeur is not None}


async def porteurs(ctx: Contexte, codes: Collection[str]) -> dict[str, tuple[str, str | None]]:
    """Article and abbreviation (null: the article itself) that bear these bar codes; codes that are free are absent."""
    requete = select(col(CodeBarres.code), col(CodeBarres.article), col(CodeBarres.abreviation))
    lignes = await ctx.session.execute(requete.where(col(CodeBarres.code) == un_de(codes)))
    return {code: (article, abreviation) for code, article, abreviation in lignes}


async def code_barres(ctx: Contexte, code: str) -> tuple[Article, UniteSupplementaire | None] | None:
    """The article that bears a bar code, with the unit if it is a unit's (ART-15)."""
    requete = (
        select(Article, UniteSupplementaire)
        .join(CodeBarres, col(CodeBarres.article) == col(Article.numero))
        .outerjoin(
            UniteSupplementaire,
            (col(UniteSupplementaire.article) == col(CodeBarres.article))
            & (col(UniteSupplementaire.abreviation) == col(CodeBarres.abreviation)),
        )
        .where(col(CodeBarres.code) == code)
    )
    trouve = (await ctx.session.execute(requete)).first()
    return None if trouve is None else (trouve[0], trouve[1])


async def abreviations_des_articles(ctx: Contexte, articles: Collection[str]) -> set[tuple[str, str]]:
    """Article and abbreviation of every supplementary unit of these articles."""
    requete = select(col(UniteSupplementaire.article), col(UniteSupplementaire.abreviation))
    trouvees = await ctx.session.execute(requete.where(col(UniteSupplementaire.article) == un_de(articles)))
    return {(article, abreviation) for article, abreviation in trouvees}


def _texte(colonne: Any) -> Any:
    """A number as text inside JSON, where it would otherwise be read as a float."""
    return cast(colonne, Text)


_ARTICLE, _UNITE, _TARIF, _LIBELLE_ARTICLE, _TAXE = (
    nue(Article),
    nue(UniteSupplementaire),
    nue(TarifArticle),
    nue(LibelleArticle),
    nue(TaxeArticle),
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

_TAXES = (
    select(
        func.json_agg(
            aggregate_order_by(
                func.json_build_array(
                    _TAXE.code_taxe,
                    _TAXE.categorie_tva,
                    _TAXE.code_tva,
                    _texte(_TAXE.montant),
                    _texte(_TAXE.pourcentage),
                ),
                _TAXE.id,
            ),
            type_=JSON,
        )
    )
    .where(_TAXE.article == _ARTICLE.numero)
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
    _ARTICLE.famille,
    _ARTICLE.unite,
    _ARTICLE.prix_vente,
    _ARTICLE.prix_avec_decimales,
    _ARTICLE.code_tva_vente,
    _ARTICLE.imputation_vente,
    _ARTICLE.poids_kg,
    _ARTICLE.tolerance_depassement,
    _ARTICLE.unite_par_defaut,
    _ARTICLE.actif,
    _ARTICLE.type_article,
    _ARTICLE.remplace_par,
    _ARTICLE.substitut,
    _ARTICLE.appliquer_taxe,
    _ARTICLE.gere_stock,
    _ARTICLE.vidange,
    (_ARTICLE.assemble & _ARTICLE.mouvement_composants).label("mouvement_composants"),
    _UNITES.label("unites"),
    _TARIFS.label("tarifs"),
    _TAXES.label("taxes"),
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


async def successeurs(ctx: Contexte, numeros: Collection[str]) -> dict[str, str]:
    """Where the chains of replacement of these articles end (ART-05); absent: not replaced, or replaced in a circle."""
    article = aliased(Article)
    depart: Any = select(col(Article.numero).label("depart"), col(Article.remplace_par).label("suivant"))
    chaine = depart.where(col(Article.numero).in_(numeros), col(Article.remplace_par).is_not(None)).cte(
        "chaine", recursive=True
    )
    # UNION drops what was met before: a circle ends, and has no last article.
    chaine = chaine.union(
        select(chaine.c.depart, col(article.remplace_par)).where(
            col(article.numero) == chaine.c.suivant, col(article.remplace_par).is_not(None)
        )
    )
    requete = select(chaine.c.depart, chaine.c.suivant).where(
        col(Article.numero) == chaine.c.suivant, col(Article.remplace_par).is_(None)
    )
    return dict(row for row in await ctx.session.execute(requete))


_VIDANGES = (
    select(_ARTICLE.numero, func.coalesce(_LIBELLE, _ARTICLE.designation))
    .where(_ARTICLE.vidange)
    .order_by(_ARTICLE.numero)
)


async def vidanges(ctx: Contexte, code_libelle: str | None = None) -> dict[str, str]:
    """What every crate is called, by number, for the clients of a `code_libelle` (CLI-12, ART-02)."""
    return dict(rang for rang in await ctx.session.execute(_VIDANGES, {"code_libelle": code_libelle}))
