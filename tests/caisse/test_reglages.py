"""MAG-30, SEC-06: settings from a file and the environment, each refusal in words, and the key in none of them."""

import re

import pytest
from tests.caisse.caisse import commande
from tests.caisse.serveur import CLE

from aurore_magasin.reglages import ReglagesRefuses, lire

SECRETE = "aurore_secrete_0123"


@pytest.fixture(autouse=True)
def dossier(tmp_path, monkeypatch):
    """A current directory of the test's own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def toml(dossier, contenu: str, droits: int = 0o600) -> None:
    """The file of settings."""
    chemin = dossier / "aurore-magasin.toml"
    chemin.write_text(contenu, "utf-8")
    chemin.chmod(droits)


def test_mag_30_a_file_is_enough(dossier):
    (dossier / "cle.txt").write_text(f"{SECRETE}\n", "utf-8")
    acces = 'url = "https://aurore.exemple.be/v1/"\nmagasin = "NAM"\ncle_fichier = "cle.txt"\n'
    toml(dossier, acces + 'boite = "b.sqlite"\ndelai = 5\n')
    reglages, remarques = lire({})
    assert reglages.acces() == ("https://aurore.exemple.be", SECRETE)
    assert (reglages.magasin, reglages.boite.resolve(), reglages.delai) == ("NAM", dossier / "b.sqlite", 5.0)
    assert remarques == []
    assert SECRETE not in repr(reglages)


def test_mag_30_the_environment_wins_and_empty_says_nothing(dossier):
    toml(dossier, f'url = "http://ici"\nmagasin = "NAM"\ncle = "{SECRETE}"\n')
    environnement = {"AURORE_MAGASIN_MAGASIN": "LIE", "AURORE_MAGASIN_CLE": "autre", "AURORE_MAGASIN_URL": " "}
    reglages, _ = lire(environnement)
    assert (reglages.magasin, reglages.acces()) == ("LIE", ("http://ici", "autre"))
    assert reglages.boite.name == "LIE.sqlite"
    (dossier / "cle.txt").write_text("de-fichier", "utf-8")
    assert lire({"AURORE_MAGASIN_CLE_FICHIER": "cle.txt"})[0].cle == "de-fichier"


def test_sec_06_a_key_that_others_can_read_is_told(dossier):
    toml(dossier, f'magasin = "NAM"\ncle = "{SECRETE}"\n', 0o644)
    assert "chmod 600" in lire({})[1][0]


@pytest.mark.parametrize(
    ("contenu", "dit"),
    [
        ("", "Le code du magasin manque"),
        ('magasin = "NA/M"', "Le code du magasin : 20 lettres"),
        ("magasin = 3", "Le code du magasin : 20 lettres"),
        ('magasin = "NAM"\ncle = "a b"', "La clé n'en est pas une"),
        ('magasin = "NAM"\ncle = 3', "La clé n'en est pas une"),
        ('magasin = "NAM"\ncle_fichier = "rien"', "Le fichier de la clé, .*rien, ne peut être lu"),
        ('magasin = "NAM"\nurl = "aurore.exemple.be"', "L'adresse du serveur"),
        ('magasin = "NAM"\nurl = "http://a:b@c"', "L'adresse du serveur"),
        ('magasin = "NAM"\nurl = "ftp://exemple"', "L'adresse du serveur"),
        ('magasin = "NAM"\ndelai = "vite"', "delai est un nombre de secondes"),
        ('magasin = "NAM"\npatience = -1', "patience est un nombre de secondes"),
        ('magasin = "NAM"\nmot_de_passe = "x"', "réglage inconnu mot_de_passe"),
        (f"cle = {SECRETE}", "n'est pas du TOML"),
    ],
)
def test_mag_30_what_is_wrong_is_said(dossier, contenu, dit):
    toml(dossier, contenu)
    with pytest.raises(ReglagesRefuses) as refus:
        lire({})
    assert re.search(dit, str(refus.value))
    assert SECRETE not in str(refus.value)


def test_mag_30_a_file_that_is_named_must_be_there(dossier):
    with pytest.raises(ReglagesRefuses, match="n'existe pas"):
        lire({"AURORE_MAGASIN_REGLAGES": "rien.toml"})
    with pytest.raises(ReglagesRefuses, match="ne peut être lu"):
        lire({"AURORE_MAGASIN_REGLAGES": str(dossier)})


@pytest.mark.parametrize("manque", ["url", "cle"])
def test_mag_30_taking_files_needs_no_server_and_pushing_says_what_is_missing(caisse, manque):
    caisse.reglages[manque] = ""
    caisse.ajouter("commandes", commande("T1"))
    assert f"AURORE_MAGASIN_{manque.upper()} ou « {manque} »" in caisse.faire("pousser", statut=1)


def test_mag_30_help_and_format_are_for_people(caisse):
    aide = caisse.faire("--help")
    assert "rien n'est envoyé deux fois" in aide
    for commande_ in ("ajouter", "pousser", "etat", "renvoyer", "classer", "format"):
        assert commande_ in aide
        assert "Usage" in caisse.faire(commande_, "--help")
    colonnes = caisse.faire("format", "commandes")
    for nom in ("reference", "date_livraison", "client_nom", "prix_tvac"):
        assert nom in colonnes


def test_sec_06_the_key_is_in_no_table_of_processes(caisse):
    """No option takes it: what is on a command line, every account of the machine can read."""
    for commande_ in ("--help", "pousser --help", "ajouter --help"):
        assert "--cle" not in caisse.faire(*commande_.split())
    assert CLE not in " ".join(caisse.environnement["AURORE_MAGASIN_BOITE"])


@pytest.mark.parametrize(
    "arguments",
    [
        ["renvoyer"],
        ["renvoyer", "T1", "--tous"],
        ["renvoyer", "--tous", "--version", "3"],
        ["pousser", "--date-fin", "hier"],
        ["ajouter", "tartes", "x"],
    ],
)
def test_mag_30_a_command_that_is_written_wrong_is_status_2(caisse, arguments):
    caisse.faire(*arguments, statut=2)
