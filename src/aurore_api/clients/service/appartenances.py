"""What belongs to a client and goes with it: one list, for its deletion and its anonymisation (CLI-10)."""

from typing import Protocol

from aurore_api.clients.calendrier import service as calendrier
from aurore_api.clients.prix import service as prix
from aurore_api.clients.service import adresses, preferences
from aurore_api.socle.contexte import Contexte


class Vider(Protocol):
    """Removes all that is of one kind from a locked client, with an event for each row."""

    async def __call__(self, ctx: Contexte, client: str, *, avec_avant: bool) -> None:
        """With `avec_avant` the events tell what there was."""


_TOUTES: tuple[Vider, ...] = (adresses.vider, preferences.vider, calendrier.vider, prix.vider)


async def vider(ctx: Contexte, client: str, *, avec_avant: bool) -> None:
    """Remove all that belongs to a locked client; `avec_avant`: the events tell what there was."""
    for une in _TOUTES:
        await une(ctx, client, avec_avant=avec_avant)
