"""What is left of a document is worth, and when a change goes beyond a limit (CLI-04, DOC-20)."""

from dataclasses import dataclass, field, replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aurore_domain.credit import ARRONDI_PAR_LIGNE, Encours, depassement, valeur_restante
from aurore_domain.lignes import Genre
from aurore_domain.montants_lignes import TaxeCalculable
from aurore_domain.totaux import Escompte, totaliser
from aurore_domain.tva import Traitement
from aurore_domain.unites import Conversion, Saisie

SIX = Traitement("S", Decimal(6))


@dataclass(frozen=True)
class Ligne:
    quantite: Decimal | None
    prix: Decimal | None = Decimal(1)
    quantite_transferee: Decimal = Decimal(0)
    remise: Decimal = Decimal(0)
    traitement: Traitement | None = SIX
    ordre: int = 100
    genre: Genre = "article"
    saisie: Saisie | None = "base"
    quantite_unite_commande: Decimal | None = None
    quantite_unite_commande_transferee: Decimal = Decimal(0)
    quantite_retournee: Decimal = Decimal(0)
    quantite_abandonnee: Decimal = Decimal(0)
    quantite_unite_commande_abandonnee: Decimal = Decimal(0)
    conversion: Conversion | None = None
    taxes: tuple[TaxeCalculable, ...] = ()
    sous_total: bool = field(default=False)


COMMENTAIRE = Ligne(None, None, traitement=None, genre="commentaire", saisie=None)


@pytest.mark.parametrize(
    ("avant", "apres", "limite", "lignes", "attendu"),
    [
        ("0", "100", "100", 0, None),
        ("0", "100.01", "100", 0, "0.01"),
        ("150", "150", "100", 0, None),
        ("150", "149.99", "100", 0, None),
        ("150", "150.01", "100", 0, "50.01"),
        ("99", "101", "100", 0, "1"),
        ("150", "150.04", "100", 2, None),
        ("150", "150.05", "100", 2, "50.05"),
        ("0", "100.01", "100", 2, "0.01"),
        ("-20", "-10", "0", 0, None),
    ],
)
def test_doc_20_only_what_makes_it_worse_and_goes_beyond_is_too_much(avant, apres, limite, lignes, attendu):
    trop = depassement(Decimal(avant), Decimal(apres), Decimal(limite), lignes_partagees=lignes)
    assert trop == (None if attendu is None else Decimal(attendu))


def test_doc_20_deposits_and_credits_are_taken_off():
    un = Encours(
        commandes=Decimal(10),
        bordereaux=Decimal(20),
        factures=Decimal(40),
        impayes=Decimal(80),
        credits=Decimal(5),
        acomptes=Decimal(3),
        echu=Decimal(9),
    )
    assert un.total == Decimal(142)


@pytest.mark.parametrize(
    ("escompte", "attendu"),
    [(None, "63.60"), (Escompte("deduit", Decimal(2)), "62.33"), (Escompte("conditionnel", Decimal(2)), "63.53")],
)
def test_doc_20_what_is_left_is_worth_its_own_facture(escompte, attendu):
    lignes = [
        Ligne(Decimal(100), quantite_transferee=Decimal(40)),
        Ligne(Decimal(5), quantite_transferee=Decimal(7)),
        COMMENTAIRE,
    ]
    assert valeur_restante(lignes, prix_tvac=False, escompte=escompte) == Decimal(attendu)
    assert valeur_restante(lignes, prix_tvac=True, escompte=None) == Decimal("60.00")


quantites = st.decimals(0, 999, places=3)
lignes = st.builds(
    Ligne,
    quantites,
    prix=st.decimals(0, 99, places=4),
    remise=st.sampled_from([Decimal(0), Decimal("3.33")]),
    traitement=st.sampled_from(
        [Traitement("S", Decimal(6)), Traitement("S", Decimal(21)), Traitement("Z", Decimal(0))]
    ),
)


@given(st.lists(lignes, min_size=1, max_size=8), st.data(), st.booleans())
def test_doc_20_sharing_lines_adds_no_more_than_their_roundings(entieres, data, prix_tvac):
    """Else a transfer by a client at its limit would be refused for a cent."""
    prises = [data.draw(st.decimals(0, une.quantite, places=3)) for une in entieres]
    restent = [replace(une, quantite_transferee=prise) for une, prise in zip(entieres, prises, strict=True)]
    parties = [replace(une, quantite=prise) for une, prise in zip(entieres, prises, strict=True)]
    tout = totaliser(entieres, prix_tvac=prix_tvac).montant_du
    deux = totaliser(parties, prix_tvac=prix_tvac).montant_du + valeur_restante(
        restent, prix_tvac=prix_tvac, escompte=None
    )
    assert abs(deux - tout) <= ARRONDI_PAR_LIGNE * len(entieres)
