"""What a slice says of a kind of job, or of a task that comes back. Collected where the application is assembled."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from aurore_api.socle.contexte import Contexte
from aurore_api.socle.types import Entree

P = TypeVar("P", bound=Entree)
Objet = dict[str, Any]
"""A JSON object."""


@dataclass(frozen=True, slots=True)
class Etape:
    """An item that is to be done."""

    nom: str
    contenu: Objet = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """The items of a job, and what was seen when it was planned."""

    etapes: Sequence[Etape]
    constat: Objet = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Issue:
    """What became of an item: its result, or the problem that it met."""

    nom: str
    resultat: Objet | None
    probleme: Objet | None


async def sans_conclusion(_ctx: Contexte, _parametres: Any, _constat: Objet, _issues: Sequence[Issue]) -> Objet | None:
    """What a job answers that has nothing to say beyond its items."""
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Genre(Generic[P]):
    """A kind of job.

    `planifier` lists its items; it may be asked again after a crash, and changes nothing. `executer` does one of them,
    in a transaction that also keeps its outcome; a refusal (`ErreurAurore`) is told of the item, and the next one
    follows. `conclure` says what came of them all.
    """

    nom: str
    parametres: type[P]
    planifier: Callable[[Contexte, P], Awaitable[Plan]]
    executer: Callable[[Contexte, P, Etape], Awaitable[Objet]]
    conclure: Callable[[Contexte, P, Objet, Sequence[Issue]], Awaitable[Objet | None]] = sans_conclusion


Genres = Mapping[str, Genre[Any]]


def par_nom(genres: Sequence[Genre[Any]]) -> Genres:
    """The kinds of job by the name that their rows bear."""
    return {un.nom: un for un in genres}


def du_jour(ctx: Contexte) -> str:
    """The period of what is done once a day, in the société's time zone."""
    return ctx.aujourd_hui.isoformat()


def de_l_heure(ctx: Contexte) -> str:
    """The period of what is done once an hour."""
    return ctx.maintenant.strftime("%Y-%m-%dT%H")


@dataclass(frozen=True, slots=True)
class Periodique:
    """A task that is done once per société and period, in a transaction that also keeps the period.

    One that commits as it goes keeps the period with the first of it; what it may leave when it is killed the next one
    does.

    Periods are compared as text: a later one is greater.
    """

    nom: str
    faire: Callable[[Contexte], Awaitable[None]]
    periode: Callable[[Contexte], str] = du_jour
