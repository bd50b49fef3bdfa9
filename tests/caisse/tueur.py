"""Runs a till's day in children that each kill themselves at another line of `aurore_magasin`, then runs it to its end.

A process of its own without threads, so that a child is a fork: `python -m tests.caisse.tueur URL DOSSIER`. Writes
what it did as JSON; every child's shop has a code of its own, under which the server has what came of it.
"""

import json
import os
import resource
import shutil
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

from tests.caisse.serveur import CLE

import aurore_magasin
from aurore_magasin.affichage import Ecran
from aurore_magasin.application import console
from aurore_magasin.boite import Boite, ouvrir, seul_a_pousser
from aurore_magasin.envoi import Demande, Envoi
from aurore_magasin.etat import etat
from aurore_magasin.fichiers import lire
from aurore_magasin.genres import GENRES
from aurore_magasin.lots import remettre_en_attente
from aurore_magasin.prise import prendre
from aurore_magasin.reseau import Poste, poste

SOURCES = str(Path(aurore_magasin.__file__).parent)
Lieu = tuple[str, int]


def commande(reference: str, quantite: str = "3", **autres: Any) -> dict[str, Any]:
    """An order of the day."""
    lignes = [{"article": "BAG", "quantite": quantite}]
    return {"reference": reference, "date": "2026-11-25", "client": {"numero": "M7"}, "lignes": lignes} | autres


JOURNEE: list[tuple[str, list[dict[str, Any]]]] = [
    ("clients", [{"numero": "M7", "nom": "Mme Dupont"}]),
    ("commandes", [commande(f"T{rang}") for rang in range(5)]),
    ("commandes", [commande("T0", "4"), commande("T1", annulee=True), commande("T5", date="2026-11-20")]),
    ("factures", [commande("V1", mode_fin="facture_a_etablir")]),
    ("restes", [{"date": "2026-11-25", "lignes": [{"article": "ECL", "quantite": "4"}]}]),
    ("commandes", [commande("T0", "6"), commande("T6", lignes=[{"article": "RIEN", "quantite": "1"}])]),
]
"""Files of the day; with an order outside the window and one that is refused."""


POUSSER_APRES = (1, 4)
DURABLES = {"boite.py", "prise.py", "lots.py", "envoi.py"}
"""Where the till writes to its disk or sends."""


def deposer(dossier: Path) -> None:
    """Put the files where the till's cash desk leaves them."""
    shutil.rmtree(dossier, ignore_errors=True)
    (dossier / "pris").mkdir(parents=True)
    for rang, (genre, elements) in enumerate(JOURNEE):
        (dossier / f"{rang}-{genre}.json").write_text(json.dumps(elements), "utf-8")


def vivre(acces: Poste, dossier: Path) -> None:
    """What a shop's script does, started again as often as need be: take each file, put it away, push now and then."""
    console.quiet = True
    with ouvrir(dossier / "boite.sqlite", acces.magasin) as boite:
        for rang, fichier in enumerate(sorted(dossier.glob("*.json"))):
            genre = GENRES[fichier.stem.partition("-")[2]]
            prendre(boite, genre, lire(fichier, genre))
            fichier.rename(dossier / "pris" / fichier.name)
            if rang in POUSSER_APRES:
                pousser(acces, boite)
        pousser(acces, boite)
        remettre_en_attente(boite, statut="hors_periode")
        pousser(acces, boite, fenetre=9)
        etat(boite)


def pousser(acces: Poste, boite: Boite, fenetre: int | None = None) -> None:
    """Push all that waits; the server fails now and then."""
    with seul_a_pousser(boite.chemin) as seul:
        assert seul
        ecran = Ecran(console)
        with ecran.progres:
            Envoi(boite, acces, Demande(0.001, 5.0, None, fenetre), ecran).tout()


def espion(a_chaque: Callable[[Lieu], None]) -> Callable[[FrameType, str, Any], Any]:
    """A tracing function that tells each line of the till before it runs."""

    def ligne(cadre: FrameType, evenement: str, _valeur: Any) -> Any:
        if evenement == "line":
            a_chaque((cadre.f_code.co_filename, cadre.f_lineno))
        return ligne

    def appel(cadre: FrameType, _evenement: str, _valeur: Any) -> Any:
        return ligne if cadre.f_code.co_filename.startswith(SOURCES) else None

    return appel


def enfant(travail: Callable[[], None], a_chaque: Callable[[Lieu], None] | None = None) -> int:
    """Run something in a fork; gives how it ended."""
    if pid := os.fork():
        return os.waitpid(pid, 0)[1]
    try:
        if a_chaque:
            sys.settrace(espion(a_chaque))
        travail()
    except BaseException as erreur:  # noqa: BLE001 (a fork must never come back)
        os.write(2, f"{erreur!r}\n".encode())
        os._exit(1)
    os._exit(0)


def reperer(acces: Poste, dossier: Path) -> list[Lieu]:
    """Every line event of an undisturbed day, in order."""
    trace = dossier.with_suffix(".trace")
    deposer(dossier)

    def tout() -> None:
        lieux: list[Lieu] = []
        sys.settrace(espion(lieux.append))
        vivre(replace(acces, magasin="REPERAGE"), dossier)
        sys.settrace(None)
        trace.write_text(json.dumps(lieux), "utf-8")

    assert enfant(tout) == 0
    return [(fichier, ligne) for fichier, ligne in json.loads(trace.read_text("utf-8"))]


def instants(lieux: list[Lieu]) -> list[int]:
    """The events at which to kill: the first time that each line comes, and the last of those that write or send.

    With `AURORE_ESSAI_COMPLET` in the environment, every event.
    """
    if os.environ.get("AURORE_ESSAI_COMPLET"):
        return list(range(len(lieux)))
    premiers = {lieu: rang for rang, lieu in reversed(list(enumerate(lieux)))}
    derniers = {lieu: rang for rang, lieu in enumerate(lieux) if Path(lieu[0]).name in DURABLES}
    return sorted({*premiers.values(), *derniers.values()})


def tuer_au(rang: int) -> Callable[[Lieu], None]:
    """Ends the process, as `kill -9` does, before so many lines more."""
    reste = rang

    def compter(_lieu: Lieu) -> None:
        nonlocal reste
        if not reste:
            os.kill(os.getpid(), signal.SIGKILL)
        reste -= 1

    return compter


def principal(url: str, dossier: Path) -> None:
    """Kill at every place, finish, tell."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    acces = poste(url, CLE, "", 5.0)  # made once: it holds no connection yet, and is slow to make
    lieux = reperer(acces, dossier)
    rangs = instants(lieux)
    fautes = []
    for rang in rangs:
        deposer(dossier)
        travail = partial(vivre, replace(acces, magasin=f"K{rang}"), dossier)
        mort, apres = enfant(travail, tuer_au(rang)), enfant(travail)
        if mort != signal.SIGKILL or apres:
            fautes.append([lieux[rang], mort, apres])
    sys.stdout.write(
        json.dumps(
            {
                "rangs": rangs,
                "lieux": sorted(set(lieux)),
                "fautes": fautes,
                "ou": {f"K{rang}": lieux[rang] for rang in rangs},
            }
        )
    )


if __name__ == "__main__":
    principal(sys.argv[1], Path(sys.argv[2]))
