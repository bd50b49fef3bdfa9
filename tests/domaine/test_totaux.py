"""Totals of a document, as tables that an accountant can check by hand."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_UP, Decimal, localcontext
from typing import Literal

import pytest

from aurore_domain.groupes_tva import Charge, ChargeSansCodeTva
from aurore_domain.lignes import CodeTvaManquant
from aurore_domain.totaux import Escompte, Totaux, totaliser
from aurore_domain.tva import EXONERE, REGIMES, Regime, Traitement

S6, S12, S21 = (Traitement("S", Decimal(taux)) for taux in (6, 12, 21))


@dataclass(frozen=True)
class Taxe:
    montant: Decimal | None
    pourcentage: Decimal | None
    traitement: Traitement


@dataclass(frozen=True)
class Ligne:
    quantite: Decimal | None
    prix: Decimal | None
    traitement: Traitement | None
    remise: Decimal = Decimal(0)
    sous_total: bool = False
    taxes: Sequence[Taxe] = ()


COMMENTAIRE = Ligne(None, None, None)


def _ligne(montant: str, traitement: Traitement | None, quantite: str = "1", remise: str = "0") -> Ligne:
    return Ligne(Decimal(quantite), Decimal(montant), traitement, Decimal(remise))


def _par_taux(totaux: Totaux) -> list[str]:
    """Each group as `category rate: base + VAT`."""
    return [
        f"{groupe.categorie} {groupe.taux.normalize():f} %: {groupe.base} + {groupe.tva}" for groupe in totaux.par_taux
    ]


@pytest.mark.parametrize(
    ("quantite", "prix", "remise", "montant"),
    [
        ("3", "1.2345", "0", "3.70"),
        ("1.050", "3.9900", "10", "3.77"),
        ("1", "0.0050", "0", "0.01"),
        ("-1", "0.0050", "0", "-0.01"),
        ("0.000001", "1.0000", "0", "0.00"),
        ("7", "2.5000", "100", "0.00"),
        ("0", "2.5000", "0", "0.00"),
        # one rounding only: 0.125 x 0.98 is 0.1225, which after a first rounding of 0.125 to 0.13 would give 0.13
        ("1", "0.1250", "2", "0.12"),
    ],
)
def test_cal_05_amount_of_a_line(quantite: str, prix: str, remise: str, montant: str) -> None:
    assert str(totaliser([_ligne(prix, S6, quantite, remise)]).lignes[0].montant_htva) == montant


def test_cal_06_taxes_are_listed_apart_with_their_own_vat_and_never_discounted() -> None:
    ecotaxe = Taxe(Decimal("0.05"), None, S21)
    recupel = Taxe(None, Decimal("1.5"), S6)
    vidange = Taxe(Decimal("4.50"), None, EXONERE)
    ligne = replace(_ligne("10.00", S6, "3", remise="50"), taxes=(ecotaxe, recupel, vidange))
    totaux = totaliser([ligne], escompte=Escompte("deduit", Decimal(10)))
    assert totaux.lignes[0].montant_htva == Decimal("15.00")
    # 3 x 0.05; 1.5 % of the 15.00 that the discount leaves; 3 x 4.50
    assert [(part.traitement, str(part.montant_htva)) for part in totaux.lignes[0].taxes] == [
        (S21, "0.15"),
        (S6, "0.23"),
        (EXONERE, "13.50"),
    ]
    # 15.00 + 0.23 - 1.50 of escompte on the goods alone
    assert _par_taux(totaux) == [
        "S 6 %: 13.73 + 0.82",
        "S 21 %: 0.15 + 0.03",
        "E 0 %: 13.50 + 0.00",
    ]


def test_cal_07_vat_is_rounded_per_group_never_per_line() -> None:
    # 0.054 of VAT each: 0.05 per line would make 0.50
    assert _par_taux(totaliser([_ligne("0.90", S6)] * 10)) == ["S 6 %: 9.00 + 0.54"]


def test_cal_07_two_vat_codes_of_one_treatment_are_one_group_and_groups_have_an_order() -> None:
    lignes = [_ligne("2.00", EXONERE), _ligne("1.00", S21), _ligne("10.00", S6), COMMENTAIRE]
    lignes += [_ligne("0.50", Traitement("S", Decimal("6.00")))]
    for ordre in (lignes, lignes[::-1]):
        totaux = totaliser(ordre)
        assert _par_taux(totaux) == ["S 6 %: 10.50 + 0.63", "S 21 %: 1.00 + 0.21", "E 0 %: 2.00 + 0.00"]
        assert [str(groupe.taux) for groupe in totaux.par_taux] == ["6.00", "21.00", "0.00"]


@pytest.mark.parametrize(
    ("biens", "charge", "par_taux"),
    [
        # the specification's own: bread 100.00 at 6 %, delivery 10.00
        ([("100.00", S6)], Charge(Decimal(10)), ["S 6 %: 110.00 + 6.60"]),
        # in proportion: three quarters, one quarter
        (
            [("75.00", S6), ("25.00", S21)],
            Charge(Decimal(10)),
            ["S 6 %: 82.50 + 4.95", "S 21 %: 27.50 + 5.78"],
        ),
        # a cent that all could get goes to the lowest rate, whatever line comes first
        (
            [("5.00", S21), ("5.00", S12), ("5.00", S6)],
            Charge(Decimal(10)),
            ["S 6 %: 8.34 + 0.50", "S 12 %: 8.33 + 1.00", "S 21 %: 8.33 + 1.75"],
        ),
        # the mode states a VAT code
        ([("100.00", S6)], Charge(Decimal(10), S21), ["S 6 %: 100.00 + 6.00", "S 21 %: 10.00 + 2.10"]),
        # no goods, or goods that cost nothing: the default code
        ([], Charge(Decimal(10)), ["S 21 %: 10.00 + 2.10"]),
        ([("0.00", S6)], Charge(Decimal(10)), ["S 6 %: 0.00 + 0.00", "S 21 %: 10.00 + 2.10"]),
        # crates coming back bear no delivery, and make nobody else bear more of it
        (
            [("100.00", S6), ("-99.00", EXONERE)],
            Charge(Decimal(10)),
            ["S 6 %: 110.00 + 6.60", "E 0 %: -99.00 + 0.00"],
        ),
        (
            [("-30.00", S6), ("-10.00", S21)],
            Charge(Decimal(4)),
            ["S 6 %: -27.00 + -1.62", "S 21 %: -9.00 + -1.89"],
        ),
    ],
)
def test_cal_07_a_charge_follows_the_goods(
    biens: list[tuple[str, Traitement]], charge: Charge, par_taux: list[str]
) -> None:
    lignes = [_ligne(montant, traitement) for montant, traitement in biens]
    totaux = totaliser(lignes, charges=[charge], traitement_par_defaut=S21)
    assert _par_taux(totaux) == par_taux
    assert sum(part.montant_htva for part in totaux.charges[0]) == charge.montant


def test_cal_07_a_charge_without_goods_needs_a_default_code() -> None:
    with pytest.raises(ChargeSansCodeTva) as refus:
        totaliser([COMMENTAIRE], charges=[Charge(Decimal(0)), Charge(Decimal(10))])
    assert refus.value.pointeur == "#/charges/1"


@pytest.mark.parametrize(
    ("genre", "par_taux", "du", "si_escompte"),
    [
        ("deduit", ["S 21 %: 98.00 + 20.58"], "118.58", None),
        ("conditionnel", ["S 21 %: 98.00 + 20.58", "E 0 %: 2.00 + 0.00"], "120.58", "118.58"),
    ],
)
def test_cal_08_escompte(
    genre: Literal["deduit", "conditionnel"], par_taux: list[str], du: str, si_escompte: str | None
) -> None:
    totaux = totaliser([_ligne("100.00", S21)], escompte=Escompte(genre, Decimal(2)))
    assert _par_taux(totaux) == par_taux
    assert (str(totaux.escompte), str(totaux.montant_du)) == ("2.00", du)
    assert totaux.si_escompte == (None if si_escompte is None else Decimal(si_escompte))


def test_cal_08_escompte_is_rounded_per_group_and_bears_on_goods_only() -> None:
    lignes = [_ligne("10.25", S6), _ligne("10.25", S21)]
    totaux = totaliser(lignes, charges=[Charge(Decimal(100), S21)], escompte=Escompte("conditionnel", Decimal(2)))
    # 0.205 of each group is 0.21
    assert _par_taux(totaux) == [
        "S 6 %: 10.04 + 0.60",
        "S 21 %: 110.04 + 23.11",
        "E 0 %: 0.42 + 0.00",
    ]
    assert [(str(g.escompte), str(g.escompte_rendu)) for g in totaux.par_taux] == [
        ("0.21", "0.00"),
        ("0.21", "0.00"),
        ("0.00", "0.42"),
    ]


def test_cal_08_escompte_of_exempt_goods_comes_back_into_their_own_group() -> None:
    totaux = totaliser([_ligne("100.00", EXONERE)], escompte=Escompte("conditionnel", Decimal(2)))
    assert _par_taux(totaux) == ["E 0 %: 100.00 + 0.00"]
    assert totaux.si_escompte == Decimal("98.00")


def test_cal_08_balance_is_the_amount_due_less_the_deposits() -> None:
    totaux = totaliser(
        [_ligne("100.00", S21)],
        acomptes=[Decimal(50), Decimal("20.50")],
        escompte=Escompte("conditionnel", Decimal(2)),
    )
    assert (totaux.montant_du, totaux.acomptes) == (Decimal("120.58"), Decimal("70.50"))
    assert (totaux.solde, totaux.si_escompte) == (Decimal("50.08"), Decimal("48.08"))


@pytest.mark.parametrize(
    ("regime", "par_taux", "du"),
    [
        ("national", ["S 6 %: 10.00 + 0.60", "S 21 %: 20.00 + 4.20", "Z 0 %: 5.00 + 0.00"], "39.80"),
        ("cocontractant", ["AE 0 %: 35.00 + 0.00"], "35.00"),
        ("intracommunautaire", ["K 0 %: 35.00 + 0.00"], "35.00"),
        ("export", ["G 0 %: 35.00 + 0.00"], "35.00"),
        ("exonere", ["E 0 %: 35.00 + 0.00"], "35.00"),
    ],
)
def test_cal_09_changing_the_regime_recomputes_everything(regime: Regime, par_taux: list[str], du: str) -> None:
    codes = (("10.00", "6"), ("20.00", "21"), ("5.00", "0"))
    lignes = [_ligne(montant, REGIMES[regime].traitement(Decimal(taux))) for montant, taux in codes]
    totaux = totaliser(lignes)
    assert _par_taux(totaux) == par_taux
    assert totaux.montant_du == Decimal(du)


def test_cal_11_subtotals_since_the_previous_one() -> None:
    sous_total = replace(COMMENTAIRE, sous_total=True)
    lignes = [_ligne("1.00", S6), _ligne("2.00", S21), sous_total, sous_total]
    lignes += [_ligne("4.00", S6), COMMENTAIRE, replace(_ligne("8.00", S6), sous_total=True), _ligne("16.00", S6)]
    assert [ligne.sous_total for ligne in totaliser(lignes).lignes] == [
        None,
        None,
        Decimal(3),
        Decimal(0),
        None,
        None,
        Decimal(12),
        None,
    ]


def test_doc_12_a_line_with_an_amount_needs_a_treatment() -> None:
    with pytest.raises(CodeTvaManquant) as refus:
        totaliser([_ligne("1.00", S6), _ligne("1.00", None)])
    assert refus.value.pointeur == "#/lignes/1/code_tva"


def test_cal_20_a_document_of_comments_is_worth_nothing() -> None:
    totaux = totaliser([COMMENTAIRE, _ligne("0", None)])
    assert (str(totaux.htva), str(totaux.tva), str(totaux.solde), totaux.par_taux) == ("0.00", "0.00", "0.00", ())


def test_cal_20_totals_do_not_depend_on_the_ambient_decimal_context() -> None:
    lignes = [_ligne("12345.6789", S6, "3.5", "2.5"), _ligne("0.3333", S21, "7")]
    charges = [Charge(Decimal("12.34"))]
    for prix_tvac in (False, True):
        attendu = totaliser(lignes, prix_tvac=prix_tvac, charges=charges)
        with localcontext(prec=3, rounding=ROUND_UP):
            assert totaliser(lignes, prix_tvac=prix_tvac, charges=charges) == attendu
