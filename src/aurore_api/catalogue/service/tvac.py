"""How an article's prices become prices including VAT on a day (CAL-10)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from aurore_api.catalogue.tables import Article
from aurore_domain.calcul_prix import Tvac
from aurore_domain.tva import taux_a_la_date


def tvac_de(article: Article, taux_dates: Sequence[tuple[date, Decimal]], jour: date, decimales_visibles: int) -> Tvac:
    """The rule for one of its VAT codes, whose rates are given; raises `TauxInconnu` while that has none."""
    return Tvac(
        taux=taux_a_la_date(taux_dates, jour),
        decimales_visibles=decimales_visibles,
        prix_avec_decimales=article.prix_avec_decimales,
    )
