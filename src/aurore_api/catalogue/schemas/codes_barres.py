"""Bar codes in JSON, and what one of them stands for."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from aurore_api.socle.types import Facteur, Montant, Prix, Quantite, Sortie
from aurore_domain.unites import Operateur

CodeBarres = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z]{1,30}$")]
"""Any code that a scanner reads, be it a GTIN or the house's own."""


class CodeBarresSortie(Sortie):
    """What a scanned code stands for: an article, in its base unit or in one of its supplementary units (ART-15)."""

    code: str
    article: str
    designation: str
    actif: bool
    type_article: Literal["normal", "statistique"]
    unite: str = Field(description="Base unit")
    abreviation: str | None = Field(description="Supplementary unit that bears the code; null: the article itself")
    unite_commande: str | None = Field(description="Unit of that supplementary unit")
    facteur: Facteur | None
    operateur: Operateur | None
    quantite: Quantite = Field(description="What one of it is in base unit (CAL-01)")
    prix_vente: Prix = Field(description="Base price excluding VAT, per base unit")
    prix_vente_tvac: Montant | None = Field(
        description="Price of one base unit including VAT at today's rate (CAL-10); null while the VAT code has no rate"
    )
