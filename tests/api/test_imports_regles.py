"""Imports (ART-19) hold every rule of the ordinary way, and say which row and column breaks it."""

import pytest
from tests.api.catalogue import BAGUETTE, CARTON, changer, creer
from tests.api.documents import baguettes, boulangerie, document, requetes_sql
from tests.api.fichiers import compte, en_csv, envoyer, exporter, fautes, importer
from tests.api.reponses import erreurs

BASE = ("numero", "designation", "unite", "prix_vente", "code_tva_vente")
CROISSANT = ("CRO", "Croissant", "PCE", "1.20", "6")
UNITE = ("article", "abreviation", "unite", "facteur", "operateur", "decimales")
TARIF = ("article", "tarif", "quantite_minimum", "du", "valeur")


@pytest.fixture
def etabli(api):
    """Families, articles with units and bar codes, clients."""
    creer(api, "/v1/departements", {"code": "BOU", "libelle": "Boulangerie"})
    creer(api, "/v1/departements", {"code": "PAT", "libelle": "Pâtisserie"})
    creer(api, "/v1/familles", {"code": "3", "libelle": "Tartes", "departement": "PAT"})
    creer(api, "/v1/articles", BAGUETTE, codes_barres=["111"])
    creer(api, "/v1/articles/BAG/unites", CARTON, code_barres="222")
    creer(api, "/v1/articles/BAG/unites", CARTON, abreviation="KG", unite="KG")
    for numero, successeur in (("C", None), ("B", "C"), ("A", "B")):
        creer(api, "/v1/articles", BAGUETTE, numero=numero, remplace_par=successeur)
    for numero, payeur in (("C1", None), ("C2", "C1")):
        creer(api, "/v1/clients", {"numero": numero, "nom": "Hôtel", "facturer_a": payeur})
    return api


ARTICLES = [
    ("unite", "XXX", "reference_inconnue"),
    ("unite", "KG", "abreviation_unite_de_base"),
    ("code_tva_vente", "99", "reference_inconnue"),
    ("famille", "99", "reference_inconnue"),
    ("structure", "99", "reference_inconnue"),
    ("fournisseur_habituel", "99", "reference_inconnue"),
    ("imputation_vente", "ACHATS", "imputation_d_autre_genre"),
    ("imputation_achat", "VENTES", "imputation_d_autre_genre"),
    ("unite_par_defaut", "SAC", "unite_par_defaut_inconnue"),
    ("unite_production", "SAC", "unite_production_inconnue"),
    ("remplace_par", "BAG", "article_lui_meme"),
    ("remplace_par", "ZZZ", "reference_inconnue"),
    ("substitut", "BAG", "article_lui_meme"),
    ("substitut", "ZZZ", "reference_inconnue"),
    ("codes_barres", "111 222", "code_barres_pris"),
    ("codes_barres", "1 2 3 4", "liste_trop_longue"),
    ("codes_barres", "1 1", "codes_barres_repetes"),
    ("codes_barres", "1/2", "format_incorrect"),
    ("type_article", "spécial", "valeur_hors_liste"),
    ("prix_vente", "-1", "decimal_illisible"),
    ("prix_vente", "1 000", "decimal_illisible"),
    ("prix_vente", "1,00,0", "decimal_illisible"),
    ("prix_vente", "1e3", "decimal_illisible"),
    ("prix_vente", "NaN", "decimal_illisible"),
    ("prix_vente", "12345678901", "decimal_illisible"),
    ("tolerance_depassement", "100,01", "hors_bornes"),
    ("facteur_unite_supplementaire", "0", "zero_interdit"),
    ("actif", "peut-être", "type_incorrect"),
    ("designation", "x" * 201, "texte_trop_long"),
    ("designation", "deux\nlignes", "format_incorrect"),
]


@pytest.mark.parametrize(("colonne", "valeur", "code"), ARTICLES)
def test_art_19_a_rule_of_articles_holds(etabli, colonne, valeur, code):
    avant = exporter(etabli, "articles")
    fichier = en_csv(("numero", colonne), ("BAG", valeur))
    assert fautes(importer(etabli, "articles", fichier, simulation=True)) == [(2, colonne, valeur[:60], code)]
    assert erreurs(envoyer(etabli, "articles", fichier)) == (422, [(f"#/2/{colonne}", code)])
    assert exporter(etabli, "articles") == avant


AUTRES = [
    ("unites", UNITE, ("ZZZ", "SAC", "CT", "6", "M", "0"), "article", "reference_inconnue"),
    ("unites", UNITE, ("", "SAC", "CT", "6", "M", "0"), "article", "champ_requis"),
    ("unites", UNITE, ("BAG", "SAC", "XXX", "6", "M", "0"), "unite", "reference_inconnue"),
    ("unites", UNITE, ("BAG", "PCE", "CT", "6", "M", "0"), "abreviation", "abreviation_unite_de_base"),
    ("unites", UNITE, ("BAG", "SAC", "CT", "0", "M", "0"), "facteur", "zero_interdit"),
    ("unites", UNITE, ("BAG", "SAC", "CT", "6", "X", "0"), "operateur", "valeur_hors_liste"),
    ("unites", UNITE, ("BAG", "SAC", "CT", "6", "M", "7"), "decimales", "hors_bornes"),
    ("unites", (*UNITE, "code_barres"), ("A", "SAC", "CT", "6", "M", "0", "111"), "code_barres", "code_barres_pris"),
    ("tarifs", TARIF, ("ZZZ", "REV", "", "", "1"), "article", "reference_inconnue"),
    ("tarifs", TARIF, ("BAG", "ZZZ", "", "", "1"), "tarif", "reference_inconnue"),
    ("tarifs", TARIF, ("BAG", "", "", "", "1"), "tarif", "champ_requis"),
    ("tarifs", TARIF, ("BAG", "REV", "sNaN", "", "1"), "quantite_minimum", "decimal_illisible"),
    ("tarifs", TARIF, ("BAG", "REV", "", "31/02/2026", "1"), "du", "date_illisible"),
    ("tarifs", TARIF, ("BAG", "REV", "", "1/1/1900", "1"), "du", "hors_bornes"),
    ("tarifs", TARIF, ("BAG", "REV", "", "01/02/26", "1"), "du", "date_illisible"),
    ("tarifs", (*TARIF, "au"), ("BAG", "REV", "", "2/1/2026", "1", "1/1/2026"), "au", "fin_avant_debut"),
    ("tarifs", TARIF, ("BAG", "REV", "", "", ""), "remise", "valeur_ou_remise"),
    ("clients", ("numero", "nom", "numero_tva"), ("N", "X", "BE0403170702"), "numero_tva", "numero_tva_faux"),
    ("clients", ("numero", "nom", "tarif"), ("N", "X", "ZZZ"), "tarif", "reference_inconnue"),
    ("clients", ("numero", "nom", "note_envoi_profil"), ("N", "X", "ZZZ"), "note_envoi_profil", "reference_inconnue"),
    ("clients", ("numero", "nom", "adresse_pays"), ("N", "X", "Belgique"), "adresse_pays", "format_incorrect"),
    ("clients", ("numero", "nom", "contacts"), ("N", "X", "Jo"), "contacts", "type_incorrect"),
    ("clients", ("numero", "nom", "contacts"), ("N", "X", '[{"nom":1}]'), "contacts", "type_incorrect"),
    ("clients", ("numero", "nom", "contacts"), ("N", "X", "[" * 3000), "contacts", "type_incorrect"),
    ("clients", ("numero", "nom", "textes"), ("N", "X", '{"autre":{}}'), "textes", "valeur_hors_liste"),
    ("clients", ("numero", "facturer_a"), ("C1", "C2"), "facturer_a", "cycle_de_facturation"),
    ("clients", ("numero", "facturer_a"), ("C1", "C1"), "facturer_a", "cycle_de_facturation"),
    ("clients", ("numero", "facturer_a"), ("C1", "C9"), "facturer_a", "reference_inconnue"),
]


@pytest.mark.parametrize(("genre", "titres", "ligne", "colonne", "code"), AUTRES)
def test_art_19_a_rule_of_units_tariffs_and_clients_holds(etabli, genre, titres, ligne, colonne, code):
    avant = exporter(etabli, genre)
    fichier = en_csv(titres, ligne)
    places = [(faute[0], faute[1], faute[3]) for faute in fautes(importer(etabli, genre, fichier, simulation=True))]
    assert places == [(2, colonne, code)]
    assert erreurs(envoyer(etabli, genre, fichier)) == (422, [(f"#/2/{colonne}", code)])
    assert exporter(etabli, genre) == avant


def test_art_19_an_iban_is_checked_in_its_own_column(etabli):
    titres = ("numero", "mandat_sepa_reference", "mandat_sepa_date", "mandat_sepa_iban")
    fichier = en_csv(titres, ("C1", "A1", "15/01/2026", "BE68539007547035"))
    assert erreurs(envoyer(etabli, "clients", fichier)) == (422, [("#/2/mandat_sepa_iban", "iban_faux")])


def test_art_19_the_family_and_the_department_agree(etabli):
    """ART-03: the department follows the family where the file has none, and contradicts it in no row."""
    importer(etabli, "articles", en_csv(("numero", "famille"), ("BAG", "3")))
    assert etabli.get("/v1/articles/BAG").json()["departement"] == "PAT"
    fichier = en_csv(("numero", "famille", "departement"), ("BAG", "3", "BOU"), ("A", "3", ""), ("B", "", "BOU"))
    assert erreurs(envoyer(etabli, "articles", fichier)) == (422, [("#/2/famille", "famille_hors_departement")])
    importer(etabli, "articles", en_csv(("numero", "famille", "departement"), ("BAG", "", "BOU"), ("A", "3", "")))
    articles = [etabli.get(f"/v1/articles/{numero}").json() for numero in ("BAG", "A")]
    assert [(un["famille"], un["departement"]) for un in articles] == [(None, "BOU"), ("3", "PAT")]


@pytest.mark.parametrize(
    ("lignes", "places"),
    [
        ([("C", "A")], ["#/2/remplace_par"]),
        ([("C", "BAG"), ("BAG", "A")], ["#/2/remplace_par"]),
        ([("BAG", "X"), ("X", "BAG")], ["#/2/remplace_par"]),
        ([("C", "BAG"), ("A", "A")], ["#/3/remplace_par"]),
        ([("C", "A"), ("A", "")], []),
        ([("BAG", "X"), ("X", "A")], []),
    ],
)
def test_art_19_successors_make_no_ring_within_the_file_either(etabli, lignes, places):
    """ART-05: what counts is where all successors lead in the end, those of the file and those that stay."""
    creer(etabli, "/v1/articles", BAGUETTE, numero="X")
    reponse = envoyer(etabli, "articles", en_csv(("numero", "remplace_par"), *lignes))
    if places:
        assert [une["pointeur"] for une in reponse.json()["erreurs"]] == places
        assert {une["code"] for une in reponse.json()["erreurs"]} <= {"cycle_de_remplacement", "article_lui_meme"}
    else:
        assert reponse.status_code == 200


def test_art_19_rows_of_a_file_may_name_each_other(api):
    """A successor, a payer that the same file makes is known, wherever its row stands."""
    lignes = [("A", "Vieux", "PCE", "1", "6", "N"), ("N", "Neuf", "PCE", "1", "6", "")]
    assert compte(importer(api, "articles", en_csv((*BASE, "remplace_par"), *lignes))) == (2, 0, 0)
    clients = en_csv(("numero", "nom", "facturer_a"), ("C1", "Filiale", "C2"), ("C2", "Siège", ""))
    assert compte(importer(api, "clients", clients)) == (2, 0, 0)


@pytest.mark.parametrize(
    ("lignes", "places"),
    [
        ([("BAG", ""), ("A", "111")], []),
        ([("A", "111"), ("BAG", "333")], []),
        ([("A", "1 2"), ("B", "2 3")], [("#/3/codes_barres", "code_barres_pris")]),
        ([("A", "222")], [("#/2/codes_barres", "code_barres_pris")]),
        ([("A", "111"), ("BAG", "111")], [("#/2/codes_barres", "code_barres_pris")]),
    ],
)
def test_art_19_a_bar_code_that_a_row_gives_up_another_may_take(etabli, lignes, places):
    """ART-13, ART-15: each code belongs to one in the end."""
    reponse = envoyer(etabli, "articles", en_csv(("numero", "codes_barres"), *lignes))
    if places:
        assert erreurs(reponse) == (422, places)
    else:
        assert reponse.status_code == 200


def test_art_19_units_swap_their_bar_codes(etabli):
    creer(etabli, "/v1/articles/A/unites", CARTON, code_barres="444")
    echange = en_csv(("article", "abreviation", "code_barres"), ("BAG", "CT6", "444"), ("A", "CT6", "222"))
    assert compte(importer(etabli, "unites", echange)) == (0, 2, 0)
    assert etabli.get("/v1/codes-barres/222").json()["article"] == "A"


def test_art_19_what_documents_count_on_stays_as_it_is(api):
    """ART-08: the type of an article in use does not change by a file either."""
    boulangerie(api)
    document(api, "commande", baguettes())
    fichier = en_csv(("numero", "type_article"), ("BAG", "statistique"))
    assert erreurs(envoyer(api, "articles", fichier)) == (422, [("#/2/type_article", "type_article_fige")])
    assert "lignes" in envoyer(api, "articles", fichier).json()["erreurs"][0]["detail"]


def test_art_19_an_assembled_article_with_components_stays_one(etabli):
    """ART-11."""
    changer(etabli, "/v1/articles/A", assemble=True)
    creer(etabli, "/v1/articles/A/composants", {"composant": "BAG", "quantite": "2"})
    fichier = en_csv(("numero", "assemble"), ("A", "non"), ("B", "non"))
    assert erreurs(envoyer(etabli, "articles", fichier)) == (422, [("#/2/assemble", "composants_presents")])


def test_art_19_an_article_sold_again_counts_for_itself(api):
    """ART-08: as by an ordinary change, its statistical article is forgotten."""
    boulangerie(api)
    document(api, "commande", baguettes())
    creer(api, "/v1/articles", BAGUETTE, numero="DIV", type_article="statistique")
    retrait = api.delete("/v1/articles/BAG?article_statistique=DIV", headers={"if-match": "*"})
    assert retrait.status_code == 204
    importer(api, "articles", en_csv(("numero", "actif"), ("BAG", "oui")))
    repris = api.get("/v1/articles/BAG").json()
    assert (repris["actif"], repris["article_statistique"]) == (True, None)


def test_art_19_an_anonymised_client_is_only_read(api):
    """CLI-10: unchanged it may stand in a file; changed it is refused."""
    creer(api, "/v1/clients", {"numero": "P1", "nom": "Mme Dupont", "particulier": True})
    anonyme = api.post("/v1/clients/P1/anonymisation", headers={"if-match": "*"})
    assert anonyme.status_code == 200, anonyme.text
    assert compte(importer(api, "clients", exporter(api, "clients"))) == (0, 0, 1)
    fichier = en_csv(("numero", "nom"), ("P1", "Mme Dupont"))
    assert erreurs(envoyer(api, "clients", fichier)) == (422, [("#/2/numero", "client_anonymise")])


def test_art_19_the_parameters_fill_what_a_new_row_leaves_open(api):
    """ART-17: no purchase code where the file says so, that of the parameters where it says nothing."""
    importer(api, "articles", en_csv((*BASE, "imputation_achat"), (*CROISSANT, "")))
    importer(api, "articles", en_csv(BASE, ("PAI", *CROISSANT[1:])))
    assert [api.get(f"/v1/articles/{un}").json()["imputation_achat"] for un in ("CRO", "PAI")] == [None, "ACHATS"]


def test_art_19_rules_are_asked_once_for_all_rows(etabli):
    """Whatever the file touches, its statements do not grow with its rows."""
    titres = (*BASE, "famille", "imputation_vente", "remplace_par", "codes_barres", "type_article", "assemble")

    def lignes(debut, fin):
        return [(f"N{un}", *CROISSANT[1:], "3", "VENTES", "A", f"9{un}", "normal", "oui") for un in range(debut, fin)]

    with requetes_sql(etabli) as peu:
        importer(etabli, "articles", en_csv(titres, *lignes(0, 2)))
    with requetes_sql(etabli) as beaucoup:
        importer(etabli, "articles", en_csv(titres, *lignes(2, 200)))
    assert len(beaucoup) == len(peu)
