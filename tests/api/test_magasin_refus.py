"""MAG-11, API-01: bad input is told item by item, and stops no other; what is no batch is refused whole."""

import json

import pytest
import time_machine
from tests.api.documents import boulangerie
from tests.api.magasin import (
    FIN,
    commande,
    commandes_du_magasin,
    du_document,
    envoyer,
    ligne,
    magasin,
    pousser,
    refus_de,
    statuts,
    une,
)
from tests.api.reponses import refus


@pytest.fixture(autouse=True)
def namur(api):
    """The bakery, and a shop of it, at noon of the day on which its till pushes."""
    with time_machine.travel(f"{FIN}T12:00:00Z", tick=False):
        boulangerie(api)
        magasin(api)
        yield


def sans(champ, **autres):
    """An order without one of its fields."""
    ordre = commande(**autres)
    del ordre[champ]
    return ordre


MAUVAISES = [
    ("not an object", 12, "type_incorrect", ""),
    ("null", None, "type_incorrect", ""),
    ("a list", [], "type_incorrect", ""),
    ("nothing", {}, "champ_requis", "/reference"),
    ("no client", sans("client"), "champ_requis", "/client"),
    ("no date", sans("date"), "champ_requis", "/date"),
    ("an unknown field", commande(couleur="rouge"), "champ_inconnu", ""),
    ("a reference that is a number", commande(12), "type_incorrect", "/reference"),
    ("an empty reference", commande(""), "texte_trop_court", "/reference"),
    ("NUL in the reference", commande("T\x00"), "format_incorrect", "/reference"),
    ("a surrogate", commande("T\ud800"), "format_incorrect", "/reference"),
    ("NUL in a memo", commande("T", ligne(memo="a\x00b")), "format_incorrect", "/lignes/0/memo"),
    ("a version of text", commande("T", version="2"), "type_incorrect", "/version"),
    ("version 0", commande("T", version=0), "hors_bornes", "/version"),
    ("a version too big", commande("T", version=2**60), "hors_bornes", "/version"),
    ("a date of 1969", commande("T", date="1969-12-31"), "hors_bornes", "/date"),
    ("a date of 3000", commande("T", date_livraison="3000-01-01"), "hors_bornes", "/date_livraison"),
    ("no date at all", commande("T", date="hier"), "date_illisible", "/date"),
    ("delivery in 1970", commande("T", date_livraison="1970-01-01"), "livraison_impossible", "/date_livraison"),
    ("delivery in 2999", commande("T", date_livraison="2999-12-31"), "livraison_impossible", "/date_livraison"),
    ("25 o'clock", commande("T", heure_livraison="25:00"), "format_incorrect", "/heure_livraison"),
    ("a negative quantity", commande("T", ligne(quantite="-1")), "decimal_illisible", "/lignes/0/quantite"),
    ("a quantity of number", commande("T", ligne(quantite=1)), "decimal_en_texte", "/lignes/0/quantite"),
    ("a quantity too big", commande("T", ligne(quantite="9" * 10)), "decimal_illisible", "/lignes/0/quantite"),
    ("too much money", commande("T", ligne("BAG", "9" * 9, "9" * 10)), "montant_trop_grand", "/lignes/0/prix_tvac"),
    ("1_0", commande("T", ligne(quantite="1_0")), "decimal_illisible", "/lignes/0/quantite"),
    ("a negative price", commande("T", ligne(prix_tvac="-1")), "decimal_illisible", "/lignes/0/prix_tvac"),
    ("paid less than nothing", commande("T", paye="-1.00"), "decimal_illisible", "/paye"),
    ("a line without article", commande("T", ligne(None)), "article_requis", "/lignes/0/article"),
    ("an unknown article", commande("T", ligne("XYZ")), "article_inconnu", "/lignes/0/article"),
    ("an unknown unit", commande("T", ligne(unite="SAC")), "unite_commande_inconnue", "/lignes/0/unite"),
    (
        "an unknown bar code",
        commande("T", ligne(None, code_barres="1")),
        "code_barres_inconnu",
        "/lignes/0/code_barres",
    ),
    ("no line", commande("T", lignes=[]), "sans_ligne", "/lignes"),
    ("a client without number", commande("T", client={"nom": "X"}), "champ_requis", "/client/numero"),
    ("another shop's client", commande("T", client={"numero": "HUY-1"}), "client_de_magasin_inconnu", "/client/nom"),
]


@pytest.mark.parametrize(
    ("mauvaise", "code", "champ"), [une[1:] for une in MAUVAISES], ids=[une[0] for une in MAUVAISES]
)
def test_mag_11_one_bad_order_is_refused_at_its_field_and_stops_no_other(api, mauvaise, code, champ):
    lot = [commande("A"), mauvaise, commande("Z")]
    corps = json.dumps({"date_fin": FIN, "commandes": lot})
    reponse = api.post("/v1/magasins/NAM/commandes", content=corps, headers={"content-type": "application/json"})
    assert reponse.status_code == 207, reponse.text
    resultats = reponse.json()["resultats"]
    assert statuts(resultats) == ["cree", "refuse", "cree"]
    assert (code, f"#/commandes/1{champ}") in refus_de(resultats[1])
    assert len(commandes_du_magasin(api)) == 2


def test_mag_14_every_bad_line_of_an_order_is_named(api):
    mauvaise = commande("T", ligne(), ligne("XYZ"), ligne(unite="SAC"), ligne(None))
    assert refus_de(une(api, mauvaise)) == [("article_requis", "#/commandes/0/lignes/3/article")]
    mauvaise["lignes"].pop()
    assert refus_de(une(api, mauvaise)) == [
        ("article_inconnu", "#/commandes/0/lignes/1/article"),
        ("unite_commande_inconnue", "#/commandes/0/lignes/2/unite"),
    ]


@pytest.mark.parametrize(
    ("corps", "statut"),
    [
        (b"", 422),
        (b"{", 400),
        (b"\xff", 400),
        (b'{"commandes": [', 400),
        (b"[]", 422),
        (b"null", 422),
        (b'{"commandes": []}', 422),
        (b'{"date_fin": "2025-06-16"}', 422),
        (b'{"date_fin": "2025-06-16", "commandes": {}}', 422),
        (b'{"date_fin": "1969-12-31", "commandes": []}', 422),
        (b'{"date_fin": "2025-06-16", "commandes": [], "inconnu": 1}', 422),
        (b'{"date_fin": "2025-06-16", "commandes": [], "fenetre_jours": -1}', 422),
        (b'{"date_fin": "2025-06-16", "commandes": [' + b"{}," * 2000 + b"{}]}", 422),
        (b"[" * 100_000, 400),
    ],
)
def test_mag_11_what_is_no_batch_is_refused_whole(api, corps, statut):
    reponse = api.post("/v1/magasins/NAM/commandes", content=corps, headers={"content-type": "application/json"})
    assert reponse.status_code == statut, reponse.text
    assert reponse.headers["content-type"] == "application/problem+json"


def test_mag_11_another_media_type_another_shop_no_shop(api, cle_de):
    reponse = api.post("/v1/magasins/NAM/commandes", content=b"{}", headers={"content-type": "text/csv"})
    assert refus(reponse)[0] == 415
    assert refus(envoyer(api, commande(), code="HUY"))[0] == 404
    magasin(api, "HUY")
    assert refus(envoyer(api, commande(), en_tetes=cle_de("magasin:HUY"))) == (403, "portee_insuffisante")
    assert envoyer(api, commande(), code="HUY", en_tetes=cle_de("magasin:HUY")).status_code == 207


def test_mag_11_a_batch_of_2000_works(api):
    resultats = pousser(
        api, *(commande(f"T{rang}", client={"numero": f"M{rang % 50}", "nom": "X"}) for rang in range(2000))
    )
    assert set(statuts(resultats)) == {"cree"}
    assert [un["reference"] for un in resultats] == [f"T{rang}" for rang in range(2000)]
    assert len({un["document"] for un in resultats}) == 2000


def test_api_07_all_or_nothing(api):
    bonnes = commande("A"), commande("B")
    resultats = pousser(api, *bonnes, commande("T", ligne("XYZ")), atomique=True)
    assert statuts(resultats) == ["refuse"] * 3
    assert [un["erreurs"][0]["code"] for un in resultats] == ["lot_non_pris", "lot_non_pris", "article_inconnu"]
    assert commandes_du_magasin(api) == []
    repetees = pousser(api, commande("A"), commande("B"), commande("A", version=2), atomique=True)
    assert [un["erreurs"][0]["code"] for un in repetees] == [
        "repetee_dans_le_lot",
        "lot_non_pris",
        "repetee_dans_le_lot",
    ]
    assert statuts(pousser(api, *bonnes, atomique=True)) == ["cree", "cree"]


def test_mag_11_copies_of_a_bad_order_are_all_told_where_they_stand(api):
    resultats = pousser(api, *[commande("T", ligne("XYZ"))] * 3)
    assert [refus_de(un)[0][1] for un in resultats] == [f"#/commandes/{rang}/lignes/0/article" for rang in range(3)]


def test_mag_11_a_refused_change_leaves_the_order_as_it_was(api):
    cree = une(api, commande("T"))
    assert refus_de(une(api, commande("T", ligne("XYZ"), version=2)))
    assert du_document(api, cree)["version"] == 1
    assert une(api, commande("T"))["statut"] == "inchange"
    assert une(api, commande("T", ligne(quantite="9"), version=2))["statut"] == "mis_a_jour"
