"""What documents do to the stock, as a function of their rows (MVT-01, MVT-02, TRF-05, ART-11)."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aurore_domain.cycle import TABLE, EffetStock, Etat, TypeDocument
from aurore_domain.stock import Compte, Ingredient, Niveau, deplace_des_biens, effets, touche_au_stock
from tests.domaine.lignes_source import PIECE, Ligne, ligne

JOUR, AVANT = date(2026, 11, 24), date(2026, 11, 20)


UNE = UUID(int=1)


@dataclass(frozen=True)
class LigneDeStock(Ligne):
    id: UUID = UNE
    article: str | None = "BAG"
    depot: str | None = "PRINCIPAL"
    mise_a_jour_stock: bool = True
    ingredients: tuple[Ingredient, ...] | None = None
    date_stock: date | None = None
    livre_a: str | None = None
    prix_entree: Decimal | None = Decimal("0.5")
    frais_entree: Decimal = Decimal("0.1")


@dataclass(frozen=True)
class Piece:
    type: str
    etat: str = Etat.EN_ATTENTE
    date: date = JOUR
    cloture_le: datetime | None = None


def stockee(source: Ligne, **champs) -> LigneDeStock:
    return replace(LigneDeStock(**source.__dict__), **champs)


def dits(type_document: str, *lignes: LigneDeStock, etat: str = Etat.EN_ATTENTE) -> list[tuple[str, str, str]]:
    """Article, account and quantity of every effect."""
    return [(un.article, un.compte.value, str(un.quantite)) for un in effets(Piece(type_document, etat), lignes)]


# Type, what 120 pieces of which 50 have moved on still do.
PAR_TYPE = [
    ("offre_type", None, None),
    ("offre", None, None),
    ("commande", "commande_client", "70"),
    ("proforma", "commande_client", "70"),
    ("bordereau", "physique", "-70"),
    ("retour", "physique", "70"),
    ("facture", "physique", "-120"),  # what is credited comes back by its own note de crédit
    ("note_credit", "physique", "120"),
    ("appel_offre", None, None),
    ("commande_fournisseur", "commande_fournisseur", "70"),
    ("reception", "physique", "70"),
    ("attente_imputation", "physique", "120"),
]


def test_mvt_01_every_type_is_told():
    assert [un[0] for un in PAR_TYPE] == list(TypeDocument)


@pytest.mark.parametrize(("type_document", "compte", "quantite"), PAR_TYPE)
def test_mvt_01_trf_05_what_is_left_of_a_line_is_what_it_does(type_document, compte, quantite):
    une = stockee(ligne("120"), quantite_transferee=Decimal(50))
    dit = dits(type_document, une)
    assert (
        [(compte, Decimal(quantite))] == [(quoi, Decimal(combien)) for _, quoi, combien in dit] if compte else not dit
    )
    assert touche_au_stock(type_document) == (compte is not None)
    assert deplace_des_biens(type_document) == (compte == "physique")


@pytest.mark.parametrize("type_document", TypeDocument)
def test_mvt_02_what_is_annulled_does_nothing(type_document):
    assert effets(Piece(type_document, Etat.ANNULE), [stockee(ligne("120"))]) == ()


@pytest.mark.parametrize(
    "sans",
    [
        {"article": None},
        {"mise_a_jour_stock": False},
        {"ingredients": ()},
        {"quantite": Decimal(0)},
        {"quantite": None},
    ],
)
def test_mvt_01_lines_that_move_nothing(sans):
    """Free lines, lines that say so, what is not kept in stock, no quantity."""
    assert dits("bordereau", stockee(ligne("120"), **sans)) == []


def test_mvt_01_goods_of_variable_weight_are_counted_by_the_piece():
    une = stockee(
        ligne("", "5", PIECE), quantite_transferee=Decimal(110), quantite_unite_commande_transferee=Decimal(5)
    )
    assert dits("commande", une) == []
    assert dits("bordereau", une) == []


@pytest.mark.parametrize(
    ("type_document", "etat", "genre"),
    [
        ("bordereau", Etat.EN_ATTENTE, "client"),
        ("bordereau", Etat.TRANSFERE, "client"),
        ("facture", Etat.COMPTABILISE, "definitif"),
        ("reception", Etat.EN_ATTENTE, "fournisseur"),
        ("attente_imputation", Etat.COMPTABILISE, "definitif"),
    ],
)
def test_mvt_01_kinds(type_document, etat, genre):
    (effet,) = effets(Piece(type_document, etat), [stockee(ligne("1"))])
    assert effet.genre == genre


def test_art_11_an_assembly_moves_what_it_is_made_of():
    parts = (Ingredient("FAR", Decimal("0.4")), Ingredient("SEL", Decimal("0.0000015")))
    une = stockee(ligne("10"), ingredients=parts)
    assert dits("bordereau", une) == [("FAR", "physique", "-4.000000"), ("SEL", "physique", "-0.000015")]
    assert dits("commande", une) == [("FAR", "commande_client", "4.000000"), ("SEL", "commande_client", "0.000015")]
    assert dits("bordereau", replace(une, quantite=Decimal("0.1"))) == [("FAR", "physique", "-0.040000")]


def test_cal_12_only_bought_goods_come_in_at_a_price():
    prix = {
        un: {(effet.prix, effet.frais) for effet in effets(Piece(un), [stockee(ligne("1"))])} for un in TypeDocument
    }
    assert {un for un, ceux in prix.items() if ceux == {(Decimal("0.5"), Decimal("0.1"))}} == {
        TypeDocument.RECEPTION,
        TypeDocument.ATTENTE_IMPUTATION,
    }
    assert prix[TypeDocument.RETOUR] == {(None, None)}


def test_trf_05_goods_move_on_the_day_on_which_they_did():
    lignes = [stockee(ligne("1"), id=UUID(int=1)), stockee(ligne("2"), id=UUID(int=2), date_stock=AVANT)]
    assert [(un.ligne.int, un.date) for un in effets(Piece("facture"), lignes)] == [(1, JOUR), (2, AVANT)]


@given(
    st.decimals(min_value="0.001", max_value=10**6, places=3),
    st.decimals(min_value=0, max_value=10**6, places=3),
    st.sampled_from(sorted(un for un in TABLE if TABLE[un].stock is EffetStock.SORTIE and TABLE[un].vers)),
)
def test_trf_05_a_following_document_takes_over_exactly(commandee, livree, type_document):
    """Whatever is taken of a commande, what is owed and what goes add up; never is less than nothing owed."""
    avant, apres = stockee(ligne(str(commandee))), stockee(ligne(str(commandee)), quantite_transferee=livree)
    du = sum((un.quantite for un in effets(Piece("commande"), [apres])), Decimal(0))
    (pris,) = effets(Piece(type_document), [stockee(ligne(str(livree or commandee)))])
    assert du == max(commandee - livree, 0)
    assert pris.quantite == -(livree or commandee)
    (tout,) = effets(Piece("commande"), [avant])
    assert tout.quantite == commandee


def test_art_15_available_is_what_nobody_was_promised():
    niveau = Niveau(Decimal(10), Decimal(12), Decimal(5))
    assert (niveau.disponible, niveau.attendu) == (Decimal(-2), Decimal(3))
    assert Niveau().attendu == 0
    assert set(Compte) == {"physique", "commande_client", "commande_fournisseur"}


def test_mag_26_a_closed_commande_holds_nothing():
    close = replace(Piece("commande"), cloture_le=datetime(2026, 11, 24, tzinfo=UTC))
    assert effets(Piece("commande"), [stockee(ligne("1"))])
    assert effets(close, [stockee(ligne("1"))]) == ()
