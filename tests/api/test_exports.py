"""Exports (ART-19): what spreadsheet programs are given, and what they cannot do to it."""

import io
import re
import zipfile
from datetime import date

import pytest
from tests.api.catalogue import BAGUETTE, CARTON, creer
from tests.api.fichiers import colonnes, compte, exporter, importer, lire_csv, lire_xlsx
from tests.api.reponses import erreurs

from aurore_api.catalogue.schemas import ArticleEntree

ADRESSE = {"rue": "Rue de Fer 1", "code_postal": "0500", "localite": "Namur", "pays": "BE"}
TARIF = {"tarif": "REV", "quantite_minimum": "100", "remise": "5", "du": "2026-02-01"}
PIEGES = ["=1+1", "+32 81", "-12", "@nom", "\t=1", "\r=1"]


def feuille(contenu):
    """The XML of a workbook's sheet."""
    with zipfile.ZipFile(io.BytesIO(contenu)) as classeur:
        return classeur.read("xl/worksheets/sheet1.xml").decode()


@pytest.fixture
def catalogue(api):
    """An article with all that is exported, and a client."""
    creer(api, "/v1/articles", BAGUETTE, numero="007", codes_barres=["0012345678905"], poids_kg="0.25")
    creer(api, "/v1/articles", BAGUETTE)
    creer(api, "/v1/articles/BAG/unites", CARTON)
    creer(
        api, "/v1/articles/BAG/tarifs", {"tarif": "REV", "quantite_minimum": "100", "remise": "5", "du": "2026-02-01"}
    )
    creer(api, "/v1/clients", {"numero": "C0012", "nom": "Hôtel du Parc", "adresse": ADRESSE})
    return api


def test_art_19_the_columns_are_the_fields_of_what_is_created(catalogue):
    titres, *_ = lire_csv(exporter(catalogue, "articles"))
    assert titres == list(ArticleEntree.model_fields)
    assert lire_csv(exporter(catalogue, "unites"))[0][:2] == ["article", "abreviation"]
    assert lire_csv(exporter(catalogue, "tarifs"))[0][:4] == ["article", "tarif", "quantite_minimum", "du"]
    clients = lire_csv(exporter(catalogue, "clients"))[0]
    assert {"adresse_rue", "adresse_pays", "contacts", "mandat_sepa_iban", "heure_limite_heure"} < set(clients)


def test_art_19_rows_come_in_the_order_of_their_keys(api):
    for numero in ("B", "a", "A", "É", "10", "9"):
        creer(api, "/v1/articles", BAGUETTE, numero=numero)
    assert [une["numero"] for une in colonnes(lire_csv(exporter(api, "articles")))] == ["10", "9", "A", "B", "a", "É"]
    assert exporter(api, "articles") == exporter(api, "articles")


def test_art_19_a_csv_is_what_a_belgian_spreadsheet_opens(catalogue):
    contenu = exporter(catalogue, "articles")
    assert contenu.startswith(b"\xef\xbb\xbfnumero;designation;")
    assert contenu.endswith(b"\r\n")
    zero, baguette = colonnes(lire_csv(contenu))
    assert (baguette["prix_vente"], baguette["actif"], baguette["codes_barres"]) == ("0,8500", "oui", "")
    assert (zero["numero"], zero["codes_barres"], zero["poids_kg"]) == ("'007", "'0012345678905", "0,25")
    (tarif,) = colonnes(lire_csv(exporter(catalogue, "tarifs")))
    assert (tarif["quantite_minimum"], tarif["remise"], tarif["du"]) == ("100", "5,00", "2026-02-01")


@pytest.mark.parametrize(
    ("parametres", "debut", "prix"),
    [
        ({"separateur": "virgule"}, b"\xef\xbb\xbfnumero,designation", "0.8500"),
        ({"separateur": "tabulation", "encodage": "utf-8"}, b"numero\tdesignation", "0.8500"),
        ({"encodage": "utf-8"}, b"numero;designation", "0,8500"),
    ],
)
def test_art_19_other_programs_ask_for_another_csv(catalogue, parametres, debut, prix):
    contenu = exporter(catalogue, "articles", **parametres)
    assert contenu.startswith(debut)
    separateur = {"virgule": ",", "tabulation": "\t"}.get(parametres.get("separateur"), ";")
    assert colonnes(lire_csv(contenu, separateur))[1]["prix_vente"] == prix
    assert compte(importer(catalogue, "articles", contenu)) == (0, 0, 2)


def test_art_19_a_workbook_has_texts_numbers_and_days_as_what_they_are(catalogue):
    zero, baguette = colonnes(lire_xlsx(exporter(catalogue, "articles", format="xlsx")))
    assert (zero["numero"], zero["codes_barres"]) == ("007", "0012345678905")
    assert (baguette["prix_vente"], baguette["actif"], baguette["code_tva_vente"]) == (0.85, True, "6")
    (tarif,) = colonnes(lire_xlsx(exporter(catalogue, "tarifs", format="xlsx")))
    assert (tarif["quantite_minimum"], tarif["du"], tarif["au"]) == (100.0, date(2026, 2, 1), "")
    (client,) = colonnes(lire_xlsx(exporter(catalogue, "clients", format="xlsx")))
    assert client["adresse_code_postal"] == "0500"


def test_art_19_a_workbook_is_easy_to_read(catalogue):
    xml = feuille(exporter(catalogue, "articles", format="xlsx"))
    assert re.search(r'<pane ySplit="1" topLeftCell="A2" [^>]*state="frozen"/>', xml)
    largeurs = [float(une) for une in re.findall(r'<col [^>]*width="([0-9.]+)"', xml)]
    assert len(largeurs) > 0
    assert min(largeurs) > len("numero")


def test_art_19_a_typed_code_keeps_its_zeros(catalogue):
    """A column of texts is formatted as text, below the last row as well."""
    contenu = exporter(catalogue, "articles", format="xlsx")
    style = re.search(r'<col min="1" max="\d+" width="[0-9.]+" style="(\d+)"', feuille(contenu))
    assert style is not None
    with zipfile.ZipFile(io.BytesIO(contenu)) as classeur:
        styles = classeur.read("xl/styles.xml").decode()
    formats = re.findall(r'<xf numFmtId="(\d+)"', styles[styles.index("<cellXfs") :])
    assert f'<numFmt numFmtId="{formats[int(style[1])]}" formatCode="@"/>' in styles


@pytest.mark.parametrize("piege", PIEGES)
def test_art_19_no_cell_is_a_formula(api, piege):
    creer(api, "/v1/articles", BAGUETTE, description=piege)
    (article,) = colonnes(lire_csv(exporter(api, "articles")))
    assert article["description"] == f"'{piege}"
    contenu = exporter(api, "articles", format="xlsx")
    assert colonnes(lire_xlsx(contenu))[0]["description"] == piege
    assert "<f>" not in feuille(contenu)


def test_art_19_what_a_cell_has_no_room_for_is_left_as_it_is(api):
    """A workbook's cell ends at 32,767 characters; the texts of a client may be longer, and survive all the same."""
    long = {genre: {"debut": "é" * 4000, "fin": '"' * 4000} for genre in ("offre", "commande", "bordereau", "facture")}
    creer(api, "/v1/clients", {"numero": "C1", "nom": "Long", "textes": long})
    avant = api.get("/v1/clients/C1").json()
    (client,) = colonnes(lire_xlsx(contenu := exporter(api, "clients", format="xlsx")))
    assert client["textes"].startswith("… (")
    assert compte(importer(api, "clients", contenu)) == (0, 0, 1)
    assert compte(importer(api, "clients", exporter(api, "clients"))) == (0, 0, 1)
    assert api.get("/v1/clients/C1").json() == avant


@pytest.mark.parametrize(
    ("parametres", "media", "nom"),
    [
        ({}, "text/csv; charset=utf-8", "csv"),
        ({"format": "xlsx"}, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    ],
)
def test_art_19_an_export_is_a_file_with_a_name(catalogue, parametres, media, nom):
    reponse = catalogue.get("/v1/exports/tarifs", params=parametres)
    assert reponse.headers["content-type"] == media
    assert re.fullmatch(
        rf'attachment; filename="tarifs-\d{{4}}-\d\d-\d\d\.{nom}"', reponse.headers["content-disposition"]
    )


def test_art_19_an_empty_table_is_its_headings(api):
    assert len(lire_csv(exporter(api, "articles"))) == 1
    assert len(lire_xlsx(exporter(api, "clients", format="xlsx"))) == 1


@pytest.mark.parametrize(
    ("adresse", "attendu"),
    [
        ("documents", ("/genre", "valeur_hors_liste")),
        ("articles?format=ods", ("?format", "valeur_hors_liste")),
        ("articles?separateur=;", ("?separateur", "valeur_hors_liste")),
        ("articles?encodage=cp1252", ("?encodage", "valeur_hors_liste")),
        ("articles?limite=3", ("?", "parametre_inconnu")),
    ],
)
def test_art_19_another_export_is_refused(api, adresse, attendu):
    assert erreurs(api.get(f"/v1/exports/{adresse}")) == (422, [attendu])
