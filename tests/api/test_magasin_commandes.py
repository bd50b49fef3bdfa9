"""MAG-10 to MAG-12, MAG-26: orders of a till, from push to commande."""

import pytest
import time_machine
from tests.api.documents import boulangerie, requetes_sql
from tests.api.magasin import (
    DUPONT,
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
from tests.api.stock import niveau


@pytest.fixture(autouse=True)
def namur(api):
    """The bakery, and a shop of it, at noon of the day on which its till pushes."""
    with time_machine.travel(f"{FIN}T12:00:00Z", tick=False):
        boulangerie(api)
        magasin(api)
        yield


def test_mag_26_an_order_becomes_a_commande_with_the_tickets_prices(api):
    lignes = ligne("BAG", "10", "0.90", memo="bien cuite"), ligne("VIN", "2", "12.10")
    reponse = envoyer(api, commande("T1-1", *lignes, heure_livraison="08:30", paye="10.00", vos_references="BC 45"))
    (resultat,) = reponse.json()["resultats"]
    assert reponse.json()["resume"] == {"cree": 1}
    assert (resultat["reference"], resultat["statut"], resultat["client"]) == ("T1-1", "cree", "NAM-M0007")
    document = du_document(api, resultat)
    champs = ("type", "etat", "magasin", "reference_magasin", "date", "date_livraison_prevue", "heure_livraison")
    attendus = ["commande", "en_attente", "NAM", "T1-1", FIN, FIN, "08:30"]
    assert [document[nom] for nom in champs] == attendus
    assert (document["prix_tvac"], document["numero"], document["vos_references"]) == (True, None, "BC 45")
    assert [(un["article"], un["quantite"], un["prix"], un["memo"]) for un in document["lignes"]] == [
        ("BAG", "10", "0.9000", "bien cuite"),
        ("VIN", "2", "12.1000", None),
    ]
    assert (document["totaux"]["tvac"], document["totaux"]["solde"]) == ("33.20", "23.20")
    assert [(un["montant"], un["reference"]) for un in document["acomptes"]] == [("10.00", "T1-1")]


def test_mag_10_the_window_is_exact_to_the_day_and_filters_what_is_new_only(api):
    jours = ["2025-06-13", "2025-06-14", "2025-06-15", "2025-06-16", "2025-06-17", "1970-01-01", "2999-12-31"]
    ordres = [commande(f"T{rang}", date=jour, date_livraison=jour) for rang, jour in enumerate(jours)]
    resultats = pousser(api, *ordres)
    assert statuts(resultats) == [
        "hors_periode",
        "cree",
        "cree",
        "cree",
        "hors_periode",
        "hors_periode",
        "hors_periode",
    ]
    assert resultats[0]["erreurs"][0]["pointeur"] == "#/commandes/0/date"
    tard = {"date_fin": "2025-09-01"}
    change = commande("T1", ligne(quantite="5"), version=2, date="2025-06-14", date_livraison="2025-06-14")
    annule = commande("T2", version=2, date="2025-06-15", date_livraison="2025-06-15", annulee=True)
    assert statuts(pousser(api, change, annule, ordres[3], **tard)) == ["mis_a_jour", "annule", "inchange"]


def test_mag_12_the_same_order_again_changes_nothing_whatever_its_spelling(api):
    cree = une(api, commande())
    encore = commande("T1-1", ligne(quantite="3.000", prix_tvac="0.9"), paye="0", heure_livraison=None)
    for un in pousser(api, commande(), encore):
        assert (un["statut"], un["document"], un["avertissements"]) == ("inchange", cree["document"], [])
    assert du_document(api, cree)["version"] == 1
    assert len(commandes_du_magasin(api)) == 1


def test_mag_12_an_older_version_never_wins_and_the_same_version_says_the_same(api):
    une(api, commande("T1", ligne(quantite="7"), version=3))
    ancienne = une(api, commande("T1", ligne(quantite="5"), version=2))
    assert (ancienne["statut"], ancienne["avertissements"][0]["code"]) == ("inchange", "version_anterieure")
    assert refus_de(une(api, commande("T1", ligne(quantite="8"), version=3))) == [
        ("version_incoherente", "#/commandes/0/version")
    ]
    assert une(api, commande("T1", ligne(quantite="7"), version=4))["statut"] == "inchange"
    assert une(api, commande("T1", ligne(quantite="6"), version=3))["avertissements"][0]["code"] == "version_anterieure"
    (document,) = commandes_du_magasin(api)
    assert du_document(api, {"document": document["id"]})["lignes"][0]["quantite"] == "7"


def test_mag_12_versions_in_one_batch_are_taken_one_after_the_other(api):
    un, deux, trois = (commande("T1", ligne(quantite=str(rang)), version=rang) for rang in (1, 2, 3))
    resultats = pousser(api, deux, un, deux, trois, trois, commande("T2"))
    assert statuts(resultats) == ["cree", "inchange", "inchange", "mis_a_jour", "inchange", "cree"]
    assert resultats[1]["avertissements"][0]["pointeur"] == "#/commandes/1/version"
    assert du_document(api, resultats[0])["lignes"][0]["quantite"] == "3"


def test_mag_13_a_change_at_the_till_changes_ours_line_by_line(api):
    cree = une(api, commande("T1", ligne("BAG", "3"), ligne("VIN", "1", "12.10"), paye="5.00"))
    avant = du_document(api, cree)
    change = commande(
        "T1", ligne("BAG", "4"), ligne("TRU", "1.5", "22.26"), ligne("VIN", "2", "12.10"), version=2, paye="8.00",
        date_livraison="2025-06-17",
    )  # fmt: skip
    assert une(api, change)["statut"] == "mis_a_jour"
    apres = du_document(api, cree)
    assert apres["version"] == 2
    assert [(un["article"], un["quantite"], un["date_livraison"]) for un in apres["lignes"]] == [
        ("BAG", "4", "2025-06-17"),
        ("TRU", "1.5", "2025-06-17"),
        ("VIN", "2", "2025-06-17"),
    ]
    assert apres["lignes"][0]["id"] == avant["lignes"][0]["id"]
    assert [(un["montant"], un["id"]) for un in apres["acomptes"]] == [("8.00", avant["acomptes"][0]["id"])]
    assert niveau(api, "BAG")[1] == "4"
    assert niveau(api, "TRU")[1] == "1.5"
    assert une(api, change | {"version": 3, "paye": "0.00"})["statut"] == "mis_a_jour"
    assert du_document(api, cree)["acomptes"] == []


def test_mag_12_a_cancelled_order_holds_nothing_and_is_remembered(api):
    cree = une(api, commande("T1", ligne(quantite="3")))
    assert niveau(api, "BAG")[1] == "3"
    annulee = une(api, commande("T1", version=2, annulee=True))
    assert (annulee["statut"], annulee["document"]) == ("annule", cree["document"])
    assert du_document(api, cree)["etat"] == "annule"
    assert niveau(api, "BAG")[1] == "0"
    assert statuts(pousser(api, commande("T1", version=2, annulee=True), commande("T1"))) == ["inchange", "inchange"]
    revenue = une(api, commande("T1", ligne(quantite="2"), version=3))
    assert (revenue["statut"], revenue["document"] != cree["document"]) == ("mis_a_jour", True)
    assert niveau(api, "BAG")[1] == "2"


def test_mag_12_an_order_cancelled_before_it_came_is_never_made(api):
    assert une(api, commande("T1", version=2, annulee=True, lignes=[]))["statut"] == "annule"
    tardive = une(api, commande("T1"))
    assert (tardive["statut"], tardive["document"]) == ("inchange", None)
    assert commandes_du_magasin(api) == []


def test_art_13_art_15_lines_name_articles_by_number_or_bar_code_in_any_of_their_units(api):
    api.patch("/v1/articles/VIN", json={"codes_barres": ["5410000000017"]}, headers={"if-match": "*"})
    api.patch("/v1/articles/BAG/unites/CT6", json={"code_barres": "5410000000024"}, headers={"if-match": "*"})
    sans = {"article": None}
    lignes = (
        ligne("BAG", "12", unite="PCE"),
        ligne("BAG", "2", unite="CT6"),
        ligne(quantite="1", prix_tvac="12.10", code_barres="5410000000017") | sans,
        ligne(quantite="3", code_barres="5410000000024") | sans,
        ligne(quantite="5", code_barres="5410000000024", unite="PCE") | sans,
    )
    document = du_document(api, une(api, commande("T1", *lignes)))
    assert [(un["article"], un["quantite"], un["quantite_unite_commande"]) for un in document["lignes"]] == [
        ("BAG", "12", None),
        ("BAG", "12", "2"),
        ("VIN", "1", None),
        ("BAG", "18", "3"),
        ("BAG", "5", None),
    ]


def test_cal_14_without_a_price_the_catalogues_is_taken_with_its_vat(api):
    document = du_document(api, une(api, commande("T1", ligne("BAG", "10", None), ligne("VIN", "1", None))))
    assert [un["prix"] for un in document["lignes"]] == ["0.9010", "12.0879"]


def test_mag_26_nothing_is_added_to_the_ticket(api):
    """No discount of the client, no charge of delivery, no tax of the article comes on top of a price of the till."""
    api.post("/v1/modes-livraison", json={"code": "CAMION", "libelle": "Camion", "montant": "12.50"})
    api.post("/v1/escomptes", json={"code": "ED", "genre": "deduit", "pourcentage": "2.00"})
    api.post("/v1/taxes", json={"code": "BAC", "libelle": "Bac", "genre": "taxe"})
    taxe = {"code_taxe": "BAC", "categorie_tva": "national", "code_tva": "6", "montant": "0.10"}
    assert api.post("/v1/articles/VIN/taxes", json=taxe).status_code == 201
    api.patch("/v1/articles/VIN", json={"appliquer_taxe": True}, headers={"if-match": "*"})
    champs = {"remise": "5.00", "mode_livraison": "CAMION", "escompte": "ED"}
    api.patch("/v1/clients/HOTEL", json=champs, headers={"if-match": "*"})
    assert api.post("/v1/magasins/NAM/clients/H1/lien", json={"client": "HOTEL"}).status_code == 200
    document = du_document(api, une(api, commande("T1", ligne("VIN", "10", "12.10"), client={"numero": "H1"})))
    assert (document["client"], document["totaux"]["montant_du"]) == ("HOTEL", "121.00")


def test_doc_16_what_was_paid_may_be_more_than_what_is_due(api):
    resultat = une(api, commande("T1", ligne(quantite="1"), paye="5.00"))
    assert (resultat["statut"], [un["code"] for un in resultat["avertissements"]]) == ("cree", ["acomptes_en_trop"])
    assert resultat["avertissements"][0]["pointeur"] == "#/commandes/0/paye"


def test_cli_11_cli_13_a_tills_order_is_marked_late_and_never_refused_for_that_or_for_credit(api):
    regle = {"heure_limite": {"jours_avant": 2, "heure": "16:00"}}
    api.patch("/v1/parametres", json=regle, headers={"if-match": "*"})
    champs = {"limite_credit": "1.00", "controle_credit": "refuser"}
    api.patch("/v1/clients/HOTEL", json=champs, headers={"if-match": "*"})
    api.post("/v1/magasins/NAM/clients/H1/lien", json={"client": "HOTEL"})
    resultat = une(api, commande("T1", client={"numero": "H1"}))
    assert resultat["statut"] == "cree"
    assert {un["code"] for un in resultat["avertissements"]} == {"limite_credit_depassee", "commande_tardive"}
    assert du_document(api, resultat)["tardive"] is True


def test_mag_01_what_is_switched_off_says_so(api):
    api.patch("/v1/magasins/NAM/parametres", json={"synchro_commandes": False}, headers={"if-match": "*"})
    resultats = pousser(api, commande(), {"n'importe": "quoi"})
    assert statuts(resultats) == ["desactive", "desactive"]
    assert resultats[0]["erreurs"][0]["code"] == "desactive_par_parametre"
    assert commandes_du_magasin(api) == []


def test_mag_25_a_longer_window_is_for_keys_that_have_the_right(api, cle_de):
    ordre = commande(date="2025-06-01", date_livraison="2025-06-20")
    caisse, chef = cle_de("magasin:NAM"), cle_de("magasin:NAM", "derogation")
    assert une(api, ordre, en_tetes=caisse)["statut"] == "hors_periode"
    refusee = envoyer(api, ordre, en_tetes=caisse, fenetre_jours=15)
    assert (refusee.status_code, refusee.json()["erreurs"][0]["pointeur"]) == (403, "#/fenetre_jours")
    assert une(api, ordre, en_tetes=caisse, fenetre_jours=1)["statut"] == "hors_periode"
    assert une(api, ordre, en_tetes=chef, fenetre_jours=15)["statut"] == "cree"


def test_api_05_the_same_key_answers_the_first_answer_again(api):
    en_tetes = {"idempotency-key": "poussee-1"}
    premiere = envoyer(api, commande(), en_tetes=en_tetes)
    seconde = envoyer(api, commande(), en_tetes=en_tetes)
    assert (seconde.status_code, seconde.content) == (207, premiere.content)
    assert seconde.headers["idempotent-replayed"] == "true"
    assert premiere.json()["resume"] == {"cree": 1}


def test_mag_14_an_unknown_client_is_made_when_something_is_said_of_it(api):
    inconnu = commande("T2", client={"numero": "M0008"})
    assert statuts(pousser(api, commande("T1"), inconnu)) == ["cree", "refuse"]
    assert refus_de(une(api, inconnu)) == [("client_de_magasin_inconnu", "#/commandes/0/client/nom")]
    client = api.get("/v1/clients/NAM-M0007").json()
    assert (client["nom"], client["telephone"]) == (DUPONT["nom"], DUPONT["telephone"])
    assert (client["facturable"], client["particulier"], client["note_envoi"]["imprimer"]) == (False, True, False)


def test_api_07_the_number_of_statements_does_not_depend_on_how_many_orders_there_are(api):
    """Of one part of a push: new orders, changes, cancellations."""

    def lot(nom, combien, version=1, **champs):
        return [
            commande(f"{nom}{rang}", ligne(quantite=str(version + rang)), version=version, **champs)
            for rang in range(combien)
        ]

    def requetes(*commandes):
        with requetes_sql(api) as vues:
            pousser(api, *commandes)
        return len(vues)

    pousser(api, *lot("W", 2))
    for version, champs in ((1, {}), (2, {}), (3, {"annulee": True})):
        peu, beaucoup = (requetes(*lot(nom, combien, version, **champs)) for nom, combien in (("A", 2), ("B", 90)))
        assert (peu, version) == (beaucoup, version)


def test_mag_12_what_no_document_tells_is_in_the_journal(api):
    pousser(api, commande("T1"), commande("T2", version=2, annulee=True))
    tous = api.get("/v1/evenements?limite=200").json()["data"]
    dits = [(un["ressource"], un["identifiant"]) for un in tous if un["ressource"].endswith("_magasin")]
    assert dits == [("client_magasin", "NAM/M0007"), ("reference_magasin", "NAM/T2")]
