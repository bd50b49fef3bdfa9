"""What comes back: tasks of every société once per period, and jobs that the queue lost put into it again."""

import logging
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, text
from sqlmodel import col

from aurore_api.socle.base import Base
from aurore_api.socle.cles import CleConnue, Societe
from aurore_api.socle.colonnes import COMMUN
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.horloge import maintenant
from aurore_api.socle.pannes import PANNES
from aurore_api.socle.portees import ADMIN
from aurore_api.socle.textes import LANGUE_PAR_DEFAUT
from aurore_api.socle.travaux import requetes
from aurore_api.socle.travaux.file import NOMS, Lieu, enfiler
from aurore_api.socle.travaux.genres import Periodique

journal = logging.getLogger("aurore.travaux")
LE_PROGRAMME = 0
"""The key under which the journal tells what nobody asked for: keys of people are numbered from 1."""
TRACES_GARDEES = timedelta(days=30)


async def passer(base: Base, taches: Sequence[Periodique]) -> None:
    """Do what is due, in every société; what fails in one is told and tried again at the next pass."""
    async with base.transaction() as connexion:
        societes = (await connexion.execute(select(Societe.__table__.c).order_by(col(Societe.code)))).all()  # type: ignore[attr-defined]  # every row's class has its table
        await connexion.execute(
            text(f"DELETE FROM {COMMUN}.{NOMS.queue_table_log} WHERE created < :avant"),  # noqa: S608 (its own name)
            {"avant": maintenant() - TRACES_GARDEES},
        )
    for une in societes:
        cle = CleConnue(
            LE_PROGRAMME, frozenset({ADMIN}), une.code, une.schema_nom, une.fuseau, version_tables=une.version_tables
        )
        await _remettre(base, une.schema_nom)
        await _faire_les_taches(base, cle, taches)


async def _remettre(base: Base, schema: str) -> None:
    """Put into the queue what is not over and may have been lost there: a restored société's, a worker's last word."""
    async with base.connexion() as connexion, await base.session(connexion, schema) as session:
        vivants: Sequence[UUID] = await requetes.vivants(session)
        await enfiler(session, *(Lieu(schema, un) for un in vivants))
        await session.commit()


async def _faire_les_taches(base: Base, cle: CleConnue, taches: Sequence[Periodique]) -> None:
    async with base.connexion() as connexion:
        async with await base.session(connexion, cle.schema) as session:
            faites = await requetes.periodes(session)
            await session.commit()
        for tache in taches:
            async with await base.session(connexion, cle.schema) as session:
                ctx = Contexte(
                    session=session,
                    cle=cle,
                    requete_id=f"tache.{tache.nom}",
                    langue=LANGUE_PAR_DEFAUT,
                    maintenant=maintenant(),
                )
                periode = tache.periode(ctx)
                if faites.get(tache.nom, "") >= periode:
                    continue
                try:
                    if await requetes.prendre_periode(session, tache.nom, periode, ctx.maintenant):
                        await tache.faire(ctx)
                    await session.commit()
                except PANNES:
                    raise
                except Exception:  # noqa: BLE001 (one task, one société)
                    await session.rollback()
                    journal.exception("tâche %s, société %s", tache.nom, cle.societe)
