"""Sociétés and API keys (SEC-01, SEC-03, SEC-06): the rows all sociétés share, and how a key is known again."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Identity, Text, bindparam, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlmodel import Field, col

from aurore_api.socle.colonnes import COMMUN, Instant, Json, LigneCommune, nue
from aurore_api.socle.erreurs import NonAuthentifie

_USAGE_A_NOTER = timedelta(minutes=1)


class Societe(LigneCommune, table=True):
    """A company; everything it has is in its own schema (SEC-03)."""

    __tablename__ = "societes"

    code: str = Field(sa_type=Text, primary_key=True)
    schema_nom: str = Field(sa_type=Text, unique=True)
    fuseau: str = Field(sa_type=Text, default="Europe/Brussels")
    creee_le: datetime = Field(sa_type=Instant)
    version_tables: UUID = Field(default=None, sa_column_kwargs={"server_default": text("gen_random_uuid()")})


class Cle(LigneCommune, table=True):
    """An API key. Only the hash of its secret is kept; the secret itself is shown once."""

    __tablename__ = "cles"
    __table_args__ = (CheckConstraint("length(empreinte) = 64", name="empreinte"), {"schema": COMMUN})

    id: int = Field(default=None, sa_type=BigInteger, primary_key=True, sa_column_args=[Identity(always=True)])
    societe: str = Field(sa_type=Text, foreign_key=f"{COMMUN}.societes.code", index=True)
    libelle: str = Field(sa_type=Text)
    prefixe: str = Field(sa_type=Text)
    empreinte: str = Field(sa_type=Text, unique=True)
    portees: list[str] = Field(sa_type=Json)
    creee_le: datetime = Field(sa_type=Instant)
    expire_le: datetime | None = Field(default=None, sa_type=Instant)
    revoquee_le: datetime | None = Field(default=None, sa_type=Instant)
    derniere_utilisation: datetime | None = Field(default=None, sa_type=Instant)


@dataclass(frozen=True, slots=True)
class CleConnue:
    """The key of a request, checked."""

    id: int
    portees: frozenset[str]
    societe: str
    schema: str
    fuseau: str
    version_tables: UUID | None = None
    """Of the tables that `Memoire` keeps, as the statement that found the key saw it."""


def empreinte(secret: str) -> str:
    """What is stored of a key. Keys are long and random, so a plain SHA-256 cannot be searched back."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def nouveau_secret() -> str:
    """A fresh key: a short public prefix that people can point at, and 256 bits of secret."""
    return f"aurore_{secrets.token_hex(4)}_{secrets.token_urlsafe(32)}"


def prefixe(secret: str) -> str:
    """The part of a key that may be shown in lists: never more than a quarter of one that we did not make."""
    morceaux = secret.split("_")
    if len(morceaux) >= 3 and morceaux[0] == "aurore":  # noqa: PLR2004 (aurore_<prefix>_<secret>)
        return f"aurore_{morceaux[1]}"
    return secret[: min(8, len(secret) // 4)] + "…"


async def inserer_cle(connexion: AsyncConnection, secret: str, **valeurs: Any) -> int:
    """Store a key; gives its id."""
    resultat = await connexion.execute(
        insert(Cle).values(prefixe=prefixe(secret), empreinte=empreinte(secret), **valeurs).returning(col(Cle.id))
    )
    identifiant: int = resultat.scalar_one()
    return identifiant


_CLE, _SOCIETE = nue(Cle), nue(Societe)
_CLES = select(
    _CLE.id,
    _CLE.portees,
    _CLE.expire_le,
    _CLE.revoquee_le,
    _CLE.derniere_utilisation,
    _SOCIETE.code,
    _SOCIETE.schema_nom,
    _SOCIETE.fuseau,
    _SOCIETE.version_tables,
).where(_SOCIETE.code == _CLE.societe)
_CHERCHER = _CLES.where(_CLE.empreinte == bindparam("empreinte"))
_PAR_NUMERO = _CLES.where(_CLE.id == bindparam("numero"))


async def authentifier(connexion: AsyncConnection, secret: str | None, maintenant: datetime) -> tuple[CleConnue, bool]:
    """Find a key by its secret; says also whether its last use is worth noting again.

    Raises:
        NonAuthentifie: absent, unknown, expired or revoked: always the same answer.
    """
    if not secret:
        raise NonAuthentifie
    trouvee = (await connexion.execute(_CHERCHER, {"empreinte": empreinte(secret)})).first()
    if trouvee is None:
        raise NonAuthentifie
    identifiant, portees, expire_le, revoquee_le, derniere, societe, schema, fuseau, version_tables = trouvee
    if revoquee_le is not None or (expire_le is not None and expire_le <= maintenant):
        raise NonAuthentifie
    a_noter = derniere is None or maintenant - derniere > _USAGE_A_NOTER
    return CleConnue(identifiant, frozenset(portees), societe, schema, fuseau, version_tables), a_noter


async def cle_de_travail(session: AsyncSession, numero: int) -> CleConnue | None:
    """The key that asked for a job, for doing it later, expired or not; None where it was revoked since."""
    trouvee = (await session.execute(_PAR_NUMERO, {"numero": numero})).first()
    if trouvee is None:
        return None
    identifiant, portees, _, revoquee_le, _, societe, schema, fuseau, version_tables = trouvee
    if revoquee_le is not None:
        return None
    return CleConnue(identifiant, frozenset(portees), societe, schema, fuseau, version_tables)


async def noter_utilisation(connexion: AsyncConnection, identifiant: int, instant: datetime) -> None:
    """Note a key's last use, to the minute; waits for nobody, so that no request is held up by another's."""
    await connexion.execute(text("SET LOCAL lock_timeout = '50ms'"))
    await connexion.execute(update(Cle).where(col(Cle.id) == identifiant).values(derniere_utilisation=instant))
