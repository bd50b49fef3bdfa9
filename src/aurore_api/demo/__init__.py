"""The main job on a sample bakery, through the HTTP API only: `donnees/` is loaded, then its story is played."""

from pathlib import Path

from httpx import Client
from rich.console import Console

from aurore_api.demo.appels import AppelRefuse
from aurore_api.demo.chargement import SocieteOccupee, charger
from aurore_api.demo.recit import raconter, tableau
from aurore_api.demo.reserve import approvisionner, compter, montrer
from aurore_api.demo.soiree import CaisseEnPanne, vivre_la_soiree
from aurore_api.demo.visite import visiter

__all__ = ["AppelRefuse", "CaisseEnPanne", "SocieteOccupee", "jouer"]


def jouer(client: Client, dossier: Path, console: Console, nom_provisoire: str) -> None:
    """Load the sample data, make and print its documents, leave their PDFs in `dossier`, show that and more.

    `client` has the address of the API and its key; `nom_provisoire` is what a société without a name is called.
    Played again on the same state, what exists is kept as it is and the documents are made anew.
    Raises `AppelRefuse` when the API refuses a call, `CaisseEnPanne` when the till does not end well, and
    `SocieteOccupee` before touching a société that is somebody's own.
    """
    charger(client, console, nom_provisoire)
    compter(client)
    documents = [*raconter(client, dossier, console), *approvisionner(client, dossier)]
    console.print(tableau(documents))
    console.print(f"{len(documents)} PDF dans {dossier}/\n")
    montrer(client, dossier, console)
    visiter(client, dossier, console)
    vivre_la_soiree(client, dossier, console)
