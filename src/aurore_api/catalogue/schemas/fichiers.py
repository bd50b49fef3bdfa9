"""Rows of units and tariffs in a file, where each names its article (ART-19)."""

from aurore_api.catalogue.schemas.tarifs import TarifArticleEntree
from aurore_api.catalogue.schemas.unites import UniteArticleEntree
from aurore_api.socle.types import NumeroArticle


class UniteDeFichier(UniteArticleEntree):
    """A supplementary unit and its article."""

    article: NumeroArticle


class TarifDeFichier(TarifArticleEntree):
    """A row of an article's tariffs and its article."""

    article: NumeroArticle
