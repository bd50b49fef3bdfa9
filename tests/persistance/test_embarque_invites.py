"""API-40: a command beside a running API uses its server; locks of the kernel decide, never a pid file."""

import os

from tests.persistance.outils_embarque import attendre, ecouter, quitter, sert, sql, tuer

from aurore_api.socle.embarque.verrous import Verrou

DEPUIS = "SELECT pg_postmaster_start_time()::text"


def test_un_second_processus_utilise_le_serveur_en_marche(lieu):
    proprietaire, dit = lieu.entrer()
    depuis = sql(dit["libpq"], DEPUIS)
    invite, autre = lieu.entrer()
    assert (dit["proprietaire"], autre["proprietaire"]) == (True, False)
    assert autre["libpq"] == dit["libpq"]
    assert quitter(invite) == 0
    assert sql(dit["libpq"], DEPUIS) == depuis
    invite, _ = lieu.entrer()
    tuer(invite)
    assert sql(dit["libpq"], DEPUIS) == depuis
    assert quitter(proprietaire) == 0


def test_plusieurs_premiers_demarrages_a_la_fois_font_un_seul_serveur(lieu_vide):
    tous = [lieu_vide.lancer() for _ in range(3)]
    dits = [ecouter(un) for un in tous]
    assert sorted(dit["proprietaire"] for dit in dits) == [False, False, True]
    assert len({sql(dit["libpq"], DEPUIS) for dit in dits}) == 1


def test_apres_le_proprietaire_le_suivant_le_devient(lieu):
    proprietaire, _ = lieu.entrer()
    invite, _ = lieu.entrer()
    tuer(proprietaire)
    _, dit = lieu.entrer()
    assert dit["proprietaire"]
    assert sert(dit["libpq"]) == 1
    assert quitter(invite) == 0
    assert sert(dit["libpq"]) == 1


def test_un_invite_dit_que_le_serveur_ne_repond_pas(lieu):
    _, dit = lieu.entrer()
    attendre(lambda: sert(dit["libpq"]), "démarrage")
    orphelin = next(un for un in lieu.du_serveur() if un.pid != lieu.postmaster().pid)
    orphelin.suspend()
    lieu.postmaster().kill()
    attendre(lambda: len(lieu.du_serveur()) == 1, "mort du serveur")
    _, refus = lieu.entrer("--delai", "0.2")
    assert refus["erreur"] == "DelaiDepasse"
    assert "Un autre processus tient la base" in refus["message"]
    orphelin.resume()


def test_un_enfant_ne_garde_pas_le_verrou_de_son_parent(tmp_path):
    verrou = Verrou.essayer(tmp_path / "verrou")
    assert verrou is not None
    assert Verrou.essayer(tmp_path / "verrou") is None
    (pret, dire_pret), (fin, dire_fin) = os.pipe(), os.pipe()
    enfant = os.fork()
    if enfant == 0:
        os.close(dire_fin)
        os.write(dire_pret, b"1")
        os.read(fin, 1)
        os._exit(0)
    os.read(pret, 1)
    verrou.rendre()
    suivant = Verrou.essayer(tmp_path / "verrou")
    os.close(dire_fin)
    assert os.waitpid(enfant, 0)[1] == 0
    for descripteur in (pret, dire_pret, fin):
        os.close(descripteur)
    assert suivant is not None
    suivant.rendre()
