"""Lines of documents are priced as `/v1/prix` says, on any date, by every way that a line can come (CAL-04, CLI-09)."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from tests.api.catalogue import CARTON, changer, creer
from tests.api.documents import (
    JOUR,
    baguettes,
    boulangerie,
    document,
    lire,
    modifier,
    modifier_ligne,
    requetes_sql,
    sql,
    transfere,
)
from tests.client import ClientDeTest

AUJOURD_HUI = datetime.now(UTC).date()
JOURS = [
    date(2025, 1, 1),
    date(2025, 6, 16),
    date(2025, 12, 31),
    AUJOURD_HUI + timedelta(2),
    AUJOURD_HUI + timedelta(40),
]
"""In the past and in the future; price rows begin and end on them and on the days beside them."""


def hasardeuse(api: ClientDeTest, hasard: Random) -> None:
    """Four articles, two tariffs and three clients, with rows of every kind drawn by lot."""
    creer(api, "/v1/exercices", {"code": "2025", "debut": "2025-01-01", "fin": "2025-12-31"})
    creer(api, "/v1/tarifs", {"code": "HOR", "libelle": "Horeca"})
    creer(api, "/v1/departements", {"code": "1", "libelle": "Boulangerie"})
    for code in ("3", "8"):
        creer(api, "/v1/familles", {"code": code, "libelle": code, "departement": "1"})
    for rang, famille in enumerate(("3", "3", "8", None)):
        pain = {"numero": f"A{rang}", "designation": "Pain", "unite": "PCE", "code_tva_vente": "6"}
        creer(api, "/v1/articles", pain, famille=famille, prix_vente=au_hasard(hasard, 4))
        creer(api, f"/v1/articles/A{rang}/unites", CARTON)
        vues = set()
        for _ in range(8):
            (du, au), minimum, liste = periode(hasard), hasard.choice(("0", "6", "12")), hasard.choice(("REV", "HOR"))
            if (liste, minimum, du) not in vues:
                vues.add((liste, minimum, du))
                ligne = {"tarif": liste, "quantite_minimum": minimum, "du": du, "au": au}
                creer(api, f"/v1/articles/A{rang}/tarifs", ligne | gain(hasard))
    for rang, tarif in enumerate(("REV", "HOR", None)):
        corps = {"numero": f"C{rang}", "nom": "Hôtel", "tarif": tarif, "remise": hasard.choice(("0", "3", "9.99"))}
        creer(api, "/v1/clients", corps)
        for cible in ({"article": "A0"}, {"article": "A2"}, {"famille": "3"}, {"famille": "8"}):
            for du, au in hasard.sample(suite(hasard), 2):
                creer(api, f"/v1/clients/C{rang}/prix", cible | {"du": du, "au": au} | gain(hasard))


def au_hasard(hasard: Random, decimales: int) -> str:
    """A positive number with so many decimals."""
    return str(Decimal(hasard.randrange(1, 10 ** (decimales + 1))).scaleb(-decimales))


def gain(hasard: Random) -> dict[str, str]:
    """A price or a discount."""
    return {"valeur": au_hasard(hasard, 4)} if hasard.random() < 0.5 else {"remise": hasard.choice(("0", "5", "33.33"))}


def periode(hasard: Random) -> tuple[str | None, str | None]:
    """A first and a last day, either of which may be missing."""
    du, au = sorted(hasard.choices(JOURS, k=2))
    return hasard.choice((str(du), None)), hasard.choice((str(au), None))


def suite(hasard: Random) -> list[tuple[str | None, str | None]]:
    """Periods that touch and share no day."""
    bornes = [None, *sorted(hasard.sample(JOURS, 2)), None]
    return [
        (None if un is None else str(un), None if autre is None else str(autre - timedelta(1)))
        for un, autre in pairwise(bornes)
    ]


def ligne_au_hasard(hasard: Random) -> dict[str, str]:
    """A line in base or order unit, on which price or discount may be typed."""
    quantite = str(Decimal(hasard.randrange(0, 200)) / 8)
    boites = {"quantite_unite_commande": hasard.choice(("1", "2", "3")), "unite_commande": "CT6"}
    ligne = {"article": f"A{hasard.randrange(4)}"} | (boites if hasard.random() < 0.3 else {"quantite": quantite})
    if hasard.random() < 0.2:
        ligne["prix"] = au_hasard(hasard, 4)
    if hasard.random() < 0.2:
        ligne["remise"] = hasard.choice(("0", "7.50"))
    return ligne


def demande(ligne: dict[str, str], **autres: Any) -> dict[str, Any]:
    """What `/v1/prix` is asked of a line."""
    noms = {"prix": "prix_saisi", "remise": "remise_saisie"}
    return {noms.get(nom, nom): valeur for nom, valeur in ligne.items()} | autres


def prix(api: ClientDeTest, **question: Any) -> dict[str, Any]:
    """A price that must be found."""
    reponse = api.get("/v1/prix", params=question)
    assert reponse.status_code == 200, reponse.text
    return reponse.json()  # type: ignore[no-any-return]


def regles(api: ClientDeTest, document: dict[str, Any]) -> list[str]:
    """The rule that gave each line its price."""
    rangs = sql(
        api, "SELECT regle_prix FROM lignes WHERE document = CAST(:id AS uuid) ORDER BY ordre", id=document["id"]
    )
    return [regle for (regle,) in rangs]


@pytest.mark.parametrize("graine", range(3))
def test_cal_04_les_lignes_ont_le_prix_explique(api, graine):
    """CAL-04, CAL-05, CLI-09: price, discount, amount and rule of each line are those of `/v1/prix`, on any date."""
    hasard = Random(graine)
    hasardeuse(api, hasard)
    vues = set()
    for client in ("C0", "C1", "C2"):
        for jour in map(str, JOURS):
            lignes = [ligne_au_hasard(hasard) for _ in range(8)]
            fait = document(api, "commande", *lignes, client=client, date=jour)
            for saisie, ligne, regle in zip(lignes, fait["lignes"], regles(api, fait), strict=True):
                explique = prix(api, **demande(saisie, client=client, date=jour))
                dits = {champ: explique[champ] for champ in ("quantite", "prix", "remise", "montant_htva")}
                assert dits == {champ: ligne[champ] for champ in dits}, (saisie, client, jour)
                assert explique["regle"] == regle
                vues.add(regle)
    assert vues == {"saisi", "client_article", "client_famille", "tarif", "base"}


def test_cal_14_les_lignes_tva_comprise_ont_le_prix_explique(api):
    """CAL-04, CAL-14: on a document with prices VAT included the line has the price with its VAT, to 4 decimals."""
    hasard = Random(14)
    hasardeuse(api, hasard)
    for jour in map(str, JOURS):
        lignes = [{"article": f"A{rang}", "quantite": "7"} for rang in range(4)]
        fait = document(api, "commande", *lignes, client="C0", date=jour, prix_tvac=True)
        for saisie, ligne in zip(lignes, fait["lignes"], strict=True):
            explique = prix(api, **saisie, client="C0", date=jour)
            assert (ligne["prix"], ligne["remise"]) == (explique["tva"]["prix_ligne_tvac"], explique["remise"])


@pytest.fixture
def hotel(api):
    """`HOTEL` pays 0.60 for a baguette from 17 June 2025 on; its tariff gives 0.79 from 100 on and 5 % from 10 on."""
    boulangerie(api)
    creer(api, "/v1/clients/HOTEL/prix", {"article": "BAG", "valeur": "0.6000", "du": "2025-06-17"})
    return api


def prix_des_lignes(document: dict[str, Any]) -> list[tuple[str, str]]:
    """Price and discount of each line."""
    return [(une["prix"], une["remise"]) for une in document["lignes"]]


@pytest.mark.parametrize(("jour", "attendu"), [("2025-06-16", ("0.7900", "0.00")), ("2025-06-17", ("0.6000", "0.00"))])
def test_cal_04_a_line_added_or_changed_takes_the_price_of_the_document_s_date(hotel, jour, attendu):
    """CAL-04, CLI-09: whole, added, or changed in quantity, a line is priced alike."""
    entier = document(hotel, "commande", baguettes("100"), client="HOTEL", date=jour)
    assert prix_des_lignes(entier) == [attendu]
    vide = document(hotel, "commande", client="HOTEL", date=jour)
    ajoutee = hotel.post(f"/v1/documents/{vide['id']}/lignes", json=baguettes("100")).json()
    assert prix_des_lignes(ajoutee) == [attendu]
    petit = document(hotel, "commande", baguettes("1", prix="0.5000"), client="HOTEL", date=jour)
    assert prix_des_lignes(petit) == [("0.5000", "0.00")]
    assert prix_des_lignes(modifier_ligne(hotel, petit, 100, quantite="100", prix=None).json()) == [attendu]


def test_cal_04_a_typed_discount_stands_on_the_client_s_own_price(hotel):
    fait = document(hotel, "commande", baguettes("100", remise="10.00"), client="HOTEL", date="2025-06-17")
    assert prix_des_lignes(fait) == [("0.6000", "10.00")]
    assert regles(hotel, fait) == ["client_article"]
    change = modifier_ligne(hotel, fait, 100, remise=None).json()
    assert prix_des_lignes(change) == [("0.6000", "0.00")]


def test_trf_04_a_transfer_keeps_prices_or_takes_those_of_the_target_s_date(hotel):
    """TRF-04, CAL-04: unchanged unless `recalculer_prix`, which finds the client's own price too."""
    for recalculer, attendu in ((False, ("0.7900", "0.00")), (True, ("0.6000", "0.00"))):
        source = document(hotel, "commande", baguettes("100"), client="HOTEL", date="2025-06-16")
        cible = {"type": "bordereau", "date": "2025-06-17"}
        suite = transfere(hotel, cible, source, recalculer_prix=recalculer)
        assert prix_des_lignes(suite) == [attendu]


def test_cal_04_another_date_of_the_document_changes_no_price_that_was_agreed(hotel):
    """CAL-04: lines keep their price; those entered or re-typed afterwards take the new date's."""
    fait = document(hotel, "commande", baguettes("100"), baguettes("10"), client="HOTEL", date="2025-06-16")
    deplace = modifier(hotel, fait, date="2025-06-17").json()
    assert prix_des_lignes(deplace) == prix_des_lignes(fait) == [("0.7900", "0.00"), ("0.8500", "5.00")]
    assert modifier_ligne(hotel, fait, 100, designation="Baguette dorée").is_success
    assert modifier_ligne(hotel, fait, 200, quantite="11").is_success
    assert hotel.post(f"/v1/documents/{fait['id']}/lignes", json=baguettes("1")).status_code == 201
    assert prix_des_lignes(lire(hotel, fait)) == [("0.7900", "0.00"), ("0.6000", "0.00"), ("0.6000", "0.00")]


def test_cli_02_a_document_with_its_own_tariff_and_discount_is_explained_by_naming_them(hotel):
    """CAL-04, CLI-02: what the document has instead of its client's decides."""
    en_tete = {"client": "HOTEL", "date": "2025-06-16", "tarif": None, "remise": "7.00"}
    fait = document(hotel, "commande", baguettes("100"), **en_tete)
    explique = prix(hotel, article="BAG", quantite="100", date="2025-06-16", remise_generale="7.00")
    assert prix_des_lignes(fait) == [(explique["prix"], explique["remise"])] == [("0.8500", "7.00")]


def test_cli_09_a_price_that_ends_or_changes_leaves_documents_alone(hotel):
    fait = document(hotel, "commande", baguettes("10"), client="HOTEL", date="2025-06-17")
    (ligne,) = hotel.get("/v1/clients/HOTEL/prix").json()["data"]
    assert changer(hotel, f"/v1/clients/HOTEL/prix/{ligne['id']}", valeur="0.5000").is_success
    assert prix_des_lignes(lire(hotel, fait)) == [("0.6000", "0.00")]
    suivant = document(hotel, "commande", baguettes("10"), client="HOTEL", date="2025-06-17")
    assert prix_des_lignes(suivant) == [("0.5000", "0.00")]


def test_cli_09_however_many_lines_one_statement_finds_the_client_s_prices(hotel):
    """CLI-09, DOC-13: none for a client that has no prices of its own."""
    document(hotel, "commande", {"article": "BAG", "quantite": "1"}, date=JOUR)  # small tables are in memory from here
    comptes = {}
    for client in ("HOTEL", "NATIONAL"):
        for nombre in (1, 40):
            articles = ("BAG", "TRU", "VIN")
            lignes = [{"article": articles[rang % 3], "quantite": "1"} for rang in range(nombre)]
            with requetes_sql(hotel) as envoyees:
                document(hotel, "commande", *lignes, client=client, date=JOUR)
            comptes[client, nombre] = [sum("prix_clients" in une for une in envoyees), len(envoyees)]
    assert comptes["HOTEL", 1] == comptes["HOTEL", 40]
    assert comptes["NATIONAL", 1] == comptes["NATIONAL", 40]
    # the client's own statement asks whether there are any
    assert (comptes["HOTEL", 1][0], comptes["NATIONAL", 1][0]) == (2, 1)
