"""Credit, billing, delivery notes and what is to be completed: CLI-04, CLI-05, CLI-08, CLI-11, CLI-13."""

import pytest
from sqlalchemy.exc import IntegrityError
from tests.api.catalogue import creer
from tests.api.documents import sql
from tests.api.reponses import donnees, erreurs, refus, si

MANDAT = {"reference": "AURORE/2026-0012", "date": "2026-01-15", "iban": "BE68 5390 0754 7034"}
BASE = {"numero": "C1", "nom": "Un"}


@pytest.fixture
def un_client(api):
    """Makes a client of a number; gives its body."""

    def faire(numero="C1", **champs):
        return creer(api, "/v1/clients", {"numero": numero, "nom": numero}, **champs)

    return faire


def changer(api, numero, **champs):
    return api.patch(f"/v1/clients/{numero}", json=champs, headers={"if-match": "*"})


def test_cli_04_05_08_13_a_client_says_nothing_of_them(un_client):
    cree = un_client()
    attendu = {
        "actif": True,
        "particulier": False,
        "facturable": True,
        "limite_credit": None,
        "controle_credit": "aucun",
        "facturer_a": None,
        "frequence_regroupement": "mensuelle",
        "mandat_sepa": None,
        "note_envoi": {"imprimer": True, "copies": 1, "profil": None, "avec_prix": True},
        "heure_limite": None,
        "anonymise_le": None,
    }
    assert {nom: cree[nom] for nom in attendu} == attendu


def test_cli_04_05_08_13_all_of_them_are_stored_and_served(api, un_client):
    un_client("PAYEUR")
    donne = {
        "particulier": True,
        "facturable": False,
        "limite_credit": "2500.00",
        "controle_credit": "refuser",
        "facturer_a": "PAYEUR",
        "frequence_regroupement": "bimensuelle",
        "mandat_sepa": MANDAT | {"iban": "BE68539007547034"},
        "note_envoi": {"imprimer": False, "copies": 10, "profil": "STD", "avec_prix": False},
        "heure_limite": {"jours_avant": 1, "heure": "16:00"},
    }
    cree = un_client(**donne)
    assert {nom: cree[nom] for nom in donne} == donne
    assert api.get("/v1/clients/C1").json() == cree
    apres = changer(api, "C1", note_envoi={"copies": 3}, mandat_sepa=None, actif=False).json()
    assert apres == cree | {
        "note_envoi": {"imprimer": True, "copies": 3, "profil": None, "avec_prix": True},
        "mandat_sepa": None,
        "actif": False,
        "version": 2,
    }


def test_cli_04_the_societe_s_credit_policy_holds_where_the_client_has_none(api, un_client):
    version = api.get("/v1/parametres").json()["version"]
    assert api.patch("/v1/parametres", json={"controle_credit": "avertir"}, headers=si(version)).is_success
    assert un_client()["controle_credit"] == "avertir"
    assert un_client("C2", controle_credit="aucun")["controle_credit"] == "aucun"
    assert changer(api, "C2", controle_credit=None).json()["controle_credit"] == "avertir"


@pytest.mark.parametrize(
    ("regle", "champs", "pointeur", "code"),
    [
        ("CLI-04", {"limite_credit": "-1"}, "#/limite_credit", "decimal_illisible"),
        ("CLI-04", {"limite_credit": 100}, "#/limite_credit", "decimal_en_texte"),
        ("CLI-04", {"controle_credit": "peut-être"}, "#/controle_credit", "valeur_hors_liste"),
        ("CLI-05", {"facturer_a": "C1"}, "#/facturer_a", "cycle_de_facturation"),
        ("CLI-05", {"facturer_a": "C9"}, "#/facturer_a", "reference_inconnue"),
        ("CLI-05", {"frequence_regroupement": "annuelle"}, "#/frequence_regroupement", "valeur_hors_liste"),
        ("CLI-05", {"mandat_sepa": MANDAT | {"iban": "BE68539007547035"}}, "#/mandat_sepa/iban", "iban_faux"),
        ("CLI-05", {"mandat_sepa": MANDAT | {"reference": "M" * 36}}, "#/mandat_sepa/reference", "texte_trop_long"),
        ("CLI-05", {"mandat_sepa": MANDAT | {"reference": "/1"}}, "#/mandat_sepa/reference", "format_incorrect"),
        ("CLI-05", {"mandat_sepa": MANDAT | {"reference": "1//2"}}, "#/mandat_sepa/reference", "format_incorrect"),
        ("CLI-05", {"mandat_sepa": MANDAT | {"reference": "Été"}}, "#/mandat_sepa/reference", "format_incorrect"),
        ("CLI-05", {"mandat_sepa": MANDAT | {"date": "2026-02-30"}}, "#/mandat_sepa/date", "date_illisible"),
        ("CLI-05", {"mandat_sepa": {"iban": MANDAT["iban"]}}, "#/mandat_sepa/date", "champ_requis"),
        ("CLI-08", {"note_envoi": {"copies": 0}}, "#/note_envoi/copies", "hors_bornes"),
        ("CLI-08", {"note_envoi": {"copies": 11}}, "#/note_envoi/copies", "hors_bornes"),
        ("CLI-08", {"note_envoi": {"profil": "X"}}, "#/note_envoi/profil", "reference_inconnue"),
        ("CLI-08", {"note_envoi": None}, "#/note_envoi", "type_incorrect"),
        ("CLI-11", {"heure_limite": {"jours_avant": 1, "heure": "24:00"}}, "#/heure_limite/heure", "format_incorrect"),
        ("CLI-13", {"facturable": "oui"}, "#/facturable", "type_incorrect"),
    ],
)
def test_a_bad_value_is_refused_by_its_field_and_stores_nothing(api, regle, champs, pointeur, code):
    refusee = api.post("/v1/clients", json=BASE | champs)
    assert refusee.status_code == 422, regle
    assert (pointeur, code) in erreurs(refusee)[1], regle
    assert donnees(api.get("/v1/clients")) == []


def test_cli_05_a_chain_of_payers_ends_somewhere(api, un_client):
    un_client("A")
    un_client("B", facturer_a="A")
    assert un_client("C", facturer_a="B")["facturer_a"] == "B"
    refusee = changer(api, "A", facturer_a="C")
    assert erreurs(refusee) == (422, [("#/facturer_a", "cycle_de_facturation")])
    assert refusee.json()["detail"].endswith("A, C, B, A.")
    assert erreurs(changer(api, "B", facturer_a="C"))[1] == [("#/facturer_a", "cycle_de_facturation")]
    assert erreurs(changer(api, "B", facturer_a="B"))[1] == [("#/facturer_a", "cycle_de_facturation")]
    assert [un["facturer_a"] for un in donnees(api.get("/v1/clients"))] == [None, "A", "B"]
    assert changer(api, "B", facturer_a=None).is_success
    assert changer(api, "A", facturer_a="C").json()["facturer_a"] == "C"


def test_cli_05_the_database_refuses_a_client_billed_to_itself(api, un_client):
    """Whatever the service forgets (CLI-05)."""
    un_client()
    with pytest.raises(IntegrityError, match="ck_clients_facturer_a"):
        sql(api, "UPDATE clients SET facturer_a = numero")


def test_cli_05_who_pays_for_others_stays(api, un_client):
    un_client("A")
    un_client("B", facturer_a="A")
    refusee = api.delete("/v1/clients/A", headers=si(1))
    assert refus(refusee) == (409, "en_utilisation")
    assert "clients (1) : B" in refusee.json()["detail"]


@pytest.mark.parametrize(
    ("filtre", "attendus"),
    [
        ("actif=true", ["B1", "M7"]),
        ("actif=false", ["C2"]),
        ("facturable=false", ["M7"]),
        ("particulier=true", ["C2", "M7"]),
        ("particulier=true&actif=true", ["M7"]),
        ("representant=LEO", ["C2"]),
        ("tournee=NORD", ["B1"]),
        ("recherche=dupont", ["C2", "M7"]),
        ("recherche=MAISON%20du", ["C2"]),
        ("recherche=m7", ["M7"]),
        ("recherche=elise%20dupont", ["M7"]),
        ("recherche=%25", []),
        ("recherche=_", []),
    ],
)
def test_cli_13_api_04_clients_are_found_by_what_they_are(api, un_client, filtre, attendus):
    creer(api, "/v1/representants", {"code": "LEO", "nom": "Léo"})
    creer(api, "/v1/tournees", {"numero": "NORD", "nom": "Nord"})
    un_client("B1", nom="Boulangerie", tournee="NORD")
    un_client("C2", nom="Maison Dupont", actif=False, particulier=True, representant="LEO")
    un_client("M7", nom="Élise Dupont", facturable=False, particulier=True)
    assert [un["numero"] for un in donnees(api.get(f"/v1/clients?{filtre}"))] == attendus
