"""Calendars in JSON, and what other slices are told of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 (schemas have a field of this name)
from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from aurore_api.socle.periodes import dans_l_ordre
from aurore_api.socle.types import Booleen, Entree, Jour, Libelle, Sortie, exemples
from aurore_domain.calendrier import TOUS_LES_JOURS, PeriodeExceptionnelle, ouvert

JOURS_MAX = 400
"""Most days that are asked about at once."""
EXCEPTIONS_MAX = 1000
JourDeSemaine = Annotated[int, Field(strict=True, ge=1, le=7)]
"""1 is Monday."""


class ExceptionCalendrierEntree(Entree):
    """Days on which the weekly pattern does not hold, both ends included."""

    du: Jour
    au: Jour
    ouvert: Booleen = False
    libelle: Libelle | None = None

    _ordre = field_validator("au")(dans_l_ordre)


class CalendrierEntree(Entree):
    """A whole calendar: it takes the place of the present one."""

    model_config = exemples(
        {
            "jours_ouverts": [1, 2, 3, 4, 5, 6],
            "exceptions": [{"du": "2026-12-24", "au": "2026-12-26", "ouvert": False}],
        }
    )

    jours_ouverts: Annotated[list[JourDeSemaine], Field(max_length=7)] = Field(
        description="Weekdays on which deliveries are taken, 1 is Monday"
    )
    exceptions: Annotated[list[ExceptionCalendrierEntree], Field(max_length=EXCEPTIONS_MAX)] = Field(
        default=[], description="No two of them share a day"
    )

    @field_validator("jours_ouverts")
    @classmethod
    def _distincts(cls, jours: list[int]) -> list[int]:
        if len(set(jours)) < len(jours):
            raise PydanticCustomError("jour_repete", "a weekday is named twice")
        return sorted(jours)


class ExceptionCalendrierSortie(Sortie):
    """An exception as it is."""

    du: Jour
    au: Jour
    ouvert: bool
    libelle: str | None


class CalendrierSortie(Sortie):
    """A calendar, whole; version 0 is that of a client that never had one, which is open every day."""

    genre: Literal["calendrier"] = "calendrier"
    jours_ouverts: list[JourDeSemaine]
    exceptions: list[ExceptionCalendrierSortie]
    version: Annotated[int, Field(ge=0)]


class JourCalendrier(Sortie):
    """Whether a client is open on a day."""

    date: Jour
    ouvert: bool
    libelle: str | None = Field(description="Of the exception that says so, if it has one")


class JourSortie(JourCalendrier):
    """The answer for one day."""

    genre: Literal["jour"] = "jour"


class PeriodeSortie(Sortie):
    """The answer for each day of a period."""

    genre: Literal["periode"] = "periode"
    jours: list[JourCalendrier]


ReponseCalendrier = Annotated[CalendrierSortie | JourSortie | PeriodeSortie, Field(discriminator="genre")]


class FiltreCalendrier(Entree):
    """What is asked of a calendar: a day, a period, or the whole of it."""

    date: Jour | None = Field(default=None, description="This day only")
    du: Jour | None = Field(default=None, description=f"With `au`: each day from here, {JOURS_MAX} at most")
    au: Jour | None = Field(default=None, validate_default=True)

    _ordre = field_validator("au")(dans_l_ordre)

    @field_validator("au")
    @classmethod
    def _jour_ou_periode(cls, au: Date | None, info: ValidationInfo) -> Date | None:
        if not {"date", "du"} <= info.data.keys():  # one of them was refused already
            return au
        jour, du = info.data["date"], info.data["du"]
        if (du is None) != (au is None) or (jour is not None and du is not None):
            raise PydanticCustomError("periode_incomplete", "a day, or both ends of a period")
        if du is not None and au is not None and (au - du).days >= JOURS_MAX:
            raise PydanticCustomError("periode_trop_longue", "too many days", {"maximum": JOURS_MAX})
        return au


@dataclass(frozen=True, slots=True)
class CalendrierConnu:
    """The calendar of a client, as far as the days asked about go."""

    actif: bool = True
    """Whether the client itself is active (CLI-10)."""
    jours_ouverts: Sequence[int] = TOUS_LES_JOURS
    exceptions: Sequence[PeriodeExceptionnelle] = ()

    def ouvert(self, jour: Date) -> bool:
        """Whether the client is open on a day (CLI-06)."""
        return ouvert(jour, self.jours_ouverts, self.exceptions)
