"""Imports (ART-19): rows are known by their key, cells say what they say, and it is all or nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, time
from typing import Any

import pytest
from tests.api.catalogue import BAGUETTE, CARTON, changer, creer, evenements
from tests.api.documents import requetes_sql
from tests.api.fichiers import compte, en_csv, en_xlsx, envoyer, exporter, fautes, importer
from tests.api.reponses import erreurs

TITRES = ("numero", "designation", "unite", "prix_vente", "code_tva_vente")
CROISSANT = ("CRO", "Croissant", "PCE", "1.2000", "6")
FABRIQUES = [en_csv, en_xlsx]


def article(api, numero):
    return api.get(f"/v1/articles/{numero}").json()


def test_art_19_new_rows_are_made_as_the_ordinary_way_makes_them(api):
    creer(api, "/v1/articles", dict(zip(TITRES, CROISSANT, strict=True)))
    assert compte(importer(api, "articles", en_csv(TITRES, ("PAI", *CROISSANT[1:])))) == (1, 0, 0)
    assert article(api, "PAI") == article(api, "CRO") | {"numero": "PAI"}
    creer(api, "/v1/clients", {"numero": "C1", "nom": "Hôtel"})
    importer(api, "clients", en_csv(("numero", "nom"), ("C2", "Hôtel")))
    assert api.get("/v1/clients/C2").json() == api.get("/v1/clients/C1").json() | {"numero": "C2"}
    creer(api, "/v1/articles/CRO/unites", CARTON)
    importer(api, "unites", en_csv(("article", *CARTON), ("PAI", *CARTON.values())))
    carton = api.get("/v1/articles/CRO/unites/CT6").json()
    assert api.get("/v1/articles/PAI/unites/CT6").json() == carton | {"article": "PAI"}


def test_art_19_only_the_columns_of_the_file_change(api):
    creer(api, "/v1/articles", BAGUETTE, description="Longue", poids_kg="0.25")
    avant = article(api, "BAG")
    assert compte(importer(api, "articles", en_csv(("numero", "prix_vente"), ("BAG", "0,90")))) == (0, 1, 0)
    apres = article(api, "BAG")
    assert apres == avant | {"prix_vente": "0.9000", "prix_vente_tvac": apres["prix_vente_tvac"], "version": 2}


def test_art_19_an_empty_cell_clears_a_field_or_gives_it_its_default(api):
    creer(api, "/v1/articles", BAGUETTE, description="Longue", poids_kg="0.25", prix_avec_decimales=False)
    importer(api, "articles", en_csv(("numero", "description", "poids_kg", "prix_avec_decimales"), ("BAG", "", "", "")))
    apres = article(api, "BAG")
    assert (apres["description"], apres["poids_kg"], apres["prix_avec_decimales"]) == (None, None, True)
    rapport = importer(api, "articles", en_csv(("numero", "designation"), ("BAG", "")), simulation=True)
    assert fautes(rapport) == [(2, "designation", "", "champ_requis")]


def test_art_19_an_object_whose_cells_are_all_empty_is_null(api):
    mandat = {"reference": "A1", "date": "2026-01-15", "iban": "BE68539007547034"}
    creer(api, "/v1/clients", {"numero": "C1", "nom": "Hôtel", "mandat_sepa": mandat})
    titres = ("numero", "mandat_sepa_reference", "mandat_sepa_date", "mandat_sepa_iban")
    rapport = importer(api, "clients", en_csv(titres, ("C1", "A1", "", "BE68539007547034")), simulation=True)
    assert fautes(rapport) == [(2, "mandat_sepa_date", "", "champ_requis")]
    importer(api, "clients", en_csv(("numero", "mandat_sepa_reference"), ("C1", "B2")))
    assert api.get("/v1/clients/C1").json()["mandat_sepa"] == mandat | {"reference": "B2"}
    importer(api, "clients", en_csv(titres, ("C1", "", "", "")))
    assert api.get("/v1/clients/C1").json()["mandat_sepa"] is None


def test_art_19_a_row_that_says_nothing_new_is_not_touched(api):
    creer(api, "/v1/articles", BAGUETTE)
    creer(api, "/v1/articles", BAGUETTE, numero="CRO")
    fichier = en_csv(
        ("numero", "prix_vente", "designation"), ("BAG", "0,85", "Baguette"), ("CRO", "0,8500", "Croissant")
    )
    assert compte(importer(api, "articles", fichier)) == (0, 1, 1)
    assert [article(api, numero)["version"] for numero in ("BAG", "CRO")] == [1, 2]
    assert evenements(api, "article") == [("creation", "BAG"), ("creation", "CRO"), ("modification", "CRO")]
    assert compte(importer(api, "articles", fichier)) == (0, 0, 2)


def test_art_19_every_change_has_its_event(api):
    """SEC-04: what is written by the batch is told row by row, as it was and as it is."""
    creer(api, "/v1/articles", BAGUETTE)
    importer(api, "articles", en_csv(TITRES, CROISSANT, ("BAG", "Baguette", "PCE", "0,9", "6")))
    modification, creation = api.get("/v1/evenements?ressource=article").json()["data"][1:]
    assert (modification["identifiant"], modification["action"]) == ("BAG", "modification")
    assert (modification["avant"]["prix_vente"], modification["apres"]["prix_vente"]) == ("0.8500", "0.9000")
    assert (modification["avant"]["version"], modification["apres"]["version"]) == (1, 2)
    assert (creation["identifiant"], creation["avant"], creation["apres"]["prix_vente"]) == ("CRO", None, "1.2000")
    importer(
        api, "tarifs", en_csv(("article", "tarif", "quantite_minimum", "du", "valeur"), ("CRO", "REV", "", "", "1"))
    )
    (tarif,) = api.get("/v1/articles/CRO/tarifs").json()["data"]
    assert evenements(api, "tarif_article") == [("creation", f"CRO/{tarif['id']}")]


@pytest.mark.parametrize("fabrique", FABRIQUES)
def test_art_19_headings_may_be_written_and_ordered_as_one_likes(api, fabrique):
    titres = (" Prix Vente", "DÉSIGNATION", "code-tva-vente", "Unité", "Numéro", "", None)
    ligne = ("1.2", "Croissant", "6", "PCE", "CRO", "", None)
    vide = ("", " ", None, "", "", "", "")
    rapport = importer(api, "articles", fabrique(titres, vide, ligne, vide, vide))
    assert (rapport["lignes"], compte(rapport)) == (1, (1, 0, 0))
    assert article(api, "CRO")["prix_vente"] == "1.2000"


@pytest.mark.parametrize("separateur", [";", ",", "\t"])
@pytest.mark.parametrize("encodage", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16"])
def test_art_19_spreadsheet_programs_write_many_a_csv(api, encodage, separateur):
    """The separator and the encoding are found out; Latin-1 is what older programs of our users still write."""
    nom = "Crème brûlée à 5 €" if encodage != "latin-1" else "Crème brûlée"
    fichier = en_csv(TITRES, ("CRE", nom, "PCE", "2.50", "6"), separateur=separateur, encodage=encodage)
    importer(api, "articles", fichier)
    assert article(api, "CRE")["designation"] == nom


@pytest.mark.parametrize(
    ("colonne", "cellules", "attendu"),
    [
        ("prix_vente", ["0.85", "0,85", " 0,8500 ", "0,850000", 0.85], "0.8500"),
        ("prix_vente", ["5000", "5000,0", 5000, 5000.0], "5000.0000"),
        ("poids_kg", ["0,3", 0.3, 0.1 + 0.2], "0.3"),
        ("poids_kg", [123456789.123456, "123456789,123456"], "123456789.123456"),
        ("actif", ["non", "Faux", "FALSE", "0", "nee", "ONWAAR", "nein", False, 0], False),
        ("actif", ["oui", "VRAI", "true", "1", "Ja", "waar", "wahr", True, 1], True),
        ("codes_barres", ["123, 0456", "123;0456", "123 0456", '["123","0456"]', "123|0456\n"], ["123", "0456"]),
        ("famille", ["3", 3], "3"),
        ("designation", ["'t Hof"], "'t Hof"),
        ("designation", ["'=1+1"], "=1+1"),
        ("designation", ["'007"], "007"),
        ("designation", [2026, 2026.0], "2026"),
    ],
)
def test_art_19_cells_as_people_and_programs_write_them(api, colonne, cellules, attendu):
    creer(api, "/v1/familles", {"code": "3", "libelle": "Pâtisserie"})
    creer(api, "/v1/articles", BAGUETTE)
    for cellule in cellules:
        textes = en_csv(("numero", colonne), ("BAG", cellule)) if isinstance(cellule, str) else b""
        for fichier in filter(None, [textes, en_xlsx(("numero", colonne), ("BAG", cellule))]):
            changer(api, "/v1/articles/BAG", **{colonne: None} if colonne in {"famille", "poids_kg"} else {})
            importer(api, "articles", fichier)
            assert article(api, "BAG")[colonne] == attendu, cellule


@pytest.mark.parametrize("jour", ["2026-02-01", "01/02/2026", "1/2/2026", "1-2-2026", "01.02.2026", date(2026, 2, 1)])
def test_art_19_days_are_written_the_day_first(api, jour):
    creer(api, "/v1/articles", BAGUETTE)
    lignes = (("article", "tarif", "quantite_minimum", "du", "valeur"), ("BAG", "REV", "", jour, "0.5"))
    assert compte(importer(api, "tarifs", en_xlsx(*lignes))) == (1, 0, 0)
    if isinstance(jour, str):
        assert compte(importer(api, "tarifs", en_csv(*lignes))) == (0, 0, 1)
    (tarif,) = api.get("/v1/articles/BAG/tarifs").json()["data"]
    assert (tarif["du"], tarif["quantite_minimum"]) == ("2026-02-01", "0")


def test_art_19_a_time_of_day_survives_a_spreadsheet(api):
    titres = ("numero", "nom", "heure_limite_jours_avant", "heure_limite_heure")
    fichier = en_xlsx(titres, ("C1", "Hôtel", 1, time(16)))
    importer(api, "clients", fichier)
    assert api.get("/v1/clients/C1").json()["heure_limite"] == {"jours_avant": 1, "heure": "16:00"}


def test_art_19_tariff_rows_are_known_by_quantity_and_first_day(api):
    creer(api, "/v1/articles", BAGUETTE)
    titres = ("article", "tarif", "quantite_minimum", "du", "valeur", "remise")
    lignes = [
        ("BAG", "REV", "0", "", "0.8", ""),
        ("BAG", "REV", "100", "", "0.7", ""),
        ("BAG", "REV", "", "2026-02-01", "", "5"),
    ]
    assert compte(importer(api, "tarifs", en_csv(titres, *lignes))) == (3, 0, 0)
    changees = [("BAG", "REV", "100,000", "", "0.75", ""), ("BAG", "REV", "0", "1/2/2026", "", "5,00")]
    assert compte(importer(api, "tarifs", en_csv(titres, *changees))) == (0, 1, 1)
    tarifs = api.get("/v1/articles/BAG/tarifs").json()["data"]
    assert {(un["quantite_minimum"], un["du"], un["valeur"]) for un in tarifs} == {
        ("0", None, "0.8000"),
        ("100", None, "0.7500"),
        ("0", "2026-02-01", None),
    }


def test_art_19_a_price_becomes_a_discount(api):
    creer(api, "/v1/articles", BAGUETTE)
    titres = ("article", "tarif", "quantite_minimum", "du", "valeur", "remise")
    importer(api, "tarifs", en_csv(titres, ("BAG", "REV", "0", "", "0.8", "")))
    assert compte(importer(api, "tarifs", en_csv(titres, ("BAG", "REV", "0", "", "", "10")))) == (0, 1, 0)
    les_deux = importer(api, "tarifs", en_csv(titres, ("BAG", "REV", "0", "", "1", "10")), simulation=True)
    assert fautes(les_deux) == [(2, "remise", "10", "valeur_ou_remise")]


@pytest.mark.parametrize("fabrique", FABRIQUES)
def test_art_19_one_bad_row_and_nothing_is_stored(api, fabrique):
    creer(api, "/v1/articles", BAGUETTE)
    avant = exporter(api, "articles")
    fichier = fabrique(TITRES, CROISSANT, ("BAG", "Autre", "PCE", "1", "6"), ("PAI", "", "XXX", "-1", "6"))
    reponse = envoyer(api, "articles", fichier)
    assert erreurs(reponse) == (422, [("#/4/designation", "champ_requis"), ("#/4/prix_vente", "decimal_illisible")])
    assert reponse.json()["code"] == "import_refuse"
    assert exporter(api, "articles") == avant
    assert evenements(api, "article") == [("creation", "BAG")]


def test_art_19_a_dry_run_tells_what_a_run_would_do_and_stores_nothing(api):
    creer(api, "/v1/articles", BAGUETTE)
    avant = exporter(api, "articles")
    fichier = en_csv(TITRES, CROISSANT, ("BAG", "Autre", "PCE", "0.85", "6"))
    rapport = importer(api, "articles", fichier, simulation=True)
    assert (compte(rapport), rapport["simulation"]) == ((1, 1, 0), True)
    assert exporter(api, "articles") == avant
    assert importer(api, "articles", fichier) == rapport | {"simulation": False}


def test_art_19_a_dry_run_names_row_column_value_and_reason(api):
    fichier = en_csv(
        TITRES, CROISSANT, ("", "", "", "", ""), ("PAI", "Pain", "PCE", "1,23456", "99"), ("T", "", "", "x" * 99, "")
    )
    rapport = importer(api, "articles", fichier, simulation=True)
    assert fautes(rapport) == [
        (4, "prix_vente", "1,23456", "decimal_illisible"),
        (5, "designation", "", "champ_requis"),
        (5, "unite", "", "champ_requis"),
        (5, "prix_vente", "x" * 60, "decimal_illisible"),
        (5, "code_tva_vente", "", "champ_requis"),
    ]
    assert (rapport["lignes"], rapport["nombre_erreurs"], compte(rapport)) == (3, 5, (1, 0, 0))
    assert all(une["detail"] for une in rapport["erreurs"])
    anglais = envoyer(api, "articles", fichier, simulation=True, **{"accept-language": "en"}).json()
    assert anglais["erreurs"][1]["detail"] == "Required field"


def test_art_19_a_dry_run_counts_the_good_rows_beside_the_bad(api):
    """ART-19: each row is new, changed, as it was, or refused, whatever refuses it; a run stores none of them."""
    creer(api, "/v1/articles", BAGUETTE)
    creer(api, "/v1/articles", BAGUETTE, numero="EPI")
    avant = exporter(api, "articles")
    bonnes = [CROISSANT, ("BAG", "Autre", "PCE", "0.85", "6"), ("EPI", BAGUETTE["designation"], "PCE", "0.85", "6")]
    illisible, sans_objet, repetee = ("PAI", "", "PCE", "x", "6"), ("TAR", "Tarte", "XXX", "1", "6"), CROISSANT
    decalee = ("EPI", BAGUETTE["designation"], "PCE", "0.85", "6", "en trop")
    for mauvaises in ([illisible], [sans_objet], [repetee], [illisible, sans_objet, repetee]):
        rapport = importer(api, "articles", en_csv(TITRES, *bonnes, *mauvaises), simulation=True)
        assert (compte(rapport), rapport["lignes"]) == ((1, 1, 1), 3 + len(mauvaises)), mauvaises
    rapport = importer(
        api, "articles", en_csv((*TITRES, ""), *((*une, "") for une in bonnes[:2]), decalee), simulation=True
    )
    assert (compte(rapport), rapport["nombre_erreurs"]) == ((1, 1, 0), 1)
    assert exporter(api, "articles") == avant


def test_art_19_refusals_are_told_for_people(api):
    """ART-19: a cell may have a decimal comma; a reference says in which table there is no such thing."""
    fichier = en_csv(TITRES, ("PAI", "Pain", "XXX", "1,00,0", "6"), ("TAR", "Tarte", "XXX", "1,00", "99"))
    dits = [une["detail"] for une in importer(api, "articles", fichier, simulation=True)["erreurs"]]
    assert "au plus 10 chiffres avant le séparateur décimal (, / .) et 4 après." in dits[0]
    assert sorted(dits[1:]) == [
        "Ce champ renvoie à un élément qui n'existe pas dans « codes-tva ».",
        "Ce champ renvoie à un élément qui n'existe pas dans « unites ».",
    ]
    assert [une["detail"] for une in envoyer(api, "articles", fichier).json()["erreurs"]] == dits


def test_art_19_a_run_refuses_what_the_dry_run_reports_and_repeats_none_of_it(api):
    fichier = en_csv(TITRES, ("PAI", "Pain", "INTROUVABLE", "1", "6"), ("T", "", "PCE", "SECRET", "6"))
    rapport = importer(api, "articles", fichier, simulation=True)
    reponse = envoyer(api, "articles", fichier)
    places = [(f"#/{une['ligne']}/{une['colonne']}", une["code"]) for une in rapport["erreurs"]]
    assert erreurs(reponse) == (422, places)
    assert "SECRET" not in reponse.text
    assert "INTROUVABLE" not in reponse.text


def test_art_19_of_many_errors_the_first_are_told_and_all_are_counted(api):
    lignes = [(f"A{rang}", "", "PCE", "x", "6") for rang in range(900)]
    rapport = importer(api, "articles", en_csv(TITRES, *lignes), simulation=True)
    assert (rapport["nombre_erreurs"], len(rapport["erreurs"])) == (1800, 500)
    assert [une["ligne"] for une in rapport["erreurs"]] == [2 + rang // 2 for rang in range(500)]
    assert len(envoyer(api, "articles", en_csv(TITRES, *lignes)).json()["erreurs"]) == 500


@pytest.mark.parametrize("genre", ["articles", "unites", "tarifs", "clients"])
def test_art_19_many_rows_take_as_many_statements_as_a_few(api, genre):
    importer(api, "articles", en_csv(TITRES, *((f"A{rang}", *CROISSANT[1:]) for rang in range(300))))
    titres, ligne = {
        "articles": (TITRES, ("Croissant", "PCE", "1.30", "6")),
        "unites": (("article", *CARTON), tuple(CARTON.values())),
        "tarifs": (("article", "tarif", "quantite_minimum", "du", "valeur"), ("REV", "1", "", "0.5")),
        "clients": (("numero", "nom"), ("Hôtel",)),
    }[genre]
    with requetes_sql(api) as peu:
        importer(api, genre, en_csv(titres, *((f"A{rang}", *ligne) for rang in range(2))))
    with requetes_sql(api) as beaucoup:
        importer(api, genre, en_csv(titres, *((f"A{rang}", *ligne) for rang in range(2, 300))))
    assert len(beaucoup) == len(peu) < 30


def test_api_05_an_import_under_its_key_is_done_once(api):
    fichier = en_csv(TITRES, CROISSANT)
    cle: dict[str, Any] = {"idempotency-key": "import-1"}
    premiere, seconde = (envoyer(api, "articles", fichier, **cle) for _ in range(2))
    assert (premiere.status_code, premiere.json()["crees"]) == (200, 1)
    assert (seconde.content, seconde.headers["idempotent-replayed"]) == (premiere.content, "true")
    autre = envoyer(api, "articles", en_csv(TITRES, ("PAI", *CROISSANT[1:])), **cle)
    assert erreurs(autre) == (422, [("en-tete:Idempotency-Key", "cle_idempotence_reutilisee")])


def test_art_19_imports_and_changes_at_once_lose_nothing(reelle):
    """What an import changes it locked before: a change of the same moment comes before it or after, never between."""
    creer(reelle, "/v1/articles", BAGUETTE)
    creer(reelle, "/v1/articles", BAGUETTE, numero="CRO")
    fichiers = [
        en_csv(("numero", "prix_vente"), (a, f"0,{un}"), (b, f"0,{un}"))
        for un in range(3, 7)
        for a, b in (("BAG", "CRO"), ("CRO", "BAG"))
    ]
    appels = [lambda un=un: envoyer(reelle, "articles", un) for un in fichiers]
    appels += [lambda un=un: changer(reelle, "/v1/articles/BAG", poids_kg=f"0.{un}") for un in range(1, 9)]
    with ThreadPoolExecutor(len(appels)) as fils:
        reponses = [un.result() for un in [fils.submit(appel) for appel in appels]]
    assert {une.status_code for une in reponses} == {200}
    modifications = sum(une.json()["modifies"] for une in reponses[: len(fichiers)])
    versions = [article(reelle, numero)["version"] for numero in ("BAG", "CRO")]
    assert sum(versions) == 2 + modifications + 8
    assert len(evenements(reelle, "article")) == sum(versions)
    assert article(reelle, "BAG")["poids_kg"] is not None


@pytest.mark.parametrize(
    ("genre", "titres", "reste", "champ"),
    [("articles", TITRES, CROISSANT[1:], "remplace_par"), ("clients", ("numero", "nom"), ("Hôtel",), "facturer_a")],
)
def test_art_19_two_imports_at_once_make_no_ring(reelle, genre, titres, reste, champ):
    """ART-05, CLI-05: of two files that close a ring only together, one is refused."""
    importer(reelle, genre, en_csv(titres, ("A", *reste), ("B", *reste)))
    fichiers = [en_csv(("numero", champ), ("A", "B")), en_csv(("numero", champ), ("B", "A"))]
    with ThreadPoolExecutor(2) as fils:
        reponses = list(fils.map(lambda un: envoyer(reelle, genre, un), fichiers))
    assert sorted(une.status_code for une in reponses) == [200, 422]
