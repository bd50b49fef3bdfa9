"""What factures have left to credit, and what a note de crédit takes of it (CAL-15)."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from aurore_domain.montants import ZERO
from aurore_domain.totaux import Escompte
from aurore_domain.tva import Traitement


class Poste(NamedTuple):
    """An amount as stated, and without VAT; the two differ only where prices include VAT (CAL-14)."""

    enonce: Decimal
    htva: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneACrediter:
    """The facture's line that a line of the note credits, and what other notes have left of it."""

    facture: Hashable
    ligne: Hashable
    ordre: int
    reste: Poste
    taxes: tuple[Poste, ...]
    """What is left of each tax that the facture's line was charged."""
    soldee: bool
    """Whether nothing of the line's quantity is left, this note included."""
    meme_prix: bool
    """Whether the note credits it at the facture's own price: another one takes no rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupeACrediter:
    """What other notes have left of a VAT group of a facture; `lignes`, `frais`, `escompte` as stated."""

    base: Decimal
    tva: Decimal
    lignes: Decimal
    frais: Decimal
    escompte: Decimal
    entete: Decimal
    """The charges less the escompte, without VAT."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactureACrediter:
    """A facture as the note finds it, with the escompte that it was issued with.

    `soldee`: nothing is left of any of its lines' quantities, this note included.
    """

    groupes: Mapping[Traitement, GroupeACrediter]
    escompte: Escompte | None
    soldee: bool

    @property
    def frais(self) -> Decimal:
        """What is left of its charges, as stated."""
        return sum((un.frais for un in self.groupes.values()), ZERO)


@dataclass(frozen=True, slots=True, kw_only=True)
class ACrediter:
    """All that a note credits: by the key of its lines, and by that of the factures."""

    lignes: Mapping[Hashable, LigneACrediter]
    factures: Mapping[Hashable, FactureACrediter]


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """What a note takes of a VAT group of a facture: the counterpart of `GroupeACrediter`."""

    facture: Hashable
    traitement: Traitement
    base: Decimal
    tva: Decimal
    frais: Decimal
    escompte: Decimal
    entete: Decimal
