"""For whom documents are made: inactive clients, incomplete ones, those billed to others (CLI-05, CLI-10, CLI-13)."""

from itertools import pairwise

import pytest
from tests.api.catalogue import champ_refuse, changer, creer
from tests.api.documents import (
    JOUR,
    baguettes,
    boulangerie,
    contenu,
    corps,
    document,
    etat,
    imprimer,
    modifier,
    modifier_ligne,
    sql,
    tente,
    transfere,
)
from tests.api.reponses import erreurs

GENRES = ("offre_type", "offre", "commande", "proforma", "bordereau", "retour", "facture", "note_credit")
NON_FACTURABLE = champ_refuse("#/cible", "client_non_facturable", 409)


@pytest.fixture(autouse=True)
def _boulangerie(api):
    boulangerie(api)


def groupe(api, *numeros, **champs):
    """A chain of clients, each billed to the next; gives a bordereau of each."""
    for numero in reversed(numeros):
        creer(api, "/v1/clients", {"numero": numero, "nom": f"Client {numero}"} | champs)
    for numero, payeur in pairwise(numeros):
        changer(api, f"/v1/clients/{numero}", facturer_a=payeur)
    return [document(api, "bordereau", baguettes(), client=numero) for numero in numeros]


@pytest.mark.parametrize("genre", GENRES)
def test_cli_10_rien_de_nouveau_pour_un_client_inactif(api, genre):
    changer(api, "/v1/clients/NATIONAL", actif=False)
    avant = contenu(api)
    refuse = api.post("/v1/documents", json=corps(genre, baguettes()))
    assert erreurs(refuse) == champ_refuse("#/client", "client_inactif")
    assert contenu(api) == avant


def test_cli_10_ce_qui_existe_continue(api):
    commande = document(api, "commande", baguettes())
    changer(api, "/v1/clients/NATIONAL", actif=False)
    assert modifier_ligne(api, commande, 100, quantite="6").status_code == 200
    facture = imprimer(api, transfere(api, "facture", transfere(api, "bordereau", commande)))
    assert imprimer(api, transfere(api, "note_credit", facture))["numero"] == 1


@pytest.mark.parametrize("genre", GENRES)
def test_cli_13_un_client_a_completer_n_a_pas_de_facture(api, genre):
    """All its other documents are made, printed and counted."""
    changer(api, "/v1/clients/NATIONAL", facturable=False)
    avant = contenu(api)
    reponse = api.post("/v1/documents", json=corps(genre, baguettes()))
    if genre != "facture":
        assert imprimer(api, reponse.json())["numero"] == 1
        return
    assert erreurs(reponse) == champ_refuse("#/client", "client_non_facturable", 409)
    assert "NATIONAL" in reponse.json()["detail"]
    assert contenu(api) == avant


def test_cli_13_aucun_transfert_ne_mene_a_une_facture(api):
    commande = document(api, "commande", baguettes())
    ouverte = document(api, "facture")
    changer(api, "/v1/clients/NATIONAL", facturable=False)
    bordereau = transfere(api, "bordereau", commande)
    avant = contenu(api)
    for cible in ("facture", ouverte):
        refuse = tente(api, cible, bordereau)
        assert erreurs(refuse) == NON_FACTURABLE
        assert "à compléter" in refuse.json()["title"]
    assert contenu(api) == avant
    changer(api, "/v1/clients/NATIONAL", facturable=True)
    assert imprimer(api, transfere(api, ouverte, bordereau))["numero"] == 1


def test_cli_13_une_facture_en_attente_ne_se_numerote_pas(api):
    facture = document(api, "facture", baguettes())
    changer(api, "/v1/clients/NATIONAL", facturable=False)
    avant = contenu(api)
    for envoi in (
        api.post(f"/v1/documents/{facture['id']}/impression", json={}),
        modifier(api, facture, impression_directe=True),
    ):
        assert erreurs(envoi) == champ_refuse("#/client", "client_non_facturable", 409)
    assert contenu(api) == avant


def test_cli_13_une_facture_numerotee_se_reimprime_et_se_credite(api):
    facture = imprimer(api, document(api, "facture", baguettes()))
    changer(api, "/v1/clients/NATIONAL", facturable=False)
    assert imprimer(api, facture)["nombre_impressions"] == 2
    assert imprimer(api, transfere(api, "note_credit", facture))["numero"] == 1


def test_trf_04_la_facture_est_celle_du_payeur(api):
    """CLI-05: the chain of billing is followed to its end, and the documents of all who are billed there join."""
    premier, second, payeur = groupe(api, "FILIALE", "REGION", "SIEGE", langue="nl")
    facture = transfere(api, {"type": "facture", "date": JOUR}, premier, second, payeur)
    assert (facture["client"], facture["client_nom"]) == ("SIEGE", "Client SIEGE")
    assert facture["client_copie"]["numero"] == "SIEGE"
    assert [une["quantite"] for une in facture["lignes"]] == ["12", "12", "12"]
    assert imprimer(api, facture)["client"] == "SIEGE"
    assert {etat(api, un) for un in (premier, second, payeur)} == {"transfere"}
    assert transfere(api, "note_credit", facture)["client"] == "SIEGE"


def test_trf_04_une_facture_presente_du_payeur_recoit_ses_clients(api):
    premier, _second, _payeur = groupe(api, "FILIALE", "REGION", "SIEGE")
    ouverte = document(api, "facture", client="SIEGE")
    assert transfere(api, ouverte, premier)["client"] == "SIEGE"


def test_trf_04_seules_les_factures_changent_de_client(api):
    premier, payeur = groupe(api, "FILIALE", "SIEGE")
    assert transfere(api, "retour", premier)["client"] == "FILIALE"
    refuse = tente(api, "retour", premier, payeur)
    assert erreurs(refuse) == champ_refuse("#/sources/1/document", "clients_differents")


def test_trf_04_qui_n_est_pas_facture_la_reste_dehors(api):
    premier, _payeur = groupe(api, "FILIALE", "SIEGE")
    etranger = document(api, "bordereau", baguettes())
    avant = contenu(api)
    refuse = tente(api, "facture", premier, etranger)
    assert erreurs(refuse) == champ_refuse("#/sources/1/document", "clients_differents")
    assert contenu(api) == avant


def test_cli_13_le_payeur_a_completer_empeche_aussi(api):
    premier, payeur = groupe(api, "FILIALE", "SIEGE")
    changer(api, "/v1/clients/SIEGE", facturable=False)
    for source in (premier, payeur):
        refuse = tente(api, "facture", source)
        assert erreurs(refuse) == NON_FACTURABLE
        assert "SIEGE" in refuse.json()["detail"]


def test_cli_05_un_anneau_ne_tourne_pas_sans_fin(api):
    """The clients refuse rings; in one that got in all the same everybody is billed for himself."""
    premier, payeur = groupe(api, "FILIALE", "SIEGE")
    sql(api, "UPDATE clients SET facturer_a = 'FILIALE' WHERE numero = 'SIEGE'")
    assert transfere(api, "facture", premier)["client"] == "FILIALE"
    assert transfere(api, "facture", payeur)["client"] == "SIEGE"


@pytest.mark.parametrize(
    ("defaut", "dit", "attendu"), [(True, {}, True), (False, {}, False), (True, {"prix_tvac": False}, False)]
)
def test_cal_14_les_prix_s_entendent_comme_le_disent_les_parametres(api, defaut, dit, attendu):
    changer(api, "/v1/parametres", prix_tvac_defaut=defaut)
    assert document(api, "commande", baguettes(), **dit)["prix_tvac"] is attendu
    assert document(api, "commande", baguettes(), **{"prix_tvac": None} | dit)["prix_tvac"] is attendu
