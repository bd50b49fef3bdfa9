"""What a shop's own script does with `aurore-magasin`, run again and again: take each file, put it away, push.

`python -m tests.recits.script_caisse DOSSIER`, with the till's settings in the environment. Ends with 0 when all is
taken and answered; one process for many commands, because starting one is what takes long.
"""

import sys
from pathlib import Path

from aurore_magasin.application import A_VOIR, application
from aurore_magasin.erreurs import EnvoiInterrompu


def lancer(*arguments: str) -> int:
    """`aurore-magasin …`, and its exit status."""
    try:
        application(list(arguments))
    except SystemExit as fin:
        return int(fin.code or 0)
    return 0


def principal(dossier: Path) -> int:
    """Everything that lies there, in order of its name: `<rank>-<kind>.<ext>`."""
    (dossier / "pris").mkdir(exist_ok=True)
    for fichier in sorted(dossier.glob("[0-9]*-*.*")):
        genre = fichier.stem.partition("-")[2]
        if statut := lancer("ajouter", genre, str(fichier)):
            return statut
        fichier.rename(dossier / "pris" / fichier.name)
        if genre != "clients":
            statut = lancer("pousser")
            if statut not in {0, A_VOIR, EnvoiInterrompu.statut}:
                return statut
    statut = lancer("pousser")
    return 0 if statut == A_VOIR else statut


if __name__ == "__main__":
    sys.exit(principal(Path(sys.argv[1])))
