"""API-40, DOC-03: whatever is killed, nothing is left running, nothing is lost, and the next start works."""

import os
import pty
import signal
import subprocess
from pathlib import Path

import pytest
from tests.persistance.outils_embarque import abattre, attendre, dossier_de_la_prise, ecouter, quitter, sert, sql, tuer

TEMOIN = "SELECT valeur FROM temoin"


@pytest.mark.parametrize("option", [(), ("--veille",)], ids=["signal du noyau", "veilleur"])
def test_la_mort_du_proprietaire_est_celle_du_serveur(lieu, option):
    proprietaire, dit = lieu.entrer(*option)
    assert sql(dit["libpq"], "UPDATE temoin SET valeur = 44", TEMOIN) == 44
    tuer(proprietaire)
    attendre(lambda: not lieu.du_serveur(), "arrêt du serveur")
    _, dit = lieu.entrer(*option)
    assert sql(dit["libpq"], TEMOIN) == 44


def test_la_fermeture_du_terminal_arrete_le_serveur(lieu):
    maitre, esclave = pty.openpty()
    proprietaire = lieu.lancer(stdin=esclave, preexec_fn=lambda: os.login_tty(os.dup(0)), stderr=subprocess.DEVNULL)
    os.close(esclave)
    attendre(lambda: lieu.du_serveur() and lieu.prises(), "démarrage")
    os.close(maitre)
    proprietaire.wait()
    attendre(lambda: not lieu.du_serveur(), "arrêt du serveur")


@pytest.mark.parametrize("option", [(), ("--veille",)], ids=["signal du noyau", "veilleur"])
def test_un_serveur_tue_est_relance_avec_ses_donnees(lieu, option):
    proprietaire, dit = lieu.entrer(*option)
    for valeur in (45, 46):
        sql(dit["libpq"], f"UPDATE temoin SET valeur = {valeur}", "SELECT 1")
        ancien = lieu.postmaster()
        abattre(ancien)
        assert attendre(lambda: sert(dit["libpq"], TEMOIN), "relance") == valeur
        assert lieu.postmaster().pid != ancien.pid
    assert quitter(proprietaire) == 0
    assert lieu.du_serveur() == []


def test_l_arret_demande_apres_la_mort_du_serveur(lieu):
    proprietaire, dit = lieu.entrer()
    assert sert(dit["libpq"]) == 1
    orphelin = next(un for un in lieu.du_serveur() if un.pid != lieu.postmaster().pid)
    orphelin.send_signal(signal.SIGSTOP)  # holds the lock, and so the restart back
    lieu.postmaster().send_signal(signal.SIGKILL)
    attendre(lambda: len(lieu.du_serveur()) == 1, "mort du serveur")
    assert quitter(proprietaire) == 0
    assert [un.pid for un in lieu.du_serveur()] == [orphelin.pid]


def test_le_suivant_attend_la_fin_du_serveur_precedent(lieu):
    proprietaire, dit = lieu.entrer()
    sql(dit["libpq"], "UPDATE temoin SET valeur = 47", "SELECT 1")
    lent = lieu.postmaster()
    lent.suspend()
    tuer(proprietaire)
    _, refus = lieu.entrer("--delai", "0.2")
    assert refus["erreur"] == "DelaiDepasse"
    assert "ne s'est pas encore arrêté après 0 s" in refus["message"]
    suivant = lieu.lancer()
    lent.resume()
    assert sql(ecouter(suivant)["libpq"], TEMOIN) == 47


def test_un_numero_de_processus_perime_n_empeche_rien(lieu):
    proprietaire, dit = lieu.entrer()
    verrou = dossier_de_la_prise(dit["libpq"]) / ".s.PGSQL.5432.lock"
    compte = lieu.postmaster().uids().real
    numeros = Path(lieu.postmaster().cwd(), "postmaster.pid")
    reste = numeros.read_text().split("\n", 1)[1]
    assert quitter(proprietaire) == 0
    etranger = lieu.lancer_etranger(["sleep", "600"], compte)
    for contenu in (f"{etranger.pid}\n{reste}", ""):
        for fichier in (numeros, verrou):
            fichier.write_text(contenu)
            os.chown(fichier, compte, -1)
        proprietaire, dit = lieu.entrer()
        assert dit.get("proprietaire"), dit
        assert sql(dit["libpq"], TEMOIN) == 42
        assert quitter(proprietaire) == 0


@pytest.mark.parametrize(("ailleurs", "raison"), [(False, "répond déjà"), (True, "shared memory")])
def test_un_serveur_lance_a_la_main_est_respecte(lieu, ailleurs, raison):
    proprietaire, dit = lieu.entrer()
    postmaster = lieu.postmaster()
    commande, dossier, compte = postmaster.cmdline(), postmaster.cwd(), postmaster.uids().real
    assert quitter(proprietaire) == 0
    libpq = dit["libpq"]
    if ailleurs:
        prise = dossier_de_la_prise(libpq)
        commande += ["-c", f"unix_socket_directories={prise.parent}/postgres"]
        libpq = libpq.replace("socket&", "postgres&")
    lieu.lancer_etranger(commande, compte)
    attendre(lambda: sert(libpq), "démarrage à la main")
    _, refus = lieu.entrer()
    assert refus["erreur"] == "DemarrageImpossible"
    assert raison in refus["message"]
    assert sert(libpq, TEMOIN) == 42
    assert lieu.postmaster().cwd() == dossier


def test_mort_pendant_la_creation_de_la_base(lieu_vide):
    proprietaire = lieu_vide.lancer()
    attendre(lambda: list(lieu_vide.etat.glob("postgres/brouillon-*/base")), "initdb")
    tuer(proprietaire)
    assert not (lieu_vide.etat / "postgres/donnees").exists()
    _, dit = lieu_vide.entrer()
    assert sql(dit["libpq"], "SELECT current_user") == "aurore"
    assert not list(lieu_vide.etat.glob("postgres/brouillon-*"))
