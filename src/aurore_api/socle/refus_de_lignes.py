"""Rows of a file that cannot be taken, as one refusal that names each by row and column, and repeats none of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class LigneRefusee:
    """Why one row cannot be taken; `valeurs` fill the text of `code`."""

    rang: int
    colonne: str | None
    code: str
    valeurs: Mapping[str, Any]

    @property
    def pointeur(self) -> str:
        """Where it is: `#/12/prix_vente` is row 12, as spreadsheets number it."""
        return f"#/{self.rang}" if self.colonne is None else f"#/{self.rang}/{self.colonne}"


class LignesRefusees(Exception):
    """Nothing of the file is taken: the first of the refusals, and how many there are."""

    code = "import_refuse"

    def __init__(self, nombre: int, lignes: Sequence[LigneRefusee]) -> None:
        super().__init__()
        self.nombre = nombre
        self.lignes = lignes
