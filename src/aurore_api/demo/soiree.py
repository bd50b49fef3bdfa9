"""A shop's evening: its till pushes, the routine makes delivery notes and the production list, a sale is invoiced."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from httpx import Client
from rich.console import Console, RenderableType
from rich.text import Text

from aurore_api.demo.appels import creer, lister, poster, verifier
from aurore_api.demo.chargement import DONNEES, lire_toml
from aurore_api.demo.jours import aujourd_hui, dater, jour
from aurore_api.demo.recit import Document, imprimer
from aurore_api.demo.tableaux import tableau_de

FICHIERS = ("clients", "commandes", "changements", "factures", "restes")
"""What the cash desk leaves, in order; `changements` are commandes too."""
JOURS = ("date", "date_livraison")
ETAPES = {
    "commandes": "commandes reçues",
    "liste_commandes": "liste des commandes",
    "notes_envoi": "notes d'envoi",
    "production": "production",
}
ISSUES = {
    "fait": "fait",
    "partiel": "fait en partie",
    "rien": "rien à faire",
    "desactive": "désactivé",
    "echec": "échec",
}


class CaisseEnPanne(Exception):
    """`aurore-magasin` did not end well: says what it said."""


def vivre_la_soiree(client: Client, dossier: Path, console: Console) -> None:
    """Play it; the till's files and outbox are left in `dossier`/caisse, the PDFs in `dossier`.

    Raises `AppelRefuse`, `CaisseEnPanne`.
    """
    code = _ouvrir(client)
    console.print(_titre("La caisse du magasin envoie sa journée (aurore-magasin)"))
    console.print(Text(_pousser(client, code, dossier / "caisse")), soft_wrap=True)
    for vue in (_routine(client, code, dossier), _production(client)):
        console.print(vue)
    facture = _facturer(client, code, dossier)
    numero, total = facture["numero_affiche"], facture["totaux"]["tvac"]
    console.print(_titre(f"La vente à facturer est devenue la facture {numero}, {total} EUR comme le ticket.\n"))
    for vue in _rapprochement(client, code, dossier):
        console.print(vue)


def _titre(texte: str) -> Text:
    return Text(texte, style="italic")


def _ouvrir(client: Client) -> str:
    """The shop and its parameters (MAG-01); gives its code."""
    donnees = lire_toml("magasin")
    code = str(donnees["magasin"]["code"])
    creer(client, "/v1/magasins", donnees["magasin"])
    chemin = f"/v1/magasins/{code}/parametres"
    verifier(client.patch(chemin, json=donnees["parametres"], headers={"If-Match": "*"}))
    return code


def _pousser(client: Client, code: str, dossier: Path) -> str:
    """Let the till take its files and push them, with a key of its own (MAG-30); gives what it says."""
    dossier.mkdir(exist_ok=True)
    cle = poster(client, "/v1/cles", {"libelle": f"Caisse {code}", "portees": [f"magasin:{code}"]})["secret"]
    environnement = os.environ | {
        "AURORE_MAGASIN_URL": str(client.base_url),
        "AURORE_MAGASIN_MAGASIN": code,
        "AURORE_MAGASIN_CLE": cle,
        "AURORE_MAGASIN_BOITE": str(dossier / "boite.sqlite"),
        "AURORE_MAGASIN_REGLAGES": "",
        "NO_PROXY": "127.0.0.1",
        "COLUMNS": "120",
    }
    dits = []
    for nom in FICHIERS:
        genre = "commandes" if nom == "changements" else nom
        dits.append(_caisse(environnement, "ajouter", genre, str(_fichier(dossier, nom))))
    return "".join([*dits, _caisse(environnement, "pousser")])


def _caisse(environnement: dict[str, str], *arguments: str) -> str:
    """Run the till as a shop does: a command of its own."""
    fait = subprocess.run(  # noqa: S603 (our own program)
        [sys.executable, "-m", "aurore_magasin", *arguments],
        env=environnement, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    if fait.returncode:
        raise CaisseEnPanne(f"aurore-magasin {' '.join(arguments)} : {fait.stdout}{fait.stderr}")
    return fait.stdout


def _fichier(dossier: Path, nom: str) -> Path:
    """A file of the till with the days of today."""
    lignes = (DONNEES / f"caisse_{nom}.csv").read_text(encoding="utf-8-sig").splitlines()
    dates = {rang for rang, colonne in enumerate(lignes[0].split(";")) if colonne in JOURS}
    rangees = [
        ";".join(dater(int(un)) if un and rang in dates else un for rang, un in enumerate(ligne.split(";")))
        for ligne in lignes[1:]
    ]
    contenu = "\n".join([lignes[0], *rangees]).replace("{jour}", f"{aujourd_hui():%m%d}")
    fichier = dossier / f"{nom}.csv"
    fichier.write_text(f"{contenu}\n", encoding="utf-8")
    return fichier


def _routine(client: Client, code: str, dossier: Path) -> RenderableType:
    """MAG-23: one call, a job; its PDFs are left in `dossier`."""
    travail = poster(client, f"/v1/magasins/{code}/routine", {"date": jour(1)})
    fini = _attendre(client, travail["id"])
    table = tableau_de(f"Routine du soir, pour le {jour(1)}", "Étape", "Issue", "PDF")
    for etape in fini["resultat"]["etapes"]:
        pdf = ""
        if etape["pdf"]:
            fichier = dossier / f"{etape['etape'].replace('_', '-')}-{jour(1)}.pdf"
            fichier.write_bytes(verifier(client.get(etape["pdf"])).content)
            pdf = str(fichier)
        table.add_row(ETAPES[etape["etape"]], ISSUES[etape["issue"]], pdf)
    return table


def _attendre(client: Client, travail: str) -> dict[str, Any]:
    """Follow a job's events to its end (API-08)."""
    with client.stream("GET", f"/v1/travaux/{travail}/flux") as flux:
        for ligne in verifier(flux).iter_lines():
            if ligne.startswith("data:"):
                dernier: dict[str, Any] = json.loads(ligne.removeprefix("data:"))
    return dernier


def _production(client: Client) -> RenderableType:
    """MAG-20: what the shop, the clients and the standing orders want, less what is left over."""
    colonnes = ("magasins", "clients", "commandes_types", "restes", "a_produire")
    table = tableau_de(
        f"Pâtisserie à produire pour le {jour(1)}", "Article", "Magasin", "Clients", "Types", "Restes", "À produire"
    )
    for ligne in verifier(client.get("/v1/production", params={"date": jour(1)})).json()["lignes"]:
        table.add_row(ligne["designation"], *(ligne[nom] for nom in colonnes))
    return table


def _rapprochement(client: Client, code: str, dossier: Path) -> Iterator[RenderableType]:
    """MAG-19: what the till sent, what became of it, and that nothing is invoiced twice."""
    periode = {"du": dater(-1), "au": jour(0)}
    chemin = f"/v1/magasins/{code}/rapprochement"
    lu = verifier(client.get(chemin, params=periode)).json()
    table = tableau_de("Rapprochement de la caisse", "Commandes", "Ventes", "Conflits", "Facturé deux fois")
    doubles = "non" if lu["controle"]["conforme"] else "oui"
    table.add_row(str(len(lu["commandes"])), str(len(lu["ventes"])), str(len(lu["conflits"])), doubles)
    yield table
    fichier = dossier / f"rapprochement-{jour(0)}.pdf"
    fichier.write_bytes(verifier(client.get(f"{chemin}/liste", params=periode | {"format": "pdf"})).content)
    yield Text(f"{fichier} : le même, en détail\n")


def _facturer(client: Client, code: str, dossier: Path) -> Document:
    """MAG-18: the office makes the client `facturable` and invoices the sale of today."""
    numero = lire_toml("magasin")["a_facturer"]["client"]
    connu = next(un for un in lister(client, f"/v1/magasins/{code}/clients") if un["numero"] == numero)["client"]
    verifier(client.patch(f"/v1/clients/{connu}", json={"facturable": True}, headers={"If-Match": "*"}))
    de_ce_client = {"client": connu, "magasin": code}
    attendus = verifier(client.get("/v1/documents", params=de_ce_client | {"type": "bordereau"})).json()["data"]
    if not attendus:  # played before, today
        faites = verifier(client.get("/v1/documents", params=de_ce_client | {"type": "facture"})).json()["data"]
        return dict(faites[-1])
    corps = {"cible": {"type": "facture", "date": jour(0)}, "sources": [{"document": attendus[-1]["id"]}]}
    return imprimer(client, dossier, poster(client, "/v1/transferts", corps))
