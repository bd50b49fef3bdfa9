"""Documents made in one request: header, lines of every kind, defaults (DOC-07, DOC-10 to DOC-13)."""

import pytest
from tests.api.catalogue import champ_refuse, changer, creer, evenements
from tests.api.documents import JOUR, baguettes, boulangerie, corps, document, lire, requetes_sql
from tests.api.reponses import erreurs


@pytest.fixture(autouse=True)
def _boulangerie(api):
    boulangerie(api)


def test_doc_13_cree_et_lu_en_une_requete(api):
    reponse = api.post("/v1/documents", json=corps("commande", baguettes(), {"designation": "Avant 6 h"}))
    cree = reponse.json()
    assert (reponse.status_code, reponse.headers["location"]) == (201, f"/v1/documents/{cree['id']}")
    lu = api.get(reponse.headers["location"])
    assert lu.headers["etag"] == reponse.headers["etag"] == '"1"'
    assert lu.json() == cree
    assert evenements(api, "document") == [("creation", cree["id"])]


def test_doc_13_garde_tout_texte_comme_il_est_ecrit(api):
    """Rows go in as JSON: quotes, escapes and what looks like either come out as they went in, also in the journal."""
    etrange = 'Pain « d\'été » "42" \\ \\u0041 {a,b} [null] %s $1 Łódź 🥐 \\'
    ligne = {"designation": etrange, "memo": "null", "quantite": "999999999.999999", "prix": "0.0001", "code_tva": "6"}
    cree = document(api, "commande", ligne, remarque_interne=etrange, textes={"debut": etrange, "fin": "[]"})
    lu = lire(api, cree)
    assert (lu["remarque_interne"], lu["textes"]["debut"], lu["textes"]["fin"]) == (etrange, etrange, "[]")
    champs = ("designation", "memo", "quantite", "prix")
    assert [lu["lignes"][0][nom] for nom in champs] == [etrange, "null", "999999999.999999", "0.0001"]
    (evenement,) = api.get("/v1/evenements", params={"identifiant": cree["id"]}).json()["data"]
    assert evenement["apres"]["lignes"][0]["designation"] == etrange


def test_doc_02_un_nouveau_document_n_a_pas_de_numero(api):
    cree = document(api, "facture", baguettes())
    assert [cree[nom] for nom in ("numero", "numero_affiche", "exercice", "communication")] == [None] * 4
    assert (cree["etat"], cree["modifiable"], cree["version"]) == ("en_attente", True, 1)


@pytest.mark.parametrize(
    ("ligne", "attendu"),
    [
        ({"article": "BAG", "quantite": "120"}, ("article", "120", None, None, "base", "0.8500", "6", "102.00")),
        (
            {"article": "BAG", "quantite_unite_commande": "20", "unite_commande": "CT6"},
            ("article", "120", "20", "CT6", "commande", "0.8500", "6", "102.00"),
        ),
        (
            {"article": "BAG", "quantite": "120", "unite_commande": "CT6"},
            ("article", "120", "20", "CT6", "base", "0.8500", "6", "102.00"),
        ),
        (
            {"article": "TRU", "quantite": "110", "quantite_unite_commande": "5", "unite_commande": "PC"},
            ("article", "110", "5", "PC", "les_deux", "21.0000", "6", "2310.00"),
        ),
        (
            {"article": "BAG", "quantite": "0"},
            ("article", "0", None, None, "base", "0.8500", "6", "0.00"),
        ),
        (
            {"designation": "Transport", "quantite": "1", "prix": "15.0000", "code_tva": "21"},
            ("libre", "1", None, None, "base", "15.0000", "21", "15.00"),
        ),
        (
            {"designation": "Avoir", "quantite": "-2", "prix": "1.5", "code_tva": "6"},
            ("libre", "-2", None, None, "base", "1.5000", "6", "-3.00"),
        ),
        (
            {"designation": "Forfait", "prix": "4", "code_tva": "6"},
            ("libre", "1", None, None, "base", "4.0000", "6", "4.00"),
        ),
        ({"designation": "Compté", "quantite": "3"}, ("libre", "3", None, None, "base", "0.0000", None, "0.00")),
        ({"designation": "Zéro", "quantite": "0"}, ("libre", "0", None, None, "base", "0.0000", None, "0.00")),
        ({"designation": "Taxé", "code_tva": "6"}, ("libre", None, None, None, None, None, "6", "0.00")),
        ({"designation": "Avant 6 h"}, ("commentaire", None, None, None, None, None, None, "0.00")),
    ],
)
def test_doc_12_les_genres_de_lignes(api, ligne, attendu):
    (faite,) = document(api, "commande", ligne)["lignes"]
    champs = ("genre", "quantite", "quantite_unite_commande", "unite_commande", "saisie", "prix", "code_tva")
    assert (*(faite[nom] for nom in champs), faite["montant_htva"]) == attendu


def test_doc_11_ce_que_la_ligne_prend_de_l_article(api):
    (ligne,) = document(api, "commande", {"article": "TRU", "quantite": "2"})["lignes"]
    assert (ligne["designation"], ligne["memo"], ligne["unite"]) == ("Saumon", "Pêché en mer", "KG")
    assert (ligne["code_tva"], ligne["taux_tva"], ligne["imputation"]) == ("6", "6.00", "VENTES")
    assert (ligne["depot"], ligne["mise_a_jour_stock"], ligne["taxe"]) == ("PRINCIPAL", True, False)


def test_doc_11_tout_peut_etre_dit_autrement(api):
    creer(api, "/v1/depots", {"code": "QUAI", "libelle": "Quai"})
    creer(api, "/v1/plans-analytiques", {"code": "P1", "libelle": "Plan"})
    creer(api, "/v1/comptes-analytiques", {"code": "A1", "libelle": "Compte", "plan": "P1"})
    dit = {
        "ordre": 7,
        "article": "BAG",
        "designation": "Baguette bien cuite",
        "memo": "",
        "quantite": "3",
        "unite": "PCE",
        "prix": "1.2345",
        "remise": "10.00",
        "code_tva": "21",
        "imputation": "MARCHANDISES",
        "date_livraison": "2025-06-20",
        "depot": "QUAI",
        "taxe": True,
        "sous_total": True,
        "plan_analytique": "P1",
        "compte_analytique": "A1",
        "mise_a_jour_stock": False,
    }
    (ligne,) = document(api, "commande", dit)["lignes"]
    assert {nom: ligne[nom] for nom in dit} == dit
    assert (ligne["montant_htva"], ligne["montant_sous_total"]) == ("3.33", "3.33")


def test_doc_11_defauts_d_une_ligne_libre(api):
    changer(api, "/v1/parametres", unite_defaut="H", imputation_defaut="SERVICES")
    (ligne,) = document(api, "commande", {"designation": "Pose", "quantite": "2", "prix": "9", "code_tva": "21"})[
        "lignes"
    ]
    assert (ligne["unite"], ligne["imputation"]) == ("H", "SERVICES")


def test_doc_11_ordre_par_cent_et_lignes_rangees(api):
    lignes = [baguettes(ordre=250), baguettes("1"), baguettes("2", ordre=120), {"designation": "Fin"}]
    faites = document(api, "commande", *lignes)["lignes"]
    assert [(une["ordre"], une["quantite"]) for une in faites] == [(120, "2"), (250, "12"), (300, "1"), (400, None)]


def test_doc_10_defauts_du_client_et_des_parametres(api):
    for table, ligne in (
        ("representants", {"code": "REP", "nom": "Rosa"}),
        ("codes-statistiques", {"code": "HOR", "libelle": "Horeca"}),
        ("tournees", {"numero": "T1", "nom": "Nord"}),
        ("escomptes", {"code": "ED2", "genre": "deduit", "pourcentage": "2.00"}),
        ("profils", {"code": "GROS", "libelle": "Grossiste"}),
    ):
        creer(api, f"/v1/{table}", ligne)
    changer(api, "/v1/modes-livraison/LIVRAISON", montant="7.50")
    defauts = {
        "categorie_tva": "cocontractant",
        "echeance": "30J",
        "escompte": "ED2",
        "mode_paiement": "VIREMENT",
        "mode_livraison": "LIVRAISON",
        "representant": "REP",
        "code_statistique": "HOR",
        "profil": "GROS",
        "tournee": "T1",
        "ordre_tournee": 4,
    }
    assert changer(api, "/v1/clients/HOTEL", **defauts, textes={"commande": {"debut": "Bonjour"}}).status_code == 200
    quai = {
        "libelle": "Quai",
        "nom": "Cuisine",
        "rue": "Rue B 1",
        "code_postal": "5100",
        "localite": "Jambes",
        "pays": "BE",
    }
    creer(api, "/v1/clients/HOTEL/adresses", quai, par_defaut=True)
    cree = document(api, "commande", client="HOTEL")
    assert {nom: cree[nom] for nom in defauts} == defauts
    assert (cree["depot"], cree["impression_directe"], cree["montant_livraison"]) == ("PRINCIPAL", False, "7.50")
    assert (cree["adresse_livraison"]["nom"], cree["adresse_livraison"]["rue"]) == ("Cuisine", "Rue B 1")
    assert (cree["textes"]["debut"], cree["textes"]["fin"], cree["date_echeance"]) == ("Bonjour", None, "2025-07-16")
    assert (cree["client_nom"], cree["client_copie"]["adresse"]["localite"]) == ("Hôtel du Parc", "Namur")


def test_doc_10_chaque_defaut_peut_etre_dit_autrement(api):
    changer(api, "/v1/clients/HOTEL", echeance="30J", mode_livraison="LIVRAISON", mode_paiement="VIREMENT")
    adresse = {"nom": "Ici", "rue": "R", "code_postal": "1000", "localite": "Bruxelles", "pays": "BE"}
    adresse |= {"libelle": "Cave", "telephone": "081 22 33 44"}
    dits = {
        "date": "2025-06-17",
        "adresse_livraison": adresse,
        "vos_references": "BC 45",
        "contact": "Mme Dupont",
        "remarque_interne": "Attention\nau chien",
        "date_livraison_prevue": "2025-06-18",
        "profil": None,
        "categorie_tva": "exonere",
        "echeance": "8J",
        "escompte": None,
        "depot": None,
        "mode_livraison": "ENLEVEMENT",
        "montant_livraison": "3.20",
        "poids": "12.5",
        "colis": 3,
        "palettes": 1,
        "ordre_tournee": 2,
        "mode_paiement": None,
        "iban_domiciliation": "BE68539007547034",
        "textes": {"client": "A", "debut": "B", "fin": "C", "comptabilite": "D", "paiement": "E"},
    }
    cree = document(api, "commande", client="HOTEL", **dits)
    assert {nom: cree[nom] for nom in dits} == dits
    assert cree["date_echeance"] == "2025-06-25"


def test_doc_10_une_adresse_du_client(api):
    quai = creer(api, "/v1/clients/HOTEL/adresses", {"libelle": "Quai", "rue": "Rue B 1", "localite": "Jambes"})
    cree = document(api, "commande", client="HOTEL", adresse_livraison_id=quai["id"])
    assert cree["adresse_livraison"]["rue"] == "Rue B 1"
    refuse = api.post("/v1/documents", json=corps("commande", adresse_livraison_id=quai["id"]))
    assert erreurs(refuse) == champ_refuse("#/adresse_livraison_id", "adresse_inconnue_du_client")


def test_doc_10_depot_et_date_de_livraison_passent_aux_lignes(api):
    creer(api, "/v1/depots", {"code": "QUAI", "libelle": "Quai"})
    lignes = (baguettes(), baguettes(depot="PRINCIPAL", date_livraison="2025-06-30"))
    cree = document(api, "commande", *lignes, depot="QUAI", date_livraison_prevue="2025-06-18")
    passes = [(une["depot"], une["date_livraison"]) for une in cree["lignes"]]
    assert passes == [("QUAI", "2025-06-18"), ("PRINCIPAL", "2025-06-30")]


def test_doc_10_la_date_est_celle_du_jour(api):
    sans_date = corps("offre")
    del sans_date["date"]
    cree = creer(api, "/v1/documents", sans_date)
    assert cree["date"] == cree["cree_le"][:10] or cree["date"] > cree["cree_le"][:10]


def test_doc_10_le_poids_est_celui_des_articles(api):
    changer(api, "/v1/articles/BAG", poids_kg="0.25")
    lignes = (baguettes("10"), {"article": "TRU", "quantite": "2.5"}, {"article": "VIN", "quantite": "4"})
    assert document(api, "commande", *lignes)["poids"] == "5"
    assert document(api, "commande", *lignes, poids="7.25")["poids"] == "7.25"


@pytest.mark.parametrize(("genre", "attendue"), [("commande", JOUR), ("offre", None), ("facture", None)])
def test_doc_07_date_de_commande(api, genre, attendue):
    assert document(api, genre)["date_commande"] == attendue


def test_doc_13_cinq_cents_lignes(api):
    lignes = [baguettes(str(rang)) for rang in range(1, 501)]
    cree = document(api, "commande", *lignes)
    assert [une["ordre"] for une in cree["lignes"]] == [100 * rang for rang in range(1, 501)]
    assert cree["totaux"]["htva"] == "106462.50"
    assert lire(api, cree) == cree


def test_doc_13_autant_de_requetes_pour_cinq_lignes_que_pour_cinq_cents(api):
    comptes = {}
    for nombre in (5, 5, 500):  # once more, for the first one also reads the small tables
        lignes = [baguettes(), {"article": "TRU", "quantite": "1"}, {"designation": "Note"}] * nombre
        with requetes_sql(api) as creation:
            cree = document(api, "commande", *lignes[:nombre])
        with requetes_sql(api) as lecture:
            lire(api, cree)
        comptes[nombre] = (len(creation), len(lecture))
    assert comptes[5] == comptes[500]
