"""Documents of suppliers: FOU-02, with ART-17, CAL-12, DOC-02, DOC-07, DOC-09, DOC-21 and TRF-01 to TRF-08."""

from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from tests.api.catalogue import creer
from tests.api.documents import (
    JOUR,
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
    restes,
    sql,
    supprimer,
    tente,
    transfere,
)
from tests.api.reponses import erreurs
from tests.impression.lecture import lire as lire_pdf

MOULIN = {
    "numero": "MOULIN",
    "nom": "Moulins de la Sambre",
    "langue": "nl",
    "delai_livraison": 3,
    "remise": "2.00",
    "echeance": "30FM",
    "numero_client": "45871",
}
FARINE = {
    "numero": "FAR",
    "designation": "Farine T55",
    "description": "Pour les clients",
    "unite": "KG",
    "prix_vente": "1.5000",
    "code_tva_vente": "6",
    "code_tva_achat": "21",
    "frais_achat": "0.0250",
}
CHEZ_LUI = {
    "fournisseur": "MOULIN",
    "numero_article_fournisseur": "FT55-25",
    "nom_article_fournisseur": "Bloem T55 zak 25 kg",
    "unite_achat": "SAC",
    "quantite_suggeree": "40",
    "delai_livraison": 5,
    "memo": "Sur palette",
    "prix_achat": "0.6200",
    "remise": "3.00",
}


@pytest.fixture(autouse=True)
def _moulin(api):
    boulangerie(api)
    creer(api, "/v1/fournisseurs", MOULIN)
    creer(api, "/v1/fournisseurs", {"numero": "AUTRE", "nom": "Autre"})
    creer(api, "/v1/articles", FARINE)
    sac = {"abreviation": "SAC", "unite": "PCE", "facteur": "25", "operateur": "M", "decimales": 0}
    creer(api, "/v1/articles/FAR/unites", sac)
    creer(api, "/v1/articles/FAR/fournisseurs", CHEZ_LUI)


def achat(genre: str, *lignes: dict[str, Any], **en_tete: Any) -> dict[str, Any]:
    return {"type": genre, "fournisseur": "MOULIN", "date": JOUR, "lignes": list(lignes)} | en_tete


def achete(api, genre: str = "commande_fournisseur", *lignes: dict[str, Any], **en_tete: Any) -> dict[str, Any]:
    return creer(api, "/v1/documents", achat(genre, *lignes, **en_tete))


def farine(quantite: str = "40", **autres: Any) -> dict[str, Any]:
    return {"article": "FAR", "quantite_unite_commande": quantite} | autres


def test_fou_02_l_en_tete_vient_du_fournisseur(api):
    cree = achete(api)
    attendus = {
        "client": None,
        "client_nom": None,
        "fournisseur": "MOULIN",
        "fournisseur_nom": "Moulins de la Sambre",
        "remise": "2.00",
        "echeance": "30FM",
        "categorie_tva": "national",
        "date_commande": JOUR,
        "date_livraison_prevue": "2025-06-19",
        "prix_tvac": False,
    }
    assert {nom: cree[nom] for nom in attendus} == attendus
    assert cree["client_copie"]["numero_client"] == "45871"
    assert achete(api, "reception")["date_livraison_prevue"] is None, "what comes in is there"
    assert achete(api, date_livraison_prevue=None)["date_livraison_prevue"] is None


def test_art_17_la_ligne_vient_du_fournisseur(api):
    une = achete(api, "commande_fournisseur", farine("10"))["lignes"][0]
    attendue = {
        "designation": "Bloem T55 zak 25 kg",
        "numero_article_fournisseur": "FT55-25",
        "memo": "Sur palette",
        "unite": "KG",
        "quantite": "250",
        "unite_commande": "SAC",
        "prix": "0.6200",
        "remise": "3.00",
        "frais": "0.0250",
        "code_tva": "21",
        "imputation": "ACHATS",
        "date_livraison": "2025-06-21",
        "taxe": False,
        "montant_htva": "150.35",
    }
    assert {nom: une[nom] for nom in attendue} == attendue


def test_art_17_la_quantite_suggeree_vaut_quand_aucune_n_est_dite(api):
    une = achete(api, "commande_fournisseur", {"article": "FAR"})["lignes"][0]
    assert (une["quantite"], une["quantite_unite_commande"], une["unite_commande"]) == ("1000", "40", "SAC")
    sans = api.post("/v1/documents", json=achat("commande_fournisseur", {"article": "BAG"}))
    assert erreurs(sans) == (422, [("#/lignes/0/quantite", "quantite_manquante")])


def test_art_17_sans_prix_du_fournisseur_vaut_le_dernier_achat_sinon_zero(api):
    api.patch("/v1/articles/VIN", json={"dernier_prix_achat": "4.2000"}, headers={"if-match": "*"})
    lignes = ({"article": "VIN", "quantite": "6"}, baguettes())
    cree = achete(api, "commande_fournisseur", *lignes)
    assert [(une["prix"], une["remise"]) for une in cree["lignes"]] == [("4.2000", "0.00"), ("0.0000", "0.00")]
    assert [(un["code"], un["pointeur"]) for un in cree["avertissements"]] == [("prix_nul", "#/lignes/1/prix")]


def test_cal_12_les_frais_ne_sont_pas_dans_le_total(api):
    cree = achete(api, "reception", farine("4", prix="1.0000", remise="10.00", frais="0.5000"))
    assert cree["totaux"]["htva"] == "90.00"
    assert cree["lignes"][0]["frais"] == "0.5000"
    change = modifier_ligne(api, cree, 100, frais="0.7500").json()
    assert (change["lignes"][0]["frais"], change["totaux"]["htva"]) == ("0.7500", "90.00")


@pytest.mark.parametrize(
    ("corps", "attendues"),
    [
        (
            {"type": "commande", "fournisseur": "MOULIN", "client": "NATIONAL"},
            [("fournisseur", "fournisseur_hors_achat")],
        ),
        ({"type": "commande"}, [("client", "client_requis")]),
        ({"type": "reception"}, [("fournisseur", "fournisseur_requis")]),
        ({"type": "reception", "fournisseur": "MOULIN", "client": "NATIONAL"}, [("client", "client_hors_vente")]),
        ({"type": "reception", "fournisseur": "PERSONNE"}, [("fournisseur", "fournisseur_inconnu")]),
        (achat("reception", prix_tvac=True), [("prix_tvac", "reserve_aux_ventes")]),
        (achat("reception", tarif="REV"), [("tarif", "reserve_aux_ventes")]),
        (achat("reception", adresse_livraison_id=1), [("adresse_livraison_id", "reserve_aux_ventes")]),
        (achat("reception", farine(taxe=True)), [("lignes/0/taxe", "reserve_aux_ventes")]),
        (
            {"type": "commande", "client": "NATIONAL", "lignes": [baguettes(frais="1.0000")]},
            [("lignes/0/frais", "reserve_aux_achats")],
        ),
        (achat("reception", {"designation": "Note", "frais": "1.0000"}), [("lignes/0/frais", "achat_sans_article")]),
        (achat("reception", farine(unite_commande="CT6")), [("lignes/0/unite_commande", "unite_commande_inconnue")]),
        (
            achat("reception", acomptes=[{"montant": "1.00"}], lignes=[farine()]),
            [("acomptes", "acompte_impossible")],
        ),
    ],
)
def test_fou_02_chaque_cote_a_les_siens(api, corps, attendues):
    refuse = api.post("/v1/documents", json={"date": JOUR} | corps)
    assert erreurs(refuse) == (422, [(f"#/{champ}", code) for champ, code in attendues])
    assert sql(api, "SELECT count(*) FROM documents") == [(0,)]


def test_fou_02_un_fournisseur_inactif_ne_commence_rien(api):
    commande = achete(api, "commande_fournisseur", farine())
    api.patch("/v1/fournisseurs/MOULIN", json={"actif": False}, headers={"if-match": "*"})
    refuse = api.post("/v1/documents", json=achat("appel_offre"))
    assert erreurs(refuse) == (422, [("#/fournisseur", "fournisseur_inactif")])
    assert transfere(api, "reception", commande)["fournisseur"] == "MOULIN", "what it has goes on"


def test_fou_02_quatre_etapes_et_leurs_numeros(api):
    fait = achete(api, "appel_offre", farine(), {"designation": "Urgent"})
    numeros = [imprimer(api, fait)["numero_affiche"]]
    for genre in ("commande_fournisseur", "reception", "attente_imputation"):
        suivant = transfere(api, genre, fait)
        assert (suivant["fournisseur"], suivant["lignes"][0]["prix"]) == ("MOULIN", "0.6200")
        assert suivant["lignes"][0]["numero_article_fournisseur"] == "FT55-25"
        assert suivant["lignes"][0]["frais"] == "0.0250"
        assert etat(api, fait) == "transfere"
        fait = suivant
        numeros.append(imprimer(api, fait)["numero_affiche"])
    assert numeros == ["AO2025/00001", "CF2025/00001", "RE2025/00001", "AI2025/00001"]
    assert fait["date_commande"] == JOUR
    chaine = api.get(f"/v1/documents/{fait['id']}/chaine").json()["maillons"]
    assert [un["type"] for un in chaine if un["ordre"] == 100] == [
        "appel_offre",
        "commande_fournisseur",
        "reception",
        "attente_imputation",
    ]
    assert erreurs(tente(api, "reception", fait)) == (409, [("#/sources/0/document", "etape_impossible")])


def test_trf_03_recue_en_plusieurs_fois_et_rendue(api):
    commande = achete(api, "commande_fournisseur", farine("40"))
    premiere = transfere(api, "reception", part(commande, {"ordre": 100, "quantite_unite_commande": "30"}))
    assert quantites(premiere) == [(100, "750", "30")]
    assert restes(api, commande) == ["250"]
    trop = tente(api, "reception", part(commande, {"ordre": 100, "quantite_unite_commande": "11"}))
    assert trop.status_code == 422
    assert trop.json()["code"] == "quantite_depassee" or erreurs(trop)[1][0][1] == "quantite_depassee"
    reste = transfere(api, "reception", commande)
    assert (quantites(reste), etat(api, commande)) == ([(100, "250", "10")], "transfere")
    assert supprimer(api, reste).status_code == 204
    assert (restes(api, commande), etat(api, commande)) == (["250"], "en_attente")
    imprimer(api, premiere)
    assert supprimer(api, premiere).status_code == 204
    assert (restes(api, commande), etat(api, premiere)) == (["1000"], "annule")


def test_trf_03_la_tolerance_vaut_aussi_pour_ce_qui_entre(api):
    api.patch("/v1/articles/FAR", json={"tolerance_depassement": "5.00"}, headers={"if-match": "*"})
    commande = achete(api, "commande_fournisseur", farine("40"))
    recue = transfere(api, "reception", part(commande, {"ordre": 100, "quantite_unite_commande": "42"}))
    assert [un["code"] for un in recue["avertissements"]] == ["depassement"]
    assert etat(api, commande) == "transfere"


def test_trf_04_plusieurs_commandes_d_un_fournisseur(api):
    une, autre = achete(api, "commande_fournisseur", farine("4")), achete(api, "commande_fournisseur", farine("6"))
    assert [un[2] for un in quantites(transfere(api, "reception", une, autre))] == ["4", "6"]
    ailleurs = achete(api, "commande_fournisseur", baguettes(prix="0.3000"), fournisseur="AUTRE")
    troisieme = achete(api, "commande_fournisseur", farine("1"))
    refuse = tente(api, "reception", troisieme, ailleurs)
    assert erreurs(refuse) == (422, [("#/sources/1/document", "fournisseurs_differents")])


def test_trf_04_les_prix_restent_a_moins_qu_on_les_recalcule(api):
    commande = achete(api, "commande_fournisseur", farine("4"), farine("4"))
    chemin = "/v1/articles/FAR/fournisseurs/MOULIN"
    api.patch(chemin, json={"prix_achat": "0.7000", "remise": "1.00"}, headers={"if-match": "*"})
    garde = transfere(api, "reception", part(commande, {"ordre": 100}))
    assert [(une["prix"], une["remise"]) for une in garde["lignes"]] == [("0.6200", "3.00")]
    neuf = transfere(api, "reception", commande, recalculer_prix=True)
    assert [(une["prix"], une["remise"]) for une in neuf["lignes"]] == [("0.7000", "2.00")], "its general discount"


def test_trf_01_les_ventes_et_les_achats_ne_se_melangent_pas(api):
    commande = document(api, "commande", baguettes())
    refuse = tente(api, "reception", commande)
    assert erreurs(refuse) == (409, [("#/sources/0/document", "etape_impossible")])
    assert erreurs(tente(api, "facture", achete(api, "reception", farine()))) == (
        409,
        [("#/sources/0/document", "etape_impossible")],
    )


def test_doc_21_la_liste_par_fournisseur_et_par_texte(api):
    cree = achete(api, "commande_fournisseur", vos_references="OFF-12")
    achete(api, fournisseur="AUTRE")
    document(api, "commande", baguettes())
    for filtre in (
        {"fournisseur": "MOULIN"},
        {"recherche": "sambre off-12"},
        {"type": cree["type"], "recherche": "moulins"},
    ):
        data = api.get("/v1/documents", params=filtre).json()["data"]
        assert [(un["id"], un["fournisseur_nom"]) for un in data] == [(cree["id"], "Moulins de la Sambre")], filtre


def test_doc_19_un_doublon_est_du_meme_fournisseur(api):
    achete(api, vos_references="OFF-12")
    assert achete(api, vos_references="OFF-12", fournisseur="AUTRE")["avertissements"] == []
    assert [un["code"] for un in achete(api, vos_references="OFF-12")["avertissements"]] == ["doublon_probable"]


def test_fou_01_un_fournisseur_qui_a_des_documents_ne_se_supprime_pas(api):
    achete(api, fournisseur="AUTRE")
    refuse = api.delete("/v1/fournisseurs/AUTRE", headers={"if-match": "*"})
    assert refuse.status_code == 409
    assert refuse.json()["code"] == "en_utilisation"


def test_fou_02_l_en_tete_et_les_lignes_se_changent(api):
    cree = achete(api, "commande_fournisseur", farine("4"))
    refuse = modifier(api, cree, tournee="T1")
    assert erreurs(refuse) == (422, [("#/tournee", "reserve_aux_ventes")])
    assert modifier(api, cree, vos_references="X").json()["vos_references"] == "X"
    change = modifier_ligne(api, cree, 100, quantite_unite_commande="5", unite_commande="SAC").json()["lignes"][0]
    assert (change["quantite"], change["designation"], change["frais"]) == ("125", "Bloem T55 zak 25 kg", "0.0250")
    autre = modifier_ligne(api, cree, 100, article="BAG", quantite="3", prix="0.3000").json()["lignes"][0]
    assert (autre["designation"], autre["numero_article_fournisseur"], autre["frais"]) == ("Baguette", None, "0.0000")


def test_trf_08_le_reste_d_une_commande_fournisseur_s_abandonne(api):
    commande = achete(api, "commande_fournisseur", farine("40"))
    transfere(api, "reception", part(commande, {"ordre": 100, "quantite_unite_commande": "30"}))
    envoi = {"motif": "Rupture au moulin", "sources": [{"document": commande["id"]}]}
    assert api.post("/v1/back-orders/abandons", json=envoi).status_code == 201
    assert (etat(api, commande), lire(api, commande)["lignes"][0]["quantite_abandonnee"]) == ("transfere", "250")


@pytest.mark.parametrize("change", ["client = 'NATIONAL'", "fournisseur = NULL", "type = 'commande'"])
def test_fou_02_la_base_tient_le_tiers_de_chaque_type(api, change):
    cree = achete(api)
    with pytest.raises(IntegrityError, match="ck_documents_tiers"):
        sql(api, f"UPDATE documents SET {change} WHERE id = :id", id=cree["id"])


def _texte(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in lire_pdf(pdf).pages).split())


def test_imp_10_le_pdf_parle_au_fournisseur_sans_mention_de_vendeur(api):
    creer(api, "/v1/fournisseurs", MOULIN | {"numero": "COCO", "categorie_tva": "cocontractant"})
    lignes = (farine(prix="0.6200", unite_commande="SAC"), baguettes(prix="1.0000"))
    commande = imprimer(api, achete(api, "commande_fournisseur", *lignes, fournisseur="COCO"))
    lu = _texte(api.get(f"/v1/documents/{commande['id']}/pdf").content)
    assert "Bestelling leverancier" in lu
    assert "45871" in lu
    assert "51, § 2" not in lu
    assert "Medecontractant" not in lu
    demande = imprimer(api, achete(api, "appel_offre", farine()))
    lu = _texte(api.get(f"/v1/documents/{demande['id']}/pdf").content)
    assert "Prijsaanvraag" in lu
    assert "FT55-25" in lu
    assert "0,62" not in lu


def test_doc_15_se_copie_pour_le_meme_fournisseur_ou_un_autre(api):
    creer(api, "/v1/articles/FAR/fournisseurs", {"fournisseur": "AUTRE", "numero_article_fournisseur": "A-55"})
    cree = achete(api, "commande_fournisseur", farine("4"))
    chemin = f"/v1/documents/{cree['id']}/copie"
    copie = api.post(chemin, json={"date": JOUR}).json()
    assert (copie["fournisseur"], copie["lignes"][0]["numero_article_fournisseur"]) == ("MOULIN", "FT55-25")
    assert copie["lignes"][0]["frais"] == "0.0250"
    ailleurs = api.post(chemin, json={"date": JOUR, "fournisseur": "AUTRE", "type": "appel_offre"}).json()
    assert (ailleurs["fournisseur"], ailleurs["lignes"][0]["numero_article_fournisseur"]) == ("AUTRE", "A-55")
    refuse = api.post(chemin, json={"date": JOUR, "client": "NATIONAL"})
    assert erreurs(refuse) == (422, [("#/client", "client_hors_vente")])
    assert erreurs(api.post(chemin, json={"type": "commande"})) == (422, [("#/type", "copie_impossible")])


def test_cal_12_la_reception_entre_a_son_prix_net_et_ses_frais(api):
    achete(api, "reception", farine("4", prix="1.0000", remise="10.00", frais="0.5000"))
    assert api.get("/v1/articles/FAR").json()["dernier_prix_achat"] == "0.9000"
    stock = sql(api, "SELECT prix, frais FROM mouvements WHERE article = 'FAR'")
    assert [(str(prix), str(frais)) for prix, frais in stock] == [("1.400000", "0.5000")]


def test_art_17_une_ligne_s_impute_de_son_cote(api):
    """ART-04, ART-17: sales are posted under a code of sales, purchases under one of purchases; also when changed."""
    refus = (422, [("#/lignes/0/imputation", "imputation_d_autre_genre")])
    assert erreurs(api.post("/v1/documents", json=achat("reception", farine(imputation="VENTES")))) == refus
    vente = {"type": "commande", "client": "NATIONAL", "date": JOUR, "lignes": [baguettes(imputation="ACHATS")]}
    assert erreurs(api.post("/v1/documents", json=vente)) == refus
    faite = achete(api, "reception", farine(imputation="ACHATS"))
    change = modifier_ligne(api, faite, 100, imputation="VENTES")
    assert erreurs(change) == (422, [("#/imputation", "imputation_d_autre_genre")])
