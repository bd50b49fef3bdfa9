"""A part of a push under way: what is known of its references, and what is decided of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic
from uuid import UUID

from aurore_api.documents.lots.demandes import Fait
from aurore_api.documents.service.chargement import Ouvert
from aurore_api.magasin.service.elements import Element
from aurore_api.magasin.service.sortes import P, Sorte
from aurore_api.magasin.tables import ConflitMagasin, Magasin, ReferenceMagasin, ReferencePrise
from aurore_domain.erreurs import ErreurAurore
from aurore_domain.magasin import Decision, Fenetre, Suite

A_FAIRE = frozenset({Suite.CREER, Suite.CHANGER})


@dataclass(slots=True)
class Lot(Generic[P]):
    """Items of different references, all of one kind."""

    sorte: Sorte[P]
    magasin: Magasin
    elements: Sequence[Element[P]]
    connues: Mapping[str, ReferenceMagasin]
    en_conflit: Mapping[str, ConflitMagasin]
    prises: Mapping[str, ReferencePrise]
    """What holds the references of the items, and of the orders that they came from."""
    ouverts: Mapping[UUID, Ouvert]
    fenetre: Fenetre
    forcees: frozenset[str]
    """References of which theirs is taken, whatever was changed or ended here (MAG-13)."""
    decisions: dict[str, Decision] = field(default_factory=dict)
    erreurs: dict[str, ErreurAurore] = field(default_factory=dict)
    faits: dict[str, Fait] = field(default_factory=dict)

    def a(self, *suites: Suite) -> list[tuple[str, P, Element[P]]]:
        """The items of which this was decided, and that nothing stands against."""
        return [
            (un.pousse.reference, un.pousse, un)
            for un in self.elements
            if un.pousse is not None
            and un.pousse.reference not in self.erreurs
            and self.decisions[un.pousse.reference].suite in suites
        ]

    def document(self, reference: str) -> UUID | None:
        """What a reference became, or what holds it."""
        connue, prise = self.connues.get(reference), self.prises.get(reference)
        return connue.document if connue is not None else prise.document if prise is not None else None

    def tenue_par(self, pousse: P) -> tuple[str, ReferencePrise] | None:
        """The field of an item whose reference something else holds, and what does (MAG-19)."""
        connue = self.connues.get(pousse.reference)
        propre = None if connue is None else connue.document
        for champ, nom in (("reference", pousse.reference), ("reference_commande", self.sorte.origine(pousse))):
            prise = self.prises.get(nom) if nom is not None else None
            if prise is not None and prise.document != propre:
                return champ, prise
        return None
