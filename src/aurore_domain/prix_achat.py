"""What goods cost that are bought: the price of a purchase line, and what its entry is worth (ART-17, CAL-12).

Prices and costs in EUR per base unit without VAT, discounts in %.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

from aurore_domain.montants import CENT_POUR_CENT, ZERO, arrondir, exact

DECIMALES_PRIX = 4
DECIMALES_VALEUR = 6

RegleAchat: TypeAlias = Literal["saisi", "fournisseur", "dernier_achat", "inconnu"]
"""What gave the price of a purchase line, in the order in which they come."""


@dataclass(frozen=True, slots=True)
class PrixAchat:
    """A price, the discount off it, and what gave it."""

    prix: Decimal
    remise: Decimal
    regle: RegleAchat


@exact
def prix_entree(prix: Decimal, remise: Decimal, frais: Decimal) -> Decimal:
    """What a base unit that comes in has cost: net of discount, its costs on top, to 6 decimals (CAL-12)."""
    return arrondir(prix * (CENT_POUR_CENT - remise) / CENT_POUR_CENT + frais, DECIMALES_VALEUR)


@exact
def resoudre_prix_achat(
    *,
    prix_saisi: Decimal | None,
    remise_saisie: Decimal | None,
    prix_fournisseur: Decimal | None,
    remise_fournisseur: Decimal,
    remise_generale: Decimal,
    dernier_prix: Decimal | None,
) -> PrixAchat:
    """The price of a purchase line: typed, else the supplier's, else that of the last purchase, else 0 (ART-17).

    Discounts never add up. Off the supplier's price goes the larger of its discounts, for the article or in general;
    off a typed price none, and none off the last purchase's, which is net. A typed discount stands before all of them.
    """
    regle: RegleAchat
    if prix_saisi is not None:
        regle, prix, remise = "saisi", prix_saisi, ZERO
    elif prix_fournisseur is not None:
        regle, prix, remise = "fournisseur", prix_fournisseur, max(remise_fournisseur, remise_generale)
    elif dernier_prix is not None:
        regle, prix, remise = "dernier_achat", dernier_prix, ZERO
    else:
        regle, prix, remise = "inconnu", ZERO, ZERO
    if remise_saisie is not None:
        remise = remise_saisie
    return PrixAchat(arrondir(prix, DECIMALES_PRIX), arrondir(remise), regle)
