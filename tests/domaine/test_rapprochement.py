"""What a till sent beside what became of it: MAG-19, MAG-25, MAG-26."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aurore_domain.cycle import Etat, TypeDocument
from aurore_domain.rapprochement import (
    Jours,
    Piece,
    Sort,
    Suivi,
    Vente,
    biens,
    facturees_deux_fois,
    jours_non_couverts,
    semblables,
    sort_de_commande,
    sort_de_vente,
)

JOUR = date(2025, 6, 16)
ATTEND, PARTIE, ANNULE = Etat.EN_ATTENTE, Etat.TRANSFERE, Etat.ANNULE
BORDEREAU, FACTURE = TypeDocument.BORDEREAU, TypeDocument.FACTURE


def le(rang: int) -> date:
    return JOUR + timedelta(days=rang)


@pytest.mark.parametrize(
    ("suivi", "annulee", "cloturee", "passee", "attendu"),
    [
        (Suivi(ATTEND), False, False, False, Sort.OUVERTE),
        (Suivi(ATTEND), False, False, True, Sort.PRODUITE),
        (Suivi(ATTEND), False, True, True, Sort.CLOTUREE),
        (Suivi(ATTEND, [(BORDEREAU, ATTEND)]), False, False, True, Sort.LIVREE_EN_PARTIE),
        (Suivi(PARTIE, [(BORDEREAU, ATTEND)]), False, False, True, Sort.LIVREE),
        (Suivi(PARTIE, [(BORDEREAU, ATTEND), (FACTURE, ATTEND)]), False, False, True, Sort.FACTUREE_EN_PARTIE),
        (Suivi(ATTEND, [(BORDEREAU, PARTIE), (FACTURE, ATTEND)]), False, False, True, Sort.FACTUREE_EN_PARTIE),
        (Suivi(PARTIE, [(BORDEREAU, PARTIE), (FACTURE, ATTEND)]), False, False, True, Sort.FACTUREE),
        (Suivi(PARTIE, [(FACTURE, Etat.COMPTABILISE)]), False, False, False, Sort.FACTUREE),
        (Suivi(PARTIE, [(FACTURE, ATTEND), (TypeDocument.NOTE_CREDIT, ATTEND)]), False, False, False, Sort.FACTUREE),
        (Suivi(ATTEND, [(TypeDocument.RETOUR, ATTEND)]), False, False, True, Sort.PRODUITE),
        (Suivi(ANNULE), False, False, True, Sort.ANNULEE),
        (Suivi(ANNULE), True, False, True, Sort.ANNULEE),
        (None, True, False, True, Sort.ANNULEE),
        (None, False, False, True, Sort.SUPPRIMEE),
    ],
)
def test_mag_19_ce_qu_une_commande_est_devenue(suivi, annulee, cloturee, passee, attendu):
    jour = JOUR if passee else le(1)
    sort = sort_de_commande(suivi, annulee=annulee, cloturee=cloturee, jour=jour, aujourd_hui=JOUR)
    assert sort is attendu


@pytest.mark.parametrize(
    ("suivi", "annulee", "facturable", "attendu"),
    [
        (Suivi(ATTEND), False, True, Sort.A_FACTURER),
        (Suivi(ATTEND), False, False, Sort.A_COMPLETER),
        (Suivi(ATTEND, [(FACTURE, ATTEND)]), False, True, Sort.FACTUREE_EN_PARTIE),
        (Suivi(PARTIE, [(FACTURE, ATTEND)]), False, False, Sort.FACTUREE),
        (Suivi(ANNULE), False, True, Sort.ANNULEE),
        (None, True, True, Sort.ANNULEE),
        (None, False, True, Sort.SUPPRIMEE),
    ],
)
def test_mag_18_ce_qu_une_vente_est_devenue(suivi, annulee, facturable, attendu):
    assert sort_de_vente(suivi, annulee=annulee, facturable=facturable) is attendu


@pytest.mark.parametrize(
    ("pousses", "trous"),
    [
        ([], [(0, 9)]),
        ([(0, 9)], []),
        ([(-5, 20)], []),
        ([(3, 5)], [(0, 2), (6, 9)]),
        ([(3, 5), (6, 7)], [(0, 2), (8, 9)]),
        ([(6, 8), (-3, 1), (0, 2)], [(3, 5), (9, 9)]),
        ([(9, 12), (-4, 0)], [(1, 8)]),
        ([(10, 12), (-4, -1)], [(0, 9)]),
        ([(2, 8), (3, 4)], [(0, 1), (9, 9)]),
    ],
)
def test_mag_25_les_jours_que_rien_n_a_couverts(pousses, trous):
    siens = [Jours(le(du), le(au)) for du, au in pousses]
    assert jours_non_couverts(Jours(le(0), le(9)), siens) == tuple(Jours(le(du), le(au)) for du, au in trous)


@given(st.lists(st.tuples(st.integers(-10, 40), st.integers(0, 12))))
def test_mag_25_un_jour_est_couvert_ou_ne_l_est_pas(pousses):
    """Day by day: each is in a push or in a gap, never both; gaps do not touch."""
    siens = [Jours(le(du), le(du + duree)) for du, duree in pousses]
    trous = jours_non_couverts(Jours(le(0), le(30)), siens)
    for rang in range(31):
        couvert = any(un.du <= le(rang) <= un.au for un in siens)
        assert couvert != any(un.du <= le(rang) <= un.au for un in trous)
    assert all(avant.au + timedelta(days=1) < apres.du for avant, apres in pairwise(trous))


def piece(reference: str, *lignes: tuple[str, str], vente: bool = False, client: str = "A", jours=(0,)) -> Piece:
    des = biens((article, Decimal(quantite)) for article, quantite in lignes or (("BAG", "2"),))
    return Piece(reference, vente, client, frozenset(map(le, jours)), des)


def references(pieces) -> list[list[str]]:
    return [[une.reference for une in groupe] for groupe in semblables(pieces)]


def test_mag_19_meme_client_meme_jour_memes_biens():
    """However the lines are split, and on either day of an order."""
    commande = piece("C1", ("BAG", "1"), ("BAG", "1.00"), jours=(0, 1))
    vente = piece("V1", ("BAG", "2"), vente=True, jours=(1,))
    assert references([commande, vente]) == [["C1", "V1"]]
    assert references([vente, piece("V2", vente=True, jours=(1,))]) == [["V1", "V2"]]


@pytest.mark.parametrize(
    "autre",
    [
        piece("C1", client="B"),
        piece("C1", jours=(1, 2)),
        piece("C1", ("BAG", "3")),
        piece("C1", ("VIN", "2")),
        piece("C1", ("BAG", "2"), ("VIN", "1")),
    ],
)
def test_mag_19_ce_qui_differe_n_est_pas_suspect(autre):
    assert references([autre, piece("V1", vente=True)]) == []


def test_mag_19_des_commandes_semblables_ne_facturent_rien():
    assert references([piece("C1"), piece("C2")]) == []


def test_mag_19_deux_fois_la_meme_reference():
    ventes = [Vente("V1"), Vente("V2", "C2"), Vente("C3")]
    assert facturees_deux_fois(["C1"], ventes) == {}
    assert facturees_deux_fois(["C1", "C2", "C3"], ventes) == {"C2": ("V2",), "C3": ("C3",)}
    assert facturees_deux_fois([], [Vente("V1", "C9"), Vente("V2", "C9")]) == {"C9": ("V1", "V2")}
    assert facturees_deux_fois(["V1"], [Vente("V1", "V1")]) == {"V1": ("V1",)}
