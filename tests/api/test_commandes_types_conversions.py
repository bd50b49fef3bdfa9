"""Commandes made of standing orders (CLI-07), once, whoever asks how often."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.api.catalogue import champ_refuse, changer, creer, effacer, evenements
from tests.api.commandes_types import (
    BAGUETTES,
    LUNDI,
    MARDI,
    adresse,
    calendrier,
    commande_type,
    commandes,
    convertir,
    exception,
    previsions,
    statuts,
    tente_conversion,
)
from tests.api.documents import boulangerie, contenu, imprimer, lire, requetes_sql, sql, supprimer
from tests.api.reponses import donnees, erreurs


@pytest.fixture
def hotel(api):
    """The bakery; HOTEL has a standing order of 20 baguettes on Mondays and Tuesdays."""
    boulangerie(api)
    commande_type(api)
    return api


def test_cli_07_a_commande_per_client_with_everything_as_if_it_was_typed(hotel):
    lignes = [{"article": "TRU", "unite_commande": "PC", "jours": {"1": "2"}}, {"article": "BAG", "jours": {"1": "90"}}]
    modele = commande_type(hotel, *lignes)
    commande_type(hotel, {"article": "VIN", "jours": {"1": "3"}}, client="NATIONAL")
    resultats = convertir(hotel, LUNDI)
    assert statuts(resultats) == {"HOTEL": "cree", "NATIONAL": "cree"}
    assert commandes(hotel) == [("HOTEL", [("BAG", "110"), ("TRU", "42")]), ("NATIONAL", [("VIN", "3")])]
    faite = lire(hotel, {"id": resultats["HOTEL"]["document"]})
    assert (faite["date_livraison_prevue"], faite["tardive"], faite["etat"]) == (LUNDI, False, "en_attente")
    assert {une["date_livraison"] for une in faite["lignes"]} == {LUNDI}
    bag, tru = faite["lignes"]
    assert (bag["prix"], bag["code_tva"], bag["designation"]) == ("0.7900", "6", "Baguette")
    assert (tru["quantite_unite_commande"], tru["unite_commande"], tru["saisie"]) == ("2", "PC", "commande")
    assert modele["id"] in resultats["HOTEL"]["commandes_types"]


def test_cli_07_doing_it_twice_creates_nothing_twice(hotel):
    faite = tente_conversion(hotel, LUNDI)
    assert (faite.status_code, "etag" in faite.headers) == (207, False)
    premiers = {un["client"]: un for un in faite.json()["resultats"]}
    seconds = convertir(hotel, LUNDI)
    assert (statuts(premiers), statuts(seconds)) == ({"HOTEL": "cree"}, {"HOTEL": "deja_cree"})
    for champ in ("document", "commandes_types"):
        assert seconds["HOTEL"][champ] == premiers["HOTEL"][champ]
    assert seconds["HOTEL"]["differe"] is False
    assert len(commandes(hotel)) == 1
    assert statuts(convertir(hotel, MARDI)) == {"HOTEL": "cree"}
    reponse = tente_conversion(hotel, LUNDI)
    assert (reponse.json()["resume"], reponse.json()["date"]) == ({"deja_cree": 1}, LUNDI)


def test_cli_07_only_clients_that_are_open_and_active_get_one(hotel):
    for client in ("NATIONAL", "EXPORT", "EXONERE"):
        commande_type(hotel, client=client)
    calendrier(hotel, LUNDI)
    assert changer(hotel, "/v1/clients/EXPORT", actif=False).status_code == 200
    modele = commande_type(hotel, {"article": "VIN", "jours": {"1": "0", "3": "1"}}, client="COCONTRACTANT")
    exception(hotel, modele, LUNDI, "BAG", "0")
    assert statuts(convertir(hotel, LUNDI)) == {
        "HOTEL": "ferme",
        "NATIONAL": "cree",
        "EXONERE": "cree",
        "COCONTRACTANT": "rien",
    }
    assert [client for client, _ in commandes(hotel)] == ["EXONERE", "NATIONAL"]


def test_cli_07_named_clients_only(hotel):
    for client in ("NATIONAL", "EXPORT"):
        commande_type(hotel, client=client)
    changer(hotel, "/v1/clients/EXPORT", actif=False)
    resultats = convertir(hotel, LUNDI, clients=["EXPORT", "NATIONAL", "NATIONAL", "EXONERE"])
    assert statuts(resultats) == {"EXPORT": "refuse", "NATIONAL": "cree", "EXONERE": "rien"}
    assert [un["code"] for un in resultats["EXPORT"]["erreurs"]] == ["client_inactif"]
    assert [client for client, _ in commandes(hotel)] == ["NATIONAL"]


def test_cli_07_a_refused_commande_stops_no_other_and_leaves_nothing(hotel):
    creer(
        hotel,
        "/v1/articles",
        {
            "numero": "VIEUX",
            "designation": "Vieux",
            "unite": "PCE",
            "prix_vente": "1",
            "code_tva_vente": "6",
        },
    )
    for client in ("COCONTRACTANT", "NATIONAL"):
        commande_type(hotel, BAGUETTES, {"article": "VIEUX", "jours": {"1": "1"}}, client=client)
    assert changer(hotel, "/v1/articles/VIEUX", actif=False).status_code == 200
    resultats = convertir(hotel, LUNDI)
    assert statuts(resultats) == {"COCONTRACTANT": "refuse", "HOTEL": "cree", "NATIONAL": "refuse"}
    (refus,) = resultats["NATIONAL"]["erreurs"]
    assert (refus["pointeur"], refus["code"]) == ("#/lignes/1/article", "article_inactif")
    assert (resultats["NATIONAL"]["document"], resultats["NATIONAL"]["commandes_types"]) == (None, [])
    assert [client for client, _ in commandes(hotel)] == ["HOTEL"]
    changer(hotel, "/v1/articles/VIEUX", actif=True)
    assert statuts(convertir(hotel, LUNDI)) == {"COCONTRACTANT": "cree", "HOTEL": "deja_cree", "NATIONAL": "cree"}


def test_cli_07_what_the_database_refuses_stops_no_other(hotel):
    """A reference of the client that went missing meanwhile: only the database can notice."""
    commande_type(hotel, client="NATIONAL")
    sql(hotel, "ALTER TABLE documents ADD CONSTRAINT ck_documents_essai CHECK (client <> 'HOTEL')")
    resultats = convertir(hotel, LUNDI)
    assert statuts(resultats) == {"HOTEL": "refuse", "NATIONAL": "cree"}
    assert [un["code"] for un in resultats["HOTEL"]["erreurs"]] == ["valeur_contraire"]


def test_cli_07_a_standing_order_that_comes_later_is_converted_on_its_own(hotel):
    premiere = convertir(hotel, LUNDI)["HOTEL"]
    nouveau = commande_type(hotel, {"article": "VIN", "jours": {"1": "2"}})
    seconde = convertir(hotel, LUNDI)["HOTEL"]
    assert (seconde["statut"], seconde["commandes_types"]) == ("cree", [nouveau["id"]])
    assert seconde["document"] != premiere["document"]
    assert commandes(hotel) == [("HOTEL", [("BAG", "20")]), ("HOTEL", [("VIN", "2")])]


def test_cli_07_a_change_after_the_conversion_leaves_the_commande_and_is_told(hotel):
    document = convertir(hotel, LUNDI)["HOTEL"]["document"]
    avant = lire(hotel, {"id": document})
    (modele,) = donnees(hotel.get(adresse()))
    une = exception(hotel, modele, LUNDI, "BAG", "50")
    resultat = convertir(hotel, LUNDI)["HOTEL"]
    assert (resultat["statut"], resultat["differe"], resultat["document"]) == ("deja_cree", True, document)
    assert lire(hotel, {"id": document}) == avant
    effacer(hotel, adresse(modele["id"], "exceptions", une["id"]))
    assert convertir(hotel, LUNDI)["HOTEL"]["differe"] is False
    calendrier(hotel, LUNDI)
    assert convertir(hotel, LUNDI)["HOTEL"]["differe"] is True
    changer(hotel, adresse(modele["id"]), au="2025-01-31")
    assert convertir(hotel, LUNDI, clients=["HOTEL"])["HOTEL"]["statut"] == "deja_cree"


@pytest.mark.parametrize("numerotee", [False, True], ids=["deleted", "annulled"])
def test_cli_07_a_commande_that_is_gone_is_made_again_only_when_asked_for(hotel, numerotee):
    resultat = convertir(hotel, LUNDI)["HOTEL"]
    ancien = {"id": resultat["document"]}
    if numerotee:
        imprimer(hotel, ancien)
    assert supprimer(hotel, ancien).status_code == 204
    seconde = convertir(hotel, LUNDI)["HOTEL"]
    assert (seconde["statut"], seconde["document"]) == ("deja_cree", ancien["id"] if numerotee else None)
    assert previsions(hotel, LUNDI) == ["HOTEL BAG 20 PCE (20)"], "it still stands for the standing order"
    reprise = convertir(hotel, LUNDI, recreer=True)["HOTEL"]
    assert reprise["statut"] == "cree"
    assert reprise["document"] not in {None, ancien["id"]}
    assert convertir(hotel, LUNDI, recreer=True)["HOTEL"]["statut"] == "deja_cree"
    assert len(commandes(hotel)) == 1
    actions = [action for action, _ in evenements(hotel, "conversion_commande_type")]
    assert actions == ["creation", "modification"]


def test_cli_07_which_commande_replaces_which_standing_order_can_be_asked(hotel):
    modele = commande_type(hotel, client="NATIONAL")
    faits = {jour: convertir(hotel, jour) for jour in (LUNDI, MARDI)}
    chemin = "/v1/commandes-types/conversions"
    toutes = donnees(hotel.get(chemin))
    assert [(une["date"], une["client"]) for une in toutes] == [
        (LUNDI, "HOTEL"),
        (LUNDI, "NATIONAL"),
        (MARDI, "HOTEL"),
        (MARDI, "NATIONAL"),
    ]
    (une,) = donnees(hotel.get(chemin, params={"date": MARDI, "client": "NATIONAL"}))
    document = faits[MARDI]["NATIONAL"]["document"]
    assert une == {"commande_type": modele["id"], "date": MARDI, "client": "NATIONAL", "document": document}
    premiere = hotel.get(chemin, params={"limite": 3})
    suite = hotel.get(chemin, params={"limite": 3, "curseur": premiere.json()["curseur_suivant"]})
    assert donnees(premiere) + donnees(suite) == toutes


def test_cli_07_forecasts_tell_what_a_commande_stands_for_already(hotel):
    convertir(hotel, LUNDI)
    commande_type(hotel, {"article": "BAG", "jours": {"1": "2"}}, {"article": "VIN", "jours": {"1": "1"}})
    assert previsions(hotel, LUNDI) == ["HOTEL BAG 22 PCE (20)", "HOTEL VIN 1 PCE (0)"]


def test_cli_07_deleting_a_standing_order_leaves_its_commande(hotel):
    document = convertir(hotel, LUNDI)["HOTEL"]["document"]
    (modele,) = donnees(hotel.get(adresse()))
    assert effacer(hotel, adresse(modele["id"])).status_code == 204
    assert lire(hotel, {"id": document})["etat"] == "en_attente"
    assert donnees(hotel.get("/v1/commandes-types/conversions")) == []


def test_doc_17_a_dry_run_answers_the_same_and_stores_nothing(hotel):
    avant = contenu(hotel)
    essai = convertir(hotel, LUNDI, simulation=True)
    assert contenu(hotel) == avant
    assert donnees(hotel.get("/v1/commandes-types/conversions")) == []
    fait = convertir(hotel, LUNDI)
    assert {**fait["HOTEL"], "document": None} == {**essai["HOTEL"], "document": None}


@pytest.mark.parametrize(
    ("corps", "pointeur", "code"),
    [
        ({"clients": ["HOTEL", "INCONNU"]}, "#/clients/1", "client_inconnu"),
        ({"clients": []}, "#/clients", "liste_trop_courte"),
        ({"date": "2025-02-29"}, "#/date", "date_illisible"),
        ({"recreer": "oui"}, "#/recreer", "type_incorrect"),
        ({"jour": LUNDI}, "#", "champ_inconnu"),
    ],
)
def test_cli_07_a_wrong_conversion_is_refused_whole(hotel, corps, pointeur, code):
    reponse = hotel.post("/v1/commandes-types/conversions", json={"date": LUNDI} | corps)
    assert erreurs(reponse) == champ_refuse(pointeur, code)
    assert commandes(hotel) == []


def test_cli_07_forecasts_cost_a_constant_number_of_statements(hotel):
    with requetes_sql(hotel) as une:
        assert len(previsions(hotel, LUNDI)) == 1
    for rang in range(12):
        creer(hotel, "/v1/clients", {"numero": f"C{rang}", "nom": "Hôtel"})
        commande_type(hotel, BAGUETTES, {"article": "VIN", "jours": {"1": "1"}}, client=f"C{rang}")
    with requetes_sql(hotel) as douze:
        assert len(previsions(hotel, LUNDI)) == 25
    assert len(une) == len(douze)


def test_cli_07_converted_at_the_same_moment_nothing_is_made_twice(reelle):
    """Real transactions: whole runs and single clients, all at once, with printing, whose numbers lock too."""
    boulangerie(reelle)
    assert changer(reelle, "/v1/parametres", impression_directe=True).status_code == 200
    clients = ["HOTEL", "NATIONAL", "EXPORT"]
    for client in clients:
        commande_type(reelle, client=client)
    demandes = [{}, {"clients": ["NATIONAL"]}, {}, {"clients": ["EXPORT", "HOTEL"]}, {}, {"clients": ["HOTEL"]}]
    with ThreadPoolExecutor(len(demandes)) as fils:
        reponses = list(fils.map(lambda une: tente_conversion(reelle, LUNDI, **une), demandes))
    assert {une.status_code for une in reponses} == {207}, [une.text for une in reponses]
    resultats = [un for une in reponses for un in une.json()["resultats"]]
    assert Counter(un["client"] for un in resultats if un["statut"] == "cree") == dict.fromkeys(clients, 1)
    assert {un["statut"] for un in resultats} == {"cree", "deja_cree"}
    assert sorted(client for client, _ in commandes(reelle)) == sorted(clients)
    for client in clients:
        assert len({un["document"] for un in resultats if un["client"] == client}) == 1
