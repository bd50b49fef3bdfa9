"""Files that cannot be read as a table (ART-19): each kind under its own code, fast, and nothing is stored."""

import io
import os
import re
import resource
import time
import zipfile

import pytest
from tests.api.catalogue import BAGUETTE, creer
from tests.api.fichiers import XLSX, compte, en_csv, en_xlsx, envoyer, exporter, fautes, importer
from tests.api.reponses import erreurs, refus

TITRES = ("numero", "designation", "unite", "prix_vente", "code_tva_vente")
CROISSANT = ("CRO", "Croissant", "PCE", "1.20", "6")
BON = en_xlsx(TITRES, CROISSANT)
FEUILLE, LIVRE = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
ESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TITRE = '<row r="1"><c r="A1" t="inlineStr"><is><t>numero</t></is></c></row>'


def refaire(contenu, feuille=None, *, livre=None, sauf=()):
    """A workbook with another sheet or list of sheets, or without some parts."""
    autres = {nom: une for nom, une in ((FEUILLE, feuille), (LIVRE, livre)) if une is not None}
    sortie = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(contenu)) as lu, zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as ecrit:
        for nom in lu.namelist():
            if nom not in sauf:
                ecrit.writestr(nom, autres.get(nom, lu.read(nom)))
    return sortie.getvalue()


def classeur(rangees):
    """A workbook whose sheet has these rows of XML."""
    return refaire(BON, f'<worksheet xmlns="{ESPACE}"><sheetData>{rangees}</sheetData></worksheet>')


def abime(contenu):
    """The same bytes, the middle of them turned round."""
    milieu = len(contenu) // 2
    return contenu[:milieu] + bytes(255 - un for un in contenu[milieu : milieu + 200]) + contenu[milieu + 200 :]


def chiffre(contenu):
    """The same workbook, each part said to be encrypted."""
    octets = bytearray(contenu)
    for entree in re.finditer(rb"PK\x01\x02", contenu):
        octets[entree.start() + 8] |= 1
    return bytes(octets)


def double(contenu):
    """The same workbook with a second sheet under the name of the first."""
    sortie = io.BytesIO(contenu)
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(sortie, "a") as ecrit:
        ecrit.writestr(FEUILLE, "<worksheet/>")
    return sortie.getvalue()


def bombe(octets):
    """A workbook whose sheet is mostly blanks, which pack to nothing."""
    return refaire(BON, f'<worksheet xmlns="{ESPACE}">' + " " * octets + "</worksheet>")


MILLION_VIDE = TITRE + "".join(f'<row r="{rang}"/>' for rang in range(2, 1_048_577))
MILLION_DECORE = TITRE + "".join(f'<row r="{un}"><c r="A{un}" s="0"/></row>' for un in range(2, 1_048_577))

CSV_FAUX = {
    "nothing": (b"", ("#/1", "en_tete_absent")),
    "only its mark": (b"\xef\xbb\xbf", ("#/1", "en_tete_absent")),
    "an empty first row": (en_csv((), TITRES, CROISSANT), ("#/1", "en_tete_absent")),
    "blanks in the first row": (en_csv(("", " "), TITRES), ("#/1", "en_tete_absent")),
    "an open quotation mark": (b'numero;designation\nA;x\nB;"y\nC;z\n', ("#/3", "guillemet_ouvert")),
    "an open one that swallows a lot": (b'numero\nA\n"' + b"x\n" * 600_000, ("#/3", "guillemet_ouvert")),
    "text behind a quotation mark": (b'numero;designation\nA;"x"y\n', ("#/2", "guillemet_mal_place")),
    "a NUL": (b"numero;designation\nA;x\nB;\x00\n", ("#", "caractere_nul")),
    "UTF-16 without its mark": ("numero\nA\n".encode("utf-16-le"), ("#", "caractere_nul")),
    "a NUL in UTF-16": ("numero\nA\x00".encode("utf-16"), ("#", "caractere_nul")),
    "half a character of UTF-16": ("numero\nA".encode("utf-16") + b"\x00", ("#", "encodage_illisible")),
    "no encoding at all": (b"numero\n\x81\x8d\xff", ("#", "encodage_illisible")),
    "too many rows": (b"numero\n" + b"A\n" * 100_001, ("#", "trop_de_lignes")),
    "a million empty rows": (b"numero\nA\n" + b";;;\n" * 1_000_000, ("#", "lignes_vides_en_trop")),
    "too many columns": (b"numero" + b";" * 200 + b"\n", ("#/1", "trop_de_colonnes")),
}
XLSX_FAUX = {
    "no workbook": (b"PK\x03\x04 rien", ("#", "classeur_illisible")),
    "another archive": (refaire(BON, sauf=("_rels/.rels",)), ("#", "classeur_illisible")),
    "no sheets' list": (refaire(BON, sauf=(LIVRE,)), ("#", "classeur_sans_feuille")),
    "no sheet": (refaire(BON, sauf=(FEUILLE,)), ("#", "classeur_illisible")),
    "a damaged one": (abime(BON), ("#", "classeur_illisible")),
    "half of one": (BON[: len(BON) // 2], ("#", "classeur_illisible")),
    "a locked one": (chiffre(BON), ("#", "classeur_illisible")),
    "broken XML": (refaire(BON, b"<worksheet><sheetData>"), ("#", "classeur_illisible")),
    "entities": (refaire(BON, '<!DOCTYPE x [<!ENTITY a "aa">]><worksheet/>'), ("#", "classeur_illisible")),
    "another encoding": (
        refaire(BON, '<?xml version="1.0" encoding="utf-16"?><worksheet/>'.encode("utf-16")),
        ("#", "classeur_illisible"),
    ),
    "two sheets of one name": (double(BON), ("#", "classeur_illisible")),
    "rows that go back": (classeur(TITRE + '<row r="3"/><row r="2"/>'), ("#", "classeur_illisible")),
    "cells of another row": (classeur(TITRE + '<row r="2"><c r="A9"/></row>'), ("#", "classeur_illisible")),
    "nothing in it": (en_xlsx(), ("#/1", "en_tete_absent")),
    "no headings": (en_xlsx(TITRES, CROISSANT, depart=(3, 0)), ("#/1", "en_tete_absent")),
    "a bomb": (bombe(200 << 20), ("#", "classeur_demesure")),
    "a million empty rows": (classeur(MILLION_VIDE), ("#", "lignes_vides_en_trop")),
    "a million adorned rows": (classeur(MILLION_DECORE), ("#", "lignes_vides_en_trop")),
    "two far corners": (
        classeur(TITRE + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        ("#", "lignes_vides_en_trop"),
    ),
    "a far column": (classeur(TITRE + '<row r="2"><c r="XFD2"><v>1</v></c></row>'), ("#", "trop_de_colonnes")),
    "a wide rectangle": (
        classeur(TITRE + '<row r="2"><c r="GR2"/></row><row r="100000"/>'),
        ("#", "classeur_demesure"),
    ),
}


@pytest.mark.parametrize(("contenu", "attendu"), CSV_FAUX.values(), ids=CSV_FAUX.keys())
@pytest.mark.parametrize("simulation", [True, False])
def test_art_19_a_csv_of_the_wrong_shape(api, contenu, attendu, simulation):
    creer(api, "/v1/articles", BAGUETTE)
    avant = exporter(api, "articles")
    assert erreurs(envoyer(api, "articles", contenu, simulation=simulation)) == (422, [attendu])
    assert exporter(api, "articles") == avant


@pytest.mark.parametrize(("contenu", "attendu"), XLSX_FAUX.values(), ids=XLSX_FAUX.keys())
def test_art_19_a_workbook_of_the_wrong_shape(api, contenu, attendu):
    """Whatever it is, it is told within seconds, and takes no more memory than a file that is taken."""
    avant, debut = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    assert erreurs(envoyer(api, "articles", contenu)) == (422, [attendu])
    assert time.process_time() - debut < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - avant < 400 * 1024


def test_art_19_a_workbook_without_a_sheet_that_shows(api):
    with zipfile.ZipFile(io.BytesIO(BON)) as lu:
        livre = lu.read(LIVRE).decode()
    cache = livre.replace('<sheet name="Feuil1"', '<sheet name="Feuil1" state="hidden"')
    assert cache != livre
    assert refus(envoyer(api, "articles", refaire(BON, livre=cache))) == (422, "classeur_sans_feuille")


def test_art_19_the_file_of_a_thousand_rows_with_empty_ones_below_is_taken(api):
    """Rows that were only adorned are no data; as many as fit are left out without a word."""
    contenu = classeur(MILLION_DECORE[: MILLION_DECORE.index('<row r="90000"')])
    rapport = importer(api, "articles", contenu)
    assert (rapport["lignes"], compte(rapport)) == (0, (0, 0, 0))


@pytest.mark.parametrize(
    ("titres", "places"),
    [
        (("numero", "Prix d'amour"), [("#/1/B", "colonne_inconnue")]),
        (("numero", "version"), [("#/1/B", "colonne_inconnue")]),
        (("numero", *[""] * 26, "x"), [("#/1/AB", "colonne_inconnue")]),
        (("numero", "designation", "Désignation"), [("#/1/C", "colonne_repetee")]),
        (("designation", "unite"), [("#/1", "colonne_cle_absente")]),
        (("a", "numero", "b"), [("#/1/A", "colonne_inconnue"), ("#/1/C", "colonne_inconnue")]),
    ],
)
@pytest.mark.parametrize("fabrique", [en_csv, en_xlsx])
@pytest.mark.parametrize("simulation", [True, False])
def test_art_19_headings_that_cannot_be(api, fabrique, titres, places, simulation):
    """Each is named by its place, as the spreadsheet calls it; those that there are, are told."""
    reponse = envoyer(api, "articles", fabrique(titres, CROISSANT), simulation=simulation)
    assert erreurs(reponse) == (422, places)
    connues = envoyer(api, "articles", fabrique(("x",))).json()["erreurs"][0]["detail"]
    assert "prix_vente" in connues


@pytest.mark.parametrize(
    ("titres", "lignes", "attendues"),
    [
        (("numero", "designation"), [("BAG", "x", "y")], [(2, "C", "y", "cellule_sans_colonne")]),
        (("numero", "", "designation"), [("BAG", "y", "x")], [(2, "B", "y", "cellule_sans_colonne")]),
        (
            ("numero", "designation"),
            [("BAG", "x"), ("", ""), ("CRO", "x"), ("BAG", "y"), ("BAG", "z")],
            [
                (4, "unite", None, "champ_requis"),
                (4, "prix_vente", None, "champ_requis"),
                (4, "code_tva_vente", None, "champ_requis"),
                (5, "numero", "BAG", "cle_repetee"),
                (6, "numero", "BAG", "cle_repetee"),
            ],
        ),
    ],
)
@pytest.mark.parametrize("fabrique", [en_csv, en_xlsx])
def test_art_19_cells_and_keys_that_cannot_be(api, fabrique, titres, lignes, attendues):
    creer(api, "/v1/articles", BAGUETTE)
    avant = exporter(api, "articles")
    fichier = fabrique(titres, *lignes)
    assert fautes(importer(api, "articles", fichier, simulation=True)) == attendues
    places = [(f"#/{ligne}/{colonne}", code) for ligne, colonne, _, code in attendues]
    assert erreurs(envoyer(api, "articles", fichier)) == (422, places)
    assert exporter(api, "articles") == avant


def test_art_19_the_same_key_twice_names_both_rows(api):
    creer(api, "/v1/articles", BAGUETTE)
    titres = ("article", "tarif", "quantite_minimum", "du", "valeur")
    lignes = [("BAG", "REV", "0", "", "1"), ("BAG", "REV", "1", "", "1"), ("BAG", "REV", "1,0", "", "2")]
    (faute,) = importer(api, "tarifs", en_csv(titres, *lignes), simulation=True)["erreurs"]
    assert (faute["ligne"], faute["code"]) == (4, "cle_repetee")
    assert "3" in faute["detail"]


def test_art_19_rows_are_numbered_as_a_spreadsheet_does(api):
    """A row whose cell has line breaks is one row, and an empty row is one too."""
    creer(api, "/v1/articles", BAGUETTE)
    lignes = [("BAG", "un\ndeux\r\ntrois"), (), ("", ""), ("CRO", "")]
    (faute, *_) = importer(api, "articles", en_csv(("numero", "description"), *lignes), simulation=True)["erreurs"]
    assert faute["ligne"] == 5


@pytest.mark.parametrize(
    ("valeur", "attendue"),
    [
        ("0.30000000000000004", "0.3"),
        ("1.1000000000000001E-2", "0.011"),
        ("123456789.123456", "123456789.123456"),
        ("1.234567", "1.234567"),
        ("1.2345678", None),
    ],
)
def test_art_19_a_number_is_read_to_fifteen_digits(api, valeur, attendue):
    """Programs store what their arithmetic left over; more decimals than the field has are refused all the same."""
    creer(api, "/v1/articles", BAGUETTE)
    titres = '<c r="A1" t="inlineStr"><is><t>numero</t></is></c><c r="B1" t="inlineStr"><is><t>poids_kg</t></is></c>'
    cellules = f'<c r="A2" t="inlineStr"><is><t>BAG</t></is></c><c r="B2"><v>{valeur}</v></c>'
    reponse = envoyer(api, "articles", classeur(f'<row r="1">{titres}</row><row r="2">{cellules}</row>'))
    if attendue is None:
        assert erreurs(reponse) == (422, [("#/2/poids_kg", "decimal_illisible")])
    else:
        assert reponse.status_code == 200
    assert api.get("/v1/articles/BAG").json()["poids_kg"] == attendue


@pytest.mark.parametrize(
    ("cellule", "montree"),
    [
        ('t="e"><v>#N/A</v>', "#N/A"),
        ('t="e"><f>1/0</f><v>#DIV/0!</v>', "#DIV/0!"),
        ("><f>A1&amp;1&lt;2</f><v></v>", "=A1&1<2"),
        ("><f>1+1</f>", "=1+1"),
        ("><f>1+1</f><v>2</v>", None),
        ('t="str"><f>""</f><v></v>', None),
        (">", None),
    ],
)
def test_art_19_an_error_or_a_formula_never_calculated_does_not_clear_a_field(api, cellule, montree):
    """A workbook cell without a value is refused by its name; what is empty or calculated is taken."""
    creer(api, "/v1/articles", BAGUETTE | {"poids_kg": "0.3"})
    titres = '<c r="A1" t="inlineStr"><is><t>numero</t></is></c><c r="B1" t="inlineStr"><is><t>poids_kg</t></is></c>'
    suivante = '<c r="C2" t="inlineStr"><is><t> </t></is></c>'
    cellules = f'<c r="A2" t="inlineStr"><is><t>BAG</t></is></c><c r="B2" {cellule}</c>{suivante}'
    feuille = (
        f'<?xml version="1.0" encoding="UTF-8"?><!-- é --><worksheet xmlns="{ESPACE}"><sheetData>'
        f'<row r="1">{titres}</row><row r="2">{cellules}</row></sheetData></worksheet>'
    )
    reponse = envoyer(api, "articles", refaire(BON, feuille))
    if montree is None:
        assert reponse.status_code == 200
        return
    assert erreurs(reponse) == (422, [("#/2/poids_kg", "cellule_en_erreur")])
    assert api.get("/v1/articles/BAG").json()["poids_kg"] == "0.3"
    rapport = importer(api, "articles", refaire(BON, feuille), simulation=True)
    assert fautes(rapport) == [(2, "poids_kg", montree, "cellule_en_erreur")]


@pytest.mark.parametrize("media", ["application/json", "application/vnd.ms-excel", "text/plain", ""])
def test_api_03_another_media_type_is_refused(api, media):
    reponse = api.post("/v1/imports/articles", content=en_csv(TITRES, CROISSANT), headers={"content-type": media})
    assert refus(reponse) == (415, "type_de_media_refuse")


@pytest.mark.parametrize(
    ("contenu", "media", "code"),
    [
        (BON, "text/csv; charset=utf-8", "caractere_nul"),
        (en_csv(TITRES, CROISSANT), XLSX, "classeur_illisible"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096), XLSX, "classeur_illisible"),
        (b"", XLSX, "classeur_illisible"),
    ],
    ids=["a workbook as CSV", "CSV as a workbook", "an old or a locked workbook", "nothing"],
)
def test_api_03_a_file_is_what_it_is_said_to_be(api, contenu, media, code):
    reponse = api.post("/v1/imports/articles", content=contenu, headers={"content-type": media})
    assert refus(reponse) == (422, code)


def test_api_03_a_file_above_the_limit_is_refused(api):
    contenu = os.urandom(17 << 20)
    assert refus(envoyer(api, "articles", contenu)) == (413, "corps_trop_grand")
