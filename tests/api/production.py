"""How the tests ask for the production list, and what they put on it."""

from typing import Any

import httpx
from tests.api.catalogue import changer, creer
from tests.api.documents import boulangerie, sql
from tests.client import ClientDeTest

LUNDI, MARDI, MERCREDI = "2025-06-16", "2025-06-17", "2025-06-18"
ECLAIR = {"numero": "ECL", "designation": "Éclair", "unite": "PCE", "prix_vente": "2.5000", "code_tva_vente": "6"}


def fournil(api: ClientDeTest) -> None:
    """The small bakery with two families, éclairs, and a shop."""
    boulangerie(api)
    for code, libelle in (("3", "Pâtisserie"), ("8", "Pain")):
        creer(api, "/v1/familles", {"code": code, "libelle": libelle})
    creer(api, "/v1/articles", ECLAIR | {"famille": "3"})
    changer(api, "/v1/articles/BAG", famille="8")
    creer(api, "/v1/magasins", {"code": "NAM", "nom": "Magasin de Namur"})


def production(api: ClientDeTest, jour: str = MARDI, **parametres: Any) -> dict[str, Any]:
    """The list of a day."""
    reponse = api.get("/v1/production", params={"date": jour} | parametres)
    assert reponse.status_code == 200, reponse.text
    return reponse.json()  # type: ignore[no-any-return]


def lignes(liste: dict[str, Any]) -> list[str]:
    """The lines of a list: `BAG 40+120+35-4 = 191`, with what is too many in parentheses."""
    return [
        f"{une['article']} {une['magasins']}+{une['clients']}+{une['commandes_types']}-{une['restes']}"
        f" = {une['a_produire']}" + (f" ({une['surplus']})" if une["surplus"] != "0" else "")
        for une in liste["lignes"]
    ]


def a_produire(api: ClientDeTest, jour: str = MARDI, **parametres: Any) -> list[str]:
    """The lines of the list of a day."""
    return lignes(production(api, jour, **parametres))


def restes(api: ClientDeTest, *quantites: tuple[str, str], jour: str = LUNDI, magasin: str = "NAM") -> httpx.Response:
    """Enter leftovers."""
    corps = {"date": jour, "lignes": [{"article": article, "quantite": quantite} for article, quantite in quantites]}
    return api.post(f"/v1/magasins/{magasin}/restes", json=corps)


def imprimer_liste(api: ClientDeTest, jour: str = MARDI, **champs: Any) -> httpx.Response:
    """Print the list of a day."""
    return api.post("/v1/production/impressions", json={"date": jour} | champs)


def du_magasin(api: ClientDeTest, document: dict[str, Any], magasin: str = "NAM") -> None:
    """Let a document be one that a till pushed."""
    sql(api, "UPDATE documents SET magasin = :m WHERE id = CAST(:d AS uuid)", m=magasin, d=document["id"])
