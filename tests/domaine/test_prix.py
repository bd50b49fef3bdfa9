"""The price of a line and its explanation."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_UP, Decimal, localcontext
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aurore_domain.lignes_prix import Motif
from aurore_domain.montants_lignes import montant_ligne
from aurore_domain.prix import (
    DemandePrix,
    Palier,
    Regle,
    SansPalier,
    SortRemise,
    prix_htva_depuis_tvac,
    prix_tvac_depuis_htva,
    resoudre_prix,
)

JOUR = date(2026, 11, 22)


@dataclass(frozen=True)
class Ligne:
    """A tariff row as storage would give it."""

    tarif: str
    quantite_minimum: Decimal
    valeur: Decimal | None = None
    remise: Decimal | None = None
    du: date | None = None
    au: date | None = None


def _ligne(tarif: str, minimum: str, *, valeur: str = "", remise: str = "", du: str = "", au: str = "") -> Ligne:
    return Ligne(
        tarif,
        Decimal(minimum),
        Decimal(valeur) if valeur else None,
        Decimal(remise) if remise else None,
        date.fromisoformat(du) if du else None,
        date.fromisoformat(au) if au else None,
    )


LIGNES = (
    _ligne("GROS", "1", valeur="1.80"),
    _ligne("GROS", "10", remise="15"),
    _ligne("GROS", "50", valeur="1.50"),
    _ligne("GROS", "10", valeur="1.60", du="2026-12-01", au="2026-12-31"),
    _ligne("GROS", "10", valeur="1.65", au="2026-11-21"),
    _ligne("DETAIL", "0", valeur="1.95"),
)
"""Rows of an article whose base price is 2.00."""


def _demande(quantite: str, *, tarif: str | None = "GROS", remise_generale: str = "0") -> DemandePrix:
    return DemandePrix(
        quantite=Decimal(quantite),
        date_document=JOUR,
        prix_base=Decimal("2.00"),
        tarif=tarif,
        remise_generale=Decimal(remise_generale),
        lignes_tarif=LIGNES,
    )


@pytest.mark.parametrize(
    ("quantite", "tarif", "remise_generale", "prix", "remise", "regle"),
    [
        # below every break, or without tariff: base price, general discount
        ("0.5", "GROS", "0", "2.0000", "0.00", "base"),
        ("0.5", "GROS", "5", "2.0000", "5.00", "base"),
        ("10", None, "5", "2.0000", "5.00", "base"),
        # a price row bears no general discount
        ("1", "GROS", "5", "1.8000", "0.00", "tarif"),
        ("9.999999", "GROS", "5", "1.8000", "0.00", "tarif"),
        ("50", "GROS", "5", "1.5000", "0.00", "tarif"),
        ("7", "DETAIL", "5", "1.9500", "0.00", "tarif"),
        # a discount row takes the larger of its own and the general one, never both
        ("10", "GROS", "5", "2.0000", "15.00", "tarif"),
        ("10", "GROS", "20", "2.0000", "20.00", "tarif"),
        # what comes back is priced as what went out
        ("-50", "GROS", "0", "1.5000", "0.00", "tarif"),
    ],
)
def test_cal_04_first_rule_that_applies(
    quantite: str, tarif: str | None, remise_generale: str, prix: str, remise: str, regle: Regle
) -> None:
    explique = resoudre_prix(_demande(quantite, tarif=tarif, remise_generale=remise_generale))
    assert (str(explique.prix), str(explique.remise), explique.regle) == (prix, remise, regle)


def test_cal_04_a_typed_price_comes_first_and_bears_no_general_discount() -> None:
    explique = resoudre_prix(replace(_demande("50", remise_generale="5"), prix_saisi=Decimal("1.23456")))
    assert (explique.prix, explique.remise, explique.regle) == (Decimal("1.2346"), Decimal(0), "saisi")
    assert explique.lignes_considerees == ()


@pytest.mark.parametrize("remise", ["0", "3", "30"])
def test_cal_04_a_typed_discount_replaces_the_resolved_one(remise: str) -> None:
    for quantite in ("0.5", "10", "50"):
        attendu = resoudre_prix(_demande(quantite, remise_generale="5")).prix
        explique = resoudre_prix(replace(_demande(quantite, remise_generale="5"), remise_saisie=Decimal(remise)))
        assert (explique.prix, explique.remise) == (attendu, Decimal(remise))


@pytest.mark.parametrize(
    ("quantite", "motifs"),
    [
        (
            "10",
            [
                "palier_inferieur",
                "retenu",
                "quantite_insuffisante",
                "pas_encore_valable",
                "plus_valable",
                "autre_tarif",
            ],
        ),
        ("0.5", ["quantite_insuffisante"] * 3 + ["pas_encore_valable", "plus_valable", "autre_tarif"]),
    ],
)
def test_cal_04_every_row_says_why(quantite: str, motifs: list[Motif]) -> None:
    explique = resoudre_prix(_demande(quantite))
    assert [consideree.motif for consideree in explique.lignes_considerees] == motifs
    assert tuple(consideree.ligne for consideree in explique.lignes_considerees) == LIGNES
    assert explique.ligne_retenue is (LIGNES[1] if "retenu" in motifs else None)


@pytest.mark.parametrize(
    ("quantite", "palier"),
    [
        ("0.5", Palier(Decimal(1), Decimal("1.8"), Decimal(0))),
        ("1", Palier(Decimal(10), Decimal(2), Decimal(15))),
        ("10", Palier(Decimal(50), Decimal("1.5"), Decimal(0))),
        ("50", None),
    ],
)
def test_cal_04_next_quantity_break(quantite: str, palier: Palier | None) -> None:
    assert resoudre_prix(_demande(quantite)).palier_suivant == palier


@pytest.mark.parametrize(
    ("jour", "prix"),
    [("2026-11-30", "2.00"), ("2026-12-01", "1.60"), ("2026-12-31", "1.60"), ("2027-01-01", "2.00")],
)
def test_cal_04_validity_includes_both_days_and_a_promotion_wins(jour: str, prix: str) -> None:
    explique = resoudre_prix(replace(_demande("10"), date_document=date.fromisoformat(jour)))
    assert explique.prix == Decimal(prix)
    if prix == "1.60":
        assert [consideree.motif for consideree in explique.lignes_considerees][1] == "moins_recent"


@given(
    st.decimals(min_value=0, max_value=100, places=6),
    st.decimals(min_value=0, max_value=100, places=2),
    st.one_of(st.none(), st.decimals(min_value=0, max_value=100, places=2)),
    st.sampled_from(("GROS", "DETAIL", None)),
)
def test_cal_04_the_explanation_replays_to_the_price_of_the_line(
    quantite: Decimal, remise_generale: Decimal, remise_saisie: Decimal | None, tarif: str | None
) -> None:
    demande = replace(
        _demande(str(quantite), tarif=tarif), remise_generale=remise_generale, remise_saisie=remise_saisie
    )
    explique = resoudre_prix(demande)
    rejoue = resoudre_prix(replace(demande, prix_saisi=explique.prix, remise_saisie=explique.remise))
    assert (rejoue.prix, rejoue.remise) == (explique.prix, explique.remise)
    assert montant_ligne(quantite, rejoue.prix, rejoue.remise) == montant_ligne(
        quantite, explique.prix, explique.remise
    )
    palier = explique.palier_suivant
    if palier is not None:
        atteint = resoudre_prix(replace(demande, quantite=palier.quantite_minimum))
        assert (palier.prix, palier.remise) == (atteint.prix, atteint.remise)


@dataclass(frozen=True)
class Propre:
    """A row of a client's own prices as storage would give it."""

    article: str | None
    famille: str | None
    valeur: Decimal | None = None
    remise: Decimal | None = None
    du: date | None = None
    au: date | None = None


ARTICLE_A_1_70 = Propre("BAG", None, valeur=Decimal("1.70"))
ARTICLE_MOINS_8 = Propre("BAG", None, remise=Decimal(8))
FAMILLE_A_1_75 = Propre(None, "PAIN", valeur=Decimal("1.75"))
FAMILLE_MOINS_3 = Propre(None, "PAIN", remise=Decimal(3))
ARTICLE_HIER = replace(ARTICLE_A_1_70, au=date(2026, 11, 21))
ARTICLE_DEMAIN = replace(ARTICLE_A_1_70, du=date(2026, 11, 23))
ARTICLE_AUJOURD_HUI = replace(ARTICLE_A_1_70, du=JOUR, au=JOUR)


@pytest.mark.parametrize(
    ("propres", "quantite", "prix", "remise", "regle"),
    [
        # the client's own price comes before its tariff, whatever the quantity, and the article before the famille
        ((ARTICLE_A_1_70,), "0.5", "1.7000", "0.00", "client_article"),
        ((ARTICLE_A_1_70, FAMILLE_A_1_75), "50", "1.7000", "0.00", "client_article"),
        ((FAMILLE_A_1_75, ARTICLE_A_1_70), "50", "1.7000", "0.00", "client_article"),
        ((FAMILLE_A_1_75,), "50", "1.7500", "0.00", "client_famille"),
        # its own discount is off the base price, and the general one of 5 % does not add to it though it is larger
        ((ARTICLE_MOINS_8,), "10", "2.0000", "8.00", "client_article"),
        ((ARTICLE_MOINS_8, FAMILLE_MOINS_3), "50", "2.0000", "8.00", "client_article"),
        ((FAMILLE_MOINS_3,), "50", "2.0000", "3.00", "client_famille"),
        # only while it holds, both days included
        ((ARTICLE_HIER, ARTICLE_DEMAIN), "50", "1.5000", "0.00", "tarif"),
        ((ARTICLE_HIER, FAMILLE_MOINS_3, ARTICLE_DEMAIN), "50", "2.0000", "3.00", "client_famille"),
        ((ARTICLE_AUJOURD_HUI, FAMILLE_MOINS_3), "50", "1.7000", "0.00", "client_article"),
    ],
)
def test_cal_04_rule_2_stands_between_the_typed_price_and_the_tariff(
    propres: tuple[Propre, ...], quantite: str, prix: str, remise: str, regle: Regle
) -> None:
    demande = replace(_demande(quantite, remise_generale="5"), lignes_client=propres)
    explique = resoudre_prix(demande)
    assert (str(explique.prix), str(explique.remise), explique.regle) == (prix, remise, regle)
    tape = resoudre_prix(replace(demande, prix_saisi=Decimal(1)))
    assert (tape.prix, tape.remise, tape.regle) == (Decimal(1), Decimal(0), "saisi")
    remise_tapee = resoudre_prix(replace(demande, remise_saisie=Decimal(1)))
    assert (remise_tapee.prix, remise_tapee.remise, remise_tapee.regle) == (Decimal(prix), Decimal(1), regle)


def test_cal_04_what_a_later_rule_would_have_taken_says_that_it_came_too_late() -> None:
    propres = (ARTICLE_AUJOURD_HUI, ARTICLE_HIER, FAMILLE_MOINS_3, replace(FAMILLE_A_1_75, du=date(2026, 11, 23)))
    explique = resoudre_prix(replace(_demande("10"), lignes_client=propres))
    assert [(une.source, une.motif) for une in explique.lignes_considerees] == [
        ("client_article", "retenu"),
        ("client_article", "plus_valable"),
        ("client_famille", "regle_precedente"),
        ("client_famille", "pas_encore_valable"),
        ("tarif", "palier_inferieur"),
        ("tarif", "regle_precedente"),
        ("tarif", "quantite_insuffisante"),
        ("tarif", "pas_encore_valable"),
        ("tarif", "plus_valable"),
        ("tarif", "autre_tarif"),
    ]
    assert explique.ligne_retenue is ARTICLE_AUJOURD_HUI


@pytest.mark.parametrize(
    ("quantite", "generale", "sort", "changes"),
    [
        ("0.5", "0", "aucune", {}),
        ("0.5", "5", "retenue", {}),
        ("10", "20", "retenue", {}),
        ("10", "15", "remise_du_tarif", {}),
        ("50", "20", "prix_du_tarif", {}),
        ("10", "20", "prix_client", {"lignes_client": (FAMILLE_MOINS_3,)}),
        ("10", "20", "prix_saisi", {"prix_saisi": Decimal(1)}),
        ("10", "20", "remise_saisie", {"remise_saisie": Decimal(1)}),
        ("10", "20", "remise_saisie", {"remise_saisie": Decimal(1), "prix_saisi": Decimal(1)}),
        ("10", "0", "aucune", {"remise_saisie": Decimal(1)}),
    ],
)
def test_cal_04_what_becomes_of_the_general_discount(
    quantite: str, generale: str, sort: SortRemise, changes: dict[str, Any]
) -> None:
    demande = replace(_demande(quantite, remise_generale=generale), **changes)
    assert resoudre_prix(demande).sort_remise_generale == sort


@pytest.mark.parametrize(
    ("quantite", "pourquoi", "changes"),
    [
        ("49", None, {}),
        ("50", "dernier_palier", {}),
        ("10", "sans_tarif", {"tarif": None}),
        ("10", "sans_tarif", {"lignes_tarif": LIGNES[4:5]}),
        ("10", "prix_client", {"lignes_client": (ARTICLE_A_1_70,)}),
        ("10", "prix_client", {"lignes_client": (FAMILLE_MOINS_3,)}),
        ("10", "prix_saisi", {"prix_saisi": Decimal(1)}),
        ("10", None, {"remise_saisie": Decimal(1)}),
    ],
)
def test_cal_04_no_next_break_says_why(quantite: str, pourquoi: SansPalier | None, changes: dict[str, Any]) -> None:
    explique = resoudre_prix(replace(_demande(quantite), **changes))
    assert (explique.sans_palier, explique.palier_suivant is None) == (pourquoi, pourquoi is not None)


@pytest.mark.parametrize(
    ("htva", "taux", "tvac"), [("0.8491", "6", "0.9000"), ("2.0000", "21", "2.4200"), ("1.2345", "0", "1.2345")]
)
def test_cal_14_unit_price_with_and_without_vat(htva: str, taux: str, tvac: str) -> None:
    assert str(prix_tvac_depuis_htva(Decimal(htva), Decimal(taux))) == tvac
    assert str(prix_htva_depuis_tvac(Decimal(tvac), Decimal(taux))) == htva


def test_cal_04_prices_do_not_depend_on_the_ambient_decimal_context() -> None:
    with localcontext(prec=2, rounding=ROUND_UP):
        explique = resoudre_prix(replace(_demande("-9.999999"), prix_base=Decimal("12345.67891")))
        assert (explique.regle, explique.prix) == ("tarif", Decimal("1.8"))
        assert prix_tvac_depuis_htva(Decimal("12.3456"), Decimal(21)) == Decimal("14.9382")
