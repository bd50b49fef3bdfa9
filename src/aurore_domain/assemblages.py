"""What an assembled article is made of, down to what is bought, and what its components cost and sell for.

ART-11, and the last sentence of CAL-10. Quantities are in base units of what they count, prices in EUR per base unit.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal, Inexact, localcontext
from graphlib import TopologicalSorter
from typing import Protocol

from aurore_domain.calcul_prix import PRIX_MAXIMUM
from aurore_domain.erreurs import Conflit
from aurore_domain.montants import ZERO, arrondir
from aurore_domain.prix import DECIMALES_PRIX

_SANS_LIMITE = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[Inexact])
"""Products of quantities grow by a few digits a level; only sums and products are taken in it, which are exact."""


DECIMALES_QUANTITE = 6
QUANTITE_MAXIMUM = Decimal("999999999.999999")
"""The highest quantity that there can be."""


class NomenclatureHorsBornes(Conflit):
    """The components' quantities multiply to more than any quantity or price can be; `maximum` says which."""

    code = "nomenclature_hors_bornes"


@dataclass(frozen=True, slots=True)
class Part:
    """A component and how much of it one base unit of what is assembled takes."""

    composant: str
    quantite: Decimal


class PrixDArticle(Protocol):
    """What an article that has no components brings to the sums."""

    @property
    def prix_vente(self) -> Decimal:
        """Selling price without VAT."""

    @property
    def dernier_prix_achat(self) -> Decimal | None:
        """Purchase price; None while nothing was bought."""

    @property
    def frais_achat(self) -> Decimal:
        """Purchase costs."""


@dataclass(frozen=True, slots=True)
class PrixAssembles:
    """Sums over the components, rounded once to 4 decimals; those in `manquants` have no purchase price."""

    prix_achat: Decimal | None
    cout: Decimal | None
    prix_vente: Decimal
    manquants: tuple[str, ...]


Nomenclature = Mapping[str, Sequence[Part]]
"""The components of each assembled article; one that is not there, or has none, counts by itself."""


def feuilles(nomenclature: Nomenclature, article: str) -> dict[str, Decimal]:
    """How much of each article without components one base unit of `article` takes in all, exactly; in key order.

    Each article is looked at once, however many ways lead to it. There must be no ring (see `graphes`). Empty for an
    article that has no components.
    """
    if not nomenclature.get(article):
        return {}
    quantites: dict[str, Decimal] = {article: Decimal(1)}
    with localcontext(_SANS_LIMITE):
        for assemble in _du_haut_vers_le_bas(nomenclature, article):
            combien = quantites.pop(assemble)
            for part in nomenclature[assemble]:
                quantites[part.composant] = quantites.get(part.composant, ZERO) + combien * part.quantite
    return dict(sorted(quantites.items()))


def prix_des_composants(quantites: Mapping[str, Decimal], articles: Mapping[str, PrixDArticle]) -> PrixAssembles:
    """Purchase price, cost and selling price of an article out of its `feuilles`, rounded once to 4 decimals (CAL-10).

    Raises:
        NomenclatureHorsBornes: one of them is more than any price can be.
    """
    manquants = tuple(sorted(numero for numero in quantites if articles[numero].dernier_prix_achat is None))
    with localcontext(_SANS_LIMITE):
        vente = _somme((articles[numero].prix_vente, combien) for numero, combien in quantites.items())
        achat = _somme((articles[numero].dernier_prix_achat or ZERO, combien) for numero, combien in quantites.items())
        frais = _somme((articles[numero].frais_achat, combien) for numero, combien in quantites.items())
        cout = achat + frais
    return PrixAssembles(
        prix_achat=None if manquants else _arrondir(achat),
        cout=None if manquants else _arrondir(cout),
        prix_vente=_arrondir(vente),
        manquants=manquants,
    )


def quantite_totale(combien: Decimal) -> Decimal:
    """One of the `feuilles` as a quantity, rounded to 6 decimals.

    Raises:
        NomenclatureHorsBornes: more than any quantity can be.
    """
    return _borner(combien, QUANTITE_MAXIMUM, DECIMALES_QUANTITE)


def _arrondir(prix: Decimal) -> Decimal:
    return _borner(prix, PRIX_MAXIMUM, DECIMALES_PRIX)


def _borner(valeur: Decimal, maximum: Decimal, decimales: int) -> Decimal:
    if valeur > maximum:
        raise NomenclatureHorsBornes(maximum=maximum)
    return arrondir(valeur, decimales)


def _somme(produits: Iterable[tuple[Decimal, Decimal]]) -> Decimal:
    return sum((prix * combien for prix, combien in produits), ZERO)


def _du_haut_vers_le_bas(nomenclature: Nomenclature, article: str) -> Iterable[str]:
    """What is assembled, `article` first and each after all that it goes into."""
    tri = TopologicalSorter[str]({article: ()})
    a_voir, vus = [article], {article}
    while a_voir:
        assemble = a_voir.pop()
        for part in nomenclature[assemble]:
            if nomenclature.get(part.composant):
                tri.add(part.composant, assemble)
                if part.composant not in vus:
                    vus.add(part.composant)
                    a_voir.append(part.composant)
    return tri.static_order()
