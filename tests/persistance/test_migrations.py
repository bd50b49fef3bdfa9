"""OPS-03: what migrations make is what the code expects, and nothing starts on anything else."""

import asyncio
import os
import subprocess
import sys

import asyncpg
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from pgqueuer.db import AsyncpgDriver
from sqlalchemy import text
from sqlalchemy.dialects.postgresql.base import ischema_names

from aurore_api.app import creer_app
from aurore_api.execution import preparer
from aurore_api.societes import PREMIERE, SocieteRefusee, creer_societe, installer
from aurore_api.socle import migrations
from aurore_api.socle.base import Base
from aurore_api.socle.colonnes import COMMUN, SOCIETE, metadonnees
from aurore_api.socle.journal import Xid8
from aurore_api.socle.migrations import SchemaDecale, exiger_a_jour, migrer, migrer_schema, tete
from aurore_api.socle.reglages import Reglages
from aurore_api.socle.travaux.file import requetes_de_file

BRANCHES = {"commun": COMMUN, "societe": SOCIETE}
CONTRAINTES = text("""
    SELECT conname FROM pg_constraint WHERE connamespace = CAST(:schema AS regnamespace) AND contype != 'n'
        AND conname NOT LIKE 'pgqueuer%'
""")
SCHEMA_PREMIERE = f"societe_{PREMIERE}"


def de_la_file(nom):
    """Whether a table is pgqueuer's, which says itself what it should be."""
    return nom is not None and nom.startswith("pgqueuer")


@pytest.fixture
def adresse(postgres, base_neuve):
    """The URL of an empty database."""
    return postgres.dsn(base_neuve())


def en_reglage(adresse):
    """The URL as a setting takes it: with a host, which the socket in the query replaces."""
    return adresse.replace("@/", "@localhost/")


def sur(adresse, action):
    """Run an action on a database and close it."""

    async def faire():
        base = Base(adresse, connexions=2)
        creer_app(base)  # so that every table is known
        try:
            return await action(base)
        finally:
            await base.fermer()

    return asyncio.run(faire())


def en_transaction(adresse, action):
    """Run a synchronous action in a transaction of a database, and commit it."""

    async def faire(base):
        async with base.engine.begin() as connexion:
            return await connexion.run_sync(action)

    return sur(adresse, faire)


@pytest.mark.parametrize("branche", BRANCHES)
def test_ops_03_migrations_make_exactly_the_models(adresse, branche, monkeypatch):
    monkeypatch.setitem(ischema_names, "xid8", Xid8)
    schema = BRANCHES[branche]

    def comparer(connexion):
        migrer_schema(connexion, branche, schema)
        contexte = MigrationContext.configure(
            connexion,
            opts={
                "include_schemas": True,
                "include_name": lambda nom, genre, _: nom == schema if genre == "schema" else not de_la_file(nom),
                "version_table_schema": schema,
                "compare_server_default": True,
            },
        )
        contraintes = connexion.execute(
            CONTRAINTES,
            {"schema": schema},
        )
        return compare_metadata(contexte, metadonnees(schema)), set(contraintes.scalars())

    differences, contraintes = en_transaction(adresse, comparer)
    assert differences == []
    voulues = {str(une.name) for table in metadonnees(schema).tables.values() for une in table.constraints}
    assert contraintes == voulues | {"alembic_version_pkc"}


def test_ops_03_the_queue_s_tables_are_those_that_pgqueuer_wants(adresse_reelle):
    """A newer pgqueuer that wants others needs a migration of ours first."""

    async def comparer(base):
        async with base.engine.connect() as connexion:
            brute = (await connexion.get_raw_connection()).driver_connection
            return await requetes_de_file(AsyncpgDriver(brute)).plan_upgrade()

    plan = sur(adresse_reelle, comparer)
    assert (list(plan.statements), list(plan.notes)) == ([], [])


@pytest.mark.parametrize("branche", BRANCHES)
def test_ops_03_each_step_is_one_after_the_other(adresse, branche):
    """Every release on the way can be reached, whatever release a database comes from."""
    schema = BRANCHES[branche]
    etapes = list(ScriptDirectory.from_config(migrations._configuration(branche)).walk_revisions())[::-1]
    assert [une.down_revision for une in etapes] == [None, *(une.revision for une in etapes[:-1])]

    def monter(connexion):
        connexion.execute(text(f'CREATE SCHEMA "{schema}"'))
        for une in etapes:
            command.upgrade(migrations._configuration(branche, connexion, schema), une.revision)
        return migrations.version(connexion, schema)

    assert en_transaction(adresse, monter) == tete(branche)


def test_ops_03_an_empty_database_is_migrated_installed_and_served(adresse):
    async def tout(base):
        with pytest.raises(SchemaDecale, match="vide"):
            await exiger_a_jour(base)
        premiers = await migrer(base)
        await installer(base, None)
        seconds = await migrer(base)
        await exiger_a_jour(base)
        return premiers, seconds

    assert sur(adresse, tout) == ([COMMUN], [COMMUN, SCHEMA_PREMIERE])


@pytest.mark.parametrize("schema", [COMMUN, SCHEMA_PREMIERE])
@pytest.mark.parametrize("version", ["societe_9999", "societe_0001", None])
def test_ops_03_a_start_refuses_a_schema_of_another_release(adresse_reelle, schema, version):
    def decaler(connexion):
        connexion.execute(text(f'DELETE FROM "{schema}".alembic_version'))
        if version:
            connexion.execute(text(f"INSERT INTO \"{schema}\".alembic_version VALUES ('{version}')"))

    en_transaction(adresse_reelle, decaler)
    with pytest.raises(SchemaDecale, match=rf"{schema} .*{version or 'vide'}.*aurore migrer"):
        preparer(Reglages.model_validate({"database_url": en_reglage(adresse_reelle)}), adresse_reelle)


def lancer(adresse, *arguments):
    """Start the command `aurore` on a database."""
    return subprocess.Popen(
        [sys.executable, "-c", "from aurore_api.commandes import application; application()", *arguments],
        env={**os.environ, "AURORE_DATABASE_URL": en_reglage(adresse), "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_ops_03_serve_says_what_to_do_about_it(adresse):
    processus = lancer(adresse, "serve")
    _, dit = processus.communicate(timeout=60)
    assert processus.returncode == 1
    assert dit.startswith(f"Le schéma {COMMUN} est à la version vide")
    assert dit.count("\n") == 1


EN_ATTENTE = """SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"""


def test_ops_03_two_processes_migrate_at_once(adresse):
    """Both are made to wait until they stand at the start together; then one does it, and the other finds it done."""

    async def partir_ensemble():
        connexion = await asyncpg.connect(adresse.replace("+asyncpg", ""))
        async with asyncio.timeout(60), connexion.transaction():
            await connexion.execute("SELECT pg_advisory_xact_lock(hashtextextended('aurore.migrations', 0))")
            deux = [lancer(adresse, "migrer") for _ in range(2)]
            while await connexion.fetchval(EN_ATTENTE) < len(deux):
                assert [un.poll() for un in deux] == [None, None]
                await connexion.execute("SELECT pg_sleep(0.01)")
        await connexion.close()
        return deux

    for processus in asyncio.run(partir_ensemble()):
        dit, erreurs = processus.communicate(timeout=60)
        assert (processus.returncode, dit, erreurs) == (0, f"{COMMUN} : à jour\n", "")
    assert en_transaction(adresse, lambda connexion: migrations.version(connexion, COMMUN)) == tete("commun")


def test_ops_03_of_processes_that_start_together_one_installs(adresse):
    async def ensemble(base):
        await migrer(base)
        bases = [Base(adresse, connexions=2) for _ in range(4)]
        faites = await asyncio.gather(*(installer(une, None) for une in bases))
        for une in bases:
            await une.fermer()
        return faites

    faites = sur(adresse, ensemble)
    assert {une.societe for une in faites} == {PREMIERE}
    assert len([une for une in faites if une.cle]) == 1


@pytest.mark.parametrize("code", ["", "A", "1a", "a-b", "a" * 32, 'a"b', "é", PREMIERE])
def test_ops_03_a_societe_is_made_whole_or_not_at_all(adresse_reelle, code):
    async def tenter(base):
        with pytest.raises(SocieteRefusee):
            await creer_societe(base, code, "X")
        async with base.engine.connect() as connexion:
            schemas = text("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'societe%'")
            return list(await connexion.scalars(schemas))

    assert sur(adresse_reelle, tenter) == [SCHEMA_PREMIERE]
