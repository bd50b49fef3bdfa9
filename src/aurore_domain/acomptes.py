"""Deposits: on which documents they stand, and how much they may come to (DOC-16)."""

from collections.abc import Sequence
from decimal import Decimal

from aurore_domain.cycle import Nature, TypeDocument, regle
from aurore_domain.erreurs import ValeurRefusee
from aurore_domain.montants import ZERO, exact


class AcompteImpossible(ValeurRefusee):
    """Documents of this type take no deposit: none of them becomes the facture that it is deducted on. `type`."""

    code = "acompte_impossible"


class AcompteTropGrand(ValeurRefusee):
    """The deposits come to more than the amount due. Values: `acomptes`, `montant_du`, in EUR."""

    code = "acompte_trop_grand"


def prend_des_acomptes(type_document: str) -> bool:
    """Whether deposits stand on documents of a type: on a facture, and on what is used up by one."""
    une = regle(type_document)
    return une.type is TypeDocument.FACTURE or une.vers.get(TypeDocument.FACTURE) is Nature.CONSOMME


@exact
def acomptes_en_trop(montants: Sequence[Decimal], montant_du: Decimal) -> bool:
    """Whether deposits come to more than what is due, so that the balance is the client's.

    Typed so, they are refused (`verifier_acomptes`); a part delivery that takes all of them along is not, nor is a
    document that becomes smaller.
    """
    return sum(montants, ZERO) > max(montant_du, ZERO)


@exact
def verifier_acomptes(type_document: str, montants: Sequence[Decimal], montant_du: Decimal, *, pointeur: str) -> None:
    """Refuse deposits, typed in EUR, that a document cannot have.

    Raises `AcompteImpossible` for the type, `AcompteTropGrand` for more than the amount due.
    """
    if not prend_des_acomptes(type_document):
        raise AcompteImpossible(pointeur=pointeur, type=type_document)
    if acomptes_en_trop(montants, montant_du):
        raise AcompteTropGrand(pointeur=pointeur, acomptes=sum(montants, ZERO), montant_du=montant_du)
