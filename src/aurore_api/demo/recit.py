from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from babel.numbers import format_decimal
from httpx import Client
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import track
from rich.table import Table

from aurore_api.demo.appels import poster, verifier
from aurore_api.demo.chargement import lire_csv, lire_toml
from aurore_api.demo.jours import dater

Document = dict[str, Any]


def raconter(client: Client, dossier: Path, console: Console) -> list[Document]:
    """Play the story: documents typed, then transferred, each printed at once and its PDF left in `dossier`.

    Answers the numbered documents in the order in which they were made. Raises `AppelRefuse`.
    """
    dossier.mkdir(parents=True, exist_ok=True)
    faits: dict[str, Document] = {}
    for type_document in ("offre", "commande"):
        saisies = lire_toml(f"{type_document}s")["documents"]
        for saisie in track(saisies, description=f"{type_document + 's':<16}", console=console):
            corps = _saisie(type_document, saisie)
            faits[saisie["nom"]] = imprimer(client, dossier, poster(client, "/v1/documents", corps))
    cibles = [list(lignes) for _, lignes in groupby(lire_csv("transferts"), itemgetter("nom"))]
    for lignes in track(cibles, description=f"{'transferts':<16}", console=console):
        corps = _transfert(lignes, faits)
        faits[lignes[0]["nom"]] = imprimer(client, dossier, poster(client, "/v1/transferts", corps))
    return list(faits.values())


def tableau(documents: list[Document]) -> Table:
    """One row per type of document: how many, their numbers, and their totals in EUR."""
    table = Table(
        "Type", box=SIMPLE_HEAD, pad_edge=False, padding=0, title="Documents de la démonstration, montants en EUR"
    )
    table.add_column("Nombre", justify="right")
    table.add_column("Numéros", no_wrap=True)
    for montant in ("HTVA", "TVA", "TVAC"):
        table.add_column(montant, justify="right")
    for type_document in dict.fromkeys(document["type"] for document in documents):
        du_type = [document for document in documents if document["type"] == type_document]
        premier, dernier = (du_type[rang]["numero_affiche"] for rang in (0, -1))
        numeros = f"{premier} … {dernier.rpartition('/')[2]}"
        montants = (_somme(du_type, montant) for montant in ("htva", "tva", "tvac"))
        table.add_row(type_document, str(len(du_type)), numeros, *montants)
    return table


def _somme(documents: list[Document], montant: str) -> str:
    total = sum(Decimal(document["totaux"][montant]) for document in documents)
    return format_decimal(total, format="#,##0.00", locale="fr_BE")


def _saisie(type_document: str, saisie: dict[str, Any]) -> dict[str, Any]:
    """The request for a typed document: `nom`, `jours` and `livraison` are the story's own words."""
    corps = {champ: valeur for champ, valeur in saisie.items() if champ not in {"nom", "jours", "livraison"}}
    corps |= {"type": type_document, "date": dater(saisie["jours"])}
    if "livraison" in saisie:
        corps["date_livraison_prevue"] = dater(saisie["livraison"])
    return corps


def _transfert(lignes: list[dict[str, Any]], faits: dict[str, Document]) -> dict[str, Any]:
    """The request for one target: a row without `ordre` takes all that is left of its source (TRF-02)."""
    sources = []
    for nom, choix in groupby(lignes, itemgetter("source")):
        source: dict[str, Any] = {"document": faits[nom]["id"]}
        choisies = [
            {champ: un[champ] for champ in ("ordre", "quantite") if champ in un} for un in choix if "ordre" in un
        ]
        sources.append(source | ({"lignes": choisies} if choisies else {}))
    cible = {"type": lignes[0]["type"], "date": dater(lignes[0]["jours"])}
    return {"cible": cible, "sources": sources}


def imprimer(client: Client, dossier: Path, document: Document) -> Document:
    """Number the document by printing it (DOC-02) and keep its PDF; answers it numbered."""
    chemin = f"/v1/documents/{document['id']}"
    imprime: Document = poster(client, f"{chemin}/impression", {})
    numero = imprime["numero_affiche"].replace("/", "-")
    pdf = verifier(client.get(f"{chemin}/pdf")).content
    (dossier / f"{imprime['type']}-{numero}.pdf").write_bytes(pdf)
    return imprime
