"""The command line: sociétés, keys, migrations, starting and ending (SEC-01, SEC-03, SEC-06, API-40)."""

import json
import re
import signal
import socket
from pathlib import Path

import pytest
from tests.recits.boulangerie import accepte, etablir
from tests.recits.serveur_aurore import CLE, Aurore, installation

MOTIF_CLE = re.compile(r"aurore_[0-9a-f]{8}_[0-9A-Za-z_-]{43}")
RACINE = Path(__file__).parents[2]


@pytest.fixture
def vide():
    """An installation that was never used, without a key chosen for it."""
    with installation(AURORE_CONNEXIONS="4") as aurore:
        yield aurore


@pytest.fixture
def eteinte(aurore):
    """An installed one that does not run."""
    aurore.finir()
    aurore.attendre_la_fin()
    return aurore


def refuse(aurore: Aurore, *commande: str, **reglages: str) -> str:
    """What a command that must fail says: one line, and nothing on the standard output."""
    fait = aurore.commande(*commande, **reglages)
    assert (fait.returncode, fait.stdout) == (1, ""), fait
    (ligne,) = fait.stderr.splitlines()
    return ligne


def portees(aurore: Aurore, cle: str) -> int:
    with aurore.client(cle) as client:
        return client.get("/v1/cles").status_code


def test_sec_06_the_first_start_shows_a_random_key_once(vide):
    vide.demarrer()
    (cle,) = MOTIF_CLE.findall(vide.sorties)
    assert portees(vide, cle) == 200
    vide.finir()
    vide.demarrer()
    assert MOTIF_CLE.findall(vide.sorties) == [cle]
    vide.finir()
    vide.reglages["AURORE_CLE_INITIALE"] = "trop-tard-pour-cette-cle"
    vide.demarrer()
    assert portees(vide, cle) == 200
    assert portees(vide, "trop-tard-pour-cette-cle") == 401


def test_sec_06_secrets_never_reach_the_output(aurore):
    with aurore.client() as client:
        etablir(client)
        secret = accepte(client.post("/v1/cles", json={"libelle": "caisse", "portees": ["lecture"]}))["secret"]
        assert client.get("/v1/cles", headers={"authorization": "Bearer faux-secret-du-client"}).status_code == 401
        assert client.get("/v1/articles?cle=secret-en-parametre").status_code == 422
        assert secret not in client.get("/v1/cles").text
        assert secret not in client.get("/v1/evenements?limite=200").text
    with socket.create_connection(("127.0.0.1", aurore.port)) as prise:
        prise.sendall(f"GET /illisible {CLE}\r\n\r\n".encode())
        assert b"400" in prise.recv(100)
    aurore.finir()
    for interdit in (CLE, secret, "faux-secret-du-client", "secret-en-parametre"):
        assert interdit not in aurore.sorties


def test_sec_01_keys_are_made_for_a_societe_and_its_scopes(eteinte):
    faite = eteinte.commande("cle", "creer", "--portee", "lecture", "--libelle", "Comptoir", "--expire", "2999-01-01")
    assert (faite.returncode, faite.stderr) == (0, "")
    cle = faite.stdout.strip()
    assert MOTIF_CLE.fullmatch(cle)
    perimee = eteinte.commande("cle", "creer", "--portee", "admin", "--expire", "2020-01-01").stdout.strip()
    inconnue = refuse(eteinte, "cle", "creer", "--portee", "lecture", "--portee", "boulanger")
    assert inconnue.startswith("Portées inconnues : boulanger. Il y a : lecture, saisie,")
    assert refuse(eteinte, "cle", "creer", "--portee", "lecture", "--societe", "absente") == (
        "La société absente n'existe pas."
    )
    eteinte.demarrer()
    with eteinte.client(cle) as client:
        assert client.get("/v1/articles").status_code == 200
        assert client.post("/v1/articles", json={}).status_code == 403
    assert portees(eteinte, perimee) == 401


def test_sec_03_two_societes_share_nothing(aurore):
    """The second one is made beside the running API, which its key can use at once."""
    assert aurore.commande("societe", "creer", "namur", "--nom", "Boulangerie de Namur").returncode == 0
    cle = aurore.commande("cle", "creer", "--societe", "namur", "--portee", "admin").stdout.strip()
    with aurore.client() as ici, aurore.client(cle) as ailleurs:
        jour = etablir(ici).isoformat()
        corps = {"type": "commande", "client": "C0012", "date": jour, "lignes": [{"article": "BAG", "quantite": "1"}]}
        document = accepte(ici.post("/v1/documents", json=corps, headers={"idempotency-key": "partagee"}))
        accepte(ici.post("/v1/tarifs", json={"code": "HOR", "libelle": "Horeca"}))
        adresse = accepte(ici.post("/v1/clients/C0012/adresses", json={"libelle": "Bar"}))["id"]
        tarif = ici.get("/v1/articles/BAG/tarifs").json()["data"][0]["id"]
        cle_ici = ici.get("/v1/cles").json()["data"][0]["id"]
        chemins = [f"/v1/documents/{document['id']}{suite}" for suite in ("", "/pdf", "/chaine")]
        chemins += ["/v1/articles/BAG", "/v1/articles/BAG/unites", "/v1/articles/BAG/unites/CT6", "/v1/tarifs/HOR"]
        chemins += [f"/v1/articles/BAG/tarifs/{tarif}", "/v1/clients/C0012", f"/v1/clients/C0012/adresses/{adresse}"]
        chemins += [f"/v1/cles/{cle_ici}"]
        assert {(chemin, ici.get(chemin).status_code) for chemin in chemins} == {(chemin, 200) for chemin in chemins}
        assert {(chemin, ailleurs.get(chemin).status_code) for chemin in chemins} == {(un, 404) for un in chemins}
        touche = {"headers": {"if-match": "*"}}
        assert ailleurs.patch(chemins[0], json={"vos_references": "x"}, **touche).status_code == 404
        assert ailleurs.delete(chemins[0], **touche).status_code == 404
        assert ailleurs.post(f"{chemins[0]}/impression", json={}).status_code == 404
        assert ailleurs.delete(f"/v1/cles/{cle_ici}", **touche).status_code == 404
        transfert = {"cible": {"type": "facture"}, "sources": [{"document": document["id"]}]}
        assert ailleurs.post("/v1/transferts", json=transfert).status_code in {404, 422}
        for liste in (
            "/v1/articles",
            "/v1/clients",
            "/v1/documents?bloques=true",
            f"/v1/documents?origine={document['id']}",
        ):
            assert ailleurs.get(liste).json()["data"] == []
        assert [une["libelle"] for une in ailleurs.get("/v1/cles").json()["data"]] == ["Clé"]
        assert "BAG" not in ailleurs.get("/v1/evenements?limite=200").text
        assert ailleurs.get("/v1/parametres").json()["nom"] == "Boulangerie de Namur"
        etablir(ailleurs)
        sien = accepte(ailleurs.post("/v1/documents", json=corps, headers={"idempotency-key": "partagee"}))
        assert sien["id"] != document["id"]
        assert ici.get(chemins[0]).json() == document
    assert refuse(aurore, "societe", "creer", "namur", "--nom", "Autre") == "La société namur existe déjà."
    assert refuse(aurore, "societe", "creer", "../x", "--nom", "Autre").startswith("Le code d'une société : ")


def test_ops_03_a_given_database_is_migrated_by_its_operator(vide, postgres, base_neuve):
    vide.reglages |= {"AURORE_DATABASE_URL": postgres.dsn_libpq(base_neuve()), "AURORE_CLE_INITIALE": CLE}
    assert "aurore migrer" in refuse(vide, "serve")
    assert "aurore migrer" in refuse(vide, "societe", "creer", "namur", "--nom", "Namur")
    assert vide.commande("migrer").stdout == "aurore : à jour\n"
    vide.demarrer()
    with vide.client() as client:
        etablir(client)
    assert vide.commande("migrer").stdout == "aurore : à jour\nsociete_principale : à jour\n"
    assert not (vide.dossier / "etat").exists()
    vide.finir()
    vide.demarrer()
    with vide.client() as client:
        assert client.get("/v1/articles/BAG").status_code == 200


def test_api_11_contrat_needs_no_database_and_says_what_is_committed(vide):
    fait = vide.commande("contrat", AURORE_DATABASE_URL="postgresql://nulle.part.invalid/x")
    assert (fait.returncode, fait.stderr) == (0, "")
    assert fait.stdout == (RACINE / "openapi" / "aurore.json").read_text()
    assert json.loads(fait.stdout)["openapi"] == "3.1.0"
    assert not (vide.dossier / "etat").exists()


@pytest.mark.parametrize(
    ("reglages", "dit"),
    [
        ({"AURORE_PORT": "boulanger"}, "Réglage refusé : AURORE_PORT."),
        ({"AURORE_PORT": "70000", "AURORE_CONNEXIONS": "0"}, "Réglage refusé : AURORE_PORT, AURORE_CONNEXIONS."),
        ({"AURORE_DATABASE_URL": "mysql://u:secretissime@h/x"}, "Réglage refusé : AURORE_DATABASE_URL."),
        ({"AURORE_DATABASE_URL": "postgresql://u:secretissime@127.0.0.1:1/x"}, "ne répond pas"),
        ({"AURORE_HOTE": "192.0.2.1"}, "Impossible d'écouter sur 192.0.2.1:"),
        ({"AURORE_ETAT": "/dev/null/etat"}, "/dev/null"),
    ],
    ids=["port", "deux", "schéma", "base absente", "hôte", "état"],
)
def test_a_wrong_setting_is_told_in_one_line_without_its_value(vide, reglages, dit):
    ligne = refuse(vide, "serve", **reglages)
    assert dit in ligne
    assert "secretissime" not in ligne


def test_a_port_in_use_is_told_before_anything_is_begun(vide):
    with socket.create_server(("127.0.0.1", vide.port)):
        assert refuse(vide, "serve") == (
            f"Impossible d'écouter sur 127.0.0.1:{vide.port} : un autre programme y écoute déjà."
        )
    assert not (vide.dossier / "etat").exists()


@pytest.mark.parametrize("fin", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_api_40_no_process_is_left_behind(aurore, fin):
    """Whatever ends it; the next start then works, and nothing holds the port."""
    with aurore.client() as client:
        etablir(client)
    assert aurore.du_serveur()
    code = aurore.finir(fin)
    assert code in {0, -fin, 128 + fin}
    aurore.attendre_la_fin()
    assert "Traceback" not in aurore.sorties
    aurore.demarrer()
    with aurore.client() as client:
        assert client.get("/v1/articles/BAG").status_code == 200


def test_api_40_a_start_that_is_interrupted_leaves_nothing(vide):
    vide.lancer()
    vide.attendre_postgres()
    assert vide.finir(signal.SIGINT) in {0, -signal.SIGINT, 128 + signal.SIGINT, 1}
    vide.attendre_la_fin()
    assert list((vide.dossier / "etat").iterdir())
    vide.demarrer()
    assert len(MOTIF_CLE.findall(vide.sorties)) == 1
