"""What is asked of an export, and what an import tells."""

from enum import StrEnum
from typing import Any

from pydantic import Field

from aurore_api.socle.types import Entree, Sortie


class GenreEchange(StrEnum):
    """What goes in and out as a table."""

    ARTICLES = "articles"
    UNITES = "unites"
    TARIFS = "tarifs"
    CLIENTS = "clients"


class FormatFichier(StrEnum):
    """Kind of file."""

    CSV = "csv"
    XLSX = "xlsx"


MEDIAS = {
    FormatFichier.CSV: "text/csv",
    FormatFichier.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
FICHIERS: dict[str, Any] = {
    MEDIAS[FormatFichier.CSV]: {"schema": {"type": "string", "contentMediaType": "text/csv"}},
    MEDIAS[FormatFichier.XLSX]: {"schema": {"type": "string", "format": "binary"}},
}
"""Both kinds of file, as the contract tells them."""


class SeparateurCsv(StrEnum):
    """What stands between the cells of a CSV file."""

    POINT_VIRGULE = "point_virgule"
    VIRGULE = "virgule"
    TABULATION = "tabulation"


class EncodageCsv(StrEnum):
    """How a CSV file is encoded: UTF-8 with the mark that spreadsheet programs know it by, or without."""

    UTF8_MARQUE = "utf-8-sig"
    UTF8 = "utf-8"


class CommentCsv(Entree):
    """How a CSV file is written."""

    separateur: SeparateurCsv = Field(
        default=SeparateurCsv.POINT_VIRGULE,
        description="Of CSV. With `point_virgule` decimals have a comma, as Belgian spreadsheets want; else a point",
    )
    encodage: EncodageCsv = Field(
        default=EncodageCsv.UTF8_MARQUE, description="Of CSV; `utf-8-sig` begins with its mark"
    )


class DemandeExport(CommentCsv):
    """Which file."""

    format: FormatFichier = FormatFichier.CSV


class ErreurImport(Sortie):
    """Why a row cannot be taken."""

    ligne: int = Field(description="As spreadsheets number it; the headings are row 1")
    colonne: str | None = Field(description="Its name; the spreadsheet's letter where it has no known name")
    valeur: str | None = Field(description="What stands there, its beginning; null: nothing")
    code: str
    detail: str


class RapportImport(Sortie):
    """What an import did, or would do; all or nothing."""

    genre: GenreEchange
    simulation: bool
    lignes: int = Field(description="Rows that are not empty, the headings apart")
    crees: int = Field(description="Rows made; of a dry run, those that could be, the bad ones apart")
    modifies: int = Field(description="Rows changed; of a dry run, those that could be, the bad ones apart")
    inchanges: int = Field(description="Rows that say nothing new; they keep their version")
    nombre_erreurs: int = Field(description="Above 0 nothing of the file can be stored; a row may have several")
    erreurs: list[ErreurImport] = Field(description="The first 500")
