"""What processes keep of the tables that documents are computed with is never older than the request that uses it."""

import asyncio
from contextlib import asynccontextmanager
from datetime import date

import pytest
from sqlalchemy import Table, text
from sqlalchemy.sql import visitors
from tests.conftest import CLE

from aurore_api.app import creer_app
from aurore_api.parametres import service as parametres
from aurore_api.socle.base import Base
from aurore_api.socle.cles import authentifier
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.erreurs import ConflitSimultane
from aurore_api.socle.horloge import maintenant
from aurore_api.socle.memoire import Memoire
from aurore_api.tables import service as tables

SCHEMA = "societe_principale"


def sur(adresse, action):
    """Run an action on a database and close it."""

    async def faire():
        base = Base(adresse, connexions=5)
        creer_app(base)  # so that every table and every memory is known
        try:
            return await action(base)
        finally:
            await base.fermer()

    return asyncio.run(faire())


@asynccontextmanager
async def requete(base):
    """A request that has found its key, which commits only if the test says so."""
    async with base.connexion() as connexion:
        cle, _ = await authentifier(connexion, CLE, maintenant())
        async with await base.session(connexion, cle.schema) as session:
            yield Contexte(session=session, cle=cle, requete_id="", langue="fr", maintenant=maintenant())


async def changer(ctx, ordre):
    """Change a table of the société in a request's transaction, behind the services' back."""
    await ctx.session.execute(text(f"SET LOCAL search_path TO {SCHEMA}"))
    await ctx.session.execute(text(ordre))


def poser(decimales):
    """The statement that gives the piece so many decimals."""
    return f"UPDATE unites SET decimales = {decimales} WHERE code = 'PCE'"


async def lues(base):
    """The decimals of the piece, as a new request knows them."""
    async with requete(base) as ctx:
        return (await tables.referentiel(ctx)).unites["PCE"]


def test_a_change_is_seen_by_the_next_request_of_every_process(adresse_reelle):
    async def deux_processus(base):
        autre = Base(adresse_reelle, connexions=2)
        vues = [await lues(base), await lues(autre)]
        for decimales in (2, 1, 2):  # also back to what was kept before
            async with requete(autre) as ctx:
                await changer(ctx, poser(decimales))
                await ctx.session.commit()
            vues += [await lues(base), await lues(autre)]
        await autre.fermer()
        return vues

    assert sur(adresse_reelle, deux_processus) == [3, 3, 2, 2, 1, 1, 2, 2]


def test_what_is_read_within_a_change_that_is_rolled_back_is_forgotten(adresse_reelle):
    async def annuler(base):
        async with requete(base) as ctx:
            await changer(ctx, poser(5))
            ctx.a_change = True
            dedans = (await tables.referentiel(ctx)).unites["PCE"]
            await ctx.session.rollback()
        async with requete(base) as ctx:  # another state, under another version
            await changer(ctx, poser(2))
            await ctx.session.commit()
        return dedans, await lues(base)

    assert sur(adresse_reelle, annuler) == (5, 2)


def test_two_states_within_one_transaction_have_two_versions(adresse_reelle):
    async def deux_fois(base):
        async with requete(base) as ctx:
            await changer(ctx, poser(5))
            ctx.a_change = True
            premiere = (await tables.referentiel(ctx)).unites["PCE"]
            await ctx.session.execute(text(poser(4)))
            await ctx.session.commit()
        return premiere, await lues(base)

    assert sur(adresse_reelle, deux_fois) == (5, 4)


def test_a_change_between_key_and_reading_is_kept_under_its_own_version(adresse_reelle):
    async def entre_les_deux(base):
        async with requete(base) as lente:
            async with requete(base) as ctx:
                await changer(ctx, poser(3))
                await ctx.session.commit()
            lu = (await tables.referentiel(lente)).unites["PCE"]
        async with requete(base) as ctx:
            await changer(ctx, poser(1))
            await ctx.session.commit()
        return lu, await lues(base)

    assert sur(adresse_reelle, entre_les_deux) == (3, 1)


def test_what_was_made_after_the_key_was_found_is_a_conflict_and_no_fault(adresse_reelle):
    async def plus_recent(base):
        async with requete(base) as ctx:
            connus = await tables.referentiel(ctx)
        with pytest.raises(ConflitSimultane):
            connus.taux("NOUVEAU", date(2026, 1, 1))
        return "NOUVEAU" in connus.codes_tva

    assert sur(adresse_reelle, plus_recent) is False


def test_a_request_reads_what_it_changed_itself(api):
    """Through HTTP: what a request journals, it reads anew; here in one and the same test transaction."""
    for nom in ("Une", "Deux"):
        reponse = api.patch("/v1/parametres", json={"nom": nom}, headers={"if-match": "*"})
        assert reponse.status_code == 200, reponse.text
        assert api.get("/v1/parametres").json()["nom"] == nom


def test_a_read_costs_nothing_until_something_changes(adresse_reelle):
    async def compter(base):
        await lues(base)
        async with requete(base) as ctx:
            premier, second = await tables.referentiel(ctx), await tables.referentiel(ctx)
            garde = premier is second
            await parametres.lire(ctx)
        async with requete(base) as ctx:
            await changer(ctx, poser(2))
            await ctx.session.commit()
        async with requete(base) as ctx:
            return garde, await tables.referentiel(ctx) is premier

    assert sur(adresse_reelle, compter) == (True, False)


def test_of_two_changes_at_once_the_later_waits_and_the_version_is_of_both(adresse_reelle):
    async def croiser(base):
        async with requete(base) as une, requete(base) as autre:
            await changer(une, poser(3))
            attente = asyncio.create_task(changer(autre, "UPDATE escomptes SET libelle = libelle || '.'"))
            async with base.connexion() as temoin:
                while not await temoin.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")):
                    await temoin.execute(text("SELECT pg_sleep(0.01)"))
            await une.session.commit()
            await attente
            entre = await lues(base)
            await autre.session.commit()
        return entre, await lues(base), await versions(base)

    async def versions(base):
        async with requete(base) as ctx:
            return ctx.cle.version_tables is not None

    assert sur(adresse_reelle, croiser) == (3, 3, True)


def tables_lues():
    """Every table that some memory reads, and the memory must hear of."""
    creer_app(Base("postgresql+asyncpg://"))
    trouvees = {un.name for une in Memoire.toutes for un in visitors.iterate(une.requete) if isinstance(un, Table)}
    return sorted(trouvees - {"societes"})


@pytest.mark.parametrize(
    "ordre",
    [
        "INSERT INTO {0} SELECT * FROM {0} WHERE false",
        "DELETE FROM {0} WHERE false",
        "UPDATE {0} SET {1} = {1} WHERE false",
        "TRUNCATE {0}",
    ],
)
def test_every_table_that_is_kept_draws_a_version(adresse_reelle, ordre):
    async def versions(base):
        muettes = []
        # What documents refer to is not truncated without them, nor they without the events.
        for table in ["parametres"] if ordre.startswith("TRUNCATE") else tables_lues():
            async with requete(base) as ctx:
                await changer(ctx, "SELECT 1")
                colonne = await ctx.session.scalar(
                    text("SELECT attname FROM pg_attribute WHERE attrelid = CAST(:table AS regclass) AND attnum = 1"),
                    {"table": table},
                )
                await ctx.session.execute(text(ordre.format(table, colonne)))
                apres = await ctx.session.scalar(text("SELECT version_tables FROM aurore.societes"))
                muettes += [table] if apres == ctx.cle.version_tables else []
                await ctx.session.rollback()
        return muettes

    assert len(tables_lues()) >= 14
    assert sur(adresse_reelle, versions) == []
