"""Lines of a till as lines of a document: articles by bar code, units, prices VAT included (ART-13, ART-15, CAL-14)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from aurore_api.catalogue.erreurs import CodeBarresInconnu
from aurore_api.documents.erreurs import feuilles
from aurore_api.documents.schemas import LigneEntree
from aurore_api.magasin.poussees import LignePoussee
from aurore_domain.erreurs import ErreurAurore, lever
from aurore_domain.magasin import ArticleRequis, ArticlesContraires

Porteurs = Mapping[str, tuple[str, str | None]]
"""Article and unit (None: the article itself) that bear a bar code."""
Unites = Mapping[str, str]
"""The base unit of each article."""


_MODELE = LigneEntree.model_construct()
"""Copied, not made anew for each: that takes five times as long."""


def articles_en_unite(lignes: Sequence[LignePoussee], porteurs: Porteurs) -> set[str]:
    """The articles, named or by bar code, of the lines that name a unit: it may be the base unit."""
    dans_une_unite = [une for une in lignes if une.unite is not None]
    nommes = {une.article for une in dans_une_unite if une.article is not None}
    return nommes | {
        porteurs[un][0] for une in dans_une_unite if (un := une.code_barres) is not None and un in porteurs
    }


def en_document(lignes: Sequence[LignePoussee], porteurs: Porteurs, unites: Unites) -> list[LigneEntree]:
    """The lines as a document takes them.

    Raises:
        ArticleRequis, ArticlesContraires, CodeBarresInconnu: each names its line, several together.
    """
    erreurs: list[ErreurAurore] = []
    faites: list[LigneEntree] = []
    for rang, ligne in enumerate(lignes):
        try:
            faites.append(_ligne(ligne, porteurs, unites))
        except ErreurAurore as erreur:
            erreurs.extend(une.sous(f"#/lignes/{rang}") for une in feuilles(erreur))
    lever(erreurs)
    return faites


def _ligne(ligne: LignePoussee, porteurs: Porteurs, unites: Unites) -> LigneEntree:
    article, unite = _article(ligne, porteurs)
    champs: dict[str, Any] = {"article": article}
    if unite is None or unite == unites.get(article):
        champs["quantite"] = ligne.quantite
    else:
        champs["quantite_unite_commande"], champs["unite_commande"] = ligne.quantite, unite
    if ligne.designation is not None:
        champs["designation"] = ligne.designation
    if ligne.memo is not None:
        champs["memo"] = ligne.memo
    if ligne.prix_tvac is not None:
        # The ticket has it all: no discount of the client's, no tax of the article's comes on top.
        champs |= {"prix": ligne.prix_tvac, "remise": ligne.remise or Decimal(0), "taxe": False}
    elif ligne.remise is not None:
        champs["remise"] = ligne.remise
    return _MODELE.model_copy(update=champs)  # checked as a till's line is: nothing is left to check


def _article(ligne: LignePoussee, porteurs: Porteurs) -> tuple[str, str | None]:
    """The article of a line, and its unit: the one named, else that of the bar code."""
    if ligne.code_barres is None:
        if ligne.article is None:
            raise ArticleRequis(pointeur="#/article")
        return ligne.article, ligne.unite
    if ligne.code_barres not in porteurs:
        raise CodeBarresInconnu(pointeur="#/code_barres")
    article, unite = porteurs[ligne.code_barres]
    if ligne.article not in {None, article}:
        raise ArticlesContraires(pointeur="#/code_barres", article=article)
    return article, ligne.unite or unite
