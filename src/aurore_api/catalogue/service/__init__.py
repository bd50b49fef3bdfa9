"""The verbs of the catalogue; other slices use `pour_documents`."""

from aurore_api.catalogue.service.images import premieres_images, vignettes
from aurore_api.catalogue.service.pour_documents import (
    ArticleDeDocument,
    LigneTarifArticle,
    TaxeDArticle,
    pour_documents,
    successeurs,
)

__all__ = [
    "ArticleDeDocument",
    "LigneTarifArticle",
    "TaxeDArticle",
    "pour_documents",
    "premieres_images",
    "successeurs",
    "vignettes",
]
