"""How the tests make standing orders, ask for what they give, and turn them into commandes."""

from typing import Any

import httpx
from tests.api.catalogue import creer
from tests.api.reponses import donnees
from tests.client import ClientDeTest

LUNDI, MARDI, MERCREDI, SAMEDI, DIMANCHE = "2025-06-16", "2025-06-17", "2025-06-18", "2025-06-21", "2025-06-22"
"""Days of one week."""
BAGUETTES = {"article": "BAG", "jours": {"1": "20", "2": "20", "6": "35"}}


def adresse(*cles: object, client: str = "HOTEL") -> str:
    """The path of a client's standing orders, or of what lies below them."""
    return "/".join((f"/v1/clients/{client}/commandes-types", *map(str, cles)))


def commande_type(api: ClientDeTest, *lignes: dict[str, Any], client: str = "HOTEL", **autres: Any) -> dict[str, Any]:
    """Create a standing order; of baguettes, unless lines are given."""
    corps = {"du": "2025-01-01", "au": None, "lignes": list(lignes) or [BAGUETTES]}
    return creer(api, adresse(client=client), corps | autres)


def exception(
    api: ClientDeTest, modele: dict[str, Any], date: str, article: str, quantite: str, **autres: Any
) -> dict[str, Any]:
    """Override a quantity on a day."""
    corps = {"date": date, "article": article, "quantite": quantite}
    return creer(api, adresse(modele["id"], "exceptions", client=modele["client"]), corps | autres)


def pause(api: ClientDeTest, modele: dict[str, Any], du: str, au: str | None) -> dict[str, Any]:
    """Let a standing order rest."""
    return creer(api, adresse(modele["id"], "pauses", client=modele["client"]), {"du": du, "au": au})


def calendrier(api: ClientDeTest, *fermetures: str, client: str = "HOTEL", jours: str = "1234567") -> None:
    """Say on which weekdays and days a client is open."""
    exceptions = [{"du": une, "au": une} for une in fermetures]
    corps = {"jours_ouverts": [int(un) for un in jours], "exceptions": exceptions}
    reponse = api.put(f"/v1/clients/{client}/calendrier", json=corps, headers={"if-match": "*"})
    assert reponse.status_code == 200, reponse.text


def previsions(api: ClientDeTest, date: str, **filtre: str) -> list[str]:
    """What is asked for on a day: `HOTEL BAG 20 PCE (0)`, in parentheses what is converted."""
    reponse = api.get("/v1/commandes-types/previsions", params={"date": date} | filtre)
    assert reponse.status_code == 200, reponse.text
    return [
        f"{une['client']} {une['article']} {une['quantite']} {une['unite']} ({une['quantite_convertie']})"
        for une in reponse.json()["lignes"]
    ]


def tente_conversion(api: ClientDeTest, date: str, *, simulation: bool = False, **autres: Any) -> httpx.Response:
    """Ask for commandes of a day's standing orders."""
    parametres = {"simulation": "true"} if simulation else {}
    return api.post("/v1/commandes-types/conversions", json={"date": date} | autres, params=parametres)


def convertir(api: ClientDeTest, date: str, **autres: Any) -> dict[str, dict[str, Any]]:
    """The outcome of each client."""
    reponse = tente_conversion(api, date, **autres)
    assert reponse.status_code == 207, reponse.text
    return {un["client"]: un for un in reponse.json()["resultats"]}


def statuts(resultats: dict[str, dict[str, Any]]) -> dict[str, str]:
    """What became of each client."""
    return {client: un["statut"] for client, un in resultats.items()}


def commandes(api: ClientDeTest, **filtre: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The commandes there are: client, and article and quantity of each line."""
    parametres = {"type": "commande", "inclure": "lignes", "tri": "cree_le"} | filtre
    return [
        (un["client"], [(une["article"], une["quantite"]) for une in un["lignes"]])
        for un in donnees(api.get("/v1/documents", params=parametres))
    ]
