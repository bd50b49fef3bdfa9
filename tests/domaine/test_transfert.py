"""Which lines go, with which quantities, and what is refused (TRF-02, TRF-03, TRF-08, CAL-03)."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from aurore_domain.cycle import Nature
from aurore_domain.erreurs import ErreurAurore, ErreursMultiples
from aurore_domain.transfert import (
    LigneDemandee,
    LigneSansQuantite,
    Part,
    QuantiteArrondieAZero,
    QuantiteDepassee,
    RienATransferer,
    Selection,
    SigneContraire,
    Tolerance,
    partager,
)
from aurore_domain.unites import Conversion, QuantitesIncoherentes
from tests.domaine.lignes_source import CARTON, PIECE, Ligne, apres, commentaire, decimal, ligne, prendre

DOCUMENT = [
    ligne("120", "", CARTON, ordre=300),
    commentaire(100),
    ligne("10", ordre=200),
    commentaire(400),
    replace(ligne("-2", ordre=500), genre="libre"),
    replace(ligne("4", ordre=600), quantite_transferee=Decimal(4)),
    ligne("0", ordre=650),
]


def demander(*lignes: tuple[int, str, str], debut: int | None = None, fin: int | None = None) -> Selection:
    """Ask for a range and for lines by `ordre`, quantity in base unit and in order unit."""
    listees = [LigneDemandee(ordre, decimal(base), decimal(commande)) for ordre, base, commande in lignes]
    return Selection(ordre_debut=debut, ordre_fin=fin, lignes=listees or None)


@pytest.mark.parametrize(
    ("selection", "parties"),
    [
        (demander(), "100: 200:10 300:120 400: 500:-2"),
        (demander(debut=200, fin=400), "200:10 300:120 400:"),
        (demander(debut=400), "400: 500:-2"),
        (demander(fin=250), "100: 200:10"),
        (demander((300, "50", ""), debut=200, fin=400), "200:10 300:50 400:"),
        (demander((300, "0", ""), debut=200, fin=400), "200:10 400:"),
        (demander((300, "", ""), (200, "3", "")), "200:3 300:120"),
        (demander((200, "3", ""), (100, "", "")), "100: 200:3"),
        (demander((200, "3", ""), (300, "", "0"), (100, "0", "")), "200:3"),
        (demander((600, "", ""), (200, "3", "")), "200:3"),
        (demander((500, "-1", "")), "500:-1"),
    ],
)
def test_trf_02_whole_range_or_chosen_lines(selection: Selection, parties: str) -> None:
    """TRF-02: missing means all that is left, 0 nothing of that line; comments and free lines of a range go along."""
    lues = " ".join(
        f"{part.ordre}:{'' if part.quantite is None else part.quantite}" for part in partager(DOCUMENT, selection)
    )
    assert lues == parties


@pytest.mark.parametrize(
    ("selection", "code", "pointeur"),
    [
        (demander((700, "1", "")), "ligne_inconnue", "#/sources/0/lignes/0/ordre"),
        (demander((200, "1", ""), (150, "", "")), "ligne_inconnue", "#/sources/0/lignes/1/ordre"),
        (demander((200, "1", ""), debut=300), "ligne_hors_plage", "#/sources/0/lignes/0/ordre"),
        (demander((200, "1", ""), (200, "2", "")), "ligne_repetee", "#/sources/0/lignes/1/ordre"),
        (demander(debut=300, fin=200), "plage_inversee", "#/sources/0/ordre_fin"),
        (demander((100, "1", "")), "ligne_sans_quantite", "#/sources/0/lignes/0/quantite"),
        (demander((200, "-1", "")), "signe_contraire", "#/sources/0/lignes/0/quantite"),
        (demander((500, "1", "")), "signe_contraire", "#/sources/0/lignes/0/quantite"),
        (demander((300, "", "-1")), "signe_contraire", "#/sources/0/lignes/0/quantite_unite_commande"),
        (demander((300, "", "21")), "quantite_depassee", "#/sources/0/lignes/0/quantite_unite_commande"),
        (demander((200, "", "1")), "unite_commande_manquante", "#/sources/0/lignes/0/quantite_unite_commande"),
        (demander((200, "0", ""), (300, "0", "")), "rien_a_transferer", "#/sources/0"),
        (demander((600, "", "")), "rien_a_transferer", "#/sources/0"),
        (demander(debut=400, fin=400), "rien_a_transferer", "#/sources/0"),
        (demander(debut=410, fin=420), "rien_a_transferer", "#/sources/0"),
        (Selection(lignes=[]), "rien_a_transferer", "#/sources/0"),
    ],
)
def test_trf_02_what_is_refused_names_the_line(selection: Selection, code: str, pointeur: str) -> None:
    with pytest.raises(ErreurAurore) as refus:
        partager(DOCUMENT, selection, pointeur="#/sources/0")
    assert (refus.value.code, refus.value.pointeur) == (code, pointeur)


def test_trf_03_all_lines_that_ask_too_much_are_told_together() -> None:
    with pytest.raises(ErreursMultiples) as refus:
        partager(DOCUMENT, demander((200, "11", ""), (300, "1", ""), (600, "1", "")))
    assert [(erreur.code, erreur.pointeur) for erreur in refus.value.erreurs] == [
        ("quantite_depassee", "#/lignes/0/quantite"),
        ("quantite_depassee", "#/lignes/2/quantite"),
    ]


def test_a_free_line_without_quantity_goes_along_like_a_comment() -> None:
    lignes = [Ligne(ordre=100, genre="libre"), replace(ligne("0", ordre=200), genre="libre"), ligne("1", ordre=300)]
    assert [part.ordre for part in partager(lignes, Selection())] == [100, 200, 300]
    with pytest.raises(RienATransferer):
        partager(lignes[:2], Selection())
    with pytest.raises(LigneSansQuantite):
        partager(lignes, demander((200, "1", "")))


# Ordered 100 (or as said), moved on before, asked for, tolerance in %; « maximum » is told when it is refused.
PLAFONDS = """
ordered | moved | asked | tolerance | maximum
100     | 0     | 100   | 0         |
100     | 0     | 101   | 0         | 100
100     | 60    | 40    | 0         |
100     | 60    | 41    | 0         | 40
100     | 0     | 105   | 5         |
100     | 0     | 105.01 | 5        | 105
100     | 60    | 45    | 5         |
100     | 60    | 45.01 | 5         | 45
100     | 105   | 1     | 5         | 0
100     | 103   | 2     | 5         |
100     | 110   | 1     | 5         | 0
-100    | -60   | -45   | 5         |
-100    | -60   | -46   | 5         | -45
"""


@pytest.mark.parametrize("rangee", PLAFONDS.strip().splitlines()[1:])
@pytest.mark.parametrize("par_article", [False, True])
def test_trf_03_more_than_left_and_tolerance_is_refused(rangee: str, par_article: bool) -> None:
    """TRF-03: the tolerance is a part of what was ordered, once over all transfers; an article's own one prevails."""
    commandee, partie, voulue, pourcentage, maximum = (case.strip() for case in rangee.split("|"))
    source = replace(ligne(commandee), quantite_transferee=Decimal(partie))
    tolerance = (
        Tolerance(societe=Decimal(50), par_ordre={100: Decimal(pourcentage)})
        if par_article
        else Tolerance(societe=Decimal(pourcentage), par_ordre={200: Decimal(50)})
    )
    if not maximum:
        assert prendre(source, voulue, tolerance=tolerance).quantite == Decimal(voulue)
        return
    with pytest.raises(QuantiteDepassee) as refus:
        prendre(source, voulue, tolerance=tolerance)
    assert refus.value.valeurs["ordre"] == 100
    assert refus.value.valeurs["maximum"] == Decimal(maximum)
    assert prendre(source, voulue, tolerance=Tolerance(depassement=True)).quantite == Decimal(voulue)


@pytest.mark.parametrize("nature", [Nature.REFERENCE, Nature.CREDIT])
def test_trf_10_returned_and_credited_never_exceed(nature: Nature) -> None:
    """TRF-10: returned ≤ delivered, credited ≤ invoiced: neither tolerance nor `depassement` counts there."""
    source = replace(ligne("10"), quantite_transferee=Decimal(4), quantite_retournee=Decimal(4))
    assert prendre(source, "6", nature=nature).quantite == 6
    with pytest.raises(QuantiteDepassee):
        prendre(source, "7", nature=nature, tolerance=Tolerance(societe=Decimal(50), depassement=True))


def test_trf_01_a_template_gives_any_quantity_again_and_again() -> None:
    source = replace(ligne("10"), quantite_transferee=Decimal(10))
    assert prendre(source, nature=Nature.COPIE).quantite == 10
    assert prendre(source, "25", nature=Nature.COPIE).quantite == 25


# A line as typed, what has moved on, what is asked for, and what goes: each in base and in order unit.
PARTIES = """
 line       | moved    | asked   | goes
120 |       |    |     | 50 |    | 50 | 8  | base      # 8.33 cartons
120 |       | 50 | 8   |    |    | 70 | 12 | base      # all that is left, to the carton
120 |       | 50 | 8   | 70 |    | 70 | 12 | base      # the same asked for by its figure
120 |       | 54 | 10  | 66 |    | 66 | 10 | base      # not 11: the last part takes the rest of both
    | 20    |    |     |    | 5  | 30 | 5  | commande
    | 20    | 50 | 8   |    | 12 | 70 | 12 | commande  # not 72
    | 20    |    |     | 30 | 5  | 30 | 5  | les_deux
    | 20    | 50 | 8   | 70 | 12 | 70 | 12 | les_deux  # the rest, though 12 cartons are 72
    | 20    | 6  | 2   | 2  |    | 2  | 0  | base      # less than half a carton is none
    | 20    | 60 | 19  | 12 |    | 12 | 1  | base      # never more cartons than are left
"""
PARTIES_AU_POIDS = """
 line       | moved    | asked   | goes
    | 5     |    |     | 110 | 5 | 110 | 5 | les_deux  # 5 pieces weighing 110 kg
    | 5     |    |     |    | 2  | 42 | 2  | commande
    | 5     | 42 | 2   |    |    | 63 | 3  | commande
    | 5     | 60 | 2   |    | 3  | 63 | 3  | commande
    | 5     |    |     | 40 |    | 40 | 2  | base      # 1.9 pieces
    | 5     | 42 | 2   | 63 |    | 63 | 3  | base
110 | 5     |    |     |    | 2  | 42 | 2  | commande
110 | 5     | 42 | 2   |    | 3  | 68 | 3  | commande  # weighed when ordered: adds up to 110
105 |       |    |     | 100 |   | 100 | 5 | base      # typed by weight: 5 kg are still open
"""


def parties(table: str, conversion: Conversion) -> list[object]:
    cas = [rangee.partition("#")[0] for rangee in table.strip("\n").splitlines()[1:]]
    return [pytest.param([case.strip() for case in rangee.split("|")], conversion, id=rangee) for rangee in cas]


@pytest.mark.parametrize(("cases", "conversion"), parties(PARTIES, CARTON) + parties(PARTIES_AU_POIDS, PIECE))
def test_cal_20_what_goes_in_both_units(cases: Sequence[str], conversion: Conversion) -> None:
    """CAL-02, CAL-03, CAL-20: what is typed is kept, the rest takes what is left of both, to the last unit."""
    base, commande, partie, partie_commande, voulue, voulue_commande, va, va_commande, saisie = cases
    source = replace(
        ligne(base, commande, conversion),
        quantite_transferee=Decimal(partie or 0),
        quantite_unite_commande_transferee=Decimal(partie_commande or 0),
    )
    part = prendre(source, voulue, voulue_commande)
    assert (part.quantite, part.quantite_unite_commande) == (Decimal(va), Decimal(va_commande))
    assert part.saisie == saisie


@pytest.mark.parametrize(
    ("source", "voulue", "commande", "erreur"),
    [
        (ligne("", "20", CARTON), "31", "5", QuantitesIncoherentes),
        (ligne("", "5", replace(PIECE, tolerance=Decimal(4))), "110", "5", QuantitesIncoherentes),
        (ligne("", "5", PIECE), "10", "", QuantiteArrondieAZero),
        (ligne("", "5", PIECE), "126", "6", QuantiteDepassee),
        (ligne("", "5", PIECE), "110", "", QuantiteDepassee),
        (ligne("", "5", PIECE), "", "-1", SigneContraire),
        (ligne("", "9", replace(CARTON, facteur=Decimal("0.0001"))), "", "4", QuantiteArrondieAZero),
    ],
)
def test_cal_03_quantities_that_contradict_their_line_are_refused(
    source: Ligne, voulue: str, commande: str, erreur: type[ErreurAurore]
) -> None:
    with pytest.raises(erreur):
        prendre(source, voulue, commande)


def test_trf_03_the_unit_that_counts_is_told() -> None:
    """TRF-03, CAL-03: 6 pieces of 5 are refused by the piece; 6 pass at 20 %, and then nothing is left."""
    source = ligne("", "5", PIECE)
    with pytest.raises(QuantiteDepassee) as refus:
        prendre(source, "", "6")
    assert refus.value.valeurs == {
        "ordre": 100,
        "demandee": Decimal(6),
        "reste": Decimal(5),
        "maximum": Decimal(5),
        "unite": "commande",
    }
    part = prendre(source, "", "6", tolerance=Tolerance(societe=Decimal(20)))
    assert part == Part(100, Decimal(126), Decimal(6), "commande")
    with pytest.raises(RienATransferer):
        prendre(apres(source, part))


def test_trf_08_delivering_less_leaves_the_rest_open() -> None:
    """TRF-08: 20 ordered, 15 delivered, 5 stay as back-order, which goes with the next transfer."""
    source = ligne("20")
    part = prendre(source, "15")
    assert part == Part(100, Decimal(15), None, "base")
    assert prendre(apres(source, part), "5") == Part(100, Decimal(5), None, "base")
