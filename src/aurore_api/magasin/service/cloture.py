"""Orders of private clients close after their day (MAG-26): by every push, by the routine, and by the worker."""

from uuid import UUID

from aurore_api.documents.lots import cloturer as lots
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.travaux.genres import Periodique, de_l_heure


async def cloturer(ctx: Contexte) -> int:
    """Close all that can be, committing as it goes; gives how many were."""
    nombre, suite = 0, UUID(int=0)
    while True:
        closes, suivante = await lots.cloturer(ctx, suite)
        if closes:
            await ctx.session.commit()
            ctx.a_change = False
        nombre += closes
        if suivante is None:
            return nombre
        suite = suivante


async def _passer(ctx: Contexte) -> None:
    await cloturer(ctx)


CLOTURE = Periodique("cloturer_les_commandes", _passer, de_l_heure)
"""The same without anyone asking: soon after midnight the orders of the day before are closed."""
