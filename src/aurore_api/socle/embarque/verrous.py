"""Kernel file locks: held by an open file, so they vanish with the last process that holds it, however it dies."""

import fcntl
import os
import time
from collections.abc import Callable
from pathlib import Path

from aurore_api.socle.embarque.emplacement import ouvrir_fichier

PAS = 0.01
"""Seconds between two looks at something another process must do."""

_tenus: set[int] = set()


def _oublier() -> None:
    """A forked child (a worker pool's, say) must not keep its parent's locks alive."""
    for descripteur in _tenus:
        os.close(descripteur)
    _tenus.clear()


os.register_at_fork(after_in_child=_oublier)


class Verrou:
    """An exclusive lock on the file `chemin`, held until `rendre`."""

    def __init__(self, descripteur: int, *, transmis: bool) -> None:
        self.descripteur = descripteur
        if not transmis:
            _tenus.add(descripteur)

    @classmethod
    def essayer(cls, chemin: Path, *, transmis: bool = False) -> "Verrou | None":
        """Take the lock if it is free; `transmis` when children are to inherit it.

        Raises OSError when its file cannot be opened.
        """
        descripteur = ouvrir_fichier(chemin, os.O_RDWR)
        try:
            fcntl.flock(descripteur, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descripteur)
            return None
        except OSError:
            os.close(descripteur)
            raise
        return cls(descripteur, transmis=transmis)

    @classmethod
    def attendre(cls, chemin: Path, abandonner: Callable[[], bool]) -> "Verrou | None":
        """Take a lock for children to inherit, as soon as it is free; None once `abandonner` says so."""
        while (verrou := cls.essayer(chemin, transmis=True)) is None:
            if abandonner():
                return None
            time.sleep(PAS)
        return verrou

    def rendre(self) -> None:
        """Close our copy of the lock: it stays held for as long as a child that inherited it lives."""
        _tenus.discard(self.descripteur)
        os.close(self.descripteur)
