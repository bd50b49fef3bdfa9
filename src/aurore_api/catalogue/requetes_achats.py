"""The SQL of what articles are bought for (ART-17)."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ARRAY, Result, RowMapping, Text, and_, any_, bindparam, select

from aurore_api.catalogue.tables import Article, FournisseurArticle
from aurore_api.socle.colonnes import nue
from aurore_api.socle.contexte import Contexte

_ARTICLE, _CHEZ = nue(Article), nue(FournisseurArticle)

_ACHATS = (
    select(
        _ARTICLE.numero,
        _ARTICLE.dernier_prix_achat,
        _ARTICLE.frais_achat,
        _ARTICLE.code_tva_achat,
        _ARTICLE.imputation_achat,
        _CHEZ.numero_article_fournisseur,
        _CHEZ.nom_article_fournisseur,
        _CHEZ.unite_achat,
        _CHEZ.delai_livraison,
        _CHEZ.quantite_suggeree,
        _CHEZ.memo,
        _CHEZ.prix_achat,
        _CHEZ.remise,
    )
    .select_from(
        _ARTICLE.numero.table.outerjoin(
            _CHEZ.article.table,
            and_(_CHEZ.article == _ARTICLE.numero, _CHEZ.fournisseur == bindparam("fournisseur", type_=Text)),
        )
    )
    .where(_ARTICLE.numero == any_(bindparam("numeros", type_=ARRAY(Text))))
)


async def achats(ctx: Contexte, fournisseur: str, numeros: Collection[str]) -> Sequence[RowMapping]:
    """How a supplier sells these articles, and what the articles say of their purchase, in one statement."""
    valeurs = {"fournisseur": fournisseur, "numeros": list(numeros)}
    resultat: Result[Any] = await ctx.session.execute(_ACHATS, valeurs)
    return resultat.mappings().all()
