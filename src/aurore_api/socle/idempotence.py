"""API-05: the same key and body answer the first answer again, also after a crash.

Key, answer and data are written in one transaction; a transaction-bound advisory lock tells a second copy that the
first still runs, and is dropped by the database itself when a process dies. Refusals are not kept: they stored nothing,
so trying again with the same key is safe and can succeed.
"""

import hashlib
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

from fastapi import Request, Response
from sqlalchemy import BigInteger, LargeBinary, PrimaryKeyConstraint, Text, delete, func, insert, select
from sqlmodel import Field, col

from aurore_api.socle.colonnes import SOCIETE, Instant, Json, Ligne, Rang
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.erreurs import CleIdempotenceRefusee, CleIdempotenceReutilisee, RequeteEnCours
from aurore_api.socle.travaux.genres import Periodique

EN_TETE = "Idempotency-Key"
CONSERVATION_JOURS = 90
_CLE = re.compile(r"[\x21-\x7e]{1,255}")
_EN_TETES_GARDES = ("content-type", "location", "etag")


class Idempotence(Ligne, table=True):
    """The first answer to a request that carried an Idempotency-Key."""

    __tablename__ = "idempotences"
    __table_args__ = (PrimaryKeyConstraint("cle_api", "cle"), {"schema": SOCIETE})

    cle_api: int = Field(sa_type=BigInteger)
    cle: str = Field(sa_type=Text)
    empreinte: str = Field(sa_type=Text)
    statut: int = Field(sa_type=Rang)
    en_tetes: dict[str, str] = Field(sa_type=Json)
    corps: bytes = Field(sa_type=LargeBinary)
    creee_le: datetime = Field(sa_type=Instant, index=True)


async def empreinte_requete(request: Request) -> str:
    """What makes two requests the same: method, path, query and body."""
    haches = hashlib.sha256(f"{request.method} {request.url.path}?{request.url.query}\n".encode())
    haches.update(await request.body())
    return haches.hexdigest()


async def reprendre(ctx: Contexte, request: Request) -> Response | None:
    """The stored first answer of this key, or None when this is the first time.

    Raises:
        CleIdempotenceRefusee: the header is not 1 to 255 visible ASCII characters.
        RequeteEnCours: the first request still runs.
        CleIdempotenceReutilisee: the key came with another request.
    """
    cle = request.headers[EN_TETE]
    if not _CLE.fullmatch(cle):
        raise CleIdempotenceRefusee(pointeur=f"en-tete:{EN_TETE}")
    ctx.cle_idempotence = cle
    verrou = _verrou(ctx, cle)
    if not (await ctx.session.execute(select(func.pg_try_advisory_xact_lock(verrou)))).scalar_one():
        raise RequeteEnCours
    trouvee = (
        await ctx.session.execute(
            select(
                col(Idempotence.empreinte), col(Idempotence.statut), col(Idempotence.en_tetes), col(Idempotence.corps)
            ).where(col(Idempotence.cle_api) == ctx.cle.id, col(Idempotence.cle) == cle)
        )
    ).first()
    if trouvee is None:
        return None
    if trouvee.empreinte != await empreinte_requete(request):
        raise CleIdempotenceReutilisee(pointeur=f"en-tete:{EN_TETE}")
    return Response(trouvee.corps, trouvee.statut, {**trouvee.en_tetes, "Idempotent-Replayed": "true"})


def _verrou(ctx: Contexte, cle: str) -> Any:
    return func.hashtextextended(f"{ctx.cle.schema}:{ctx.cle.id}:{cle}", 0)


@asynccontextmanager
async def en_plusieurs_fois(ctx: Contexte) -> AsyncIterator[None]:
    """Let an operation commit several times and still be the one that runs under its Idempotency-Key.

    The lock of the transaction goes with its first commit, so the connection holds the key until the last one begins.
    """
    if ctx.cle_idempotence is None:
        yield
        return
    verrou = _verrou(ctx, ctx.cle_idempotence)
    await ctx.session.execute(select(func.pg_advisory_lock(verrou)))
    try:
        yield
        await ctx.session.execute(select(func.pg_advisory_xact_lock(verrou)))
    except BaseException:
        await ctx.session.rollback()
        raise
    finally:
        await ctx.session.execute(select(func.pg_advisory_unlock(verrou)))


async def retenir(ctx: Contexte, request: Request, reponse: Response) -> None:
    """Keep an answer beside the data it speaks of, in their transaction."""
    await ctx.session.execute(
        insert(Idempotence).values(
            cle_api=ctx.cle.id,
            cle=request.headers[EN_TETE],
            empreinte=await empreinte_requete(request),
            statut=reponse.status_code,
            en_tetes={nom: reponse.headers[nom] for nom in _EN_TETES_GARDES if nom in reponse.headers},
            corps=bytes(reponse.body) if ctx.corps_rejoue is None else ctx.corps_rejoue.encode(),
            creee_le=ctx.maintenant,
        )
    )


async def oublier(ctx: Contexte) -> None:
    """Forget the answers of this société that are older than 90 days."""
    vieille = col(Idempotence.creee_le) < ctx.maintenant - timedelta(days=CONSERVATION_JOURS)
    await ctx.session.execute(delete(Idempotence).where(vieille))


OUBLI = Periodique("oublier_les_reponses", oublier)
