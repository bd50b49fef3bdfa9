"""What goes in and out: for each kind its table, where its rows are read, and what takes them in."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from aurore_api.catalogue.service import importer as catalogue
from aurore_api.clients.service import importer as clients
from aurore_api.echanges.schemas import GenreEchange
from aurore_api.echanges.tableaux import Tableau
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.lots import Bilan, Demande, Sujet, lire_tout


@dataclass(frozen=True)
class Echange:
    """A kind of row, both ways."""

    tableau: Tableau
    lire: Callable[[Contexte], AsyncIterator[list[dict[str, Any]]]]
    importer: Callable[[Contexte, Sequence[Demande], Bilan], Awaitable[None]]


def _echange(
    sujet: Sujet[Any, Any], importer: Callable[[Contexte, Sequence[Demande], Bilan], Awaitable[None]]
) -> Echange:
    return Echange(Tableau(sujet.entree, sujet.cle), partial(lire_tout, sujet=sujet), importer)


ECHANGES: Mapping[GenreEchange, Echange] = {
    GenreEchange.ARTICLES: _echange(catalogue.ARTICLES, catalogue.importer_articles),
    GenreEchange.UNITES: _echange(catalogue.UNITES_D_ARTICLES, catalogue.importer_unites),
    GenreEchange.TARIFS: _echange(catalogue.TARIFS_D_ARTICLES, catalogue.importer_tarifs),
    GenreEchange.CLIENTS: _echange(clients.CLIENTS, clients.importer),
}
