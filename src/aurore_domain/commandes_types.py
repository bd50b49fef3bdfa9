"""Standing orders: what a client is to get on a day without ordering it (CLI-07).

What counts on a day, the strongest first:

1. a day on which the client is closed: nothing is delivered;
2. an override of that day: it was asked for explicitly, so it holds also during a pause, out of season, outside the
   validity of its standing order, and for an article that the standing order has not;
3. outside the validity or the seasons, or during a pause: nothing;
4. the quantity of the weekday.

Several standing orders of one client add up.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from aurore_domain.montants import ZERO, exact
from aurore_domain.unites import Conversion, vers_base


@dataclass(frozen=True, slots=True)
class Saison:
    """Days that come back each year, `MM-DD`, both ends included; one that ends before it begins holds over new year.

    29 February stands between the 28th and 1 March: in a year without it, a season from that day begins on 1 March,
    and one until that day ends on the 28th.
    """

    du: str
    au: str

    def comprend(self, jour: date) -> bool:
        """Whether a day lies in the season."""
        dans_l_annee = f"{jour.month:02}-{jour.day:02}"
        if self.du <= self.au:
            return self.du <= dans_l_annee <= self.au
        return dans_l_annee >= self.du or dans_l_annee <= self.au


@dataclass(frozen=True, slots=True)
class Periode:
    """Days from one to another, both included; `au` None is without end."""

    du: date
    au: date | None

    def comprend(self, jour: date) -> bool:
        """Whether a day lies in it."""
        return self.du <= jour and (self.au is None or jour <= self.au)


@dataclass(frozen=True, slots=True)
class Demande:
    """A quantity of an article, in `unite_commande`, in the base unit where that is None."""

    article: str
    unite_commande: str | None
    quantite: Decimal


@dataclass(frozen=True, slots=True)
class LigneType:
    """An article of a standing order: its quantity by weekday (1 is Monday), in `unite_commande` or base unit."""

    article: str
    unite_commande: str | None
    jours: Mapping[int, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandeType:
    """A standing order; without seasons it holds all year. `exceptions` are its overrides, by day."""

    validite: Periode
    saisons: Sequence[Saison] = ()
    pauses: Sequence[Periode] = ()
    lignes: Sequence[LigneType] = ()
    exceptions: Mapping[date, Collection[Demande]]

    def en_vigueur(self, jour: date) -> bool:
        """Whether its weekdays count on a day: valid, in season, not paused."""
        return (
            self.validite.comprend(jour)
            and (not self.saisons or any(une.comprend(jour) for une in self.saisons))
            and not any(une.comprend(jour) for une in self.pauses)
        )


def demandes(commande_type: CommandeType, jour: date) -> tuple[Demande, ...]:
    """What one standing order asks for on a day on which its client is open; never a quantity of 0 (CLI-07)."""
    remplacees = {une.article: une for une in commande_type.exceptions.get(jour, ())}
    trouvees: list[Demande] = []
    if commande_type.en_vigueur(jour):
        for ligne in commande_type.lignes:
            quantite = ligne.jours.get(jour.isoweekday(), ZERO)
            trouvees.append(remplacees.pop(ligne.article, Demande(ligne.article, ligne.unite_commande, quantite)))
    trouvees += remplacees.values()
    return tuple(une for une in trouvees if une.quantite)


@exact
def additionner(parts: Iterable[Demande]) -> tuple[Demande, ...]:
    """Add up what is asked for of each article in each unit, in the order in which they come first."""
    sommes: dict[tuple[str, str | None], Decimal] = {}
    for une in parts:
        cle = une.article, une.unite_commande
        sommes[cle] = sommes.get(cle, ZERO) + une.quantite
    return tuple(Demande(*cle, somme) for cle, somme in sommes.items())


def demandes_du_client(commandes_types: Iterable[CommandeType], jour: date, *, ouvert: bool) -> tuple[Demande, ...]:
    """What all the standing orders of a client ask for on a day, together: nothing where it is closed (CLI-07)."""
    if not ouvert:
        return ()
    return additionner(une for commande_type in commandes_types for une in demandes(commande_type, jour))


def en_base(demande: Demande, conversion: Conversion | None) -> Decimal:
    """The quantity in base unit, as a line with this order unit would have it (CAL-02); None: it is in base unit."""
    return demande.quantite if conversion is None else vers_base(demande.quantite, conversion)
