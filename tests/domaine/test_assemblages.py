"""What assembled articles are made of and what that costs (ART-11, CAL-10)."""

from dataclasses import dataclass
from decimal import ROUND_UP, Decimal, localcontext
from fractions import Fraction
from graphlib import CycleError
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aurore_domain.assemblages import (
    Nomenclature,
    NomenclatureHorsBornes,
    Part,
    PrixAssembles,
    feuilles,
    prix_des_composants,
    quantite_totale,
)


@dataclass(frozen=True)
class Article:
    """An article as storage would give it."""

    prix_vente: Decimal
    dernier_prix_achat: Decimal | None
    frais_achat: Decimal = Decimal(0)


def parts(**quantites: str) -> tuple[Part, ...]:
    return tuple(Part(nom, Decimal(quantite)) for nom, quantite in quantites.items())


TARTE: Nomenclature = {
    "TARTE": parts(PATE="0.25", CREME="0.3", FRAISE="0.4"),
    "PATE": parts(FARINE="0.6", BEURRE="0.3", OEUF="2"),
    "CREME": parts(LAIT="0.8", OEUF="4", SUCRE="0.15"),
    "PLATEAU": parts(TARTE="3", CARTON="1"),
}
ARTICLES = {
    "FARINE": Article(Decimal("1.2000"), Decimal("0.6250"), Decimal("0.0250")),
    "BEURRE": Article(Decimal("11.0000"), Decimal("7.3300"), Decimal("0.1000")),
    "OEUF": Article(Decimal("0.4000"), Decimal("0.2150")),
    "LAIT": Article(Decimal("1.4000"), Decimal("0.9900")),
    "SUCRE": Article(Decimal("1.9000"), Decimal("1.0500")),
    "FRAISE": Article(Decimal("12.5000"), Decimal("8.0000"), Decimal("0.5000")),
    "CARTON": Article(Decimal("0.0000"), Decimal("0.3500")),
}


def ecrites(quantites: dict[str, Decimal]) -> dict[str, str]:
    return {nom: f"{quantite.normalize():f}" for nom, quantite in quantites.items()}


def test_art_11_components_at_any_depth_are_added_up() -> None:
    # eggs come by two ways: 2 in each 0.25 of pastry, 4 in each 0.3 of cream
    assert ecrites(feuilles(TARTE, "TARTE")) == {
        "BEURRE": "0.075",
        "FARINE": "0.15",
        "FRAISE": "0.4",
        "LAIT": "0.24",
        "OEUF": "1.7",
        "SUCRE": "0.045",
    }
    assert ecrites(feuilles(TARTE, "PLATEAU")) == {
        "BEURRE": "0.225",
        "CARTON": "1",
        "FARINE": "0.45",
        "FRAISE": "1.2",
        "LAIT": "0.72",
        "OEUF": "5.1",
        "SUCRE": "0.135",
    }


def test_art_11_an_article_without_components_is_made_of_nothing_else() -> None:
    assert feuilles(TARTE, "FARINE") == {}
    assert feuilles({"VIDE": ()}, "VIDE") == {}
    # one that is to be assembled and has no components yet counts by itself
    assert feuilles({"TARTE": parts(VIDE="2"), "VIDE": ()}, "TARTE") == {"VIDE": Decimal(2)}


def test_cal_10_prices_of_an_assembled_article_are_its_components() -> None:
    # purchase 0.54975 + 0.09375 + 3.2 + 0.2376 + 0.3655 + 0.04725, costs 0.0075 + 0.00375 + 0.2
    assert prix_des_composants(feuilles(TARTE, "TARTE"), ARTICLES) == PrixAssembles(
        Decimal("4.4939"), Decimal("4.7051"), Decimal("7.1065"), ()
    )


def test_cal_10_rounding_happens_once_at_the_end() -> None:
    """Rounded level by level, a third of a cent of nothing would be nothing: three times 0.00004 is 0.0001."""
    nomenclature = {"A": parts(B="3"), "B": parts(C="0.4")}
    articles = {"C": Article(Decimal("0.0001"), Decimal("0.0001"))}
    assert prix_des_composants(feuilles(nomenclature, "A"), articles) == PrixAssembles(
        Decimal("0.0001"), Decimal("0.0001"), Decimal("0.0001"), ()
    )
    # the cost is rounded as a whole, not its two halves
    articles = {"C": Article(Decimal(0), Decimal("0.0001"), Decimal("0.0001"))}
    assert prix_des_composants({"C": Decimal("0.4")}, articles) == PrixAssembles(
        Decimal("0.0000"), Decimal("0.0001"), Decimal("0.0000"), ()
    )


def test_cal_10_a_component_without_purchase_price_is_named() -> None:
    articles = ARTICLES | {"OEUF": Article(Decimal("0.4000"), None), "LAIT": Article(Decimal("1.4000"), None)}
    assert prix_des_composants(feuilles(TARTE, "TARTE"), articles) == PrixAssembles(
        None, None, Decimal("7.1065"), ("LAIT", "OEUF")
    )


def test_cal_10_the_ambient_context_changes_nothing() -> None:
    juste = prix_des_composants(feuilles(TARTE, "PLATEAU"), ARTICLES)
    with localcontext() as contexte:
        contexte.prec, contexte.rounding = 2, ROUND_UP
        assert prix_des_composants(feuilles(TARTE, "PLATEAU"), ARTICLES) == juste


def losange(niveaux: int, quantite: str = "1") -> Nomenclature:
    """Each level takes both articles of the next: 2 ** niveaux ways to the last."""
    deux = [(f"G{rang}", f"D{rang}") for rang in range(1, niveaux)]
    etages = [("HAUT",), *deux, ("BAS",)]
    return {
        article: tuple(Part(dessous, Decimal(quantite)) for dessous in etages[rang + 1])
        for rang, etage in enumerate(etages[:-1])
        for article in etage
    }


def test_art_11_shared_components_are_looked_at_once() -> None:
    """Thirty levels of two: 2 ** 29 ways, 59 articles; and no ring of Python calls at a depth of 5,000."""
    assert feuilles(losange(30), "HAUT") == {"BAS": Decimal(2**29)}
    chaine: Nomenclature = {str(rang): (Part(str(rang + 1), Decimal(1)),) for rang in range(5_000)}
    assert feuilles(chaine, "0") == {"5000": Decimal(1)}


def test_cal_10_thirty_levels_of_six_decimals_lose_nothing() -> None:
    quantite = "1.000001"
    (exacte,) = feuilles(losange(30, quantite), "HAUT").values()
    assert Fraction(exacte) == Fraction(quantite) ** 30 * 2**29
    assert prix_des_composants({"BAS": exacte}, {"BAS": Article(Decimal("0.0001"), None)}).prix_vente == _arrondi(
        Fraction(exacte) / 10_000, 4
    )


@pytest.mark.parametrize("quantite", ["1.000001", "999999999.999999"])
def test_art_11_what_is_beyond_any_quantity_or_price_is_refused(quantite: str) -> None:
    (combien,) = feuilles(losange(60, quantite), "HAUT").values()
    with pytest.raises(NomenclatureHorsBornes):
        quantite_totale(combien)
    with pytest.raises(NomenclatureHorsBornes):
        prix_des_composants({"BAS": combien}, {"BAS": Article(Decimal("0.0001"), Decimal(0))})


def test_art_11_quantities_are_told_to_six_decimals() -> None:
    assert str(quantite_totale(Decimal("0.0000005"))) == "0.000001"
    assert str(quantite_totale(Decimal("999999999.999999"))) == "999999999.999999"


def test_art_11_a_ring_is_never_walked_for_ever() -> None:
    with pytest.raises(CycleError):
        feuilles({"A": parts(B="1"), "B": parts(A="1")}, "A")


# An independent computation: every way down, one by one, in fractions.


def _arrondi(juste: Fraction, decimales: int) -> Decimal:
    """Half away from zero, of what is not negative."""
    return Decimal(floor(juste * 10**decimales + Fraction(1, 2))).scaleb(-decimales)


def chemins(nomenclature: Nomenclature, article: str, combien: Fraction) -> list[tuple[str, Fraction]]:
    dessous = nomenclature.get(article)
    if not dessous:
        return [(article, combien)]
    return [un for part in dessous for un in chemins(nomenclature, part.composant, combien * Fraction(part.quantite))]


@st.composite
def nomenclatures(tirer: st.DrawFn) -> Nomenclature:
    """Up to eight articles, each made of some of the later ones."""
    nombre = tirer(st.integers(2, 8))
    quantites = st.decimals(min_value="0.000001", max_value="99", places=6)
    return {
        str(rang): tuple(
            Part(str(dessous), tirer(quantites))
            for dessous in range(rang + 1, nombre)
            if tirer(st.booleans()) or dessous == nombre - 1 > rang == 0
        )
        for rang in range(nombre - 1)
    }


prix = st.decimals(min_value=0, max_value="9999.9999", places=4)


@given(nomenclatures(), st.lists(st.builds(Article, prix, st.none() | prix, prix), min_size=8, max_size=8))
def test_cal_10_prices_are_those_of_every_way_down(nomenclature: Nomenclature, liste: list[Article]) -> None:
    articles = {str(rang): un for rang, un in enumerate(liste)}
    trouvees = feuilles(nomenclature, "0")
    toutes = chemins(nomenclature, "0", Fraction(1))
    assert {nom: Fraction(quantite) for nom, quantite in trouvees.items()} == {
        nom: sum(combien for autre, combien in toutes if autre == nom) for nom, _ in toutes
    }
    resultat = prix_des_composants(trouvees, articles)
    manquants = {nom for nom, _ in toutes if articles[nom].dernier_prix_achat is None}
    assert set(resultat.manquants) == manquants
    vente = sum((Fraction(articles[nom].prix_vente) * combien for nom, combien in toutes), Fraction(0))
    assert resultat.prix_vente == _arrondi(vente, 4)
    if manquants:
        assert resultat.prix_achat is resultat.cout is None
        return
    achat = sum((Fraction(articles[nom].dernier_prix_achat or 0) * combien for nom, combien in toutes), Fraction(0))
    frais = sum((Fraction(articles[nom].frais_achat) * combien for nom, combien in toutes), Fraction(0))
    assert (resultat.prix_achat, resultat.cout) == (_arrondi(achat, 4), _arrondi(achat + frais, 4))
