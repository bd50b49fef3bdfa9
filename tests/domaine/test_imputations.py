"""IMP-02: the class of an account is that of its posting code."""

import pytest

from aurore_domain.imputations import CompteHorsClasse, verifier_compte


@pytest.mark.parametrize(("genre", "compte"), [("vente", "70"), ("vente", "7400000001"), ("achat", "604000")])
def test_imp_02_sales_accounts_start_with_7_and_purchase_accounts_with_6(genre, compte):
    verifier_compte(genre, compte)


@pytest.mark.parametrize(
    ("genre", "compte", "classe"),
    [("vente", "60", "7"), ("achat", "70", "6"), ("vente", "17", "7"), ("achat", "", "6")],
)
def test_imp_02_any_other_class_is_refused_and_the_right_one_named(genre, compte, classe):
    with pytest.raises(CompteHorsClasse) as refus:
        verifier_compte(genre, compte)
    assert (refus.value.pointeur, refus.value.valeurs) == ("#/compte", {"classe": classe})
