"""The store room: a count, flour bought in four stages, crates lent, and the stock then (MVT-06, FOU-02, CLI-12)."""

from pathlib import Path
from typing import Any

from httpx import Client
from rich.console import Console, RenderableType

from aurore_api.demo.appels import lister, poster, verifier
from aurore_api.demo.chargement import lire_toml
from aurore_api.demo.jours import dater
from aurore_api.demo.recit import Document, imprimer
from aurore_api.demo.tableaux import tableau_de

LISTES = {
    "mouvements": ("mouvements", {"ordre": "article"}),
    "valeur-du-stock": ("valeur", {"prix": "pamp"}),
}
"""What is left on paper: the list and how it is asked for (MVT-04)."""


def compter(client: Client) -> None:
    """Enter what is in the store room before anything moves (MVT-06). Raises `AppelRefuse`."""
    inventaire = lire_toml("reserve")["inventaire"]
    lignes = [{"article": article, "quantite": quantite} for article, quantite in inventaire["quantites"].items()]
    poster(client, "/v1/stock/inventaires", {"date": dater(inventaire["jours"]), "lignes": lignes})


def approvisionner(client: Client, dossier: Path) -> list[Document]:
    """Buy in four stages, each made of the one before (FOU-02), and lend crates; all printed. Raises `AppelRefuse`."""
    donnees = lire_toml("reserve")
    achat, vidanges = donnees["achat"], donnees["vidanges"]
    faits: list[Document] = []
    for etape in achat["etapes"]:
        en_tete = {"type": etape["type"], "date": dater(etape["jours"])}
        if faits:
            source = {"document": faits[-1]["id"]} | _part(etape)
            fait = poster(client, "/v1/transferts", {"cible": en_tete, "sources": [source]})
        else:
            corps = en_tete | {"fournisseur": achat["fournisseur"], "lignes": achat["lignes"]}
            fait = poster(client, "/v1/documents", corps)
        faits.append(imprimer(client, dossier, fait))
    livraison = {"type": "bordereau", "client": vidanges["client"], "date": dater(vidanges["jours"])}
    fait = poster(client, "/v1/documents", livraison | {"lignes": vidanges["lignes"]})
    return [*faits, imprimer(client, dossier, fait)]


def _part(etape: dict[str, Any]) -> dict[str, Any]:
    """What of the one line a stage takes; nothing said takes all that is left (TRF-02)."""
    quantite = etape.get("quantite_unite_commande")
    return {} if quantite is None else {"lignes": [{"ordre": 100, "quantite_unite_commande": quantite}]}


def montrer(client: Client, dossier: Path, console: Console) -> None:
    """Show the stock, what to order and the crates; leave the lists as PDF in `dossier`. Raises `AppelRefuse`."""
    for vue in (_stock(client), _a_commander(client), _vidanges(client)):
        console.print(vue)
    for nom, (liste, demande) in LISTES.items():
        fichier = dossier / f"{nom}.pdf"
        reponse = client.get(f"/v1/stock/listes/{liste}", params=demande | {"format": "pdf"})
        fichier.write_bytes(verifier(reponse).content)
        console.print(f"{fichier} : la liste imprimée", soft_wrap=True)


def _stock(client: Client) -> RenderableType:
    """MVT-02, CAL-12: what was counted, bought and sold since, and what it is worth."""
    table = tableau_de("La réserve", "Article", "En stock", "Dû aux clients", "Attendu", "PAMP", "Valeur")
    for article in lire_toml("reserve")["inventaire"]["quantites"]:
        un = verifier(client.get(f"/v1/articles/{article}/stock")).json()
        attendu = un["commande_fournisseur"]
        prix = un["pamp"] or ""
        table.add_row(article, un["physique"], un["commande_client"], attendu, prix, un["valeur_pamp"])
    return table


def _a_commander(client: Client) -> RenderableType:
    """ART-16: what there will be too little of, and what to order of whom."""
    table = tableau_de("À commander", "Article", "Minimum", "Il y en aura", "Proposition")
    for un in lister(client, "/v1/stock/sous-minimum", limite="5"):
        propositions = (
            f"{une['quantite']} {une['unite_achat'] or un['unite']} chez {une['fournisseur']}"
            for une in un["propositions"]
        )
        table.add_row(un["article"], un["stock_minimum"], un["attendu"], ", ".join(propositions))
    return table


def _vidanges(client: Client) -> RenderableType:
    """CLI-12: the crates that clients have."""
    table = tableau_de("Bacs chez les clients", "Client", "Vidange", "Solde")
    for un in lister(client, "/v1/vidanges"):
        table.add_row(un["client"], un["article"], un["solde"])
    return table
