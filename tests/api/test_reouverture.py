"""Issued factures and notes de crédit are opened again, changed, and issued again (DOC-08), in their order (DOC-06)."""

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
    modifier,
    modifier_ligne,
    sql,
    supprimer,
    tente,
    transfere,
)
from tests.api.reponses import erreurs, refus

FISCAUX = ("facture", "note_credit")


@pytest.fixture(autouse=True)
def _boulangerie(api):
    boulangerie(api)


def rouvrir(api, numerotee, motif="Adresse erronée"):
    return api.post(f"/v1/documents/{numerotee['id']}/reouverture", json={"motif": motif})


def rouverte(api, genre="facture", **en_tete):
    numerotee = imprimer(api, document(api, genre, baguettes("10"), **en_tete))
    reponse = rouvrir(api, numerotee)
    assert reponse.status_code == 200, reponse.text
    return reponse.json()


def pdf(api, numerotee, suite="pdf"):
    reponse = api.get(f"/v1/documents/{numerotee['id']}/{suite}")
    assert reponse.status_code == 200, reponse.text
    return reponse.content


@pytest.mark.parametrize("genre", FISCAUX)
def test_doc_08_une_emise_ne_change_qu_une_fois_rouverte(api, genre):
    numerotee = imprimer(api, document(api, genre, baguettes("10")))
    assert refus(modifier(api, numerotee, contact="Zoé")) == (409, "document_fiscal")
    assert "rouvrir" in numerotee["actions"]
    ouverte = rouvrir(api, numerotee).json()
    assert (ouverte["modifiable"], ouverte["actions"]) == (True, ["lire", "modifier", "imprimer", "copier"])
    assert ouverte["reouvert_le"] is not None
    assert modifier_ligne(api, ouverte, 100, quantite="7").status_code == 200
    assert refus(supprimer(api, ouverte)) == (409, "document_fiscal")
    fermee = imprimer(api, ouverte)
    gardes = ("numero", "numero_affiche", "exercice", "client", "type", "communication", "numerote_le")
    assert {nom: fermee[nom] for nom in gardes} == {nom: numerotee[nom] for nom in gardes}
    assert (fermee["totaux"]["htva"], fermee["reouvert_le"], fermee["nombre_impressions"]) == ("5.95", None, 1)
    assert refus(modifier(api, fermee, contact="Zoé")) == (409, "document_fiscal")
    actions = [action for action, identifiant in evenements(api, "document") if identifiant == numerotee["id"]]
    assert actions == ["creation", "impression", "reouverture", "modification", "impression"]


def test_doc_08_chaque_version_emise_reste_a_l_octet(api):
    numerotee = imprimer(api, document(api, "facture", baguettes("10")))
    emises = [pdf(api, numerotee)]
    for quantite in ("7", "8"):
        imprimer(api, numerotee)  # a duplicata: what is kept is the original
        rouvrir(api, numerotee, f"Livré {quantite}")
        modifier_ligne(api, numerotee, 100, quantite=quantite)
        brouillon = pdf(api, numerotee)
        imprimer(api, numerotee)
        emises.append(pdf(api, numerotee))
        assert brouillon != emises[-1]  # a draft is marked as one
    api.patch("/v1/parametres", json={"nom": "Autre nom SRL"}, headers={"if-match": "*"})
    assert [pdf(api, numerotee, f"versions/{rang}/pdf") for rang in (1, 2)] == emises[:2]
    assert pdf(api, numerotee) == emises[2]
    versions = api.get(f"/v1/documents/{numerotee['id']}/versions").json()["data"]
    assert [(une["numero"], une["motif"], une["total_htva"]) for une in versions] == [
        (1, "Livré 7", "8.50"),
        (2, "Livré 8", "5.95"),
    ]
    assert [une["emis_le"] <= une["reouvert_le"] for une in versions] == [True, True]
    assert versions[0]["emis_le"] == numerotee["numerote_le"]


def test_doc_08_un_pdf_connu_n_est_pas_renvoye(api):
    ouverte = rouverte(api)
    chemin = f"/v1/documents/{ouverte['id']}/versions/1/pdf"
    premier = api.get(chemin)
    assert premier.headers["content-type"] == "application/pdf"
    assert api.get(chemin, headers={"if-none-match": premier.headers["etag"]}).status_code == 304


def test_doc_08_des_versions_il_n_y_en_a_pas_toujours(api):
    commande = document(api, "commande", baguettes())
    assert api.get(f"/v1/documents/{commande['id']}/versions").json() == {"data": []}
    assert refus(api.get(f"/v1/documents/{commande['id']}/versions/1/pdf")) == (404, "document_absent")
    inconnu = "0199a3d2-7c51-7f0e-9a61-3b1f0c6d2e85"
    assert refus(api.get(f"/v1/documents/{inconnu}/versions")) == (404, "document_absent")
    assert refus(rouvrir(api, {"id": inconnu})) == (404, "document_absent")


def test_doc_08_ce_qui_ne_se_rouvre_pas(api):
    facture = document(api, "facture", baguettes("10"))
    bordereau = imprimer(api, document(api, "bordereau", baguettes("10")))
    ouverte = rouverte(api)
    creditee = imprimer(api, document(api, "facture", baguettes("10")))
    transfere(api, "note_credit", creditee)
    retournee = imprimer(api, document(api, "facture", baguettes("10")))
    transfere(api, "retour", retournee)
    comptabilisee = imprimer(api, document(api, "facture", baguettes("10")))
    sql(api, "UPDATE documents SET etat = 'comptabilise' WHERE id = :id", id=comptabilisee["id"])
    avant = contenu(api)
    for inutile in (facture, bordereau, ouverte):
        assert refus(rouvrir(api, inutile)) == (409, "reouverture_inutile")
    for entamee in (creditee, retournee):
        assert refus(rouvrir(api, entamee)) == (409, "document_entame")
    assert refus(rouvrir(api, comptabilisee)) == (409, "etat_interdit")
    sans_motif = api.post(f"/v1/documents/{creditee['id']}/reouverture", json={"motif": ""})
    assert erreurs(sans_motif) == (422, [("#/motif", "texte_trop_court")])
    assert contenu(api) == avant


def test_doc_08_de_ce_qui_est_rouvert_rien_ne_suit(api):
    ouverte = rouverte(api)
    for suite in ("note_credit", "retour"):
        assert refus(tente(api, suite, ouverte)) == (409, "document_rouvert")
    assert transfere(api, "note_credit", imprimer(api, ouverte))["totaux"]["htva"] == "8.50"


def test_doc_08_ses_lignes_rendent_et_reprennent(api):
    """What a reopened facture took of its bordereau follows its lines."""
    bordereau = document(api, "bordereau", baguettes("10"))
    facture = imprimer(api, transfere(api, "facture", bordereau))
    rouvrir(api, facture)
    modifier_ligne(api, facture, 100, quantite="6")
    assert (etat(api, bordereau), lire(api, bordereau)["lignes"][0]["quantite_restante"]) == ("en_attente", "4")
    suite = transfere(api, {"document": facture["id"]}, bordereau)
    assert suite["totaux"]["htva"] == "8.50"
    assert imprimer(api, facture)["numero"] == 1


def test_doc_08_la_copie_du_client_suit(api):
    numerotee = imprimer(api, document(api, "facture", baguettes("10")))
    api.patch("/v1/clients/NATIONAL", json={"nom": "Nouveau nom"}, headers={"if-match": "*"})
    rouvrir(api, numerotee)
    assert imprimer(api, numerotee)["client_copie"]["nom"] == "Nouveau nom"


def datees(api, *jours):
    return [imprimer(api, document(api, "facture", baguettes(), date=f"2025-06-{jour}")) for jour in jours]


@pytest.mark.parametrize(
    ("jour", "attendu"),
    [("11", "date_avant_derniere"), ("12", None), ("20", None), ("21", "date_apres_suivante")],
)
def test_doc_06_une_date_qui_bouge_reste_entre_ses_voisines(api, jour, attendu):
    _, milieu, _ = datees(api, "12", "16", "20")
    rouvrir(api, milieu)
    assert modifier(api, milieu, date=f"2025-06-{jour}").status_code == 200
    reponse = api.post(f"/v1/documents/{milieu['id']}/impression", json={})
    assert (reponse.status_code, reponse.json().get("code")) == ((409, attendu) if attendu else (200, None))
    assert imprimer(api, milieu, forcer_chronologie=True)["date"] == f"2025-06-{jour}"


def test_doc_06_une_date_qui_recule_libere_les_suivantes(api):
    """The last number moves from the 20th to the 17th: the 18th may be numbered next, the 16th not."""
    _, derniere = datees(api, "12", "20")
    rouvrir(api, derniere)
    modifier(api, derniere, date="2025-06-17")
    imprimer(api, derniere)
    assert api.get("/v1/exercices/2025/numeros/facture").json()["derniere_date"] == "2025-06-17"
    trop_tot, ensuite = (document(api, "facture", baguettes(), date=f"2025-06-{jour}") for jour in ("16", "18"))
    assert refus(api.post(f"/v1/documents/{trop_tot['id']}/impression")) == (409, "date_avant_derniere")
    assert imprimer(api, ensuite)["numero"] == 3


def test_doc_06_ce_qui_ne_bouge_pas_n_est_pas_remis_en_cause(api):
    premiere, _ = datees(api, "16", "20")
    tot = document(api, "facture", baguettes(), date="2025-06-10")
    forcee = imprimer(api, tot, forcer_chronologie=True)
    rouvrir(api, forcee)
    assert imprimer(api, forcee)["numero"] == 3
    rouvrir(api, premiere)
    assert imprimer(api, premiere)["numero"] == 1


def test_doc_04_rouverte_elle_reste_dans_son_exercice(api):
    ouverte = rouverte(api)
    assert refus(modifier(api, ouverte, date="2026-01-02")) == (409, "date_hors_exercice")


@pytest.mark.parametrize("requete", ["UPDATE versions_documents SET motif = 'x'", "DELETE FROM versions_documents"])
def test_doc_08_la_base_garde_les_versions(api, requete):
    rouverte(api)
    with pytest.raises(Exception, match="append-only"):
        sql(api, requete)
