"""A bakery's data as a script would send them that has read the API's description and nothing else."""

from datetime import date
from fractions import Fraction
from typing import Any

import httpx

Json = dict[str, Any]
CENT = Fraction(1, 100)

ARTICLES: list[Json] = [
    {"numero": "BAG", "designation": "Baguette", "unite": "PCE", "prix_vente": "0.8500", "code_tva_vente": "6"},
    {"numero": "TAR", "designation": "Tarte au riz", "unite": "KG", "prix_vente": "11.3750", "code_tva_vente": "6"},
    {"numero": "EAU", "designation": "Eau 50 cl", "unite": "PCE", "prix_vente": "1.1111", "code_tva_vente": "21"},
]
CARTON: Json = {"abreviation": "CT6", "unite": "CT", "facteur": "6", "operateur": "M", "decimales": 0}
CLIENT: Json = {
    "numero": "C0012",
    "nom": "Hôtel du Parc",
    "langue": "fr",
    "tarif": "REV",
    "numero_tva": "BE0403170701",
    "adresse": {"rue": "Rue de Fer 1", "code_postal": "5000", "localite": "Namur", "pays": "BE"},
}
LIGNES: list[Json] = [
    {"article": "BAG", "quantite": "99"},
    {"article": "BAG", "quantite_unite_commande": "20", "unite_commande": "CT6"},
    {"article": "TAR", "quantite": "1.35", "remise": "7.50"},
    {"article": "EAU", "quantite": "37"},
    {"designation": "Transport", "quantite": "1", "prix": "15.0000", "code_tva": "21"},
    {"designation": "Livrer avant 6 h, œufs « à part »"},
]
PRIX = {"BAG": ("0.8500", "0.7900"), "TAR": ("11.3750", "11.3750"), "EAU": ("1.1111", "1.1111")}
"""Of each article for this client: below 100 in base unit, and from there on."""


def accepte(reponse: httpx.Response, statut: int = 201) -> Json:
    """The body of an answer that must have this status."""
    assert reponse.status_code == statut, reponse.text
    corps: Json = reponse.json()
    return corps


def etablir(client: httpx.Client) -> date:
    """Make articles, unit, tariff and client; gives the last day of the open exercice."""
    for article in ARTICLES:
        accepte(client.post("/v1/articles", json=article))
    accepte(client.post("/v1/articles/BAG/unites", json=CARTON))
    palier = {"tarif": "REV", "quantite_minimum": "100", "valeur": "0.7900"}
    accepte(client.post("/v1/articles/BAG/tarifs", json=palier))
    accepte(client.post("/v1/clients", json=CLIENT))
    (exercice,) = accepte(client.get("/v1/exercices"), 200)["data"]
    return date.fromisoformat(exercice["fin"])


def cents(juste: Fraction) -> Fraction:
    """Round to the cent, half away from zero, without a decimal library."""
    entiers = abs(juste) / CENT
    arrondi = (entiers + Fraction(1, 2)).__floor__() * CENT
    return arrondi if juste >= 0 else -arrondi


def montant(quantite: str, prix: str, remise: str = "0") -> Fraction:
    """CAL-05, computed apart from the program."""
    return cents(Fraction(quantite) * Fraction(prix) * (1 - Fraction(remise) / 100))


def totaux(par_taux: dict[int, list[Fraction]]) -> Json:
    """CAL-07, CAL-08: what the totals must read, from the line amounts of each rate."""
    bases = {taux: sum(montants, Fraction(0)) for taux, montants in par_taux.items()}
    tvas = {taux: cents(base * taux / 100) for taux, base in bases.items()}
    htva, tva = sum(bases.values(), Fraction(0)), sum(tvas.values(), Fraction(0))
    return {
        "htva": ecrit(htva),
        "tva": ecrit(tva),
        "tvac": ecrit(htva + tva),
        "montant_du": ecrit(htva + tva),
        "par_taux": [
            {"categorie": "S", "taux": f"{taux}.00", "base": ecrit(bases[taux]), "tva": ecrit(tvas[taux])}
            for taux in sorted(bases)
        ],
    }


def ecrit(valeur: Fraction) -> str:
    """Cents as the API writes them."""
    euros, reste = divmod(int(valeur * 100), 100)
    return f"{euros}.{reste:02d}"
