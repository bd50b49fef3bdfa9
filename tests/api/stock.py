"""A small stock, and how the tests read it."""

from typing import Any

from tests.api.catalogue import creer
from tests.api.documents import sql
from tests.client import ClientDeTest


def corriger(api: ClientDeTest, *lignes: tuple[str, str], depot: str | None = None, **autres: Any) -> dict[str, Any]:
    """Bring goods in or out: article and signed quantity."""
    toutes = [{"article": article, "quantite": quantite, "depot": depot} for article, quantite in lignes]
    return creer(api, "/v1/stock/corrections", {"motif": "Inventaire", "lignes": toutes} | autres)


def niveau(api: ClientDeTest, article: str = "BAG") -> tuple[str, str, str]:
    """What there is of an article, what clients wait for, and what is available."""
    reponse = api.get(f"/v1/articles/{article}/stock")
    assert reponse.status_code == 200, reponse.text
    dit = reponse.json()
    return dit["physique"], dit["commande_client"], dit["disponible"]


def grand_livre(api: ClientDeTest, **filtre: str) -> list[tuple[str, str, str, str]]:
    """The ledger: date, article, account, quantity, in the order in which it was written."""
    lignes = api.get("/v1/mouvements", params=filtre | {"limite": "200"}).json()["data"]
    tries = sorted(lignes, key=lambda une: une["id"])
    return [(une["date"], une["article"], une["compte"], une["quantite"]) for une in tries]


SOLDES = """
    WITH sommes AS (
        SELECT article, depot, coalesce(sum(quantite) FILTER (WHERE compte = 'physique'), 0) AS physique,
               coalesce(sum(quantite) FILTER (WHERE compte = 'commande_client'), 0) AS client,
               coalesce(sum(quantite) FILTER (WHERE compte = 'commande_fournisseur'), 0) AS fournisseur
        FROM mouvements GROUP BY article, depot
    )
    SELECT * FROM sommes FULL JOIN stocks USING (article, depot)
    WHERE coalesce(sommes.physique, 0) IS DISTINCT FROM stocks.physique
       OR coalesce(client, 0) IS DISTINCT FROM commande_client
       OR coalesce(fournisseur, 0) IS DISTINCT FROM commande_fournisseur
"""


def exiger_soldes(api: ClientDeTest) -> None:
    """MVT-02: every balance is the sum of its movements."""
    assert sql(api, SOLDES) == []
    physiques = sql(
        api,
        "SELECT article FROM valorisations v WHERE physique <> "
        "(SELECT coalesce(sum(physique), 0) FROM stocks s WHERE s.article = v.article)",
    )
    assert physiques == []
