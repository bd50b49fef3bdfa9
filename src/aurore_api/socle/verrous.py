"""One at a time: a lock on a subject of a société, for checks that look at many rows at once."""

from collections.abc import Collection

from sqlalchemy import ARRAY, Text, func, literal, select

from aurore_api.socle.contexte import Contexte


async def seul(ctx: Contexte, sujet: str) -> None:
    """Wait until no other transaction of this société holds the subject; hold it until this one ends.

    What is read afterwards is what the one before committed. It comes before the locks on rows: two requests that took
    a row first and the subject second would wait for each other.
    """
    cle = func.hashtextextended(f"{ctx.cle.schema}:{sujet}", 0)
    await ctx.session.execute(select(func.pg_advisory_xact_lock(cle)))


async def tous_seuls(ctx: Contexte, sujets: Collection[str]) -> None:
    """The same of many subjects, one after the other in the order of their names, in one statement."""
    noms = func.unnest(literal([f"{ctx.cle.schema}:{un}" for un in sorted(set(sujets))], ARRAY(Text)))
    await ctx.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(noms, 0))))
