"""Back-orders by hand: what a delivery leaves for later becomes a commande, once (TRF-08)."""

import pytest
from tests.api.catalogue import creer
from tests.api.documents import (
    baguettes,
    boulangerie,
    contenu,
    document,
    etat,
    imprimer,
    lire,
    modifier_ligne,
    part,
    sql,
    supprimer,
    supprimer_ligne,
    transfere,
)
from tests.api.reponses import donnees, erreurs, refus
from tests.api.travaux import effacer


@pytest.fixture(autouse=True)
def _boulangerie(api):
    boulangerie(api)


def livre(api, genre="bordereau", *, quantite="10", reste="4", **autres):
    """A delivery that leaves something for later, not numbered yet."""
    return document(api, genre, baguettes(quantite, back_order=reste, prix="0.8000", **autres))


def commandes(api):
    return donnees(api.get("/v1/documents", params={"type": "commande", "inclure": "lignes", "bloques": "true"}))


def dus(api):
    return [(une["document"], une["ouverte"]) for une in donnees(api.get("/v1/back-orders"))]


@pytest.mark.parametrize("genre", ["bordereau", "facture"])
def test_trf_08_le_numero_fait_la_commande_et_une_seule(api, genre):
    livraison = livre(api, genre)
    assert commandes(api) == []
    imprimer(api, livraison)
    (commande,) = commandes(api)
    imprimer(api, livraison)
    assert commandes(api) == [commande]
    (ligne,) = commande["lignes"]
    attendu = {"article": "BAG", "quantite": "4", "prix": "0.8000", "quantite_restante": "4"}
    assert {nom: ligne[nom] for nom in attendu} == attendu
    assert ligne["back_order_de"] == livraison["lignes"][0]["id"]
    assert lire(api, commande)["back_order"]
    assert (commande["numero"], commande["client"], commande["totaux"]["htva"]) == (None, "NATIONAL", "3.20")
    assert dus(api) == [(commande["id"], "4")]
    transfere(api, "bordereau", commande)
    assert (etat(api, commande), dus(api)) == ("transfere", [])


def test_doc_22_l_impression_directe_aussi(api):
    document(api, "bordereau", baguettes("10", back_order="4"), impression_directe=True)
    assert [un["lignes"][0]["quantite"] for un in commandes(api)] == ["4"]


def test_trf_08_la_suivante_complete_la_commande_du_client(api):
    imprimer(api, livre(api))
    imprimer(api, livre(api, reste="2"))
    (commande,) = commandes(api)
    assert [(une["ordre"], une["quantite"]) for une in commande["lignes"]] == [(100, "4"), (200, "2")]
    assert commande["totaux"]["htva"] == "4.80"
    autre = document(api, "bordereau", baguettes("1", back_order="1"), client="HOTEL")
    imprimer(api, autre)
    imprimer(api, commande)  # numbered, it was told to the client: another begins
    imprimer(api, livre(api))
    assert [len(un["lignes"]) for un in commandes(api)] == [2, 1, 1]


def test_trf_08_en_unite_de_commande(api):
    carton = {"article": "BAG", "quantite_unite_commande": "2", "unite_commande": "CT6", "back_order": "18"}
    imprimer(api, document(api, "bordereau", carton))
    (ligne,) = commandes(api)[0]["lignes"]
    assert (ligne["quantite"], ligne["quantite_unite_commande"], ligne["unite_commande"]) == ("18", "3", "CT6")


@pytest.mark.parametrize("numerotee", [False, True])
def test_trf_08_annuler_la_livraison_reprend_ce_qui_est_intact(api, numerotee):
    livraison = imprimer(api, livre(api))
    (commande,) = commandes(api)
    if numerotee:
        imprimer(api, commande)
    assert supprimer(api, livraison).status_code == 204
    assert [un["etat"] for un in commandes(api)] == (["annule"] if numerotee else [])


def test_trf_08_des_autres_livraisons_rien_n_est_repris(api):
    premiere, seconde = imprimer(api, livre(api)), imprimer(api, livre(api, reste="2"))
    assert supprimer(api, premiere).status_code == 204
    (commande,) = commandes(api)
    assert [une["quantite"] for une in commande["lignes"]] == ["2"]
    assert commande["totaux"]["htva"] == "1.60"
    assert supprimer_ligne(api, seconde, 100).status_code == 200
    assert commandes(api) == []


def test_trf_08_ce_qui_est_deja_livre_reste_commande(api):
    livraison = imprimer(api, livre(api))
    (commande,) = commandes(api)
    transfere(api, "bordereau", part(commande, {"ordre": 100, "quantite": "1"}))
    assert supprimer(api, livraison).status_code == 204
    assert [une["quantite_restante"] for une in lire(api, commande)["lignes"]] == ["3"]


def test_eff_01_effacer_la_livraison_reprend_sa_commande(api):
    imprimer(api, livre(api))
    corps = {"type": "bordereau", "date_limite": "2025-12-31", "motif": "Essai", "modifiables": True}
    effacer(api, corps)
    assert (commandes(api), sql(api, "SELECT count(*) FROM documents")) == ([], [(0,)])


def test_trf_08_avant_le_numero_la_ligne_change_apres_c_est_la_commande(api):
    livraison = livre(api)
    assert modifier_ligne(api, livraison, 100, quantite="8").json()["lignes"][0]["back_order"] == "4"
    assert modifier_ligne(api, livraison, 100, back_order="5").json()["lignes"][0]["back_order"] == "5"
    assert modifier_ligne(api, livraison, 100, back_order="0").json()["lignes"][0]["back_order"] is None
    modifier_ligne(api, livraison, 100, back_order="3")
    imprimer(api, livraison)
    avant = contenu(api)
    assert erreurs(modifier_ligne(api, livraison, 100, back_order="2")) == (409, [("#/back_order", "back_order_cree")])
    ajout = api.post(f"/v1/documents/{livraison['id']}/lignes", json=baguettes("1", back_order="1"))
    assert erreurs(ajout) == (409, [("#/back_order", "back_order_cree")])
    assert contenu(api) == avant
    assert modifier_ligne(api, livraison, 100, memo="Bien cuite").status_code == 200


def test_trf_08_la_facture_du_bordereau_ne_le_refait_pas(api):
    bordereau = imprimer(api, livre(api))
    facture = imprimer(api, transfere(api, "facture", bordereau))
    assert facture["lignes"][0]["back_order"] is None
    assert len(commandes(api)) == 1


@pytest.mark.parametrize(
    ("genre", "ligne"),
    [
        *((un, baguettes("1", back_order="1")) for un in ("offre", "commande", "proforma", "retour", "note_credit")),
        ("bordereau", {"designation": "Transport", "prix": "1", "code_tva": "21", "back_order": "1"}),
        ("bordereau", {"designation": "Note", "back_order": "1"}),
    ],
)
def test_trf_08_la_ou_rien_ne_sort_rien_n_est_laisse(api, genre, ligne):
    avant = contenu(api)
    corps = {"type": genre, "client": "NATIONAL", "date": "2025-06-16", "lignes": [ligne]}
    assert erreurs(api.post("/v1/documents", json=corps)) == (422, [("#/lignes/0/back_order", "back_order_impossible")])
    assert contenu(api) == avant


def test_trf_08_un_numero_refuse_ne_laisse_pas_de_commande(api):
    imprimer(api, document(api, "facture", baguettes(), date="2025-06-20"))
    livraison = livre(api, "facture")
    avant = contenu(api)
    assert refus(api.post(f"/v1/documents/{livraison['id']}/impression")) == (409, "date_avant_derniere")
    assert contenu(api) == avant


def test_trf_08_la_base_n_en_laisse_pas_deux_a_une_ligne(api):
    imprimer(api, livre(api))
    (commande,) = commandes(api)
    creer(api, f"/v1/documents/{commande['id']}/lignes", baguettes("4"))
    with pytest.raises(Exception, match="uq_lignes_back_order_de"):
        sql(api, "UPDATE lignes SET back_order_de = (SELECT id FROM lignes WHERE back_order = 4) WHERE quantite = 4")


def test_trf_08_ce_qui_reste_du_est_reserve_au_stock_puis_rendu(api):
    """MVT-02: a back-order commande holds stock as any other; taken back, it holds none."""
    reserve = "SELECT coalesce(sum(quantite), 0) FROM mouvements WHERE compte = 'commande_client' AND article = 'BAG'"
    premiere, seconde = imprimer(api, livre(api)), imprimer(api, livre(api, reste="2"))
    assert sql(api, reserve) == [(6,)]
    supprimer(api, premiere)
    assert sql(api, reserve) == [(2,)]
    supprimer(api, seconde)
    assert sql(api, reserve) == [(0,)]
