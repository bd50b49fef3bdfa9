"""The verbs of the catalogue; other slices use `pour_documents`."""

from aurore_api.catalogue.requetes import porteurs, substituts, unites_de_base, vidanges
from aurore_api.catalogue.service.achats import noter_prix_achat
from aurore_api.catalogue.service.achats_fournisseur import AchatDArticle, achats_des_articles
from aurore_api.catalogue.service.articles import exiger_article
from aurore_api.catalogue.service.images import premieres_images, vignettes
from aurore_api.catalogue.service.pour_documents import (
    ArticleDeDocument,
    LigneTarifArticle,
    TaxeDArticle,
    pour_documents,
    successeurs,
)
from aurore_api.catalogue.service.pour_production import (
    ArticleAProduire,
    articles_des_familles,
    familles_des_articles,
    pour_production,
)
from aurore_api.catalogue.service.pour_stock import Offre, fiche_stock, fiches, offres

__all__ = [
    "AchatDArticle",
    "ArticleAProduire",
    "ArticleDeDocument",
    "LigneTarifArticle",
    "Offre",
    "TaxeDArticle",
    "achats_des_articles",
    "articles_des_familles",
    "exiger_article",
    "familles_des_articles",
    "fiche_stock",
    "fiches",
    "noter_prix_achat",
    "offres",
    "porteurs",
    "pour_documents",
    "pour_production",
    "premieres_images",
    "substituts",
    "successeurs",
    "unites_de_base",
    "vidanges",
    "vignettes",
]
