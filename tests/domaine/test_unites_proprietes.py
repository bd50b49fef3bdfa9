"""Conversions and pairs of quantities against fractions, without any code of the product (CAL-01 to CAL-03, CAL-21)."""

from decimal import Decimal
from fractions import Fraction
from typing import Literal

from hypothesis import assume, example, given
from hypothesis import strategies as st

from aurore_domain.unites import (
    Conversion,
    Operateur,
    QuantitesIncoherentes,
    completer,
    vers_base,
    vers_supplementaire,
)

operateurs: st.SearchStrategy[Operateur] = st.sampled_from(("M", "D"))
facteurs = st.decimals(min_value="0.000001", max_value=999_999, places=6)
quantites = st.decimals(min_value=-1_000_000, max_value=1_000_000, places=6)
tolerances = st.decimals(min_value=0, max_value=100, places=2)
conversions = st.builds(
    Conversion,
    facteur=facteurs,
    operateur=operateurs,
    decimales=st.integers(0, 6),
    decimales_base=st.integers(0, 6),
    flou=st.booleans(),
    tolerance=tolerances,
)
MILLIONIEME = Fraction(1, 10**6)


def arrondie(valeur: Fraction, decimales: int) -> Fraction:
    """The nearest of the two neighbours with so many decimals; the one farther from zero where both are as near."""
    pas = Fraction(1, 10**decimales)
    pres_de_zero = int(valeur / pas) * pas
    loin_de_zero = pres_de_zero + (pas if valeur > 0 else -pas)
    return loin_de_zero if abs(loin_de_zero - valeur) <= abs(valeur - pres_de_zero) else pres_de_zero


def base_pour_une(conversion: Conversion) -> Fraction:
    """How much of the base unit one order unit is (CAL-01)."""
    facteur = Fraction(conversion.facteur)
    return {"M": facteur, "D": 1 / facteur}[conversion.operateur]


@given(quantites, conversions)
@example(Decimal("0.5"), Conversion(facteur=Decimal(1), operateur="M", decimales=0, decimales_base=0))
@example(Decimal("-0.5"), Conversion(facteur=Decimal(1), operateur="D", decimales=0, decimales_base=0))
@example(Decimal("0.000001"), Conversion(facteur=Decimal(3), operateur="D", decimales=6, decimales_base=6))
def test_cal_01_both_ways_are_what_the_fractions_say(quantite: Decimal, conversion: Conversion) -> None:
    """CAL-01, CAL-02: the exact conversion, rounded once, to the decimals of the unit converted into."""
    une = base_pour_une(conversion)
    assert Fraction(vers_base(quantite, conversion)) == arrondie(Fraction(quantite) * une, conversion.decimales_base)
    assert Fraction(vers_supplementaire(quantite, conversion)) == arrondie(
        Fraction(quantite) / une, conversion.decimales
    )


@given(quantites, facteurs, st.integers(0, 6), st.integers(0, 6))
def test_cal_01_dividing_is_multiplying_the_other_way_round(
    quantite: Decimal, facteur: Decimal, decimales: int, decimales_base: int
) -> None:
    """CAL-01: `D` from a base unit is `M` into it, with the units' decimals exchanged."""
    divise = Conversion(facteur=facteur, operateur="D", decimales=decimales, decimales_base=decimales_base)
    multiplie = Conversion(facteur=facteur, operateur="M", decimales=decimales_base, decimales_base=decimales)
    assert vers_base(quantite, divise) == vers_supplementaire(quantite, multiplie)
    assert vers_supplementaire(quantite, divise) == vers_base(quantite, multiplie)


@given(quantites, conversions)
def test_cal_02_a_converted_quantity_has_the_decimals_of_its_unit(quantite: Decimal, conversion: Conversion) -> None:
    """CAL-02: never more decimals, and never farther from the exact one than half of the last."""
    for convertie, juste, decimales in (
        (vers_base(quantite, conversion), Fraction(quantite) * base_pour_une(conversion), conversion.decimales_base),
        (
            vers_supplementaire(quantite, conversion),
            Fraction(quantite) / base_pour_une(conversion),
            conversion.decimales,
        ),
    ):
        assert convertie.as_tuple().exponent == -decimales
        assert abs(Fraction(convertie) - juste) <= Fraction(1, 2 * 10**decimales)


@given(quantites, conversions, st.sampled_from(("base", "commande")))
def test_cal_02_the_typed_quantity_decides_and_stays(
    quantite: Decimal, conversion: Conversion, typee: Literal["base", "commande"]
) -> None:
    """CAL-02, CAL-21: what was typed is stored digit by digit; typing the other one reconverts it."""
    if typee == "base":
        faite = completer(quantite, None, conversion)
        assert (str(faite.quantite), faite.saisie) == (str(quantite), "base")
        assert faite.quantite_unite_commande == vers_supplementaire(quantite, conversion)
    else:
        faite = completer(None, quantite, conversion)
        assert (str(faite.quantite_unite_commande), faite.saisie) == (str(quantite), "commande")
        assert faite.quantite == vers_base(quantite, conversion)


@st.composite
def paires(tirer: st.DrawFn) -> tuple[Decimal, Decimal, Conversion]:
    """Pairs typed together: far apart, equal, and a millionth on either side of a bound."""
    conversion, pieces = tirer(conversions), tirer(quantites)
    attendu = arrondie(Fraction(pieces) * base_pour_une(conversion), conversion.decimales_base)
    ecart = abs(attendu) * Fraction(conversion.tolerance) / 100 if conversion.flou else Fraction(0)
    bord = attendu + tirer(st.sampled_from((-1, 0, 1))) * ecart
    millioniemes = int(bord * 10**6) + tirer(st.integers(-2, 2))
    quantite = tirer(st.one_of(quantites, st.just(Decimal(millioniemes).scaleb(-6))))
    return quantite, pieces, conversion


@given(paires())
@example(
    (
        Decimal("110.25"),
        Decimal(5),
        Conversion(facteur=Decimal(21), operateur="M", decimales=0, decimales_base=3, flou=True, tolerance=Decimal(5)),
    )
)
def test_cal_03_a_pair_passes_exactly_within_its_bounds(paire: tuple[Decimal, Decimal, Conversion]) -> None:
    """CAL-03: within tolerance % of the conversion with `flou`, equal to it without; a refusal tells the bounds."""
    quantite, pieces, conversion = paire
    attendu = arrondie(Fraction(pieces) * base_pour_une(conversion), conversion.decimales_base)
    pourcent = Fraction(conversion.tolerance) if conversion.flou else Fraction(0)
    if 100 * abs(Fraction(quantite) - attendu) <= pourcent * abs(attendu):
        gardee = completer(quantite, pieces, conversion)
        assert (str(gardee.quantite), str(gardee.quantite_unite_commande)) == (str(quantite), str(pieces))
        assert gardee.saisie == "les_deux"
        return
    try:
        completer(quantite, pieces, conversion)
    except QuantitesIncoherentes as refus:
        dites = {nom: Fraction(valeur) for nom, valeur in refus.valeurs.items() if isinstance(valeur, Decimal)}
        assert dites == {
            "attendu": attendu,
            "minimum": attendu - abs(attendu) * pourcent / 100,
            "maximum": attendu + abs(attendu) * pourcent / 100,
        }
    else:
        raise AssertionError(paire)


@given(quantites, conversions, tolerances)
def test_cal_03_without_flou_only_the_conversion_itself_passes(
    pieces: Decimal, conversion: Conversion, tolerance: Decimal
) -> None:
    stricte = Conversion(
        facteur=conversion.facteur,
        operateur=conversion.operateur,
        decimales=conversion.decimales,
        decimales_base=conversion.decimales_base,
        tolerance=tolerance,
    )
    convertie = vers_base(pieces, stricte)
    assert completer(convertie, pieces, stricte).quantite == convertie
    for ecart in (Decimal("0.000001"), Decimal("-0.000001")):
        voisine = Decimal(int(Fraction(convertie) / MILLIONIEME)).scaleb(-6) + ecart
        assume(voisine != convertie)
        try:
            completer(voisine, pieces, stricte)
        except QuantitesIncoherentes:
            continue
        raise AssertionError(voisine)


@given(quantites, conversions)
def test_cal_21_a_conversion_is_odd_and_zero_stays_zero(quantite: Decimal, conversion: Conversion) -> None:
    """CAL-21: monotonic on both sides of zero alike: what comes back weighs what went out."""
    for convertir in (vers_base, vers_supplementaire):
        assert convertir(-quantite, conversion) == -convertir(quantite, conversion)
        assert convertir(Decimal(0), conversion) == 0


@given(st.lists(quantites, min_size=2, max_size=20), conversions)
def test_cal_21_converting_keeps_the_order_of_any_quantities(valeurs: list[Decimal], conversion: Conversion) -> None:
    """CAL-21: sorting before or after converting is the same."""
    for convertir in (vers_base, vers_supplementaire):
        converties = [convertir(une, conversion) for une in sorted(valeurs)]
        assert converties == sorted(converties)
