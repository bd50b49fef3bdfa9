"""Supplementary units of an article in JSON."""

from decimal import Decimal

from pydantic import Field

from aurore_api.catalogue.schemas.codes_barres import CodeBarres
from aurore_api.socle.types import (
    Booleen,
    Code,
    Decimales,
    Entree,
    Facteur,
    Pourcentage,
    Sortie,
    TexteLong,
    Version,
    exemples,
)
from aurore_domain.unites import Operateur


class UniteArticleEntree(Entree):
    """Another unit of an article (ART-13): `M`, one of it is `facteur` base units; `D`, one base unit is `facteur`."""

    model_config = exemples({"abreviation": "CT6", "unite": "CT", "facteur": "6", "operateur": "M", "decimales": 0})

    abreviation: Code
    unite: Code
    facteur: Facteur
    operateur: Operateur
    decimales: Decimales = Field(description="Conversions into this unit are rounded to so many decimals (CAL-02)")
    flou: Booleen = Field(default=False, description="Both quantities may be typed, within the tolerance (CAL-03)")
    tolerance: Pourcentage = Field(default=Decimal("0.00"), description="In %; counts only when `flou`")
    code_barres: CodeBarres | None = Field(default=None, description="Unique in the société")
    memo: TexteLong | None = None


class UniteArticleSortie(Sortie):
    """A supplementary unit as it is."""

    article: str
    abreviation: str
    unite: str
    facteur: Facteur
    operateur: Operateur
    decimales: int
    flou: bool
    tolerance: Pourcentage
    code_barres: str | None
    memo: str | None
    version: Version
