"""The SQL of standing orders. Many keys go in one parameter, so that a société may have as many clients as it likes."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ARRAY, BigInteger, Select, Text, any_, delete, exists, literal, or_, select
from sqlmodel import SQLModel, col

from aurore_api.commandes_types.tables import (
    CommandeType,
    ConversionCommandeType,
    ExceptionCommandeType,
    LigneCommandeType,
    PauseCommandeType,
)
from aurore_api.socle.colonnes import nue
from aurore_api.socle.contexte import Contexte
from aurore_domain import commandes_types as regles

L = TypeVar("L", bound=SQLModel)


@dataclass(frozen=True, slots=True)
class Chargee:
    """A standing order with what decides one day: its lines of that weekday, overrides of that day, pauses over it."""

    id: int
    client: str
    commande_type: regles.CommandeType


def _parmi(colonne: Any, cles: Collection[int]) -> Any:
    return colonne == any_(literal(list(cles), ARRAY(BigInteger)))


def du_client(client: str) -> Select[Any]:
    """The standing orders of a client."""
    return select(CommandeType).where(col(CommandeType.client) == client)


async def une(ctx: Contexte, client: str, identifiant: int, *, verrou: bool) -> CommandeType | None:
    """One standing order of a client, locked for a change when asked."""
    requete = du_client(client).where(col(CommandeType.id) == identifiant)
    return (await ctx.session.scalars(requete.with_for_update() if verrou else requete)).one_or_none()


async def lignes(ctx: Contexte, identifiants: Collection[int]) -> dict[int, list[Any]]:
    """The lines of standing orders, in their order, in one statement."""
    ligne = nue(LigneCommandeType)
    requete = select(*ligne).where(_parmi(ligne.commande_type, identifiants)).order_by(ligne.commande_type, ligne.rang)
    return _par_commande_type((await ctx.session.execute(requete)).all())


async def effacer_lignes(ctx: Contexte, identifiant: int) -> None:
    """Remove the lines of a standing order."""
    await ctx.session.execute(delete(LigneCommandeType).where(col(LigneCommandeType.commande_type) == identifiant))


def des_annexes(table: type[L], commande_type: int) -> Select[Any]:
    """The overrides or the pauses of a standing order."""
    return select(table).where(nue(table).commande_type == commande_type)


async def annexe(ctx: Contexte, table: type[L], commande_type: int, identifiant: int, *, verrou: bool) -> L | None:
    """An override or a pause of a standing order, locked for a change when asked."""
    requete = des_annexes(table, commande_type).where(nue(table).id == identifiant)
    return (await ctx.session.scalars(requete.with_for_update() if verrou else requete)).one_or_none()


async def annexes(ctx: Contexte, table: type[L], commande_type: int) -> Sequence[L]:
    """All the overrides or pauses of a standing order, oldest first."""
    return (await ctx.session.scalars(des_annexes(table, commande_type).order_by(nue(table).id))).all()


async def exceptions_depuis(ctx: Contexte, commande_type: int, jour: date) -> Sequence[Any]:
    """Day and article of the overrides of a standing order from a day on, by day."""
    exception = nue(ExceptionCommandeType)
    requete = (
        select(exception.date, exception.article)
        .where(exception.commande_type == commande_type, exception.date >= jour)
        .order_by(exception.date, exception.article)
    )
    return (await ctx.session.execute(requete)).all()


async def pauses(ctx: Contexte, commande_type: int) -> list[regles.Periode]:
    """The pauses of a standing order."""
    pause = nue(PauseCommandeType)
    requete = select(pause.du, pause.au).where(pause.commande_type == commande_type)
    return [regles.Periode(du, au) for du, au in (await ctx.session.execute(requete)).all()]


async def du_jour(
    ctx: Contexte, jour: date, clients: Collection[str] | None = None, *, verrou: bool = False
) -> list[Chargee]:
    """The standing orders that may ask for something on a day, by client, in four statements however many there are.

    With `verrou` none of them can be deleted before the transaction ends.
    """
    modeles = (await ctx.session.execute(_modeles(jour, clients, verrou=verrou))).all()
    identifiants = [un.id for un in modeles]
    if not identifiants:
        return []
    siennes = await _lignes_du_jour(ctx, identifiants, jour)
    exception, pause = nue(ExceptionCommandeType), nue(PauseCommandeType)
    exceptions = await _lire(
        ctx, select(*exception).where(_parmi(exception.commande_type, identifiants), exception.date == jour)
    )
    couvrent = _parmi(pause.commande_type, identifiants), pause.du <= jour, or_(pause.au.is_(None), pause.au >= jour)
    en_pause = await _lire(ctx, select(*pause).where(*couvrent))
    return [
        Chargee(
            un.id,
            un.client,
            regles.CommandeType(
                validite=regles.Periode(un.du, un.au),
                saisons=[regles.Saison(**une) for une in un.saisons],
                pauses=[regles.Periode(une.du, une.au) for une in en_pause.get(un.id, ())],
                lignes=siennes.get(un.id, ()),
                exceptions={
                    jour: [
                        regles.Demande(une.article, une.unite_commande, une.quantite)
                        for une in exceptions.get(un.id, ())
                    ]
                },
            ),
        )
        for un in modeles
    ]


def _modeles(jour: date, clients: Collection[str] | None, *, verrou: bool) -> Select[Any]:
    modele, exception = nue(CommandeType), nue(ExceptionCommandeType)
    valable = (modele.du <= jour) & or_(modele.au.is_(None), modele.au >= jour)
    deroge = exists().where(exception.commande_type == modele.id, exception.date == jour)
    requete = select(*modele).where(or_(valable, deroge)).order_by(modele.client, modele.id)
    if clients is not None:
        requete = requete.where(modele.client == any_(literal(list(clients), ARRAY(Text))))
    return requete.with_for_update(read=True, key_share=True) if verrou else requete


async def _lignes_du_jour(
    ctx: Contexte, identifiants: Collection[int], jour: date
) -> dict[int, list[regles.LigneType]]:
    ligne = nue(LigneCommandeType)
    quantite = ligne.jours[jour.isoweekday()]
    requete = (
        select(ligne.commande_type, ligne.article, ligne.unite_commande, quantite.label("quantite"))
        .where(_parmi(ligne.commande_type, identifiants), quantite.is_not(None))
        .order_by(ligne.commande_type, ligne.rang)
    )
    return {
        identifiant: [
            regles.LigneType(une.article, une.unite_commande, {jour.isoweekday(): une.quantite}) for une in siennes
        ]
        for identifiant, siennes in (await _lire(ctx, requete)).items()
    }


async def _lire(ctx: Contexte, requete: Select[Any]) -> dict[int, list[Any]]:
    return _par_commande_type((await ctx.session.execute(requete)).all())


def _par_commande_type(rangs: Iterable[Any]) -> dict[int, list[Any]]:
    par_commande_type: dict[int, list[Any]] = {}
    for rang in rangs:
        par_commande_type.setdefault(rang.commande_type, []).append(rang)
    return par_commande_type


async def conversions(ctx: Contexte, jour: date, clients: Collection[str] | None = None) -> dict[int, Any]:
    """What was converted for a day of clients' standing orders, by standing order; the oldest first."""
    conversion = nue(ConversionCommandeType)
    requete = select(*conversion).where(conversion.date == jour).order_by(conversion.cree_le, conversion.commande_type)
    if clients is not None:
        requete = requete.where(conversion.client == any_(literal(list(clients), ARRAY(Text))))
    return {une.commande_type: une for une in (await ctx.session.execute(requete)).all()}


async def oublier_conversions(ctx: Contexte, jour: date, identifiants: Collection[int]) -> None:
    """Remove the conversions of standing orders for a day, for others to take their place."""
    if identifiants:
        conversion = nue(ConversionCommandeType)
        siennes = _parmi(conversion.commande_type, identifiants), conversion.date == jour
        await ctx.session.execute(delete(ConversionCommandeType).where(*siennes))


def liste_des_conversions(jour: date | None, client: str | None) -> Select[Any]:
    """Conversions, to be paged."""
    requete = select(ConversionCommandeType)
    if jour is not None:
        requete = requete.where(col(ConversionCommandeType.date) == jour)
    if client is not None:
        requete = requete.where(col(ConversionCommandeType.client) == client)
    return requete
