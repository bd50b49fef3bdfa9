"""Files as the tests make and read them, the way spreadsheet programs do."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, time
from typing import Any

import httpx
import xlsxwriter
from python_calamine import CalamineWorkbook
from tests.client import ClientDeTest

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIAS = {"csv": CSV, "xlsx": XLSX}


def en_csv(*lignes: Sequence[Any], separateur: str = ";", encodage: str = "utf-8-sig") -> bytes:
    """A CSV file; cells are written as they are."""
    texte = io.StringIO(newline="")
    csv.writer(texte, delimiter=separateur).writerows(lignes)
    return texte.getvalue().encode(encodage)


def en_xlsx(*lignes: Sequence[Any], feuille: str = "Feuil1", depart: tuple[int, int] = (0, 0)) -> bytes:
    """A workbook of one sheet: numbers, truth values, days and texts each as their own kind of cell."""
    sortie = io.BytesIO()
    classeur = xlsxwriter.Workbook(sortie, {"default_date_format": "dd/mm/yyyy", "strings_to_formulas": False})
    page = classeur.add_worksheet(feuille)
    heures = classeur.add_format({"num_format": "hh:mm"})
    for rang, ligne in enumerate(lignes, depart[0]):
        for place, valeur in enumerate(ligne, depart[1]):
            if isinstance(valeur, time):
                page.write_datetime(rang, place, valeur, heures)
            elif isinstance(valeur, date):
                page.write_datetime(rang, place, valeur)
            elif valeur is not None:
                page.write(rang, place, valeur)
    classeur.close()
    return sortie.getvalue()


def lire_csv(contenu: bytes, separateur: str = ";", encodage: str = "utf-8-sig") -> list[list[str]]:
    """The rows of a CSV file."""
    return list(csv.reader(io.StringIO(contenu.decode(encodage), newline=""), delimiter=separateur, strict=True))


def lire_xlsx(contenu: bytes) -> list[list[Any]]:
    """The cells of a workbook's first sheet."""
    return CalamineWorkbook.from_filelike(io.BytesIO(contenu)).get_sheet_by_index(0).to_python()


def exporter(api: ClientDeTest, genre: str, **parametres: str) -> bytes:
    """A file that must be served."""
    reponse = api.get(f"/v1/exports/{genre}", params=parametres)
    assert reponse.status_code == 200, reponse.text
    return reponse.content


def envoyer(
    api: ClientDeTest, genre: str, contenu: bytes, *, simulation: bool = False, **en_tetes: str
) -> httpx.Response:
    """Import a file, which is what its first bytes say."""
    media = XLSX if contenu.startswith(b"PK") else CSV
    adresse = f"/v1/imports/{genre}" + ("?simulation=true" if simulation else "")
    return api.post(adresse, content=contenu, headers={"content-type": media, **en_tetes})


def importer(api: ClientDeTest, genre: str, contenu: bytes, *, simulation: bool = False) -> dict[str, Any]:
    """Import a file that must be taken; gives the report."""
    reponse = envoyer(api, genre, contenu, simulation=simulation)
    assert reponse.status_code == 200, reponse.text
    rapport: dict[str, Any] = reponse.json()
    assert simulation or rapport["nombre_erreurs"] == 0
    return rapport


def compte(rapport: dict[str, Any]) -> tuple[int, int, int]:
    """How many rows were made, changed, and left as they were."""
    return rapport["crees"], rapport["modifies"], rapport["inchanges"]


def fautes(rapport: dict[str, Any]) -> list[tuple[int, str | None, str | None, str]]:
    """Row, column, value and code of each error of a report."""
    return [(une["ligne"], une["colonne"], une["valeur"], une["code"]) for une in rapport["erreurs"]]


def colonnes(lignes: Iterable[Sequence[Any]]) -> list[dict[str, Any]]:
    """The rows of a file by the names of its columns."""
    titres, *suite = lignes
    return [dict(zip(titres, ligne, strict=True)) for ligne in suite]
