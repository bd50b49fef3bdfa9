"""The verbs of the catalogue; other slices use `pour_documents`."""

from aurore_api.catalogue.service.pour_documents import ArticleDeDocument, LigneTarifArticle, pour_documents

__all__ = ["ArticleDeDocument", "LigneTarifArticle", "pour_documents"]
