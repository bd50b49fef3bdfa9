"""Giving up what is left of a line (TRF-08): ordered = transferred + open + given up (TRF-10)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aurore_domain.cycle import Nature
from aurore_domain.restes import reste
from aurore_domain.transfert import QuantiteDepassee, RienATransferer, Selection, abandonner, partager
from tests.domaine.lignes_source import CARTON, PIECE, apres, decimal, ligne, prendre, sans

D = Decimal


def test_trf_08_given_up_is_no_longer_left() -> None:
    source = sans(apres(ligne("10"), prendre(ligne("10"), "3")), prendre(ligne("10"), "4"))
    assert reste(source).quantite == 3
    with pytest.raises(QuantiteDepassee):
        prendre(source, "4")
    assert reste(sans(source, prendre(source))).epuisee
    with pytest.raises(RienATransferer):
        partager([sans(source, prendre(source))], Selection())


def test_trf_08_giving_up_touches_neither_returns_nor_copies() -> None:
    source = sans(ligne("10"), prendre(ligne("10"), "4"))
    assert reste(source, Nature.REFERENCE).quantite == 10
    assert reste(source, Nature.COPIE).quantite == 10


def test_cal_03_pieces_are_given_up_by_the_piece_and_never_more_weight_than_was_ordered() -> None:
    source = ligne("800", "40", PIECE)  # 40 pieces of 21 kg that were typed as 800 kg
    part = prendre(source, commande="39")
    assert part.quantite == D("819")
    assert abandonner(source, part) == (D("800"), D("39"))


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 9)), max_size=12), st.sampled_from([None, CARTON, PIECE]))
def test_trf_10_ordered_is_transferred_open_and_given_up(pas: list[tuple[bool, int]], conversion: object) -> None:
    """Whatever goes and is given up, in any order: the figures add up in the unit that counts."""
    source = ligne("24") if conversion is None else ligne(commande="24", conversion=conversion)  # type: ignore[arg-type]  # one of the two
    for abandonne, combien in pas:
        try:
            part = prendre(source, str(combien)) if conversion is None else prendre(source, commande=str(combien))
        except (QuantiteDepassee, RienATransferer):
            continue
        source = sans(source, part) if abandonne else apres(source, part)
    restante = reste(source)
    if conversion is None:
        assert source.quantite == source.quantite_transferee + restante.quantite + source.quantite_abandonnee
    else:
        deja = source.quantite_unite_commande_transferee + source.quantite_unite_commande_abandonnee
        assert decimal("24") == deja + (restante.quantite_unite_commande or 0)
