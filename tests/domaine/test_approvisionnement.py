"""ART-16: what is ordered reaches the minimum, in the unit that the supplier sells."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aurore_domain.approvisionnement import a_commander
from aurore_domain.unites import Conversion, vers_base


def conversion(facteur: str, operateur: str = "M", decimales: int = 0, base: int = 0) -> Conversion:
    return Conversion(
        facteur=Decimal(facteur),
        operateur=operateur,  # type: ignore[arg-type]  # a literal of the table below
        decimales=decimales,
        decimales_base=base,
    )


@pytest.mark.parametrize(
    ("manque", "unite", "suggeree", "attendu"),
    [
        ("13", None, None, "13"),
        ("12.2", None, None, "13"),
        ("13", conversion("6"), None, "3"),
        ("12", conversion("6"), None, "2"),
        ("13", conversion("6"), "10", "10"),
        ("13", conversion("6"), "2", "3"),
        ("1", conversion("3", "D"), None, "3"),
        ("-5", None, None, "0"),
        ("-5", conversion("6"), "4", "4"),
    ],
)
def test_art_16_la_quantite_est_arrondie_vers_le_haut(manque, unite, suggeree, attendu):
    trouve = a_commander(
        Decimal(manque), decimales=0, conversion=unite, suggeree=None if suggeree is None else Decimal(suggeree)
    )
    assert trouve == Decimal(attendu)


@given(
    st.decimals("0.000001", "100000", places=6),
    st.decimals("0.001", "5000", places=3),
    st.sampled_from("MD"),
    st.integers(0, 6),
    st.integers(0, 6),
)
def test_art_16_ce_qui_est_commande_suffit_toujours(manque, facteur, operateur, decimales, base):
    unite = conversion(str(facteur), operateur, decimales, base)
    assert vers_base(a_commander(manque, decimales=base, conversion=unite), unite) >= manque
