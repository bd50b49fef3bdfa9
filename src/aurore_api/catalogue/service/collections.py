"""The three collections that belong to an article."""

from typing import Any

from aurore_api.catalogue.erreurs import AbreviationUniteDeBase
from aurore_api.catalogue.schemas import (
    LibelleArticleEntree,
    LibelleArticleSortie,
    TarifArticleEntree,
    TarifArticleSortie,
    UniteArticleEntree,
    UniteArticleSortie,
)
from aurore_api.catalogue.service.annexes import Annexe
from aurore_api.catalogue.tables import Article, LibelleArticle, TarifArticle, UniteSupplementaire
from aurore_api.socle.erreurs import EnUtilisation


def _distincte_de_la_base(article: Article, entree: UniteArticleEntree) -> None:
    """A code typed on a line must mean one unit only."""
    if entree.abreviation == article.unite:
        raise AbreviationUniteDeBase(pointeur="#/abreviation")


def _pas_celle_par_defaut(article: Article, sortie: UniteArticleSortie) -> None:
    if article.unite_par_defaut == sortie.abreviation:
        raise EnUtilisation(par=[Article.__tablename__])


UNITES = Annexe(
    ressource="unite_article",
    ligne=UniteSupplementaire,
    entree=UniteArticleEntree,
    sortie=UniteArticleSortie,
    ordre=("abreviation",),
    verifier=_distincte_de_la_base,
    retenir=_pas_celle_par_defaut,
)
"""Supplementary units (ART-13)."""

TARIFS = Annexe(
    ressource="tarif_article",
    ligne=TarifArticle,
    entree=TarifArticleEntree,
    sortie=TarifArticleSortie,
    ordre=("tarif", "quantite_minimum", "id"),
)
"""Tariff rows (ART-14)."""

LIBELLES = Annexe(
    ressource="libelle_article",
    ligne=LibelleArticle,
    entree=LibelleArticleEntree,
    sortie=LibelleArticleSortie,
    ordre=("code_libelle",),
)
"""Labels (ART-02)."""

TOUTES: tuple[Annexe[Any, Any], ...] = (UNITES, TARIFS, LIBELLES)
"""All that goes with an article."""
