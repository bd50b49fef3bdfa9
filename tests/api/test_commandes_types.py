"""Standing orders over HTTP: what is stored, changed and refused (CLI-07)."""

import pytest
from sqlalchemy.exc import IntegrityError
from tests.api.catalogue import champ_refuse, changer, creer, effacer, evenements
from tests.api.commandes_types import (
    BAGUETTES,
    DIMANCHE,
    LUNDI,
    MARDI,
    MERCREDI,
    SAMEDI,
    adresse,
    calendrier,
    commande_type,
    convertir,
    exception,
    pause,
    previsions,
)
from tests.api.documents import boulangerie, sql
from tests.api.reponses import donnees, erreurs, refus, si


@pytest.fixture
def hotel(api):
    """The bakery, whose client HOTEL has no standing order."""
    boulangerie(api)
    return api


def lire(api, *cles):
    reponse = api.get(adresse(*cles))
    assert reponse.status_code == 200, reponse.text
    return reponse.json()


def test_cli_07_the_examples_of_the_interface_work(hotel):
    corps = {"du": "2026-11-01", "au": None, "lignes": [BAGUETTES]}
    reponse = hotel.post(adresse(), json=corps)
    assert reponse.status_code == 201, reponse.text
    cree = reponse.json()
    derogation = {"date": "2026-11-30", "article": "BAG", "quantite": "0"}
    assert hotel.post(adresse(cree["id"], "exceptions"), json=derogation).status_code == 201
    assert previsions(hotel, "2026-11-23") == ["HOTEL BAG 20 PCE (0)"]
    assert previsions(hotel, "2026-11-30") == []


def test_cli_07_what_is_stored_is_served(hotel):
    corps = {
        "libelle": "Petits déjeuners",
        "du": "2025-01-01",
        "au": "2025-12-31",
        "saisons": [{"du": "12-15", "au": "01-06"}, {"du": "02-29", "au": "02-29"}],
        "lignes": [
            {"article": "TRU", "unite_commande": "PC", "jours": {"5": "2", "7": "0"}},
            {"article": "BAG", "unite_commande": None, "jours": {"1": "20.5"}},
        ],
    }
    reponse = hotel.post(adresse(), json=corps)
    cree = reponse.json()
    assert cree == corps | {"id": cree["id"], "client": "HOTEL", "version": 1, "avertissements": []}
    assert (reponse.headers["location"], reponse.headers["etag"]) == (adresse(cree["id"]), '"1"')
    assert lire(hotel, cree["id"]) == cree
    assert donnees(hotel.get(adresse())) == [cree]
    assert donnees(hotel.get(adresse(client="NATIONAL"))) == []


def test_cli_07_a_change_replaces_the_fields_given(hotel):
    cree = commande_type(hotel, BAGUETTES, {"article": "VIN", "jours": {"5": "6"}})
    chemin = adresse(cree["id"])
    assert hotel.patch(chemin, json={"libelle": "A"}, headers=si(2)).status_code == 412
    apres = hotel.patch(chemin, json={"libelle": "A", "saisons": [{"du": "05-01", "au": "09-30"}]}, headers=si(1))
    assert apres.json() == cree | {"libelle": "A", "saisons": [{"du": "05-01", "au": "09-30"}], "version": 2}
    lignes = [{"article": "DON", "unite_commande": None, "jours": {"4": "1"}}]
    assert changer(hotel, chemin, lignes=lignes).json()["lignes"] == lignes
    assert changer(hotel, chemin, lignes=lignes).json()["version"] == 3
    assert lire(hotel, cree["id"])["lignes"] == lignes
    actions = [action for action, _ in evenements(hotel, "commande_type")]
    assert actions == ["creation", "modification", "modification"]


def test_cli_07_a_standing_order_goes_with_its_overrides_and_pauses(hotel):
    cree = commande_type(hotel)
    exception(hotel, cree, LUNDI, "BAG", "1")
    pause(hotel, cree, MARDI, None)
    assert refus(hotel.delete(adresse(cree["id"]), headers=si(2))) == (412, "version_perimee")
    assert effacer(hotel, adresse(cree["id"])).status_code == 204
    assert refus(hotel.get(adresse(cree["id"]))) == (404, "ressource_absente")
    for ressource in ("commande_type", "exception_commande_type", "pause_commande_type"):
        assert [action for action, _ in evenements(hotel, ressource)] == ["creation", "suppression"]
    for table in ("lignes", "exceptions", "pauses"):
        assert sql(hotel, f"SELECT count(*) FROM {table}_commandes_types") == [(0,)]


def test_cli_07_overrides_and_pauses_are_listed_read_changed_and_removed(hotel):
    cree = commande_type(hotel)
    un, deux = (exception(hotel, cree, jour, "BAG", "5") for jour in (MARDI, LUNDI))
    chemin = adresse(cree["id"], "exceptions")
    assert donnees(hotel.get(chemin)) == [deux, un]
    assert lire(hotel, cree["id"], "exceptions", un["id"]) == un
    change = hotel.patch(f"{chemin}/{un['id']}", json={"quantite": "0", "date": MERCREDI}, headers=si(1))
    assert change.json() == un | {"quantite": "0", "date": MERCREDI, "version": 2}
    assert effacer(hotel, f"{chemin}/{deux['id']}").status_code == 204
    assert donnees(hotel.get(chemin)) == [change.json()]

    arret = pause(hotel, cree, LUNDI, None)
    chemin = adresse(cree["id"], "pauses")
    assert lire(hotel, cree["id"], "pauses", arret["id"]) == arret
    assert changer(hotel, f"{chemin}/{arret['id']}", au=MARDI).json() == arret | {"au": MARDI, "version": 2}
    assert [une["au"] for une in donnees(hotel.get(chemin))] == [MARDI]
    assert effacer(hotel, f"{chemin}/{arret['id']}").status_code == 204
    assert donnees(hotel.get(chemin)) == []


def test_cli_07_what_belongs_to_one_client_is_not_found_under_another(hotel):
    cree = commande_type(hotel)
    une = exception(hotel, cree, LUNDI, "BAG", "1")
    autre = commande_type(hotel)
    for chemin in (
        adresse(cree["id"], client="NATIONAL"),
        adresse(cree["id"], "exceptions", client="NATIONAL"),
        adresse(cree["id"], "exceptions", une["id"], client="NATIONAL"),
        adresse(autre["id"], "exceptions", une["id"]),
        adresse(autre["id"], "pauses", 1),
        adresse(999),
        adresse(client="INCONNU"),
    ):
        assert refus(hotel.get(chemin)) == (404, "ressource_absente"), chemin
    assert refus(hotel.post(adresse(client="INCONNU"), json={"du": LUNDI, "lignes": [BAGUETTES]})) == (
        404,
        "ressource_absente",
    )


JOURS = [
    (LUNDI, ["HOTEL BAG 20 PCE (0)", "HOTEL TRU 42 KG (0)"], "a weekday; 2 pieces of 21 kg"),
    (MARDI, ["HOTEL BAG 7 PCE (0)", "HOTEL VIN 1 PCE (0)"], "overrides beat the pause, one adds an article"),
    (MERCREDI, [], "an override of 0"),
    (SAMEDI, [], "the client is closed, whatever an override says"),
    (DIMANCHE, ["HOTEL BAG 3 PCE (0)"], "not a weekday of the standing order, but an override"),
    ("2025-06-23", [], "paused"),
    ("2025-06-24", ["HOTEL BAG 20 PCE (0)"], "a week later"),
    ("2025-12-30", ["HOTEL BAG 20 PCE (0)"], "the last day"),
    ("2026-01-06", ["HOTEL BAG 1 PCE (0)"], "after it, but an override"),
    ("2026-01-13", [], "after it"),
]


@pytest.fixture
def semaine(hotel):
    """A standing order with everything that decides a day."""
    lignes = [
        {"article": "BAG", "jours": {"1": "20", "2": "20", "3": "20", "6": "35"}},
        {"article": "TRU", "unite_commande": "PC", "jours": {"1": "2", "2": "0"}},
    ]
    cree = commande_type(hotel, *lignes, au="2025-12-31")
    calendrier(hotel, SAMEDI)
    pause(hotel, cree, MARDI, MARDI)
    pause(hotel, cree, "2025-06-23", "2025-06-23")
    for jour, article, quantite in (
        (MARDI, "BAG", "7"),
        (MARDI, "VIN", "1"),
        (MERCREDI, "BAG", "0"),
        (SAMEDI, "BAG", "50"),
        (DIMANCHE, "BAG", "3"),
        ("2026-01-06", "BAG", "1"),
    ):
        exception(hotel, cree, jour, article, quantite)
    return hotel


@pytest.mark.parametrize(("jour", "attendues", "pourquoi"), JOURS)
def test_cli_07_what_counts_on_a_day(semaine, jour, attendues, pourquoi):
    assert previsions(semaine, jour) == attendues, pourquoi


def test_cli_07_seasons_come_back_each_year_and_may_hold_over_new_year(hotel):
    commande_type(
        hotel,
        {"article": "BAG", "jours": {str(un): "1" for un in range(1, 8)}},
        saisons=[{"du": "12-15", "au": "01-06"}, {"du": "02-20", "au": "02-29"}],
    )
    dedans = ["2025-01-06", "2025-12-15", "2026-01-01", "2027-02-28", "2028-02-29"]
    dehors = ["2025-01-07", "2025-12-14", "2026-03-01", "2028-03-01"]
    assert [un for un in dedans if not previsions(hotel, un)] == []
    assert [un for un in dehors if previsions(hotel, un)] == []


def test_cli_07_several_standing_orders_of_a_client_add_up_in_base_unit(hotel):
    commande_type(hotel)
    commande_type(hotel, {"article": "BAG", "unite_commande": "CT6", "jours": {"1": "2"}})
    commande_type(hotel, {"article": "BAG", "jours": {"1": "0.5"}}, client="NATIONAL")
    assert previsions(hotel, LUNDI) == ["HOTEL BAG 32 PCE (0)", "NATIONAL BAG 0.5 PCE (0)"]
    assert previsions(hotel, LUNDI, client="NATIONAL") == ["NATIONAL BAG 0.5 PCE (0)"]
    assert previsions(hotel, LUNDI, client="EXPORT") == []


def test_cli_07_inactive_clients_are_not_baked_for(hotel):
    commande_type(hotel)
    assert changer(hotel, "/v1/clients/HOTEL", actif=False).status_code == 200
    assert previsions(hotel, LUNDI) == []


def test_cli_07_changing_a_standing_order_never_undoes_an_override(hotel):
    """The answer warns of overrides that are left without line or outside its time; they hold all the same."""
    cree = commande_type(hotel)
    exception(hotel, cree, "2998-12-29", "BAG", "9")
    exception(hotel, cree, "2025-06-16", "BAG", "8")
    change = changer(hotel, adresse(cree["id"]), lignes=[{"article": "VIN", "jours": {"1": "1"}}])
    (avis,) = change.json()["avertissements"]
    assert (avis["code"], avis["pointeur"]) == ("exception_sans_ligne", "#/lignes")
    assert "BAG" in avis["detail"]
    assert "2998-12-29" in avis["detail"]
    assert "2025-06-16" not in avis["detail"], "what is past needs no warning"
    assert previsions(hotel, LUNDI) == ["HOTEL BAG 8 PCE (0)", "HOTEL VIN 1 PCE (0)"]

    change = changer(hotel, adresse(cree["id"]), au="2025-12-31")
    assert [un["code"] for un in change.json()["avertissements"]] == ["exception_hors_periode"]
    assert previsions(hotel, "2998-12-29") == ["HOTEL BAG 9 PCE (0)"]
    assert len(donnees(hotel.get(adresse(cree["id"], "exceptions")))) == 2


@pytest.mark.parametrize(
    ("jour", "codes"),
    [
        (LUNDI, []),
        ("2024-12-30", ["exception_hors_periode"]),
        (MARDI, ["exception_hors_periode"]),
        (DIMANCHE, ["client_ferme"]),
        ("2024-12-29", ["exception_hors_periode", "client_ferme"]),
    ],
)
def test_cli_07_an_override_warns_where_its_day_is_not_one_of_the_standing_order(hotel, jour, codes):
    cree = commande_type(hotel)
    pause(hotel, cree, MARDI, MARDI)
    calendrier(hotel, jours="123456")
    faite = exception(hotel, cree, jour, "BAG", "1")
    assert [un["code"] for un in faite["avertissements"]] == codes


def test_cli_07_a_retired_article_is_warned_of(hotel):
    assert changer(hotel, "/v1/articles/VIN", actif=False).status_code == 200
    cree = commande_type(hotel, BAGUETTES, {"article": "VIN", "jours": {"1": "1"}})
    assert [(un["code"], un["pointeur"]) for un in cree["avertissements"]] == [("article_retire", "#/lignes/1/article")]


LIGNE = {"article": "BAG", "jours": {"1": "1"}}
FAUX = [
    ({"lignes": []}, "#/lignes", "liste_trop_courte"),
    ({"lignes": None}, "#/lignes", "type_incorrect"),
    ({"lignes": [{"article": "ZZZ", "jours": {"1": "1"}}]}, "#/lignes/0/article", "article_inconnu"),
    ({"lignes": [LIGNE, LIGNE | {"article": "ZZZ"}]}, "#/lignes/1/article", "article_inconnu"),
    ({"lignes": [LIGNE, LIGNE]}, "#/lignes/1/article", "article_repete"),
    ({"lignes": [LIGNE | {"unite_commande": "PC"}]}, "#/lignes/0/unite_commande", "unite_commande_inconnue"),
    ({"lignes": [LIGNE | {"jours": {"1": "-1"}}]}, "#/lignes/0/jours/1", "decimal_illisible"),
    ({"lignes": [LIGNE | {"jours": {"1": 1}}]}, "#/lignes/0/jours/1", "decimal_en_texte"),
    ({"lignes": [LIGNE | {"jours": {"8": "1"}}]}, "#/lignes/0/jours", "jour_de_semaine_inconnu"),
    ({"lignes": [LIGNE | {"jours": {"1": "1", "lundi": "1"}}]}, "#/lignes/0/jours", "jour_de_semaine_inconnu"),
    ({"lignes": [LIGNE | {"jours": {}}]}, "#/lignes/0/jours", "liste_trop_courte"),
    ({"lignes": [LIGNE | {"quantite": "1"}]}, "#/lignes/0", "champ_inconnu"),
    ({"du": "2025-06-16", "au": "2025-06-15"}, "#/au", "fin_avant_debut"),
    ({"du": None}, "#/du", "date_illisible"),
    ({"saisons": [{"du": "02-30", "au": "03-01"}]}, "#/saisons/0/du", "format_incorrect"),
    ({"saisons": [{"du": "04-31", "au": "05-01"}]}, "#/saisons/0/du", "format_incorrect"),
    ({"saisons": [{"du": "05-01", "au": "13-01"}]}, "#/saisons/0/au", "format_incorrect"),
    ({"saisons": [{"du": "05-01"}]}, "#/saisons/0/au", "champ_requis"),
    ({"saisons": [{"du": "01-01", "au": "01-02"}] * 13}, "#/saisons", "liste_trop_longue"),
    ({"libelle": ""}, "#/libelle", "texte_trop_court"),
    ({"client": "HOTEL"}, "#", "champ_inconnu"),
]


@pytest.mark.parametrize(("champs", "pointeur", "code"), FAUX)
def test_cli_07_a_wrong_standing_order_is_refused_by_field_and_stores_nothing(hotel, champs, pointeur, code):
    cree = commande_type(hotel)
    corps = {"du": "2025-01-01", "lignes": [LIGNE]} | champs
    assert erreurs(hotel.post(adresse(), json=corps)) == champ_refuse(pointeur, code)
    if code != "champ_requis":
        assert erreurs(changer(hotel, adresse(cree["id"]), **champs)) == champ_refuse(pointeur, code)
    assert donnees(hotel.get(adresse())) == [cree]


def test_cli_07_a_statistical_article_is_never_ordered(hotel):
    creer(
        hotel,
        "/v1/articles",
        {
            "numero": "STAT",
            "designation": "S",
            "unite": "PCE",
            "prix_vente": "0",
            "code_tva_vente": "6",
            "type_article": "statistique",
        },
    )
    reponse = hotel.post(adresse(), json={"du": LUNDI, "lignes": [LIGNE | {"article": "STAT"}]})
    assert erreurs(reponse) == champ_refuse("#/lignes/0/article", "article_statistique_non_vendable")


EXCEPTION = {"date": LUNDI, "article": "BAG", "quantite": "1"}


@pytest.mark.parametrize(
    ("champs", "pointeur", "code"),
    [
        ({"article": "ZZZ"}, "#/article", "article_inconnu"),
        ({"unite_commande": "PC"}, "#/unite_commande", "unite_commande_inconnue"),
        ({"quantite": "-1"}, "#/quantite", "decimal_illisible"),
        ({"quantite": None}, "#/quantite", "decimal_en_texte"),
        ({"date": "2025-02-29"}, "#/date", "date_illisible"),
        ({"jour": "1"}, "#", "champ_inconnu"),
    ],
)
def test_cli_07_a_wrong_override_is_refused_by_field_and_stores_nothing(hotel, champs, pointeur, code):
    cree = commande_type(hotel)
    une = exception(hotel, cree, MARDI, "BAG", "1")
    chemin = adresse(cree["id"], "exceptions")
    assert erreurs(hotel.post(chemin, json=EXCEPTION | champs)) == champ_refuse(pointeur, code)
    assert erreurs(changer(hotel, f"{chemin}/{une['id']}", **champs)) == champ_refuse(pointeur, code)
    assert donnees(hotel.get(chemin)) == [une]


def test_cli_07_an_article_is_overridden_once_a_day(hotel):
    cree, autre = commande_type(hotel), commande_type(hotel)
    une, deux = exception(hotel, cree, LUNDI, "BAG", "1"), exception(hotel, cree, MARDI, "BAG", "1")
    exception(hotel, cree, LUNDI, "VIN", "1")
    exception(hotel, autre, LUNDI, "BAG", "1")
    deja = champ_refuse("#/date", "exception_deja_presente", 409)
    assert erreurs(hotel.post(adresse(cree["id"], "exceptions"), json=EXCEPTION)) == deja
    assert erreurs(changer(hotel, adresse(cree["id"], "exceptions", deux["id"]), date=LUNDI)) == deja
    assert changer(hotel, adresse(cree["id"], "exceptions", une["id"]), quantite="2").status_code == 200


@pytest.mark.parametrize(
    ("corps", "pointeur", "code", "statut"),
    [
        ({"du": LUNDI}, "#/au", "champ_requis", 422),
        ({"du": MARDI, "au": LUNDI}, "#/au", "fin_avant_debut", 422),
        ({"du": "2025-06-10", "au": LUNDI}, "#/du", "pauses_qui_se_chevauchent", 409),
        ({"du": MARDI, "au": None}, "#/du", "pauses_qui_se_chevauchent", 409),
        ({"du": "2026-01-01", "au": "2026-01-02"}, "#/du", "pauses_qui_se_chevauchent", 409),
    ],
)
def test_cli_07_a_wrong_pause_is_refused_by_field_and_stores_nothing(hotel, corps, pointeur, code, statut):
    cree = commande_type(hotel)
    pauses = [pause(hotel, cree, LUNDI, MARDI), pause(hotel, cree, DIMANCHE, None)]
    assert erreurs(hotel.post(adresse(cree["id"], "pauses"), json=corps)) == champ_refuse(pointeur, code, statut)
    assert donnees(hotel.get(adresse(cree["id"], "pauses"))) == pauses
    pause(hotel, commande_type(hotel), LUNDI, None)


def test_cli_07_what_a_standing_order_names_cannot_go(hotel):
    cree = commande_type(hotel, {"article": "BAG", "unite_commande": "CT6", "jours": {"1": "1"}})
    exception(hotel, cree, LUNDI, "TRU", "1", unite_commande="PC")
    for chemin in (
        "/v1/articles/BAG/unites/CT6",
        "/v1/articles/TRU/unites/PC",
        "/v1/articles/TRU",
        "/v1/clients/HOTEL",
    ):
        assert refus(effacer(hotel, chemin)) == (409, "en_utilisation"), chemin


NEGATIF = "ARRAY[-1, NULL, NULL, NULL, NULL, NULL, NULL]::numeric[]"
CONTRAIRES = {
    "ck_lignes_commandes_types_jours": f"UPDATE lignes_commandes_types SET jours = {NEGATIF}",
    "ck_exceptions_commandes_types_quantite": "UPDATE exceptions_commandes_types SET quantite = -1",
    "ex_pauses_commandes_types_commande_type": "INSERT INTO pauses_commandes_types (version, commande_type, du) "
    "SELECT 1, commande_type, au FROM pauses_commandes_types",
    "pk_conversions_commandes_types": "INSERT INTO conversions_commandes_types "
    "(commande_type, date, client, demandes, cree_le) "
    "SELECT commande_type, date, client, demandes, cree_le FROM conversions_commandes_types",
}


@pytest.mark.parametrize("contrainte", CONTRAIRES)
def test_cli_07_the_database_keeps_each_rule_too(hotel, contrainte):
    cree = commande_type(hotel)
    exception(hotel, cree, MARDI, "BAG", "1")
    pause(hotel, cree, MERCREDI, MERCREDI)
    convertir(hotel, LUNDI)
    with pytest.raises(IntegrityError, match=contrainte):
        sql(hotel, CONTRAIRES[contrainte])
