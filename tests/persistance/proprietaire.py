"""A process that enters PostgresEmbarque, says how it went in one line of JSON, and leaves when its input ends.

Run by `outils_embarque`, which explains the arguments. Everything is imported before the change of user:
the interpreter may live where the new user cannot read.
"""

import argparse
import json
import os
import resource
import sys
from pathlib import Path

from aurore_api.socle.embarque import ErreurEmbarque, PostgresEmbarque, adresse, emplacement, processus


def arguments() -> argparse.Namespace:
    analyse = argparse.ArgumentParser()
    analyse.add_argument("etat", type=Path)
    analyse.add_argument("--uid", type=int)
    analyse.add_argument("--commune", type=Path)
    analyse.add_argument("--courts", type=Path)
    analyse.add_argument("--delai", type=float, default=20.0)
    analyse.add_argument("--veille", action="store_true")
    analyse.add_argument("--octets", type=int)
    return analyse.parse_args()


def regler(choix: argparse.Namespace) -> None:
    emplacement.BASE_COMMUNE = choix.commune
    adresse.DOSSIERS_COURTS = choix.courts
    if choix.veille:
        processus.PAR_SIGNAL = False
    if choix.octets:
        resource.setrlimit(resource.RLIMIT_FSIZE, (choix.octets, choix.octets))
    if os.geteuid() == 0:
        os.setgroups([0])  # what a login as root brings along, and the server must not inherit
    if os.geteuid() != choix.uid:
        os.setgroups([])
        os.setgid(choix.uid)
        os.setuid(choix.uid)


def dire(**paroles: object) -> None:
    sys.stdout.write(json.dumps(paroles) + "\n")
    sys.stdout.flush()


choix = arguments()
regler(choix)
try:
    with PostgresEmbarque(choix.etat, delai=choix.delai) as serveur:
        dire(proprietaire=serveur.proprietaire, libpq=serveur.dsn_libpq(), sqlalchemy=serveur.dsn())
        sys.stdin.read()
except ErreurEmbarque as erreur:
    dire(erreur=type(erreur).__name__, message=str(erreur))
