"""What people do to the stock by hand, over HTTP: MVT-06, MVT-07, ART-15, DOC-17, SEC-04."""

import pytest
from tests.api.catalogue import changer, creer
from tests.api.documents import JOUR, baguettes, boulangerie, contenu, document
from tests.api.reponses import erreurs
from tests.api.stock import corriger, exiger_soldes, grand_livre, niveau


@pytest.fixture(autouse=True)
def _boulangerie(api):
    boulangerie(api)
    creer(api, "/v1/depots", {"code": "NORD", "libelle": "Dépôt nord"})
    creer(api, "/v1/articles", {"numero": "LIV", "designation": "Livraison", "unite": "PCE", "prix_vente": "5",
                                "code_tva_vente": "21", "gere_stock": False})  # fmt: skip
    yield
    exiger_soldes(api)


def lignes(*toutes):
    return [{"article": article, "quantite": quantite} for article, quantite in toutes]


def inventorier(api, *comptees, **autres):
    return creer(api, "/v1/stock/inventaires", {"lignes": lignes(*comptees)} | autres)


def par_depot(api, article="BAG"):
    depots = api.get(f"/v1/articles/{article}/stock").json()["depots"]
    return {un["depot"]: un["physique"] for un in depots if un["physique"] != "0"}


Operation = tuple[str, dict[str, str]]
CORRECTION: Operation = ("/v1/stock/corrections", {"motif": "Casse"})
INVENTAIRE: Operation = ("/v1/stock/inventaires", {})
TRANSFERT: Operation = ("/v1/stock/transferts", {"de": "PRINCIPAL", "vers": "NORD"})


@pytest.mark.parametrize("operation", [CORRECTION, INVENTAIRE, TRANSFERT], ids=lambda un: un[0].rsplit("/", 1)[1])
@pytest.mark.parametrize(
    ("toutes", "refus"),
    [
        ([("BAG", "1"), ("INCONNU", "1")], [("#/lignes/1/article", "reference_inconnue")]),
        ([("BAG", "1"), ("LIV", "1")], [("#/lignes/1/article", "stock_non_gere")]),
        ([("BAG", "1"), ("BAG", "2")], [("#/lignes/1/article", "article_en_double")]),
        (
            [("INCONNU", "1"), ("BAG", "1"), ("BAG", "1")],
            [("#/lignes/0/article", "reference_inconnue"), ("#/lignes/2/article", "article_en_double")],
        ),
        ([], [("#/lignes", "liste_trop_courte")]),
    ],
)
def test_mvt_06_chaque_ligne_fausse_est_nommee_et_rien_n_est_fait(api, operation, toutes, refus):
    chemin, corps = operation
    avant = contenu(api)
    assert erreurs(api.post(chemin, json=corps | {"lignes": lignes(*toutes)})) == (422, refus)
    assert (contenu(api), grand_livre(api)) == (avant, [])


@pytest.mark.parametrize(
    ("chemin", "corps", "attendue"),
    [
        ("corrections", {"motif": "x", "lignes": [{"article": "BAG", "quantite": "0"}]},
         ("#/lignes/0/quantite", "quantite_nulle")),
        ("corrections", {"motif": "x", "lignes": [{"article": "BAG", "quantite": "1", "depot": "SUD"}]},
         ("#/lignes/0/depot", "reference_inconnue")),
        ("corrections", {"lignes": [{"article": "BAG", "quantite": "1"}]}, ("#/motif", "champ_requis")),
        ("inventaires", {"depot": "SUD", "lignes": [{"article": "BAG", "quantite": "1"}]},
         ("#/depot", "reference_inconnue")),
        ("transferts", {"de": "SUD", "vers": "NORD", "lignes": [{"article": "BAG", "quantite": "1"}]},
         ("#/de", "reference_inconnue")),
        ("transferts", {"de": "NORD", "vers": "SUD", "lignes": [{"article": "BAG", "quantite": "1"}]},
         ("#/vers", "reference_inconnue")),
        ("transferts", {"de": "NORD", "vers": "NORD", "lignes": [{"article": "BAG", "quantite": "1"}]},
         ("#/vers", "depots_identiques")),
        ("transferts", {"de": "PRINCIPAL", "vers": "NORD", "lignes": [{"article": "BAG", "quantite": "0"}]},
         ("#/lignes/0/quantite", "zero_interdit")),
    ],
)  # fmt: skip
def test_mvt_06_chaque_refus_a_son_code_et_son_champ(api, chemin, corps, attendue):
    assert erreurs(api.post(f"/v1/stock/{chemin}", json=corps)) == (422, [attendue])
    assert grand_livre(api) == []


def test_mvt_06_une_correction_a_son_motif_sa_date_et_son_evenement(api):
    dit = corriger(api, ("BAG", "10"), ("VIN", "-2"), motif="Casse", date=JOUR)
    assert [(un["article"], un["quantite"], un["motif"], un["genre"]) for un in dit["mouvements"]] == [
        ("BAG", "10", "Casse", "definitif"),
        ("VIN", "-2", "Casse", "definitif"),
    ]
    assert grand_livre(api) == [(JOUR, "BAG", "physique", "10"), (JOUR, "VIN", "physique", "-2")]
    (evenement,) = api.get("/v1/evenements?ressource=correction").json()["data"]
    assert (evenement["action"], evenement["apres"]["motif"]) == ("creation", "Casse")


@pytest.mark.parametrize("operation", [CORRECTION, INVENTAIRE, TRANSFERT], ids=lambda un: un[0].rsplit("/", 1)[1])
def test_doc_17_une_simulation_dit_tout_et_ne_garde_rien(api, operation):
    corriger(api, ("BAG", "10"))
    chemin, corps = operation
    avant = contenu(api), grand_livre(api)
    reponse = api.post(f"{chemin}?simulation=true", json=corps | {"lignes": lignes(("BAG", "4"))})
    assert reponse.status_code == 201
    assert reponse.json()["mouvements"]
    assert (contenu(api), grand_livre(api)) == avant


def test_mvt_06_un_inventaire_corrige_ce_qui_differe(api):
    corriger(api, ("BAG", "10"), ("VIN", "7"))
    corriger(api, ("BAG", "3"), depot="NORD")
    dit = inventorier(api, ("BAG", "8"), ("VIN", "7"), ("TRU", "2.5"), motif="Fin d'année")
    assert [(une["article"], une["avant"], une["quantite"], une["difference"]) for une in dit["lignes"]] == [
        ("BAG", "10", "8", "-2"),
        ("VIN", "7", "7", "0"),
        ("TRU", "0", "2.5", "2.5"),
    ]
    assert (dit["depot"], dit["motif"]) == ("PRINCIPAL", "Fin d'année")
    assert [(un["article"], un["quantite"]) for un in dit["mouvements"]] == [("BAG", "-2"), ("TRU", "2.5")]
    assert par_depot(api) == {"NORD": "3", "PRINCIPAL": "8"}
    (evenement,) = api.get("/v1/evenements?ressource=inventaire").json()["data"]
    assert len(evenement["apres"]["lignes"]) == 3


def test_mvt_06_un_inventaire_egal_n_ecrit_rien_et_se_dit(api):
    dit = inventorier(api, ("BAG", "0"))
    assert (dit["mouvements"], dit["lignes"][0]["difference"], grand_livre(api)) == ([], "0", [])
    # Counted, it is kept in stock from now on: what is short is told (MVT-07).
    reponse = api.post("/v1/documents", json={"type": "bordereau", "client": "NATIONAL", "date": JOUR,
                                              "lignes": [baguettes("1")]})  # fmt: skip
    assert [un["code"] for un in reponse.json()["avertissements"]] == ["stock_insuffisant", "stock_negatif"]


def test_mvt_06_un_inventaire_d_hier_compare_au_stock_de_ce_jour_la(api):
    """What left later is no difference, and the correction stands on the day of the count."""
    corriger(api, ("BAG", "100"), date="2025-06-01")
    document(api, "bordereau", baguettes("12"))
    dit = inventorier(api, ("BAG", "97"), date="2025-06-10")
    assert (dit["lignes"][0]["avant"], dit["lignes"][0]["difference"]) == ("100", "-3")
    assert grand_livre(api, du="2025-06-10", au="2025-06-10") == [("2025-06-10", "BAG", "physique", "-3")]
    assert niveau(api)[0] == "85"
    assert inventorier(api, ("BAG", "85"), date=JOUR)["lignes"][0]["difference"] == "0"


def test_mvt_06_un_transfert_ne_change_pas_le_stock_de_la_societe(api):
    corriger(api, ("BAG", "10"), ("VIN", "5"))
    corps = {"de": "PRINCIPAL", "vers": "NORD", "date": JOUR, "lignes": lignes(("BAG", "4"), ("VIN", "5"))}
    dit = creer(api, "/v1/stock/transferts", corps)
    assert [(un["article"], un["depot"], un["quantite"]) for un in dit["mouvements"]] == [
        ("BAG", "PRINCIPAL", "-4"),
        ("BAG", "NORD", "4"),
        ("VIN", "PRINCIPAL", "-5"),
        ("VIN", "NORD", "5"),
    ]
    assert (par_depot(api), par_depot(api, "VIN")) == ({"NORD": "4", "PRINCIPAL": "6"}, {"NORD": "5"})
    assert niveau(api)[0] == "10"


def test_mvt_07_ce_qui_manque_est_nomme_ou_il_manque(api):
    corriger(api, ("BAG", "10"), ("VIN", "5"), date="2025-06-01")
    document(api, "bordereau", baguettes("8"))
    assert changer(api, "/v1/parametres", stock_negatif_interdit=True).status_code == 200
    avant = grand_livre(api)
    vers_nord = {"de": "PRINCIPAL", "vers": "NORD", "lignes": lignes(("VIN", "5"), ("BAG", "3"))}
    assert erreurs(api.post("/v1/stock/transferts", json=vers_nord)) == (
        409, [("#/lignes/1/quantite", "stock_negatif_interdit")]
    )  # fmt: skip
    # Two were there on the 10th, and eight left later.
    compte = {"date": "2025-06-10", "lignes": lignes(("VIN", "4"), ("BAG", "2"))}
    assert erreurs(api.post("/v1/stock/inventaires", json=compte)) == (
        409, [("#/lignes/1/quantite", "stock_negatif_interdit")]
    )  # fmt: skip
    assert grand_livre(api) == avant
