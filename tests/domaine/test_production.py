"""The production list's arithmetic (MAG-20, MAG-21, MAG-24)."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aurore_domain.cycle import Etat, TypeDocument
from aurore_domain.production import (
    Besoin,
    Ecart,
    Production,
    Source,
    consolider,
    demande,
    differences,
    en_unite_de_production,
)
from aurore_domain.unites import Conversion, Operateur

DEMANDES = """
type        | etat       | origine     | demande | pourquoi
commande    | en_attente |             | oui     | ordered
commande    | transfere  |             | oui     | ordered, whatever became of it since
commande    | annule     |             | non     | annulled
commande    | en_attente | offre       | oui     | the offre asked for nothing yet
commande    | en_attente | offre_type  | oui     | a template never does
proforma    | en_attente |             | oui     | on order, as the stock has it
proforma    | en_attente | commande    | non     | its commande asks already
bordereau   | en_attente |             | oui     | entered directly
bordereau   | transfere  |             | oui     | entered directly, invoiced since
bordereau   | en_attente | offre       | oui     | nothing asked for it before
bordereau   | en_attente | commande    | non     | counted by what was ordered
bordereau   | en_attente | proforma    | non     | counted by what was ordered
bordereau   | annule     |             | non     | annulled
facture     | en_attente |             | non     | a sale of what was there
facture     | en_attente | commande    | non     | counted by what was ordered
offre       | en_attente |             | non     | nothing is ordered yet
offre_type  | en_attente |             | non     | a template
retour      | en_attente |             | non     | goods that come back are no order
note_credit | en_attente |             | non     | nor is money
commande_fournisseur | en_attente |    | non     | bought, not made
reception   | en_attente |             | non     | bought, not made
"""


def rangees(table: str) -> list[list[str]]:
    return [[cellule.strip() for cellule in une.split("|")] for une in table.strip().splitlines()[1:]]


@pytest.mark.parametrize(("genre", "etat", "origine", "oui", "_pourquoi"), rangees(DEMANDES))
def test_mag_20_which_documents_ask_for_goods(genre, etat, origine, oui, _pourquoi):
    assert demande(genre, etat, type_origine=origine or None) is (oui == "oui")


def test_mag_20_every_type_of_document_is_in_the_table():
    assert {genre for genre, *_ in rangees(DEMANDES)} >= set(TypeDocument) - {"appel_offre", "attente_imputation"}
    assert not any(demande(un, Etat.EN_ATTENTE, type_origine=None) for un in ("appel_offre", "attente_imputation"))


LISTES = """
besoins                            | restes   | magasins | clients | types | restes | a_produire | surplus
magasin 40, client 120, type 35    | 4        | 40       | 120     | 35    | 4      | 191        | 0
client 5                           |          | 0        | 5       | 0     | 0      | 5          | 0
client 5, client 7, magasin 1      |          | 1        | 12      | 0     | 0      | 13         | 0
client 5                           | 5        | 0        | 5       | 0     | 5      | 0          | 0
client 5                           | 8        | 0        | 5       | 0     | 8      | 0          | 3
client 5                           | 2 4.5    | 0        | 5       | 0     | 6.5    | 0          | 1.5
                                   | 3        | 0        | 0       | 0     | 3      | 0          | 3
type 0.000001, client 0.000002     | 0.000001 | 0        | 0.000002 | 0.000001 | 0.000001 | 0.000002 | 0
"""
_SOURCES = {"magasin": Source.MAGASIN, "client": Source.CLIENT, "type": Source.COMMANDE_TYPE}


@pytest.mark.parametrize("rangee", rangees(LISTES), ids=lambda rangee: rangee[0] or "restes seuls")
def test_mag_20_mag_21_one_article(rangee):
    besoins, restes, *attendus = rangee
    parts = [un.split() for un in besoins.split(", ")] if besoins else []
    demandes = [Besoin("ECL", f"C{un}", _SOURCES[nom], Decimal(quantite)) for un, (nom, quantite) in enumerate(parts)]
    ligne = consolider(demandes, [("ECL", Decimal(un)) for un in restes.split()])["ECL"]
    figures = (ligne.magasins, ligne.clients, ligne.commandes_types, ligne.restes, ligne.a_produire, ligne.surplus)
    assert figures == tuple(Decimal(un) for un in attendus)


def test_mag_20_articles_come_in_the_order_of_their_numbers():
    besoins = [Besoin(un, "C", Source.CLIENT, Decimal(1)) for un in ("TAR", "BAG", "ECL")]
    assert list(consolider(besoins, [("AAA", Decimal(1))])) == ["AAA", "BAG", "ECL", "TAR"]


quantites = st.decimals(min_value=0, max_value=10**8, places=6, allow_nan=False)
articles = st.sampled_from(["BAG", "ECL", "TAR"])
besoins_quelconques = st.lists(
    st.builds(Besoin, articles, st.sampled_from(["A", "B"]), st.sampled_from(Source), quantites)
)
restes_quelconques = st.lists(st.tuples(articles, quantites))


@given(besoins_quelconques, restes_quelconques)
def test_mag_20_nothing_is_lost_and_nothing_is_negative(besoins, restes):
    """To make less the surplus is what is asked for less what is left over, and one of the two is 0."""
    liste = consolider(besoins, restes)
    assert set(liste) == {un.article for un in besoins} | {article for article, _ in restes}
    for article, ligne in liste.items():
        voulu = sum((Fraction(un.quantite) for un in besoins if un.article == article), Fraction())
        reste = sum((Fraction(quantite) for un, quantite in restes if un == article), Fraction())
        assert Fraction(ligne.a_produire) - Fraction(ligne.surplus) == voulu - reste
        assert min(ligne.a_produire, ligne.surplus) == 0
        assert Fraction(ligne.demande) == voulu


@given(besoins_quelconques, restes_quelconques, st.randoms())
def test_mag_20_the_order_of_what_comes_in_does_not_matter(besoins, restes, hasard):
    melanges = list(besoins)
    hasard.shuffle(melanges)
    assert consolider(melanges, reversed(restes)) == consolider(besoins, restes)


def unite(facteur: str, operateur: Operateur = "M", decimales: int = 0) -> Conversion:
    return Conversion(facteur=Decimal(facteur), operateur=operateur, decimales=decimales, decimales_base=3)


EN_PRODUCTION = """
base  | facteur | operateur | decimales | attendu | pourquoi
191   | 12      | M         | 0         | 16      | 15.9 trays
192   | 12      | M         | 0         | 16      | exactly 16
193   | 12      | M         | 0         | 17      | CAL-02 alone gives 16: one piece short
1.05  | 0.35    | M         | 0         | 3       | the exact pieces of a weight
1.051 | 0.35    | M         | 0         | 4       | a gram more
10    | 3       | M         | 2         | 3.34    | up at the unit's own decimals
10    | 0.25    | D         | 0         | 3       | one base unit is a quarter of it: 2.5, up
9     | 0.25    | D         | 0         | 3       | 2.25, up
8     | 0.25    | D         | 0         | 2       | exactly 2
1     | 12      | M         | 0         | 1       | never nothing
0     | 12      | M         | 0         | 0       | unless nothing is asked for
"""


@pytest.mark.parametrize("rangee", rangees(EN_PRODUCTION), ids=lambda rangee: f"{rangee[0]}-{rangee[1]}{rangee[2]}")
def test_mag_20_the_unit_of_production_never_makes_too_little(rangee):
    base, facteur, operateur, decimales, attendu, _ = rangee
    conversion = unite(facteur, operateur, int(decimales))
    assert en_unite_de_production(Decimal(base), conversion) == Decimal(attendu)


conversions = st.builds(
    Conversion,
    facteur=st.decimals(min_value=Decimal("0.000001"), max_value=10**6, places=6),
    operateur=st.sampled_from(["M", "D"]),
    decimales=st.integers(0, 6),
    decimales_base=st.just(3),
)


@given(st.decimals(min_value=0, max_value=10**8, places=6), conversions)
def test_mag_20_the_unit_of_production_is_the_least_that_is_enough(base, conversion):
    trouve = Fraction(en_unite_de_production(base, conversion))
    facteur, pas = Fraction(conversion.facteur), Fraction(1, 10**conversion.decimales)
    vaut = facteur if conversion.operateur == "M" else 1 / facteur
    assert trouve * vaut >= Fraction(base)
    assert trouve == 0 or (trouve - pas) * vaut < Fraction(base)


def test_mag_24_what_changed_between_two_lists():
    avant = {"BAG": Production(clients=Decimal(20)), "ECL": Production(magasins=Decimal(4)), "TAR": Production()}
    apres = {
        "BAG": Production(clients=Decimal(15), restes=Decimal(16)),
        "ECL": Production(magasins=Decimal(4)),
        "FLA": Production(commandes_types=Decimal(2)),
    }
    ecarts = differences(avant, apres)
    assert ecarts == (Ecart("BAG", avant["BAG"], apres["BAG"]), Ecart("FLA", Production(), apres["FLA"]))
    assert [un.difference for un in ecarts] == [Decimal(-20), Decimal(2)]


listes = st.dictionaries(articles, st.builds(Production, *(quantites,) * 4))


@given(listes, listes)
def test_mag_24_differences_are_the_same_both_ways(avant, apres):
    aller, retour = differences(avant, apres), differences(apres, avant)
    assert [(un.article, un.difference) for un in aller] == [(un.article, -un.difference) for un in retour]
    assert differences(avant, avant) == ()
    assert all(un.avant != un.apres for un in aller)
