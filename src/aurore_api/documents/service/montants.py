"""Amounts of the header that go along once: charges and deposits, by one rule (TRF-04, DOC-16).

Each amount knows the document that it went along to; it comes back when that one ends.
"""

from collections.abc import Collection, Iterable
from uuid import UUID

from uuid_utils.compat import uuid7

from aurore_api.documents.calcul import MONTANT_MAX
from aurore_api.documents.erreurs import MontantTropGrand
from aurore_api.documents.tables import Acompte, Document
from aurore_domain.cycle import Nature


def deplacer(document: Document, sources: Iterable[tuple[Document, Nature]], *, frais_saisis: bool) -> None:
    """Take the amounts of sources along, each source given with the step that it takes (TRF-04).

    They go with the first transfer that takes goods, and add up where documents join. A charge typed for the target
    stands for all of them. What is copied gives its charge each time, and no deposit: that money was paid once.

    Raises:
        MontantTropGrand: the charges come to more than can be kept.
    """
    for source, nature in sources:
        consomme = nature is Nature.CONSOMME
        if consomme:
            document.acomptes.extend(_suivants(source, document))
        premiers = consomme and source.frais_transferes_vers is None
        if not source.montant_livraison or not (premiers or nature is Nature.COPIE):
            continue
        if premiers:
            source.frais_transferes_vers = document.id
        if not frais_saisis:
            document.montant_livraison += source.montant_livraison
    if document.montant_livraison >= MONTANT_MAX:
        raise MontantTropGrand(pointeur="#/sources")


def _suivants(source: Document, document: Document) -> list[Acompte]:
    """The deposits that still count on a source, on the document that they go along to."""
    suivants = [un for un in source.acomptes if un.transfere_vers is None]
    for un in suivants:
        un.transfere_vers = document.id
    return [
        Acompte(
            id=uuid7(),
            document=document.id,
            date=un.date,
            montant=un.montant,
            mode_paiement=un.mode_paiement,
            reference=un.reference,
            origine=un.id,
        )
        for un in suivants
    ]


def rendre(source: Document, cibles: Collection[UUID]) -> None:
    """Let the amounts that went along to documents which end count on their source again."""
    if source.frais_transferes_vers in cibles:
        source.frais_transferes_vers = None
    for acompte in source.acomptes:
        if acompte.transfere_vers in cibles:
            acompte.transfere_vers = None
