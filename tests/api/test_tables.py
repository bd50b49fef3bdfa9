"""Every plain table through its five operations (TAB-01), and what a fresh société finds in them (TAB-02)."""

from typing import Any

import pytest
from tests.api.reponses import donnees, erreurs, refus, si

from aurore_api.tables.routes import TABLES

LIBELLEE = {"code": "X1", "libelle": "Un"}
LIGNES: dict[str, dict[str, Any]] = {
    "departements": LIBELLEE,
    "familles": LIBELLEE | {"departement": None},
    "structures": LIBELLEE,
    "unites": LIBELLEE | {"decimales": 0, "code_unece": "NMP"},
    "tarifs": LIBELLEE,
    "categories-tva": LIBELLEE | {"regime": "export"},
    "codes-tva": LIBELLEE | {"taux": [{"du": "2007-01-01", "taux": "19.00"}]},
    "taxes": LIBELLEE | {"genre": "consigne"},
    "devises": LIBELLEE | {"code": "DKK", "decimales": 2, "cours": "7.4604"},
    "codes-intrastat": LIBELLEE | {"code": "19053191", "unite_supplementaire": "p/st"},
    "comptes": {"numero": "700900", "libelle": "Un"},
    "imputations": LIBELLEE | {"genre": "achat"},
    "echeances": LIBELLEE | {"jours": 30, "fin_de_mois": True, "jour_fixe": 10},
    "escomptes": LIBELLEE | {"genre": "conditionnel", "pourcentage": "3.00", "jours": 8},
    "modes-paiement": LIBELLEE | {"genre": "carte"},
    "modes-livraison": LIBELLEE | {"montant": "12.50", "code_tva": "21"},
    "representants": {"code": "X1", "nom": "Un"},
    "codes-statistiques": LIBELLEE,
    "depots": LIBELLEE,
    "emplacements": LIBELLEE | {"depot": "PRINCIPAL"},
    "profils": LIBELLEE,
    "tournees": {"numero": "X1", "nom": "Un", "jour": 1, "heure_limite": {"jours_avant": 1, "heure": "16:30"}},
    "plans-analytiques": LIBELLEE,
    "comptes-analytiques": LIBELLEE | {"plan": "P"},
}
"""A whole row of each table."""

MOTIFS = {"devises", "codes-intrastat", "comptes"}
"""The tables whose keys have a form of their own."""

toutes = pytest.mark.parametrize("chemin", LIGNES)


def cle_de(chemin):
    """The field that a row of this table is named by."""
    return "numero" if "numero" in LIGNES[chemin] else "code"


def un_de(chemin):
    """The path of the example of a table."""
    return f"/v1/{chemin}/{LIGNES[chemin][cle_de(chemin)]}"


def nom_de(chemin):
    """The field that people read a row of this table by."""
    return "libelle" if "libelle" in LIGNES[chemin] else "nom"


@pytest.fixture
def tables(api):
    """The API, with the plan that the example of an analytic account belongs to."""
    assert api.post("/v1/plans-analytiques", json={"code": "P", "libelle": "Plan"}).status_code == 201
    return api


def test_tab_01_every_table_has_its_example():
    assert set(LIGNES) == {table.chemin for table in TABLES}


@toutes
def test_tab_01_a_row_lives_and_ends(tables, chemin):
    ligne, un = LIGNES[chemin], un_de(chemin)
    cree = tables.post(f"/v1/{chemin}", json=ligne)
    assert (cree.status_code, cree.headers["location"], cree.headers["etag"]) == (201, un, '"1"')
    assert cree.json() == ligne | {"version": 1}
    lue = tables.get(un)
    assert (lue.status_code, lue.headers["etag"], lue.json()) == (200, '"1"', cree.json())
    assert cree.json() in donnees(tables.get(f"/v1/{chemin}?limite=200"))
    changee = tables.patch(un, json={nom_de(chemin): "Deux"}, headers=si(1))
    assert (changee.status_code, changee.headers["etag"]) == (200, '"2"')
    assert changee.json() == tables.get(un).json() == ligne | {nom_de(chemin): "Deux", "version": 2}
    partie = tables.delete(un, headers=si(2))
    assert (partie.status_code, partie.content) == (204, b"")
    assert refus(tables.get(un)) == (404, "ressource_absente")


@toutes
def test_tab_01_writing_the_same_again_changes_nothing(tables, chemin):
    tables.post(f"/v1/{chemin}", json=LIGNES[chemin])
    meme = {nom: valeur for nom, valeur in LIGNES[chemin].items() if nom not in {"code", "numero"}}
    assert tables.patch(un_de(chemin), json=meme, headers=si(1)).json()["version"] == 1
    journal = donnees(tables.get(f"/v1/evenements?identifiant={LIGNES[chemin][cle_de(chemin)]}"))
    assert [un["action"] for un in journal] == ["creation"]


@toutes
@pytest.mark.parametrize("methode", ["PATCH", "DELETE"])
def test_api_06_a_change_names_the_version_it_saw(tables, chemin, methode):
    corps = {"json": {nom_de(chemin): "Deux"}} if methode == "PATCH" else {}
    un = un_de(chemin)
    assert refus(tables.request(methode, un, headers=si(1), **corps)) == (404, "ressource_absente")
    tables.post(f"/v1/{chemin}", json=LIGNES[chemin])
    assert refus(tables.request(methode, un, **corps)) == (428, "version_requise")
    assert refus(tables.request(methode, un, headers=si(2), **corps)) == (412, "version_perimee")
    assert tables.request(methode, un, headers={"if-match": 'W/"9", "1"'}, **corps).is_success


@toutes
def test_tab_01_keys_are_unique(tables, chemin):
    cle = cle_de(chemin)
    assert tables.post(f"/v1/{chemin}", json=LIGNES[chemin]).status_code == 201
    assert erreurs(tables.post(f"/v1/{chemin}", json=LIGNES[chemin])) == (409, [(f"#/{cle}", "deja_pris")])


@toutes
def test_tab_01_bad_rows_are_refused_by_their_fields(tables, chemin):
    ligne = LIGNES[chemin]
    cle = cle_de(chemin)
    sans = {nom: valeur for nom, valeur in ligne.items() if nom != cle}
    for corps, attendue in (
        (sans, (f"#/{cle}", "champ_requis")),
        (sans | {cle: "X/1"}, (f"#/{cle}", "format_incorrect")),
        (sans | {cle: "X" * 21}, (f"#/{cle}", "format_incorrect" if chemin in MOTIFS else "texte_trop_long")),
        (ligne | {nom_de(chemin): 1}, (f"#/{nom_de(chemin)}", "type_incorrect")),
        (ligne | {nom_de(chemin): "a\nb"}, (f"#/{nom_de(chemin)}", "format_incorrect")),
        (ligne | {"couleur": "rouge"}, ("#", "champ_inconnu")),
    ):
        assert erreurs(tables.post(f"/v1/{chemin}", json=corps)) == (422, [attendue])
    tables.post(f"/v1/{chemin}", json=ligne)
    assert erreurs(tables.patch(un_de(chemin), json={cle: "X2"}, headers=si(1))) == (422, [("#", "champ_inconnu")])


@pytest.mark.parametrize(
    ("chemin", "change", "attendue"),
    [
        ("unites", {"decimales": 7}, ("#/decimales", "hors_bornes")),
        ("unites", {"decimales": True}, ("#/decimales", "type_incorrect")),
        ("categories-tva", {"regime": "lunaire"}, ("#/regime", "valeur_hors_liste")),
        ("codes-tva", {"taux": []}, ("#/taux", "liste_trop_courte")),
        ("codes-tva", {"taux": [{"du": "2007-02-30", "taux": "1"}]}, ("#/taux/0/du", "date_illisible")),
        ("codes-tva", {"taux": [{"du": "2007-01-01", "taux": "100.01"}]}, ("#/taux/0/taux", "hors_bornes")),
        ("codes-tva", {"taux": [{"du": "2007-01-01", "taux": "1"}] * 2}, ("#", "taux_le_meme_jour")),
        ("echeances", {"jour_fixe": 32}, ("#/jour_fixe", "hors_bornes")),
        ("escomptes", {"genre": "deduit"}, ("#", "escompte_delai")),
        ("escomptes", {"jours": None}, ("#", "escompte_delai")),
        ("modes-livraison", {"montant": "-1.00"}, ("#/montant", "decimal_illisible")),
        ("tournees", {"jour": 8}, ("#/jour", "hors_bornes")),
        (
            "tournees",
            {"heure_limite": {"jours_avant": 1, "heure": "24:00"}},
            ("#/heure_limite/heure", "format_incorrect"),
        ),
        ("tournees", {"heure_limite": {"heure": "16:00"}}, ("#/heure_limite/jours_avant", "champ_requis")),
        ("taxes", {"genre": "impot"}, ("#/genre", "valeur_hors_liste")),
        ("devises", {"cours": "0"}, ("#/cours", "zero_interdit")),
        ("devises", {"cours": 7.4604}, ("#/cours", "decimal_en_texte")),
        ("devises", {"cours": "1234567890"}, ("#/cours", "decimal_illisible")),
        ("devises", {"decimales": 7}, ("#/decimales", "hors_bornes")),
        ("codes-intrastat", {"unite_supplementaire": "a\nb"}, ("#/unite_supplementaire", "format_incorrect")),
        ("imputations", {"genre": "stock"}, ("#/genre", "valeur_hors_liste")),
    ],
)
def test_tab_01_each_table_keeps_its_own_rules(tables, chemin, change, attendue):
    """The same when a row is made and when it is changed."""
    assert erreurs(tables.post(f"/v1/{chemin}", json=LIGNES[chemin] | change)) == (422, [attendue])
    tables.post(f"/v1/{chemin}", json=LIGNES[chemin])
    assert erreurs(tables.patch(un_de(chemin), json=change, headers=si(1))) == (422, [attendue])
    assert tables.get(un_de(chemin)).json() == LIGNES[chemin] | {"version": 1}


@pytest.mark.parametrize(
    ("chemin", "cle"),
    [
        ("devises", "eur"),
        ("devises", "EURO"),
        ("codes-intrastat", "1905903"),
        ("codes-intrastat", "1905 9030"),
        ("comptes", "7"),
        ("comptes", "70000000000"),
        ("comptes", "70A"),
        ("comptes", "\u0667\u0660"),
    ],
)
def test_tab_01_some_keys_have_a_form_of_their_own(api, chemin, cle):
    champ = cle_de(chemin)
    assert erreurs(api.post(f"/v1/{chemin}", json=LIGNES[chemin] | {champ: cle})) == (
        422,
        [(f"#/{champ}", "format_incorrect")],
    )


def test_tab_01_the_euro_is_what_other_currencies_are_stated_in(api):
    refuse = (422, [("#/cours", "cours_de_l_euro")])
    assert erreurs(api.patch("/v1/devises/EUR", json={"cours": "1"}, headers=si(1))) == refuse
    assert api.patch("/v1/devises/CHF", json={"cours": "0.935200"}, headers=si(1)).json()["cours"] == "0.9352"


def test_tab_01_the_address_of_a_new_row_can_be_followed(api):
    cree = api.post("/v1/depots", json={"code": "Dépôt n (1)", "libelle": "Un"})
    assert cree.headers["location"] == "/v1/depots/D%C3%A9p%C3%B4t%20n%20%281%29"
    assert api.get(cree.headers["location"]).json() == cree.json()


@pytest.mark.parametrize(
    ("chemin", "champ"),
    [
        ("familles", "departement"),
        ("modes-livraison", "code_tva"),
        ("comptes-analytiques", "plan"),
        ("emplacements", "depot"),
    ],
)
def test_tab_01_a_reference_names_a_row_that_exists(tables, chemin, champ):
    attendu = (422, [(f"#/{champ}", "reference_inconnue")])
    assert erreurs(tables.post(f"/v1/{chemin}", json=LIGNES[chemin] | {champ: "ABSENT"})) == attendu
    tables.post(f"/v1/{chemin}", json=LIGNES[chemin])
    assert erreurs(tables.patch(un_de(chemin), json={champ: "ABSENT"}, headers=si(1))) == attendu


@pytest.mark.parametrize(
    ("utilisee", "chemin", "champ"),
    [
        ("departements/X1", "familles", "departement"),
        ("codes-tva/X1", "modes-livraison", "code_tva"),
        ("plans-analytiques/X1", "comptes-analytiques", "plan"),
        ("depots/X1", "emplacements", "depot"),
    ],
)
def test_tab_01_a_row_in_use_stays_and_says_by_what(tables, utilisee, chemin, champ):
    tables.post(f"/v1/{utilisee.split('/')[0]}", json=LIGNES[utilisee.split("/")[0]])
    assert tables.post(f"/v1/{chemin}", json=LIGNES[chemin] | {champ: "X1"}).status_code == 201
    reponse = tables.delete(f"/v1/{utilisee}", headers=si(1))
    assert refus(reponse) == (409, "en_utilisation")
    assert reponse.json()["detail"] == f"Encore utilisé par : {chemin} (1) : X1."
    assert tables.get(f"/v1/{utilisee}").status_code == 200


@pytest.mark.parametrize(
    "defaut",
    [
        "codes-tva/6",
        "imputations/VENTES",
        "imputations/ACHATS",
        "unites/PCE",
        "categories-tva/national",
        "depots/PRINCIPAL",
        "profils/STD",
        "devises/EUR",
    ],
)
def test_tab_01_the_parameters_use_their_defaults(tables, defaut):
    reponse = tables.delete(f"/v1/{defaut}", headers=si(1))
    assert refus(reponse) == (409, "en_utilisation")
    assert "parametres" in reponse.json()["detail"]
    assert tables.get(f"/v1/{defaut}").status_code == 200


@pytest.mark.parametrize("code", ["X%001", "X%00", "%20X", "X" * 21, "%ED%A0%80", "X%0A"])
def test_api_02_a_malformed_key_in_a_path_is_refused(tables, code):
    assert tables.get(f"/v1/unites/{code}").status_code == 422


def test_tab_02_a_fresh_societe_starts_with_belgian_defaults(api):
    def codes(chemin):
        return {une.get("code", une.get("numero")) for une in donnees(api.get(f"/v1/{chemin}?limite=200"))}

    assert codes("codes-tva") == {"0", "6", "12", "21"}
    assert codes("categories-tva") == {"national", "cocontractant", "intracommunautaire", "export", "exonere"}
    assert {"PCE", "KG", "L", "CT"} <= codes("unites")
    assert {"COMPTANT", "30J", "30FM"} <= codes("echeances")
    assert codes("modes-paiement") == {"ESPECES", "CARTE", "VIREMENT", "DOMICILIATION"}
    assert codes("depots") == {"PRINCIPAL"}
    assert codes("devises") == {"EUR", "USD", "GBP", "CHF"}
    assert {"VENTES", "MARCHANDISES", "SERVICES", "ACHATS"} <= codes("imputations")
    assert codes("profils") == {"STD"}
    normal = api.get("/v1/codes-tva/21").json()["taux"]
    assert normal[-1] == {"du": "1996-01-01", "taux": "21.00"}
    assert [un["etat"] for un in donnees(api.get("/v1/exercices"))] == ["ouvert"]


def test_tab_02_a_fresh_societe_posts_sales_and_purchases(api):
    """Every posting code has its account in every VAT category, and no two of them the same."""
    plan = {un["numero"]: un["libelle"] for un in toutes_les_lignes(api, "/v1/comptes")}
    assert plan["70"] == "Chiffre d'affaires"
    assert plan["60"] == "Approvisionnements et marchandises"
    assert {numero[:2] for numero in plan} == {"60", "61", "70", "74", "75"}
    categories = {une["code"] for une in donnees(api.get("/v1/categories-tva"))}
    trouves = []
    for imputation in donnees(api.get("/v1/imputations?limite=200")):
        comptes = donnees(api.get(f"/v1/imputations/{imputation['code']}/comptes"))
        assert {un["categorie_tva"] for un in comptes} == categories
        assert {un["compte"][0] for un in comptes} == {"7" if imputation["genre"] == "vente" else "6"}
        trouves += [un["compte"] for un in comptes]
    assert len(set(trouves)) == len(trouves)
    assert set(trouves) <= set(plan)


def toutes_les_lignes(api, adresse):
    """Every row of a list, page after page."""
    page = api.get(adresse).json()
    lignes = page["data"]
    while page["curseur_suivant"]:
        page = api.get(adresse, params={"curseur": page["curseur_suivant"]}).json()
        lignes += page["data"]
    return lignes
