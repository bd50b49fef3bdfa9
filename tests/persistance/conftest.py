"""Places for real servers: one per test and account, empty or with a cluster that has served before."""

import pytest
from tests.persistance.outils_embarque import Lieu, comptes, copier, quitter, sql
from tests.serveur import dossier_jetable


@pytest.fixture(scope="session", params=comptes(), ids=lambda uid: f"uid{uid}")
def uid(request):
    """The account the owning process runs under."""
    return request.param


@pytest.fixture
def lieu_vide(uid):
    """A place whose state directory was never used."""
    with dossier_jetable() as dossier:
        lieu = Lieu(dossier, uid)
        lieu.dossier_a_soi("etat")
        yield lieu
        lieu.tout_finir()


@pytest.fixture(scope="session")
def modele(uid):
    """A state directory with a cluster at rest, whose table `temoin` holds the one value 42."""
    with dossier_jetable() as dossier:
        lieu = Lieu(dossier, uid)
        lieu.dossier_a_soi("etat")
        processus, dit = lieu.entrer()
        sql(dit["libpq"], "CREATE TABLE temoin AS SELECT 42 AS valeur", "SELECT 1")
        assert quitter(processus) == 0
        with (lieu.etat / "postgres/donnees/postgresql.conf").open("a") as reglages:
            reglages.write("dynamic_shared_memory_type = mmap\n")  # a killed server then leaves nothing in memory
        yield lieu.etat


@pytest.fixture
def lieu(modele, uid):
    """A place with a copy of `modele`."""
    with dossier_jetable() as dossier:
        lieu = Lieu(dossier, uid)
        copier(modele, lieu)
        yield lieu
        lieu.tout_finir()
