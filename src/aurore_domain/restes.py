"""What is left of a line, and in which unit that is counted (TRF-03, CAL-03, CAL-20)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from aurore_domain.actions import Situation
from aurore_domain.cycle import Nature, regle
from aurore_domain.lignes import Genre
from aurore_domain.montants import ZERO, exact
from aurore_domain.unites import (
    Conversion,
    QuantitesIncoherentes,
    Saisie,
    completer,
    vers_base,
    vers_supplementaire,
)


class LigneSource(Protocol):
    """A line from which quantities move on: what it holds and what already stands in following documents."""

    @property
    def ordre(self) -> int:
        """Its place, unique in the document."""

    @property
    def genre(self) -> Genre:
        """Its kind."""

    @property
    def quantite(self) -> Decimal | None:
        """In base unit; None on a comment."""

    @property
    def quantite_unite_commande(self) -> Decimal | None:
        """The same in order unit; None without `conversion`."""

    @property
    def saisie(self) -> Saisie | None:
        """Which of the two was typed; None without quantity."""

    @property
    def quantite_transferee(self) -> Decimal:
        """Moved on or, of a facture, credited, in base unit; copies do not count."""

    @property
    def quantite_unite_commande_transferee(self) -> Decimal:
        """The same in order unit."""

    @property
    def quantite_abandonnee(self) -> Decimal:
        """Given up, in base unit: ordered, and never to be delivered (TRF-08)."""

    @property
    def quantite_unite_commande_abandonnee(self) -> Decimal:
        """The same in order unit."""

    @property
    def quantite_retournee(self) -> Decimal:
        """Come back, in base unit."""

    @property
    def conversion(self) -> Conversion | None:
        """Of its order unit; None without one."""


@dataclass(frozen=True, slots=True)
class Reste:
    """What is left of a line, with the line's sign. `epuisee`: nothing, in the unit that counts."""

    quantite: Decimal
    quantite_unite_commande: Decimal | None
    epuisee: bool


def accompagne(ligne: LigneSource) -> bool:
    """Whether the line goes along with the others and is never used up: a comment, or free without quantity."""
    return ligne.quantite is None or (ligne.genre == "libre" and ligne.quantite == 0)


def compte_en_commande(ligne: LigneSource, nature: Nature = Nature.CONSOMME) -> bool:
    """Whether the order unit counts: goods of variable weight typed by the piece (CAL-03).

    What was invoiced or delivered by weight is credited and comes back by weight: there the base unit counts.
    """
    flou = ligne.conversion is not None and ligne.conversion.flou
    return flou and ligne.saisie != "base" and nature not in {Nature.REFERENCE, Nature.CREDIT}


@exact
def reste(ligne: LigneSource, nature: Nature = Nature.CONSOMME) -> Reste:
    """Return what a step of this nature can still take of the line; of a copied one, all (TRF-03).

    Both figures are plain differences that never pass 0. Where the order unit counts (`compte_en_commande`), nothing
    is left once no order unit is, and the base quantity is the difference if it can be the weight of the order units
    left, else their conversion.
    """
    deja, deja_commande = deja_pris(ligne, nature)
    base = _difference(ligne.quantite or ZERO, deja)
    if ligne.conversion is None or ligne.quantite_unite_commande is None:
        return Reste(base, None, epuisee=base == 0)
    commande = _difference(ligne.quantite_unite_commande, deja_commande)
    if not compte_en_commande(ligne, nature):
        return Reste(base, commande if base else ZERO, epuisee=base == 0)
    if commande == 0:
        return Reste(ZERO, ZERO, epuisee=True)
    if deja_commande and not _plausible(base, commande, ligne):
        base = vers_base(commande, ligne.conversion)
    return Reste(base, commande, epuisee=False)


def deja_pris(ligne: LigneSource, nature: Nature) -> tuple[Decimal, Decimal]:
    """Return what steps of this nature cannot take of the line any more, in base and in order unit.

    What was given up is as gone as what has moved on (TRF-08, TRF-10).
    """
    match nature:
        case Nature.COPIE:
            return ZERO, ZERO
        case Nature.REFERENCE:
            revenue = ligne.quantite_retournee
            return revenue, ZERO if ligne.conversion is None else vers_supplementaire(revenue, ligne.conversion)
        case Nature.CONSOMME | Nature.CREDIT:
            return (
                ligne.quantite_transferee + ligne.quantite_abandonnee,
                ligne.quantite_unite_commande_transferee + ligne.quantite_unite_commande_abandonnee,
            )


def situation(
    type_document: str,
    etat: str,
    *,
    numerote: bool,
    lignes: Iterable[LigneSource],
    rouvert: bool = False,
    cloture: bool = False,
) -> Situation:
    """Read off the lines what the lifecycle needs to know of their document. Raises `TypeInconnu`."""
    avance = Nature.CREDIT if Nature.CREDIT in regle(type_document).vers.values() else Nature.CONSOMME
    toutes = tuple(lignes)
    return Situation(
        type=type_document,
        etat=etat,
        numerote=numerote,
        reste=any(not reste(ligne, avance).epuisee for ligne in toutes),
        entame=any(
            ligne.quantite_transferee or ligne.quantite_unite_commande_transferee or ligne.quantite_retournee
            for ligne in toutes
        ),
        retournable=any(not reste(ligne, Nature.REFERENCE).epuisee for ligne in toutes),
        rouvert=rouvert,
        abandonne=any(ligne.quantite_abandonnee or ligne.quantite_unite_commande_abandonnee for ligne in toutes),
        cloture=cloture,
    )


def _difference(total: Decimal, deja: Decimal) -> Decimal:
    return max(total - deja, ZERO) if total >= 0 else min(total - deja, ZERO)


def _plausible(base: Decimal, commande: Decimal, ligne: LigneSource) -> bool:
    """Whether the difference can be the weight of the units left: a typed weight (CAL-20), or one CAL-03 takes."""
    if base == 0 or ligne.saisie == "les_deux":
        return base != 0
    try:
        completer(base, commande, ligne.conversion)
    except QuantitesIncoherentes:
        return False
    return True
