"""Lines to transfer, for the tests of what is left and of what goes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from aurore_domain.cycle import Nature
from aurore_domain.lignes import Genre
from aurore_domain.transfert import LigneDemandee, Part, Selection, Tolerance, partager
from aurore_domain.unites import Conversion, Saisie, completer

CARTON = Conversion(facteur=Decimal(6), operateur="M", decimales=0, decimales_base=3)
"""Six pieces to the carton."""

PIECE = Conversion(facteur=Decimal(21), operateur="M", decimales=0, decimales_base=3, flou=True, tolerance=Decimal(5))
"""A piece of 21 kg, give or take 5 %."""


@dataclass(frozen=True)
class Ligne:
    ordre: int = 100
    genre: Genre = "article"
    quantite: Decimal | None = None
    quantite_unite_commande: Decimal | None = None
    saisie: Saisie | None = None
    quantite_transferee: Decimal = Decimal(0)
    quantite_unite_commande_transferee: Decimal = Decimal(0)
    quantite_abandonnee: Decimal = Decimal(0)
    quantite_unite_commande_abandonnee: Decimal = Decimal(0)
    quantite_retournee: Decimal = Decimal(0)
    conversion: Conversion | None = None


def decimal(texte: str) -> Decimal | None:
    """An empty cell is no quantity."""
    return Decimal(texte) if texte else None


def ligne(quantite: str = "", commande: str = "", conversion: Conversion | None = None, ordre: int = 100) -> Ligne:
    """An article's line as typed: in base unit, in order unit, or in both."""
    tout = completer(decimal(quantite), decimal(commande), conversion)
    return Ligne(
        ordre=ordre,
        quantite=tout.quantite,
        quantite_unite_commande=tout.quantite_unite_commande,
        saisie=tout.saisie,
        conversion=conversion,
    )


def commentaire(ordre: int) -> Ligne:
    """A line of text."""
    return Ligne(ordre=ordre, genre="commentaire")


def apres(source: Ligne, part: Part) -> Ligne:
    """The line once a part of it has moved on."""
    return replace(
        source,
        quantite_transferee=source.quantite_transferee + (part.quantite or 0),
        quantite_unite_commande_transferee=source.quantite_unite_commande_transferee
        + (part.quantite_unite_commande or 0),
    )


def sans(source: Ligne, part: Part) -> Ligne:
    """The line once a part of it was given up."""
    return replace(
        source,
        quantite_abandonnee=source.quantite_abandonnee + (part.quantite or 0),
        quantite_unite_commande_abandonnee=source.quantite_unite_commande_abandonnee
        + (part.quantite_unite_commande or 0),
    )


def prendre(
    source: Ligne,
    quantite: str = "",
    commande: str = "",
    *,
    nature: Nature = Nature.CONSOMME,
    tolerance: Tolerance | None = None,
) -> Part:
    """Move a quantity of one line on."""
    demandees: Sequence[LigneDemandee] = [LigneDemandee(source.ordre, decimal(quantite), decimal(commande))]
    (part,) = partager([source], Selection(lignes=demandees), nature=nature, tolerance=tolerance)
    return part
