"""Under which account PostgreSQL runs: it refuses root, so root lends it an unprivileged one."""

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from aurore_api.socle.embarque.erreurs import EtatInaccessible

ENVIRONNEMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C"}
"""All that the server's processes see: the caller's PGDATA, PGPORT and the like must not reach them."""


class Identite(TypedDict, total=False):
    """The arguments of `subprocess.Popen` that change the user."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Compte:
    """A user and its group, by number."""

    uid: int
    gid: int

    @property
    def identite(self) -> Identite:
        """Arguments for `subprocess` to run as this account; none when we are it already."""
        if os.geteuid() == self.uid:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def executer(self, commande: Sequence[str], dossier: Path = Path("/")) -> str | None:
        """Run a short command as this account; what it printed, or None when it failed."""
        # Made of constants and of paths passed as arguments, never through a shell's parser.
        fini = subprocess.run(  # noqa: S603
            commande, cwd=dossier, env=ENVIRONNEMENT, capture_output=True, text=True, check=False, **self.identite
        )
        return fini.stdout if fini.returncode == 0 else None

    def atteint(self, chemin: Path, droit: str = "x") -> bool:
        """Whether this account has the right `r`, `w` or `x` on `chemin`, asked of the kernel itself.

        The mode bits of the parents would miss access lists and mount options.
        """
        return self.executer(["/bin/sh", "-c", f'test -{droit} "$1"', "sh", str(chemin)]) is not None


def compte_du_serveur(dossier: Path) -> Compte:
    """The account for the server whose state is in `dossier`.

    Ours, unless we are root: then the owner of `dossier` when that is an ordinary user, else `postgres`,
    else `nobody`. Raises EtatInaccessible when root finds none, or an ordinary user a directory of somebody else.
    """
    proprietaire = dossier.stat()
    if os.geteuid() != 0:
        return Compte(os.geteuid(), os.getegid())
    if proprietaire.st_uid != 0 and _connu(proprietaire.st_uid):
        return Compte(proprietaire.st_uid, proprietaire.st_gid)
    for nom in ("postgres", "nobody"):
        try:
            entree = pwd.getpwnam(nom)
        except KeyError:
            continue
        return Compte(entree.pw_uid, entree.pw_gid)
    raise EtatInaccessible("PostgreSQL refuse de tourner sous root et ni le compte postgres ni nobody n'existe ici.")


def _connu(uid: int) -> bool:
    """Whether the account has a name: initdb refuses to run without one."""
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True
