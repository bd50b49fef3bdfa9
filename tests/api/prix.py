"""A baguette in two tariffs and with prices of its clients' own, and how its price is asked for."""

from typing import Any

from tests.api.catalogue import BAGUETTE, CARTON, changer, creer
from tests.client import ClientDeTest

LIGNES = (
    {"tarif": "REV", "quantite_minimum": "1", "remise": "5.00"},
    {"tarif": "REV", "quantite_minimum": "100", "valeur": "0.7900"},
    {"tarif": "REV", "quantite_minimum": "100", "valeur": "0.7000", "du": "2026-03-01", "au": "2026-03-31"},
    {"tarif": "HOR", "quantite_minimum": "0", "valeur": "0.8000"},
)


def etablir_lignes(api: ClientDeTest) -> list[int]:
    """A baguette at 0.85 with two tariffs; a reseller with 2 %, a hotel with 10 %, and one client with neither."""
    creer(api, "/v1/articles", BAGUETTE)
    creer(api, "/v1/articles/BAG/unites", CARTON)
    for code in ("HOR", "VIDE"):
        creer(api, "/v1/tarifs", {"code": code, "libelle": code})
    creer(api, "/v1/clients", {"numero": "C1", "nom": "Revendeur", "tarif": "REV", "remise": "2.00"})
    creer(api, "/v1/clients", {"numero": "C2", "nom": "Grand revendeur", "tarif": "REV", "remise": "10.00"})
    creer(api, "/v1/clients", {"numero": "C3", "nom": "Passant", "remise": "0.00"})
    return [creer(api, "/v1/articles/BAG/tarifs", ligne)["id"] for ligne in LIGNES]


def etablir_propres(api: ClientDeTest) -> list[int]:
    """C1 pays 0.75 in January and has 8 % on the famille of the baguette, always; C2 has 3 % on the baguette."""
    creer(api, "/v1/departements", {"code": "1", "libelle": "Boulangerie"})
    creer(api, "/v1/familles", {"code": "3", "libelle": "Pains", "departement": "1"})
    assert changer(api, "/v1/articles/BAG", departement="1", famille="3").status_code == 200
    corps = (
        ("C1", {"article": "BAG", "valeur": "0.7500", "du": "2026-01-01", "au": "2026-01-31"}),
        ("C1", {"famille": "3", "remise": "8.00"}),
        ("C2", {"article": "BAG", "remise": "3.00"}),
    )
    return [creer(api, f"/v1/clients/{client}/prix", une)["id"] for client, une in corps]


def prix(api: ClientDeTest, **demande: str) -> dict[str, Any]:
    """A price that must be found."""
    reponse = api.get("/v1/prix", params={"article": "BAG", "date": "2026-01-15"} | demande)
    assert reponse.status_code == 200, reponse.text
    return reponse.json()  # type: ignore[no-any-return]
