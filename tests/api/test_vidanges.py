"""Crates over HTTP: CLI-12, CAL-05, CAL-06, ART-07, CLI-05, IMP-18, PEP-05, TRF-05, DOC-17, MVT-01."""

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from tests.api.catalogue import champ_refuse, changer, creer
from tests.api.documents import (
    JOUR,
    baguettes,
    boulangerie,
    corps,
    document,
    imprimer,
    lire,
    modifier_ligne,
    part,
    sql,
    supprimer,
    taxer,
    tente,
    transfere,
)
from tests.api.reponses import erreurs
from tests.api.stock import exiger_soldes, niveau


@pytest.fixture(autouse=True)
def _boulangerie(api):
    boulangerie(api)
    for numero, designation in (("BAC", "Bac à pain"), ("CLAY", "Clayette")):
        creer(api, "/v1/articles", {"numero": numero, "designation": designation, "unite": "PCE", "prix_vente": "0",
                                    "code_tva_vente": "0", "vidange": True, "appliquer_taxe": True})  # fmt: skip
    creer(api, "/v1/taxes", {"code": "CONS", "libelle": "Consigne", "genre": "consigne"})
    taxer(api, "BAC", "CONS", code_tva="0", montant="4.50")
    yield
    exiger_soldes(api)


REFUSE = """
    DO $$ BEGIN
        {};
        RAISE 'nothing refused it';
    EXCEPTION WHEN restrict_violation OR raise_exception THEN
        IF SQLERRM = 'nothing refused it' THEN RAISE; END IF;
    END $$
"""


def pdf(api, piece):
    reponse = api.get(f"/v1/documents/{piece['id']}/pdf")
    assert reponse.status_code == 200, reponse.text
    return reponse.content


def texte(api, piece):
    """What a PDF says, spaces made one."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf(api, piece))).pages).split())


def bacs(quantite="10", article="BAC", **autres):
    return {"article": article, "quantite": quantite} | autres


def soldes(api, client="NATIONAL", **filtre):
    reponse = api.get(f"/v1/clients/{client}/vidanges", params=filtre)
    assert reponse.status_code == 200, reponse.text
    return {un["article"]: un["solde"] for un in reponse.json()["soldes"]}


def bouges(api, client="NATIONAL", **filtre):
    lignes = api.get(f"/v1/clients/{client}/vidanges/mouvements", params=filtre).json()["data"]
    return [(une["date"], une["article"], une["quantite"], une["motif"]) for une in lignes]


def corriger(api, quantite="12", client="NATIONAL", *, article="BAC", **autres):
    entree = {"motif": "Solde de départ", "lignes": [{"article": article, "quantite": quantite}]}
    return api.post(f"/v1/clients/{client}/vidanges/corrections", json=entree | autres)


def test_cli_12_sorties_et_retours_sur_la_meme_tournee(api):
    document(api, "commande", bacs("30"))
    assert soldes(api) == {}
    document(api, "bordereau", baguettes("100"), bacs("10"), bacs("-4"), bacs("3", "CLAY"))
    assert soldes(api) == {"BAC": "6", "CLAY": "3"}
    document(api, "retour", bacs("5"), date="2025-06-17")
    assert soldes(api) == {"BAC": "1", "CLAY": "3"}
    assert soldes(api, date=JOUR) == {"BAC": "6", "CLAY": "3"}
    assert soldes(api, date="2025-06-15") == {}
    assert soldes(api, "HOTEL") == {}
    bac = api.get("/v1/clients/NATIONAL/vidanges").json()["soldes"][0]
    assert bac == {"client": "NATIONAL", "article": "BAC", "designation": "Bac à pain", "livrees": "10",
                   "reprises": "9", "corrections": "0", "solde": "1"}  # fmt: skip
    assert bouges(api, article="BAC") == [
        (JOUR, "BAC", "10", None),
        (JOUR, "BAC", "-4", None),
        ("2025-06-17", "BAC", "-5", None),
    ]
    assert niveau(api, "BAC")[0] == "-1"


def test_cli_12_ce_qui_suit_reprend_ce_qui_precede(api):
    """The whole chain counts once, at the day of the delivery; what goes, gives back."""
    commande = document(api, "commande", baguettes("20"), bacs("10"))
    bordereau = transfere(api, "bordereau", part(commande, {"ordre": 200, "quantite": "6"}))
    assert soldes(api) == {"BAC": "6"}
    facture = transfere(api, {"type": "facture", "date": "2025-06-30"}, bordereau)
    assert (soldes(api), soldes(api, date=JOUR)) == ({"BAC": "6"}, {"BAC": "6"})
    assert bouges(api) == [(JOUR, "BAC", "6", None)]
    retour = transfere(api, "retour", part(imprimer(api, facture), {"ordre": 200, "quantite": "2"}))
    assert soldes(api) == {"BAC": "4"}
    assert supprimer(api, retour).status_code == 204
    assert soldes(api) == {"BAC": "6"}
    assert modifier_ligne(api, commande, 200, quantite="7").status_code == 200
    assert soldes(api) == {"BAC": "6"}


def test_cli_12_credit_direct_et_retour_credite(api):
    """A credit without a retour is one of money: the crates are still there."""
    facture = imprimer(api, document(api, "facture", bacs("10")))
    transfere(api, "note_credit", part(facture, {"ordre": 100, "quantite": "3"}))
    assert soldes(api) == {"BAC": "10"}
    retour = imprimer(api, transfere(api, "retour", part(facture, {"ordre": 100, "quantite": "2"})))
    note = transfere(api, "note_credit", retour)
    assert (soldes(api), note["totaux"]["tvac"]) == ({"BAC": "8"}, "9.00")


def test_cli_05_les_vidanges_restent_chez_qui_les_a_recues(api):
    """The facture is the payer's, the crates are not; its retour takes them from who has them."""
    creer(api, "/v1/clients", {"numero": "ECOLE", "nom": "École", "facturer_a": "HOTEL"})
    livre = document(api, "bordereau", bacs("8"), client="ECOLE")
    propre = document(api, "bordereau", bacs("1"), client="HOTEL")
    facture = transfere(api, {"type": "facture", "date": "2025-06-30"}, livre, propre)
    assert (facture["client"], [une["livre_a"] for une in facture["lignes"]]) == ("HOTEL", ["ECOLE", None])
    assert (soldes(api, "ECOLE"), soldes(api, "HOTEL")) == ({"BAC": "8"}, {"BAC": "1"})
    ordre = facture["lignes"][0]["ordre"]
    # Changing the line leaves the crates where they are; another article is no longer what was delivered.
    assert modifier_ligne(api, facture, ordre, designation="Bacs de l'école").status_code == 200
    assert soldes(api, "ECOLE") == {"BAC": "8"}
    retour = transfere(api, "retour", part(imprimer(api, facture), {"ordre": ordre, "quantite": "3"}))
    assert (retour["client"], retour["lignes"][0]["livre_a"]) == ("HOTEL", "ECOLE")
    assert (soldes(api, "ECOLE"), soldes(api, "HOTEL")) == ({"BAC": "5"}, {"BAC": "1"})
    toutes = api.get("/v1/vidanges").json()["data"]
    assert [(une["client"], une["solde"]) for une in toutes] == [("ECOLE", "5"), ("HOTEL", "1")]


def test_cli_05_changer_d_article_rend_la_ligne_a_son_document(api):
    creer(api, "/v1/clients", {"numero": "ECOLE", "nom": "École", "facturer_a": "HOTEL"})
    facture = transfere(api, "facture", document(api, "bordereau", bacs("8"), client="ECOLE"))
    refaite = modifier_ligne(api, facture, 100, article="CLAY").json()["lignes"][0]
    assert (refaite["livre_a"], refaite["vidange"]) == (None, True)
    assert (soldes(api, "ECOLE"), soldes(api, "HOTEL")) == ({"BAC": "8"}, {"CLAY": "8"})


def test_cal_05_seules_les_vidanges_reviennent_en_negatif(api):
    for genre in ("offre", "commande", "bordereau", "facture"):
        document(api, genre, bacs("-4"))
        refuse = api.post("/v1/documents", json=corps(genre, baguettes("-4")))
        assert erreurs(refuse) == champ_refuse("#/lignes/0/quantite", "quantite_negative")
    bordereau = document(api, "bordereau", bacs("-4"), date="2025-06-18")
    ailleurs = modifier_ligne(api, bordereau, 100, article="BAG")
    assert erreurs(ailleurs) == champ_refuse("#/quantite", "quantite_negative")
    for genre in ("retour", "note_credit"):
        refuse = api.post("/v1/documents", json=corps(genre, bacs("-4")))
        assert erreurs(refuse) == champ_refuse("#/lignes/0/quantite", "quantite_negative")


def test_cal_05_les_transferts_gardent_le_signe(api):
    commande = document(api, "commande", bacs("-4"))
    for quantite, code in (("-5", "quantite_depassee"), ("1", "signe_contraire")):
        refuse = tente(api, "bordereau", part(commande, {"ordre": 100, "quantite": quantite}))
        assert erreurs(refuse) == champ_refuse("#/sources/0/lignes/0/quantite", code)
    facture = imprimer(api, transfere(api, "facture", transfere(api, "bordereau", commande)))
    assert (facture["lignes"][0]["quantite"], facture["totaux"]["tvac"], soldes(api)) == ("-4", "-18.00", {"BAC": "-4"})
    note = transfere(api, "note_credit", part(facture, {"ordre": 100, "quantite": "-3"}))
    assert note["totaux"]["tvac"] == "-13.50"
    reste = transfere(api, "note_credit", facture)
    assert (reste["lignes"][0]["quantite"], reste["totaux"]["tvac"]) == ("-1", "-4.50")


def test_art_07_la_consigne_se_facture_et_se_credite(api):
    """CAL-06 by sign; a deposit without VAT is exempt (PEP-05), goods at 0 % are not."""
    creer(api, "/v1/articles", {"numero": "ZERO", "designation": "Journal", "unite": "PCE", "prix_vente": "2",
                                "code_tva_vente": "0"})  # fmt: skip
    bordereau = document(
        api, "bordereau", baguettes("100"), bacs("10"), bacs("-4"), {"article": "ZERO", "quantite": "1"}
    )
    assert [une["taxes"][0]["montant_htva"] for une in bordereau["lignes"][1:3]] == ["45.00", "-18.00"]
    groupes = {un["categorie"]: un["base"] for un in bordereau["totaux"]["par_taux"]}
    assert groupes == {"S": "85.00", "Z": "2.00", "E": "27.00"}
    imprime = texte(api, imprimer(api, bordereau))
    assert "Emballages consignés" in imprime
    taxer(api, "CLAY", "CONS", code_tva="21", montant="1.00")
    taxee = document(api, "bordereau", bacs("10", "CLAY"))
    assert [(un["categorie"], un["base"], un["tva"]) for un in taxee["totaux"]["par_taux"]] == [
        ("S", "10.00", "2.10"),
        ("E", "0.00", "0.00"),
    ]


def test_cal_04_les_vidanges_reprises_au_prix_des_vidanges_livrees(api):
    changer(api, "/v1/articles/CLAY", prix_vente="3.0000", appliquer_taxe=False)
    creer(api, "/v1/articles/CLAY/tarifs", {"tarif": "REV", "quantite_minimum": "0", "valeur": "2.5000"})
    lu = document(api, "bordereau", bacs("6", "CLAY"), bacs("-6", "CLAY"), client="HOTEL")
    assert [une["prix"] for une in lu["lignes"]] == ["2.5000", "2.5000"]
    assert (lu["totaux"]["tvac"], [un["categorie"] for un in lu["totaux"]["par_taux"]]) == ("0.00", ["E"])


def test_cli_12_corriger_un_solde(api):
    """Opening balances: no stock moves, it is told in the journal, and the database lets nobody change it."""
    simule = api.post(
        "/v1/clients/NATIONAL/vidanges/corrections?simulation=true",
        json={"motif": "Essai", "lignes": [{"article": "BAC", "quantite": "1"}]},
    )
    assert (simule.status_code, simule.json()["soldes"][0]["solde"], soldes(api)) == (201, "1", {})
    reponse = corriger(api, date="2025-06-01")
    assert reponse.status_code == 201, reponse.text
    document(api, "bordereau", bacs("3"))
    corriger(api, "-1", date="2025-06-20", motif="Comptage")
    lu = api.get("/v1/clients/NATIONAL/vidanges").json()["soldes"][0]
    assert (lu["livrees"], lu["reprises"], lu["corrections"], lu["solde"]) == ("3", "0", "11", "14")
    assert niveau(api, "BAC")[0] == "-3"
    assert bouges(api, du="2025-06-02") == [(JOUR, "BAC", "3", None), ("2025-06-20", "BAC", "-1", "Comptage")]
    assert soldes(api, date=JOUR) == {"BAC": "15"}
    evenement = api.get("/v1/evenements", params={"ressource": "correction_vidanges"}).json()["data"][-1]
    assert evenement["action"] == "creation"
    for ordre in ("UPDATE corrections_vidanges SET quantite = 1", "DELETE FROM corrections_vidanges"):
        assert sql(api, REFUSE.format(ordre)) == []
    assert api.delete("/v1/clients/NATIONAL", headers={"if-match": "*"}).status_code == 409


def test_cli_12_corrections_refusees(api):
    assert corriger(api, client="PERSONNE").status_code == 404
    assert api.get("/v1/clients/PERSONNE/vidanges").status_code == 404
    assert api.get("/v1/clients/PERSONNE/vidanges/mouvements").status_code == 404
    lignes = [
        {"article": "BAG", "quantite": "1"},
        {"article": "RIEN", "quantite": "1"},
        {"article": "BAC", "quantite": "0"},
        {"article": "CLAY", "quantite": "1"},
        {"article": "CLAY", "quantite": "2"},
    ]
    assert erreurs(corriger(api, lignes=lignes)) == (
        422,
        [
            ("#/lignes/0/article", "article_non_vidange"),
            ("#/lignes/1/article", "reference_inconnue"),
            ("#/lignes/2/quantite", "quantite_nulle"),
            ("#/lignes/4/article", "article_en_double"),
        ],
    )
    assert soldes(api) == {}


def test_cli_12_la_liste_de_tous_les_soldes(api):
    for rang, client in enumerate(("HOTEL", "EXPORT", "NATIONAL"), 1):
        document(api, "bordereau", bacs(str(rang)), bacs("2", "CLAY"), bacs("-2", "CLAY"), client=client)
    page = api.get("/v1/vidanges", params={"limite": "2"})
    assert [(un["client"], un["article"], un["solde"]) for un in page.json()["data"]] == [
        ("EXPORT", "BAC", "2"),
        ("HOTEL", "BAC", "1"),
    ]
    suite = api.get("/v1/vidanges", params={"limite": "2", "curseur": page.json()["curseur_suivant"]}).json()
    assert ([un["client"] for un in suite["data"]], suite["curseur_suivant"]) == (["NATIONAL"], None)
    avec = api.get("/v1/vidanges", params={"soldees": "true", "client": "HOTEL"}).json()["data"]
    assert [(un["article"], un["solde"]) for un in avec] == [("BAC", "1"), ("CLAY", "0")]
    assert api.get("/v1/vidanges", params={"article": "CLAY"}).json()["data"] == []
    assert api.get("/v1/vidanges", params={"date": "2025-01-01"}).json()["data"] == []
    vus: list[tuple[str, str]] = []
    demande: dict[str, Any] = {"limite": "1"}
    for _ in range(3):
        lue = api.get("/v1/clients/HOTEL/vidanges/mouvements", params=demande).json()
        vus += [(un["article"], un["quantite"]) for un in lue["data"]]
        demande["curseur"] = lue["curseur_suivant"]
    assert demande["curseur"] is None
    assert vus == [("BAC", "1"), ("CLAY", "2"), ("CLAY", "-2")]


def test_cli_12_une_vidange_est_tenue_en_stock(api):
    base = {"numero": "X", "designation": "X", "unite": "PCE", "prix_vente": "0", "code_tva_vente": "0"}
    for champs in ({"gere_stock": False}, {"assemble": True, "mouvement_composants": True}):
        refuse = api.post("/v1/articles", json=base | {"vidange": True} | champs)
        assert erreurs(refuse) == champ_refuse("#/vidange", "vidange_sans_stock")
    assert erreurs(changer(api, "/v1/articles/BAC", gere_stock=False)) == champ_refuse(
        "#/vidange", "vidange_sans_stock"
    )
    assert [un["numero"] for un in api.get("/v1/articles", params={"vidange": "true"}).json()["data"]] == [
        "BAC",
        "CLAY",
    ]
    # The history of an article that is flagged late counts, and an assembly brings its crates along.
    creer(api, "/v1/articles", base | {"assemble": True, "mouvement_composants": True})
    creer(api, "/v1/articles/X/composants", {"composant": "BAG", "quantite": "40"})
    creer(api, "/v1/articles/X/composants", {"composant": "BAC", "quantite": "1"})
    document(api, "bordereau", {"article": "X", "quantite": "3"}, bacs("9", "VIN"))
    assert soldes(api) == {"BAC": "3"}
    assert changer(api, "/v1/articles/VIN", vidange=True).status_code == 200
    assert soldes(api) == {"BAC": "3", "VIN": "9"}


@pytest.mark.parametrize(
    ("langue", "titre"), [("fr", "Vidanges"), ("nl", "Leeggoed"), ("de", "Leergut"), ("en", "Crates")]
)
def test_cli_12_le_bordereau_imprime_le_solde(api, langue, titre):
    """As it was when the document was numbered, whatever comes later (IMP-18)."""
    changer(api, "/v1/clients/NATIONAL", langue=langue)
    corriger(api, "12", date="2025-06-01")
    bordereau = document(api, "bordereau", baguettes("100"), bacs("10"), bacs("-4"), impression_directe=True)
    imprime = texte(api, bordereau)
    assert titre in imprime
    assert "Bac à pain 12 10 4 18" in imprime
    avant = pdf(api, bordereau)
    retour = document(api, "retour", bacs("5"))
    assert "Bac à pain 18 0 5 13" in texte(api, retour)
    assert pdf(api, bordereau) == avant
    assert titre not in texte(api, document(api, "facture", bacs("1")))
    # Changed before it is sent on: what it says follows, with all that the ledger has of that day by then.
    assert modifier_ligne(api, bordereau, 200, quantite="11").status_code == 200
    assert "Bac à pain 8 11 4 15" in texte(api, bordereau)
    assert lire(api, bordereau)["nombre_impressions"] == 1


def test_cli_12_sans_vidanges_rien_n_est_imprime(api):
    assert "Vidanges" not in texte(api, document(api, "bordereau", baguettes("100")))
