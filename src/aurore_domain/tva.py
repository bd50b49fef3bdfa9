"""VAT: dated rates, and what each regime makes of them (CAL-07, CAL-09, PEP-05)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from aurore_domain.erreurs import ValeurRefusee
from aurore_domain.montants import CENT_POUR_CENT, ZERO, arrondir, exact

Lettre = Literal["S", "Z", "AE", "K", "G", "E"]
"""VAT category of EN 16931: standard, zero, reverse charge, intra-community, export, exempt."""

Regime = Literal["national", "cocontractant", "intracommunautaire", "export", "exonere"]

_RANGS: Mapping[Lettre, int] = MappingProxyType({"S": 0, "Z": 1, "AE": 2, "K": 3, "G": 4, "E": 5})


class TauxInconnu(ValeurRefusee):
    """A VAT code has no rate yet on the date asked for; `date` says which."""

    code = "taux_tva_inconnu"


@dataclass(frozen=True, slots=True)
class Traitement:
    """How an amount is taxed: the EN 16931 category and the rate in %. Two VAT codes may share one (CAL-07)."""

    categorie: Lettre
    taux: Decimal

    @property
    def rang(self) -> tuple[int, Decimal]:
        """Where the treatment stands among others, whatever the order of the lines: normal rates first, low to high."""
        return _RANGS[self.categorie], self.taux


EXONERE = Traitement("E", ZERO)
"""Exempt: where the escompte of CAL-08 comes back, and crate deposits go."""


@dataclass(frozen=True, slots=True)
class CategorieTva:
    """What one VAT regime does to every line of a document (CAL-09)."""

    regime: Regime
    lettre: Lettre
    applique_taux: bool
    """Whether the rate of the line's VAT code applies; otherwise the rate is 0."""
    mention_legale: bool
    """Whether the document must print why there is no VAT on it."""

    def traitement(self, taux: Decimal, *, exonere: bool = False) -> Traitement:
        """Treat a line whose VAT code has this rate in %; `exonere` says that its amount is exempt (crate deposits)."""
        if not self.applique_taux:
            return Traitement(self.lettre, ZERO)
        if exonere:
            return EXONERE
        return Traitement(self.lettre if taux else "Z", taux)


REGIMES: Mapping[Regime, CategorieTva] = MappingProxyType(
    {
        "national": CategorieTva("national", "S", applique_taux=True, mention_legale=False),
        "cocontractant": CategorieTva("cocontractant", "AE", applique_taux=False, mention_legale=True),
        "intracommunautaire": CategorieTva("intracommunautaire", "K", applique_taux=False, mention_legale=True),
        "export": CategorieTva("export", "G", applique_taux=False, mention_legale=True),
        "exonere": CategorieTva("exonere", "E", applique_taux=False, mention_legale=True),
    }
)
"""Every regime that a client or a document can be under."""


def taux_a_la_date(taux_dates: Iterable[tuple[date, Decimal]], jour: date) -> Decimal:
    """Return the rate in % in force on `jour`, among (first day, rate) pairs in any order (CAL-07).

    Raises `TauxInconnu` when the first of them starts later.
    """
    valides = [(du, taux) for du, taux in taux_dates if du <= jour]
    if not valides:
        raise TauxInconnu(pointeur="#/code_tva", date=jour)
    return max(valides)[1]


@exact
def tva_de(base: Decimal, taux: Decimal) -> Decimal:
    """VAT of a group's base, to the cent (CAL-07). Never for a line: VAT is rounded per group only."""
    return arrondir(base * taux / CENT_POUR_CENT)


@exact
def hors_tva(montant: Decimal, taux: Decimal, decimales: int = 2) -> Decimal:
    """Amount without its VAT, rounded to `decimales` (CAL-14)."""
    return arrondir(montant / (1 + taux / CENT_POUR_CENT), decimales)


@exact
def avec_tva(montant: Decimal, taux: Decimal, decimales: int = 2) -> Decimal:
    """Amount with its VAT, rounded to `decimales` (CAL-10)."""
    return arrondir(montant * (1 + taux / CENT_POUR_CENT), decimales)
