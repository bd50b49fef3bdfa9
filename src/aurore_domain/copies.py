"""What a document can be duplicated into (DOC-15)."""

from aurore_domain.cycle import TABLE, TypeDocument, regle
from aurore_domain.erreurs import ValeurRefusee


class CopieImpossible(ValeurRefusee):
    """A document of one type is not copied into one of the other. Values: `type`, `vers`, `possibles`."""

    code = "copie_impossible"


def copiable_vers(type_document: str) -> tuple[TypeDocument, ...]:
    """The types that a document can be copied into: of its side, and with its sign.

    What takes goods or money back is made from what it corrects, by transfer, never by copying a sale (TRF-09).
    """
    source = regle(type_document)
    return tuple(une.type for une in TABLE.values() if (une.cote, une.signe) == (source.cote, source.signe))


def verifier_copie(type_document: str, vers: str, *, pointeur: str = "#/type") -> None:
    """Let a possible copy pass; raise `CopieImpossible`, saying what is possible."""
    possibles = copiable_vers(type_document)
    if vers not in possibles:
        raise CopieImpossible(pointeur=pointeur, type=type_document, vers=vers, possibles=possibles)
