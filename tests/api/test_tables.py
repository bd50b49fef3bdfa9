"""Every plain table through its five operations (TAB-01), and what a fresh société finds in them (TAB-02)."""

from typing import Any

import pytest
from tests.api.reponses import donnees, erreurs, refus, si

from aurore_api.tables.routes import TABLES

LIBELLEE = {"code": "X1", "libelle": "Un"}
LIGNES: dict[str, dict[str, Any]] = {
    "departements": LIBELLEE,
    "familles": LIBELLEE | {"departement": None},
    "unites": LIBELLEE | {"decimales": 0, "code_unece": "NMP"},
    "tarifs": LIBELLEE,
    "categories-tva": LIBELLEE | {"regime": "export"},
    "codes-tva": LIBELLEE | {"taux": [{"du": "2007-01-01", "taux": "19.00"}]},
    "imputations": LIBELLEE,
    "echeances": LIBELLEE | {"jours": 30, "fin_de_mois": True, "jour_fixe": 10},
    "escomptes": LIBELLEE | {"genre": "conditionnel", "pourcentage": "3.00", "jours": 8},
    "modes-paiement": LIBELLEE | {"genre": "carte"},
    "modes-livraison": LIBELLEE | {"montant": "12.50", "code_tva": "21"},
    "representants": {"code": "X1", "nom": "Un"},
    "codes-statistiques": LIBELLEE,
    "depots": LIBELLEE,
    "profils": LIBELLEE,
    "tournees": {"numero": "X1", "nom": "Un", "jour": 1},
    "plans-analytiques": LIBELLEE,
    "comptes-analytiques": LIBELLEE | {"plan": "P"},
}
"""A whole row of each table."""

toutes = pytest.mark.parametrize("chemin", LIGNES)


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
    ligne, un = LIGNES[chemin], f"/v1/{chemin}/X1"
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
    assert tables.patch(f"/v1/{chemin}/X1", json=meme, headers=si(1)).json()["version"] == 1
    journal = donnees(tables.get("/v1/evenements?identifiant=X1"))
    assert [un["action"] for un in journal] == ["creation"]


@toutes
@pytest.mark.parametrize("methode", ["PATCH", "DELETE"])
def test_api_06_a_change_names_the_version_it_saw(tables, chemin, methode):
    corps = {"json": {nom_de(chemin): "Deux"}} if methode == "PATCH" else {}
    un = f"/v1/{chemin}/X1"
    assert refus(tables.request(methode, un, headers=si(1), **corps)) == (404, "ressource_absente")
    tables.post(f"/v1/{chemin}", json=LIGNES[chemin])
    assert refus(tables.request(methode, un, **corps)) == (428, "version_requise")
    assert refus(tables.request(methode, un, headers=si(2), **corps)) == (412, "version_perimee")
    assert tables.request(methode, un, headers={"if-match": 'W/"9", "1"'}, **corps).is_success


@toutes
def test_tab_01_keys_are_unique(tables, chemin):
    cle = "numero" if chemin == "tournees" else "code"
    assert tables.post(f"/v1/{chemin}", json=LIGNES[chemin]).status_code == 201
    assert erreurs(tables.post(f"/v1/{chemin}", json=LIGNES[chemin])) == (409, [(f"#/{cle}", "deja_pris")])


@toutes
def test_tab_01_bad_rows_are_refused_by_their_fields(tables, chemin):
    ligne = LIGNES[chemin]
    cle = "numero" if chemin == "tournees" else "code"
    sans = {nom: valeur for nom, valeur in ligne.items() if nom != cle}
    for corps, attendue in (
        (sans, (f"#/{cle}", "champ_requis")),
        (sans | {cle: "X/1"}, (f"#/{cle}", "format_incorrect")),
        (sans | {cle: "X" * 21}, (f"#/{cle}", "texte_trop_long")),
        (ligne | {nom_de(chemin): 1}, (f"#/{nom_de(chemin)}", "type_incorrect")),
        (ligne | {nom_de(chemin): "a\nb"}, (f"#/{nom_de(chemin)}", "format_incorrect")),
        (ligne | {"couleur": "rouge"}, ("#", "champ_inconnu")),
    ):
        assert erreurs(tables.post(f"/v1/{chemin}", json=corps)) == (422, [attendue])
    tables.post(f"/v1/{chemin}", json=ligne)
    assert erreurs(tables.patch(f"/v1/{chemin}/X1", json={cle: "X2"}, headers=si(1))) == (
        422,
        [("#", "champ_inconnu")],
    )


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
    ],
)
def test_tab_01_each_table_keeps_its_own_rules(tables, chemin, change, attendue):
    """The same when a row is made and when it is changed."""
    assert erreurs(tables.post(f"/v1/{chemin}", json=LIGNES[chemin] | change)) == (422, [attendue])
    tables.post(f"/v1/{chemin}", json=LIGNES[chemin])
    assert erreurs(tables.patch(f"/v1/{chemin}/X1", json=change, headers=si(1))) == (422, [attendue])


@pytest.mark.parametrize(
    ("chemin", "champ"),
    [("familles", "departement"), ("modes-livraison", "code_tva"), ("comptes-analytiques", "plan")],
)
def test_tab_01_a_reference_names_a_row_that_exists(tables, chemin, champ):
    attendu = (422, [(f"#/{champ}", "reference_inconnue")])
    assert erreurs(tables.post(f"/v1/{chemin}", json=LIGNES[chemin] | {champ: "ABSENT"})) == attendu
    tables.post(f"/v1/{chemin}", json=LIGNES[chemin])
    assert erreurs(tables.patch(f"/v1/{chemin}/X1", json={champ: "ABSENT"}, headers=si(1))) == attendu


@pytest.mark.parametrize(
    ("utilisee", "par", "chemin", "champ"),
    [
        ("departements/X1", "familles", "familles", "departement"),
        ("codes-tva/X1", "modes_livraison", "modes-livraison", "code_tva"),
        ("plans-analytiques/X1", "comptes_analytiques", "comptes-analytiques", "plan"),
    ],
)
def test_tab_01_a_row_in_use_stays_and_says_by_what(tables, utilisee, par, chemin, champ):
    tables.post(f"/v1/{utilisee.split('/')[0]}", json=LIGNES[utilisee.split("/")[0]])
    assert tables.post(f"/v1/{chemin}", json=LIGNES[chemin] | {champ: "X1"}).status_code == 201
    reponse = tables.delete(f"/v1/{utilisee}", headers=si(1))
    assert refus(reponse) == (409, "en_utilisation")
    assert par in reponse.json()["detail"]
    assert tables.get(f"/v1/{utilisee}").status_code == 200


@pytest.mark.parametrize(
    "defaut", ["codes-tva/6", "imputations/VENTES", "unites/PCE", "categories-tva/national", "depots/PRINCIPAL"]
)
def test_tab_01_the_parameters_use_their_defaults(tables, defaut):
    reponse = tables.delete(f"/v1/{defaut}", headers=si(1))
    assert refus(reponse) == (409, "en_utilisation")
    assert "parametres" in reponse.json()["detail"]


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
    assert "VENTES" in codes("imputations")
    assert codes("profils") == {"STD"}
    normal = api.get("/v1/codes-tva/21").json()["taux"]
    assert normal[-1] == {"du": "1996-01-01", "taux": "21.00"}
    assert [un["etat"] for un in donnees(api.get("/v1/exercices"))] == ["ouvert"]
