"""Labels of an article in JSON."""

from aurore_api.socle.types import (
    Code,
    Entree,
    Libelle,
    Sortie,
    Version,
)


class LibelleArticleEntree(Entree):
    """What an article is called for the clients of a `code_libelle`, typically a language (ART-02)."""

    code_libelle: Code
    libelle: Libelle


class LibelleArticleSortie(Sortie):
    """A label as it is."""

    article: str
    code_libelle: str
    libelle: str
    version: Version
