"""Transfers: what goes along, once, from whom to whom, all or nothing (TRF-01, TRF-02, TRF-04, TRF-06, TRF-07)."""

from typing import Any

import pytest
from tests.api.catalogue import champ_refuse, changer, creer, evenements
from tests.api.documents import (
    baguettes,
    boulangerie,
    contenu,
    document,
    etat,
    imprimer,
    lire,
    modifier,
    part,
    quantites,
    restes,
    tente,
    transfere,
)
from tests.api.reponses import erreurs, refus

VIN = {"article": "VIN", "quantite": "4"}
NOTE = {"designation": "Livrer avant 6 h"}


@pytest.fixture(autouse=True)
def _boulangerie(api):
    boulangerie(api)


def test_trf_02_tout(api):
    source = document(api, "commande", baguettes("10"), NOTE, VIN)
    reponse = tente(api, "bordereau", source)
    cible = reponse.json()
    assert (reponse.status_code, reponse.headers["location"]) == (201, f"/v1/documents/{cible['id']}")
    assert (cible["type"], cible["numero"], cible["etat"]) == ("bordereau", None, "en_attente")
    assert quantites(cible) == quantites(source)
    assert cible["totaux"] == source["totaux"]
    assert (etat(api, source), restes(api, source)) == ("transfere", ["0", "0", "0"])
    assert lire(api, cible) == cible


def test_trf_02_une_plage(api):
    source = document(api, "commande", *[baguettes(str(rang)) for rang in range(1, 6)])
    assert [une[0] for une in quantites(transfere(api, "bordereau", part(source, ordre_debut=200, ordre_fin=300)))] == [
        200,
        300,
    ]
    assert [une[0] for une in quantites(transfere(api, "bordereau", part(source, ordre_debut=450)))] == [500]
    assert [une[0] for une in quantites(transfere(api, "bordereau", part(source, ordre_fin=150)))] == [100]
    assert (restes(api, source), etat(api, source)) == (["0", "0", "0", "4", "0"], "en_attente")


def test_trf_02_une_plage_et_d_autres_quantites(api):
    """The example of the contract: 50 of the first line, all of the others of the range, comments and free lines."""
    transport = {"designation": "Transport", "quantite": "1", "prix": "15", "code_tva": "21"}
    source = document(api, "commande", baguettes("120"), NOTE, transport, VIN)
    cible = transfere(api, "bordereau", part(source, {"ordre": 100, "quantite": "50"}, ordre_debut=100, ordre_fin=300))
    assert quantites(cible) == [(100, "50", None), (200, None, None), (300, "1", None)]
    assert restes(api, source) == ["70", "0", "0", "4"]
    suite = transfere(api, "bordereau", source)
    assert quantites(suite) == [(100, "70", None), (200, None, None), (400, "4", None)]


def test_trf_02_des_lignes_choisies(api):
    source = document(api, "commande", baguettes("10"), NOTE, VIN, baguettes("5"))
    lignes = ({"ordre": 400}, {"ordre": 100, "quantite": "0"}, {"ordre": 300, "quantite": "1"})
    assert quantites(transfere(api, "bordereau", part(source, *lignes))) == [(300, "1", None), (400, "5", None)]
    assert restes(api, source) == ["10", "0", "3", "0"]


def test_trf_04_tout_va_tel_quel(api):
    """Whatever became of the tariffs, the article and the client since."""
    creer(api, "/v1/representants", {"code": "REP", "nom": "Rosa"})
    en_tete: dict[str, Any] = {
        "contact": "Mme Dupont",
        "remarque_interne": "Chien",
        "vos_references": "BC 45",
        "representant": "REP",
    }
    en_tete |= {
        "echeance": "30J",
        "textes": {"client": "A", "debut": "B", "fin": "C", "comptabilite": "D", "paiement": "E"},
    }
    ligne = baguettes("100", memo="Bien cuite", imputation="MARCHANDISES", date_livraison="2025-06-20", taxe=True)
    source = document(api, "commande", ligne, client="HOTEL", colis=3, **en_tete)
    assert source["lignes"][0]["prix"] == "0.7900"
    changer(api, "/v1/articles/BAG", prix_vente="9.0000", designation="Autre", code_tva_vente="21")
    changer(api, "/v1/clients/HOTEL", tarif=None, echeance="8J", categorie_tva="export")
    cible = transfere(api, "bordereau", part(source, {"ordre": 100, "quantite": "5"}))
    garde = ("prix", "remise", "code_tva", "designation", "memo", "imputation", "date_livraison", "taxe")
    assert [cible["lignes"][0][nom] for nom in garde] == [source["lignes"][0][nom] for nom in garde]
    assert {nom: cible[nom] for nom in (*en_tete, "colis")} == en_tete | {"colis": 3}
    assert (cible["categorie_tva"], cible["date_commande"]) == ("national", source["date"])


def test_trf_04_les_prix_d_aujourd_hui_sur_demande(api):
    source = document(api, "commande", baguettes("100"), baguettes("1", prix="0.1000"), client="HOTEL")
    changer(api, "/v1/articles/BAG", prix_vente="2.0000")
    cible = transfere(
        api, "bordereau", part(source, {"ordre": 100, "quantite": "10"}, {"ordre": 200}), recalculer_prix=True
    )
    assert [(une["prix"], une["remise"]) for une in cible["lignes"]] == [("2.0000", "5.00"), ("2.0000", "0.00")]


def test_trf_04_l_en_tete_de_la_cible_peut_etre_dit(api):
    creer(api, "/v1/depots", {"code": "QUAI", "libelle": "Quai"})
    source = document(api, "commande", baguettes(), baguettes(depot=None), baguettes(date_livraison="2025-06-30"))
    vise = {"type": "facture", "date": "2025-06-20", "echeance": "8J", "contact": "X"}
    vise |= {"depot": "QUAI", "date_livraison_prevue": "2025-06-21"}
    cible = transfere(api, vise, source)
    assert {nom: cible[nom] for nom in vise} == vise
    assert cible["date_echeance"] == "2025-06-28"
    assert [(une["depot"], une["date_livraison"]) for une in cible["lignes"]] == [
        ("QUAI", "2025-06-21"),
        ("QUAI", "2025-06-21"),
        ("QUAI", "2025-06-30"),
    ]


def test_trf_04_les_frais_une_seule_fois(api):
    source = document(api, "commande", baguettes("10"), montant_livraison="7.50")
    premier = transfere(api, "bordereau", part(source, {"ordre": 100, "quantite": "1"}))
    second = transfere(api, "bordereau", source)
    assert (premier["montant_livraison"], second["montant_livraison"]) == ("7.50", "0.00")
    autre = document(api, "bordereau", baguettes("10"), montant_livraison="2.00")
    facture = transfere(api, "facture", premier, second, autre)
    assert facture["montant_livraison"] == "9.50"
    assert facture["totaux"]["frais"] == "9.50"


def test_trf_04_des_frais_dits_remplacent_ceux_des_sources(api):
    sources = [document(api, "bordereau", baguettes("10"), montant_livraison="7.50") for _ in range(2)]
    facture = transfere(api, {"type": "facture", "montant_livraison": "4.00"}, *sources)
    assert facture["montant_livraison"] == "4.00"


def test_trf_01_plusieurs_sources_en_une(api):
    sources = [document(api, "bordereau", baguettes(str(rang)), NOTE) for rang in (1, 2, 3)]
    cible = transfere(api, "facture", *sources)
    assert [une[:2] for une in quantites(cible)] == [
        (100, "1"),
        (200, None),
        (300, "2"),
        (400, None),
        (500, "3"),
        (600, None),
    ]
    assert {etat(api, une) for une in sources} == {"transfere"}
    assert [une["origine"] for une in cible["lignes"]] == [une["id"] for source in sources for une in source["lignes"]]


def test_trf_01_dans_un_document_existant(api):
    cible = imprimer(api, document(api, "bordereau", baguettes("1", ordre=150), contact="Rosa"))
    source = document(api, "commande", baguettes("10"), montant_livraison="7.50", contact="Autre")
    finale = transfere(api, cible, part(source, {"ordre": 100, "quantite": "4"}))
    assert quantites(finale) == [(150, "1", None), (200, "4", None)]
    assert (finale["numero"], finale["contact"], finale["montant_livraison"]) == (1, "Rosa", "7.50")
    assert (finale["version"], lire(api, finale)) == (3, finale)
    dit = transfere(api, {"document": cible["id"], "contact": "Zoé"}, source)
    assert (dit["contact"], quantites(dit)[2]) == ("Zoé", (300, "6", None))


def test_trf_06_chaque_source_dit_son_etat(api):
    source = document(api, "commande", baguettes("10"))
    for attendu in ("en_attente", "transfere"):
        transfere(api, "bordereau", part(source, {"ordre": 100, "quantite": "5"}))
        assert etat(api, source) == attendu
    assert lire(api, source)["version"] == 3
    siens = [action for action, identifiant in evenements(api, "document") if identifiant == source["id"]]
    assert siens == ["creation", "transfert", "transfert"]


def test_trf_01_un_modele_se_copie_sans_s_user(api):
    modele = document(api, "offre_type", baguettes("10"), montant_livraison="1.00")
    copies = [transfere(api, "commande", modele) for _ in range(2)]
    assert [quantites(une) for une in copies] == [[(100, "10", None)]] * 2
    assert [une["montant_livraison"] for une in copies] == ["1.00", "1.00"]
    assert {une["date_commande"] for une in copies} == {copies[0]["date"]}
    assert (etat(api, modele), lire(api, modele)["version"]) == ("en_attente", 1)


def test_trf_07_la_chaine_dans_les_deux_sens(api):
    offre = document(api, "offre", baguettes("10"))
    commande = transfere(api, "commande", offre)
    bordereaux = [transfere(api, "bordereau", part(commande, {"ordre": 100, "quantite": un})) for un in ("4", "6")]
    facture = imprimer(api, transfere(api, "facture", *bordereaux))
    retour = transfere(api, "retour", part(bordereaux[0], {"ordre": 100, "quantite": "1"}))
    note = transfere(api, "note_credit", part(facture, {"ordre": 200, "quantite": "2"}))

    def chaine(depart):
        maillons = api.get(f"/v1/documents/{depart['id']}/chaine").json()["maillons"]
        return [(un["document"], un["quantite"], un["nature"]) for un in maillons]

    tous = [
        (offre["id"], "10", None),
        (commande["id"], "10", "consomme"),
        (bordereaux[0]["id"], "4", "consomme"),
        (bordereaux[1]["id"], "6", "consomme"),
        (facture["id"], "4", "consomme"),
        (facture["id"], "6", "consomme"),
        (retour["id"], "1", "reference"),
        (note["id"], "2", "credit"),
    ]
    assert chaine(offre) == chaine(commande) == tous
    assert chaine(bordereaux[0]) == [*tous[:3], tous[4], tous[6]]
    assert [un[0] for un in chaine(note)] == [un["id"] for un in (offre, commande, bordereaux[1], facture, note)]
    assert refus(api.get("/v1/documents/019a0000-0000-7000-8000-000000000000/chaine")) == (404, "document_absent")


def test_trf_01_tout_ou_rien(api):
    bonne, autre = document(api, "commande", baguettes("10")), document(api, "commande", baguettes("1"))
    avant = contenu(api)
    refuse = tente(api, "bordereau", bonne, part(autre, {"ordre": 100, "quantite": "2"}))
    assert erreurs(refuse) == champ_refuse("#/sources/1/lignes/0/quantite", "quantite_depassee")
    assert contenu(api) == avant


def test_trf_04_un_seul_client(api):
    sources = [document(api, "bordereau", baguettes(), client=un) for un in ("NATIONAL", "HOTEL")]
    assert erreurs(tente(api, "facture", *sources)) == champ_refuse("#/sources/1/document", "clients_differents")
    cible = document(api, "facture", client="HOTEL")
    assert erreurs(tente(api, cible, sources[0])) == champ_refuse("#/sources/0/document", "clients_differents")


@pytest.mark.parametrize("champ", [{"prix_tvac": True}, {"categorie_tva": "export"}])
def test_trf_04_des_prix_et_une_tva_de_meme_sorte(api, champ):
    sources = document(api, "bordereau", baguettes()), document(api, "bordereau", baguettes(), **champ)
    assert erreurs(tente(api, "facture", *sources)) == champ_refuse("#/sources/1/document", "documents_non_joignables")


def test_trf_01_ni_deux_fois_ni_sur_lui_meme(api):
    source = document(api, "bordereau", baguettes())
    assert erreurs(tente(api, "facture", source, source)) == champ_refuse("#/sources/1/document", "source_repetee")
    assert erreurs(tente(api, source, source)) == champ_refuse("#/sources/0/document", "source_repetee")


def test_trf_01_une_cible_que_la_table_permet_et_modifiable(api):
    source = document(api, "commande", baguettes())
    assert erreurs(tente(api, "retour", source)) == champ_refuse("#/sources/0/document", "etape_impossible", 409)
    assert refus(tente(api, document(api, "offre"), source)) == (409, "etape_impossible")
    facture = imprimer(api, document(api, "facture"))
    assert refus(tente(api, facture, source)) == (409, "document_fiscal")
    bordereau = document(api, "bordereau", baguettes())
    transfere(api, "facture", bordereau)
    assert refus(tente(api, bordereau, source)) == (409, "etat_interdit")
    assert restes(api, source) == ["12"]


def test_trf_01_une_source_bloquee_ou_vide(api):
    source = document(api, "commande", baguettes())
    transfere(api, "bordereau", source)
    assert erreurs(tente(api, "bordereau", source)) == champ_refuse("#/sources/0/document", "etat_interdit", 409)
    assert refus(tente(api, "bordereau", document(api, "commande", NOTE))) == (409, "sans_reste")
    assert refus(tente(api, "note_credit", document(api, "facture", baguettes()))) == (409, "sans_numero")


def test_doc_07_la_date_de_commande_suit(api):
    commande = transfere(api, {"type": "commande", "date": "2025-06-03"}, document(api, "offre", baguettes()))
    assert commande["date_commande"] == "2025-06-03"
    bordereau = transfere(api, "bordereau", commande)
    modifier(api, bordereau, date="2025-06-30")
    assert transfere(api, "facture", bordereau)["date_commande"] == "2025-06-03"
