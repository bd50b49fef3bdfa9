"""Deposits: entered, held against the total, taken along once, given back, deducted on the facture (DOC-16, TRF-04)."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader
from tests.api.catalogue import champ_refuse, effacer
from tests.api.documents import (
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
    sql,
    supprimer,
    tente,
    transfere,
)
from tests.api.reponses import erreurs, refus

VIREMENT = {"date": "2025-06-10", "montant": "30.00", "mode_paiement": "VIREMENT", "reference": "Extrait 214"}
CENT = baguettes("100")
"""100 baguettes: 85.00, with VAT 90.10."""


@pytest.fixture(autouse=True)
def _boulangerie(api):
    boulangerie(api)


def ajouter(api, document, montant="30.00", **champs):
    return api.post(f"/v1/documents/{document['id']}/acomptes", json={"montant": montant} | champs)


def chemin(document, rang=0):
    return f"/v1/documents/{document['id']}/acomptes/{document['acomptes'][rang]['id']}"


def changer(api, document, **champs):
    return api.patch(chemin(document), json=champs, headers={"if-match": "*"})


def soldes(document):
    return [document["totaux"][nom] for nom in ("montant_du", "acomptes", "solde")]


def montants(document):
    return [un["montant"] for un in document["acomptes"]]


def averti(document):
    return [(un["code"], un["pointeur"]) for un in document["avertissements"]]


def test_doc_16_several_deposits_come_with_a_document_and_are_deducted(api):
    cree = document(api, "commande", CENT, acomptes=[VIREMENT, {"montant": "20.10", "date": "2025-06-01"}])
    assert soldes(cree) == ["90.10", "50.10", "40.00"]
    premier, second = cree["acomptes"]
    assert (premier["date"], premier["mode_paiement"], premier["origine"]) == ("2025-06-01", None, None)
    assert {nom: second[nom] for nom in VIREMENT} == VIREMENT
    assert lire(api, cree) == cree | {"avertissements": []}


def test_doc_16_cal_08_the_balance_counts_the_escompte_too(api):
    """What is left when paying in time bears the deposit as well: 98.00, its VAT of 5.88, the escompte of 2.00."""
    api.post("/v1/escomptes", json={"code": "EC2", "genre": "conditionnel", "pourcentage": "2.00", "jours": 8})
    ligne = {"designation": "Forfait", "quantite": "1", "prix": "100", "code_tva": "6"}
    cree = document(api, "facture", ligne, escompte="EC2", acomptes=[VIREMENT])
    assert soldes(cree) == ["105.88", "30.00", "75.88"]
    assert cree["totaux"]["si_escompte"] == "73.88"


def test_doc_16_deposits_are_added_changed_and_removed_one_by_one(api):
    cree = document(api, "commande", CENT)
    reponse = ajouter(api, cree, "90.10", mode_paiement="ESPECES")
    assert reponse.status_code == 201, reponse.text
    avec = reponse.json()
    assert (soldes(avec)[1:], avec["version"]) == (["90.10", "0.00"], cree["version"] + 1)
    change = changer(api, avec, montant="10.00", reference="Caisse", mode_paiement=None).json()
    assert soldes(change)[1:] == ["10.00", "80.10"]
    assert (change["acomptes"][0]["reference"], change["acomptes"][0]["mode_paiement"]) == ("Caisse", None)
    sans = effacer(api, chemin(change)).json()
    assert (soldes(sans)[1:], sans["acomptes"]) == (["0.00", "90.10"], [])
    assert sql(api, "SELECT count(*) FROM acomptes") == [(0,)]
    journal = api.get("/v1/evenements", params={"ressource": "document", "identifiant": cree["id"]}).json()["data"]
    assert [len(un["apres"]["acomptes"]) for un in journal] == [0, 1, 1, 0]


def test_doc_16_more_than_the_total_is_refused_and_nothing_is_stored(api):
    cree = document(api, "commande", CENT, acomptes=[VIREMENT])
    avant = contenu(api)
    trop = corps("commande", CENT, acomptes=[VIREMENT, {"montant": "60.11"}])
    assert erreurs(api.post("/v1/documents", json=trop)) == champ_refuse("#/acomptes", "acompte_trop_grand")
    assert erreurs(ajouter(api, cree, "60.11")) == champ_refuse("#/montant", "acompte_trop_grand")
    assert erreurs(changer(api, cree, montant="90.11")) == champ_refuse("#/montant", "acompte_trop_grand")
    assert contenu(api) == avant
    assert "60.11" not in ajouter(api, cree, "60.11").text  # the sum is told, the input is not echoed
    assert ajouter(api, cree, "60.10").status_code == 201


@pytest.mark.parametrize(
    ("champs", "attendu"),
    [
        ({"montant": "0"}, champ_refuse("#/montant", "zero_interdit")),
        ({"montant": "-5.00"}, champ_refuse("#/montant", "decimal_illisible")),
        ({"montant": "5.001"}, champ_refuse("#/montant", "decimal_illisible")),
        ({"mode_paiement": "TROC"}, champ_refuse("#/mode_paiement", "reference_inconnue")),
        ({"date": "2025-02-30"}, champ_refuse("#/date", "date_illisible")),
    ],
)
def test_doc_16_bad_deposits_name_their_field(api, champs, attendu):
    cree = document(api, "commande", CENT)
    assert erreurs(ajouter(api, cree, **champs)) == attendu
    dans = corps("commande", CENT, acomptes=[VIREMENT, VIREMENT | champs])
    (statut, [(pointeur, code)]) = attendu
    assert erreurs(api.post("/v1/documents", json=dans)) == (
        statut,
        [(pointeur.replace("#", "#/acomptes/1"), code)],
    )


@pytest.mark.parametrize("genre", ["offre_type", "retour", "note_credit"])
def test_doc_16_only_what_becomes_a_facture_takes_deposits(api, genre):
    cree = document(api, genre, CENT)
    assert erreurs(ajouter(api, cree)) == champ_refuse("#/montant", "acompte_impossible")


def test_doc_16_a_numbered_facture_keeps_its_deposits(api):
    cree = imprimer(api, document(api, "facture", CENT, acomptes=[VIREMENT]))
    assert refus(ajouter(api, cree, "1.00")) == (409, "document_fiscal")
    assert refus(changer(api, cree, montant="1.00")) == (409, "document_fiscal")
    assert refus(effacer(api, chemin(cree))) == (409, "document_fiscal")
    assert soldes(lire(api, cree)) == soldes(cree) == ["90.10", "30.00", "60.10"]


def test_doc_16_a_deposit_that_is_not_there_is_not_found(api):
    un, autre = document(api, "commande", CENT, acomptes=[VIREMENT]), document(api, "commande", CENT)
    faux = f"/v1/documents/{autre['id']}/acomptes/{un['acomptes'][0]['id']}"
    assert refus(api.patch(faux, json={"montant": "1"}, headers={"if-match": "*"})) == (404, "document_absent")
    assert refus(effacer(api, faux)) == (404, "document_absent")


def test_doc_17_deposits_can_be_tried(api):
    cree = document(api, "commande", CENT, acomptes=[VIREMENT])
    avant = contenu(api)
    essai = api.post(f"/v1/documents/{cree['id']}/acomptes?simulation=true", json={"montant": "10.00"}).json()
    assert soldes(essai)[1:] == ["40.00", "50.10"]
    sans = api.delete(f"{chemin(cree)}?simulation=true", headers={"if-match": "*"}).json()
    assert soldes(sans)[1:] == ["0.00", "90.10"]
    assert contenu(api) == avant


def test_trf_04_deposits_go_along_once_with_the_first_transfer(api):
    commande = document(api, "commande", CENT, acomptes=[VIREMENT])
    premier = transfere(api, "bordereau", part(commande, {"ordre": 100, "quantite": "50"}))
    assert (montants(premier), soldes(premier)) == (["30.00"], ["45.05", "30.00", "15.05"])
    assert premier["acomptes"][0]["origine"] == commande["acomptes"][0]["id"]
    assert {nom: premier["acomptes"][0][nom] for nom in VIREMENT} == VIREMENT
    assert lire(api, commande)["acomptes"][0]["transfere_vers"] == premier["id"]
    second = transfere(api, "bordereau", commande)
    assert (montants(second), soldes(second)[1:]) == ([], ["0.00", "45.05"])
    facture = transfere(api, "facture", premier, second)
    assert (montants(facture), soldes(facture)) == (["30.00"], ["90.10", "30.00", "60.10"])


def test_trf_04_a_deposit_paid_later_goes_with_the_next_transfer(api):
    commande = document(api, "commande", CENT, acomptes=[VIREMENT])
    premier = transfere(api, "bordereau", part(commande, {"ordre": 100, "quantite": "50"}))
    assert ajouter(api, commande, "10.00").status_code == 201
    second = transfere(api, "bordereau", commande)
    assert (montants(premier), montants(second)) == (["30.00"], ["10.00"])


def test_trf_04_deposits_add_up_where_documents_join(api):
    un = document(api, "commande", CENT, acomptes=[VIREMENT])
    deux = document(api, "commande", CENT, acomptes=[VIREMENT | {"date": "2025-06-11", "montant": "12.50"}])
    facture = transfere(api, "facture", un)
    facture = transfere(api, facture, deux)
    assert (montants(facture), soldes(facture)) == (["30.00", "12.50"], ["180.20", "42.50", "137.70"])


@pytest.mark.parametrize("numerote", [False, True])
def test_trf_04_deposits_come_back_when_the_target_ends(api, numerote):
    commande = document(api, "commande", CENT, acomptes=[VIREMENT], montant_livraison="5.00")
    bordereau = transfere(api, "bordereau", commande)
    assert bordereau["montant_livraison"] == "5.00"
    if numerote:
        imprimer(api, bordereau)
    assert lire(api, commande)["frais_transferes_vers"] == bordereau["id"]
    assert supprimer(api, bordereau).status_code == 204
    rendue = lire(api, commande)
    assert [rendue["frais_transferes_vers"], rendue["acomptes"][0]["transfere_vers"]] == [None, None]
    facture = transfere(api, "facture", commande)
    assert (montants(facture), facture["montant_livraison"]) == (["30.00"], "5.00")


def test_trf_04_amounts_come_back_although_the_target_has_no_line_of_theirs_left(api):
    un, deux = document(api, "commande", CENT, acomptes=[VIREMENT]), document(api, "commande", CENT)
    cible = transfere(api, "bordereau", un, deux)
    assert api.delete(f"/v1/documents/{cible['id']}/lignes/100", headers={"if-match": "*"}).status_code == 200
    avant = lire(api, un)
    assert avant["acomptes"][0]["transfere_vers"] == cible["id"]
    assert supprimer(api, cible).status_code == 204
    apres = lire(api, un)
    assert (apres["acomptes"][0]["transfere_vers"], apres["version"]) == (None, avant["version"] + 1)


def test_trf_04_a_deposit_is_changed_where_it_counts_and_goes_back_where_it_is_removed(api):
    commande = document(api, "commande", CENT, acomptes=[VIREMENT])
    bordereau = transfere(api, "bordereau", part(commande, {"ordre": 100, "quantite": "50"}))
    assert refus(changer(api, commande, montant="1.00")) == (409, "acompte_transfere")
    assert refus(effacer(api, chemin(commande))) == (409, "acompte_transfere")
    assert montants(changer(api, bordereau, montant="31.00").json()) == ["31.00"]
    assert montants(effacer(api, chemin(bordereau)).json()) == []
    rendue = lire(api, commande)
    assert (montants(rendue), rendue["acomptes"][0]["transfere_vers"]) == (["30.00"], None)


def test_trf_04_neither_copies_nor_references_nor_credits_take_deposits(api):
    for suite in ("retour", "note_credit"):
        facture = imprimer(api, document(api, "facture", CENT, acomptes=[VIREMENT]))
        assert montants(transfere(api, suite, facture)) == []
        assert lire(api, facture)["acomptes"][0]["transfere_vers"] is None


def test_doc_19_deposits_beyond_the_total_are_told_and_can_be_mended(api):
    """A part delivery takes all of them along, and a total may shrink: neither is refused."""
    commande = document(api, "commande", CENT, acomptes=[VIREMENT])
    bordereau = transfere(api, "bordereau", part(commande, {"ordre": 100, "quantite": "10"}))
    assert (soldes(bordereau), averti(bordereau)) == (
        ["9.01", "30.00", "-20.99"],
        [("acomptes_en_trop", "#/acomptes")],
    )
    assert "20,99" in bordereau["avertissements"][0]["detail"]
    assert erreurs(ajouter(api, bordereau, "1.00")) == champ_refuse("#/montant", "acompte_trop_grand")
    assert soldes(changer(api, bordereau, montant="20.00").json())[1:] == ["20.00", "-10.99"]
    plein = document(api, "commande", CENT, acomptes=[VIREMENT])
    assert averti(modifier_ligne(api, plein, 100, quantite="5").json()) == [("acomptes_en_trop", "#/acomptes")]


def test_doc_22_a_facture_printed_at_once_has_its_deposits(api):
    cree = document(api, "facture", CENT, acomptes=[VIREMENT], impression_directe=True)
    assert (cree["numero"], montants(cree), soldes(cree)[1:]) == (1, ["30.00"], ["30.00", "60.10"])
    assert lire(api, cree)["acomptes"] == cree["acomptes"]
    commande = document(api, "commande", CENT, acomptes=[VIREMENT])
    suite = transfere(api, {"type": "facture", "date": "2025-06-16", "impression_directe": True}, commande)
    assert (suite["numero"], montants(suite)) == (2, ["30.00"])


def test_doc_16_deposits_are_printed_with_the_way_they_were_paid(api):
    cree = imprimer(api, document(api, "facture", CENT, acomptes=[VIREMENT, VIREMENT | {"mode_paiement": None}]))
    api.patch("/v1/modes-paiement/VIREMENT", json={"libelle": "Autre chose"}, headers={"if-match": "*"})
    pages = PdfReader(BytesIO(api.get(f"/v1/documents/{cree['id']}/pdf").content)).pages
    texte = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))
    assert "Acompte du 10/06/2025 (Virement bancaire)" in texte or "Acompte du 10/06/2025 (Virement)" in texte
    assert texte.count("-30,00") == 2
    assert "30,10 EUR" in texte.replace("\u00a0", " ").replace("\u202f", " ")


def test_tab_01_a_way_of_paying_that_a_deposit_names_stays(api):
    api.post("/v1/modes-paiement", json={"code": "CHEQUE", "libelle": "Chèque", "genre": "virement"})
    document(api, "commande", CENT, acomptes=[VIREMENT | {"mode_paiement": "CHEQUE"}])
    assert refus(effacer(api, "/v1/modes-paiement/CHEQUE")) == (409, "en_utilisation")


def test_trf_01_a_refused_transfer_moves_no_deposit(api):
    commande = document(api, "commande", CENT, acomptes=[VIREMENT])
    avant = contenu(api)
    assert tente(api, "facture", part(commande, {"ordre": 100, "quantite": "101"})).status_code == 422
    assert (
        api.post(
            "/v1/transferts?simulation=true",
            json={
                "cible": {"type": "facture", "date": "2025-06-16"},
                "sources": [{"document": commande["id"]}],
            },
        ).json()["totaux"]["acomptes"]
        == "30.00"
    )
    assert contenu(api) == avant
    assert modifier(api, commande, contact="Anna").json()["acomptes"] == commande["acomptes"]


def test_doc_22_a_document_without_deposits_is_printed_at_once_as_well(api):
    assert document(api, "facture", CENT, impression_directe=True)["acomptes"] == []
    suite = {"type": "facture", "date": "2025-06-16", "impression_directe": True}
    assert transfere(api, suite, document(api, "commande", CENT))["numero"] == 2
