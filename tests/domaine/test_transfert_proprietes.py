"""Whatever the splits, the parts add up to the line (CAL-20, TRF-03)."""

from decimal import ROUND_DOWN, Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from aurore_domain.cycle import Nature
from aurore_domain.restes import reste
from aurore_domain.transfert import QuantiteArrondieAZero, QuantiteDepassee, Selection, Tolerance, partager
from aurore_domain.unites import Conversion, Saisie, completer
from tests.domaine.lignes_source import Ligne, apres, prendre

fixes = st.builds(
    Conversion,
    facteur=st.decimals(min_value="0.01", max_value=1000, places=2),
    operateur=st.sampled_from(("M", "D")),
    decimales=st.integers(0, 3),
    decimales_base=st.integers(0, 6),
)
flous = st.builds(
    Conversion,
    facteur=st.decimals(min_value="0.05", max_value=10, places=2),
    operateur=st.sampled_from(("M", "D")),
    decimales=st.just(0),
    decimales_base=st.just(3),
    flou=st.just(True),
    tolerance=st.just(Decimal(10)),
)
quantites = st.decimals(min_value="0.001", max_value=10_000, places=3)
parts = st.lists(st.tuples(st.sampled_from(("base", "commande")), st.integers(1, 99)), max_size=5)


def source(saisie: Saisie, quantite: Decimal, conversion: Conversion) -> Ligne:
    tout = completer(quantite, None, conversion) if saisie == "base" else completer(None, quantite, conversion)
    assume(tout.quantite != 0 and tout.quantite_unite_commande != 0)
    return Ligne(
        quantite=tout.quantite,
        quantite_unite_commande=tout.quantite_unite_commande,
        saisie=saisie,
        conversion=conversion,
    )


def decouper(ligne: Ligne, demandes: list[tuple[str, int]]) -> Ligne:
    """Take a percentage of what is left, as often as asked, in either unit."""
    for unite, pourcentage in demandes:
        restante = reste(ligne)
        en_base = unite == "base"
        tout = restante.quantite if en_base else restante.quantite_unite_commande or Decimal(0)
        voulue = (tout * pourcentage / 100).quantize(Decimal("0.001"), ROUND_DOWN)
        if not voulue:
            continue
        try:
            ligne = apres(ligne, prendre(ligne, str(voulue) if en_base else "", "" if en_base else str(voulue)))
        except (QuantiteArrondieAZero, QuantiteDepassee):
            assert not en_base
    return ligne


@given(st.sampled_from(("base", "commande")), quantites, fixes, parts)
def test_cal_20_parts_add_up_in_both_units(
    saisie: Saisie, quantite: Decimal, conversion: Conversion, demandes: list[tuple[str, int]]
) -> None:
    """CAL-20: exactly; only order units that rounding leaves without base units go nowhere, once typed as such."""
    ligne = source(saisie, quantite, conversion)
    assert ligne.quantite_unite_commande is not None
    finie = decouper(ligne, demandes)
    rest_moved = not reste(finie).epuisee
    if rest_moved:
        finie = apres(finie, prendre(finie))
    assert finie.quantite_transferee == ligne.quantite
    assert finie.quantite_unite_commande_transferee <= ligne.quantite_unite_commande
    if rest_moved or all(unite == "base" for unite, _ in demandes):
        assert finie.quantite_unite_commande_transferee == ligne.quantite_unite_commande


@given(st.integers(1, 200).map(Decimal), flous, st.lists(st.integers(1, 99), max_size=5))
def test_cal_03_pieces_of_variable_weight_add_up_by_the_piece(
    quantite: Decimal, conversion: Conversion, demandes: list[int]
) -> None:
    """CAL-03, CAL-20: the pieces exactly; the weight as well as long as it is the expected one."""
    ligne = source("commande", quantite, conversion)
    for voulues in demandes:
        restante = reste(ligne).quantite_unite_commande
        assert restante is not None
        if voulues < restante:
            ligne = apres(ligne, prendre(ligne, "", str(voulues)))
    ligne = apres(ligne, prendre(ligne))
    assert ligne.quantite_unite_commande_transferee == quantite
    assert ligne.quantite_transferee == ligne.quantite
    assert reste(ligne).epuisee


@given(quantites, st.lists(quantites, max_size=8), st.integers(0, 20).map(Decimal))
def test_trf_03_never_more_than_ordered_and_tolerance(
    commandee: Decimal, demandes: list[Decimal], pourcentage: Decimal
) -> None:
    """TRF-03: however often it is tried, and what moved on and what is left add up to what was ordered."""
    ligne = Ligne(quantite=commandee, saisie="base")
    for voulue in demandes:
        try:
            ligne = apres(ligne, prendre(ligne, str(voulue), tolerance=Tolerance(societe=pourcentage)))
        except QuantiteDepassee:
            assert ligne.quantite_transferee + voulue > commandee * (100 + pourcentage) / 100
    assert ligne.quantite_transferee <= commandee * (100 + pourcentage) / 100
    assert ligne.quantite_transferee + reste(ligne).quantite == max(commandee, ligne.quantite_transferee)


@given(quantites, fixes)
def test_trf_01_a_copied_document_is_whole_again(quantite: Decimal, conversion: Conversion) -> None:
    ligne = source("commande", quantite, conversion)
    (part,) = partager([ligne], Selection(), nature=Nature.COPIE)
    assert (part.quantite, part.quantite_unite_commande, part.saisie) == (
        ligne.quantite,
        ligne.quantite_unite_commande,
        "commande",
    )
