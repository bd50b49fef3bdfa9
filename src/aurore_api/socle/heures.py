"""The time until which commandes for a delivery day are taken (CLI-11), as société, rounds and clients state it."""

from typing import Annotated

from pydantic import Field, StringConstraints

from aurore_api.socle.types import Entree

Heure = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
"""A time of day, `HH:MM`, in the société's time zone."""


class HeureLimite(Entree):
    """So many days before the delivery day, until this time, in the société's time zone."""

    jours_avant: Annotated[int, Field(strict=True, ge=0, le=60)]
    heure: Heure
