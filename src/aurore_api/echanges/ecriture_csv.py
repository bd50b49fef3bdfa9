"""Writing CSV that spreadsheet programs open as it is meant."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from aurore_api.echanges.colonnes import Colonne
from aurore_api.echanges.marques import marquer
from aurore_api.echanges.schemas import EncodageCsv, SeparateurCsv
from aurore_api.echanges.valeurs import Ecrite, ecrire_decimal

_SEPARATEURS = {SeparateurCsv.POINT_VIRGULE: ";", SeparateurCsv.VIRGULE: ",", SeparateurCsv.TABULATION: "\t"}


class EcritureCsv:
    """A file in the making. Where the semicolon separates, the comma is the decimal mark."""

    def __init__(self, colonnes: Sequence[Colonne], separateur: SeparateurCsv, encodage: EncodageCsv) -> None:
        self._sortie = io.BytesIO()
        self._texte = io.TextIOWrapper(self._sortie, encodage.value, newline="", write_through=True)
        self._csv = csv.writer(self._texte, delimiter=_SEPARATEURS[separateur])
        self._virgule = separateur is SeparateurCsv.POINT_VIRGULE
        self._csv.writerow(colonne.nom for colonne in colonnes)

    def ajouter(self, lignes: Iterable[Sequence[Ecrite]]) -> None:
        """Write rows."""
        self._csv.writerows([self._cellule(une) for une in ligne] for ligne in lignes)

    def finir(self) -> bytes:
        """The file."""
        self._texte.flush()
        return self._sortie.getvalue()

    def _cellule(self, valeur: Ecrite) -> str:
        match valeur:
            case None:
                return ""
            case str():
                return marquer(valeur, protege=False)
            case bool():
                return "oui" if valeur else "non"
            case date():
                return valeur.isoformat()
            case Decimal():
                ecrit = ecrire_decimal(valeur)
                return ecrit.replace(".", ",") if self._virgule else ecrit
        return str(valeur)
