"""A till with an empty outbox, and the server it pushes to."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
import time_machine
from tests.caisse.caisse import AUJOURD_HUI, Caisse
from tests.caisse.serveur import Faux, faux_serveur
from tests.serveur import dossier_jetable


@pytest.fixture
def faux() -> Iterator[Faux]:
    """The server."""
    with faux_serveur() as faux:
        faux.heure = AUJOURD_HUI
        yield faux


@pytest.fixture
def caisse(faux: Faux) -> Iterator[Caisse]:
    """A till with an empty outbox, where writing through to the disk costs little."""
    with dossier_jetable() as dossier:
        yield Caisse(dossier, faux.url)


@pytest.fixture
def horloge() -> Iterator[Callable[[str], None]]:
    """Sets the till's clock, which then stands."""
    with ExitStack() as pile:

        def regler(instant: str) -> None:
            pile.close()
            pile.enter_context(time_machine.travel(instant, tick=False))

        yield regler
