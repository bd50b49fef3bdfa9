"""A shop with its till, and what tests push from it. Its orders are of 2025, as the bakery's documents are."""

from typing import Any

import httpx
from tests.api.catalogue import creer
from tests.client import ClientDeTest

FIN = "2025-06-16"
"""The end of the period of pushes, unless a test gives another; a Monday."""
DUPONT = {"numero": "M0007", "nom": "Mme Dupont", "telephone": "081 22 33 44"}


def magasin(api: ClientDeTest, code: str = "NAM", **champs: Any) -> dict[str, Any]:
    """A shop."""
    return creer(api, "/v1/magasins", {"code": code, "nom": f"Magasin {code}"} | champs)


def ligne(article: Any = "BAG", quantite: Any = "3", prix_tvac: Any = "0.90", **champs: Any) -> dict[str, Any]:
    """A line of a till."""
    prix = {} if prix_tvac is None else {"prix_tvac": prix_tvac}
    return {"article": article, "quantite": quantite} | prix | champs


def commande(reference: Any = "T1-1", *lignes: dict[str, Any], version: Any = 1, **champs: Any) -> dict[str, Any]:
    """An order of Mme Dupont."""
    ordre = {"reference": reference, "version": version, "date": FIN, "date_livraison": FIN, "client": DUPONT}
    return ordre | {"lignes": list(lignes) or [ligne()]} | champs


def envoyer(
    api: ClientDeTest, *commandes: Any, code: str = "NAM", en_tetes: dict[str, str] | None = None, **enveloppe: Any
) -> httpx.Response:
    """Push orders."""
    corps = {"date_fin": FIN, "commandes": list(commandes)} | enveloppe
    return api.post(f"/v1/magasins/{code}/commandes", json=corps, headers=en_tetes)


def pousser(api: ClientDeTest, *commandes: Any, **autres: Any) -> list[dict[str, Any]]:
    """Push orders; the outcomes."""
    reponse = envoyer(api, *commandes, **autres)
    assert reponse.status_code == 207, reponse.text
    resultats: list[dict[str, Any]] = reponse.json()["resultats"]
    assert len(resultats) == len(commandes)
    return resultats


def statuts(resultats: list[dict[str, Any]]) -> list[str]:
    """The outcomes alone."""
    return [un["statut"] for un in resultats]


def une(api: ClientDeTest, *commandes: Any, **autres: Any) -> dict[str, Any]:
    """Push one order; its outcome."""
    (resultat,) = pousser(api, *commandes, **autres)
    return resultat


def du_document(api: ClientDeTest, resultat: dict[str, Any]) -> dict[str, Any]:
    """The document of an outcome."""
    reponse = api.get(f"/v1/documents/{resultat['document']}")
    assert reponse.status_code == 200, reponse.text
    return reponse.json()  # type: ignore[no-any-return]


def refus_de(resultat: dict[str, Any]) -> list[tuple[str, str]]:
    """Code and field of what is refused."""
    assert resultat["statut"] == "refuse", resultat
    return [(un["code"], un["pointeur"]) for un in resultat["erreurs"]]


def commandes_du_magasin(api: ClientDeTest, code: str = "NAM") -> list[dict[str, Any]]:
    """All its commandes, whatever their state."""
    page = api.get(f"/v1/documents?magasin={code}&type=commande&bloques=true&limite=200").json()
    return page["data"]  # type: ignore[no-any-return]


HOTEL = {"numero": "M0012", "nom": "Hôtel du Parc"}


def vente(reference: Any = "V1", *lignes: dict[str, Any], version: Any = 1, **champs: Any) -> dict[str, Any]:
    """A sale to the hotel that is to be invoiced."""
    base = {"reference": reference, "version": version, "date": FIN, "client": HOTEL}
    return base | {"lignes": list(lignes) or [ligne()]} | champs


def envoyer_ventes(
    api: ClientDeTest, *ventes: Any, code: str = "NAM", en_tetes: dict[str, str] | None = None, **enveloppe: Any
) -> httpx.Response:
    """Push sales."""
    corps = {"date_fin": FIN, "factures": list(ventes)} | enveloppe
    return api.post(f"/v1/magasins/{code}/factures", json=corps, headers=en_tetes)


def vendre(api: ClientDeTest, *ventes: Any, **autres: Any) -> list[dict[str, Any]]:
    """Push sales; the outcomes."""
    reponse = envoyer_ventes(api, *ventes, **autres)
    assert reponse.status_code == 207, reponse.text
    resultats: list[dict[str, Any]] = reponse.json()["resultats"]
    assert len(resultats) == len(ventes)
    return resultats


def vendue(api: ClientDeTest, *ventes: Any, **autres: Any) -> dict[str, Any]:
    """Push one sale; its outcome."""
    (resultat,) = vendre(api, *ventes, **autres)
    return resultat
