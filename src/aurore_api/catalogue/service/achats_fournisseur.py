"""What purchase lines take from their articles and from how the supplier sells them (ART-17)."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from aurore_api.catalogue import requetes_achats
from aurore_api.socle.contexte import Contexte
from aurore_domain.montants import ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class AchatDArticle:
    """The purchase side of an article. Prices in EUR per base unit without VAT, `remise` in %, delay in days."""

    numero: str
    dernier_prix_achat: Decimal | None
    frais_achat: Decimal
    """Costs per base unit, on top of the price."""
    code_tva_achat: str | None
    imputation_achat: str | None
    numero_article_fournisseur: str | None
    nom_article_fournisseur: str | None
    unite_achat: str | None
    delai_livraison: int | None
    """That of the supplier where null."""
    quantite_suggeree: Decimal | None
    """In `unite_achat`, in base unit without it."""
    memo: str | None
    prix_achat: Decimal | None
    """In the société's currency; one in a foreign currency only is no price for a document."""
    remise: Decimal


async def achats_des_articles(ctx: Contexte, fournisseur: str, numeros: Collection[str]) -> dict[str, AchatDArticle]:
    """How a supplier sells these articles, in one statement; unknown articles are absent.

    An article that the supplier does not sell yet has what it says itself, and nothing of the supplier's.
    """
    if not numeros:
        return {}
    rangs = await requetes_achats.achats(ctx, fournisseur, numeros)
    return {un["numero"]: AchatDArticle(**(dict(un) | {"remise": un["remise"] or ZERO})) for un in rangs}
