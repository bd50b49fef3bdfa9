"""The SQL of jobs. States are changed by comparing and setting: whoever comes second changes nothing."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from aurore_api.socle.colonnes import nue
from aurore_api.socle.travaux.tables import EtapeTravail, EtatEtape, EtatTravail, TachePeriodique, Travail

_T, _E, _P = nue(Travail), nue(EtapeTravail), nue(TachePeriodique)
_CLE = "hashtextextended('aurore.travail:' || :travail, 0)"


async def prendre(session: AsyncSession, travail: UUID) -> bool:
    """Take a job for as long as this connection lives; false where another worker has it."""
    requete = text(f"SELECT pg_try_advisory_lock({_CLE})")
    return bool((await session.execute(requete, {"travail": str(travail)})).scalar_one())


async def lacher(session: AsyncSession, travail: UUID) -> None:
    """Give it back."""
    await session.execute(text(f"SELECT pg_advisory_unlock({_CLE})"), {"travail": str(travail)})


async def commencer(session: AsyncSession, travail: UUID, instant: datetime) -> int | None:
    """Begin a job, or go on with it; gives how often that was tried without progress. None where it is over."""
    requete = (
        update(Travail)
        .where(col(Travail.id) == travail, col(Travail.fini_le).is_(None))
        .values(
            etat=EtatTravail.EN_COURS,
            commence_le=func.coalesce(_T.commence_le, instant),
            essais=_T.essais + 1,
            version=_T.version + 1,
        )
        .returning(_T.essais)
    )
    essais: int | None = (await session.execute(requete)).scalar_one_or_none()
    return essais


async def laisser(session: AsyncSession, travail: UUID) -> None:
    """Leave a job in good order: whoever goes on with it begins to count anew."""
    await session.execute(update(Travail).where(col(Travail.id) == travail).values(essais=0))


async def lire(session: AsyncSession, travail: UUID) -> Row[Any] | None:
    """A job's row, outside of the session."""
    return (await session.execute(select(*_T).where(_T.id == travail))).first()


async def suivante(session: AsyncSession, travail: UUID) -> Row[Any] | None:
    """The next item to be done."""
    requete = (
        select(_E.rang, _E.nom, _E.contenu)
        .where(_E.travail == travail, _E.etat == EtatEtape.EN_ATTENTE)
        .order_by(_E.rang)
        .limit(1)
    )
    return (await session.execute(requete)).first()


async def issues(session: AsyncSession, travail: UUID) -> Sequence[Row[Any]]:
    """What became of all items."""
    requete = select(_E.nom, _E.resultat, _E.probleme).where(_E.travail == travail).order_by(_E.rang)
    return (await session.execute(requete)).all()


async def planifier(session: AsyncSession, travail: UUID, total: int, constat: dict[str, Any]) -> bool:
    """Keep how many items there are; false where that was done already."""
    requete = (
        update(Travail)
        .where(col(Travail.id) == travail, col(Travail.total).is_(None), col(Travail.fini_le).is_(None))
        .values(total=total, constat=constat, essais=0, version=_T.version + 1)
    )
    return _une(await session.execute(requete))


async def noter_etape(
    session: AsyncSession, travail: UUID, rang: int, instant: datetime, *, resultat: Any = None, probleme: Any = None
) -> bool:
    """Keep an item's outcome and count it; false where that was done already."""
    faite = probleme is None
    etat = EtatEtape.FAITE if faite else EtatEtape.ECHOUEE
    etape = (
        update(EtapeTravail)
        .where(
            col(EtapeTravail.travail) == travail,
            col(EtapeTravail.rang) == rang,
            col(EtapeTravail.etat) == EtatEtape.EN_ATTENTE,
        )
        .values(etat=etat, fini_le=instant, resultat=resultat, probleme=probleme)
    )
    if not _une(await session.execute(etape)):
        return False
    compte = {"faites": _T.faites + 1} if faite else {"echecs": _T.echecs + 1}
    requete = update(Travail).where(col(Travail.id) == travail, col(Travail.fini_le).is_(None))
    return _une(await session.execute(requete.values(**compte, essais=0, version=_T.version + 1)))


async def finir(
    session: AsyncSession,
    travail: UUID,
    etat: EtatTravail,
    instant: datetime,
    *,
    resultat: Any = None,
    probleme: Any = None,
) -> Row[Any] | None:
    """End a job; gives it as it was left, None where it was over already."""
    requete = (
        update(Travail)
        .where(col(Travail.id) == travail, col(Travail.fini_le).is_(None))
        .values(etat=etat, fini_le=instant, resultat=resultat, probleme=probleme, version=_T.version + 1)
        .returning(*_T)
    )
    return (await session.execute(requete)).first()


async def vivants(session: AsyncSession) -> Sequence[UUID]:
    """The jobs that are not over."""
    return (await session.scalars(select(_T.id).where(_T.fini_le.is_(None)).order_by(_T.id))).all()


async def periodes(session: AsyncSession) -> dict[str, str]:
    """For which period each task was last done."""
    return {nom: periode for nom, periode in (await session.execute(select(_P.nom, _P.periode))).all()}  # noqa: C416


async def prendre_periode(session: AsyncSession, nom: str, periode: str, instant: datetime) -> bool:
    """Take a task for a period until the transaction ends; false where it was done for that one or a later one."""
    requete = insert(TachePeriodique).values(nom=nom, periode=periode, faite_le=instant)
    requete = requete.on_conflict_do_update(
        index_elements=["nom"], set_={"periode": periode, "faite_le": instant}, where=_P.periode < periode
    )
    return _une(await session.execute(requete))


def _une(resultat: Any) -> bool:
    return bool(resultat.rowcount == 1)
