"""The SQL of calendars."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ARRAY, Text, any_, delete, literal, select
from sqlmodel import col

from aurore_api.clients.calendrier.tables import Calendrier, ExceptionCalendrier
from aurore_api.clients.tables import Client
from aurore_api.socle.colonnes import nue
from aurore_api.socle.contexte import Contexte


async def exceptions(
    ctx: Contexte, clients: Collection[str], du: date | None = None, au: date | None = None
) -> Sequence[Any]:
    """The exceptions of clients, those that touch a period where one is given, by client and first day."""
    colonnes = nue(ExceptionCalendrier)
    requete = select(*colonnes).where(colonnes.client == any_(_textes(clients))).order_by(colonnes.client, colonnes.du)
    if du is not None and au is not None:
        requete = requete.where(colonnes.du <= au, colonnes.au >= du)
    return (await ctx.session.execute(requete)).all()


async def semaines(ctx: Contexte, clients: Collection[str]) -> Sequence[Any]:
    """Of each of these clients its number, whether it is active, and its open weekdays (null without calendar)."""
    client, calendrier = nue(Client), nue(Calendrier)
    requete = (
        select(client.numero, client.actif, calendrier.jours_ouverts)
        .join_from(client.numero.table, calendrier.client.table, calendrier.client == client.numero, isouter=True)
        .where(client.numero == any_(_textes(clients)))
    )
    return (await ctx.session.execute(requete)).all()


async def effacer_exceptions(ctx: Contexte, client: str) -> None:
    """Remove the exceptions of a client."""
    await ctx.session.execute(delete(ExceptionCalendrier).where(col(ExceptionCalendrier.client) == client))


def _textes(valeurs: Collection[str]) -> Any:
    """One parameter, however many they are."""
    return literal(list(valeurs), ARRAY(Text))
