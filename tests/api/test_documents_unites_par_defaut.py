"""The order unit of a line that does not name one: the client's, else the article's (CLI-09, ART-13)."""

import pytest
from tests.api.catalogue import champ_refuse, changer, creer
from tests.api.documents import boulangerie, contenu, corps, document, modifier_ligne, requetes_sql
from tests.api.reponses import erreurs

BAC = {"abreviation": "BAC", "unite": "PCE", "facteur": "20", "operateur": "M", "decimales": 0}


@pytest.fixture(autouse=True)
def _boulangerie(api):
    """Baguettes in cartons of 6, or in crates of 20."""
    boulangerie(api)
    creer(api, "/v1/articles/BAG/unites", BAC)


def commandee(quantite="3", **autres):
    """A line in order unit that does not say which."""
    return {"article": "BAG", "quantite_unite_commande": quantite} | autres


def preferer(api, unite):
    """What the client orders baguettes in."""
    creer(api, "/v1/clients/NATIONAL/unites-preferees", {"article": "BAG", "unite": unite})


def unite(document):
    """Unit and quantities of the last line."""
    ligne = document["lignes"][-1]
    return ligne["unite_commande"], ligne["quantite"], ligne["quantite_unite_commande"]


def test_cli_09_celle_du_client_puis_celle_de_l_article(api):
    changer(api, "/v1/articles/BAG", unite_par_defaut="CT6")
    assert unite(document(api, "commande", commandee())) == ("CT6", "18", "3")
    preferer(api, "BAC")
    assert unite(document(api, "commande", commandee())) == ("BAC", "60", "3")
    assert unite(document(api, "commande", commandee(), client="HOTEL")) == ("CT6", "18", "3")
    assert unite(document(api, "commande", commandee(unite_commande="CT6"))) == ("CT6", "18", "3")
    assert unite(document(api, "commande", commandee(unite_commande=None))) == ("BAC", "60", "3")


def test_art_13_sans_unite_habituelle_elle_est_requise(api):
    avant = contenu(api)
    refuse = api.post("/v1/documents", json=corps("commande", {"designation": "Note"}, commandee()))
    assert erreurs(refuse) == champ_refuse("#/lignes/1/quantite_unite_commande", "unite_commande_manquante")
    assert contenu(api) == avant


def test_art_13_une_quantite_en_unite_de_base_n_en_prend_pas(api):
    changer(api, "/v1/articles/BAG", unite_par_defaut="CT6")
    preferer(api, "BAC")
    assert unite(document(api, "commande", {"article": "BAG", "quantite": "60"})) == (None, "60", None)


def test_cli_09_le_successeur_a_la_sienne(api):
    """ART-05: an article that is followed is ordered in its own unit."""
    creer(
        api,
        "/v1/articles",
        {"numero": "VIEUX", "designation": "Flûte", "unite": "PCE", "prix_vente": "1", "code_tva_vente": "6"},
    )
    changer(api, "/v1/articles/VIEUX", remplace_par="BAG")
    preferer(api, "BAC")
    cree = document(api, "commande", commandee() | {"article": "VIEUX", "suivre_remplacement": True})
    assert unite(cree) == ("BAC", "60", "3")


def test_cli_09_aussi_sur_une_ligne_ajoutee_ou_changee(api):
    preferer(api, "BAC")
    cree = document(api, "commande", {"article": "BAG", "quantite": "10"})
    assert unite(modifier_ligne(api, cree, 100, quantite_unite_commande="2").json()) == ("BAC", "40", "2")
    ajout = api.post(f"/v1/documents/{cree['id']}/lignes", json=commandee("4")).json()
    assert unite(ajout) == ("BAC", "80", "4")
    assert unite(modifier_ligne(api, cree, 200, unite_commande="CT6").json()) == ("CT6", "24", "4")


def test_cli_09_une_requete_de_plus_et_seulement_s_il_le_faut(api):
    changer(api, "/v1/articles/BAG", unite_par_defaut="CT6")
    dite = commandee(unite_commande="CT6")
    document(api, "commande", dite)  # the small tables are in memory from here on
    comptes = []
    for lignes in ([dite] * 20, [dite] * 19 + [commandee()], [commandee()] * 20):
        with requetes_sql(api) as envoyees:
            document(api, "commande", *lignes)
        comptes.append(len(envoyees))
    assert comptes[1] - comptes[0] == 1
    assert comptes[2] == comptes[1]
