"""What the other slices read of the plain tables."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlmodel import col

from aurore_api.socle.contexte import Contexte
from aurore_api.tables.tables import CodeTva, Famille, Tarif, Unite


async def taux_dates(ctx: Contexte, codes: Collection[str]) -> dict[str, list[tuple[date, Decimal]]]:
    """The (first day, rate in %) pairs of VAT codes (CAL-07); a code that does not exist is absent."""
    rangs = await ctx.session.execute(select(col(CodeTva.code), col(CodeTva.taux)).where(col(CodeTva.code).in_(codes)))
    return {code: [(date.fromisoformat(un["du"]), Decimal(un["taux"])) for un in taux] for code, taux in rangs}


async def decimales_des_unites(ctx: Contexte, codes: Collection[str]) -> dict[str, int]:
    """What conversions into units are rounded to (CAL-02); a unit that does not exist is absent."""
    rangs = await ctx.session.execute(select(col(Unite.code), col(Unite.decimales)).where(col(Unite.code).in_(codes)))
    return dict(row for row in rangs)


async def departement_de(ctx: Contexte, famille: str) -> str | None:
    """The department of a family of articles (ART-03); None as well where there is no such family."""
    return await ctx.session.scalar(select(col(Famille.departement)).where(col(Famille.code) == famille))


async def tarif_existe(ctx: Contexte, code: str) -> bool:
    """Whether there is a price list of this code."""
    return await ctx.session.get(Tarif, code) is not None
