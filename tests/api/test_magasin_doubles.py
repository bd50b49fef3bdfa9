"""No sale is invoiced twice, and reconciliation shows it: MAG-19, with MAG-12, MAG-13, MAG-25, MAG-26."""

import csv
from io import StringIO

import pytest
from sqlalchemy.exc import IntegrityError
from tests.api.documents import boulangerie, imprimer, requetes_sql, sql, supprimer, transfere
from tests.api.magasin import (
    DUPONT,
    FIN,
    HOTEL,
    commande,
    du_document,
    ligne,
    magasin,
    pousser,
    refus_de,
    statuts,
    une,
    vendre,
    vendue,
    vente,
)
from tests.api.reponses import erreurs, refus
from tests.api.test_magasin_ventes import facturable
from tests.impression.lecture import lire as lire_pdf


@pytest.fixture(autouse=True)
def _magasin(api):
    boulangerie(api)
    magasin(api)


def rapproche(api, du=FIN, au=FIN, code="NAM"):
    reponse = api.get(f"/v1/magasins/{code}/rapprochement", params={"du": du, "au": au})
    assert reponse.status_code == 200, reponse.text
    return reponse.json()


def test_mag_19_a_sale_of_an_order_that_is_here_is_refused(api):
    """By its own reference, or by that of the order that it came from; once that is cancelled, it is taken."""
    une(api, commande("C1"))
    une(api, commande("C2"))
    propre, origine = vendre(api, vente("C1"), vente("V2", reference_commande="C2"))
    assert refus_de(propre) == [("double_facturation", "#/factures/0/reference")]
    assert refus_de(origine) == [("double_facturation", "#/factures/1/reference_commande")]
    assert sql(api, "SELECT count(*) FROM documents WHERE type = 'bordereau'") == [(0,)]
    pousser(api, *[commande(nom, version=2, annulee=True, lignes=[]) for nom in ("C1", "C2")])
    assert statuts(vendre(api, vente("C1"), vente("V2", reference_commande="C2"))) == ["cree", "cree"]
    assert rapproche(api)["controle"]["conforme"]


def test_mag_19_an_order_whose_sale_is_here_is_a_conflict(api):
    vendre(api, vente("C1"), vente("V2", reference_commande="C2"))
    resultats = pousser(api, commande("C1"), commande("C2"), commande("C3"))
    assert statuts(resultats) == ["conflit", "conflit", "cree"]
    conflits = api.get("/v1/magasins/NAM/conflits").json()["data"]
    assert [(un["reference"], un["motif"]) for un in conflits] == [("C1", "deja_facturee"), ("C2", "deja_facturee")]
    assert sql(api, "SELECT count(*) FROM documents WHERE type = 'commande'") == [(1,)]
    vendre(api, vente("C1", version=2, annulee=True, lignes=[]))
    assert une(api, commande("C1", version=2))["statut"] == "conflit", "until someone settles it"


def test_mag_19_the_office_frees_a_reference_by_deleting_what_holds_it(api):
    resultat = une(api, commande("C1"))
    assert refus_de(vendue(api, vente("V1", reference_commande="C1")))
    supprimer(api, du_document(api, resultat))
    assert vendue(api, vente("V1", reference_commande="C1"))["statut"] == "cree"


def test_mag_19_two_sales_of_one_order_are_one_too_many(api):
    assert vendue(api, vente("V1", reference_commande="C1"))["statut"] == "cree"
    assert refus_de(vendue(api, vente("V2", reference_commande="C1"))) == [
        ("double_facturation", "#/factures/0/reference_commande")
    ]
    assert refus_de(vendue(api, vente("C1"))) == [("double_facturation", "#/factures/0/reference")]
    assert vendue(api, vente("V3", reference_commande="V3"))["statut"] == "cree", (
        "an order and its sale may share one name"
    )


def test_mag_19_a_sale_may_say_later_where_it_came_from(api):
    une(api, commande("C1"))
    assert vendue(api, vente("V1", reference_commande="C0"))["statut"] == "cree"
    assert refus_de(vendue(api, vente("V1", version=2, reference_commande="C1"))) == [
        ("double_facturation", "#/factures/0/reference_commande")
    ]
    assert vendue(api, vente("V1", version=2, reference_commande="C9"))["statut"] == "mis_a_jour"
    assert statuts(pousser(api, commande("C0"), commande("C9"))) == ["cree", "conflit"]


def test_mag_19_one_batch_is_no_other_matter(api):
    """What comes first is taken, also in one batch; and each is told where it stands."""
    resultats = vendre(
        api, vente("V1", reference_commande="C1"), vente("C1"), vente("V2", reference_commande="C1"), vente("V3")
    )
    assert statuts(resultats) == ["cree", "refuse", "refuse", "cree"]
    assert refus_de(resultats[1]) == [("double_facturation", "#/factures/1/reference")]
    assert refus_de(resultats[2]) == [("double_facturation", "#/factures/2/reference_commande")]
    ensemble = vendre(
        api, vente("V7", reference_commande="C7"), vente("V8", reference_commande="C7"), vente("V9"), atomique=True
    )
    assert [[un["code"] for un in resultat["erreurs"]] for resultat in ensemble] == [
        ["repetee_dans_le_lot"],
        ["repetee_dans_le_lot"],
        ["lot_non_pris"],
    ]
    fausse = vente("V4", ligne("RIEN"), reference_commande="C2")
    assert statuts(vendre(api, fausse, vente("V5", reference_commande="C2"))) == ["refuse", "cree"]


def test_mag_19_shops_do_not_mind_each_other(api):
    magasin(api, "GEM")
    une(api, commande("C1"))
    assert vendue(api, vente("C1"), code="GEM")["statut"] == "cree"


def test_mag_19_the_database_holds_it_too(api):
    """Whoever writes past the program: one reference of a shop is one thing."""
    une(api, commande("C1"))
    vendue(api, vente("V1"))
    insertion = (
        "INSERT INTO references_prises (magasin, reference, genre, role, document) "
        "SELECT 'NAM', 'C1', 'facture', 'origine', id FROM documents WHERE type = 'bordereau'"
    )
    with pytest.raises(IntegrityError, match="pk_references_prises"):
        sql(api, insertion)


def test_mag_19_the_same_goods_under_other_references_are_taken_and_listed(api):
    lignes = [ligne("BAG", "2"), ligne("VIN", "1", "12.00"), ligne("BAG", "1")]
    une(api, commande("C1", ligne("VIN", "1", "12.00"), ligne("BAG", "3"), client=HOTEL, date="2025-06-14"))
    resultat = vendue(api, vente("V1", *lignes))
    assert resultat["statut"] == "cree"
    (averti,) = resultat["avertissements"]
    assert (averti["code"], averti["pointeur"]) == ("vente_semblable", "#/factures/0")
    assert "C1" in averti["detail"]
    (suspects,) = rapproche(api)["suspects"]
    assert [(une["genre"], une["reference"]) for une in suspects["pieces"]] == [("commande", "C1"), ("facture", "V1")]
    assert vendue(api, vente("V2", ligne("BAG", "9")))["avertissements"] == []


def test_mag_19_reconciliation_tells_every_fate(api):
    """MAG-26: of orders and of sales, with what followed; and what it comes to."""
    connu = api.post("/v1/magasins/NAM/clients", json={"clients": [HOTEL]}).json()["resultats"][0]
    facturable(api, connu["client"])
    ordres = [commande(f"C{rang}", client=HOTEL, date_livraison="2025-06-16") for rang in range(5)]
    resultats = pousser(api, *ordres, commande("PRIVE", client=DUPONT))
    commandes = [du_document(api, un) for un in resultats]
    transfere(api, "bordereau", commandes[1])
    facture = transfere(api, "facture", transfere(api, "bordereau", commandes[2]))
    pousser(api, commande("C3", version=2, annulee=True, lignes=[], client=HOTEL, date_livraison="2025-06-16"))
    api.post(f"/v1/documents/{commandes[4]['id']}/impression", json={})
    ventes = vendre(
        api,
        vente("V0", ligne("BAG", "7")),
        vente("V1", ligne("BAG", "8")),
        vente("V2", ligne("BAG", "9"), client={"numero": "NEUF", "nom": "Neuf"}),
        vente("V3", ligne("BAG", "6")),
    )
    vendue(api, vente("V3", version=2, annulee=True, lignes=[]))
    imprimee = imprimer(api, transfere(api, "facture", du_document(api, ventes[0])))
    dit = rapproche(api)
    assert {une["reference"]: une["sort"] for une in dit["commandes"]} == {
        "C0": "produite",
        "C1": "livree",
        "C2": "facturee",
        "C3": "annulee",
        "C4": "produite",
        "PRIVE": "cloturee",
    }
    assert {une["reference"]: une["sort"] for une in dit["ventes"]} == {
        "V0": "facturee",
        "V1": "a_facturer",
        "V2": "a_completer",
        "V3": "annulee",
    }
    suites = next(une["suites"] for une in dit["ventes"] if une["reference"] == "V0")
    assert [(une["type"], une["numero_affiche"], une["montant_tvac"]) for une in suites] == [
        ("facture", imprimee["numero_affiche"], "6.30")
    ]
    assert dit["bilan"]["total_ventes"] == "21.60"
    assert dit["bilan"]["total_facture"] == "6.30"
    assert dit["bilan"]["commandes"] == {"produite": 2, "livree": 1, "facturee": 1, "annulee": 1, "cloturee": 1}
    assert dit["controle"] == {"conforme": True, "commandes": 5, "ventes": 3, "doubles": [], "surfacturees": []}
    assert facture["type"] == "facture"


def test_mag_19_more_invoiced_than_sold_is_told(api):
    resultat = vendue(api, vente("V1"))
    facturable(api, resultat["client"])
    facture = transfere(api, "facture", du_document(api, resultat))
    api.patch(f"/v1/documents/{facture['id']}/lignes/100", json={"prix": "5.0000"}, headers={"if-match": "*"})
    controle = rapproche(api)["controle"]
    assert (controle["conforme"], controle["surfacturees"]) == (
        False,
        [{"genre": "facture", "reference": "V1", "total_tvac": "2.70", "facture_tvac": "15.00"}],
    )


def test_mag_25_days_that_no_push_covers_are_named(api):
    """Of orders two days before the end of each push, of sales a month; a longer window covers more."""
    pousser(api, date_fin="2025-06-10")
    pousser(api, date_fin="2025-06-14", fenetre_jours=0)
    vendre(api, date_fin="2025-06-12", fenetre_jours=3)
    trous = rapproche(api, "2025-06-07", "2025-06-16")["jours_non_couverts"]
    assert [tuple(un.values()) for un in trous] == [
        ("commande", "2025-06-07", "2025-06-07"),
        ("commande", "2025-06-11", "2025-06-13"),
        ("commande", "2025-06-15", "2025-06-16"),
        ("facture", "2025-06-07", "2025-06-08"),
        ("facture", "2025-06-13", "2025-06-16"),
    ]
    pousser(api, date_fin="2025-06-16", fenetre_jours=9)
    vendre(api, date_fin="2025-06-16")
    assert rapproche(api, "2025-06-07", "2025-06-16")["jours_non_couverts"] == []


def test_mag_25_a_push_that_was_left_whole_covers_nothing(api):
    fausse = commande("C1", ligne("RIEN"))
    api.post("/v1/magasins/NAM/commandes", json={"date_fin": FIN, "atomique": True, "commandes": [fausse]})
    genres = [un["genre"] for un in rapproche(api)["jours_non_couverts"]]
    assert genres == ["commande", "facture"]
    pousser(api, fausse, commande("C2"))
    assert [un["genre"] for un in rapproche(api)["jours_non_couverts"]] == ["facture"]


def test_mag_19_an_order_is_shown_on_its_own_day_and_on_that_it_is_for(api):
    une(api, commande("C1", date="2025-06-15", date_livraison="2025-07-20"))
    for jour, combien in (("2025-06-15", 1), ("2025-06-16", 0), ("2025-07-20", 1)):
        assert len(rapproche(api, jour, jour)["commandes"]) == combien


@pytest.mark.parametrize(
    ("periode", "attendu"),
    [
        ({}, [("?du", "champ_requis"), ("?au", "champ_requis")]),
        ({"du": FIN, "au": "2025-06-15"}, [("?au", "fin_avant_debut")]),
        ({"du": "2025-01-01", "au": "2025-04-04"}, [("?au", "hors_bornes")]),
        ({"du": "hier", "au": FIN}, [("?du", "date_illisible")]),
    ],
)
def test_mag_19_a_period_that_is_none_is_refused(api, periode, attendu):
    assert erreurs(api.get("/v1/magasins/NAM/rapprochement", params=periode)) == (422, attendu)
    assert refus(api.get("/v1/magasins/GEM/rapprochement", params={"du": FIN, "au": FIN}))[0] == 404


def test_sec_01_a_shops_key_reads_its_own_reconciliation(api, cle_de):
    magasin(api, "GEM")
    for portee, statut in (("magasin:NAM", 200), ("magasin:GEM", 403), ("lecture", 200), ("saisie", 403)):
        adresse = "/v1/magasins/NAM/rapprochement"
        assert api.get(adresse, params={"du": FIN, "au": FIN}, headers=cle_de(portee)).status_code == statut, portee


def test_mag_19_as_a_table_and_on_paper(api):
    pousser(api, commande("C1"), commande("C2", client=HOTEL))
    vendre(api, vente("V1", ligne("BAG", "10"), reference_commande="C9"), vente("C9"))
    adresse, periode = "/v1/magasins/NAM/rapprochement/liste", {"du": "2025-06-12", "au": FIN}
    reponse = api.get(adresse, params=periode | {"format": "csv"})
    assert reponse.headers["content-disposition"].endswith('rapprochement-NAM-2025-06-12-2025-06-16.csv"')
    lignes = list(csv.DictReader(StringIO(reponse.content.decode("utf-8-sig")), delimiter=";"))
    assert [(une["genre"], une["reference"], une["sort"]) for une in lignes] == [
        ("commande", "C1", "cloturee"),
        ("commande", "C2", "cloturee"),
        ("facture", "V1", "a_completer"),
    ]
    papier = api.get(adresse, params=periode)
    assert papier.headers["content-type"] == "application/pdf"
    texte = " ".join(page.extract_text() for page in lire_pdf(papier.content).pages)
    for mot in ("Rapprochement", "rien n'est facturé deux fois", "Factures à établir (1)", "Commandes (2)", "V1"):
        assert mot in texte, texte
    assert api.get(adresse, params=periode | {"format": "xlsx"}).content[:2] == b"PK"


def test_mag_19_a_constant_number_of_statements(api):
    """Whatever the period holds."""
    comptes = []
    for rang in range(3):
        pousser(api, *[commande(f"C{rang}-{un}") for un in range(rang * 20 + 1)])
        vendre(api, *[vente(f"V{rang}-{un}", ligne("BAG", str(un + 1))) for un in range(rang * 20 + 1)])
        with requetes_sql(api) as envoyees:
            rapproche(api)
        comptes.append(len(envoyees))
    assert comptes[1] == comptes[2]
