"""A till in a directory of its own, driven as its command is."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.caisse.serveur import CLE
from typer.testing import CliRunner, Result

from aurore_magasin.application import application, console

AUJOURD_HUI = 1795600000.0
"""2026-11-25, for the server; the till has no say in it."""


@dataclass
class Caisse:
    """The command `aurore-magasin` of one shop."""

    dossier: Path
    url: str
    reglages: dict[str, str] = field(default_factory=dict)

    @property
    def environnement(self) -> dict[str, str]:
        """Its settings."""
        propres = {
            "url": self.url,
            "magasin": "NAM",
            "cle": CLE,
            "boite": str(self.dossier / "boite.sqlite"),
            "delai": "0.3",
            "attente": "0.001",
            "patience": "5",
        } | self.reglages
        propres.pop("columns", None)
        return {f"AURORE_MAGASIN_{nom.upper()}": une for nom, une in propres.items()}

    def lancer(self, *arguments: str) -> Result:
        """Run the command; an exception that it does not expect is the test's."""
        console.width = int(self.reglages.get("columns", "200"))  # whatever COLUMNS was when it was imported
        resultat = CliRunner().invoke(application, arguments, env=self.environnement, catch_exceptions=False)
        assert CLE not in resultat.output
        return resultat

    def faire(self, *arguments: str, statut: int = 0) -> str:
        """Run the command, which must end with that status; gives all it says."""
        resultat = self.lancer(*arguments)
        assert resultat.exit_code == statut, resultat.output
        return resultat.output

    def fichier(self, nom: str, contenu: str | bytes | list[Any]) -> str:
        """A file of the shop."""
        chemin = self.dossier / nom
        if isinstance(contenu, list):
            contenu = json.dumps(contenu)
        chemin.write_bytes(contenu if isinstance(contenu, bytes) else contenu.encode())
        return str(chemin)

    def ajouter(self, quoi: str, *elements: dict[str, Any]) -> str:
        """Put these into the outbox, from a file."""
        return self.faire("ajouter", quoi, self.fichier(f"{quoi}.json", list(elements)))

    @property
    def etat(self) -> dict[str, Any]:
        """What `etat --json` says."""
        lu: dict[str, Any] = json.loads(self.faire("etat", "--json"))
        return lu


def commande(reference: str, quantite: str = "3", **autres: Any) -> dict[str, Any]:
    """An order of the day."""
    return {
        "reference": reference,
        "date": "2026-11-25",
        "client": {"numero": "M7", "nom": "Mme Dupont"},
        "lignes": [{"article": "BAG", "quantite": quantite}],
    } | autres
