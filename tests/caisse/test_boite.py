"""MAG-30: what goes into the outbox, once and in which version, and what it says when it cannot be used."""

import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any
from unittest.mock import MagicMock

import pytest
from tests.caisse.caisse import Caisse, commande
from tests.caisse.serveur import CLE, Faux
from tests.recits.serveur_aurore import attendre

from aurore_magasin.boite import Boite, BoiteIllisible, ouvrir, seul_a_pousser
from aurore_magasin.envoi import Demande, Envoi
from aurore_magasin.reseau import poste

VERSIONS = "SELECT reference, version FROM envois ORDER BY id"


def lignes(caisse: Caisse, requete: str = VERSIONS) -> list[Any]:
    """What the outbox holds."""
    with sqlite3.connect(caisse.dossier / "boite.sqlite") as base:
        trouvees = base.execute(requete).fetchall()
    base.close()
    return trouvees


def test_mag_30_a_file_is_taken_once_however_often_it_is_offered(caisse):
    chemin = caisse.fichier("a.json", [commande("T1"), commande("T2")])
    assert "2 à envoyer, 0 déjà connus" in caisse.faire("ajouter", "commandes", chemin)
    for _ in range(2):
        assert "0 à envoyer, 2 déjà connus sans changement, ce fichier avait été pris" in caisse.faire(
            "ajouter", "commandes", chemin
        )
    assert "0 à envoyer, 2 déjà connus" in caisse.ajouter("commandes", commande("T2"), commande("T1"))
    assert [nom for nom, _ in lignes(caisse)] == ["T1", "T2"]


def test_mag_30_one_bad_item_and_nothing_of_the_file_is_taken(caisse):
    chemin = caisse.fichier("a.json", [commande("T1"), commande("T2", quantite="deux")])
    dit = caisse.faire("ajouter", "commandes", chemin, statut=1)
    assert "a.json : rien n'en est pris" in dit
    assert "élément 2, lignes[0], champ quantite : « deux » n'est pas un nombre" in dit
    assert lignes(caisse) == []


def test_mag_12_a_change_gets_a_higher_version_and_none_without_a_change(caisse):
    caisse.ajouter("commandes", commande("T1"), commande("T2"))
    caisse.ajouter("commandes", commande("T1", "4"), commande("T2"))
    caisse.ajouter("commandes", commande("T1", annulee=True))
    (_, premiere), *_ = lignes(caisse)
    assert isinstance(premiere, int)
    assert lignes(caisse) == [("T1", premiere), ("T2", premiere), ("T1", premiere + 1), ("T1", premiere + 2)]


def test_mag_12_versions_of_the_file_are_kept(caisse):
    caisse.ajouter("commandes", commande("T1", version=3))
    assert "1 à envoyer" in caisse.ajouter("commandes", commande("T1", "4", version=7))
    assert "1 plus anciens que ce qui est connu, laissés (T1)" in caisse.ajouter(
        "commandes", commande("T1", "9", version=5)
    )
    dit = caisse.faire(
        "ajouter", "commandes", caisse.fichier("b.json", [commande("T2"), commande("T1", "5", version=7)]), statut=1
    )
    assert "même version mais autre contenu" in dit
    assert "pour T1" in dit
    assert lignes(caisse) == [("T1", 3), ("T1", 7)]
    caisse.faire("ajouter", "commandes", caisse.fichier("c.json", [commande("T1", "4", version=8)]))
    assert lignes(caisse)[-1] == ("T1", 8)


def test_mag_30_a_known_file_whose_orders_have_changed_since_is_a_question_for_people(caisse):
    """Is it a second try of an old file, or is the order what it was? Only `--de-nouveau` says the second."""
    avant = caisse.fichier("lundi.json", [commande("T1", "3")])
    caisse.faire("ajouter", "commandes", avant)
    caisse.ajouter("commandes", commande("T1", "4"))
    dit = caisse.faire("ajouter", "commandes", avant, statut=1)
    assert "T1 a changé depuis" in dit
    assert len(lignes(caisse)) == 2
    assert "1 à envoyer" in caisse.faire("ajouter", "commandes", avant, "--de-nouveau")
    assert "0 à envoyer" in caisse.faire("ajouter", "commandes", avant)


def test_mag_12_a_new_outbox_begins_above_one_that_was_lost(caisse, horloge):
    horloge("2026-11-25T18:00:00+01:00")
    caisse.ajouter("commandes", commande("T1"))
    ((_, perdue),) = lignes(caisse)
    (caisse.dossier / "boite.sqlite").unlink()
    horloge("2026-11-25T18:30:00+01:00")
    caisse.ajouter("commandes", commande("T1"))
    ((_, neuve),) = lignes(caisse)
    assert neuve == perdue + 1800


def test_mag_30_a_clock_before_its_time_does_no_harm(caisse, horloge):
    horloge("1970-01-01T00:00:00+00:00")
    caisse.ajouter("commandes", commande("T1"))
    assert lignes(caisse) == [("T1", 1)]


def test_mag_30_the_outbox_is_one_shop_s(caisse):
    caisse.ajouter("commandes", commande("T1"))
    caisse.reglages["magasin"] = "LIE"
    assert "est celle du magasin NAM, pas de LIE" in caisse.faire("etat", statut=1)


def test_mag_30_the_outbox_is_not_for_others_to_read(caisse):
    caisse.ajouter("commandes", commande("T1"))
    assert (caisse.dossier / "boite.sqlite").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("faire", "dit"),
    [
        ("PRAGMA user_version = 2", "vient d'une autre version d'aurore-magasin"),
        ("PRAGMA application_id = 7", "n'est pas une boîte d'envoi"),
    ],
)
def test_mag_30_what_is_not_our_outbox_is_left_alone(caisse, faire, dit):
    caisse.ajouter("commandes", commande("T1"))
    lignes(caisse, faire)
    avant = (caisse.dossier / "boite.sqlite").read_bytes()
    assert dit in caisse.faire("etat", statut=1)
    assert (caisse.dossier / "boite.sqlite").read_bytes() == avant


def test_mag_30_a_file_that_is_no_outbox_is_left_alone(caisse):
    chemin = caisse.fichier("boite.sqlite", "Chère Madame, " * 100)
    assert "ce fichier n'est pas une boîte d'envoi" in caisse.faire("etat", statut=1)
    assert Path(chemin).read_text("utf-8") == "Chère Madame, " * 100


def test_mag_30_a_place_that_cannot_be_written(caisse):
    caisse.reglages["boite"] = caisse.fichier("fichier", "x") + "/boite.sqlite"
    assert re.search(r"Boîte d'envoi .*fichier/boite.sqlite : ", caisse.faire("etat", statut=1))


def remplir(boite: Boite, combien: int) -> None:
    """Write that much in one transaction."""
    with boite.ecriture() as base:
        for rang in range(combien):
            base.execute("INSERT INTO fichiers (genre, empreinte, nom, pris_le) VALUES ('x', ?, 'x', 'x')", (rang,))


def test_mag_30_a_full_disk_takes_nothing_and_loses_nothing(caisse, faux):
    caisse.ajouter("commandes", commande("T1"))
    with ouvrir(caisse.dossier / "boite.sqlite", "NAM") as boite:
        pages = boite.base.execute("PRAGMA page_count").fetchone()[0]
        boite.base.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(BoiteIllisible, match="le disque est plein ; rien n'est perdu"):
            remplir(boite, 1000)
        assert boite.base.execute("SELECT count(*) FROM fichiers").fetchone()[0] == 1
        with boite.ecriture() as base:
            base.execute("UPDATE fichiers SET nom = 'y'")
    caisse.faire("pousser")
    assert faux.magasin().executions == 1


def test_mag_30_two_that_push_at_once_are_one_that_pushes(caisse, faux):
    caisse.ajouter("commandes", commande("T1"))
    with seul_a_pousser(caisse.dossier / "boite.sqlite") as seul:
        assert seul
        assert "déjà en cours" in caisse.faire("pousser", statut=3)
    caisse.faire("pousser")
    assert faux.magasin().executions == 1


def pousses(faux: Faux, combien: int) -> bool:
    """Whether more than so many arrived."""
    return len(faux.magasin().choses) > combien


def test_mag_30_files_come_in_while_others_go_out(caisse, faux: Faux):
    """While one pushes, another adds: all of it arrives once, in order."""

    def pousser() -> None:
        acces = poste(faux.url, CLE, "NAM", 5)
        with closing(acces.client), ouvrir(caisse.dossier / "boite.sqlite", "NAM") as boite:
            while not fini.is_set():
                Envoi(boite, acces, Demande(0, 5), MagicMock()).tout()

    fini = Event()
    with ThreadPoolExecutor(1) as fils:
        pousse = fils.submit(pousser)
        for rang in range(20):
            caisse.ajouter("commandes", commande(f"T{rang}"))
            attendre(partial(pousses, faux, rang - 3), "presque tout poussé")
        fini.set()
        pousse.result()
    assert "Rien n'est en attente" in caisse.faire("pousser")
    assert [cle for _, cle in faux.magasin().choses] == [f"T{rang}" for rang in range(20)]
    assert all(une.changements == 0 for une in faux.magasin().choses.values())
