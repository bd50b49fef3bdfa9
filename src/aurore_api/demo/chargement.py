import csv
import tomllib
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from httpx import Client
from rich.console import Console
from rich.progress import track

from aurore_api.demo.appels import creer, verifier

DONNEES = Path(__file__).parent / "donnees"

ENTIERS = frozenset({"decimales", "jours", "ordre"})
BOOLEENS = frozenset({"flou", "par_defaut"})
ADRESSE = ("rue", "code_postal", "localite", "pays")

TABLES = (
    ("unites_mesure", "/v1/unites"),
    ("departements", "/v1/departements"),
    ("familles", "/v1/familles"),
    ("tarifs", "/v1/tarifs"),
    ("articles", "/v1/articles"),
    ("clients", "/v1/clients"),
)
"""File and resource, in the order in which one refers to another."""

ANNEXES: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("libelles", "article", "/v1/articles/{}/libelles", ("code_libelle",)),
    ("unites", "article", "/v1/articles/{}/unites", ("abreviation",)),
    ("tarifs_articles", "article", "/v1/articles/{}/tarifs", ("tarif", "quantite_minimum")),
    ("adresses", "client", "/v1/clients/{}/adresses", ("libelle",)),
)
"""File, column that names the article or client the row belongs to, resource, and what tells rows of one apart."""


class SocieteOccupee(Exception):
    """The société already has a name that is not the sample bakery's: its numbers are not ours to use up."""

    def __init__(self, nom: str) -> None:
        super().__init__(
            f"La société s'appelle déjà « {nom} » : la démonstration ne touche pas à de vraies données. "
            "Indiquez un autre AURORE_ETAT (ou AURORE_DATABASE_URL)."
        )


def lire_csv(nom: str) -> list[dict[str, Any]]:
    """Rows of `donnees/<nom>.csv` without their empty cells: what is not said is left to the API's defaults."""
    with (DONNEES / f"{nom}.csv").open(encoding="utf-8-sig", newline="") as fichier:
        lignes = list(csv.DictReader(fichier, delimiter=";"))
    return [{champ: _valeur(champ, texte) for champ, texte in ligne.items() if texte} for ligne in lignes]


def lire_toml(nom: str) -> dict[str, Any]:
    """Content of `donnees/<nom>.toml`."""
    return tomllib.loads((DONNEES / f"{nom}.toml").read_text(encoding="utf-8"))


def charger(client: Client, console: Console, nom_provisoire: str) -> None:
    """Give the société its parameters and logo, then create what does not exist yet.

    Raises `AppelRefuse`, `SocieteOccupee`.
    """
    _parametrer(client, nom_provisoire)
    for fichier, chemin in TABLES:
        for ligne in track(lire_csv(fichier), description=f"{fichier:<16}", console=console):
            creer(client, chemin, _corps(fichier, ligne))
    for annexe in ANNEXES:
        _annexer(client, console, *annexe)


def _valeur(champ: str, texte: str) -> str | int | bool:
    """A cell as the API takes it; decimals stay the strings they are (API-02)."""
    if champ in ENTIERS:
        return int(texte)
    if champ in BOOLEENS:
        return texte.casefold() in {"true", "vrai"}  # a French spreadsheet writes VRAI
    return texte


def _corps(fichier: str, ligne: dict[str, Any]) -> dict[str, Any]:
    """The row as a request: a client's address is an object of its own."""
    if fichier != "clients":
        return ligne
    adresse = {champ: ligne[champ] for champ in ADRESSE}
    return {champ: valeur for champ, valeur in ligne.items() if champ not in ADRESSE} | {"adresse": adresse}


def _parametrer(client: Client, nom_provisoire: str) -> None:
    societe, actuel = lire_toml("societe"), verifier(client.get("/v1/parametres")).json()["nom"]
    if actuel not in {nom_provisoire, societe["nom"]}:
        raise SocieteOccupee(actuel)
    verifier(client.patch("/v1/parametres", json=societe, headers={"If-Match": _etag(client)}))
    logo = (DONNEES / "logo.png").read_bytes()
    entetes = {"If-Match": _etag(client), "Content-Type": "image/png"}
    verifier(client.put("/v1/parametres/logo", content=logo, headers=entetes))


def _etag(client: Client) -> str:
    return verifier(client.get("/v1/parametres")).headers["ETag"]


def _annexer(client: Client, console: Console, fichier: str, parent: str, chemin: str, champs: tuple[str, ...]) -> None:
    """Create the rows that their parent does not have yet; an address has no key that would refuse a second one."""
    lignes = sorted(lire_csv(fichier), key=itemgetter(parent))
    groupes = [(numero, list(groupe)) for numero, groupe in groupby(lignes, itemgetter(parent))]
    cle = itemgetter(*champs)
    for numero, groupe in track(groupes, description=f"{fichier:<16}", console=console):
        collection = chemin.format(numero)
        connues = {cle(ligne) for ligne in verifier(client.get(collection)).json()["data"]}
        for ligne in groupe:
            if cle(ligne) not in connues:
                creer(client, collection, {champ: ligne[champ] for champ in ligne if champ != parent})
