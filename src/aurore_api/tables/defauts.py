"""Belgian defaults of a new société (TAB-02)."""

from decimal import Decimal
from typing import Any

from sqlmodel import SQLModel

from aurore_api.tables import tables
from aurore_api.tables.plan_comptable import comptes_des_imputations, comptes_et_imputations

TAUX_BELGES: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "0": ("Taux zéro", [("1971-01-01", "0.00")]),
    "6": ("Taux réduit", [("1971-01-01", "6.00")]),
    "12": ("Taux intermédiaire", [("1992-04-01", "12.00")]),
    "21": ("Taux normal", [("1992-04-01", "19.50"), ("1994-01-01", "20.50"), ("1996-01-01", "21.00")]),
}
"""Rates by code, from the day they came into force (royal decree n° 20 and its changes)."""

_CATEGORIES = {
    "national": "Belgique",
    "cocontractant": "Cocontractant (autoliquidation)",
    "intracommunautaire": "Livraison intracommunautaire",
    "export": "Exportation hors de l'Union",
    "exonere": "Exonéré",
}
_UNITES = (
    ("PCE", "Pièce", 3, "C62"),
    ("KG", "Kilogramme", 3, "KGM"),
    ("G", "Gramme", 0, "GRM"),
    ("L", "Litre", 3, "LTR"),
    ("CT", "Carton", 0, "CT"),
    ("SAC", "Sac", 0, "BG"),
    ("BAC", "Bac", 0, "CR"),
    ("PLQ", "Plaque", 0, "PG"),
    ("H", "Heure", 2, "HUR"),
)
_ECHEANCES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("COMPTANT", "Au comptant", {"jours": 0, "fin_de_mois": False}),
    ("8J", "8 jours", {"jours": 8, "fin_de_mois": False}),
    ("15J", "15 jours", {"jours": 15, "fin_de_mois": False}),
    ("30J", "30 jours", {"jours": 30, "fin_de_mois": False}),
    ("30FM", "30 jours fin de mois", {"jours": 30, "fin_de_mois": True}),
    ("60J", "60 jours", {"jours": 60, "fin_de_mois": False}),
)
_PAIEMENTS = (
    ("ESPECES", "Espèces", "especes"),
    ("CARTE", "Carte bancaire", "carte"),
    ("VIREMENT", "Virement", "virement"),
    ("DOMICILIATION", "Domiciliation", "domiciliation"),
)
_DEVISES = {"EUR": "Euro", "USD": "Dollar des États-Unis", "GBP": "Livre sterling", "CHF": "Franc suisse"}
"""Without a rate: that is a matter of the day, and of who keeps the books."""


def lignes_par_defaut() -> list[SQLModel]:
    """The rows a société starts with; they refer to no others."""
    return [
        *(tables.Unite(code=c, libelle=t, decimales=d, code_unece=u) for c, t, d, u in _UNITES),
        *(tables.CategorieTva(code=code, libelle=libelle, regime=code) for code, libelle in _CATEGORIES.items()),
        *(
            tables.CodeTva(code=code, libelle=libelle, taux=[{"du": du, "taux": taux} for du, taux in dates])
            for code, (libelle, dates) in TAUX_BELGES.items()
        ),
        *comptes_et_imputations(),
        *(tables.Devise(code=code, libelle=libelle, decimales=2) for code, libelle in _DEVISES.items()),
        *(tables.Echeance(code=code, libelle=libelle, **regle) for code, libelle, regle in _ECHEANCES),
        *(tables.ModePaiement(code=code, libelle=libelle, genre=genre) for code, libelle, genre in _PAIEMENTS),
        tables.ModeLivraison(code="LIVRAISON", libelle="Livraison par nos soins", montant=Decimal(0)),
        tables.ModeLivraison(code="ENLEVEMENT", libelle="Enlèvement par le client", montant=Decimal(0)),
        tables.Tarif(code="REV", libelle="Revendeurs"),
        tables.Depot(code="PRINCIPAL", libelle="Dépôt principal"),
        tables.Profil(code="STD", libelle="Présentation standard"),
    ]


def liens_par_defaut() -> list[SQLModel]:
    """The rows a société starts with that refer to those."""
    return [*comptes_des_imputations()]
