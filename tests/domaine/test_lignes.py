"""Kinds of lines, what they need, their signs and their order."""

from decimal import Decimal

import pytest

from aurore_domain.erreurs import ErreurAurore, ErreursMultiples
from aurore_domain.lignes import (
    CodeTvaManquant,
    CommentaireChiffre,
    Genre,
    QuantiteNegative,
    genre_de,
    ordre_suivant,
    verifier_ligne,
    verifier_quantite,
)
from aurore_domain.unites import QuantiteManquante

ZERO, UN = Decimal(0), Decimal(1)


@pytest.mark.parametrize(
    ("article", "quantite", "prix", "code_tva", "genre"),
    [
        ("PAIN", UN, UN, "6", "article"),
        ("PAIN", None, None, None, "article"),
        (None, UN, UN, "6", "libre"),
        (None, UN, None, None, "libre"),
        (None, ZERO, None, None, "libre"),
        (None, None, ZERO, None, "libre"),
        (None, None, None, "6", "libre"),
        (None, None, None, None, "commentaire"),
    ],
)
def test_doc_12_kind_of_a_line(
    article: str | None, quantite: Decimal | None, prix: Decimal | None, code_tva: str | None, genre: Genre
) -> None:
    assert genre_de(article, quantite, prix, code_tva) == genre


@pytest.mark.parametrize(
    ("genre", "quantite", "quantite_unite_commande", "prix", "code_tva"),
    [
        ("article", UN, None, None, None),
        ("article", None, UN, None, None),
        ("article", ZERO, None, None, None),
        ("libre", UN, None, UN, "21"),
        ("libre", UN, None, None, None),
        ("libre", None, None, UN, None),
        ("libre", UN, None, ZERO, None),
        ("commentaire", None, None, None, None),
    ],
)
def test_doc_12_lines_that_pass(
    genre: Genre,
    quantite: Decimal | None,
    quantite_unite_commande: Decimal | None,
    prix: Decimal | None,
    code_tva: str | None,
) -> None:
    verifier_ligne(
        genre, quantite=quantite, quantite_unite_commande=quantite_unite_commande, prix=prix, code_tva=code_tva
    )


@pytest.mark.parametrize(
    ("genre", "champs", "erreur", "pointeur"),
    [
        ("article", {"prix": UN, "code_tva": "6"}, QuantiteManquante, "#/quantite"),
        ("libre", {"quantite": UN, "prix": UN}, CodeTvaManquant, "#/code_tva"),
        ("libre", {"quantite": -UN, "prix": UN}, CodeTvaManquant, "#/code_tva"),
        ("commentaire", {"quantite": ZERO}, CommentaireChiffre, "#/quantite"),
        ("commentaire", {"quantite_unite_commande": UN}, CommentaireChiffre, "#/quantite_unite_commande"),
        ("commentaire", {"prix": ZERO}, CommentaireChiffre, "#/prix"),
        ("commentaire", {"code_tva": "6"}, CommentaireChiffre, "#/code_tva"),
    ],
)
def test_doc_12_lines_that_are_refused(
    genre: Genre, champs: dict[str, Decimal], erreur: type[ErreurAurore], pointeur: str
) -> None:
    vides = dict.fromkeys(("quantite", "quantite_unite_commande", "prix", "code_tva"))
    with pytest.raises(erreur) as refus:
        verifier_ligne(genre, **{**vides, **champs})
    assert refus.value.pointeur == pointeur


def test_doc_12_all_that_a_comment_has_too_much_is_told_together() -> None:
    with pytest.raises(ErreursMultiples) as refus:
        verifier_ligne("commentaire", quantite=UN, quantite_unite_commande=None, prix=UN, code_tva=None)
    assert [erreur.pointeur for erreur in refus.value.erreurs] == ["#/quantite", "#/prix"]


@pytest.mark.parametrize(
    ("genre", "vidange", "type_negatif", "permise"),
    [
        ("article", False, False, False),
        ("article", True, False, True),
        ("libre", False, False, True),
        # retour, note de crédit: the type has the sign
        ("article", False, True, False),
        ("article", True, True, False),
        ("libre", False, True, False),
    ],
)
def test_cal_05_negative_quantities(genre: Genre, vidange: bool, type_negatif: bool, permise: bool) -> None:
    verifier_quantite(genre, UN, vidange=vidange, type_negatif=type_negatif)
    verifier_quantite(genre, ZERO, vidange=vidange, type_negatif=type_negatif)
    verifier_quantite(genre, None, vidange=vidange, type_negatif=type_negatif)
    if permise:
        verifier_quantite(genre, -UN, vidange=vidange, type_negatif=type_negatif)
        return
    with pytest.raises(QuantiteNegative) as refus:
        verifier_quantite(genre, -UN, vidange=vidange, type_negatif=type_negatif)
    assert refus.value.valeurs == {"quantite": -UN}


@pytest.mark.parametrize(
    ("ordres", "suivant"), [([], 100), ([100], 200), ([100, 300, 200], 400), ([150], 200), ([1], 100), ([199], 200)]
)
def test_doc_11_next_order(ordres: list[int], suivant: int) -> None:
    assert ordre_suivant(ordres) == suivant
