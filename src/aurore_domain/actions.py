"""What the lifecycle table allows a document in its present situation: one answer for clients and for enforcement.

Whatever is not allowed is refused by an error that says what is allowed instead, never skipped.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from aurore_domain.cycle import DEPARTS, EffetStock, Etat, Nature, TypeDocument, regle
from aurore_domain.erreurs import EtatInterdit

_COMMANDES = frozenset({EffetStock.COMMANDE_CLIENT, EffetStock.COMMANDE_FOURNISSEUR})
"""What documents by which something is ordered do to the stock."""


class Action(StrEnum):
    """What a user may do with a document, in the order in which answers list it."""

    LIRE = "lire"
    MODIFIER = "modifier"
    IMPRIMER = "imprimer"
    COPIER = "copier"
    TRANSFERER = "transferer"
    SUPPRIMER = "supprimer"
    ROUVRIR = "rouvrir"
    ABANDONNER = "abandonner"


class Suppression(StrEnum):
    """What DELETE does to a document that may be deleted (DOC-09)."""

    EFFACER = "effacer"
    ANNULER = "annuler"


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What the table needs to know of one document; `restes.situation` reads the last three off its lines.

    `reste`: something is left to move on (of a facture: to credit). `entame`: something of it stands in a following
    document, copies excepted. `retournable`: something of it can still come back. `rouvert`: reopened, and not issued
    again yet (DOC-08). `abandonne`: something of it was given up (TRF-08). `cloture`: a till's commande whose day is
    past (MAG-26). Raises `TypeInconnu`.
    """

    type: str
    etat: str
    numerote: bool
    reste: bool
    entame: bool
    retournable: bool
    rouvert: bool = False
    abandonne: bool = False
    cloture: bool = False

    def __post_init__(self) -> None:
        regle(self.type)
        Etat(self.etat)


class EtapeImpossible(EtatInterdit):
    """The table has no such step. Values: `type`, `vers`, `possibles`, `actions`."""

    code = "etape_impossible"


class SansSuite(EtatInterdit):
    """Documents of this type are the end of their chain. Values: as `EtatInterdit`."""

    code = "sans_suite"


class SansReste(EtatInterdit):
    """Everything of the document has already been moved on, or come back. Values: as `EtatInterdit`."""

    code = "sans_reste"


class SansNumero(EtatInterdit):
    """A facture without a number is changed or deleted, not credited. Values: as `EtatInterdit`."""

    code = "sans_numero"


class DocumentFiscal(EtatInterdit):
    """A numbered facture or note de crédit is never deleted, and changed only once reopened. Values: as the base."""

    code = "document_fiscal"


class DocumentEntame(EtatInterdit):
    """What follows from the document must be deleted first. Values: as `EtatInterdit`."""

    code = "document_entame"


class DocumentRouvert(EtatInterdit):
    """The document is reopened: nothing follows from it until it is issued again. Values: as `EtatInterdit`."""

    code = "document_rouvert"


class CommandeCloturee(EtatInterdit):
    """A till's commande was closed after its day: nothing of it is to be delivered (MAG-26). Values: as the base."""

    code = "commande_cloturee"


class SansArrieres(EtatInterdit):
    """Nothing is ordered with documents of this type, so nothing is given up. Values: as `EtatInterdit`."""

    code = "sans_arrieres"


class ReouvertureInutile(EtatInterdit):
    """The document can be changed as it is: only an issued facture or note de crédit is reopened. Values: as above."""

    code = "reouverture_inutile"


def _refus_etape(nature: Nature, situation: Situation) -> type[EtatInterdit] | None:
    if Etat(situation.etat) not in DEPARTS[nature]:
        return EtatInterdit
    if situation.rouvert:
        return DocumentRouvert
    if situation.cloture and nature is not Nature.COPIE:
        return CommandeCloturee
    if nature is Nature.CREDIT and not situation.numerote:
        return SansNumero
    disponible = {Nature.COPIE: True, Nature.REFERENCE: situation.retournable}.get(nature, situation.reste)
    return None if disponible else SansReste


def _refus_transferer(situation: Situation) -> type[EtatInterdit] | None:
    refus = [_refus_etape(nature, situation) for nature in regle(situation.type).vers.values()]
    if not refus:
        return SansSuite
    return None if None in refus else refus[0]


def _refus_supprimer(situation: Situation) -> type[EtatInterdit] | None:
    if situation.numerote and regle(situation.type).fiscal:
        return DocumentFiscal
    if situation.etat == Etat.ANNULE:
        return EtatInterdit
    if situation.entame:
        return DocumentEntame
    return None if situation.etat == Etat.EN_ATTENTE else EtatInterdit


def _emis(situation: Situation) -> bool:
    """Whether the document was issued as it stands: fiscal, numbered, and not reopened since."""
    return situation.numerote and regle(situation.type).fiscal and not situation.rouvert


def _refus_modifier(situation: Situation) -> type[EtatInterdit] | None:
    if situation.etat != Etat.EN_ATTENTE:
        return EtatInterdit
    return DocumentFiscal if _emis(situation) else None


def _refus_rouvrir(situation: Situation) -> type[EtatInterdit] | None:
    """DOC-08: not once it is posted, nor when something follows from it.

    Nor once it was sent: there is no sending yet; the day there is, `Situation` says so and this is where it refuses.
    """
    if situation.etat != Etat.EN_ATTENTE:
        return EtatInterdit
    if not _emis(situation):
        return ReouvertureInutile
    return DocumentEntame if situation.entame else None


def _refus_abandonner(situation: Situation) -> type[EtatInterdit] | None:
    """TRF-08: what is ordered and not delivered yet can be given up."""
    if regle(situation.type).stock not in _COMMANDES:
        return SansArrieres
    if situation.etat != Etat.EN_ATTENTE:
        return EtatInterdit
    if situation.cloture:
        return CommandeCloturee
    return None if situation.reste else SansReste


def _refus_imprimer(situation: Situation) -> type[EtatInterdit] | None:
    return EtatInterdit if situation.etat == Etat.ANNULE and not situation.numerote else None


def _jamais(_situation: Situation) -> None:
    return None


_REFUS: Mapping[Action, Callable[[Situation], type[EtatInterdit] | None]] = {
    Action.LIRE: _jamais,
    Action.MODIFIER: _refus_modifier,
    Action.IMPRIMER: _refus_imprimer,
    Action.COPIER: _jamais,
    Action.TRANSFERER: _refus_transferer,
    Action.SUPPRIMER: _refus_supprimer,
    Action.ROUVRIR: _refus_rouvrir,
    Action.ABANDONNER: _refus_abandonner,
}
"""What stands against each action."""


def _refus(action: Action, situation: Situation) -> type[EtatInterdit] | None:
    return _REFUS[action](situation)


def actions(situation: Situation) -> tuple[Action, ...]:
    """What may be done with the document now (DOC-01, DOC-09), for answers and for enforcement alike.

    A blocked document is read, printed and copied; it also gives returns and credits (`DEPARTS`). An annulled one that
    never had a number is not printed, since printing would number it.
    """
    return tuple(action for action in Action if _refus(action, situation) is None)


def exiger(action: Action, situation: Situation) -> None:
    """Let an allowed action pass; raise `EtatInterdit` or the subclass that says why, with the allowed actions."""
    permises = actions(situation)
    refus = _refus(action, situation)
    if refus is not None:
        raise refus(action=action, type=situation.type, etat=situation.etat, actions=permises)


def suites(situation: Situation) -> tuple[TypeDocument, ...]:
    """The types into which something of the document can be moved now."""
    etapes = regle(situation.type).vers.items()
    return tuple(vers for vers, nature in etapes if _refus_etape(nature, situation) is None)


def exiger_etape(situation: Situation, vers: str) -> Nature:
    """The nature of the step into the type `vers` (TRF-01).

    Raises `TypeInconnu`, `EtapeImpossible` for a step the table lacks, else `EtatInterdit` or a subclass.
    """
    cible = regle(vers).type
    etapes = regle(situation.type).vers
    permises = actions(situation)
    if cible not in etapes:
        raise EtapeImpossible(type=situation.type, vers=vers, possibles=tuple(etapes), actions=permises)
    refus = _refus_etape(etapes[cible], situation)
    if refus is not None:
        raise refus(action=Action.TRANSFERER, type=situation.type, etat=situation.etat, actions=permises)
    return etapes[cible]


def modifiable(situation: Situation) -> bool:
    """Whether lines and header may be changed (DOC-01): waiting, and not an issued fiscal document (DOC-08)."""
    return _refus(Action.MODIFIER, situation) is None


def suppression(situation: Situation) -> Suppression:
    """How DELETE ends the document (DOC-09): removed without a number, annulled with one, its number kept.

    Raises `DocumentFiscal` (credit it), `DocumentEntame` (a bordereau that is invoiced, or anything whose lines stand
    in following documents: those go first), or `EtatInterdit` (annulled already, posted).
    """
    exiger(Action.SUPPRIMER, situation)
    return Suppression.ANNULER if situation.numerote else Suppression.EFFACER


def etat_selon_reste(situation: Situation) -> Etat:
    """The state after quantities have moved on, come back or been given up: only steps that use up change it (TRF-06).

    Given up is as good as moved on: a document with nothing left is done (TRF-08).
    """
    etat = Etat(situation.etat)
    if Nature.CONSOMME not in regle(situation.type).vers.values():
        return etat
    if etat is Etat.EN_ATTENTE and (situation.entame or situation.abandonne) and not situation.reste:
        return Etat.TRANSFERE
    if etat is Etat.TRANSFERE and situation.reste:
        return Etat.EN_ATTENTE
    return etat
