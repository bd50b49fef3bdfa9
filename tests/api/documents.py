"""A small bakery, and how the tests make, change and transfer its documents.

Its documents are dated in 2025, an exercice of its own, so that no test depends on the day it runs.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
from sqlalchemy import event, text
from tests.api.catalogue import creer
from tests.client import ClientDeTest

JOUR = "2025-06-16"
"""The date of documents, unless a test gives another."""

_ARTICLES: tuple[dict[str, Any], ...] = (
    {"numero": "BAG", "designation": "Baguette", "unite": "PCE", "prix_vente": "0.8500", "code_tva_vente": "6"},
    {
        "numero": "TRU",
        "designation": "Saumon",
        "description": "Pêché en mer",
        "unite": "KG",
        "prix_vente": "21.0000",
        "code_tva_vente": "6",
        "poids_kg": "1",
    },
    {"numero": "VIN", "designation": "Vin rouge", "unite": "PCE", "prix_vente": "9.9900", "code_tva_vente": "21"},
    {"numero": "DON", "designation": "Échantillon", "unite": "PCE", "prix_vente": "0", "code_tva_vente": "6"},
)
_UNITES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("BAG", {"abreviation": "CT6", "unite": "CT", "facteur": "6", "operateur": "M", "decimales": 0}),
    (
        "TRU",
        {
            "abreviation": "PC",
            "unite": "PCE",
            "facteur": "21",
            "operateur": "M",
            "decimales": 0,
            "flou": True,
            "tolerance": "5.00",
        },
    ),
)
_TARIFS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("BAG", {"tarif": "REV", "quantite_minimum": "100", "valeur": "0.7900"}),
    ("BAG", {"tarif": "REV", "quantite_minimum": "10", "remise": "5.00"}),
)
CATEGORIES = ("national", "cocontractant", "intracommunautaire", "export", "exonere")


def boulangerie(api: ClientDeTest) -> None:
    """Four articles (one of variable weight, one free of charge), a tariff, and a client of each VAT category.

    `HOTEL` has the tariff; the clients of the categories are called by them in capitals.
    """
    creer(api, "/v1/exercices", {"code": "2025", "debut": "2025-01-01", "fin": "2025-12-31"})
    for article in _ARTICLES:
        creer(api, "/v1/articles", article)
    for numero, unite in _UNITES:
        creer(api, f"/v1/articles/{numero}/unites", unite)
    for numero, tarif in _TARIFS:
        creer(api, f"/v1/articles/{numero}/tarifs", tarif)
    adresse = {"rue": "Rue du Parc 3", "code_postal": "5000", "localite": "Namur", "pays": "BE"}
    hotel = {"numero": "HOTEL", "nom": "Hôtel du Parc", "langue": "fr", "tarif": "REV", "adresse": adresse}
    creer(api, "/v1/clients", hotel, numero_tva="BE0403170701")
    for categorie in CATEGORIES:
        numero = categorie[:15].upper()
        creer(api, "/v1/clients", {"numero": numero, "nom": categorie, "categorie_tva": categorie})


def taxer(api: ClientDeTest, article: str, code_taxe: str, categorie_tva: str = "national", **champs: Any) -> Any:
    """Charge an article a tax in one VAT category: `code_tva`, and `montant` or `pourcentage`."""
    if api.get(f"/v1/taxes/{code_taxe}").status_code == 404:
        creer(api, "/v1/taxes", {"code": code_taxe, "libelle": f"Taxe {code_taxe}", "genre": "taxe"})
    corps = {"code_taxe": code_taxe, "categorie_tva": categorie_tva} | champs
    return creer(api, f"/v1/articles/{article}/taxes", corps)


def baguettes(quantite: str = "12", **autres: Any) -> dict[str, Any]:
    """A line of baguettes at 0.85."""
    return {"article": "BAG", "quantite": quantite} | autres


def corps(genre: str = "commande", *lignes: dict[str, Any], **en_tete: Any) -> dict[str, Any]:
    """The request for a document of the national client."""
    return {"type": genre, "client": "NATIONAL", "date": JOUR, "lignes": list(lignes)} | en_tete


def document(api: ClientDeTest, genre: str = "commande", *lignes: dict[str, Any], **en_tete: Any) -> dict[str, Any]:
    """Create a document that must be accepted."""
    return creer(api, "/v1/documents", corps(genre, *lignes, **en_tete))


def lire(api: ClientDeTest, document: dict[str, Any]) -> dict[str, Any]:
    """A document as it is now."""
    reponse = api.get(f"/v1/documents/{document['id']}")
    assert reponse.status_code == 200, reponse.text
    return reponse.json()  # type: ignore[no-any-return]


def modifier(api: ClientDeTest, document: dict[str, Any], **champs: Any) -> httpx.Response:
    """Change a header, whatever its version."""
    return api.patch(f"/v1/documents/{document['id']}", json=champs, headers={"if-match": "*"})


def modifier_ligne(api: ClientDeTest, document: dict[str, Any], ordre: int, /, **champs: Any) -> httpx.Response:
    """Change a line, whatever the document's version."""
    return api.patch(f"/v1/documents/{document['id']}/lignes/{ordre}", json=champs, headers={"if-match": "*"})


def supprimer_ligne(api: ClientDeTest, document: dict[str, Any], ordre: int) -> httpx.Response:
    """Remove a line, whatever the document's version."""
    return api.delete(f"/v1/documents/{document['id']}/lignes/{ordre}", headers={"if-match": "*"})


def supprimer(api: ClientDeTest, document: dict[str, Any]) -> httpx.Response:
    """Delete a document, whatever its version."""
    return api.delete(f"/v1/documents/{document['id']}", headers={"if-match": "*"})


def imprimer(api: ClientDeTest, document: dict[str, Any], **corps: Any) -> dict[str, Any]:
    """Print a document that must be printed."""
    reponse = api.post(f"/v1/documents/{document['id']}/impression", json=corps)
    assert reponse.status_code == 200, reponse.text
    return reponse.json()  # type: ignore[no-any-return]


def demande(cible: Any, *sources: Any, **autres: Any) -> dict[str, Any]:
    """The request for a transfer: into a type or a document, of documents or of parts of them."""
    if isinstance(cible, str):
        cible = {"type": cible, "date": JOUR}
    elif "id" in cible:
        cible = {"document": cible["id"]}
    return {"cible": cible, "sources": [{"document": une["id"]} if "id" in une else une for une in sources]} | autres


def tente(api: ClientDeTest, cible: Any, *sources: Any, **autres: Any) -> httpx.Response:
    """Ask for a transfer."""
    return api.post("/v1/transferts", json=demande(cible, *sources, **autres))


def transfere(api: ClientDeTest, cible: Any, *sources: Any, **autres: Any) -> dict[str, Any]:
    """Transfer what must be transferred."""
    reponse = tente(api, cible, *sources, **autres)
    assert reponse.status_code == 201, reponse.text
    return reponse.json()  # type: ignore[no-any-return]


def part(source: dict[str, Any], *lignes: dict[str, Any], **plage: int) -> dict[str, Any]:
    """A part of a source: chosen lines, or a range, or a range with other quantities."""
    return {"document": source["id"]} | plage | ({"lignes": list(lignes)} if lignes else {})


def quantites(document: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Of each line its `ordre`, quantity and quantity in order unit."""
    return [(une["ordre"], une["quantite"], une["quantite_unite_commande"]) for une in document["lignes"]]


def restes(api: ClientDeTest, document: dict[str, Any]) -> list[str]:
    """What is left of each line, in base unit, now."""
    return [une["quantite_restante"] for une in lire(api, document)["lignes"]]


def etat(api: ClientDeTest, document: dict[str, Any]) -> str:
    """The state of a document, now."""
    return str(lire(api, document)["etat"])


@contextmanager
def requetes_sql(api: ClientDeTest) -> Iterator[list[str]]:
    """The SQL statements sent meanwhile."""
    envoyees: list[str] = []
    moteur = api.app.state.base.engine.sync_engine

    def noter(_connexion: Any, _curseur: Any, requete: str, *_: Any) -> None:
        envoyees.append(requete)

    event.listen(moteur, "before_cursor_execute", noter)
    try:
        yield envoyees
    finally:
        event.remove(moteur, "before_cursor_execute", noter)


def sql(api: ClientDeTest, requete: str, **valeurs: Any) -> list[tuple[Any, ...]]:
    """Run a statement inside the test's own transaction, for what HTTP does not tell or do."""

    async def executer() -> list[tuple[Any, ...]]:
        connexion = api.app.state.base.exterieure
        await connexion.execute(text("SET LOCAL search_path TO societe_principale"))
        resultat = await connexion.execute(text(requete), valeurs)
        return [tuple(rang) for rang in resultat.all()] if resultat.returns_rows else []

    return api.attendre(executer)  # type: ignore[no-any-return]


def contenu(api: ClientDeTest) -> list[tuple[Any, ...]]:
    """Everything that documents store, and what they count with: the same before and after where nothing is kept."""
    tables = ("documents", "lignes", "acomptes", "compteurs", "exercices", "evenements")
    return [
        (nom, *sql(api, f"SELECT count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {nom} t"))
        for nom in tables
    ]
