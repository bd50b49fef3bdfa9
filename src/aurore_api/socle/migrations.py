"""Brings schemas to the version this code knows (OPS-03): forward only, one process at a time."""

from importlib.resources import files
from typing import Literal

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from aurore_api.socle.base import Base
from aurore_api.socle.cles import Societe
from aurore_api.socle.colonnes import COMMUN, SOCIETE

Branche = Literal["commun", "societe"]
_VERROU = "SELECT pg_advisory_xact_lock(hashtextextended('aurore.migrations', 0))"


class SchemaDecale(RuntimeError):
    """A schema is older or newer than this code; the message says which and what to do."""


def _configuration(branche: Branche, connexion: Connection | None = None, schema: str = "") -> Config:
    dossier = files("aurore_api") / "migrations"
    configuration = Config()
    configuration.set_main_option("script_location", str(dossier).replace("%", "%%"))
    configuration.set_main_option("version_locations", str(dossier / branche / "versions").replace("%", "%%"))
    configuration.set_main_option("path_separator", "newline")
    configuration.attributes |= {"connexion": connexion, "schema": schema}
    return configuration


def tete(branche: Branche) -> str | None:
    """The version this code knows."""
    return ScriptDirectory.from_config(_configuration(branche)).get_current_head()


def migrer_schema(connexion: Connection, branche: Branche, schema: str) -> None:
    """Make a schema if need be and bring it to the latest version, inside the caller's transaction."""
    connexion.execute(text(f'CREATE SCHEMA IF NOT EXISTS "{schema}"'))
    traduite = connexion.execution_options(schema_translate_map={SOCIETE: schema, COMMUN: COMMUN})
    command.upgrade(_configuration(branche, traduite, schema), "head")


def version(connexion: Connection, schema: str) -> str | None:
    """The version a schema is at; None before its first migration."""
    contexte = MigrationContext.configure(connexion, opts={"version_table_schema": schema})
    return contexte.get_current_revision()


async def schemas_des_societes(connexion: AsyncConnection) -> list[str]:
    """The schema of every société."""
    return list((await connexion.scalars(select(col(Societe.schema_nom)).order_by(col(Societe.code)))).all())


async def migrer(base: Base) -> list[str]:
    """Bring the shared schema and every société's to the latest version; gives the schemas seen."""
    async with base.engine.begin() as connexion:
        await connexion.execute(text(_VERROU))
        await connexion.run_sync(migrer_schema, "commun", COMMUN)
        schemas = await schemas_des_societes(connexion)
        for schema in schemas:
            await connexion.run_sync(migrer_schema, "societe", schema)
    return [COMMUN, *schemas]


async def exiger_a_jour(base: Base) -> None:
    """Refuse to serve a database whose schemas this code does not know.

    Raises:
        SchemaDecale: some schema is older or newer.
    """
    async with base.engine.connect() as connexion:
        commune = await connexion.run_sync(version, COMMUN)
        if commune != tete("commun"):
            raise SchemaDecale(_dire(COMMUN, commune, tete("commun")))
        for schema in await schemas_des_societes(connexion):
            presente = await connexion.run_sync(version, schema)
            if presente != tete("societe"):
                raise SchemaDecale(_dire(schema, presente, tete("societe")))


def _dire(schema: str, presente: str | None, attendue: str | None) -> str:
    return (
        f"Le schéma {schema} est à la version {presente or 'vide'}, ce programme attend {attendue} : "
        "lancez « aurore migrer », ou la version du programme qui convient."
    )
