"""Reading the stock, over HTTP: ART-15, ART-16, MVT-03, MVT-05, API-04."""

from datetime import date

import pytest
from tests.api.catalogue import changer, creer
from tests.api.documents import JOUR, baguettes, boulangerie, document, part, requetes_sql, transfere
from tests.api.reponses import donnees, erreurs
from tests.api.stock import corriger, exiger_soldes


@pytest.fixture(autouse=True)
def _boulangerie(api):
    boulangerie(api)
    creer(api, "/v1/depots", {"code": "NORD", "libelle": "Dépôt nord"})
    yield
    exiger_soldes(api)


def chez(api, *numeros):
    for numero in numeros:
        creer(api, "/v1/fournisseurs", {"numero": numero, "nom": f"Fournisseur {numero}"})


def test_art_15_l_ecran_de_stock_d_un_article(api):
    creer(api, "/v1/emplacements", {"code": "A1", "libelle": "Allée 1"})
    assert changer(api, "/v1/articles/BAG", emplacement_principal="A1", stock_minimum="50",
                   codes_barres=["5400000000010"]).status_code == 200  # fmt: skip
    assert changer(api, "/v1/articles/BAG/unites/CT6", code_barres="5400000000027").status_code == 200
    corriger(api, ("BAG", "30"))
    corriger(api, ("BAG", "5"), depot="NORD")
    document(api, "commande", baguettes("12"))
    dit = api.get("/v1/articles/BAG/stock").json()
    assert dit == {
        "article": "BAG", "unite": "PCE", "stock_minimum": "50", "emplacement_principal": "A1",
        "codes_barres": [{"code": "5400000000010", "unite": None}, {"code": "5400000000027", "unite": "CT6"}],
        "physique": "35", "commande_client": "12", "commande_fournisseur": "0", "disponible": "23",
        "depots": [
            {"depot": "NORD", "physique": "5", "commande_client": "0", "commande_fournisseur": "0", "disponible": "5"},
            {"depot": "PRINCIPAL", "physique": "30", "commande_client": "12", "commande_fournisseur": "0",
             "disponible": "18"},
        ],
        "pamp": None, "dernier_prix": None, "valeur_pamp": "0.00", "valeur_dernier_prix": "0.00",
    }  # fmt: skip
    assert api.get("/v1/articles/INCONNU/stock").json()["code"] == "ressource_absente"


def test_art_16_sous_le_minimum_avec_ce_qu_il_faut_commander(api):
    chez(api, "MOULIN", "GROS")
    assert changer(api, "/v1/articles/BAG", stock_minimum="50", fournisseur_habituel="MOULIN").status_code == 200
    assert changer(api, "/v1/articles/VIN", stock_minimum="10", fournisseur_habituel="GROS").status_code == 200
    assert changer(api, "/v1/articles/TRU", stock_minimum="2").status_code == 200
    creer(api, "/v1/articles/BAG/fournisseurs", {"fournisseur": "GROS", "prix_achat": "0.4000",
                                                 "quantite_suggeree": "100"})  # fmt: skip
    creer(api, "/v1/articles/BAG/fournisseurs", {"fournisseur": "MOULIN", "unite_achat": "CT6",
                                                 "numero_article_fournisseur": "B-1", "remise": "5.00"})  # fmt: skip
    # There are enough of these, until what clients wait for has gone.
    assert changer(api, "/v1/articles/DON", stock_minimum="5").status_code == 200
    corriger(api, ("BAG", "40"), ("TRU", "2"), ("DON", "5"))
    document(api, "commande", baguettes("12"), {"article": "DON", "quantite": "1"})
    trouves = donnees(api.get("/v1/stock/sous-minimum"))
    assert [(un["article"], un["attendu"], un["manque"]) for un in trouves] == [
        ("BAG", "28", "22"),
        ("DON", "4", "1"),
        ("VIN", "0", "10"),
    ]
    dits = [
        [(une["fournisseur"], une["habituel"], une["unite_achat"], une["quantite"], une["quantite_base"])
         for une in un["propositions"]] for un in trouves
    ]  # fmt: skip
    assert dits == [
        [("MOULIN", True, "CT6", "4", "24"), ("GROS", False, None, "100", "100")],
        [],
        [("GROS", True, None, "10", "10")],
    ]
    assert trouves[0]["propositions"][0]["numero_article_fournisseur"] == "B-1"
    (seul,) = donnees(api.get("/v1/stock/sous-minimum?fournisseur=MOULIN"))
    assert [une["fournisseur"] for une in seul["propositions"]] == ["MOULIN"]
    assert donnees(api.get("/v1/stock/sous-minimum?famille=PAINS")) == []


def test_art_16_ce_qui_n_est_pas_tenu_ou_plus_vendu_n_y_est_pas(api):
    assert changer(api, "/v1/articles/VIN", stock_minimum="10", actif=False).status_code == 200
    assert changer(api, "/v1/articles/TRU", stock_minimum="10", gere_stock=False).status_code == 200
    assert donnees(api.get("/v1/stock/sous-minimum")) == []


def test_art_16_une_page_suit_l_autre_en_un_nombre_constant_de_requetes(api):
    for rang in range(12):
        creer(api, "/v1/articles", {"numero": f"M{rang:02}", "designation": "x", "unite": "PCE", "prix_vente": "1",
                                    "code_tva_vente": "6", "stock_minimum": "5"})  # fmt: skip
    assert len(donnees(api.get("/v1/stock/sous-minimum"))) == 12
    with requetes_sql(api) as deux:
        page = api.get("/v1/stock/sous-minimum?limite=2").json()
    with requetes_sql(api) as dix:
        suite = api.get("/v1/stock/sous-minimum", params={"limite": "10", "curseur": page["curseur_suivant"]}).json()
    assert [un["article"] for un in page["data"] + suite["data"]] == [f"M{rang:02}" for rang in range(12)]
    assert (len(deux), suite["curseur_suivant"]) == (len(dix), None)


@pytest.fixture
def mouvements(api):
    """Goods counted, ordered by two clients, and partly delivered."""
    corriger(api, ("BAG", "100"), ("VIN", "10"), date="2025-06-01")
    corriger(api, ("BAG", "20"), depot="NORD", date="2025-06-02")
    commande = document(api, "commande", baguettes("20"))
    transfere(api, "bordereau", part(commande, {"ordre": 100, "quantite": "12"}))
    document(api, "commande", baguettes("7"), {"article": "VIN", "quantite": "2"}, client="HOTEL")
    return commande


@pytest.mark.parametrize(
    ("filtre", "nombre"),
    [
        ({}, 8),
        ({"article": "VIN"}, 2),
        ({"depot": "NORD"}, 1),
        ({"client": "HOTEL"}, 2),
        ({"compte": "physique"}, 4),
        ({"genre": "definitif"}, 3),
        ({"genre": "client", "compte": "physique"}, 1),
        ({"du": "2025-06-02", "au": "2025-06-02"}, 1),
        ({"fournisseur": "F1"}, 0),
    ],
)
def test_mvt_03_les_mouvements_par_filtre(api, mouvements, filtre, nombre):
    assert mouvements
    assert len(donnees(api.get("/v1/mouvements", params=filtre))) == nombre


def test_mvt_03_les_mouvements_d_un_document(api, mouvements):
    trouves = donnees(api.get("/v1/mouvements", params={"document": mouvements["id"]}))
    assert [(un["compte"], un["quantite"]) for un in trouves] == [("commande_client", "20"), ("commande_client", "-12")]
    assert api.get("/v1/mouvements?document=rien").status_code == 422


def resume(api, **filtre):
    return [
        (une["cle"], une["article"], une["mouvements"]["definitif"], une["mouvements"]["client"],
         une["mouvements"]["total"], une["en_commande"]["client"])
        for une in donnees(api.get("/v1/stock/resume", params=filtre))
    ]  # fmt: skip


def test_mvt_03_le_resume_distingue_ce_qui_bouge_de_ce_qui_est_commande(api, mouvements):
    assert mouvements
    assert resume(api) == [("BAG", "BAG", "120", "-12", "108", "15"), ("VIN", "VIN", "10", "0", "10", "2")]
    assert resume(api, par="client") == [
        ("HOTEL", "BAG", "0", "0", "0", "7"),
        ("HOTEL", "VIN", "0", "0", "0", "2"),
        ("NATIONAL", "BAG", "0", "-12", "-12", "8"),
    ]
    assert resume(api, par="depot", article="BAG") == [
        ("NORD", "BAG", "20", "0", "20", "0"),
        ("PRINCIPAL", "BAG", "100", "-12", "88", "15"),
    ]
    assert resume(api, par="fournisseur") == []
    assert resume(api, au="2025-06-01") == [
        ("BAG", "BAG", "100", "0", "100", "0"),
        ("VIN", "VIN", "10", "0", "10", "0"),
    ]
    page = api.get("/v1/stock/resume?par=client&limite=2").json()
    suite = api.get("/v1/stock/resume", params={"par": "client", "curseur": page["curseur_suivant"]}).json()
    assert [une["cle"] for une in suite["data"]] == ["NATIONAL"]


def stock(api, **filtre):
    return [
        (un["article"], un["depot"], un["physique"], un["disponible"])
        for un in donnees(api.get("/v1/stock", params=filtre))
    ]


def test_mvt_03_la_liste_des_stocks(api, mouvements):
    assert mouvements
    assert stock(api) == [
        ("BAG", "NORD", "20", "20"),
        ("BAG", "PRINCIPAL", "88", "73"),
        ("VIN", "PRINCIPAL", "10", "8"),
    ]
    assert stock(api, depot="NORD") == [("BAG", "NORD", "20", "20")]
    assert stock(api, article="VIN", depot="NORD") == []
    creer(api, "/v1/familles", {"code": "VINS", "libelle": "Vins"})
    assert changer(api, "/v1/articles/VIN", famille="VINS").status_code == 200
    assert stock(api, famille="VINS") == [("VIN", "PRINCIPAL", "10", "8")]
    page = api.get("/v1/stock?limite=1").json()
    assert stock(api, curseur=page["curseur_suivant"])[0][:2] == ("BAG", "PRINCIPAL")
    assert erreurs(api.get("/v1/stock?curseur=rien"))[0] == 422


def test_mvt_05_le_stock_a_une_date(api, mouvements):
    assert mouvements
    assert stock(api, date="2025-05-31", non_nul="true") == []
    assert stock(api, date="2025-06-01", non_nul="true") == [
        ("BAG", "PRINCIPAL", "100", None),
        ("VIN", "PRINCIPAL", "10", None),
    ]
    assert stock(api, date="2025-06-02", article="BAG") == [
        ("BAG", "NORD", "20", None),
        ("BAG", "PRINCIPAL", "100", None),
    ]
    assert stock(api, date=JOUR, article="BAG")[1] == ("BAG", "PRINCIPAL", "88", None)
    assert stock(api, date=str(date(2999, 12, 31)), article="BAG", non_nul="true")[1][2] == "88"


def test_mvt_03_les_commandes_ouvertes_d_un_article(api, mouvements):
    def ouvertes(article="BAG", **page):
        return api.get(f"/v1/articles/{article}/commandes-ouvertes", params=page).json()

    dites = [(un["client"], un["type"], un["date"], un["quantite_restante"]) for un in ouvertes()["data"]]
    assert dites == [("NATIONAL", "commande", JOUR, "8"), ("HOTEL", "commande", JOUR, "7")]
    assert ouvertes()["data"][0]["document"] == mouvements["id"]
    page = ouvertes(limite="1")
    assert [un["client"] for un in ouvertes(curseur=page["curseur_suivant"])["data"]] == ["HOTEL"]
    transfere(api, "bordereau", mouvements)
    assert [un["client"] for un in ouvertes()["data"]] == ["HOTEL"]
    assert ouvertes("TRU")["data"] == []
    assert ouvertes("INCONNU")["code"] == "ressource_absente"


def test_art_16_ce_que_les_fournisseurs_doivent_compte(api):
    """Below its minimum until it is ordered; received, it is there at its price (CAL-12, FOU-02)."""
    chez(api, "MOULIN")
    assert changer(api, "/v1/articles/BAG", stock_minimum="50", fournisseur_habituel="MOULIN").status_code == 200
    (manque,) = donnees(api.get("/v1/stock/sous-minimum"))
    (proposition,) = manque["propositions"]
    achat = {"type": "commande_fournisseur", "fournisseur": "MOULIN", "date": JOUR,
             "lignes": [baguettes(proposition["quantite"], prix="0.3000")]}  # fmt: skip
    commande = creer(api, "/v1/documents", achat)
    assert donnees(api.get("/v1/stock/sous-minimum")) == []
    (ouverte,) = donnees(api.get("/v1/articles/BAG/commandes-ouvertes"))
    dite = [ouverte[champ] for champ in ("document", "compte", "fournisseur", "client", "quantite_restante")]
    assert dite == [commande["id"], "commande_fournisseur", "MOULIN", None, "50"]
    transfere(api, "reception", commande)
    assert donnees(api.get("/v1/articles/BAG/commandes-ouvertes")) == []
    dit = api.get("/v1/articles/BAG/stock").json()
    assert (dit["physique"], dit["commande_fournisseur"], dit["pamp"], dit["valeur_pamp"]) == (
        "50", "0", "0.3000", "15.00",
    )  # fmt: skip
    (resume,) = donnees(api.get("/v1/stock/resume?par=fournisseur"))
    assert (resume["cle"], resume["mouvements"]["fournisseur"], resume["en_commande"]["fournisseur"]) == (
        "MOULIN", "50", "0",
    )  # fmt: skip
