"""The production list: what is to be made for a day, out of what is asked for and what is left over (MAG-20, MAG-21).

What is asked for, in base unit of each article:

1. lines of documents for that day, the first of their chain that orders or delivers (`demande`): what follows from
   them adds nothing, however it was split, joined, or delivered in excess; what was given up does not count;
2. standing orders of that day for which no commande stands yet.

Left-overs carried to the day are taken off; what is more than asked for is a surplus, never a negative quantity.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import chain

from aurore_domain.cycle import TABLE, Cote, EffetStock, Etat, Nature, TypeDocument
from aurore_domain.montants import ZERO, exact
from aurore_domain.unites import Conversion, vers_supplementaire


class Source(StrEnum):
    """Where a need comes from."""

    MAGASIN = "magasin"
    """The order book of a shop's till, whoever the client is (B2C)."""
    CLIENT = "client"
    """Everything else that is ordered, or delivered without having been ordered (B2B)."""
    COMMANDE_TYPE = "commande_type"
    """A standing order of which no commande was made."""


DEMANDENT: frozenset[TypeDocument] = frozenset(
    regle.type
    for regle in TABLE.values()
    if regle.cote is Cote.CLIENT
    and (
        regle.stock is EffetStock.COMMANDE_CLIENT
        or (regle.stock is EffetStock.SORTIE and Nature.CONSOMME in regle.vers.values())
    )
)
"""The types whose lines ask for goods: what clients have on order, and deliveries that are still to be invoiced.

An offre asks for nothing yet; a facture is a sale of what was there, or follows from one of these.
"""


def demande(type_document: str, etat: str, *, type_origine: str | None) -> bool:
    """Whether the lines of a document ask for goods to be made.

    `type_origine` is the type of the document that a line was transferred from, None where it was entered.
    """
    return type_document in DEMANDENT and etat != Etat.ANNULE and type_origine not in DEMANDENT


@dataclass(frozen=True, slots=True)
class Besoin:
    """What a client wants of an article, in base unit."""

    article: str
    client: str
    source: Source
    quantite: Decimal


@dataclass(frozen=True, slots=True)
class Production:
    """An article's line of the list, in base unit; none of its figures is ever negative."""

    magasins: Decimal = ZERO
    clients: Decimal = ZERO
    commandes_types: Decimal = ZERO
    restes: Decimal = ZERO

    @property
    @exact
    def demande(self) -> Decimal:
        """What is asked for in all."""
        return self.magasins + self.clients + self.commandes_types

    @property
    @exact
    def a_produire(self) -> Decimal:
        """What is to be made: what is asked for less what is left over, 0 where that is enough."""
        return max(self.demande - self.restes, ZERO)

    @property
    @exact
    def surplus(self) -> Decimal:
        """What is left over and nobody asks for."""
        return max(self.restes - self.demande, ZERO)


_COLONNES: Mapping[Source, str] = {
    Source.MAGASIN: "magasins",
    Source.CLIENT: "clients",
    Source.COMMANDE_TYPE: "commandes_types",
}


@exact
def consolider(besoins: Iterable[Besoin], restes: Iterable[tuple[str, Decimal]]) -> dict[str, Production]:
    """The list by article, in the order of their numbers; `restes` are left-overs (article, quantity) that add up."""
    sommes: dict[str, dict[str, Decimal]] = {}
    demandes = ((un.article, _COLONNES[un.source], un.quantite) for un in besoins)
    for article, colonne, quantite in chain(demandes, ((article, "restes", reste) for article, reste in restes)):
        ligne = sommes.setdefault(article, {})
        ligne[colonne] = ligne.get(colonne, ZERO) + quantite
    return {article: Production(**sommes[article]) for article in sorted(sommes)}


@exact
def en_unite_de_production(quantite: Decimal, conversion: Conversion) -> Decimal:
    """A quantity to make, in the unit it is made in: converted by CAL-01, then up to the unit's decimals.

    CAL-02 rounds half up; of what is to be made that could be too little, and a client would go without.
    """
    arrondie = vers_supplementaire(quantite, conversion)
    facteur = conversion.facteur
    suffit = arrondie * facteur >= quantite if conversion.operateur == "M" else arrondie >= quantite * facteur
    return arrondie if suffit else arrondie + Decimal(1).scaleb(-conversion.decimales)


@dataclass(frozen=True, slots=True)
class Ecart:
    """How an article's line differs between two lists; an article that one of them has not counts as nothing there."""

    article: str
    avant: Production
    apres: Production

    @property
    @exact
    def difference(self) -> Decimal:
        """How much more is to be made than before; below 0, less."""
        return self.apres.a_produire - self.avant.a_produire


def differences(avant: Mapping[str, Production], apres: Mapping[str, Production]) -> tuple[Ecart, ...]:
    """Every article of which any figure differs, in the order of their numbers (MAG-24)."""
    rien = Production()
    return tuple(
        Ecart(article, ancienne, nouvelle)
        for article in sorted(avant.keys() | apres.keys())
        if (ancienne := avant.get(article, rien)) != (nouvelle := apres.get(article, rien))
    )
