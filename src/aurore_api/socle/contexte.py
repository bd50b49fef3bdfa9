"""What a service knows of the request it serves."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncSession

from aurore_api.socle.cles import CleConnue
from aurore_api.socle.erreurs import VersionPerimee
from aurore_api.socle.horloge import heure_dans, jour_dans


@dataclass(slots=True)
class Contexte:
    """One request: its session (committed once, at its end, by the route), its key, its moment and its language."""

    session: AsyncSession
    cle: CleConnue
    requete_id: str
    langue: str
    maintenant: datetime
    si_version: frozenset[str] | None = None
    """Versions that If-Match accepts; None where the header is absent or `*`."""
    sauf_version: frozenset[str] | None = None
    """Versions that the caller already has (If-None-Match)."""
    simulation: bool = False
    """DOC-17: everything happens, nothing is kept."""
    a_change: bool = field(default=False, init=False)
    """Whether the request has changed anything yet."""
    etag: str | None = field(default=None, init=False)
    cle_idempotence: str | None = field(default=None, init=False)
    """The request's Idempotency-Key."""
    corps_rejoue: str | None = field(default=None, init=False)
    """What a repetition under the same Idempotency-Key answers, where that must not be the first answer itself."""

    @property
    def aujourd_hui(self) -> date:
        """The day of the request in the société's time zone."""
        return jour_dans(self.maintenant, self.cle.fuseau)

    @property
    def heure_locale(self) -> datetime:
        """The moment of the request as the clocks of the société show it."""
        return heure_dans(self.maintenant, self.cle.fuseau)

    @property
    def version_tables(self) -> UUID | None:
        """Under which what `Memoire` keeps holds for this request; None once it may have changed it itself."""
        return None if self.a_change else self.cle.version_tables

    def exiger_version(self, version: int) -> None:
        """Compare a loaded (and locked) row with If-Match (API-06).

        Raises:
            VersionPerimee: the row has another version than the caller read.
        """
        if self.si_version is not None and str(version) not in self.si_version:
            raise VersionPerimee(version=version)

    def est_connue(self) -> bool:
        """Whether the caller already has the version that was served: what is costly need not be made."""
        return self.sauf_version is not None and (self.etag in self.sauf_version or "*" in self.sauf_version)

    def servir_version(self, version: int | str) -> None:
        """Give the answer its ETag."""
        self.etag = str(version)


async def contexte(request: Request) -> Contexte:
    """The context that the route made for this request. Async, or every request would wait for a thread."""
    trouve: Contexte = request.state.contexte
    return trouve


Ctx = Annotated[Contexte, Depends(contexte)]
