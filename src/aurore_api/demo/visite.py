"""What else there is to see once the sample bakery stands, as small tables: each is an answer of the API."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from httpx import Client
from rich.console import Console, RenderableType

from aurore_api.demo.appels import creer, lister, poster, verifier
from aurore_api.demo.chargement import DONNEES, lire_toml
from aurore_api.demo.jours import jour
from aurore_api.demo.tableaux import tableau_de

FORMATS = ("csv", "xlsx")
ISSUES = {
    "cree": "commande faite",
    "deja_cree": "déjà convertie",
    "ferme": "client fermé",
    "rien": "rien ce jour-là",
    "refuse": "refusée",
}


def visiter(client: Client, dossier: Path, console: Console) -> None:
    """Show search, bar codes, an explained price, an import tried out, the standing orders; export to `dossier`.

    Raises `AppelRefuse`.
    """
    for vue in (*_trouver(client), _expliquer(client), _essayer(client), _convertir(client)):
        console.print(vue)
    for format_ in FORMATS:
        fichier = dossier / f"articles.{format_}"
        fichier.write_bytes(verifier(client.get("/v1/exports/articles", params={"format": format_})).content)
        console.print(f"{fichier} : tous les articles, à modifier dans un tableur et à réimporter", soft_wrap=True)


def _trouver(client: Client) -> Iterator[RenderableType]:
    """ART-18, ART-15: what is typed, scanned or misspelt, and what it finds."""
    table = tableau_de("Retrouver un article", "Cherché", "Trouvé")
    for cherche in ("creme brule", "ecliar choclat", "FT55"):
        trouves = lister(client, "/v1/articles", recherche=cherche, limite="3")
        table.add_row(cherche, ", ".join(f"{un['numero']} {un['designation']}" for un in trouves))
    code = verifier(client.get("/v1/articles/CAFE/unites/CT8")).json()["code_barres"]
    scanne = verifier(client.get(f"/v1/codes-barres/{code}")).json()
    vaut = f"{scanne['abreviation']} = {scanne['quantite']} {scanne['unite']}"
    table.add_row(f"code-barres {code}", f"{scanne['article']} {scanne['designation']}, {vaut}")
    yield table


def _expliquer(client: Client) -> RenderableType:
    """CAL-04: why a price is what it is, today and on a day to come."""
    table = tableau_de("Pourquoi ce prix ? 80 baguettes", "Client", "Le", "Explication")
    for numero, le in (("C0001", jour(0)), ("C0004", jour(0)), ("C0004", jour(90))):
        demande = {"article": "BAG", "client": numero, "quantite": "80", "date": le}
        prix = verifier(client.get("/v1/prix", params=demande)).json()
        table.add_row(numero, le, "\n".join(etape["detail"] for etape in prix["explication"]))
    return table


def _essayer(client: Client) -> RenderableType:
    """ART-19: a spreadsheet tried out; nothing of it is stored."""
    fichier = DONNEES / "import_a_corriger.csv"
    rapport = verifier(
        client.post(
            "/v1/imports/articles",
            params={"simulation": "true"},
            content=fichier.read_bytes(),
            headers={"Content-Type": "text/csv"},
        )
    ).json()
    bilan = f"{rapport['lignes']} lignes, {rapport['nombre_erreurs']} erreurs : rien ne serait pris"
    table = tableau_de(f"Import d'articles à l'essai, {bilan}", "Ligne", "Colonne", "Valeur", "Raison")
    for une in rapport["erreurs"]:
        table.add_row(str(une["ligne"]), une["colonne"], une["valeur"], une["detail"])
    return table


def _convertir(client: Client) -> RenderableType:
    """CLI-06, CLI-07: the commandes of a delivery day, with one day's exceptions and pauses."""
    donnees = lire_toml("commandes_types")
    livraison = _premier_jour_ouvert(client, donnees["livraison_pour"])
    for une in donnees["commandes_types"]:
        _exceptionner(client, une, livraison)
    faites = poster(client, "/v1/commandes-types/conversions", {"date": livraison.isoformat()})
    table = tableau_de(f"Commandes types à livrer le {livraison}", "Client", "Résultat", "Lignes")
    for resultat in faites["resultats"]:
        lignes = _lignes(client, resultat["document"])
        table.add_row(resultat["client"], ISSUES[resultat["statut"]], lignes)
    return table


def _premier_jour_ouvert(client: Client, numero: str) -> date:
    periode = {"du": jour(1), "au": jour(30)}
    jours = verifier(client.get(f"/v1/clients/{numero}/calendrier", params=periode)).json()["jours"]
    return date.fromisoformat(next(un["date"] for un in jours if un["ouvert"]))


def _exceptionner(client: Client, commande_type: dict[str, Any], livraison: date) -> None:
    """Add the exceptions and pauses of a standing order; the API refuses those that it has already."""
    collection = f"/v1/clients/{commande_type['client']}/commandes-types"
    la_sienne = next(une for une in lister(client, collection) if une["libelle"] == commande_type["libelle"])
    for annexe in ("exceptions", "pauses"):
        for une in commande_type.get(annexe, []):
            dates = {champ: jour(une[champ], livraison) for champ in ("date", "du", "au") if champ in une}
            creer(client, f"{collection}/{la_sienne['id']}/{annexe}", une | dates)


def _lignes(client: Client, document: str | None) -> str:
    if document is None:
        return ""
    lignes = verifier(client.get(f"/v1/documents/{document}")).json()["lignes"]
    return ", ".join(
        f"{une['quantite_unite_commande']} {une['unite_commande']} {une['article']}"
        if une["unite_commande"]
        else f"{une['quantite']} {une['article']}"
        for une in lignes
    )
