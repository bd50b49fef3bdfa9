"""SEC-06, API-40: the embedded server starts, serves and stops, as root and as an ordinary user."""

import asyncio
import signal
import stat
from pathlib import Path

import asyncpg
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from tests.persistance.outils_embarque import attendre, dossier_de_la_prise, quitter, sert, sql

TEMOIN = "SELECT valeur FROM temoin"

PROPRIETES = """
SELECT concat_ws(' ', current_user, r.rolsuper, d.datname, pg_encoding_to_char(d.encoding), d.datlocprovider,
                 d.datlocale, current_setting('data_checksums'), current_setting('max_connections'))
FROM pg_database d, pg_roles r WHERE d.datname = current_database() AND r.rolname = current_user
"""


def test_sec_06_le_premier_demarrage_donne_une_base_prete(lieu_vide):
    _, dit = lieu_vide.entrer()
    assert sql(dit["libpq"], PROPRIETES) == "aurore f aurore UTF8 b C.UTF-8 on 100"
    extensions = "CREATE EXTENSION pg_trgm; CREATE EXTENSION unaccent; CREATE EXTENSION btree_gist"
    assert sql(dit["libpq"], extensions, "SELECT upper('é')") == "É"
    assert sql(dit["libpq"], "CREATE DATABASE autre", "SELECT 1") == 1


def test_sec_06_le_serveur_n_ecoute_que_sur_une_prise_privee(lieu):
    _, dit = lieu.entrer()
    assert sql(dit["libpq"], "SELECT current_setting('listen_addresses')") == ""
    assert [un for un in lieu.du_serveur() for lien in un.net_connections() if lien.family.name != "AF_UNIX"] == []
    dossier = dossier_de_la_prise(dit["libpq"]).stat()
    assert stat.S_IMODE(dossier.st_mode) == 0o700
    assert dossier.st_uid == lieu.postmaster().uids().real


def test_sec_06_le_serveur_n_est_jamais_root_et_n_a_aucun_privilege(lieu):
    lieu.entrer()
    for un in lieu.du_serveur():
        assert set(un.uids()) == {lieu.postmaster().uids().real}
        assert set(un.gids()) == {lieu.postmaster().gids().real}
        assert 0 not in {*un.uids(), *un.gids()}
        etat = dict(ligne.split(":\t") for ligne in Path(f"/proc/{un.pid}/status").read_text().splitlines())
        assert int(etat["CapPrm"], 16) == int(etat["CapAmb"], 16) == 0
        assert 0 not in map(int, etat["Groups"].split())


def test_l_url_convient_a_sqlalchemy(lieu):
    _, dit = lieu.entrer()

    async def lire() -> int | None:
        moteur = create_async_engine(dit["sqlalchemy"])
        async with moteur.connect() as session:
            valeur: int | None = await session.scalar(text(TEMOIN))
        await moteur.dispose()
        return valeur

    assert asyncio.run(lire()) == 42


def test_les_donnees_survivent_a_l_arret(lieu):
    premier, dit = lieu.entrer()
    sql(dit["libpq"], "UPDATE temoin SET valeur = 43", "SELECT 1")
    assert quitter(premier) == 0
    _, dit = lieu.entrer()
    assert sql(dit["libpq"], TEMOIN) == 43


def test_sortir_du_contexte_ne_laisse_ni_processus_ni_prise(lieu):
    processus, dit = lieu.entrer()

    async def couper() -> BaseException | None:
        session = await asyncpg.connect(dit["libpq"])
        requete = asyncio.ensure_future(session.execute("SELECT pg_sleep(600)"))
        await asyncio.to_thread(quitter, processus)
        await asyncio.wait([requete])
        erreur: BaseException | None = requete.exception()
        return erreur

    assert asyncio.run(couper()) is not None
    assert processus.returncode == 0
    assert lieu.du_serveur() == []
    assert lieu.prises() == []


def test_sigterm_ne_laisse_ni_processus_ni_prise(lieu):
    processus, dit = lieu.entrer()
    assert sert(dit["libpq"]) == 1
    processus.send_signal(signal.SIGTERM)
    processus.wait()
    attendre(lambda: not lieu.du_serveur(), "arrêt du serveur")
    assert lieu.prises() == []


def test_un_chemin_trop_long_ou_singulier_donne_une_prise_ailleurs(lieu_vide):
    for nom in ("d" * 90, "espace, virgule é"):
        etat = lieu_vide.dossier_a_soi(nom)
        processus, dit = lieu_vide.entrer(etat=etat)
        prise = dossier_de_la_prise(dit["libpq"])
        assert prise.parent == lieu_vide.courts
        assert stat.S_IMODE(prise.stat().st_mode) == 0o700
        assert sert(dit["libpq"]) == 1
        processus.kill()
        attendre(lambda: not lieu_vide.du_serveur(), "arrêt du serveur")
        processus, dit = lieu_vide.entrer(etat=etat)
        assert not prise.exists()
        assert quitter(processus) == 0
        assert not dossier_de_la_prise(dit["libpq"]).exists()
