"""A job as it goes on, in server-sent events: one for each change, until it is over."""

import asyncio
import time
from collections.abc import AsyncIterator
from uuid import UUID

from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event

from aurore_api.socle.base import Base
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.erreurs import RessourceAbsente
from aurore_api.socle.horloge import maintenant
from aurore_api.socle.pannes import PANNES
from aurore_api.socle.travaux.tables import FINIS
from aurore_api.travaux import service
from aurore_api.travaux.schemas import TravailSortie

REGARD = 0.5
"""Seconds between two looks at a job."""
SILENCE_MAX = 15
"""Seconds without an event after which a comment keeps the connection open."""
DUREE_MAX = 600
"""Seconds after which a stream ends; clients come back by themselves, and their key is looked at again."""


async def suivre(base: Base, ctx: Contexte, premier: TravailSortie, arret: asyncio.Event) -> AsyncIterator[bytes]:
    """The events of a job, beginning with how it is now. It holds no connection while it waits."""
    dit, depuis, debut = premier, time.monotonic(), time.monotonic()
    yield _evenement(dit)
    while dit.etat not in FINIS and not arret.is_set() and time.monotonic() < debut + DUREE_MAX:
        await _attendre(arret)
        try:
            vu = await _regarder(base, ctx, dit.id)
        except (RessourceAbsente, *PANNES):
            return
        if vu.version != dit.version:
            dit, depuis = vu, time.monotonic()
            yield _evenement(dit)
        elif time.monotonic() > depuis + SILENCE_MAX:
            depuis = time.monotonic()
            yield KEEPALIVE_COMMENT


def _evenement(travail: TravailSortie) -> bytes:
    return format_sse_event(event="travail", data_str=travail.model_dump_json(), id=str(travail.version))


async def _attendre(arret: asyncio.Event) -> None:
    try:
        await asyncio.wait_for(arret.wait(), REGARD)
    except TimeoutError:
        return


async def _regarder(base: Base, ctx: Contexte, identifiant: UUID) -> TravailSortie:
    async with (
        base.connexion(lecture_seule=True) as connexion,
        await base.session(connexion, ctx.cle.schema) as session,
    ):
        moment = Contexte(
            session=session, cle=ctx.cle, requete_id=ctx.requete_id, langue=ctx.langue, maintenant=maintenant()
        )
        return await service.lire(moment, identifiant)
