"""MAG-20: what is to be made for a day, from every way in which goods are asked for."""

import csv
import io
from typing import Any

import pytest
from tests.api.catalogue import champ_refuse, changer, creer
from tests.api.commandes_types import calendrier, commande_type, exception, pause, tente_conversion
from tests.api.documents import (
    document,
    modifier,
    modifier_ligne,
    part,
    requetes_sql,
    sql,
    supprimer,
    transfere,
)
from tests.api.production import LUNDI, MARDI, MERCREDI, a_produire, du_magasin, fournil, production, restes
from tests.api.reponses import erreurs, refus


@pytest.fixture(autouse=True)
def _fournil(api):
    fournil(api)


def ligne(article: str = "BAG", quantite: str = "10", **champs: Any) -> dict[str, Any]:
    return {"article": article, "quantite": quantite} | champs


def commande(api, *lignes: dict[str, Any], **champs: Any) -> dict[str, Any]:
    return document(api, "commande", *(lignes or [ligne()]), **{"date_livraison_prevue": MARDI} | champs)


def test_mag_20_tills_clients_and_standing_orders_stand_apart_and_add_up(api):
    du_magasin(api, commande(api, ligne(quantite="40")))
    commande(api, ligne(quantite="100"), client="HOTEL")
    commande(api, ligne(quantite="20"))
    commande_type(api, {"article": "BAG", "jours": {"2": "35"}})
    assert restes(api, ("BAG", "4")).status_code == 200
    assert a_produire(api) == ["BAG 40+120+35-4 = 191"]
    assert a_produire(api, LUNDI) == []


def test_mag_20_each_line_counts_for_its_own_day_else_its_documents(api):
    commande(api, ligne(quantite="1"), ligne(quantite="2", date_livraison=MERCREDI), ligne("ECL", "3"))
    sans = commande(api, ligne(quantite="4"), date=MARDI, date_livraison_prevue=None)
    assert a_produire(api) == ["ECL 0+3+0-0 = 3", "BAG 0+5+0-0 = 5"]
    assert a_produire(api, MERCREDI) == ["BAG 0+2+0-0 = 2"]
    modifier(api, sans, date_livraison_prevue=MERCREDI)
    modifier_ligne(api, sans, 100, date_livraison=None)
    assert a_produire(api, MERCREDI) == ["BAG 0+6+0-0 = 6"]


def test_mag_20_what_was_ordered_counts_once_whatever_followed(api):
    """Also after its transfer, in parts, late, in excess, through a proforma, and once invoiced."""
    une = commande(api, ligne(quantite="100"))
    livre = transfere(api, {"type": "bordereau", "date": LUNDI}, part(une, {"ordre": 100, "quantite": "30"}))
    proforma = transfere(api, "proforma", part(une, {"ordre": 100, "quantite": "20"}))
    transfere(api, {"type": "bordereau", "date": MERCREDI, "date_livraison_prevue": MERCREDI}, proforma)
    assert a_produire(api) == ["BAG 0+100+0-0 = 100"]
    transfere(api, "bordereau", part(une, {"ordre": 100, "quantite": "90"}), depassement=True)
    transfere(api, "facture", livre)
    assert a_produire(api) == ["BAG 0+100+0-0 = 100"]
    assert a_produire(api, LUNDI) == a_produire(api, MERCREDI) == []


def test_mag_20_what_was_given_up_is_not_made(api):
    une = commande(api, ligne(quantite="100"))
    transfere(api, "bordereau", part(une, {"ordre": 100, "quantite": "30"}))
    abandon = {"motif": "Trop", "sources": [part(une, {"ordre": 100, "quantite": "50"})]}
    reponse = api.post("/v1/back-orders/abandons", json=abandon)
    assert reponse.status_code == 201, reponse.text
    assert a_produire(api) == ["BAG 0+50+0-0 = 50"]


def test_mag_20_what_is_annulled_or_deleted_is_not_made(api):
    une, autre = commande(api), commande(api)
    api.post(f"/v1/documents/{une['id']}/impression", json={})
    supprimer(api, une)
    assert a_produire(api) == ["BAG 0+10+0-0 = 10"]
    supprimer(api, autre)
    assert a_produire(api) == []


def test_mag_20_bordereaux_entered_directly_count_and_offres_and_factures_do_not(api):
    document(api, "bordereau", ligne(quantite="7"), date=MARDI)
    document(api, "bordereau", ligne(quantite="6"), date=LUNDI, date_livraison_prevue=MARDI)
    offre = document(api, "offre", ligne(quantite="1000"), date_livraison_prevue=MARDI)
    document(api, "facture", ligne(quantite="2000"), date=MARDI)
    assert a_produire(api) == ["BAG 0+13+0-0 = 13"]
    assert a_produire(api, LUNDI) == []
    transfere(api, {"type": "bordereau", "date": MARDI}, part(offre, {"ordre": 100, "quantite": "5"}))
    assert a_produire(api) == ["BAG 0+18+0-0 = 18"]


def test_mag_20_a_line_added_to_a_bordereau_counts_besides_those_it_took_over(api):
    livre = transfere(api, "bordereau", commande(api, ligne(quantite="10")))
    api.post(f"/v1/documents/{livre['id']}/lignes", json=ligne(quantite="3", date_livraison=MARDI))
    assert a_produire(api) == ["BAG 0+13+0-0 = 13"]


def test_mag_20_a_facture_a_etablir_is_a_sale_of_what_was_there(api):
    vente = document(api, "bordereau", ligne(quantite="7"), date=MARDI)
    du_magasin(api, vente)
    assert a_produire(api) == ["BAG 7+0+0-0 = 7"]
    sql(
        api,
        "INSERT INTO references_magasin (magasin, genre, reference, date, version, empreinte, annulee, document,"
        " recue_le, changee_le) VALUES ('NAM', 'facture', 'V1', '2025-06-17', 1, 'x', false, CAST(:d AS uuid), now(),"
        " now())",
        d=vente["id"],
    )
    assert a_produire(api) == []


def test_mag_20_crates_and_lines_without_article_are_not_made(api):
    creer(api, "/v1/articles", {"numero": "BAC", "designation": "Bac", "unite": "PCE", "prix_vente": "0.2500",
                                "code_tva_vente": "0", "vidange": True})  # fmt: skip
    libre = {"designation": "Transport", "quantite": "1", "prix": "15.0000", "code_tva": "21"}
    commande(api, ligne("BAC", "3"), ligne("BAC", "-2"), libre, {"designation": "Avant 6 h"}, ligne(quantite="5"))
    assert a_produire(api) == ["BAG 0+5+0-0 = 5"]


def test_mag_20_an_assembly_is_made_as_it_was_ordered(api):
    creer(api, "/v1/articles", {"numero": "COFFRET", "designation": "Coffret", "unite": "PCE", "prix_vente": "9.0000",
                                "code_tva_vente": "6", "assemble": True, "mouvement_composants": True})  # fmt: skip
    creer(api, "/v1/articles/COFFRET/composants", {"composant": "BAG", "quantite": "3"})
    commande(api, ligne("COFFRET", "2"))
    assert a_produire(api) == ["COFFRET 0+2+0-0 = 2"]


def test_mag_20_goods_of_variable_weight_count_as_ordered(api):
    une = commande(api, {"article": "TRU", "quantite_unite_commande": "2", "unite_commande": "PC"})
    transfere(api, "bordereau", part(une, {"ordre": 100, "quantite": "43", "quantite_unite_commande": "2"}))
    assert a_produire(api) == ["TRU 0+42+0-0 = 42"]


def test_mag_20_standing_orders_count_for_clients_that_are_active_and_open(api):
    mien = commande_type(api, {"article": "BAG", "jours": {"1": "1", "2": "20", "3": "3"}})
    sien = commande_type(api, {"article": "ECL", "jours": {"2": "2"}}, client="NATIONAL")
    assert a_produire(api) == ["ECL 0+0+2-0 = 2", "BAG 0+0+20-0 = 20"]
    exception(api, sien, MARDI, "ECL", "9")
    exception(api, mien, MARDI, "BAG", "0")
    assert a_produire(api) == ["ECL 0+0+9-0 = 9"]
    calendrier(api, MARDI, client="NATIONAL")
    assert a_produire(api) == []
    pause(api, mien, LUNDI, LUNDI)
    assert a_produire(api, LUNDI) == []
    assert a_produire(api, MERCREDI) == ["BAG 0+0+3-0 = 3"]
    changer(api, "/v1/clients/HOTEL", actif=False)
    assert a_produire(api, MERCREDI) == []


def test_mag_20_a_commande_made_from_a_standing_order_replaces_it_and_others_add_to_it(api):
    commande_type(api, {"article": "BAG", "jours": {"2": "20"}})
    commande(api, ligne(quantite="5"), client="HOTEL")
    assert a_produire(api) == ["BAG 0+5+20-0 = 25"]
    (resultat,) = tente_conversion(api, MARDI).json()["resultats"]
    assert a_produire(api) == ["BAG 0+25+0-0 = 25"]
    modifier_ligne(api, {"id": resultat["document"]}, 100, quantite="30")
    assert a_produire(api) == ["BAG 0+35+0-0 = 35"]


def test_cli_07_mag_20_a_commande_that_was_taken_away_takes_its_standing_order_along(api):
    """Whoever deleted it wants nothing made; the list says so, and `recreer` brings it back."""
    commande_type(api, {"article": "BAG", "jours": {"2": "20"}})
    (resultat,) = tente_conversion(api, MARDI).json()["resultats"]
    supprimer(api, {"id": resultat["document"]})
    liste = production(api)
    assert liste["lignes"] == []
    (avis,) = liste["avertissements"]
    assert (avis["code"], avis["client"]) == ("commande_type_sans_commande", "HOTEL")
    tente_conversion(api, MARDI, recreer=True)
    assert (a_produire(api), production(api)["avertissements"]) == (["BAG 0+20+0-0 = 20"], [])


def test_mag_20_leftovers_come_off_and_what_is_too_many_is_told(api):
    commande(api, ligne(quantite="3"))
    restes(api, ("BAG", "5"), ("ECL", "1.5"))
    assert a_produire(api) == ["ECL 0+0+0-1.5 = 0 (1.5)", "BAG 0+3+0-5 = 0 (2)"]


def test_mag_20_families_are_those_asked_for_else_the_shops_else_all(api):
    commande(api, ligne(), ligne("ECL"), ligne("VIN"))
    toutes, patisserie, pain = ["ECL 0+10+0-0 = 10", "BAG 0+10+0-0 = 10", "VIN 0+10+0-0 = 10"], *(["x"], ["x"])
    patisserie, pain = toutes[:1], toutes[1:2]
    assert a_produire(api) == toutes
    assert a_produire(api, famille=["8"]) == pain
    assert a_produire(api, famille=["8", "3"]) == patisserie + pain
    changer(api, "/v1/magasins/NAM/parametres", familles_patisserie=["3"])
    assert a_produire(api) == a_produire(api, magasin="NAM") == patisserie
    assert a_produire(api, magasin="NAM", famille=["8"]) == pain
    assert a_produire(api, toutes="true") == toutes
    creer(api, "/v1/magasins", {"code": "HUY", "nom": "Huy"})
    assert a_produire(api) == toutes
    assert production(api, magasin="NAM")["familles"] == ["3"]


def test_mag_20_the_unit_it_is_made_in_never_makes_too_little(api):
    changer(api, "/v1/articles/BAG", unite_production="CT6")
    commande(api, ligne(quantite="61"), ligne("ECL", "5"))
    faite, autre = production(api)["lignes"][::-1]
    assert (faite["a_produire"], faite["unite_production"], faite["a_produire_unite_production"]) == ("61", "CT6", "11")
    assert (autre["unite_production"], autre["a_produire_unite_production"]) == (None, None)


def test_mag_20_who_wants_what_on_demand(api):
    changer(api, "/v1/magasins/NAM/parametres", client_reste="99999")
    du_magasin(api, commande(api, ligne(quantite="2")))
    commande(api, ligne(quantite="1"), ligne(quantite="3"), client="HOTEL")
    commande_type(api, {"article": "BAG", "jours": {"2": "20"}})
    restes(api, ("BAG", "4"))
    (sans,), (avec,) = production(api)["lignes"], production(api, inclure="clients")["lignes"]
    assert sans["detail"] is None
    assert [(un["source"], un["client"], un["client_nom"], un["quantite"]) for un in avec["detail"]] == [
        ("client", "HOTEL", "Hôtel du Parc", "4"),
        ("commande_type", "HOTEL", "Hôtel du Parc", "20"),
        ("magasin", "NATIONAL", "national", "2"),
        ("reste", "99999", None, "4"),
    ]
    assert avec | {"detail": None} == sans


def test_mag_20_csv(api):
    changer(api, "/v1/articles/BAG", unite_production="CT6")
    commande(api, ligne(quantite="61"), ligne("ECL", "2.5"))
    reponse = api.get("/v1/production/csv", params={"date": MARDI})
    assert reponse.headers["content-type"].startswith("text/csv")
    lues = list(csv.DictReader(io.StringIO(reponse.content.decode("utf-8-sig")), delimiter=";"))
    assert [(une["article"], une["a_produire"], une["a_produire_unite_production"]) for une in lues] == [
        ("ECL", "2,5", ""),
        ("BAG", "61", "11"),
    ]


def test_api_01_what_cannot_be_asked_for(api):
    assert erreurs(api.get("/v1/production", params={"date": MARDI, "famille": "Z"})) == champ_refuse(
        "?famille", "reference_inconnue"
    )
    assert erreurs(api.get("/v1/production", params={"date": MARDI, "magasin": "Z"})) == champ_refuse(
        "?magasin", "reference_inconnue"
    )
    for faux in ({}, {"date": "1969-12-31"}, {"date": "3000-01-01"}, {"date": MARDI, "inclure": "tout"}):
        assert refus(api.get("/v1/production", params=faux)) == (422, "entree_refusee")
    assert refus(api.get("/v1/production", params={"date": MARDI, "client": "X"}))[0] == 422


def test_mag_20_the_number_of_statements_does_not_grow(api):
    def compter() -> int:
        with requetes_sql(api) as envoyees:
            production(api, inclure="clients")
        return len(envoyees)

    commande(api)
    commande_type(api, {"article": "BAG", "jours": {"2": "20"}})
    restes(api, ("BAG", "1"))
    production(api)
    avant = compter()
    for client in ("HOTEL", "EXPORT", "EXONERE"):
        commande(api, ligne(), ligne("ECL"), ligne("VIN"), client=client)
        commande_type(api, {"article": "ECL", "jours": {"2": "20"}}, client=client)
    restes(api, ("ECL", "1"))
    assert compter() == avant
