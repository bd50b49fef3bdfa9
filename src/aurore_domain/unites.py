"""Quantities in two units: conversion, and the check of a pair typed together (CAL-01, CAL-02, CAL-03, CAL-21)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from aurore_domain.erreurs import ValeurRefusee
from aurore_domain.montants import CENT_POUR_CENT, arrondir, exact

Operateur = Literal["M", "D"]
"""`M`: one order unit is `facteur` base units. `D`: one base unit is `facteur` order units."""

Saisie = Literal["base", "commande", "les_deux"]
"""Which quantity was typed, and is therefore never recomputed from the other."""


class FacteurInvalide(ValeurRefusee):
    """A conversion factor must be above 0 (ART-13)."""

    code = "facteur_invalide"


class QuantiteManquante(ValeurRefusee):
    """Neither the quantity in base unit nor the one in order unit was given (DOC-12)."""

    code = "quantite_manquante"


class UniteCommandeManquante(ValeurRefusee):
    """A quantity in order unit was given on a line that has no order unit."""

    code = "unite_commande_manquante"


class QuantitesIncoherentes(ValeurRefusee):
    """The two quantities given contradict each other; says the expected one and the bounds, in base unit (CAL-03)."""

    code = "quantites_incoherentes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """How one supplementary unit of an article relates to its base unit (CAL-01, ART-13).

    `decimales` are those of the supplementary unit, `decimales_base` those of the base unit; `tolerance` is a
    percentage and counts only when `flou`. Raises `FacteurInvalide` when `facteur` is not above 0.
    """

    facteur: Decimal
    operateur: Operateur
    decimales: int
    decimales_base: int
    flou: bool = False
    tolerance: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        if self.facteur <= 0:
            raise FacteurInvalide(pointeur="#/facteur", facteur=self.facteur)


@dataclass(frozen=True, slots=True)
class Quantite:
    """What a line stores: `quantite` in base unit, the same in its order unit if it has one, and which was typed."""

    quantite: Decimal
    quantite_unite_commande: Decimal | None
    saisie: Saisie


@exact
def vers_base(quantite: Decimal, conversion: Conversion) -> Decimal:
    """Convert from the supplementary to the base unit, rounded to the decimals of the base unit (CAL-01, CAL-02)."""
    juste = quantite * conversion.facteur if conversion.operateur == "M" else quantite / conversion.facteur
    return arrondir(juste, conversion.decimales_base)


@exact
def vers_supplementaire(quantite: Decimal, conversion: Conversion) -> Decimal:
    """Convert from the base to the supplementary unit, rounded to the latter's decimals (CAL-01, CAL-02)."""
    juste = quantite / conversion.facteur if conversion.operateur == "M" else quantite * conversion.facteur
    return arrondir(juste, conversion.decimales)


def completer(
    quantite: Decimal | None, quantite_unite_commande: Decimal | None, conversion: Conversion | None
) -> Quantite:
    """Fill in the quantity that was not typed; check the pair when both were. What was typed is kept as it is.

    `conversion` is None on a line without order unit. Raises `QuantiteManquante` when nothing was typed,
    `UniteCommandeManquante` when the order unit is missing, `QuantitesIncoherentes` when the pair is refused (CAL-03).
    """
    if quantite_unite_commande is None:
        if quantite is None:
            raise QuantiteManquante(pointeur="#/quantite")
        convertie = None if conversion is None else vers_supplementaire(quantite, conversion)
        return Quantite(quantite, convertie, "base")
    if conversion is None:
        raise UniteCommandeManquante(pointeur="#/quantite_unite_commande")
    if quantite is None:
        return Quantite(vers_base(quantite_unite_commande, conversion), quantite_unite_commande, "commande")
    _verifier_paire(quantite, quantite_unite_commande, conversion)
    return Quantite(quantite, quantite_unite_commande, "les_deux")


@exact
def _verifier_paire(quantite: Decimal, quantite_unite_commande: Decimal, conversion: Conversion) -> None:
    attendu = vers_base(quantite_unite_commande, conversion)
    tolerance = conversion.tolerance if conversion.flou else Decimal(0)
    ecart = abs(attendu) * tolerance / CENT_POUR_CENT
    if abs(quantite - attendu) > ecart:
        raise QuantitesIncoherentes(
            pointeur="#/quantite", attendu=attendu, minimum=attendu - ecart, maximum=attendu + ecart
        )
