"""The PostgreSQL that Aurore Commande runs for itself when `AURORE_DATABASE_URL` is not set.

One process owns the server of a state directory, starts it, restarts it when it dies and takes it down with itself;
every other process on that directory is its guest. Kernel file locks alone say who is who, never a pid file.
"""

from aurore_api.socle.embarque.erreurs import (
    DelaiDepasse,
    DemarrageImpossible,
    ErreurEmbarque,
    EtatInaccessible,
    PlateformeSansBinaires,
    VersionIncompatible,
)
from aurore_api.socle.embarque.serveur import PostgresEmbarque

__all__ = [
    "DelaiDepasse",
    "DemarrageImpossible",
    "ErreurEmbarque",
    "EtatInaccessible",
    "PlateformeSansBinaires",
    "PostgresEmbarque",
    "VersionIncompatible",
]
