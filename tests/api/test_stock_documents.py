"""What documents do to the stock, over HTTP: MVT-01, MVT-02, MVT-07, TRF-05, ART-06, ART-11, ART-15, DOC-17."""

import pytest
from tests.api.catalogue import changer, creer
from tests.api.documents import (
    JOUR,
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
    supprimer,
    supprimer_ligne,
    transfere,
)
from tests.api.reponses import erreurs
from tests.api.stock import corriger, exiger_soldes, grand_livre, niveau
from tests.api.travaux import effacer


@pytest.fixture(autouse=True)
def _boulangerie(api):
    boulangerie(api)
    yield
    exiger_soldes(api)


def test_mvt_01_une_commande_reserve_et_rien_ne_bouge(api):
    document(api, "commande", baguettes("12"))
    assert niveau(api) == ("0", "12", "-12")
    assert grand_livre(api) == [(JOUR, "BAG", "commande_client", "12")]


@pytest.mark.parametrize("genre", ["offre_type", "offre"])
def test_mvt_01_une_offre_ne_fait_rien(api, genre):
    document(api, genre, baguettes("12"))
    assert (niveau(api), grand_livre(api)) == (("0", "0", "0"), [])


@pytest.mark.parametrize(("genre", "physique"), [("bordereau", "-12"), ("facture", "-12"), ("retour", "12")])
def test_mvt_02_des_biens_bougent(api, genre, physique):
    document(api, genre, baguettes("12"))
    assert niveau(api) == (physique, "0", physique)


def test_trf_05_la_chaine_entiere_ne_deplace_les_biens_qu_une_fois(api):
    corriger(api, ("BAG", "100"), date="2025-06-01")
    commande = document(api, "commande", baguettes("20"))
    assert niveau(api) == ("100", "20", "80")
    bordereau = transfere(api, "bordereau", part(commande, {"ordre": 100, "quantite": "12"}))
    assert niveau(api) == ("88", "8", "80")
    facture = transfere(api, {"type": "facture", "date": "2025-06-30"}, bordereau)
    assert niveau(api) == ("88", "8", "80")
    # What the facture takes over moved on the day of the bordereau.
    assert grand_livre(api, compte="physique") == [
        ("2025-06-01", "BAG", "physique", "100"),
        (JOUR, "BAG", "physique", "-12"),
        (JOUR, "BAG", "physique", "12"),
        (JOUR, "BAG", "physique", "-12"),
    ]
    assert supprimer(api, facture).status_code == 204
    assert niveau(api) == ("88", "8", "80")
    assert supprimer(api, bordereau).status_code == 204
    assert niveau(api) == ("100", "20", "80")
    assert supprimer(api, commande).status_code == 204
    assert niveau(api) == ("100", "0", "100")


def test_doc_09_annuler_rend_les_biens(api):
    bordereau = imprimer(api, document(api, "bordereau", baguettes("12")))
    assert supprimer(api, bordereau).status_code == 204
    assert lire(api, bordereau)["etat"] == "annule"
    assert niveau(api) == ("0", "0", "0")


def test_mvt_01_un_changement_ajoute_des_differences(api):
    commande = document(api, "commande", baguettes("12"), baguettes("3"))
    assert modifier_ligne(api, commande, 100, quantite="10").status_code == 200
    assert grand_livre(api) == [
        (JOUR, "BAG", "commande_client", "12"),
        (JOUR, "BAG", "commande_client", "3"),
        (JOUR, "BAG", "commande_client", "-2"),
    ]
    assert supprimer_ligne(api, commande, 200).status_code == 200
    assert modifier(api, commande, remarque_interne="rien de tout cela").status_code == 200
    assert niveau(api) == ("0", "10", "-10")
    assert len(grand_livre(api)) == 4


def test_mvt_01_autre_depot_autre_date_autre_article(api):
    creer(api, "/v1/depots", {"code": "NORD", "libelle": "Dépôt nord"})
    bordereau = document(api, "bordereau", baguettes("12"))
    assert modifier(api, bordereau, depot="NORD", date="2025-06-20").status_code == 200
    depots = {un["depot"]: un["physique"] for un in api.get("/v1/articles/BAG/stock").json()["depots"]}
    assert depots == {"NORD": "-12", "PRINCIPAL": "0"}
    assert [un[0] for un in grand_livre(api)] == [JOUR, JOUR, "2025-06-20"]
    assert modifier_ligne(api, bordereau, 100, article="VIN").status_code == 200
    assert (niveau(api), niveau(api, "VIN")) == (("0", "0", "0"), ("-12", "0", "-12"))
    # A header without dépôt leaves the goods where they are; a new line's are in the société's.
    sans = modifier(api, bordereau, depot=None).json()
    assert (sans["depot"], sans["lignes"][0]["depot"]) == (None, "NORD")
    assert document(api, "bordereau", baguettes(), depot=None)["lignes"][0]["depot"] == "PRINCIPAL"


def test_doc_11_une_ligne_qui_ne_met_pas_le_stock_a_jour(api):
    document(api, "bordereau", baguettes("12", mise_a_jour_stock=False))
    assert grand_livre(api) == []


def test_art_15_un_service_n_a_pas_de_stock(api):
    creer(api, "/v1/articles", {"numero": "LIV", "designation": "Livraison", "unite": "PCE", "prix_vente": "5",
                                "code_tva_vente": "21", "gere_stock": False})  # fmt: skip
    document(api, "bordereau", {"article": "LIV", "quantite": "1"})
    assert grand_livre(api) == []
    correction = {"motif": "Inventaire", "lignes": [{"article": "LIV", "quantite": "1"}]}
    assert erreurs(api.post("/v1/stock/corrections", json=correction)) == (
        422, [("#/lignes/0/article", "stock_non_gere")]
    )  # fmt: skip


def assembler(api):
    """A sandwich of half a baguette and 80 g of salmon paste, itself of salmon and butter, which nobody counts."""
    for numero, unite in (("SAND", "PCE"), ("PATE", "KG"), ("BEU", "KG")):
        creer(api, "/v1/articles", {"numero": numero, "designation": numero, "unite": unite, "prix_vente": "1",
                                    "code_tva_vente": "6", "assemble": numero != "BEU", "gere_stock": numero != "BEU",
                                    "mouvement_composants": numero != "BEU"})  # fmt: skip
    for article, composant, quantite in (
        ("SAND", "BAG", "0.5"), ("SAND", "PATE", "0.08"), ("PATE", "TRU", "0.6"), ("PATE", "BEU", "0.4")
    ):  # fmt: skip
        creer(api, f"/v1/articles/{article}/composants", {"composant": composant, "quantite": quantite})


def test_art_11_un_assemblage_deplace_ses_composants(api):
    assembler(api)
    commande = document(api, "commande", {"article": "SAND", "quantite": "10"})
    assert [niveau(api, un)[1] for un in ("SAND", "PATE", "BEU", "BAG", "TRU")] == ["0", "0", "0", "5", "0.48"]
    # What was ordered moves what it was made of then.
    assert changer(api, "/v1/articles/SAND", mouvement_composants=False).status_code == 200
    transfere(api, "bordereau", commande)
    assert [niveau(api, un)[:2] for un in ("SAND", "BAG", "TRU")] == [("0", "0"), ("-5", "0"), ("-0.48", "0")]
    document(api, "bordereau", {"article": "SAND", "quantite": "1"})
    assert niveau(api, "SAND") == ("-1", "0", "-1")


def test_trf_08_abandonner_le_reste_ne_promet_plus_rien(api):
    commande = document(api, "commande", baguettes("12"))
    transfere(api, "bordereau", part(commande, {"ordre": 100, "quantite": "5"}))
    assert niveau(api) == ("-5", "7", "-12")
    abandon = creer(
        api, "/v1/back-orders/abandons", {"motif": "Plus demandé", "sources": [{"document": commande["id"]}]}
    )
    assert niveau(api) == ("-5", "0", "-5")
    assert api.post(f"/v1/back-orders/abandons/{abandon['id']}/reprise").status_code == 200
    assert niveau(api) == ("-5", "7", "-12")


def test_eff_01_effacer_rend_les_biens(api):
    commande = document(api, "commande", baguettes("12"))
    transfere(api, "bordereau", commande)
    effacement = {
        "type": "bordereau",
        "date_limite": JOUR,
        "motif": "Essai",
        "non_numerotes": True,
        "simulation": False,
    }
    effacer(api, effacement)
    assert niveau(api) == ("0", "12", "-12")


def test_trf_09_credits_et_stock(api):
    """A price correction moves nothing, goods that came back do, and what is billed again never moved twice."""
    bordereau = document(api, "bordereau", baguettes("12"))
    facture = imprimer(api, transfere(api, {"type": "facture", "date": "2025-06-30"}, bordereau))
    transfere(api, {"type": "note_credit", "date": "2025-06-30"}, part(facture, {"ordre": 100, "quantite": "2"}))
    assert niveau(api)[0] == "-12"
    retour = transfere(api, "retour", part(bordereau, {"ordre": 100, "quantite": "3"}))
    assert niveau(api)[0] == "-9"
    transfere(api, {"type": "note_credit", "date": "2025-06-30"}, retour)
    assert niveau(api)[0] == "-9"
    reprise = {"type": "note_credit", "date": "2025-06-30"}
    note = transfere(api, reprise, part(facture, {"ordre": 100, "quantite": "4"}), refacturer=True)
    assert niveau(api)[0] == "-9"
    # On every day that has passed, too: all goods left on the day of the bordereau, and three came back.
    jours = {jour for jour, _, _, _ in grand_livre(api, compte="physique")}
    assert jours == {JOUR}
    assert supprimer(api, note).status_code == 204
    assert niveau(api)[0] == "-9"


def avis(reponse):
    return [(un["code"], un["pointeur"]) for un in reponse.json()["avertissements"]]


def test_art_06_plus_que_le_disponible_propose_le_substitut(api):
    assert changer(api, "/v1/articles/BAG", substitut="VIN").status_code == 200
    corriger(api, ("BAG", "10"), ("VIN", "7"))
    un = api.post("/v1/documents", json=corps("commande", baguettes("8")))
    assert avis(un) == []
    deux = api.post("/v1/documents", json=corps("commande", {"designation": "Bonjour"}, baguettes("3")))
    assert avis(deux) == [("stock_insuffisant", "#/lignes/1/quantite")]
    (dit,) = deux.json()["avertissements"]
    assert dit["detail"] == (
        "Ligne 200 : 2 de BAG disponible au dépôt PRINCIPAL ; article de substitution : VIN, disponible : 7."
    )
    # Less is asked for: nothing to say.
    assert avis(modifier_ligne(api, deux.json(), 200, quantite="1")) == []


def test_mvt_07_le_stock_negatif_est_permis_et_dit(api):
    corriger(api, ("BAG", "10"))
    reponse = api.post("/v1/documents", json=corps("bordereau", baguettes("12")))
    assert reponse.status_code == 201
    assert avis(reponse) == [("stock_insuffisant", "#/lignes/0/quantite"), ("stock_negatif", "#/lignes/0/quantite")]
    assert niveau(api) == ("-2", "0", "-2")


def test_mvt_07_rien_n_est_dit_d_un_stock_que_personne_ne_tient(api):
    assert avis(api.post("/v1/documents", json=corps("bordereau", baguettes("12")))) == []


def test_mvt_07_le_stock_negatif_interdit(api):
    corriger(api, ("BAG", "10"))
    assert changer(api, "/v1/parametres", stock_negatif_interdit=True).status_code == 200
    avant = contenu(api), niveau(api)
    refus = api.post("/v1/documents", json=corps("bordereau", {"designation": "Bonjour"}, baguettes("11")))
    assert erreurs(refus) == (409, [("#/lignes/1/quantite", "stock_negatif_interdit")])
    assert (contenu(api), niveau(api)) == avant
    assert document(api, "bordereau", baguettes("10"))
    assert niveau(api) == ("0", "0", "0")
    # A commande promises; only goods that leave are refused.
    commande = document(api, "commande", baguettes("1"))
    refus = api.post("/v1/transferts", json={"cible": {"type": "facture", "date": JOUR},
                                             "sources": [{"document": commande["id"]}]})  # fmt: skip
    assert erreurs(refus) == (409, [("#/sources", "stock_negatif_interdit")])
    correction = {
        "motif": "Casse",
        "lignes": [{"article": "VIN", "quantite": "1"}, {"article": "BAG", "quantite": "-1"}],
    }
    assert erreurs(api.post("/v1/stock/corrections", json=correction)) == (
        409, [("#/lignes/1/quantite", "stock_negatif_interdit")]
    )  # fmt: skip
    assert niveau(api, "VIN") == ("0", "0", "0")


def test_doc_17_une_simulation_dit_le_stock_et_ne_le_change_pas(api):
    corriger(api, ("BAG", "10"))
    envoi = corps("commande", baguettes("4"))
    simulee = api.post("/v1/documents?simulation=true&inclure=stock", json=envoi)
    assert simulee.json()["stock"] == [
        {"article": "BAG", "depot": "PRINCIPAL", "physique": "10", "commande_client": "4", "commande_fournisseur": "0",
         "disponible": "6"}
    ]  # fmt: skip
    assert niveau(api) == ("10", "0", "10")
    assert api.post("/v1/documents", json=envoi).json()["stock"] is None
