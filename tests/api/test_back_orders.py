"""Back-orders: listed, given up with a reason, taken back (TRF-08); the figures add up (TRF-10)."""

from decimal import Decimal

import pytest
from tests.api.catalogue import evenements
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
    requetes_sql,
    restes,
    sql,
    supprimer,
    supprimer_ligne,
    tente,
    transfere,
)
from tests.api.reponses import donnees, erreurs, refus


@pytest.fixture(autouse=True)
def _boulangerie(api):
    boulangerie(api)


def abandonne(api, *sources, motif="Plus demandé", **autres):
    corps = {"motif": motif, "sources": [{"document": une["id"]} if "id" in une else une for une in sources]}
    return api.post("/v1/back-orders/abandons", json=corps, **autres)


def fait(api, *sources):
    reponse = abandonne(api, *sources)
    assert reponse.status_code == 201, reponse.text
    return reponse.json()


def dus(api, **filtre):
    return [
        (une["document"], une["ordre"], une["ouverte"]) for une in donnees(api.get("/v1/back-orders", params=filtre))
    ]


def entamee(api, **en_tete):
    """A commande of 10 baguettes and 4 bottles of which 3 baguettes are delivered."""
    vin = {"article": "VIN", "quantite": "4", "date_livraison": "2025-06-20"}
    commande = document(api, "commande", baguettes("10"), vin, {"designation": "Sans sachet"}, **en_tete)
    transfere(api, "bordereau", part(commande, {"ordre": 100, "quantite": "3"}))
    return commande


def test_trf_08_ce_qui_reste_d_une_commande_entamee_est_du(api):
    document(api, "commande", baguettes("10"))  # nothing of it has gone: an order, no back-order
    commande = entamee(api)
    assert dus(api) == [(commande["id"], 100, "7"), (commande["id"], 200, "4")]
    premiere = donnees(api.get("/v1/back-orders"))[0]
    attendus = {
        "commandee": "10",
        "transferee": "3",
        "ouverte": "7",
        "abandonnee": "0",
        "article": "BAG",
        "client": "NATIONAL",
        "date_demandee": "2025-06-16",
        "type": "commande",
        "ouverte_unite_commande": None,
    }
    assert {nom: premiere[nom] for nom in attendus} == attendus
    transfere(api, "bordereau", commande)
    assert dus(api) == []


def test_trf_08_les_filtres(api):
    une, autre = entamee(api), entamee(api, client="HOTEL")
    assert dus(api, client="HOTEL", article="VIN") == [(autre["id"], 200, "4")]
    assert dus(api, du="2025-06-17") == [(une["id"], 200, "4"), (autre["id"], 200, "4")]
    assert dus(api, au="2025-06-16", client="NATIONAL") == [(une["id"], 100, "7")]
    assert [ordre for _, ordre, _ in dus(api, tri="-date")] == [200, 200, 100, 100]
    du_client = donnees(api.get("/v1/clients/HOTEL/back-orders", params={"article": "BAG"}))
    assert [(une["document"], une["ordre"]) for une in du_client] == [(autre["id"], 100)]
    assert refus(api.get("/v1/clients/PERSONNE/back-orders")) == (404, "ressource_absente")


def test_api_04_les_arrieres_page_par_page_en_autant_de_requetes(api):
    comptes: list[int] = []
    for nombre, attendues in ((1, 2), (6, 14)):
        for _ in range(nombre):
            entamee(api)
        with requetes_sql(api) as envoyees:
            assert len(donnees(api.get("/v1/back-orders?limite=200"))) == attendues
        comptes.append(len(envoyees))
    assert comptes[0] == comptes[1]
    vus: list[str] = []
    curseur = None
    while curseur is not None or not vus:
        page = api.get("/v1/back-orders", params={"limite": 3} | ({"curseur": curseur} if curseur else {})).json()
        vus += [une["ligne"] for une in page["data"]]
        curseur = page["curseur_suivant"]
    assert len(set(vus)) == len(vus) == 14


def test_trf_08_tout_abandonner_finit_la_commande(api):
    commande = entamee(api)
    abandon = fait(api, commande)
    assert [(une["ordre"], une["quantite"]) for une in abandon["lignes"]] == [(100, "7"), (200, "4")]
    assert (abandon["motif"], abandon["repris_le"]) == ("Plus demandé", None)
    assert (etat(api, commande), restes(api, commande), dus(api)) == ("transfere", ["0", "0", "0"], [])
    assert refus(tente(api, "bordereau", commande)) == (409, "etat_interdit")
    actions = [action for action, identifiant in evenements(api, "document") if identifiant == commande["id"]]
    assert actions[-1] == "abandon"
    assert evenements(api, "abandon") == [("creation", abandon["id"])]


def test_trf_10_commande_egale_transfere_plus_ouvert_plus_abandonne(api):
    commande = entamee(api)
    fait(api, part(commande, {"ordre": 100, "quantite": "2"}))
    transfere(api, "facture", part(commande, {"ordre": 100, "quantite": "4"}))
    ligne = lire(api, commande)["lignes"][0]
    chiffres = [ligne[nom] for nom in ("quantite", "quantite_transferee", "quantite_restante", "quantite_abandonnee")]
    assert chiffres == ["10", "7", "1", "2"]
    trop = tente(api, "bordereau", part(commande, {"ordre": 100, "quantite": "2"}))
    assert erreurs(trop) == (422, [("#/sources/0/lignes/0/quantite", "quantite_depassee")])
    transfere(api, "bordereau", commande)
    assert etat(api, commande) == "transfere"


def test_trf_08_en_unite_de_commande(api):
    carton = {"article": "BAG", "quantite_unite_commande": "20", "unite_commande": "CT6"}
    piece = {"article": "TRU", "quantite": "800", "quantite_unite_commande": "40", "unite_commande": "PC"}
    commande = document(api, "commande", carton, piece)
    lignes = [{"ordre": 100, "quantite_unite_commande": "5"}, {"ordre": 200, "quantite_unite_commande": "39"}]
    fait(api, part(commande, *lignes))
    lues = lire(api, commande)["lignes"]
    assert [(une["quantite_abandonnee"], une["quantite_unite_commande_restante"]) for une in lues] == [
        ("30", "15"),
        ("800", "1"),
    ]
    carton_du, piece_due = donnees(api.get("/v1/back-orders"))
    assert (carton_du["abandonnee_unite_commande"], carton_du["ouverte_unite_commande"]) == ("5", "15")
    assert (piece_due["abandonnee_unite_commande"], piece_due["ouverte_unite_commande"]) == ("39", "1")
    transfere(api, "bordereau", commande)
    assert etat(api, commande) == "transfere"


def test_trf_08_un_abandon_se_reprend(api):
    commande = entamee(api)
    avant = lire(api, commande)["lignes"]
    abandon = fait(api, commande)
    chemin = f"/v1/back-orders/abandons/{abandon['id']}"
    repris = api.post(f"{chemin}/reprise")
    assert (repris.status_code, repris.json()["repris_le"] is not None) == (200, True)
    assert (etat(api, commande), lire(api, commande)["lignes"]) == ("en_attente", avant)
    assert refus(api.post(f"{chemin}/reprise")) == (409, "abandon_repris")
    assert api.get(chemin).json() == repris.json()
    assert lire(api, commande)["lignes"] == avant
    assert refus(api.post(f"/v1/back-orders/abandons/{commande['id']}/reprise")) == (404, "document_absent")


def test_trf_08_d_une_commande_annulee_rien_ne_se_reprend(api):
    commande = imprimer(api, document(api, "commande", baguettes("10")))
    abandon = fait(api, part(commande, {"ordre": 100, "quantite": "2"}))
    assert supprimer(api, commande).status_code == 204
    assert refus(api.post(f"/v1/back-orders/abandons/{abandon['id']}/reprise")) == (409, "etat_interdit")


def test_trf_08_la_meme_demande_n_abandonne_pas_deux_fois(api):
    commande = entamee(api)
    choisie = part(commande, {"ordre": 100, "quantite": "2"})
    premiere, seconde = (abandonne(api, choisie, headers={"idempotency-key": "a1"}) for _ in range(2))
    assert premiere.json() == seconde.json()
    assert restes(api, commande)[0] == "5"
    fait(api, commande)
    assert refus(abandonne(api, commande)) == (409, "etat_interdit")


def test_trf_08_la_liste_des_abandons(api):
    une, autre = entamee(api), entamee(api, client="HOTEL")
    premiers, seconds = fait(api, part(une, {"ordre": 100, "quantite": "2"})), fait(api, une, autre)
    assert donnees(api.get("/v1/back-orders/abandons")) == [premiers, seconds]
    assert donnees(api.get("/v1/back-orders/abandons?client=HOTEL")) == [seconds]
    assert donnees(api.get(f"/v1/back-orders/abandons?document={une['id']}")) == [premiers, seconds]


def test_trf_08_ce_qui_est_abandonne_tient_sa_ligne(api):
    commande = document(api, "commande", baguettes("10"))
    fait(api, part(commande, {"ordre": 100, "quantite": "4"}))
    assert refus(supprimer_ligne(api, commande, 100)) == (409, "ligne_entamee")
    assert refus(modifier_ligne(api, commande, 100, quantite="3")) == (409, "quantite_deja_transferee")
    assert refus(modifier_ligne(api, commande, 100, article="VIN")) == (409, "ligne_entamee")
    assert modifier_ligne(api, commande, 100, quantite="4").json()["etat"] == "transfere"


def test_doc_21_a_transferer_ne_compte_pas_l_abandonne(api):
    commande = document(api, "commande", baguettes("10"))
    entiere = {"a_transferer": "true", "type": "commande"}
    fait(api, part(commande, {"ordre": 100, "quantite": "9"}))
    assert [un["id"] for un in donnees(api.get("/v1/documents", params=entiere))] == [commande["id"]]
    sql(api, "UPDATE lignes SET quantite_abandonnee = 10")
    assert donnees(api.get("/v1/documents", params=entiere)) == []


def test_trf_08_ce_qui_ne_s_abandonne_pas(api):
    commande, bordereau = entamee(api), document(api, "bordereau", baguettes("10"))
    avant = contenu(api)
    cas = [
        ((bordereau,), (409, [("#/sources/0/document", "sans_arrieres")])),
        ((commande, commande), (422, [("#/sources/1/document", "source_repetee")])),
        (
            (part(commande, {"ordre": 100, "quantite": "8"}),),
            (422, [("#/sources/0/lignes/0/quantite", "quantite_depassee")]),
        ),
        (
            (part(commande, {"ordre": 300, "quantite": "1"}),),
            (422, [("#/sources/0/lignes/0/quantite", "ligne_sans_quantite")]),
        ),
        ((part(commande, {"ordre": 300}),), (422, [("#/sources/0", "rien_a_transferer")])),
        ((part(commande, {"ordre": 150}),), (422, [("#/sources/0/lignes/0/ordre", "ligne_inconnue")])),
    ]
    for sources, attendu in cas:
        assert erreurs(abandonne(api, *sources)) == attendu
    assert erreurs(abandonne(api, commande, motif="")) == (422, [("#/motif", "texte_trop_court")])
    inconnu = {"document": "0199a3d2-7c51-7f0e-9a61-3b1f0c6d2e85"}
    assert erreurs(abandonne(api, inconnu)) == (404, [("#/sources/0/document", "document_absent")])
    assert contenu(api) == avant


@pytest.mark.parametrize("valeur", ["11", "-1"])
def test_trf_08_la_base_ne_laisse_pas_abandonner_plus_que_commande(api, valeur):
    document(api, "commande", baguettes("10"))
    with pytest.raises(Exception, match="ck_lignes_abandonnee"):
        sql(api, "UPDATE lignes SET quantite_abandonnee = :valeur", valeur=Decimal(valeur))
