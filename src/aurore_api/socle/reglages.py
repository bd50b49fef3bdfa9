"""Settings, from the environment (`AURORE_…`) only."""

import os
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError


def _etat_par_defaut() -> Path:
    racine = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(racine) / "aurore"


def _adresse_postgres(valeur: str) -> str:
    try:
        genre = make_url(valeur).drivername.partition("+")[0]
    except ArgumentError:
        raise ValueError("not a URL") from None
    if genre not in {"postgres", "postgresql"}:
        raise ValueError("not PostgreSQL")
    return valeur


class Reglages(BaseSettings):
    """What an operator sets. Every name is the upper-case field behind `AURORE_`."""

    model_config = SettingsConfigDict(env_prefix="AURORE_", env_ignore_empty=True, hide_input_in_errors=True)

    database_url: Annotated[str, AfterValidator(_adresse_postgres)] | None = Field(default=None, repr=False)
    """A PostgreSQL of your own, `postgresql://…` or by socket `postgresql:///base?host=/dossier`; unset, an embedded
    one is started in `etat`."""
    etat: Path = Field(default_factory=_etat_par_defaut)
    """Directory of the embedded database."""
    hote: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    cle_initiale: SecretStr | None = None
    """Becomes the first administrator key if no key exists yet; otherwise one is made and shown once."""
    connexions: int = Field(default=20, ge=2, le=500)
    """Most database connections of one API process."""
    ouvrier_interne: bool = True
    """Whether `aurore serve` also does the jobs, for installations without `aurore worker`."""
    corps_max: int = Field(default=16 * 1024 * 1024, ge=1024)
    """Largest request body, in bytes."""


@lru_cache(maxsize=1)
def reglages() -> Reglages:
    """The settings of this process."""
    return Reglages()
