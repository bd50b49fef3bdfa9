"""Articles and what belongs to them in JSON."""

from aurore_api.catalogue.schemas.articles import ArticleEnregistre, ArticleEntree, ArticleSortie, FiltreArticles
from aurore_api.catalogue.schemas.calcul import CalculEntree, CalculSortie
from aurore_api.catalogue.schemas.codes_barres import CodeBarres, CodeBarresSortie
from aurore_api.catalogue.schemas.composants import (
    ComposantEntree,
    ComposantSortie,
    FeuilleSortie,
    NomenclatureSortie,
)
from aurore_api.catalogue.schemas.fournisseurs import FournisseurArticleEntree, FournisseurArticleSortie
from aurore_api.catalogue.schemas.images import ImageArticleEntree, ImageArticleSortie
from aurore_api.catalogue.schemas.libelles import LibelleArticleEntree, LibelleArticleSortie
from aurore_api.catalogue.schemas.tarifs import TarifArticleEntree, TarifArticleSortie
from aurore_api.catalogue.schemas.taxes import TaxeArticleEntree, TaxeArticleSortie
from aurore_api.catalogue.schemas.unites import UniteArticleEntree, UniteArticleSortie

__all__ = [
    "ArticleEnregistre",
    "ArticleEntree",
    "ArticleSortie",
    "CalculEntree",
    "CalculSortie",
    "CodeBarres",
    "CodeBarresSortie",
    "ComposantEntree",
    "ComposantSortie",
    "FeuilleSortie",
    "FiltreArticles",
    "FournisseurArticleEntree",
    "FournisseurArticleSortie",
    "ImageArticleEntree",
    "ImageArticleSortie",
    "LibelleArticleEntree",
    "LibelleArticleSortie",
    "NomenclatureSortie",
    "TarifArticleEntree",
    "TarifArticleSortie",
    "TaxeArticleEntree",
    "TaxeArticleSortie",
    "UniteArticleEntree",
    "UniteArticleSortie",
]
