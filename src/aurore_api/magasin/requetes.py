"""The SQL of the till."""

from collections.abc import Collection, Sequence
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ARRAY, Select, Uuid, any_, delete, literal, select
from sqlmodel import col

from aurore_api.magasin.tables import ClientMagasin, ConflitMagasin, Magasin, ReferenceMagasin, ReferencePrise
from aurore_api.socle.colonnes import Ligne, nue, un_de
from aurore_api.socle.contexte import Contexte

L = TypeVar("L", bound=Ligne)
_R, _P, _F, _C = nue(ReferenceMagasin), nue(ReferencePrise), nue(ConflitMagasin), nue(ClientMagasin)


async def _lignes(ctx: Contexte, table: type[L], requete: Select[Any]) -> list[L]:
    """Rows that do not enter the session."""
    return [table(**une) for une in (await ctx.session.execute(requete)).mappings()]


async def magasin(ctx: Contexte, code: str) -> Magasin | None:
    """A shop."""
    colonnes = nue(Magasin)
    return next(iter(await _lignes(ctx, Magasin, select(*colonnes).where(colonnes.code == code))), None)


async def references(ctx: Contexte, magasin: str, genre: str, noms: Collection[str]) -> dict[str, ReferenceMagasin]:
    """What is known of references; unknown ones are absent."""
    requete = select(*_R).where(_R.magasin == magasin, _R.genre == genre, _R.reference == un_de(noms))
    return {une.reference: une for une in await _lignes(ctx, ReferenceMagasin, requete)}


async def conflits_ouverts(ctx: Contexte, magasin: str, genre: str, noms: Collection[str]) -> dict[str, ConflitMagasin]:
    """The conflicts of references that wait to be settled."""
    requete = select(*_F).where(
        _F.magasin == magasin, _F.genre == genre, _F.reference == un_de(noms), _F.regle_le.is_(None)
    )
    return {un.reference: un for un in await _lignes(ctx, ConflitMagasin, requete)}


async def prises(ctx: Contexte, magasin: str, noms: Collection[str]) -> dict[str, ReferencePrise]:
    """Which of these references are held, and by what (MAG-19)."""
    requete = select(*_P).where(_P.magasin == magasin, _P.reference == un_de(noms))
    return {une.reference: une for une in await _lignes(ctx, ReferencePrise, requete)}


async def oublier_origines(ctx: Contexte, documents: Collection[UUID]) -> None:
    """Let go of the orders that these sales were said to come from."""
    if documents:
        ces = any_(literal(list(documents), ARRAY(Uuid)))
        await ctx.session.execute(delete(ReferencePrise).where(_P.document == ces, _P.role == "origine"))


async def clients(ctx: Contexte, magasin: str, numeros: Collection[str]) -> dict[str, ClientMagasin]:
    """Who a till's clients are here; unknown ones are absent."""
    requete = select(*_C).where(_C.magasin == magasin, _C.numero == un_de(numeros))
    return {un.numero: un for un in await _lignes(ctx, ClientMagasin, requete)}


def liste_des_clients(magasin: str, client: str | None) -> Select[Any]:
    """The clients that a till knows, or the numbers that it knows one by."""
    requete = select(ClientMagasin).where(col(ClientMagasin.magasin) == magasin)
    return requete if client is None else requete.where(col(ClientMagasin.client) == client)


def liste_des_conflits(magasin: str, *, regles: bool) -> Select[Any]:
    """The conflicts of a shop that wait to be settled; with `regles` the others too."""
    requete = select(ConflitMagasin).where(col(ConflitMagasin.magasin) == magasin)
    return requete if regles else requete.where(col(ConflitMagasin.regle_le).is_(None))


async def reference_verrouillee(ctx: Contexte, conflit: ConflitMagasin) -> ReferenceMagasin | None:
    """What is known of the reference of a conflict, locked."""
    cle = conflit.magasin, conflit.genre, conflit.reference
    return await ctx.session.get(ReferenceMagasin, cle, with_for_update=True, populate_existing=True)


async def codes(ctx: Contexte) -> Sequence[str]:
    """The shops there are."""
    return (await ctx.session.scalars(select(nue(Magasin).code).order_by(nue(Magasin).code))).all()
