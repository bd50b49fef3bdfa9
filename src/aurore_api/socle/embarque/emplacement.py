"""Where the server's files are, seen from the state directory `AURORE_ETAT`.

    <base>/                 AURORE_ETAT itself, or the directory its file `emplacement` leads to
        proprietaire.verrou held by the process that owns the server
        serveur.verrou      held by every process of the server
        adresse             the socket directory in use
        postgres.log
        postgres/donnees/   the cluster     } belong to the server's account, mode 0700
        socket/             its socket      }

The server's account may be unable to reach AURORE_ETAT (root's own directories). Its parents are not ours to open,
so the files then live in a directory of ours under `BASE_COMMUNE`, under a random name kept in AURORE_ETAT.
"""

import logging
import os
import re
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path

from aurore_api.socle.embarque.comptes import Compte, compte_du_serveur
from aurore_api.socle.embarque.erreurs import EtatInaccessible

BASE_COMMUNE = Path("/var/lib/aurore")
"""Root's place for what an unprivileged account must reach."""

journal = logging.getLogger(__name__)


@dataclass(frozen=True)
class Emplacement:
    """The files of one server and the account they belong to."""

    base: Path
    compte: Compte

    @property
    def racine(self) -> Path:
        """The directory in which the server's account may do as it likes."""
        return self.base / "postgres"

    @property
    def donnees(self) -> Path:
        """The cluster."""
        return self.racine / "donnees"

    @property
    def verrou_proprietaire(self) -> Path:
        """Held by the owning process."""
        return self.base / "proprietaire.verrou"

    @property
    def verrou_serveur(self) -> Path:
        """Inherited by initdb, postgres and all their children: free only once they have all ended."""
        return self.base / "serveur.verrou"

    @property
    def sortie(self) -> Path:
        """What postgres says."""
        return self.base / "postgres.log"


def trouver(etat: Path) -> Emplacement:
    """Where the server of the state directory `etat` lives; makes `etat`, and another place if it must.

    Raises EtatInaccessible when the place noted in `etat` is gone or belongs to another ordinary user.
    """
    etat = etat.expanduser().resolve()
    etat.mkdir(mode=0o711, parents=True, exist_ok=True)
    renvoi = etat / "emplacement"
    if renvoi.exists():
        base = _suivre(renvoi)
    elif (etat / "postgres").exists() or compte_du_serveur(etat).atteint(etat):
        base = etat
    else:
        base = _deplacer(etat, renvoi)
    return Emplacement(base, _compte(base, etat))


def creer_dossier_prive(chemin: Path, compte: Compte) -> None:
    """Make `chemin` with mode 0700 for `compte`, in one step as others see it; nothing if it exists."""
    if chemin.exists():
        return
    brouillon = Path(tempfile.mkdtemp(prefix=".nouveau-", dir=chemin.parent))
    os.chown(brouillon, compte.uid, compte.gid, follow_symlinks=False)
    brouillon.rename(chemin)


def ouvrir_fichier(chemin: Path, drapeaux: int) -> int:
    """Open a file of ours, made when missing, and return its descriptor.

    Root gives it to the owner of its directory, so as not to shut that owner out later, and follows no link
    that this owner may have put there.
    """
    descripteur = os.open(chemin, drapeaux | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    if os.geteuid() == 0:
        dossier = chemin.parent.stat()
        os.fchown(descripteur, dossier.st_uid, dossier.st_gid)
    return descripteur


def dossier_commun() -> Path:
    """`BASE_COMMUNE`, made so that any account can go through it and only root can write in it."""
    if not BASE_COMMUNE.exists():
        BASE_COMMUNE.mkdir(parents=True, exist_ok=True)
        BASE_COMMUNE.chmod(0o711)  # ours: the umask may have closed it
    return BASE_COMMUNE


def _compte(base: Path, etat: Path) -> Compte:
    """The account of an existing cluster, otherwise the one a new cluster gets."""
    racine = base / "postgres"
    if not racine.exists():
        return compte_du_serveur(etat)
    proprietaire = racine.stat()
    if os.geteuid() not in {0, proprietaire.st_uid}:
        raise EtatInaccessible(
            f"La base de {base} appartient à un autre utilisateur (uid {proprietaire.st_uid}) : "
            "lancez la commande sous ce compte ou indiquez un autre AURORE_ETAT."
        )
    return Compte(proprietaire.st_uid, proprietaire.st_gid)


def _suivre(renvoi: Path) -> Path:
    identifiant = renvoi.read_text(encoding="utf-8").strip()
    base = BASE_COMMUNE / identifiant
    if not re.fullmatch(r"[0-9a-f]{16}", identifiant) or not base.is_dir():
        # An empty database in its place would look like the loss of everything.
        raise EtatInaccessible(
            f"{renvoi} renvoie à {base}, qui n'existe plus : restaurez ce dossier, "
            "ou supprimez le renvoi pour recommencer avec une base vide."
        )
    return base


def _deplacer(etat: Path, renvoi: Path) -> Path:
    """Make a place of our own; when two processes do so at once, the first to write the pointer wins."""
    identifiant = secrets.token_hex(8)
    base = dossier_commun() / identifiant
    base.mkdir()
    base.chmod(0o711)
    brouillon = etat / f".emplacement-{identifiant}"
    brouillon.write_text(identifiant, encoding="utf-8")
    try:
        os.link(brouillon, renvoi)
    except FileExistsError:
        base.rmdir()
        return _suivre(renvoi)
    finally:
        brouillon.unlink()
    journal.warning(
        "%s n'est pas accessible au compte du serveur PostgreSQL : la base est placée dans %s (renvoi noté dans %s).",
        etat,
        base,
        renvoi,
    )
    return base
