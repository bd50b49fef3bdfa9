"""What is left of a line, in the unit that counts (TRF-03, CAL-03, CAL-20, TRF-06)."""

from dataclasses import replace
from decimal import Decimal

import pytest

from aurore_domain.cycle import Nature
from aurore_domain.restes import Reste, reste, situation
from aurore_domain.unites import Conversion
from tests.domaine.lignes_source import CARTON, PIECE, Ligne, commentaire, ligne

# Line as typed (base unit, order unit), what has moved on (both), what is left (both), whether nothing is.
EN_BASE = """
no order unit          | 120  |    |      | | 120    |    | non
some moved on          | 120  |    | 50   | | 70     |    | non
all moved on           | 120  |    | 120  | | 0      |    | oui
more than all          | 120  |    | 125  | | 0      |    | oui
nothing was ordered    | 0    |    |      | | 0      |    | oui
a discount             | -3   |    | -1   | | -2     |    | non
a discount used up     | -3   |    | -3   | | 0      |    | oui
"""
EN_CARTONS = """
cartons of 6           |      | 20 |      |    | 120 | 20 | non
typed in pieces        | 120  |    | 50   | 8  | 70  | 12 | non
cartons run out first  | 120  |    | 110  | 20 | 10  | 0  | non
pieces are what counts |      | 20 | 120  | 18 | 0   | 0  | oui
"""
AU_POIDS = """
typed by the piece     |      | 5  |      |   | 105  | 5 | non
as much as expected    |      | 5  | 42   | 2 | 63   | 3 | non
about as much          |      | 5  | 44   | 2 | 61   | 3 | non
much heavier           |      | 5  | 60   | 2 | 63   | 3 | non
heavier than all       |      | 5  | 110  | 4 | 21   | 1 | non
all pieces, heavy      |      | 5  | 110  | 5 | 0    | 0 | oui
all pieces, light      |      | 5  | 90   | 5 | 0    | 0 | oui
more pieces than all   |      | 5  | 126  | 6 | 0    | 0 | oui
weighed when ordered   | 110  | 5  |      |   | 110  | 5 | non
and two are gone       | 110  | 5  | 42   | 2 | 68   | 3 | non
the scales were wrong  | 110  | 5  | 112  | 4 | 21   | 1 | non
all pieces gone        | 110  | 5  | 100  | 5 | 0    | 0 | oui
typed by weight        | 105  |    | 42   | 2 | 63   | 3 | non
weight is what counts  | 105  |    | 100  | 5 | 5    | 0 | non
"""


def rangees(table: str) -> list[list[str]]:
    return [[case.strip() for case in rangee.split("|")] for rangee in table.strip().splitlines()]


CAS = [
    pytest.param(*rangee[1:], conversion, id=rangee[0])
    for table, conversion in ((EN_BASE, None), (EN_CARTONS, CARTON), (AU_POIDS, PIECE))
    for rangee in rangees(table)
]


@pytest.mark.parametrize(
    ("base", "commande", "partie", "partie_commande", "restante", "restante_commande", "epuisee", "conversion"), CAS
)
def test_trf_03_what_is_left(
    base: str,
    commande: str,
    partie: str,
    partie_commande: str,
    restante: str,
    restante_commande: str,
    epuisee: str,
    conversion: Conversion | None,
) -> None:
    """TRF-03: quantity less what moved on; CAL-03: goods of variable weight typed by the piece count by the piece."""
    source = replace(
        ligne(base, commande, conversion),
        quantite_transferee=Decimal(partie or 0),
        quantite_unite_commande_transferee=Decimal(partie_commande or 0),
    )
    attendu = Decimal(restante_commande) if restante_commande else None
    assert reste(source) == Reste(Decimal(restante), attendu, epuisee == "oui")


def test_trf_10_a_template_is_never_used_up_and_returns_count_by_weight() -> None:
    """TRF-10: returned ≤ delivered, in base unit; what moved on takes nothing from what may come back."""
    livree = replace(
        ligne("110", "5", PIECE),
        quantite_transferee=Decimal(110),
        quantite_unite_commande_transferee=Decimal(5),
        quantite_retournee=Decimal(23),
    )
    assert reste(livree) == Reste(Decimal(0), Decimal(0), epuisee=True)
    assert reste(livree, Nature.COPIE) == Reste(Decimal(110), Decimal(5), epuisee=False)
    assert reste(livree, Nature.REFERENCE) == Reste(Decimal(87), Decimal(4), epuisee=False)
    creditee = replace(livree, quantite_transferee=Decimal(100))
    assert reste(creditee, Nature.CREDIT) == Reste(Decimal(10), Decimal(0), epuisee=False)


def test_trf_03_an_untouched_line_is_whole_even_if_its_unit_changed_since() -> None:
    source = replace(ligne("", "5", PIECE), conversion=replace(PIECE, facteur=Decimal(30)))
    assert reste(source) == Reste(Decimal(105), Decimal(5), epuisee=False)


def test_a_comment_has_nothing_left() -> None:
    assert reste(commentaire(100)) == Reste(Decimal(0), None, epuisee=True)


MOITIE = replace(ligne("10"), quantite_transferee=Decimal(5))
PARTIE = replace(ligne("10"), quantite_transferee=Decimal(10))
REVENUE = replace(ligne("10"), quantite_retournee=Decimal(10))


@pytest.mark.parametrize(
    ("type_document", "lignes", "reste_entame_retournable"),
    [
        ("commande", [ligne("10"), commentaire(200)], (True, False, True)),
        ("commande", [PARTIE, MOITIE], (True, True, True)),
        ("commande", [PARTIE, commentaire(200)], (False, True, True)),
        ("commande", [commentaire(100)], (False, False, False)),
        ("commande", [], (False, False, False)),
        ("bordereau", [REVENUE], (True, True, False)),
        ("facture", [PARTIE], (False, True, True)),
        (
            "facture",
            [
                replace(
                    ligne("", "5", PIECE),
                    quantite_transferee=Decimal(100),
                    quantite_unite_commande_transferee=Decimal(5),
                )
            ],
            (True, True, True),
        ),
    ],
)
def test_trf_06_the_situation_is_read_off_the_lines(
    type_document: str, lignes: list[Ligne], reste_entame_retournable: tuple[bool, bool, bool]
) -> None:
    lue = situation(type_document, "en_attente", numerote=False, lignes=lignes)
    assert (lue.reste, lue.entame, lue.retournable) == reste_entame_retournable
    assert (lue.type, lue.etat, lue.numerote) == (type_document, "en_attente", False)
