"""ART-17, CAL-12: the price of a purchase line, and what its entry is worth."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aurore_domain.prix_achat import prix_entree, resoudre_prix_achat

D = Decimal


@pytest.mark.parametrize(
    ("prix", "remise", "frais", "attendu"),
    [
        ("1.0000", "0", "0", "1.000000"),
        ("1.0000", "10.00", "0.5000", "1.400000"),
        ("0.6200", "3.00", "0.0250", "0.626400"),
        ("0.3333", "33.33", "0", "0.222211"),
        ("0.0001", "0.50", "0", "0.000100"),
        ("5.0000", "100.00", "0.1000", "0.100000"),
    ],
)
def test_cal_12_prix_entree(prix: str, remise: str, frais: str, attendu: str) -> None:
    valeur = prix_entree(D(prix), D(remise), D(frais))
    assert (valeur, valeur.as_tuple().exponent) == (D(attendu), -6)


@given(
    prix=st.decimals(0, 10**6, places=4),
    remise=st.decimals(0, 100, places=2),
    frais=st.decimals(0, 10**6, places=4),
)
def test_cal_12_entre_les_frais_et_le_prix_plein(prix: Decimal, remise: Decimal, frais: Decimal) -> None:
    assert frais <= prix_entree(prix, remise, frais) <= prix + frais


@pytest.mark.parametrize(
    ("saisi", "remise", "fournisseur", "sienne", "generale", "dernier", "attendu"),
    [
        ("2", None, "1", "5", "3", "4", ("2.0000", "0.00", "saisi")),
        ("2", "7", "1", "5", "3", "4", ("2.0000", "7.00", "saisi")),
        (None, None, "1", "5", "3", "4", ("1.0000", "5.00", "fournisseur")),
        (None, None, "1", "2", "3", "4", ("1.0000", "3.00", "fournisseur")),
        (None, "0", "1", "5", "3", "4", ("1.0000", "0.00", "fournisseur")),
        (None, None, None, "5", "3", "4", ("4.0000", "0.00", "dernier_achat")),
        (None, None, None, "5", "3", None, ("0.0000", "0.00", "inconnu")),
    ],
)
def test_art_17_le_premier_prix_qui_vaut(
    saisi: str | None,
    remise: str | None,
    fournisseur: str | None,
    sienne: str,
    generale: str,
    dernier: str | None,
    attendu: tuple[str, str, str],
) -> None:
    def lu(texte: str | None) -> Decimal | None:
        return None if texte is None else D(texte)

    resolu = resoudre_prix_achat(
        prix_saisi=lu(saisi),
        remise_saisie=lu(remise),
        prix_fournisseur=lu(fournisseur),
        remise_fournisseur=D(sienne),
        remise_generale=D(generale),
        dernier_prix=lu(dernier),
    )
    assert (str(resolu.prix), str(resolu.remise), resolu.regle) == attendu
