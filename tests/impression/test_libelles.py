"""The printed texts: complete in the four languages."""

import string

import pytest

from aurore_api.impression.libelles import LANGUES, libelles
from aurore_api.impression.modele import Langue


def champs(texte: str) -> set[str]:
    return {nom for _, nom, _, _ in string.Formatter().parse(texte) if nom}


@pytest.mark.parametrize("langue", LANGUES)
def test_imp_10_every_language_has_every_text(langue: Langue):
    reference, textes = libelles("fr").textes, libelles(langue).textes
    assert textes.keys() == reference.keys()
    assert [cle for cle, texte in textes.items() if not texte.strip()] == []
    assert {cle: champs(texte) for cle, texte in textes.items()} == {
        cle: champs(texte) for cle, texte in reference.items()
    }


def test_imp_10_no_language_was_copied_from_another():
    mentions = {libelles(langue)("mention.note_credit") for langue in LANGUES}
    titres = {libelles(langue)("titre.bordereau") for langue in LANGUES}
    assert len(mentions) == len(titres) == len(LANGUES)


@pytest.mark.parametrize(
    ("langue", "facture", "note_credit", "bordereau"),
    [
        ("fr", "Facture", "Note de crédit", "Bordereau de livraison"),
        ("nl", "Factuur", "Creditnota", "Leveringsbon"),
        ("de", "Rechnung", "Gutschrift", "Lieferschein"),
        ("en", "Invoice", "Credit note", "Delivery note"),
    ],
)
def test_imp_10_types_have_their_trade_names(langue: Langue, facture: str, note_credit: str, bordereau: str):
    noms = [libelles(langue)(f"titre.{genre}") for genre in ("facture", "note_credit", "bordereau")]
    assert noms == [facture, note_credit, bordereau]
