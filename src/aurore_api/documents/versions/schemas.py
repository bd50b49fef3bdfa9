"""Reopening and earlier versions in JSON."""

from datetime import datetime

from aurore_api.socle.types import Entree, Jour, Libelle, Montant, Sortie, exemples


class ReouvertureEntree(Entree):
    """Why an issued document is opened again."""

    model_config = exemples({"motif": "Adresse de facturation erronée"})

    motif: Libelle


class VersionSortie(Sortie):
    """A version that was issued before: its PDF is kept as it went out (DOC-08)."""

    numero: int
    date: Jour
    emis_le: datetime
    reouvert_le: datetime
    motif: str
    total_htva: Montant
    total_tvac: Montant


class VersionsSortie(Sortie):
    """The versions issued before, oldest first."""

    data: list[VersionSortie]
