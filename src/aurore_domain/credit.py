"""What a client owes or will owe, held against what it may (CLI-04, DOC-20). Amounts in EUR, VAT included."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from aurore_domain.cycle import TypeDocument
from aurore_domain.erreurs import Conflit
from aurore_domain.montants import ZERO, exact
from aurore_domain.montants_lignes import TaxeCalculable
from aurore_domain.restes import LigneSource, reste
from aurore_domain.totaux import Escompte, totaliser
from aurore_domain.tva import Traitement

CONTROLES = frozenset({TypeDocument.COMMANDE, TypeDocument.BORDEREAU, TypeDocument.FACTURE})
"""The types whose changes are checked. A proforma counts and is not: it is how money is asked for beforehand."""


ARRONDI_PAR_LIGNE = Decimal("0.02")
"""What sharing a line can add to the sum of both documents, in EUR: half a cent for each amount and each VAT."""


class LimiteCreditDepassee(Conflit):
    """The client would owe more than it may. Values: `client`, `encours`, `limite`, `depassement`."""

    code = "limite_credit_depassee"


@dataclass(frozen=True, slots=True, kw_only=True)
class Encours:
    """What is open of a client. `credits` and `acomptes` are positive and taken off."""

    commandes: Decimal = ZERO
    """What is left of commandes and proformas."""
    bordereaux: Decimal = ZERO
    """What is left to invoice."""
    factures: Decimal = ZERO
    """Not posted, numbered or not."""
    impayes: Decimal = ZERO
    """Posted and not paid."""
    credits: Decimal = ZERO
    """Retours not credited, and notes de crédit not posted."""
    acomptes: Decimal = ZERO
    """Deposits on all of these."""
    echu: Decimal = ZERO
    """Part of the factures: what is left of them past their due date."""

    @property
    @exact
    def total(self) -> Decimal:
        """What the client owes or will owe."""
        return self.commandes + self.bordereaux + self.factures + self.impayes - self.credits - self.acomptes


@exact
def depassement(avant: Decimal, apres: Decimal, limite: Decimal, *, lignes_partagees: int = 0) -> Decimal | None:
    """How far a change takes the client beyond its limit; None where it stays within, or does not make it worse.

    Each line that a transfer shares between two documents is rounded once more, and its VAT with it: that alone is
    nothing worse.
    """
    return apres - limite if apres > max(limite, avant + ARRONDI_PAR_LIGNE * lignes_partagees) else None


class LigneOuverte(LigneSource, Protocol):
    """A line of a document of which something may have gone: all that `restes.reste` and totals ask."""

    @property
    def prix(self) -> Decimal | None:
        """Price per base unit, as stated."""

    @property
    def remise(self) -> Decimal:
        """Discount in %."""

    @property
    def traitement(self) -> Traitement | None:
        """VAT treatment."""

    @property
    def taxes(self) -> Sequence[TaxeCalculable]:
        """Taxes charged on the line."""


@dataclass(frozen=True, slots=True)
class _LigneRestante:
    quantite: Decimal | None
    prix: Decimal | None
    remise: Decimal
    traitement: Traitement | None
    taxes: Sequence[TaxeCalculable]
    sous_total: bool = field(default=False)


def valeur_restante(lignes: Iterable[LigneOuverte], *, prix_tvac: bool, escompte: Escompte | None) -> Decimal:
    """What a facture of all that is left of a document would come to, to the cent.

    Without charges of the header: they went along with the first transfer (TRF-04).
    """
    restantes = [_LigneRestante(reste(une).quantite, une.prix, une.remise, une.traitement, une.taxes) for une in lignes]
    return totaliser(restantes, prix_tvac=prix_tvac, escompte=escompte).montant_du
