"""The print model of a production list: raw values; whoever builds it formats nothing and rounds nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from aurore_api.impression.modele import Langue


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneAProduire:
    """An article. Quantities are in `unite`, but for `a_produire_unite_production`.

    `precedent` is what the version before had to make of it, in `unite`; None where that was the same.
    """

    article: str
    designation: str
    unite: str
    magasins: Decimal
    clients: Decimal
    commandes_types: Decimal
    restes: Decimal
    a_produire: Decimal
    surplus: Decimal
    unite_production: str | None = None
    a_produire_unite_production: Decimal | None = None
    precedent: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilleAProduire:
    """The articles of a family; without `titre`, those of none."""

    titre: str | None
    lignes: Sequence[LigneAProduire]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListeAProduire:
    """What is to be made for a day. `version` None is a preview that nobody printed.

    `imprime_le` is told as it is given, so it has the société's time zone.
    """

    langue: Langue
    societe: str
    jour: date
    version: int | None
    imprime_le: datetime
    familles: Sequence[FamilleAProduire]
