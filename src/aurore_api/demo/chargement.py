import csv
import tomllib
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from httpx import Client
from rich.console import Console
from rich.progress import track

from aurore_api.demo.appels import creer, lister, verifier
from aurore_api.demo.jours import jour

DONNEES = Path(__file__).parent / "donnees"

ENTIERS = frozenset({"decimales", "jours", "jours_avant", "ordre", "delai_livraison"})
JOURS = frozenset({"du", "au"})
LISTES = frozenset({"codes_barres"})
BOOLEENS = {"true": True, "vrai": True, "false": False, "faux": False}
"""A French spreadsheet writes VRAI."""
OBJETS = {"adresse": ("rue", "code_postal", "localite", "pays"), "heure_limite": ("jours_avant", "heure")}
"""Columns of clients and suppliers that are an object of their own in a request."""

TABLES = (
    ("unites_mesure", "/v1/unites"),
    ("departements", "/v1/departements"),
    ("familles", "/v1/familles"),
    ("tarifs", "/v1/tarifs"),
    ("structures", "/v1/structures"),
    ("taxes", "/v1/taxes"),
    ("codes_intrastat", "/v1/codes-intrastat"),
    ("fournisseurs", "/v1/fournisseurs"),
    ("articles", "/v1/articles"),
    ("clients", "/v1/clients"),
)
"""File and resource, in the order in which one refers to another."""

ANNEXES: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("libelles", "article", "/v1/articles/{}/libelles", ("code_libelle",)),
    ("unites", "article", "/v1/articles/{}/unites", ("abreviation",)),
    ("tarifs_articles", "article", "/v1/articles/{}/tarifs", ("tarif", "quantite_minimum")),
    ("achats", "article", "/v1/articles/{}/fournisseurs", ("fournisseur",)),
    ("taxes_articles", "article", "/v1/articles/{}/taxes", ("code_taxe", "categorie_tva")),
    ("composants", "article", "/v1/articles/{}/composants", ("composant",)),
    ("adresses", "client", "/v1/clients/{}/adresses", ("libelle",)),
    ("prix_clients", "client", "/v1/clients/{}/prix", ("article", "famille", "du")),
    ("unites_preferees", "client", "/v1/clients/{}/unites-preferees", ("article",)),
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
    for image in lire_csv("images"):
        _illustrer(client, image["article"], DONNEES / "images" / image["fichier"])
    for calendrier in lire_toml("calendriers")["calendriers"]:
        _fixer(client, calendrier)
    for commande_type in lire_toml("commandes_types")["commandes_types"]:
        _commander(client, commande_type)


def _valeur(champ: str, texte: str) -> str | int | bool | list[str]:
    """A cell as the API takes it; decimals stay the strings they are (API-02)."""
    if champ in JOURS:
        return jour(int(texte))
    if champ in ENTIERS:
        return int(texte)
    if champ in LISTES:
        return texte.split()
    return BOOLEENS.get(texte.casefold(), texte)


def _corps(fichier: str, ligne: dict[str, Any]) -> dict[str, Any]:
    """The row as a request: what belongs to an object of `OBJETS` is put there."""
    if fichier not in {"clients", "fournisseurs"}:
        return ligne
    objets = {nom: {champ: ligne[champ] for champ in champs if champ in ligne} for nom, champs in OBJETS.items()}
    ailleurs = {champ for champs in OBJETS.values() for champ in champs}
    simples = {champ: valeur for champ, valeur in ligne.items() if champ not in ailleurs}
    return simples | {nom: objet for nom, objet in objets.items() if objet}


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


def cle(ligne: dict[str, Any], champs: tuple[str, ...]) -> tuple[Any, ...]:
    """What tells a row from the others of its parent; what it does not say is null, as in the API's answers."""
    return tuple(ligne.get(champ) for champ in champs)


def _annexer(client: Client, console: Console, fichier: str, parent: str, chemin: str, champs: tuple[str, ...]) -> None:
    """Create the rows that their parent does not have yet; an address has no key that would refuse a second one."""
    lignes = sorted(lire_csv(fichier), key=itemgetter(parent))
    groupes = [(numero, list(groupe)) for numero, groupe in groupby(lignes, itemgetter(parent))]
    for numero, groupe in track(groupes, description=f"{fichier:<16}", console=console):
        collection = chemin.format(numero)
        connues = {cle(ligne, champs) for ligne in lister(client, collection)}
        for ligne in groupe:
            if cle(ligne, champs) not in connues:
                creer(client, collection, {champ: ligne[champ] for champ in ligne if champ != parent})


def _illustrer(client: Client, article: str, fichier: Path) -> None:
    """Give an article its picture, unless it has one."""
    collection = f"/v1/articles/{article}/images"
    if not lister(client, collection):
        verifier(client.post(collection, content=fichier.read_bytes(), headers={"Content-Type": "image/jpeg"}))


def _fixer(client: Client, calendrier: dict[str, Any]) -> None:
    """Say when a client is delivered, unless that was said before."""
    chemin = f"/v1/clients/{calendrier['client']}/calendrier"
    actuel = verifier(client.get(chemin))
    if actuel.json()["version"] == 0:
        exceptions = [une | {"du": jour(une["du"]), "au": jour(une["au"])} for une in calendrier["exceptions"]]
        corps = {"jours_ouverts": calendrier["jours_ouverts"], "exceptions": exceptions}
        verifier(client.put(chemin, json=corps, headers={"If-Match": actuel.headers["ETag"]}))


def _commander(client: Client, commande_type: dict[str, Any]) -> None:
    """Create a client's standing order, which is told from its others by `libelle`."""
    collection = f"/v1/clients/{commande_type['client']}/commandes-types"
    if commande_type["libelle"] not in {une["libelle"] for une in lister(client, collection)}:
        corps = {champ: commande_type[champ] for champ in ("libelle", "saisons", "lignes") if champ in commande_type}
        creer(client, collection, corps | {"du": jour(commande_type["du"])})
