"""A shop's day as its till tells it: hundreds of orders, their changes and cancellations, sales, clients, leftovers.

The same each time, whoever plays it. `MOMENTS` of the day, each with files as the cash desk leaves them.
"""

import csv
import json
import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

from tests.recits.boulangerie import Json

ARTICLES = ("BAG", "TAR", "EAU")
NOUVELLES = (90, 80, 80, 60)
"""How many orders each moment brings."""
CHANGEES, ANNULEES, VENTES = 25, 8, 12
TOUCHEES = tuple(f"T1-{rang:04}" for rang in range(40, 43))
"""Orders that the office changes at noon, and the till afterwards (MAG-13)."""


@dataclass
class Journee:
    """The till's own books while its day goes on."""

    jour: date
    hasard: random.Random = field(default_factory=lambda: random.Random(30))
    commandes: dict[str, Json] = field(default_factory=dict)
    ventes: int = 0

    def lignes(self) -> list[Json]:
        """One to five lines."""
        choisis = self.hasard.sample(ARTICLES * 2, self.hasard.randint(1, 5))
        nombre = self.hasard.randint
        return [{"article": un, "quantite": f"{nombre(1, 12)}", "prix_tvac": f"{nombre(5, 90)}.50"} for un in choisis]

    def client(self) -> Json:
        """Somebody of the neighbourhood; the till says their name each time."""
        rang = self.hasard.randint(1, 60)
        return {"numero": f"M{rang:03}", "nom": f"Client {rang}"}

    def nouvelle(self) -> Json:
        """An order, of yesterday or today."""
        reference = f"T1-{len(self.commandes):04}"
        prise = self.jour - timedelta(days=self.hasard.randint(0, 1))
        self.commandes[reference] = {
            "reference": reference,
            "date": prise.isoformat(),
            "date_livraison": (self.jour + timedelta(days=self.hasard.randint(1, 3))).isoformat(),
            "heure_livraison": f"{self.hasard.randint(7, 17):02}:30",
            "client": self.client(),
            "paye": str(self.hasard.randint(0, 20)),
            "lignes": self.lignes(),
        }
        return self.commandes[reference]

    def changee(self, reference: str) -> Json:
        """Another quantity, or another day."""
        une = self.commandes[reference]
        une["lignes"] = self.lignes()
        une["heure_livraison"] = f"{self.hasard.randint(7, 17):02}:00"
        return une

    def vente(self, **autres: str) -> Json:
        """A sale that is to be invoiced."""
        self.ventes += 1
        return {
            "reference": f"V1-{self.ventes:04}",
            "date": (self.jour - timedelta(days=self.hasard.randint(0, 20))).isoformat(),
            "client": self.client(),
            "mode_fin": "facture_a_etablir",
            "lignes": self.lignes(),
        } | autres

    def moment(self, rang: int) -> list[tuple[str, str | bytes]]:
        """The files of one part of the day, named by their kind."""
        ouvertes = [nom for nom, une in self.commandes.items() if not une.get("annulee")]
        libres = sorted(set(ouvertes) - set(TOUCHEES))
        choisies = self.hasard.sample(libres, CHANGEES + ANNULEES) if libres else []
        changements = [self.changee(nom) for nom in choisies[ANNULEES:]]
        for nom in choisies[:ANNULEES]:
            self.commandes[nom]["annulee"] = True
            changements.append(self.commandes[nom])
        if rang == 2:
            changements += [self.changee(nom) for nom in TOUCHEES]
        commandes = [self.nouvelle() for _ in range(NOUVELLES[rang])] + changements
        self.hasard.shuffle(commandes)
        ventes = [self.vente() for _ in range(VENTES)]
        if rang == 2:
            ventes += [self.vente(reference_commande="T1-0040"), self.vente(reference_commande="T1-9999")]
        if rang == 3:
            commandes.append(self.nouvelle() | {"reference": "T1-9999"})
            commandes.append(self.nouvelle() | {"lignes": [{"article": "INCONNU", "quantite": "1"}]})
        fichiers: list[tuple[str, str | bytes]] = [
            ("commandes.csv", en_csv(commandes)) if rang % 2 else ("commandes.json", json.dumps(commandes)),
            ("factures.json", json.dumps({"factures": ventes})),
        ]
        if rang in {0, 3}:
            fichiers.insert(0, ("clients.csv", clients_csv(rang)))
        if rang >= 2:
            fichiers.append(("restes.csv", f"date;article;quantite\n{self.jour};BAG;{rang * 3}\n{self.jour};TAR;1,5\n"))
        return fichiers


def en_csv(commandes: list[Json]) -> bytes:
    """Orders as a spreadsheet writes them in Belgium."""
    colonnes = [
        "reference",
        "date",
        "date_livraison",
        "heure_livraison",
        "client",
        "client_nom",
        "paye",
        "annulee",
        "article",
        "quantite",
        "prix_tvac",
    ]
    sortie = StringIO(newline="")
    ecrit = csv.DictWriter(sortie, colonnes, delimiter=";", restval="")
    ecrit.writeheader()
    for une in commandes:
        tete = {nom: une[nom] for nom in colonnes[:4] if nom in une} | {
            "client": une["client"]["numero"],
            "client_nom": une["client"]["nom"],
            "paye": une["paye"],
            "annulee": "oui" if une.get("annulee") else "",
        }
        for ligne in une["lignes"]:
            virgules = {nom: valeur.replace(".", ",") for nom, valeur in ligne.items()}
            ecrit.writerow(tete | virgules)
    return sortie.getvalue().encode("utf-8-sig")


def clients_csv(rang: int) -> str:
    """Clients with a telephone, which changes during the day (MAG-16)."""
    rangees = [f"M{numero:03};Client {numero};081 {rang}{numero:03}" for numero in range(1, 30)]
    return "\n".join(["numero;nom;telephone", *rangees])


def deposer(dossier: Path, rang: int, fichiers: list[tuple[str, str | bytes]]) -> None:
    """Put the files where the till's script looks, whole."""
    for sorte, (nom, contenu) in enumerate(fichiers):
        en_cours = dossier / f"en-cours-{nom}"
        en_cours.write_bytes(contenu if isinstance(contenu, bytes) else contenu.encode())
        en_cours.rename(dossier / f"{rang}{sorte}-{nom}")


MOMENTS = range(len(NOUVELLES))
