"""What a till sent over a period beside what became of it here, and that nothing is invoiced twice (MAG-19, MAG-25)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from aurore_domain.cycle import Etat, TypeDocument

_UN_JOUR = timedelta(days=1)
_AVANT_FACTURE = frozenset({TypeDocument.PROFORMA, TypeDocument.BORDEREAU})
"""What an order goes through; returns and credits are told beside it."""


class Sort(StrEnum):
    """What became of an order, or of a sale that is to be invoiced."""

    OUVERTE = "ouverte"
    PRODUITE = "produite"
    """An order whose day has come, and that nothing followed yet."""
    CLOTUREE = "cloturee"
    """A private client's order after its day: it was rung up at the till (MAG-26)."""
    LIVREE_EN_PARTIE = "livree_en_partie"
    LIVREE = "livree"
    A_COMPLETER = "a_completer"
    """A sale that waits for its client's record to be completed before it is invoiced (CLI-13)."""
    A_FACTURER = "a_facturer"
    FACTUREE_EN_PARTIE = "facturee_en_partie"
    FACTUREE = "facturee"
    ANNULEE = "annulee"
    SUPPRIMEE = "supprimee"
    """Its document was deleted here."""


@dataclass(frozen=True, slots=True)
class Suivi:
    """A document that a till's order or sale became, and the types and states of all that follow it."""

    etat: Etat
    suites: Collection[tuple[TypeDocument, Etat]] = ()

    @property
    def facture(self) -> Sort | None:
        """How much of it is invoiced; None for nothing."""
        if not any(genre is TypeDocument.FACTURE for genre, _ in self.suites):
            return None
        restes = [self.etat, *(etat for genre, etat in self.suites if genre in _AVANT_FACTURE)]
        return Sort.FACTUREE_EN_PARTIE if Etat.EN_ATTENTE in restes else Sort.FACTUREE


def sort_de_commande(suivi: Suivi | None, *, annulee: bool, cloturee: bool, jour: date, aujourd_hui: date) -> Sort:
    """What became of an order for a day; without `suivi` its document is no more."""
    if annulee or (suivi is not None and suivi.etat is Etat.ANNULE):
        return Sort.ANNULEE
    if suivi is None:
        return Sort.SUPPRIMEE
    if suivi.facture is not None:
        return suivi.facture
    if any(genre in _AVANT_FACTURE for genre, _ in suivi.suites):
        return Sort.LIVREE_EN_PARTIE if suivi.etat is Etat.EN_ATTENTE else Sort.LIVREE
    if cloturee:
        return Sort.CLOTUREE
    return Sort.PRODUITE if jour <= aujourd_hui else Sort.OUVERTE


def sort_de_vente(suivi: Suivi | None, *, annulee: bool, facturable: bool) -> Sort:
    """What became of a sale that ended as « facture à établir » (MAG-18)."""
    if annulee or (suivi is not None and suivi.etat is Etat.ANNULE):
        return Sort.ANNULEE
    if suivi is None:
        return Sort.SUPPRIMEE
    return suivi.facture or (Sort.A_FACTURER if facturable else Sort.A_COMPLETER)


@dataclass(frozen=True, slots=True)
class Jours:
    """Days from one to another, both included."""

    du: date
    au: date


def jours_non_couverts(periode: Jours, pousses: Iterable[Jours]) -> tuple[Jours, ...]:
    """The days of a period that no push took new things of, as the longest runs there are (MAG-25)."""
    trous: list[Jours] = []
    attendu = periode.du
    for un in sorted(pousses, key=lambda un: un.du):
        if un.au < attendu:
            continue
        if un.du > periode.au:
            break
        if un.du > attendu:
            trous.append(Jours(attendu, un.du - _UN_JOUR))
        if un.au >= periode.au:
            return tuple(trous)
        attendu = un.au + _UN_JOUR
    if attendu <= periode.au:
        trous.append(Jours(attendu, periode.au))
    return tuple(trous)


Biens = frozenset[tuple[str, Decimal]]
"""Articles and how much of each, in base unit."""


def biens(lignes: Iterable[tuple[str, Decimal]]) -> Biens:
    """What lines come to, whatever their order and however they were split."""
    sommes: dict[str, Decimal] = defaultdict(Decimal)
    for article, quantite in lignes:
        sommes[article] += quantite
    return frozenset((article, quantite.normalize()) for article, quantite in sommes.items())


@dataclass(frozen=True, slots=True)
class Piece:
    """An order or a sale of a shop as likeness sees it. An order is alike on its own day and on that of its pick-up."""

    reference: str
    vente: bool
    client: str
    jours: frozenset[date]
    biens: Biens


def semblables(pieces: Iterable[Piece]) -> tuple[tuple[Piece, ...], ...]:
    """Groups of pieces of the same client, day and goods under other references, with a sale among them (MAG-19).

    Several orders alike are no double invoicing: nothing of them is invoiced by itself.
    """
    groupes: dict[tuple[str, Biens, date], list[Piece]] = defaultdict(list)
    for une in pieces:
        for jour in une.jours if une.biens else ():
            groupes[une.client, une.biens, jour].append(une)
    trouves = {
        tuple(sorted(siennes, key=lambda une: (une.vente, une.reference)))
        for siennes in groupes.values()
        if len(siennes) > 1 and any(une.vente for une in siennes)
    }
    return tuple(sorted(trouves, key=lambda siennes: [(une.vente, une.reference) for une in siennes]))


@dataclass(frozen=True, slots=True)
class Vente:
    """A sale that is not cancelled, and the order that it came from, as the till says."""

    reference: str
    origine: str | None = None


def facturees_deux_fois(commandes: Collection[str], ventes: Sequence[Vente]) -> Mapping[str, tuple[str, ...]]:
    """The sales, by order that is not cancelled, that are that order once more; and sales of one order (MAG-19).

    Nothing, as long as the guard holds: this says so, from what is stored.
    """
    par_origine: dict[str, list[str]] = defaultdict(list)
    for une in ventes:
        for reference in dict.fromkeys((une.reference, une.origine)):
            if reference is not None:
                par_origine[reference].append(une.reference)
    return {
        reference: tuple(sorted(siennes))
        for reference, siennes in sorted(par_origine.items())
        if reference in commandes or len(siennes) > 1
    }
