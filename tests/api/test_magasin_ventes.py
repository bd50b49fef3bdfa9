"""Sales of a till that are to be invoiced: MAG-17, MAG-18, with MAG-01, MAG-10 to MAG-14, MAG-25, CAL-14, CLI-13."""

from decimal import Decimal
from random import Random

import pytest
from tests.api.catalogue import changer, creer, evenements
from tests.api.documents import (
    boulangerie,
    etat,
    imprimer,
    lire,
    modifier_ligne,
    requetes_sql,
    sql,
    supprimer,
    tente,
    transfere,
)
from tests.api.magasin import (
    FIN,
    HOTEL,
    commande,
    du_document,
    envoyer_ventes,
    ligne,
    magasin,
    refus_de,
    statuts,
    une,
    vendre,
    vendue,
    vente,
)
from tests.api.reponses import refus
from tests.api.stock import exiger_soldes, niveau
from tests.api.test_pdf import texte


@pytest.fixture(autouse=True)
def _magasin(api):
    boulangerie(api)
    magasin(api)
    yield
    exiger_soldes(api)


def facturable(api, client):
    """Complete the record of a client that a till made."""
    adresse = {"rue": "Rue du Parc 3", "code_postal": "5000", "localite": "Namur", "pays": "BE"}
    champs = {"facturable": True, "particulier": False, "adresse": adresse, "numero_tva": "BE0403170701"}
    assert changer(api, f"/v1/clients/{client}", **champs).is_success


def test_mag_18_a_sale_is_a_numbered_bordereau_that_is_invoiced_at_once(api):
    resultat = vendue(api, vente("T1-47", ligne("BAG", "10"), total_tvac="9.00", vos_references="BC 7"))
    assert (resultat["statut"], resultat["erreurs"], resultat["avertissements"]) == ("cree", [], [])
    fait = du_document(api, resultat)
    attendus = {
        "type": "bordereau",
        "numero": 1,
        "etat": "en_attente",
        "date": FIN,
        "magasin": "NAM",
        "reference_magasin": "T1-47",
        "facturation_immediate": True,
        "prix_tvac": True,
        "vos_references": "BC 7",
        "nombre_impressions": 0,
        "date_commande": None,
    }
    assert {nom: fait[nom] for nom in attendus} == attendus
    assert fait["textes"]["debut"] == "Magasin NAM, ticket T1-47 du 16/06/2025"
    assert [fait["totaux"][nom] for nom in ("tvac", "htva", "tva")] == ["9.00", "8.49", "0.51"]
    assert niveau(api, "BAG") == ("-10", "0", "-10")
    assert [une for une, identifiant in evenements(api, "document") if identifiant == fait["id"]] == [
        "creation",
        "numerotation",
    ]
    client = api.get(f"/v1/clients/{resultat['client']}").json()
    assert (client["facturable"], client["frequence_regroupement"]) == (False, "immediate")
    assert (imprimer(api, fait)["numero"], lire(api, fait)["nombre_impressions"]) == (1, 1)


def test_mag_18_the_facture_names_shop_ticket_and_date_and_comes_to_the_ticket(api):
    """CLI-13: once the client's record is complete; whatever the tickets, to the cent."""
    alea = Random(18)
    ventes, totaux = [], []
    for rang in range(25):
        lignes = [
            ligne(
                alea.choice(["BAG", "VIN", "TRU"]),
                f"{alea.randint(1, 4000) / 1000:.3f}",
                f"{alea.randint(1, 99999) / 10000:.4f}",
                remise=alea.choice(["0.00", "10.00"]),
            )
            for _ in range(alea.randint(1, 8))
        ]
        total = sum(_arrondi(une) for une in lignes)
        ventes.append(vente(f"V{rang}", *lignes, total_tvac=f"{total:.2f}"))
        totaux.append(f"{total:.2f}")
    resultats = vendre(api, *ventes)
    assert set(statuts(resultats)) == {"cree"}
    bordereaux = [du_document(api, un) for un in resultats]
    assert refus(tente(api, "facture", bordereaux[0])) == (409, "client_non_facturable")
    facturable(api, resultats[0]["client"])
    for bordereau, total in zip(bordereaux, totaux, strict=True):
        facture = transfere(api, "facture", bordereau)
        assert (facture["totaux"]["tvac"], facture["totaux"]["montant_du"]) == (total, total)
        assert (facture["magasin"], facture["reference_magasin"]) == ("NAM", bordereau["reference_magasin"])
        assert etat(api, bordereau) == "transfere"
    emise = imprimer(api, facture)
    assert "Magasin NAM, ticket V24 du 16/06/2025" in texte(api, emise)


def _arrondi(une):
    exact = Decimal(une["quantite"]) * Decimal(une["prix_tvac"]) * (100 - Decimal(une["remise"])) / 100
    return exact.quantize(Decimal("0.01"), rounding="ROUND_HALF_UP")


def test_mag_18_the_text_is_in_the_clients_language_before_its_own(api):
    creer(api, "/v1/clients", {"numero": "BAKKER", "nom": "De Bakker", "langue": "nl"})
    changer(api, "/v1/clients/BAKKER", textes={"bordereau": {"debut": "Beste klant"}})
    api.post("/v1/magasins/NAM/clients", json={"clients": [HOTEL]})
    assert api.post("/v1/magasins/NAM/clients/M0012/lien", json={"client": "BAKKER"}).is_success
    fait = du_document(api, vendue(api, vente("T9")))
    assert fait["textes"]["debut"] == "Magasin NAM, kassabon T9 van 16/06/2025\nBeste klant"
    autre = vendue(api, vente("T9", version=2, date="2025-06-15"))
    assert autre["statut"] == "mis_a_jour"
    assert du_document(api, autre)["textes"]["debut"] == "Magasin NAM, kassabon T9 van 15/06/2025\nBeste klant"


def test_doc_06_numbers_follow_date_then_client_and_leave_no_gap(api):
    """DOC-03: what is refused in between draws none."""
    autre = {"numero": "M0001", "nom": "Autre"}
    resultats = vendre(
        api,
        vente("A"),
        vente("B", date="2025-06-10"),
        vente("C", ligne("RIEN")),
        vente("D", client=autre),
        vente("E", date="2025-06-10", client=autre),
    )
    assert statuts(resultats) == ["cree", "cree", "refuse", "cree", "cree"]
    numeros = [du_document(api, un)["numero"] for un in resultats if un["statut"] == "cree"]
    assert numeros == [4, 2, 3, 1]
    assert du_document(api, vendue(api, vente("F")))["numero"] == 5


def test_mag_12_a_sale_sent_again_changes_nothing(api):
    premiere = vendue(api, vente(total_tvac="2.70"))
    for _ in range(2):
        encore = vendue(api, vente(total_tvac="2.70"))
        assert (encore["statut"], encore["document"]) == ("inchange", premiere["document"])
    assert refus_de(vendue(api, vente("V1", ligne("BAG", "4")))) == [("version_incoherente", "#/factures/0/version")]
    assert sql(api, "SELECT count(*), max(numero) FROM documents WHERE type = 'bordereau'") == [(1, 1)]


def test_mag_13_a_changed_sale_changes_the_bordereau_while_it_is_untouched(api):
    cree = vendue(api, vente())
    change = vendue(api, vente("V1", ligne("BAG", "5"), version=3))
    assert (change["statut"], change["document"]) == ("mis_a_jour", cree["document"])
    fait = du_document(api, change)
    assert (fait["numero"], fait["totaux"]["tvac"]) == (1, "4.50")
    assert "4,50" in texte(api, fait)
    ancienne = vendue(api, vente("V1", ligne("BAG", "9"), version=2))
    assert (ancienne["statut"], [un["code"] for un in ancienne["avertissements"]]) == (
        "inchange",
        ["version_anterieure"],
    )
    assert vendue(api, vente(version=4, annulee=True, lignes=[]))["statut"] == "annule"
    assert (etat(api, fait), niveau(api, "BAG")[0]) == ("annule", "0")
    assert lire(api, fait)["numero"] == 1, "its number is not used again (DOC-09)"


@pytest.mark.parametrize("annulee", [False, True])
def test_mag_19_what_is_invoiced_is_a_conflict(api, annulee):
    resultat = vendue(api, vente())
    facturable(api, resultat["client"])
    transfere(api, "facture", du_document(api, resultat))
    suite = vendue(api, vente("V1", ligne("BAG", "9"), version=2, annulee=annulee))
    assert (suite["statut"], suite["document"]) == ("conflit", resultat["document"])
    (conflit,) = api.get("/v1/magasins/NAM/conflits").json()["data"]
    assert (conflit["genre"], conflit["reference"], conflit["motif"]) == ("facture", "V1", "transferee")
    regle = api.post(f"/v1/magasins/NAM/conflits/{conflit['id']}/reglement", json={"version": 2, "decision": "garder"})
    assert regle.is_success, regle.text
    assert vendue(api, vente("V1", ligne("BAG", "9"), version=2, annulee=annulee))["statut"] == "inchange"


def test_mag_13_theirs_can_be_taken_where_ours_was_changed_here(api):
    resultat = vendue(api, vente())
    modifier_ligne(api, du_document(api, resultat), 100, quantite="7")
    assert vendue(api, vente("V1", ligne("BAG", "2"), version=2))["statut"] == "conflit"
    (conflit,) = api.get("/v1/magasins/NAM/conflits").json()["data"]
    assert conflit["motif"] == "changee_ici"
    chemin = f"/v1/magasins/NAM/conflits/{conflit['id']}/reglement"
    assert api.post(chemin, json={"version": 2, "decision": "prendre"}).is_success
    assert du_document(api, resultat)["totaux"]["tvac"] == "1.80"


@pytest.mark.parametrize(
    ("champs", "attendu"),
    [
        ({"mode_fin": "credit_client"}, ("credit_client_refuse", "mode_fin")),
        ({"mode_fin": "comptant"}, ("valeur_hors_liste", "mode_fin")),
        ({"total_tvac": "2.71"}, ("total_different", "total_tvac")),
        ({"total_tvac": "-1.00"}, ("decimal_illisible", "total_tvac")),
        ({"lignes": []}, ("sans_ligne", "lignes")),
        ({"lignes": [{"quantite": "1", "prix_tvac": "1"}]}, ("article_requis", "lignes/0/article")),
        ({"lignes": [ligne("RIEN")]}, ("article_inconnu", "lignes/0/article")),
        ({"lignes": [ligne(unite="PALETTE")]}, ("unite_commande_inconnue", "lignes/0/unite")),
        ({"lignes": [ligne(quantite="-1")]}, ("decimal_illisible", "lignes/0/quantite")),
        ({"date": "1969-12-31"}, ("hors_bornes", "date")),
        ({"date": "3000-01-01"}, ("hors_bornes", "date")),
        ({"version": 0}, ("hors_bornes", "version")),
        ({"client": {"numero": "M9"}}, ("client_de_magasin_inconnu", "client/nom")),
        ({"paiements": [{"mode": "troc", "date": FIN, "montant": "1.00"}]}, ("valeur_hors_liste", "paiements/0/mode")),
        ({"autre": 1}, ("champ_inconnu", "")),
    ],
)
def test_mag_11_a_bad_sale_is_refused_and_the_others_are_taken(api, champs, attendu):
    """MAG-14, MAG-17, MAG-18: with its reason, at its field; nothing of it is stored."""
    bonne, fausse, derniere = vendre(api, vente("A"), vente("B") | champs, vente("C"))
    assert (bonne["statut"], derniere["statut"]) == ("cree", "cree")
    code, champ = attendu
    assert refus_de(fausse) == [(code, f"#/factures/1/{champ}".rstrip("/"))]
    assert sql(api, "SELECT reference FROM references_magasin ORDER BY 1") == [("A",), ("C",)]
    assert sql(api, "SELECT count(*) FROM references_prises") == [(2,)]
    assert vendue(api, vente("B"))["statut"] == "cree", "its number and its name are free"


@pytest.mark.parametrize(
    ("corps", "statut"),
    [
        (b"{", 400),
        (b"[]", 422),
        (b'{"date_fin": "2025-06-16"}', 422),
        (b'{"date_fin": "2025-06-16", "factures": {}}', 422),
        (b'{"factures": []}', 422),
    ],
)
def test_mag_11_what_is_no_batch_is_refused_whole(api, corps, statut):
    en_tetes = {"content-type": "application/json"}
    assert api.post("/v1/magasins/NAM/factures", content=corps, headers=en_tetes).status_code == statut


def test_mag_11_more_than_two_thousand_are_refused_whole(api):
    assert envoyer_ventes(api, *[vente()] * 2001).status_code == 422


def test_mag_18_the_window_is_a_month_to_the_day(api, cle_de):
    """MAG-25: a longer one with a key that may."""
    ventes = [vente(f"V{jour}", date=jour) for jour in ("2025-05-15", "2025-05-16", FIN, "2025-06-17")]
    resultats = vendre(api, *ventes)
    assert statuts(resultats) == ["hors_periode", "cree", "cree", "hors_periode"]
    assert vendue(api, ventes[0], fenetre_jours=32)["statut"] == "cree"
    en_tetes = cle_de("magasin:NAM")
    assert refus(envoyer_ventes(api, ventes[0], en_tetes=en_tetes, fenetre_jours=40))[0] == 403
    assert envoyer_ventes(api, ventes[0], en_tetes=en_tetes).status_code == 207
    assert envoyer_ventes(api, ventes[0], code="GEM", en_tetes=en_tetes).status_code == 403


def test_mag_01_what_is_off_is_told_as_such(api):
    changer(api, "/v1/magasins/NAM/parametres", synchro_factures=False)
    resultat = vendue(api, vente())
    assert (resultat["statut"], [un["code"] for un in resultat["erreurs"]]) == (
        "desactive",
        ["desactive_par_parametre"],
    )
    assert une(api, commande())["statut"] == "cree"
    assert sql(api, "SELECT genre FROM poussees_magasin") == [("commande",)]


def test_mag_18_how_it_was_paid_later_is_told_and_changes_nothing(api):
    """Also once it is invoiced; under a newer version, as all the rest."""
    especes = {"mode": "especes", "date": "2025-06-20", "montant": "2.70"}
    resultat = vendue(api, vente())
    facturable(api, resultat["client"])
    avant = transfere(api, "facture", du_document(api, resultat))
    paye = vendue(api, vente(version=2, paiements=[especes]))
    assert (paye["statut"], paye["document"]) == ("mis_a_jour", resultat["document"])
    assert vendue(api, vente(version=2, paiements=[especes]))["statut"] == "inchange"
    assert refus_de(vendue(api, vente(version=2))) == [("version_incoherente", "#/factures/0/version")]
    assert lire(api, avant)["totaux"]["solde"] == "2.70"
    periode = {"du": FIN, "au": FIN}
    (vendu,) = api.get("/v1/magasins/NAM/rapprochement", params=periode).json()["ventes"]
    assert (vendu["paiements"], vendu["sort"]) == ([especes], "facturee")


def test_doc_09_a_sale_deleted_here_comes_back_as_a_conflict(api):
    resultat = vendue(api, vente())
    supprimer(api, du_document(api, resultat))
    assert vendue(api, vente())["statut"] == "inchange"
    suite = vendue(api, vente("V1", ligne("BAG", "4"), version=2))
    assert suite["statut"] == "conflit"


def test_mag_11_however_many_sales_one_number_of_statements(api):
    """Numbered and copied for printing as one: of 2,000 no more is asked than of a few."""
    vendre(api, vente("A"))  # small tables are in memory, the client is there
    comptes = []
    for nombre in (2, 60):
        ventes = [vente(f"{nombre}-{rang}", ligne("BAG", str(rang + 2))) for rang in range(nombre)]
        with requetes_sql(api) as envoyees:
            assert {un["statut"] for un in vendre(api, *ventes)} == {"cree"}
        comptes.append(len(envoyees))
    assert comptes[0] == comptes[1]


def test_cli_12_a_changed_sale_prints_the_crates_that_it_says_now(api):
    """DOC-02: what a numbered bordereau keeps for printing follows it while it can be changed."""
    bac = {"numero": "BAC", "designation": "Bac à pain", "unite": "PCE", "prix_vente": "0", "code_tva_vente": "0"}
    creer(api, "/v1/articles", bac | {"vidange": True})
    for version, quantite in ((1, "2"), (2, "5")):
        resultat = vendue(api, vente("V1", ligne(), ligne("BAC", quantite, "0.00"), version=version))
        (garde,) = sql(api, "SELECT impression->'vidanges'->0->>'livrees' FROM documents WHERE type = 'bordereau'")
        assert Decimal(garde[0]) == Decimal(quantite), resultat
