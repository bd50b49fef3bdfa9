"""The server other tests share gives up durability for speed, and leaves nothing behind."""

from tests.persistance.outils_embarque import dossier_de_la_prise, sql
from tests.serveur import dossier_rapide, serveur_de_test


def test_le_serveur_de_test_est_rapide_et_jetable():
    with serveur_de_test() as commun:
        libpq = commun.dsn_libpq()
        assert commun.proprietaire
        for reglage in ("fsync", "synchronous_commit", "full_page_writes"):
            assert sql(libpq, f"SELECT current_setting('{reglage}')") == "off"
        assert sql(libpq, "CREATE DATABASE ouvrier", "SELECT 1") == 1
        assert sql(commun.dsn_libpq("ouvrier"), "SELECT current_database()") == "ouvrier"
        dossier = dossier_de_la_prise(libpq).parent.parent
        assert dossier.parent == dossier_rapide()
    assert not dossier.exists()
