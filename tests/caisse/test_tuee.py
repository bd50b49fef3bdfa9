"""MAG-30: the till killed at every line of its code, wherever it is then, loses nothing and sends nothing twice.

`AURORE_ESSAI_COMPLET=1` kills it each time that each line comes, which takes some ten minutes.
"""

import json
import subprocess
import sys
from pathlib import Path

from tests.caisse import fautes
from tests.serveur import dossier_jetable

RACINE = Path(__file__).parents[2]


def test_mag_30_killed_at_every_line_it_ends_as_if_it_never_had(faux):
    """The server forgets every third answer on the way, so that what waits for a second try is killed too."""
    faux.fautes = [None, None, fautes.coupe_apres] * 100_000
    with dossier_jetable() as dossier:
        fait = subprocess.run(
            [sys.executable, "-m", "tests.caisse.tueur", faux.url, str(dossier / "caisse")],
            cwd=RACINE, capture_output=True, text=True, timeout=3600, check=False,
        )  # fmt: skip
    assert fait.returncode == 0, fait.stderr
    dit = json.loads(fait.stdout)
    assert dit["fautes"] == [], fait.stderr
    attendu = faux.magasin("REPERAGE").etat
    assert len(attendu) == 9
    differents = {str(dit["ou"][f"K{rang}"]) for rang in dit["rangs"] if faux.magasin(f"K{rang}").etat != attendu}
    assert differents == set()
    fichiers = {Path(chemin).stem for chemin, _ in dit["lieux"]}
    assert {"boite", "prise", "lots", "envoi", "reseau", "elements", "decodage", "etat"} <= fichiers
    assert len(dit["rangs"]) > 400
