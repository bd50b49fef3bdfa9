"""Clients' own prices and discounts, for articles and familles, with their dates (CLI-09, CAL-04)."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from tests.api.catalogue import BAGUETTE, champ_refuse, changer, creer, effacer, evenements
from tests.api.reponses import erreurs, refus
from tests.client import ClientDeTest

PRIX = "/v1/clients/C1/prix"
ENSEMBLE = 6


def etablir(api: ClientDeTest) -> None:
    """Two familles with an article each, and two clients."""
    creer(api, "/v1/departements", {"code": "1", "libelle": "Boulangerie"})
    for code in ("3", "8"):
        creer(api, "/v1/familles", {"code": code, "libelle": f"Famille {code}", "departement": "1"})
    creer(api, "/v1/articles", BAGUETTE, famille="3")
    creer(api, "/v1/articles", BAGUETTE, numero="ECL", famille="8")
    for numero in ("C1", "C2"):
        creer(api, "/v1/clients", {"numero": numero, "nom": f"Hôtel {numero}"})


@pytest.fixture
def hotel(api):
    """The API with two articles and two clients."""
    etablir(api)
    return api


def lignes(api: ClientDeTest, **filtre: Any) -> list[dict[str, Any]]:
    """The rows of C1 that a filter lets through."""
    reponse = api.get(PRIX, params=filtre)
    assert reponse.status_code == 200, reponse.text
    return reponse.json()["data"]  # type: ignore[no-any-return]


def test_cli_09_a_price_for_an_article(hotel):
    corps = {"article": "BAG", "valeur": "0.7500", "du": "2026-01-01", "au": "2026-12-31"}
    reponse = hotel.post(PRIX, json=corps)
    assert reponse.status_code == 201, reponse.text
    ligne = reponse.json()
    assert ligne == corps | {"client": "C1", "id": ligne["id"], "famille": None, "remise": None, "version": 1}
    assert (reponse.headers["location"], reponse.headers["etag"]) == (f"{PRIX}/{ligne['id']}", '"1"')
    lue = hotel.get(f"{PRIX}/{ligne['id']}")
    assert (lue.json(), lue.headers["etag"]) == (ligne, '"1"')
    assert lignes(hotel) == [ligne]


def test_cli_09_a_discount_for_a_famille_without_end(hotel):
    ligne = creer(hotel, PRIX, {"famille": "3", "remise": "8.00"})
    assert (ligne["article"], ligne["famille"], ligne["valeur"], ligne["remise"]) == (None, "3", None, "8.00")
    assert (ligne["du"], ligne["au"]) == (None, None)


def test_cli_09_listed_by_article_by_famille_and_by_day(hotel):
    mars = creer(hotel, PRIX, {"article": "BAG", "valeur": "0.70", "du": "2026-03-01", "au": "2026-03-31"})
    avril = creer(hotel, PRIX, {"article": "BAG", "valeur": "0.72", "du": "2026-04-01"})
    avant = creer(hotel, PRIX, {"article": "ECL", "valeur": "2", "au": "2026-03-14"})
    famille = creer(hotel, PRIX, {"famille": "3", "remise": "8.00"})
    creer(hotel, "/v1/clients/C2/prix", {"famille": "3", "remise": "9.00"})
    assert lignes(hotel) == [mars, avril, avant, famille]
    assert lignes(hotel, article="BAG") == [mars, avril]
    assert lignes(hotel, famille="3") == [famille]
    assert lignes(hotel, article="BAG", famille="3") == []
    for jour, voulues in (
        ("2026-02-28", [avant, famille]),
        ("2026-03-01", [mars, avant, famille]),
        ("2026-03-14", [mars, avant, famille]),
        ("2026-03-15", [mars, famille]),
        ("2026-03-31", [mars, famille]),
        ("2026-04-01", [avril, famille]),
        ("2999-12-31", [avril, famille]),
    ):
        assert lignes(hotel, date=jour) == voulues, jour
    page = hotel.get(PRIX, params={"limite": 3}).json()
    suite = hotel.get(PRIX, params={"limite": 3, "curseur": page["curseur_suivant"]}).json()
    assert page["data"] + suite["data"] == [mars, avril, avant, famille]


@pytest.mark.parametrize(
    ("corps", "pointeur", "code"),
    [
        ({"article": "BAG", "famille": "3", "valeur": "1"}, "#/famille", "article_ou_famille"),
        ({"valeur": "1"}, "#/famille", "article_ou_famille"),
        ({"article": "BAG", "valeur": "1", "remise": "5.00"}, "#/remise", "valeur_ou_remise"),
        ({"article": "BAG"}, "#/remise", "valeur_ou_remise"),
        ({"article": "BAG", "valeur": "-1"}, "#/valeur", "decimal_illisible"),
        ({"article": "BAG", "valeur": "1.00001"}, "#/valeur", "decimal_illisible"),
        ({"article": "BAG", "remise": "100.01"}, "#/remise", "hors_bornes"),
        ({"article": "BAG", "valeur": "1", "du": "2026-02-01", "au": "2026-01-31"}, "#/au", "fin_avant_debut"),
        ({"article": "BAG", "valeur": "1", "du": "2026-02-30"}, "#/du", "date_illisible"),
        ({"article": "ABSENT", "valeur": "1"}, "#/article", "reference_inconnue"),
        ({"famille": "ABSENTE", "valeur": "1"}, "#/famille", "reference_inconnue"),
        ({"article": "BAG", "valeur": "1", "quantite_minimum": "10"}, "#", "champ_inconnu"),
    ],
)
def test_cli_09_bad_rows_are_refused_and_nothing_is_stored(hotel, corps, pointeur, code):
    assert erreurs(hotel.post(PRIX, json=corps)) == champ_refuse(pointeur, code)
    assert lignes(hotel) == []
    assert evenements(hotel, "prix_client") == []


@pytest.mark.parametrize("cible", [{"article": "BAG"}, {"famille": "3"}])
@pytest.mark.parametrize(
    ("premiere", "seconde", "chevauche"),
    [
        # one shared day is enough, at either end
        (("2026-03-01", "2026-03-31"), ("2026-03-31", "2026-04-30"), True),
        (("2026-03-01", "2026-03-31"), ("2026-02-01", "2026-03-01"), True),
        (("2026-03-01", "2026-03-31"), ("2026-03-10", "2026-03-10"), True),
        (("2026-03-01", "2026-03-31"), ("2026-03-01", "2026-03-31"), True),
        (("2026-03-01", "2026-03-31"), (None, None), True),
        ((None, "2026-03-31"), (None, "2026-01-31"), True),
        (("2026-03-01", None), ("2027-01-01", None), True),
        ((None, None), (None, None), True),
        # from the following day on
        (("2026-03-01", "2026-03-31"), ("2026-04-01", "2026-04-30"), False),
        (("2026-03-01", "2026-03-31"), ("2026-02-01", "2026-02-28"), False),
        ((None, "2026-03-31"), ("2026-04-01", None), False),
        (("2026-03-01", None), (None, "2026-02-28"), False),
    ],
)
def test_cli_09_periods_of_one_article_or_famille_share_no_day(hotel, cible, premiere, seconde, chevauche):
    """CLI-09: overlapping price periods are refused by their own code; touching ones are not."""
    (du, au), (encore_du, encore_au) = premiere, seconde
    une = creer(hotel, PRIX, cible | {"valeur": "1", "du": du, "au": au})
    reponse = hotel.post(PRIX, json=cible | {"remise": "5.00", "du": encore_du, "au": encore_au})
    if chevauche:
        assert erreurs(reponse) == champ_refuse("#/du", "periodes_qui_se_chevauchent", 409)
        assert lignes(hotel) == [une]
        assert evenements(hotel, "prix_client") == [("creation", f"C1/{une['id']}")]
    else:
        assert reponse.status_code == 201, reponse.text
        assert lignes(hotel) == [une, reponse.json()]


def test_cli_09_other_articles_familles_and_clients_have_their_own_periods(hotel):
    """CLI-09: an article and its famille too; the article's row comes first then."""
    for corps in ({"article": "BAG"}, {"article": "ECL"}, {"famille": "3"}, {"famille": "8"}):
        creer(hotel, PRIX, corps | {"valeur": "1"})
    creer(hotel, "/v1/clients/C2/prix", {"article": "BAG", "valeur": "1"})


def test_cli_09_a_change_into_another_period_is_refused(hotel):
    mars = creer(hotel, PRIX, {"article": "BAG", "valeur": "1", "du": "2026-03-01", "au": "2026-03-31"})
    avril = creer(hotel, PRIX, {"article": "BAG", "valeur": "1", "du": "2026-04-01", "au": "2026-04-30"})
    adresse = f"{PRIX}/{mars['id']}"
    for champs in ({"au": "2026-04-01"}, {"au": None}, {"du": "2026-04-15", "au": "2026-05-15"}):
        assert erreurs(changer(hotel, adresse, **champs)) == champ_refuse("#/du", "periodes_qui_se_chevauchent", 409)
    assert lignes(hotel) == [mars, avril]
    assert changer(hotel, adresse, article="ECL", au="2026-04-30").status_code == 200


def test_cli_09_change_and_deletion(hotel):
    ligne = creer(hotel, PRIX, {"article": "BAG", "valeur": "1"})
    adresse = f"{PRIX}/{ligne['id']}"
    assert erreurs(changer(hotel, adresse, remise="5.00")) == champ_refuse("#/remise", "valeur_ou_remise")
    assert erreurs(changer(hotel, adresse, famille="3")) == champ_refuse("#/famille", "article_ou_famille")
    assert erreurs(changer(hotel, adresse, du="2026-02-01", au="2026-01-31")) == champ_refuse("#/au", "fin_avant_debut")
    reponse = changer(hotel, adresse, article=None, famille="3", valeur=None, remise="5.00", au="2026-12-31")
    assert reponse.json() == ligne | {
        "article": None,
        "famille": "3",
        "valeur": None,
        "remise": "5.00",
        "au": "2026-12-31",
        "version": 2,
    }
    assert reponse.headers["etag"] == '"2"'
    assert hotel.patch(adresse, json={"remise": "6.00"}).status_code == 428
    assert hotel.patch(adresse, json={"remise": "6.00"}, headers={"if-match": '"1"'}).status_code == 412
    assert hotel.delete(adresse, headers={"if-match": '"1"'}).status_code == 412
    assert hotel.delete(adresse, headers={"if-match": '"2"'}).status_code == 204
    assert (hotel.get(adresse).status_code, lignes(hotel)) == (404, [])
    actions = ("creation", "modification", "suppression")
    assert evenements(hotel, "prix_client") == [(une, f"C1/{ligne['id']}") for une in actions]


def test_sec_03_a_row_is_reached_through_its_own_client_only(hotel):
    identifiant = creer(hotel, PRIX, {"article": "BAG", "valeur": "1"})["id"]
    ailleurs = f"/v1/clients/C2/prix/{identifiant}"
    assert hotel.get(ailleurs).status_code == 404
    assert changer(hotel, ailleurs, valeur="2").status_code == 404
    assert effacer(hotel, ailleurs).status_code == 404
    for chemin in ("/v1/clients/ABSENT/prix", f"{PRIX}/{identifiant + 1}"):
        assert hotel.get(chemin).status_code == 404
    assert hotel.post("/v1/clients/ABSENT/prix", json={"article": "BAG", "valeur": "1"}).status_code == 404
    assert erreurs(hotel.get(f"{PRIX}/{2**63}")) == champ_refuse("/id", "hors_bornes")


def test_cli_10_a_client_that_is_deleted_takes_its_prices_along(hotel):
    identifiant = creer(hotel, PRIX, {"article": "BAG", "valeur": "1"})["id"]
    assert effacer(hotel, "/v1/clients/C1").status_code == 204
    assert evenements(hotel, "prix_client")[-1] == ("suppression", f"C1/{identifiant}")
    assert effacer(hotel, "/v1/articles/BAG").status_code == 204


def test_tab_01_a_famille_with_prices_stays(hotel):
    creer(hotel, PRIX, {"famille": "8", "valeur": "1"})
    creer(hotel, PRIX, {"article": "BAG", "valeur": "1"})
    changer(hotel, "/v1/articles/ECL", famille=None)
    assert refus(effacer(hotel, "/v1/familles/8")) == (409, "en_utilisation")
    assert refus(effacer(hotel, "/v1/articles/BAG")) == (409, "en_utilisation")


def test_cli_09_of_overlapping_rows_at_the_same_moment_one_is_stored(reelle):
    """CLI-09: also where one of them is an older row that moves."""
    etablir(reelle)
    ailleurs = creer(reelle, PRIX, {"article": "BAG", "valeur": "9", "du": "2020-01-01", "au": "2020-01-31"})

    def ajouter(rang: int) -> Any:
        return reelle.post(PRIX, json={"article": "BAG", "valeur": f"{rang}", "du": "2026-01-01", "au": "2026-12-31"})

    def deplacer(_rang: int) -> Any:
        return changer(reelle, f"{PRIX}/{ailleurs['id']}", du="2026-06-01", au="2027-01-31")

    with ThreadPoolExecutor(ENSEMBLE) as fils:
        appels = [fils.submit(deplacer if rang == 0 else ajouter, rang) for rang in range(ENSEMBLE)]
        reponses = [un.result() for un in appels]
    assert sorted(une.is_success for une in reponses) == [False] * (ENSEMBLE - 1) + [True]
    assert [erreurs(une) for une in reponses if not une.is_success] == [
        champ_refuse("#/du", "periodes_qui_se_chevauchent", 409)
    ] * (ENSEMBLE - 1)
    (gagnante,) = [une.json() for une in reponses if une.is_success]
    assert gagnante in lignes(reelle, date="2026-06-15")
    assert len(lignes(reelle, date="2026-06-15")) == 1


def test_cli_10_an_anonymised_client_has_no_prices_and_gets_none(hotel):
    """CLI-10: what was agreed with a private client goes with its name; documents keep the prices that they have."""
    creer(hotel, "/v1/clients", {"numero": "M7", "nom": "Élise Dupont", "particulier": True})
    creer(hotel, "/v1/clients/M7/prix", {"article": "BAG", "valeur": "1"})
    assert hotel.post("/v1/clients/M7/anonymisation").is_success
    assert hotel.get("/v1/clients/M7/prix").json()["data"] == []
    reponse = hotel.post("/v1/clients/M7/prix", json={"article": "BAG", "valeur": "1"})
    assert refus(reponse) == (409, "client_anonymise")
