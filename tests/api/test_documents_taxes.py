"""Taxes of lines: charged, listed apart, kept through changes and transfers (ART-07, CAL-06, CAL-09, TRF-04)."""

from decimal import Decimal

import pytest
from tests.api.catalogue import champ_refuse, changer, creer, effacer
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
    supprimer_ligne,
    taxer,
    transfere,
)
from tests.api.reponses import erreurs

VIN = {"article": "VIN", "quantite": "24"}
BAC = {"code_taxe": "BAC", "libelle": "Taxe BAC", "code_tva": "6", "categorie": "S", "taux": "6.00"}


@pytest.fixture(autouse=True)
def _boulangerie(api):
    boulangerie(api)


@pytest.fixture
def bac(api):
    """Wine at 9.99 and 21 %, in crates of 0.1000 a bottle at 6 % in the country, 0.0500 when exported."""
    changer(api, "/v1/articles/VIN", appliquer_taxe=True)
    return {
        categorie: taxer(api, "VIN", "BAC", categorie, code_tva="6", montant=montant)["id"]
        for categorie, montant in (("national", "0.1000"), ("export", "0.0500"))
    }


def groupes(document):
    """Category, rate, base and VAT of each group."""
    return [tuple(un.values()) for un in document["totaux"]["par_taux"]]


def montants(document):
    """What each line's taxes come to."""
    return [[une["montant_htva"] for une in ligne["taxes"]] for ligne in document["lignes"]]


def modifiee(api, document, ordre, **champs):
    """A document whose line must be changed."""
    reponse = modifier_ligne(api, document, ordre, **champs)
    assert reponse.status_code == 200, reponse.text
    return reponse.json()


@pytest.mark.usefixtures("bac")
def test_art_07_la_taxe_de_l_article_est_listee_a_part(api):
    cree = document(api, "facture", VIN)
    ligne = cree["lignes"][0]
    assert (ligne["taxe"], ligne["montant_htva"]) == (True, "239.76")
    chiffres = {"montant": "0.1000", "pourcentage": None, "montant_htva": "2.40", "montant_tvac": None}
    assert ligne["taxes"] == [BAC | chiffres]
    assert groupes(cree) == [("S", "6.00", "2.40", "0.14"), ("S", "21.00", "239.76", "50.35")]
    assert lire(api, cree) == cree


@pytest.mark.parametrize(
    ("appliquer", "dite", "taxee"),
    [(True, {}, True), (True, {"taxe": False}, False), (False, {}, False), (False, {"taxe": True}, True)],
)
@pytest.mark.usefixtures("bac")
def test_art_07_la_ligne_fait_comme_l_article_sauf_avis_contraire(api, appliquer, dite, taxee):
    changer(api, "/v1/articles/VIN", appliquer_taxe=appliquer)
    ligne = document(api, "facture", VIN | dite)["lignes"][0]
    assert (ligne["taxe"], len(ligne["taxes"])) == (taxee, int(taxee))
    assert document(api, "facture", VIN | dite | {"taxe": None})["lignes"][0]["taxe"] == appliquer


@pytest.mark.parametrize(
    "ligne",
    [{"designation": "Divers", "quantite": "1", "prix": "5", "code_tva": "6"}, {"designation": "Note"}, baguettes()],
)
@pytest.mark.usefixtures("bac")
def test_art_07_ni_ligne_libre_ni_article_sans_taxe(api, ligne):
    cree = document(api, "facture", ligne)["lignes"][0]
    assert (cree["taxe"], cree["taxes"]) == (False, [])
    assert document(api, "facture", ligne | {"taxe": True})["lignes"][0]["taxes"] == []


@pytest.mark.parametrize(
    ("ligne", "taxes", "attendus", "par_taux"),
    [
        # per unit: to the cent, half away from zero, whatever the discount
        (
            baguettes("3", prix="1.0000", remise="50.00"),
            [{"code_tva": "6", "montant": "0.0050"}],
            ["0.02"],
            [("S", "6.00", "1.52", "0.09")],
        ),
        # in base unit, although six cartons were typed
        (
            {"article": "BAG", "quantite_unite_commande": "6", "unite_commande": "CT6"},
            [{"code_tva": "0", "montant": "0.2500"}],
            ["9.00"],
            [("S", "6.00", "30.60", "1.84"), ("Z", "0.00", "9.00", "0.00")],
        ),
        # in % of what the discount leaves: of 13.50
        (
            baguettes("10", prix="1.5000", remise="10.00"),
            [{"code_tva": "21", "pourcentage": "2.00"}],
            ["0.27"],
            [("S", "6.00", "13.50", "0.81"), ("S", "21.00", "0.27", "0.06")],
        ),
        # several, each with its own VAT
        (
            baguettes("100", prix="1.0000"),
            [{"code_tva": "21", "montant": "0.0123"}, {"code_tva": "6", "pourcentage": "1.50"}],
            ["1.23", "1.50"],
            [("S", "6.00", "101.50", "6.09"), ("S", "21.00", "1.23", "0.26")],
        ),
        # given away, its deposit is not
        (baguettes("2", prix="0"), [{"code_tva": "21", "montant": "2.5000"}], ["5.00"], None),
    ],
)
def test_cal_06_montants(api, ligne, taxes, attendus, par_taux):
    for rang, taxe in enumerate(taxes):
        taxer(api, "BAG", f"T{rang}", **taxe)
    cree = document(api, "facture", ligne | {"taxe": True})
    assert montants(cree) == [attendus]
    assert par_taux is None or groupes(cree) == par_taux


@pytest.mark.usefixtures("bac")
def test_cal_06_ni_remise_ni_escompte_et_un_sous_total_de_lignes(api):
    creer(api, "/v1/escomptes", {"code": "ED", "genre": "deduit", "pourcentage": "10.00"})
    cree = document(api, "facture", VIN | {"prix": "1.0000", "sous_total": True}, escompte="ED")
    assert cree["totaux"]["escompte"] == "2.40"
    assert groupes(cree) == [("S", "6.00", "2.40", "0.14"), ("S", "21.00", "21.60", "4.54")]
    assert cree["lignes"][0]["montant_sous_total"] == "24.00"


@pytest.mark.usefixtures("bac")
def test_cal_09_une_autre_categorie_a_ses_propres_taxes(api):
    cree = document(api, "facture", VIN)
    exportee = modifier(api, cree, categorie_tva="export").json()
    assert groupes(exportee) == [("G", "0.00", "240.96", "0.00")]
    taxe = exportee["lignes"][0]["taxes"][0]
    assert (taxe["montant"], taxe["categorie"], taxe["taux"], taxe["montant_htva"]) == ("0.0500", "G", "0.00", "1.20")
    exoneree = modifier(api, cree, categorie_tva="exonere").json()
    assert (montants(exoneree), exoneree["lignes"][0]["taxe"]) == ([[]], True)
    assert modifier(api, cree, categorie_tva="national").json()["lignes"] == cree["lignes"]


@pytest.mark.usefixtures("bac")
def test_cal_07_le_taux_de_la_taxe_est_celui_du_jour_du_document(api):
    taux = [{"du": "2000-01-01", "taux": "12.00"}, {"du": "2025-07-01", "taux": "9.00"}]
    creer(api, "/v1/codes-tva", {"code": "EMB", "libelle": "Emballages", "taux": taux})
    taxer(api, "BAG", "EMB", code_tva="EMB", montant="1.0000")
    cree = document(api, "facture", baguettes("10", taxe=True))
    assert cree["lignes"][0]["taxes"][0]["taux"] == "12.00"
    juillet = modifier(api, cree, date="2025-07-02").json()
    assert groupes(juillet) == [("S", "6.00", "8.50", "0.51"), ("S", "9.00", "10.00", "0.90")]


def test_cal_07_un_code_sans_taux_ce_jour_la_est_refuse(api):
    """Only where it would be charged: neither an unflagged line nor another category's tax needs the rate."""
    creer(api, "/v1/codes-tva", {"code": "NEUF", "libelle": "Neuf", "taux": [{"du": "2026-01-01", "taux": "6.00"}]})
    taxer(api, "BAG", "EMB", code_tva="NEUF", montant="1.0000")
    avant = contenu(api)
    for genre in ("commande", "facture"):
        refuse = api.post("/v1/documents", json=corps(genre, {"designation": "Note"}, baguettes(taxe=True)))
        assert erreurs(refuse) == champ_refuse("#/lignes/1/taxe", "taux_tva_inconnu")
    assert contenu(api) == avant
    document(api, "commande", baguettes(taxe=True), categorie_tva="export")
    cree = document(api, "commande", baguettes(taxe=False))
    assert erreurs(modifier_ligne(api, cree, 100, taxe=True)) == champ_refuse("#/taxe", "taux_tva_inconnu")
    taxee = document(api, "commande", baguettes(taxe=True), categorie_tva="export")
    assert erreurs(modifier(api, taxee, categorie_tva="national")) == champ_refuse("#/date", "taux_tva_inconnu")
    assert montants(document(api, "commande", baguettes(taxe=True), date="2026-01-05")) == [["12.00"]]


def test_cal_06_un_montant_trop_grand_est_refuse(api):
    taxer(api, "BAG", "OR", code_tva="21", montant="9999999999.9999")
    refuse = api.post("/v1/documents", json=corps("offre", baguettes("999999999", taxe=True)))
    assert erreurs(refuse) == champ_refuse("#/lignes", "montant_trop_grand")
    refuse = api.post("/v1/documents", json=corps("offre", baguettes("0.000001", taxe=True), prix_tvac=True))
    assert erreurs(refuse) == champ_refuse("#/lignes", "montant_trop_grand")
    rabais = [{"designation": "Rabais", "quantite": "-90", "prix": "9999999999", "code_tva": "21"}] * 2
    refuse = api.post("/v1/documents", json=corps("offre", baguettes("200", taxe=True), *rabais))
    assert erreurs(refuse) == champ_refuse("#/lignes", "montant_trop_grand")


@pytest.mark.usefixtures("bac")
def test_doc_13_changer_la_quantite_recompte(api):
    cree = document(api, "facture", VIN, baguettes())
    assert montants(modifiee(api, cree, 100, quantite="6")) == [["0.60"], []]
    assert montants(modifiee(api, cree, 100, taxe=False)) == [[], []]
    retaxee = modifiee(api, cree, 100, taxe=True)
    assert montants(retaxee) == [["0.60"], []]
    assert groupes(retaxee)[0] == ("S", "6.00", "10.80", "0.65")
    assert montants(supprimer_ligne(api, cree, 100).json()) == [[]]


def test_doc_13_ce_qui_n_est_pas_retouche_reste(api, bac):
    """Correcting a text brings no tax of today; typing the article again does, as it brings today's price."""
    cree = document(api, "commande", VIN, baguettes(taxe=True))
    changer(api, f"/v1/articles/VIN/taxes/{bac['national']}", montant="0.3000")
    taxer(api, "BAG", "BAC", code_tva="21", montant="1.0000")
    assert montants(modifiee(api, cree, 100, designation="Rouge", quantite="10")) == [["1.00"], []]
    assert montants(modifiee(api, cree, 200, designation="Pain")) == [["1.00"], []]
    assert montants(modifiee(api, cree, 200, taxe=True)) == [["1.00"], ["12.00"]]
    assert montants(modifiee(api, cree, 100, article="VIN")) == [["3.00"], ["12.00"]]
    autre = modifiee(api, cree, 100, article="TRU")["lignes"][0]
    assert (autre["taxe"], autre["taxes"]) == (False, [])


def test_trf_04_la_suite_taxe_ce_qui_fut_convenu(api, bac):
    """A tax that is raised, renamed or gone from the article changes nothing in what was ordered."""
    commande = document(api, "commande", VIN)
    changer(api, "/v1/taxes/BAC", libelle="Vidange")
    for identifiant in bac.values():
        assert effacer(api, f"/v1/articles/VIN/taxes/{identifiant}").status_code == 204
    bordereau = transfere(api, "bordereau", part(commande, {"ordre": 100, "quantite": "10"}))
    assert bordereau["lignes"][0]["taxes"][0]["libelle"] == "Taxe BAC"
    facture = transfere(api, "facture", bordereau, commande)
    assert montants(facture) == [["1.00"], ["1.40"]]
    assert groupes(facture)[0] == ("S", "6.00", "2.40", "0.14")
    assert montants(modifier(api, facture, categorie_tva="export").json()) == [["0.50"], ["0.70"]]
    assert montants(modifiee(api, facture, 100, taxe=False)) == [[], ["0.70"]]
    assert montants(modifiee(api, facture, 100, taxe=True)) == [["0.50"], ["0.70"]]


def test_trf_04_recalculer_prend_les_taxes_du_jour(api, bac):
    commande = document(api, "commande", VIN)
    changer(api, f"/v1/articles/VIN/taxes/{bac['national']}", montant="0.3000")
    facture = transfere(api, "facture", commande, recalculer_prix=True)
    assert montants(facture) == [["7.20"]]


def test_cal_07_un_credit_garde_la_taxe_et_le_taux_de_sa_facture(api, bac):
    taux = [{"du": "2000-01-01", "taux": "12.00"}, {"du": "2025-07-01", "taux": "9.00"}]
    creer(api, "/v1/codes-tva", {"code": "EMB", "libelle": "Emballages", "taux": taux})
    changer(api, f"/v1/articles/VIN/taxes/{bac['national']}", code_tva="EMB")
    facture = imprimer(api, document(api, "facture", VIN, VIN))
    cible = {"type": "note_credit", "date": "2025-07-02"}
    note = transfere(api, cible, part(facture, {"ordre": 100, "quantite": "6"}), recalculer_prix=True)
    assert groupes(note) == [("S", "12.00", "0.60", "0.07"), ("S", "21.00", "59.94", "12.59")]
    assert groupes(modifiee(api, note, 100, article="VIN", quantite="12"))[0] == ("S", "12.00", "1.20", "0.14")
    assert montants(modifier(api, note, categorie_tva="export").json()) == [["1.20"]]
    assert montants(modifiee(api, note, 100, taxe=False)) == [[]]
    assert groupes(modifiee(api, note, 100, taxe=True))[0] == ("S", "12.00", "1.20", "0.14")
    entiere = transfere(api, {"type": "note_credit", "date": "2025-07-02"}, part(facture, {"ordre": 200}))
    assert groupes(entiere) == [("S", "12.00", "2.40", "0.29"), ("S", "21.00", "239.76", "50.35")]


@pytest.mark.usefixtures("bac")
def test_cal_07_une_facture_sans_taxe_se_credite_sans_taxe(api):
    facture = imprimer(api, document(api, "facture", VIN | {"taxe": False}))
    note = transfere(api, {"type": "note_credit", "date": JOUR}, facture)
    assert montants(modifiee(api, note, 100, taxe=True)) == [[]]


@pytest.mark.usefixtures("bac")
def test_cal_14_la_taxe_recoit_sa_tva_comme_le_prix(api):
    taxer(api, "VIN", "PCT", code_tva="21", pourcentage="10.00")
    cree = document(api, "facture", VIN | {"quantite": "10"}, prix_tvac=True)
    taxe, pourcentage = cree["lignes"][0]["taxes"]
    assert (taxe["montant"], taxe["montant_tvac"], taxe["montant_htva"]) == ("0.1060", "1.06", "1.00")
    assert (pourcentage["montant"], pourcentage["montant_tvac"]) == (None, "12.09")
    assert cree["totaux"]["tvac"] == "134.03"
    assert Decimal(cree["totaux"]["htva"]) == sum(map(Decimal, [cree["lignes"][0]["montant_htva"], *montants(cree)[0]]))
