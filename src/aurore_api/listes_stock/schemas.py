"""What is asked of a list of the stock."""

from enum import StrEnum
from typing import Any, Literal

from pydantic import Field

from aurore_api.echanges.schemas import FICHIERS, MEDIAS, CommentCsv, FormatFichier
from aurore_api.stock.consultes import CriteresMouvements, CriteresStock


class FormatListe(StrEnum):
    """Kind of file."""

    CSV = FormatFichier.CSV
    XLSX = FormatFichier.XLSX
    PDF = "pdf"


MEDIAS_LISTES: dict[FormatListe, str] = {
    FormatListe.CSV: MEDIAS[FormatFichier.CSV],
    FormatListe.XLSX: MEDIAS[FormatFichier.XLSX],
    FormatListe.PDF: "application/pdf",
}
LISTES: dict[str, Any] = FICHIERS | {MEDIAS_LISTES[FormatListe.PDF]: {"schema": {"type": "string", "format": "binary"}}}
"""All kinds of file, as the contract tells them."""


class DemandeListe(CommentCsv):
    """Which file."""

    format: FormatListe = FormatListe.CSV


class DemandeMouvements(CriteresMouvements, DemandeListe):
    """Which movements, in which order, as which file."""

    ordre: Literal["date", "article"] = Field(default="date", description="By article: with a running sum")


class DemandeValeur(CriteresStock, DemandeListe):
    """Which goods, at which price, as which file."""

    prix: Literal["pamp", "dernier_prix"] = Field(default="pamp", description="Average, or last purchase price")
