"""What a client was invoiced lately, and lines made of it (DOC-14)."""

import pytest
from tests.api.catalogue import champ_refuse, changer
from tests.api.documents import (
    baguettes,
    boulangerie,
    contenu,
    document,
    imprimer,
    requetes_sql,
    transfere,
)
from tests.api.reponses import erreurs, refus


@pytest.fixture(autouse=True)
def _boulangerie(api):
    boulangerie(api)


def facturer(api, jour, *lignes, client="NATIONAL", **en_tete):
    return imprimer(api, document(api, "facture", *lignes, date=jour, client=client, **en_tete))


def recents(api, client="NATIONAL", date="2025-06-30"):
    reponse = api.get(f"/v1/clients/{client}/articles-recents", params={"date": date})
    assert reponse.status_code == 200, reponse.text
    return reponse.json()


def articles(api, *, champ="article", **ou):
    return [un[champ] for un in recents(api, **ou)["data"]]


def test_doc_14_quantities_last_price_and_times(api):
    facturer(api, "2025-06-01", baguettes("100", prix="0.80"), {"article": "VIN", "quantite": "2"})
    carton = {"article": "BAG", "quantite_unite_commande": "4", "unite_commande": "CT6", "prix": "0.90", "remise": "2"}
    facturer(api, "2025-06-20", carton, baguettes("1", prix="0.10", ordre=50))
    lus = recents(api)
    assert (lus["client"], lus["du"], lus["au"]) == ("NATIONAL", "2025-05-01", "2025-06-30")
    assert [un["article"] for un in lus["data"]] == ["BAG", "VIN"]
    assert lus["data"][0] == {
        "article": "BAG",
        "designation": "Baguette",
        "unite": "PCE",
        "quantite": "125",
        "fois": 2,
        "derniere_date": "2025-06-20",
        "derniere_quantite": "24",
        "unite_commande": "CT6",
        "quantite_unite_commande": "4",
        "prix": "0.9000",
        "remise": "2.00",
        "prix_tvac": False,
    }


@pytest.mark.parametrize(
    ("date", "dedans"),
    [("2025-04-30", False), ("2025-05-01", True), ("2025-06-30", True), ("2025-07-01", False)],
)
def test_doc_14_sixty_days_before_and_the_day_itself(api, date, dedans):
    facturer(api, date, baguettes())
    assert (articles(api) == ["BAG"]) is dedans


def test_doc_14_only_what_was_issued_to_the_client_counts(api):
    """Drafts, other types, other clients, comments and free lines are nothing that was ordered before."""
    document(api, "facture", baguettes(), date="2025-06-10")
    imprimer(api, document(api, "bordereau", baguettes(), date="2025-06-10"))
    facturer(api, "2025-06-10", baguettes(), client="HOTEL")
    facturer(api, "2025-06-11", {"designation": "Forfait", "quantite": "1", "prix": "9", "code_tva": "6"})
    assert articles(api) == []
    assert articles(api, client="HOTEL") == ["BAG"]
    assert refus(api.get("/v1/clients/PERSONNE/articles-recents")) == (404, "ressource_absente")
    assert api.get("/v1/clients/NATIONAL/articles-recents").json()["data"] == []


def test_doc_14_cli_05_goods_of_a_client_billed_to_another_are_its_own(api):
    changer(api, "/v1/clients/HOTEL", facturer_a="NATIONAL")
    bordereau = document(api, "bordereau", baguettes(), date="2025-06-10", client="HOTEL")
    facture = transfere(api, {"type": "facture", "date": "2025-06-11"}, bordereau)
    assert facture["client"] == "NATIONAL"
    imprimer(api, facture)
    assert (articles(api), articles(api, client="HOTEL")) == ([], ["BAG"])


def test_doc_14_quantities_become_lines_at_the_prices_of_the_client(api):
    cree = document(api, "commande", {"designation": "Bonjour"}, client="HOTEL")
    corps = {
        "lignes": [
            {"article": "BAG", "quantite": "100"},
            {"article": "VIN", "quantite": "0"},
            {"article": "BAG", "quantite_unite_commande": "2", "unite_commande": "CT6"},
        ]
    }
    chemin = f"/v1/documents/{cree['id']}/articles-recents"
    avant = contenu(api)
    essai = api.post(f"{chemin}?simulation=true", json=corps)
    assert (essai.status_code, contenu(api)) == (201, avant)
    reponse = api.post(chemin, json=corps)
    assert reponse.status_code == 201, reponse.text
    lignes = [(une["ordre"], une["article"], une["quantite"], une["prix"]) for une in reponse.json()["lignes"]]
    assert lignes == [(100, None, None, None), (200, "BAG", "100", "0.7900"), (400, "BAG", "12", "0.8500")]
    assert reponse.json()["totaux"]["htva"] == "88.69"


def test_doc_14_what_no_line_could_be_is_refused_by_its_place_and_nothing_is_added(api):
    cree = document(api, "commande", baguettes())
    avant = contenu(api)
    corps = {"lignes": [{"article": "BAG", "quantite": "1"}, {"article": "RIEN", "quantite": "1"}]}
    reponse = api.post(f"/v1/documents/{cree['id']}/articles-recents", json=corps)
    assert erreurs(reponse) == champ_refuse("#/lignes/1/article", "article_inconnu")
    assert contenu(api) == avant
    emise = facturer(api, "2025-06-01", baguettes())
    bloquee = api.post(f"/v1/documents/{emise['id']}/articles-recents", json={"lignes": corps["lignes"][:1]})
    assert refus(bloquee) == (409, "document_fiscal")


def test_doc_14_one_statement_for_however_many_factures(api):
    comptes = []
    for jour in ("2025-06-01", "2025-06-02"):
        facturer(api, jour, baguettes(), {"article": "VIN", "quantite": "1"})
        with requetes_sql(api) as envoyees:
            recents(api)
        comptes.append(len(envoyees))
    assert comptes[0] == comptes[1]
