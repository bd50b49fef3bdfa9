"""The lifecycle's words as columns of text."""

from aurore_api.socle.colonnes import EnTexte
from aurore_domain.cycle import Etat, Nature, TypeDocument


class TypeEnTexte(EnTexte[TypeDocument]):
    """A document's type."""

    cache_ok = True
    enum = TypeDocument


class EtatEnTexte(EnTexte[Etat]):
    """A document's state."""

    cache_ok = True
    enum = Etat


class NatureEnTexte(EnTexte[Nature]):
    """How a line came from its origin."""

    cache_ok = True
    enum = Nature
