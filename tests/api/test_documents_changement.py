"""Changing a document: its header, its lines one by one; every figure follows (DOC-04, DOC-13, CAL-02, CAL-09)."""

import pytest
from tests.api.catalogue import champ_refuse, changer, creer, evenements
from tests.api.documents import (
    baguettes,
    boulangerie,
    document,
    etat,
    imprimer,
    lire,
    modifier,
    modifier_ligne,
    part,
    quantites,
    requetes_sql,
    supprimer_ligne,
    transfere,
)
from tests.api.reponses import erreurs, refus, si


@pytest.fixture(autouse=True)
def _boulangerie(api):
    boulangerie(api)


@pytest.fixture
def commande(api):
    """Two lines, at 100 and 200."""
    return document(api, "commande", baguettes(), {"article": "VIN", "quantite": "2"}, client="HOTEL")


def ligne(reponse, rang=0):
    """A line of the document answered."""
    assert reponse.status_code == 200, reponse.text
    return reponse.json()["lignes"][rang]


def test_doc_13_ajouter_une_ligne(api, commande):
    reponse = api.post(f"/v1/documents/{commande['id']}/lignes", json=baguettes("1", ordre=150))
    assert reponse.status_code == 201
    assert [une["ordre"] for une in reponse.json()["lignes"]] == [100, 150, 200]
    assert (reponse.json()["version"], reponse.headers["etag"]) == (2, '"2"')
    fin = api.post(f"/v1/documents/{commande['id']}/lignes", json={"designation": "Fin"}).json()
    assert [une["ordre"] for une in fin["lignes"]] == [100, 150, 200, 300]
    assert lire(api, commande) == fin | {"avertissements": []}


def test_doc_13_deplacer_une_ligne(api, commande):
    deplacee = modifier_ligne(api, commande, 100, ordre=250)
    assert quantites(deplacee.json()) == [(200, "2", None), (250, "12", None)]
    assert deplacee.json()["lignes"][1]["id"] == commande["lignes"][0]["id"]
    assert erreurs(modifier_ligne(api, commande, 250, ordre=200)) == champ_refuse("#/ordre", "ordre_pris")
    assert modifier_ligne(api, commande, 250, ordre=250).status_code == 200


def test_doc_13_retirer_une_ligne(api, commande):
    reste = supprimer_ligne(api, commande, 100)
    assert (reste.status_code, quantites(reste.json())) == (200, [(200, "2", None)])
    assert reste.json()["totaux"]["htva"] == "19.98"
    assert refus(supprimer_ligne(api, commande, 100)) == (404, "document_absent")
    assert refus(modifier_ligne(api, commande, 100, taxe=True)) == (404, "document_absent")


def test_doc_13_les_totaux_sont_ceux_des_lignes(api, commande):
    assert commande["totaux"]["htva"] == "29.67"  # 12 x 0.85 - 5 % = 9.69, and 2 x 9.99
    assert modifier_ligne(api, commande, 200, prix="1.0000").json()["totaux"]["htva"] == "11.69"
    assert modifier_ligne(api, commande, 200, remise="50").json()["totaux"]["htva"] == "10.69"
    assert modifier_ligne(api, commande, 200, code_tva="6").json()["totaux"]["par_taux"] == [
        {"categorie": "S", "taux": "6.00", "base": "10.69", "tva": "0.64"}
    ]
    assert modifier(api, commande, montant_livraison="3.00").json()["totaux"]["htva"] == "13.69"
    assert lire(api, commande)["totaux"]["htva"] == "13.69"


def test_doc_13_rien_ne_change_rien(api, commande):
    assert modifier(api, commande, vos_references=None).json()["version"] == 1
    assert modifier_ligne(api, commande, 100, quantite="12").json()["version"] == 1
    assert evenements(api, "document") == [("creation", commande["id"])]


def test_cal_02_la_quantite_saisie_fait_foi(api, commande):
    prise = ligne(modifier_ligne(api, commande, 100, unite_commande="CT6"))
    assert (prise["quantite"], prise["quantite_unite_commande"], prise["saisie"]) == ("12", "2", "base")
    prise = ligne(modifier_ligne(api, commande, 100, quantite="20"))
    assert (prise["quantite"], prise["quantite_unite_commande"], prise["saisie"]) == ("20", "3", "base")
    prise = ligne(modifier_ligne(api, commande, 100, quantite_unite_commande="4"))
    assert (prise["quantite"], prise["quantite_unite_commande"], prise["saisie"]) == ("24", "4", "commande")
    prise = ligne(modifier_ligne(api, commande, 100, quantite="23", unite_commande=None))
    assert (prise["quantite"], prise["quantite_unite_commande"], prise["unite_commande"]) == ("23", None, None)


def test_cal_04_le_palier_suit_la_quantite(api, commande):
    trouves = []
    for quantite in ("9", "10", "100"):
        prise = ligne(modifier_ligne(api, commande, 100, quantite=quantite))
        trouves.append((prise["prix"], prise["remise"]))
    assert trouves == [("0.8500", "0.00"), ("0.8500", "5.00"), ("0.7900", "0.00")]
    typee = ligne(modifier_ligne(api, commande, 100, prix="0.5000"))
    assert (typee["prix"], typee["remise"]) == ("0.5000", "0.00")
    assert ligne(modifier_ligne(api, commande, 100, quantite="9"))["prix"] == "0.5000"
    assert ligne(modifier_ligne(api, commande, 100, prix=None))["prix"] == "0.8500"
    assert ligne(modifier_ligne(api, commande, 100, quantite="200", remise="1"))["remise"] == "1.00"
    assert ligne(modifier_ligne(api, commande, 100, quantite="10"))["remise"] == "1.00"
    assert ligne(modifier_ligne(api, commande, 100, remise=None))["remise"] == "5.00"


def test_cal_04_corriger_un_texte_ne_change_ni_prix_ni_quantite(api, commande):
    """The tariff and the conversion changed since: only what is typed again is found again."""
    modifier_ligne(api, commande, 100, quantite_unite_commande="2", unite_commande="CT6")
    changer(api, "/v1/articles/BAG", prix_vente="2.0000")
    changer(api, "/v1/articles/BAG/unites/CT6", facteur="8")
    garde = ligne(modifier_ligne(api, commande, 100, designation="Bien cuite", imputation="MARCHANDISES"))
    assert (garde["prix"], garde["quantite"], garde["quantite_unite_commande"]) == ("0.8500", "12", "2")
    assert garde["designation"] == "Bien cuite"
    assert ligne(modifier_ligne(api, commande, 100, quantite_unite_commande="3"))["quantite"] == "24"
    assert lire(api, commande)["lignes"][0]["prix"] == "2.0000"


def test_doc_11_un_autre_article_apporte_ses_valeurs(api, commande):
    change = ligne(modifier_ligne(api, commande, 100, article="TRU"))
    assert [change[nom] for nom in ("designation", "memo", "unite", "prix", "quantite")] == [
        "Saumon",
        "Pêché en mer",
        "KG",
        "21.0000",
        "12",
    ]
    libre = modifier_ligne(api, commande, 100, article=None, designation="Divers", prix="1", code_tva="6")
    assert (ligne(libre)["genre"], ligne(libre)["montant_htva"]) == ("libre", "12.00")
    note = modifier_ligne(api, commande, 100, quantite=None, prix=None, code_tva=None)
    assert (ligne(note)["genre"], ligne(note)["montant_htva"]) == ("commentaire", "0.00")


def test_cal_09_la_categorie_recalcule_tout(api):
    cree = document(api, "facture", baguettes("100"), {"article": "VIN", "quantite": "1"})
    assert [un["taux"] for un in cree["totaux"]["par_taux"]] == ["6.00", "21.00"]
    for categorie, lettre in (("cocontractant", "AE"), ("intracommunautaire", "K"), ("export", "G"), ("exonere", "E")):
        change = modifier(api, cree, categorie_tva=categorie).json()
        assert change["totaux"]["par_taux"] == [{"categorie": lettre, "taux": "0.00", "base": "94.99", "tva": "0.00"}]
        assert {une["taux_tva"] for une in change["lignes"]} == {"0.00"}
    assert modifier(api, cree, categorie_tva="national").json()["totaux"] == cree["totaux"]


def test_cal_07_la_date_change_le_taux(api):
    creer(
        api,
        "/v1/codes-tva",
        {"code": "N", "libelle": "N", "taux": [{"du": "2025-01-01", "taux": "6"}, {"du": "2025-07-01", "taux": "9"}]},
    )
    cree = document(api, "facture", baguettes("100", code_tva="N"))
    assert cree["totaux"]["tva"] == "5.10"
    assert modifier(api, cree, date="2025-07-01").json()["totaux"]["tva"] == "7.65"


def test_doc_10_l_en_tete_passe_aux_lignes_ce_qu_elles_ont_de_lui(api, commande):
    creer(api, "/v1/depots", {"code": "QUAI", "libelle": "Quai"})
    modifier_ligne(api, commande, 200, date_livraison="2025-06-30")
    change = modifier(api, commande, depot="QUAI", date_livraison_prevue="2025-06-18").json()
    passes = [(une["depot"], une["date_livraison"]) for une in change["lignes"]]
    assert passes == [("QUAI", "2025-06-18"), ("QUAI", "2025-06-30")]


def test_doc_10_un_autre_mode_de_livraison_apporte_son_montant(api, commande):
    changer(api, "/v1/modes-livraison/LIVRAISON", montant="7.50")
    assert modifier(api, commande, mode_livraison="LIVRAISON").json()["montant_livraison"] == "7.50"
    assert modifier(api, commande, montant_livraison="1.00").json()["montant_livraison"] == "1.00"
    garde = modifier(api, commande, mode_livraison="ENLEVEMENT", montant_livraison="2.00").json()
    assert garde["montant_livraison"] == "2.00"


def test_api_06_si_la_version_a_change(api, commande):
    adresse = f"/v1/documents/{commande['id']}"
    modifier(api, commande, contact="A")
    for methode, chemin, envoye in (
        ("PATCH", adresse, {"contact": "B"}),
        ("PATCH", f"{adresse}/lignes/100", {"quantite": "1"}),
        ("DELETE", f"{adresse}/lignes/100", None),
        ("DELETE", adresse, None),
    ):
        assert refus(api.request(methode, chemin, json=envoye, headers=si(1))) == (412, "version_perimee")
        assert refus(api.request(methode, chemin, json=envoye)) == (428, "version_requise")
    assert api.patch(adresse, json={"contact": "B"}, headers=si(2)).json()["version"] == 3


def test_doc_04_la_date_d_un_numero_reste_dans_l_exercice(api, commande):
    assert refus(modifier(api, commande, date="2024-12-31")) == (409, "exercice_absent")
    creer(api, "/v1/exercices", {"code": "2024", "debut": "2024-01-01", "fin": "2024-12-31"})
    assert modifier(api, commande, date="2024-12-31").status_code == 200
    imprimer(api, commande)
    assert modifier(api, commande, date="2024-01-01").status_code == 200
    assert erreurs(modifier(api, commande, date="2025-01-01")) == champ_refuse("#/date", "date_hors_exercice", 409)
    assert lire(api, commande)["date"] == "2024-01-01"


def test_doc_04_ni_par_un_transfert(api, commande):
    creer(api, "/v1/exercices", {"code": "2024", "debut": "2024-01-01", "fin": "2024-12-31"})
    bordereau = imprimer(api, document(api, "bordereau", client="HOTEL"))
    vise = {"cible": {"document": bordereau["id"], "date": "2024-05-05"}, "sources": [{"document": commande["id"]}]}
    refuse = api.post("/v1/transferts", json=vise)
    assert erreurs(refuse) == champ_refuse("#/cible/date", "date_hors_exercice", 409)
    assert etat(api, commande) == "en_attente"


@pytest.mark.parametrize("genre", ["facture", "note_credit"])
def test_doc_01_un_document_fiscal_numerote_ne_change_plus(api, genre):
    numerote = imprimer(api, document(api, genre, baguettes()))
    assert refus(modifier(api, numerote, contact="X")) == (409, "document_fiscal")
    assert refus(modifier_ligne(api, numerote, 100, quantite="1")) == (409, "document_fiscal")
    assert refus(supprimer_ligne(api, numerote, 100)) == (409, "document_fiscal")
    ajout = api.post(f"/v1/documents/{numerote['id']}/lignes", json=baguettes())
    assert refus(ajout) == (409, "document_fiscal")
    assert lire(api, numerote) == numerote | {"avertissements": []}


def test_doc_13_une_ligne_entamee_garde_ce_qui_est_parti(api, commande):
    transfere(api, "bordereau", part(commande, {"ordre": 100, "quantite": "5"}))
    moins = modifier_ligne(api, commande, 100, quantite="4")
    assert erreurs(moins) == champ_refuse("#/quantite", "quantite_deja_transferee", 409)
    autre = modifier_ligne(api, commande, 100, article="VIN")
    assert erreurs(autre) == champ_refuse("#/article", "ligne_entamee", 409)
    autre = modifier_ligne(api, commande, 100, unite_commande="CT6")
    assert erreurs(autre) == champ_refuse("#/unite_commande", "ligne_entamee", 409)
    assert refus(supprimer_ligne(api, commande, 100)) == (409, "ligne_entamee")
    assert ligne(modifier_ligne(api, commande, 100, quantite="6", designation="Six"))["quantite_restante"] == "1"
    assert etat(api, commande) == "en_attente"


def test_cal_03_une_ligne_entamee_se_compte_en_pieces(api):
    """Five of ten pieces went, heavier than expected: five must stay, whatever five are held to weigh."""
    pieces = {"article": "TRU", "quantite_unite_commande": "10", "unite_commande": "PC"}
    source = document(api, "commande", pieces)
    lourdes = {"ordre": 100, "quantite": "110", "quantite_unite_commande": "5"}
    transfere(api, "bordereau", part(source, lourdes))
    moins = modifier_ligne(api, source, 100, quantite_unite_commande="4")
    assert erreurs(moins) == champ_refuse("#/quantite", "quantite_deja_transferee", 409)
    assert modifier_ligne(api, source, 100, quantite_unite_commande="5").json()["etat"] == "transfere"


def test_trf_06_sans_reste_apres_changement_elle_est_transferee(api, commande):
    transfere(api, "bordereau", part(commande, {"ordre": 100, "quantite": "5"}))
    assert supprimer_ligne(api, commande, 200).json()["etat"] == "en_attente"
    assert modifier_ligne(api, commande, 100, quantite="5").json()["etat"] == "transfere"
    assert refus(modifier_ligne(api, commande, 100, quantite="9")) == (409, "etat_interdit")


def test_doc_13_autant_de_requetes_quel_que_soit_le_nombre_de_lignes(api):
    comptes = []
    for nombre in (5, 200):
        cree = document(api, "commande", *[baguettes()] * nombre)
        with requetes_sql(api) as envoyees:
            assert modifier_ligne(api, cree, 100, quantite="3").status_code == 200
            assert modifier(api, cree, categorie_tva="export").status_code == 200
        comptes.append(len(envoyees))
    assert comptes[0] == comptes[1]
