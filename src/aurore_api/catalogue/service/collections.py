"""The collections that belong to an article."""

from contextlib import AbstractAsyncContextManager
from typing import Any

from aurore_api.catalogue.erreurs import AbreviationUniteDeBase
from aurore_api.catalogue.schemas import (
    ComposantEntree,
    ComposantSortie,
    FournisseurArticleEntree,
    FournisseurArticleSortie,
    ImageArticleEntree,
    ImageArticleSortie,
    LibelleArticleEntree,
    LibelleArticleSortie,
    TarifArticleEntree,
    TarifArticleSortie,
    TaxeArticleEntree,
    TaxeArticleSortie,
    UniteArticleEntree,
    UniteArticleSortie,
)
from aurore_api.catalogue.service.annexes import Annexe
from aurore_api.catalogue.service.codes_exclusifs import codes_exclusifs
from aurore_api.catalogue.service.composants import SUJET as SUJET_COMPOSANTS
from aurore_api.catalogue.service.composants import composant_permis, exiger_assemble
from aurore_api.catalogue.tables import (
    Article,
    Composant,
    FournisseurArticle,
    ImageArticle,
    LibelleArticle,
    TarifArticle,
    TaxeArticle,
    UniteSupplementaire,
)
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.erreurs import EnUtilisation
from aurore_api.socle.utilisations import Utilisation


def _distincte_de_la_base(article: Article, entree: UniteArticleEntree) -> None:
    """A code typed on a line must mean one unit only."""
    if entree.abreviation == article.unite:
        raise AbreviationUniteDeBase(pointeur="#/abreviation")


def _pas_nommee(article: Article, sortie: UniteArticleSortie) -> None:
    if sortie.abreviation in {article.unite_par_defaut, article.unite_production}:
        raise EnUtilisation(par=[str(Utilisation(str(Article.__tablename__), cles=(article.numero,)))])


def _code_barres_exclusif(ctx: Contexte, article: str, entree: UniteArticleEntree) -> AbstractAsyncContextManager[None]:
    pointeurs = {} if entree.code_barres is None else {entree.code_barres: "#/code_barres"}
    return codes_exclusifs(ctx, pointeurs, article, entree.abreviation)


UNITES = Annexe(
    ressource="unite_article",
    ligne=UniteSupplementaire,
    entree=UniteArticleEntree,
    sortie=UniteArticleSortie,
    ordre=("abreviation",),
    verifier=_distincte_de_la_base,
    retenir=_pas_nommee,
    garde=_code_barres_exclusif,
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

TAXES = Annexe(
    ressource="taxe_article",
    ligne=TaxeArticle,
    entree=TaxeArticleEntree,
    sortie=TaxeArticleSortie,
    ordre=("categorie_tva", "code_taxe"),
)
"""Taxes and deposits (ART-07)."""

FOURNISSEURS = Annexe(
    ressource="fournisseur_article",
    ligne=FournisseurArticle,
    entree=FournisseurArticleEntree,
    sortie=FournisseurArticleSortie,
    ordre=("fournisseur",),
)
"""Suppliers (ART-17)."""

COMPOSANTS = Annexe(
    ressource="composant",
    ligne=Composant,
    entree=ComposantEntree,
    sortie=ComposantSortie,
    ordre=("composant",),
    verifier=exiger_assemble,
    garde=composant_permis,
    sujet=SUJET_COMPOSANTS,
)
"""Components of an assembled article (ART-11)."""

IMAGES = Annexe(
    ressource="image_article",
    ligne=ImageArticle,
    entree=ImageArticleEntree,
    sortie=ImageArticleSortie,
    ordre=("ordre", "id"),
)
"""Images, but for the pictures themselves (ART-10)."""

TOUTES: tuple[Annexe[Any, Any], ...] = (FOURNISSEURS, UNITES, TARIFS, LIBELLES, TAXES, COMPOSANTS, IMAGES)
"""All that goes with an article; what names a unit goes before the units."""
