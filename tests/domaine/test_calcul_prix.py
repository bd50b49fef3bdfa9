"""The prices of an article from any sufficient part of them (CAL-10, ART-04)."""

from decimal import ROUND_UP, Decimal, localcontext
from fractions import Fraction
from math import floor
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from aurore_domain.calcul_prix import (
    PRIX_MAXIMUM,
    CalculContradictoire,
    CalculHorsBornes,
    CalculImpossible,
    CalculInsuffisant,
    Donnees,
    PrixCalcules,
    PrixTvacTropPrecis,
    Tvac,
    calculer,
    completer,
)
from aurore_domain.erreurs import ErreurAurore

SIX = Tvac(taux=Decimal(6), decimales_visibles=2)
CHAMPS = ("prix_achat", "frais_achat", "cout", "taux_marge", "taux_marque", "prix_vente", "prix_vente_tvac")


def donnees(**champs: str) -> Donnees:
    return Donnees(**{nom: Decimal(valeur) for nom, valeur in champs.items()})


def ecrit(prix: PrixCalcules) -> list[str | None]:
    """The result as a row of a table below."""
    return [None if (valeur := getattr(prix, champ)) is None else f"{valeur:f}" for champ in CHAMPS]


@pytest.mark.parametrize(
    ("donne", "attendu"),
    [
        # cost 1.00 sold at 1.50: half of the cost, a third of the price
        (
            {"prix_achat": "0.9000", "frais_achat": "0.1000", "prix_vente": "1.5000"},
            ["0.9000", "0.1000", "1.0000", "50.00", "33.33", "1.5000", "1.59"],
        ),
        (
            {"prix_achat": "0.9000", "frais_achat": "0.1000", "taux_marge": "50"},
            ["0.9000", "0.1000", "1.0000", "50", "33.33", "1.5000", "1.59"],
        ),
        # a third of the price to two decimals is 1.4999 and not 1.50
        (
            {"prix_achat": "0.9000", "frais_achat": "0.1000", "taux_marque": "33.33"},
            ["0.9000", "0.1000", "1.0000", "49.99", "33.33", "1.4999", "1.59"],
        ),
        (
            {"prix_achat": "0.9000", "frais_achat": "0.1000", "prix_vente_tvac": "1.59"},
            ["0.9000", "0.1000", "1.0000", "50.00", "33.33", "1.5000", "1.59"],
        ),
        # the purchase price is what the cost leaves of the costs
        (
            {"prix_vente": "1.5000", "taux_marge": "50", "frais_achat": "0.2500"},
            ["0.7500", "0.2500", "1.0000", "50", "33.33", "1.5000", "1.59"],
        ),
        (
            {"prix_vente_tvac": "1.59", "taux_marque": "40", "frais_achat": "0.2500"},
            ["0.6500", "0.2500", "0.9000", "66.67", "40", "1.5000", "1.59"],
        ),
        # and the costs are what it leaves of the purchase price
        (
            {"prix_vente": "1.5000", "taux_marge": "50", "prix_achat": "0.9000"},
            ["0.9000", "0.1000", "1.0000", "50", "33.33", "1.5000", "1.59"],
        ),
        # costs that nothing tells are none
        ({"prix_achat": "2", "taux_marge": "100"}, ["2", "0", "2", "100", "50.00", "4.0000", "4.24"]),
        # without a purchase price there is a selling side only
        ({"prix_vente": "0.8500"}, [None, "0", None, None, None, "0.8500", "0.90"]),
        ({"prix_vente_tvac": "0.90"}, [None, "0", None, None, None, "0.8491", "0.90"]),
        # sold below cost; sold for nothing; got for nothing; both
        ({"prix_achat": "2", "prix_vente": "1.5"}, ["2", "0", "2", "-25.00", "-33.33", "1.5", "1.59"]),
        ({"prix_achat": "2", "prix_vente": "0"}, ["2", "0", "2", "-100.00", None, "0", "0.00"]),
        ({"prix_achat": "2", "taux_marge": "-100"}, ["2", "0", "2", "-100", None, "0.0000", "0.00"]),
        ({"prix_achat": "0", "prix_vente": "2"}, ["0", "0", "0", None, "100.00", "2", "2.12"]),
        ({"prix_achat": "0", "prix_vente": "0"}, ["0", "0", "0", None, None, "0", "0.00"]),
        # an exact half of the last decimal goes away from zero, for prices and for rates
        ({"prix_achat": "0.0001", "taux_marge": "50"}, ["0.0001", "0", "0.0001", "50", "50.00", "0.0002", "0.00"]),
        ({"prix_achat": "8", "prix_vente": "7.9996"}, ["8", "0", "8", "-0.01", "-0.01", "7.9996", "8.48"]),
        # rounded prices need not give the rate back: what was given stays
        ({"prix_achat": "0.0001", "taux_marge": "33"}, ["0.0001", "0", "0.0001", "33", "0.00", "0.0001", "0.00"]),
    ],
)
def test_cal_10_any_sufficient_part_gives_all(donne: dict[str, str], attendu: list[str | None]) -> None:
    assert ecrit(calculer(donnees(**donne), SIX)) == attendu


@pytest.mark.parametrize(
    ("taux", "decimales", "prix_vente", "attendu"),
    [
        ("6", 0, "0.8500", "1"),
        ("6", 1, "0.8500", "0.9"),
        ("6", 2, "0.8500", "0.90"),
        ("6", 3, "0.8500", "0.901"),
        ("6", 4, "0.8500", "0.9010"),
        ("21", 2, "9.9900", "12.09"),
        ("0", 2, "0.0050", "0.01"),
    ],
)
def test_cal_10_vat_included_has_the_visible_decimals(taux: str, decimales: int, prix_vente: str, attendu: str) -> None:
    tvac = Tvac(taux=Decimal(taux), decimales_visibles=decimales)
    resultat = calculer(donnees(prix_vente=prix_vente), tvac)
    assert (str(resultat.prix_vente_tvac), str(resultat.prix_vente)) == (attendu, prix_vente)


ENTIERS = Tvac(taux=Decimal(6), decimales_visibles=2, prix_avec_decimales=False)


@pytest.mark.parametrize(
    ("donne", "attendu"),
    [
        # 10.60 becomes 11, which is 10.3774 without VAT
        ({"prix_vente": "10.0000"}, [None, "0", None, None, None, "10.3774", "11"]),
        ({"prix_vente_tvac": "11"}, [None, "0", None, None, None, "10.3774", "11"]),
        ({"prix_vente": "0.4000"}, [None, "0", None, None, None, "0.0000", "0"]),
        # the rate asked for says which whole price is meant; the one told is that price's
        ({"prix_achat": "8", "taux_marge": "25"}, ["8", "0", "8", "29.72", "22.91", "10.3774", "11"]),
        # with the selling price given, the cost follows from the whole price
        ({"prix_vente": "10", "taux_marge": "25"}, ["8.3019", "0", "8.3019", "25", "20.00", "10.3774", "11"]),
        ({"prix_achat": "8", "prix_vente": "10"}, ["8", "0", "8", "29.72", "22.91", "10.3774", "11"]),
    ],
)
def test_cal_10_whole_euros_decide_the_price_without_vat(donne: dict[str, str], attendu: list[str | None]) -> None:
    assert ecrit(calculer(donnees(**donne), ENTIERS)) == attendu


ACHAT = {"prix_achat": "0.9000", "frais_achat": "0.1000"}
GRATUIT = {"prix_achat": "0", "frais_achat": "0"}


@pytest.mark.parametrize(
    ("donne", "refus", "pointeur"),
    [
        ({}, CalculInsuffisant, "#/prix_vente"),
        (ACHAT, CalculInsuffisant, "#/prix_vente"),
        ({"taux_marge": "50"}, CalculInsuffisant, "#/prix_achat"),
        ({"taux_marque": "50", "frais_achat": "1"}, CalculInsuffisant, "#/prix_achat"),
        (ACHAT | {"prix_vente": "1.5", "taux_marge": "50.01"}, CalculContradictoire, "#/taux_marge"),
        (ACHAT | {"prix_vente": "1.5", "taux_marque": "33.34"}, CalculContradictoire, "#/taux_marque"),
        (ACHAT | {"taux_marge": "50", "taux_marque": "33.5"}, CalculContradictoire, "#/taux_marque"),
        ({"prix_vente": "1.5", "prix_vente_tvac": "1.60"}, CalculContradictoire, "#/prix_vente_tvac"),
        (ACHAT | {"prix_vente_tvac": "1.59", "taux_marge": "49"}, CalculContradictoire, "#/taux_marge"),
        (GRATUIT | {"prix_vente": "2", "taux_marge": "30"}, CalculContradictoire, "#/taux_marge"),
        (GRATUIT | {"prix_vente": "0", "taux_marge": "30"}, CalculContradictoire, "#/taux_marge"),
        # no price leaves all of itself, or more, as its margin
        (ACHAT | {"taux_marque": "100"}, CalculImpossible, "#/taux_marque"),
        (ACHAT | {"taux_marque": "100.01"}, CalculImpossible, "#/taux_marque"),
        ({"prix_vente": "2", "taux_marque": "100.01"}, CalculImpossible, "#/taux_marque"),
        (ACHAT | {"taux_marge": "-100.01"}, CalculImpossible, "#/taux_marge"),
        ({"prix_vente": "2", "taux_marge": "-100"}, CalculImpossible, "#/taux_marge"),
        # a rate of nothing says nothing
        ({"prix_achat": "0", "taux_marge": "30"}, CalculImpossible, "#/taux_marge"),
        ({"prix_vente": "0", "taux_marge": "30"}, CalculImpossible, "#/taux_marge"),
        ({"prix_vente": "0", "taux_marque": "30"}, CalculImpossible, "#/taux_marque"),
        # the costs alone, or the purchase price alone, are more than the cost can be
        ({"prix_vente": "1.5", "taux_marge": "50", "frais_achat": "1.0001"}, CalculImpossible, "#/prix_achat"),
        ({"prix_vente": "1.5", "taux_marge": "50", "prix_achat": "1.0001"}, CalculImpossible, "#/frais_achat"),
        ({"prix_achat": "9999999999", "taux_marge": "1"}, CalculHorsBornes, "#/prix_vente"),
        ({"prix_vente": "9999999999"}, CalculHorsBornes, "#/prix_vente_tvac"),
        ({"prix_achat": "9999999999", "frais_achat": "1", "prix_vente": "1"}, CalculHorsBornes, "#/cout"),
        ({"prix_vente_tvac": "1.595"}, PrixTvacTropPrecis, "#/prix_vente_tvac"),
    ],
)
def test_cal_10_what_cannot_be_is_refused_by_its_field(
    donne: dict[str, str], refus: type[ErreurAurore], pointeur: str
) -> None:
    with pytest.raises(refus) as leve:
        calculer(donnees(**donne), SIX)
    assert (type(leve.value), leve.value.pointeur) == (refus, pointeur)


def test_cal_10_an_article_in_whole_euros_has_no_cents() -> None:
    with pytest.raises(PrixTvacTropPrecis) as refus:
        calculer(donnees(prix_vente_tvac="10.60"), ENTIERS)
    assert refus.value.valeurs == {"maximum": 0}


def test_cal_10_a_contradiction_says_what_was_expected() -> None:
    with pytest.raises(CalculContradictoire) as refus:
        calculer(donnees(prix_achat="1", frais_achat="0", prix_vente="1.5", taux_marge="40"), SIX)
    assert refus.value.valeurs == {"attendu": Decimal("50.00")}


def test_cal_10_the_ambient_context_changes_nothing() -> None:
    donne = donnees(prix_achat="3.3333", frais_achat="0.3333", taux_marque="41.17")
    juste = calculer(donne, SIX)
    with localcontext() as contexte:
        contexte.prec, contexte.rounding = 3, ROUND_UP
        assert calculer(donne, SIX) == juste


@pytest.mark.parametrize(
    ("donne", "attendu"),
    [
        ({}, ["2.0000", "0.5000", "5.0000", None]),
        # the purchase side is completed, and completes the selling side
        ({"prix_achat": "3"}, ["3", "0.5000", "5.0000", None]),
        ({"frais_achat": "1"}, ["2.0000", "1", "5.0000", None]),
        # what is given of the selling side replaces the selling price
        ({"prix_vente": "6"}, ["2.0000", "0.5000", "6", None]),
        ({"prix_vente_tvac": "6"}, ["2.0000", "0.5000", None, "6"]),
        ({"taux_marge": "50"}, ["2.0000", "0.5000", None, None]),
        ({"taux_marque": "50", "prix_achat": "3"}, ["3", "0.5000", None, None]),
        # a rate beside a selling price leaves the purchase price open, then the costs, then nothing
        ({"taux_marge": "50", "prix_vente": "6"}, [None, "0.5000", "6", None]),
        ({"taux_marque": "50", "prix_vente_tvac": "6", "frais_achat": "1"}, [None, "1", None, "6"]),
        ({"taux_marge": "50", "prix_vente": "6", "prix_achat": "3"}, ["3", None, "6", None]),
        ({"taux_marge": "50", "prix_vente": "6", "prix_achat": "3", "frais_achat": "1"}, ["3", "1", "6", None]),
    ],
)
def test_art_04_what_is_not_given_is_the_article_s_where_it_does_not_conflict(
    donne: dict[str, str], attendu: list[str | None]
) -> None:
    article = donnees(prix_achat="2.0000", frais_achat="0.5000", prix_vente="5.0000")
    complete = completer(donnees(**donne), article)
    champs = ("prix_achat", "frais_achat", "prix_vente", "prix_vente_tvac")
    assert [None if (valeur := getattr(complete, champ)) is None else str(valeur) for champ in champs] == attendu
    assert (complete.taux_marge, complete.taux_marque) == tuple(
        Decimal(donne[nom]) if nom in donne else None for nom in ("taux_marge", "taux_marque")
    )


# An independent computation, in fractions and whole numbers.


def arrondi(juste: Fraction, decimales: int) -> Fraction:
    """Half away from zero."""
    echelle = 10**decimales
    entier = floor(abs(juste) * echelle + Fraction(1, 2))
    return Fraction(entier if juste >= 0 else -entier, echelle)


prix = st.decimals(min_value="0.0001", max_value="99999.9999", places=4)
marges = st.decimals(min_value="-99.99", max_value="900", places=2)
marques = st.decimals(min_value="-900", max_value="99.99", places=2)
regles = st.builds(
    Tvac,
    taux=st.sampled_from([Decimal(taux) for taux in ("0", "6.00", "12.00", "21.00", "5.50", "33.33")]),
    decimales_visibles=st.integers(0, 4),
    prix_avec_decimales=st.booleans(),
)


def _avec(tvac: Tvac) -> Fraction:
    return 1 + Fraction(tvac.taux) / 100


def _facteur(donne: Donnees) -> Fraction:
    """Selling price over cost."""
    if donne.taux_marge is not None:
        return 1 + Fraction(donne.taux_marge) / 100
    assert donne.taux_marque is not None
    return 1 / (1 - Fraction(donne.taux_marque) / 100)


def attendus(donne: Donnees, tvac: Tvac) -> dict[str, Fraction]:
    """Purchase price, costs, selling prices by the formulas of CAL-10 alone."""
    decimales = tvac.decimales_visibles if tvac.prix_avec_decimales else 0
    achat, frais = donne.prix_achat, donne.frais_achat
    if donne.prix_vente is not None:
        vente = Fraction(donne.prix_vente)
    elif donne.prix_vente_tvac is not None:
        vente = arrondi(Fraction(donne.prix_vente_tvac) / _avec(tvac), 4)
    else:
        assert achat is not None
        assert frais is not None
        vente = arrondi((Fraction(achat) + Fraction(frais)) * _facteur(donne), 4)
    if not tvac.prix_avec_decimales:
        vente = arrondi(arrondi(vente * _avec(tvac), 0) / _avec(tvac), 4)
    if achat is None:
        assert frais is not None
        achete = arrondi(vente / _facteur(donne), 4) - Fraction(frais)
    else:
        achete = Fraction(achat)
    depense = arrondi(vente / _facteur(donne), 4) - achete if frais is None else Fraction(frais)
    ttc = donne.prix_vente_tvac
    return {
        "prix_achat": achete,
        "frais_achat": depense,
        "cout": achete + depense,
        "prix_vente": vente,
        "prix_vente_tvac": arrondi(vente * _avec(tvac), decimales) if ttc is None else Fraction(ttc),
    }


@st.composite
def suffisants(tirer: st.DrawFn, tvac: Tvac) -> Donnees:
    """A part of the prices that gives all of them, and no more."""
    voulus = tirer(
        st.sampled_from(
            [
                ("prix_achat", "frais_achat", "vente"),
                ("prix_achat", "frais_achat", "taux"),
                ("prix_achat", "vente", "taux"),
                ("frais_achat", "vente", "taux"),
            ]
        )
    )
    champs: dict[str, Any] = {nom: tirer(prix) for nom in voulus if nom in {"prix_achat", "frais_achat"}}
    if "vente" in voulus:
        if tirer(st.booleans()):
            champs["prix_vente"] = tirer(prix)
        else:
            champs["prix_vente_tvac"] = tirer(st.decimals("0.01", "99999", places=tvac.decimales))
            assume(champs["prix_vente_tvac"])
    if "taux" in voulus:
        champs |= tirer(st.one_of(*(st.fixed_dictionaries({nom: un}) for nom, un in _TAUX.items())))
    return Donnees(**champs)


_TAUX: dict[str, st.SearchStrategy[Decimal]] = {"taux_marge": marges, "taux_marque": marques}
cas = regles.flatmap(lambda tvac: st.tuples(suffisants(tvac), st.just(tvac)))


def tente(donne: Donnees, tvac: Tvac) -> PrixCalcules | str:
    """The result, or the field that makes it impossible."""
    try:
        return calculer(donne, tvac)
    except CalculImpossible as refus:
        return (refus.pointeur or "").removeprefix("#/")


@given(cas)
def test_cal_10_the_result_is_that_of_the_formulas(un: tuple[Donnees, Tvac]) -> None:
    donne, tvac = un
    resultat = tente(donne, tvac)
    if isinstance(resultat, str):  # a rate only fails on whole euros of so low a price that nothing is left of it
        assert not tvac.prix_avec_decimales if resultat.startswith("taux") else attendus(donne, tvac)[resultat] < 0
        return
    attendu = attendus(donne, tvac)
    assert {nom: Fraction(getattr(resultat, nom)) for nom in attendu} == attendu
    vente, cout = attendu["prix_vente"], attendu["cout"]
    entiers = not tvac.prix_avec_decimales
    for nom, base in (("taux_marge", cout), ("taux_marque", vente)):
        exact = arrondi((vente - cout) / base * 100, 2) if base else None
        trouve, demande = getattr(resultat, nom), getattr(donne, nom)
        if demande is None or (entiers and trouve != demande):
            assert (None if trouve is None else Fraction(trouve)) == exact
        else:
            assert trouve == demande


@given(cas)
def test_cal_10_what_is_given_comes_back_exactly(un: tuple[Donnees, Tvac]) -> None:
    donne, tvac = un
    resultat = tente(donne, tvac)
    moindres = () if tvac.prix_avec_decimales else ("prix_vente", "taux_marge", "taux_marque")
    for nom in ("prix_achat", "frais_achat", "prix_vente", "prix_vente_tvac", "taux_marge", "taux_marque"):
        demande = getattr(donne, nom)
        if demande is not None and nom not in moindres and not isinstance(resultat, str):
            assert str(getattr(resultat, nom)) == str(demande)


@given(cas)
def test_cal_10_a_result_given_again_is_the_same_result(un: tuple[Donnees, Tvac]) -> None:
    """Nothing that comes out contradicts the rest of it, whatever was rounded on the way."""
    donne, tvac = un
    premier = tente(donne, tvac)
    if not isinstance(premier, str):
        assert calculer(Donnees(**{nom: getattr(premier, nom) for nom in CHAMPS if nom != "cout"}), tvac) == premier


@given(prix, regles)
def test_cal_10_without_and_with_vat_there_and_back(vente: Decimal, tvac: Tvac) -> None:
    """HT → TVAC → HT stays within what the visible decimals can tell; TVAC → HT → TVAC is exact up to three of them."""
    decimales = tvac.decimales
    aller = calculer(Donnees(prix_vente=vente), tvac)
    retour = calculer(Donnees(prix_vente_tvac=aller.prix_vente_tvac), tvac)
    ecart = abs(Fraction(retour.prix_vente) - Fraction(vente))
    assert ecart <= Fraction(1, 2 * 10**decimales) / _avec(tvac) + Fraction(1, 20_000)
    if decimales < 4:
        assert tvac.de(retour.prix_vente) == aller.prix_vente_tvac


@given(prix, marges, st.sampled_from([Decimal(0), Decimal(21)]))
def test_cal_10_a_margin_on_a_cost_leads_back_to_the_cost(cout: Decimal, marge: Decimal, taux: Decimal) -> None:
    tvac = Tvac(taux=taux, decimales_visibles=2)
    vente = calculer(Donnees(prix_achat=cout, taux_marge=marge), tvac).prix_vente
    assume(vente)
    retour = calculer(Donnees(prix_vente=vente, taux_marge=marge), tvac).prix_achat
    assert retour is not None
    facteur = 1 + Fraction(marge) / 100
    assert abs(Fraction(retour) - Fraction(cout)) <= Fraction(1, 20_000) / facteur + Fraction(1, 20_000)


def test_cal_10_the_highest_price_is_a_price() -> None:
    assert calculer(Donnees(prix_vente=PRIX_MAXIMUM), Tvac(taux=Decimal(0), decimales_visibles=4)).prix_vente_tvac == (
        PRIX_MAXIMUM
    )
