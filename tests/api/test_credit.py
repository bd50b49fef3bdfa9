"""What a client owes or will owe, and what is refused or told beyond its limit (CLI-04, DOC-20)."""

from decimal import Decimal

import pytest
from tests.api.catalogue import changer, creer
from tests.api.documents import (
    baguettes,
    boulangerie,
    contenu,
    corps,
    document,
    imprimer,
    lire,
    modifier,
    modifier_ligne,
    part,
    requetes_sql,
    supprimer,
    supprimer_ligne,
    taxer,
    tente,
    transfere,
)
from tests.api.reponses import refus

CENT = baguettes("100")
"""100 baguettes: 85.00, with VAT 90.10."""
VIDE = dict.fromkeys(("commandes", "bordereaux", "factures", "impayes", "credits", "acomptes", "total", "echu"), "0.00")


@pytest.fixture(autouse=True)
def _boulangerie(api):
    boulangerie(api)


def situation(api, client="NATIONAL"):
    reponse = api.get(f"/v1/clients/{client}/situation-credit")
    assert reponse.status_code == 200, reponse.text
    return reponse.json()


def chiffres(api, client="NATIONAL"):
    """The figures that are not 0."""
    lue = situation(api, client)
    return {nom: lue[nom] for nom in VIDE if lue[nom] != "0.00"}


def limiter(api, limite="100.00", controle="refuser", client="NATIONAL"):
    assert changer(api, f"/v1/clients/{client}", limite_credit=limite, controle_credit=controle).status_code == 200


def averti(document):
    return [un["code"] for un in document["avertissements"]]


def test_doc_20_a_client_without_documents_has_its_whole_limit(api):
    attendu = {"client": "NATIONAL", "payeur": "NATIONAL", "controle": "aucun", "limite": None, "disponible": None}
    assert situation(api) == VIDE | attendu
    limiter(api, "250.00", "avertir")
    assert situation(api) == VIDE | attendu | {"controle": "avertir", "limite": "250.00", "disponible": "250.00"}
    assert refus(api.get("/v1/clients/PERSONNE/situation-credit")) == (404, "ressource_absente")


def test_doc_20_every_kind_of_open_document_counts_where_it_belongs(api):
    limiter(api, "100.00", "aucun")
    document(api, "commande", CENT, acomptes=[{"montant": "30.00"}])
    document(api, "proforma", baguettes("10"))
    document(api, "bordereau", baguettes("20"))
    document(api, "facture", baguettes("50"))
    document(api, "note_credit", baguettes("5"))
    document(api, "retour", baguettes("10"))
    document(api, "offre", CENT)
    document(api, "offre_type", CENT)
    document(api, "commande", CENT, client="HOTEL")
    supprimer(api, imprimer(api, document(api, "bordereau", CENT)))
    assert chiffres(api) == {
        "commandes": "99.11",
        "bordereaux": "18.02",
        "factures": "45.05",
        "credits": "13.52",
        "acomptes": "30.00",
        "total": "118.66",
    }
    assert situation(api)["disponible"] == "-18.66"


def test_doc_20_a_whole_transfer_moves_the_amount_and_changes_no_total(api):
    commande = document(api, "commande", CENT, montant_livraison="5.00", acomptes=[{"montant": "30.00"}])
    total = situation(api)["total"]
    bordereau = transfere(api, "bordereau", commande)
    assert chiffres(api) == {"bordereaux": "95.40", "acomptes": "30.00", "total": total}
    transfere(api, "facture", bordereau)
    assert chiffres(api) == {"factures": "95.40", "acomptes": "30.00", "total": total}


@pytest.mark.parametrize("prix_tvac", [False, True])
@pytest.mark.parametrize("escompte", [None, "ED2", "EC3"])
def test_doc_20_what_is_left_is_worth_what_its_facture_would_come_to(api, escompte, prix_tvac):
    """To the cent: two rates, both escomptes, taxes, discounts, and goods of variable weight counted by the piece."""
    creer(api, "/v1/escomptes", {"code": "ED2", "genre": "deduit", "pourcentage": "2.00"})
    creer(api, "/v1/escomptes", {"code": "EC3", "genre": "conditionnel", "pourcentage": "3.00", "jours": 8})
    taxer(api, "VIN", "CONSIGNE", code_tva="0", montant="0.1333")
    lignes = [
        baguettes("101", remise="3.33"),
        {"article": "VIN", "quantite": "17", "taxe": True},
        {"article": "TRU", "quantite_unite_commande": "5", "unite_commande": "PC"},
        {"designation": "Sans gluten"},
    ]
    en_tete = {"escompte": escompte, "prix_tvac": prix_tvac, "montant_livraison": "7.77"}
    commande = document(api, "commande", *lignes, **en_tete)
    assert chiffres(api)["commandes"] == commande["totaux"]["montant_du"]
    parties = [
        {"ordre": 100, "quantite": "33"},
        {"ordre": 200, "quantite": "4"},
        {"ordre": 300, "quantite": "44", "quantite_unite_commande": "2"},
    ]
    bordereau = transfere(api, "bordereau", part(commande, *parties))
    demande = {"cible": {"type": "facture", "date": commande["date"]}, "sources": [{"document": commande["id"]}]}
    reste = api.post("/v1/transferts?simulation=true", json=demande).json()["totaux"]["montant_du"]
    assert chiffres(api) == {
        "commandes": reste,
        "bordereaux": bordereau["totaux"]["montant_du"],
        "total": str(Decimal(reste) + Decimal(bordereau["totaux"]["montant_du"])),
    }


def test_doc_20_issued_factures_are_overdue_after_their_due_date(api):
    document(api, "facture", CENT, echeance="30J")
    assert "echu" not in chiffres(api)
    due = imprimer(api, document(api, "facture", CENT, echeance="30J", acomptes=[{"montant": "30.10"}]))
    assert due["date_echeance"] == "2025-07-16"
    imprimer(api, document(api, "facture", CENT))
    assert chiffres(api)["echu"] == "60.00"


def test_doc_20_cli_05_credit_is_given_to_who_pays(api):
    """A client billed to another counts where its factures go, through any number of steps."""
    changer(api, "/v1/clients/HOTEL", facturer_a="EXPORT")
    changer(api, "/v1/clients/EXPORT", facturer_a="NATIONAL", categorie_tva="national")
    limiter(api, "100.00")
    limiter(api, "1.00", client="HOTEL")
    bordereau = document(api, "bordereau", baguettes("100", prix="0.85"), client="HOTEL")
    assert chiffres(api) == chiffres(api, "HOTEL") == {"bordereaux": "90.10", "total": "90.10"}
    assert (situation(api, "HOTEL")["payeur"], situation(api, "HOTEL")["limite"]) == ("NATIONAL", "100.00")
    assert refus(api.post("/v1/documents", json=corps("commande", baguettes("20"), client="HOTEL"))) == (
        409,
        "limite_credit_depassee",
    )
    assert transfere(api, "facture", bordereau)["client"] == "NATIONAL"
    assert chiffres(api, "EXPORT") == {"factures": "90.10", "total": "90.10"}


def test_doc_20_avertir_tells_and_stores(api):
    limiter(api, "100.00", "avertir")
    assert averti(document(api, "commande", CENT)) == []
    trop = document(api, "commande", CENT)
    assert [(un["code"], un["pointeur"]) for un in trop["avertissements"]] == [("limite_credit_depassee", "#/client")]
    detail = trop["avertissements"][0]["detail"]
    assert all(montant in detail for montant in ("180,20", "80,20", "100,00", "NATIONAL")), detail
    assert averti(modifier_ligne(api, trop, 100, quantite="101").json()) == ["limite_credit_depassee"]
    assert averti(modifier_ligne(api, trop, 100, quantite="50").json()) == []
    assert averti(modifier(api, trop, contact="Anna").json()) == []


@pytest.mark.parametrize("genre", ["commande", "bordereau", "facture"])
def test_doc_20_refuser_refuses_what_makes_it_worse_and_stores_nothing(api, genre):
    limiter(api, "90.10")
    juste = document(api, genre, CENT)
    autre = document(api, "offre", baguettes("1"))
    avant = contenu(api)
    refuse = api.post("/v1/documents", json=corps(genre, baguettes("1")))
    assert refus(refuse) == (409, "limite_credit_depassee")
    assert all(montant in refuse.json()["detail"] for montant in ("91,00", "0,90", "90,10"))
    chemin = f"/v1/documents/{juste['id']}"
    changements = [
        api.post(f"{chemin}/lignes", json=baguettes("1")),
        modifier_ligne(api, juste, 100, quantite="101"),
        modifier(api, juste, montant_livraison="0.01"),
        modifier_ligne(api, juste, 100, code_tva="21"),
        tente(api, genre, autre),
        tente(api, juste, autre),
    ]
    assert [refus(un) for un in changements] == [(409, "limite_credit_depassee")] * len(changements)
    assert contenu(api) == avant
    for genre_libre in ("offre", "proforma", "retour", "note_credit"):
        document(api, genre_libre, CENT)


def test_doc_20_what_is_beyond_already_can_still_become_better_or_move_on(api):
    commande = document(api, "commande", CENT, acomptes=[{"montant": "50.00"}])
    limiter(api, "10.00")
    assert modifier(api, commande, contact="Anna").status_code == 200
    assert modifier_ligne(api, commande, 100, quantite="90").status_code == 200
    bordereau = transfere(api, "bordereau", part(commande, {"ordre": 100, "quantite": "40"}))
    facture = transfere(api, "facture", bordereau)
    assert imprimer(api, facture)["numero"] == 1
    trop = part(commande, {"ordre": 100, "quantite": "60"})
    assert refus(tente(api, "bordereau", trop, depassement=True)) == (409, "limite_credit_depassee")
    sans = api.delete(
        f"/v1/documents/{commande['id']}/acomptes/{commande['acomptes'][0]['id']}", headers={"if-match": "*"}
    )
    assert refus(sans) == (409, "acompte_transfere")
    api.post(f"/v1/documents/{commande['id']}/lignes", json={"designation": "Merci"})
    assert supprimer_ligne(api, commande, 200).status_code == 200


def test_doc_20_giving_a_deposit_back_is_held_against_the_limit(api):
    commande = document(api, "commande", CENT, acomptes=[{"montant": "50.00"}])
    limiter(api, "40.10")
    acompte = f"/v1/documents/{commande['id']}/acomptes/{commande['acomptes'][0]['id']}"
    assert refus(api.delete(acompte, headers={"if-match": "*"})) == (409, "limite_credit_depassee")
    assert lire(api, commande)["totaux"]["acomptes"] == "50.00"
    plus = corps("commande", baguettes("10"), acomptes=[{"montant": "9.01"}])
    assert api.post("/v1/documents", json=plus).status_code == 201


def test_cli_04_a_client_that_says_nothing_has_the_control_of_the_societe_and_may_say_none(api):
    changer(api, "/v1/parametres", controle_credit="refuser")
    creer(api, "/v1/clients", {"numero": "NEUF", "nom": "Neuf", "limite_credit": "10.00"})
    assert refus(api.post("/v1/documents", json=corps("commande", CENT, client="NEUF"))) == (
        409,
        "limite_credit_depassee",
    )
    limiter(api, "10.00", "aucun", client="NEUF")
    assert averti(document(api, "commande", CENT, client="NEUF")) == []
    limiter(api, None, "refuser", client="NEUF")
    assert averti(document(api, "commande", CENT, client="NEUF")) == []


def test_doc_17_credit_is_checked_in_a_dry_run_too(api):
    limiter(api, "10.00")
    essai = api.post("/v1/documents?simulation=true", json=corps("commande", CENT))
    assert refus(essai) == (409, "limite_credit_depassee")


def test_doc_20_the_situation_takes_as_many_statements_however_much_is_open(api):
    comptes = []
    for _ in range(2):
        for _ in range(3):
            commande = document(api, "commande", CENT, baguettes("7"))
            transfere(api, "bordereau", part(commande, {"ordre": 100, "quantite": "50"}))
        with requetes_sql(api) as envoyees:
            situation(api)
        comptes.append(len(envoyees))
    assert comptes[0] == comptes[1] < 12


def test_doc_20_trf_08_what_is_given_up_is_owed_no_more(api):
    commande = document(api, "commande", CENT)
    transfere(api, "bordereau", part(commande, {"ordre": 100, "quantite": "50"}))
    abandon = {"motif": "Rupture", "sources": [{"document": commande["id"]}]}
    reponse = api.post("/v1/back-orders/abandons", json=abandon)
    assert reponse.status_code == 201, reponse.text
    assert chiffres(api) == {"bordereaux": "45.05", "total": "45.05"}
