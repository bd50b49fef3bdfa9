"""A real installation per test, copied from one that was started once."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.recits.serveur_aurore import Aurore, installation


@pytest.fixture(scope="session")
def etat_installe() -> Iterator[Path]:
    """A state directory at rest, with the first société and the key `CLE`."""
    with installation() as aurore:
        aurore.demarrer()
        aurore.finir()
        aurore.attendre_la_fin()
        with (aurore.dossier / "etat/postgres/donnees/postgresql.conf").open("a") as reglages:
            reglages.write("dynamic_shared_memory_type = mmap\n")  # a killed server then leaves nothing in memory
        yield aurore.dossier / "etat"


@pytest.fixture
def aurore(etat_installe: Path) -> Iterator[Aurore]:
    """A running installation of the test's own."""
    with installation() as aurore:
        subprocess.run(["cp", "-a", str(etat_installe), str(aurore.dossier / "etat")], check=True)
        aurore.demarrer()
        yield aurore
