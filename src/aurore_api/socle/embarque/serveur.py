"""What the rest of the application sees of the embedded server."""

import time
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote, urlencode

from aurore_api.socle.embarque import adresse
from aurore_api.socle.embarque.cluster import BASE
from aurore_api.socle.embarque.emplacement import Emplacement, trouver
from aurore_api.socle.embarque.erreurs import DelaiDepasse, EtatInaccessible
from aurore_api.socle.embarque.superviseur import Superviseur
from aurore_api.socle.embarque.verrous import PAS, Verrou

DELAI = 60.0
"""Seconds left to another process's server to answer, or to end."""


class PostgresEmbarque:
    """The PostgreSQL server of the state directory `etat`, for as long as the context lasts.

    The first process to enter owns the server: it starts it, and leaving stops it, as does the process's death.
    The others are guests until then: leaving does nothing to the server, and its owner's end is the server's end.
    `durable=False` gives up every protection against power cuts for speed, for tests only; it counts for the
    owner alone.

    Entering raises ErreurEmbarque, with one line for the operator. Synchronous: enter before the event loop starts.
    Works on Linux and macOS, as any user; as root the server runs under an unprivileged account.
    """

    def __init__(self, etat: Path, *, durable: bool = True, delai: float = DELAI) -> None:
        self._etat = etat
        self._durable = durable
        self._delai = delai
        self._prise = Path()
        self._verrou: Verrou | None = None
        self._superviseur: Superviseur | None = None

    @property
    def proprietaire(self) -> bool:
        """Whether this process runs the server, rather than being its guest."""
        return self._verrou is not None

    def __enter__(self) -> Self:
        try:
            self._entrer(trouver(self._etat))
        except OSError as erreur:
            self._fermer()
            fichier = f"{erreur.filename} : " if erreur.filename else ""
            raise EtatInaccessible(f"Base embarquée inutilisable. {fichier}{erreur.strerror or erreur}") from erreur
        except BaseException:
            self._fermer()
            raise
        return self

    def __exit__(
        self, genre: type[BaseException] | None, erreur: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._fermer()

    def dsn(self, base: str = BASE) -> str:
        """The URL of a database for SQLAlchemy's asyncpg dialect."""
        return self._url("postgresql+asyncpg", base)

    def dsn_libpq(self, base: str = BASE) -> str:
        """The URL of a database for asyncpg itself, psql, pg_dump."""
        return self._url("postgresql", base)

    def _url(self, pilote: str, base: str) -> str:
        acces = urlencode({"host": str(self._prise), "port": adresse.PORT})
        return f"{pilote}://{BASE}@/{quote(base, safe='')}?{acces}"

    def _entrer(self, emplacement: Emplacement) -> None:
        """Become the owner, or a guest as soon as the owner's server answers."""
        echeance = time.monotonic() + self._delai
        while True:
            self._verrou = Verrou.essayer(emplacement.verrou_proprietaire)
            if self._verrou is not None:
                self._superviseur = Superviseur(emplacement, durable=self._durable, delai=self._delai)
                self._prise = self._superviseur.demarrer()
                return
            prise = adresse.lire(emplacement)
            if prise is not None and adresse.repond(prise):
                self._prise = prise
                return
            if time.monotonic() > echeance:
                raise DelaiDepasse(
                    f"Un autre processus tient la base de {emplacement.base}, mais son serveur PostgreSQL "
                    f"ne répond pas après {self._delai:.0f} s."
                )
            time.sleep(PAS)

    def _fermer(self) -> None:
        if self._superviseur is not None:
            self._superviseur.arreter()
            self._superviseur = None
        if self._verrou is not None:
            self._verrou.rendre()
            self._verrou = None
