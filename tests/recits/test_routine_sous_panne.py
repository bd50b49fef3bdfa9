"""MAG-23 through `kill -9`: the routine goes on where it was, nothing is made twice, the verifier finds nothing."""

import subprocess
from collections import Counter

import asyncpg
import pytest
from tests.api.catalogue import creer
from tests.api.documents import document
from tests.api.production import MARDI, fournil
from tests.api.travaux import accepte, lire
from tests.ouvrier import ouvrier_en_processus
from tests.recits.serveur_aurore import AURORE, attendre

CLIENTS = [f"H{rang:02}" for rang in range(8)]


@pytest.fixture
def travail(reelle):
    """The routine of a day on which eight clients are delivered, asked for."""
    fournil(reelle)
    for client in CLIENTS:
        creer(reelle, "/v1/clients", {"numero": client, "nom": f"Hôtel {client}"})
        for _ in range(2):
            ligne = {"article": "BAG", "quantite": "10"}
            document(reelle, "commande", ligne, client=client, date_livraison_prevue=MARDI)
    return accepte(reelle.post("/v1/magasins/NAM/routine", json={"date": MARDI}))


@pytest.fixture
def arreter(adresse_reelle, reelle):
    """Stops whoever writes into a table in the middle of it, kills the worker there, and lets go."""

    async def tenir(table):
        connexion = await asyncpg.connect(adresse_reelle.replace("+asyncpg", "").replace("//aurore@", "//postgres@"))
        transaction = connexion.transaction()
        await transaction.start()
        await connexion.execute(f"LOCK TABLE societe_principale.{table} IN SHARE MODE")
        return connexion

    async def arretes(connexion):
        return await connexion.fetchval("SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'relation'")

    def faire(table, processus):
        connexion = reelle.attendre(tenir, table)
        attendre(lambda: reelle.attendre(arretes, connexion), f"une écriture dans {table}")
        processus.kill()
        processus.wait()
        reelle.attendre(connexion.close)

    return faire


def test_mag_23_tuee_dans_chacune_de_ses_ecritures_elle_finit_une_fois(reelle, adresse_reelle, travail, arreter):
    """Killed in the middle of a bordereau, of its number, of its outcome, and of the production list."""
    for table in ("lignes", "compteurs", "notes_envoi", "etapes_travaux", "documents"):
        with ouvrier_en_processus(adresse_reelle) as mourant:
            arreter(table, mourant)
    with ouvrier_en_processus(adresse_reelle) as mourant:
        arreter("impressions_production", mourant)
    assert lire(reelle, travail)["etat"] == "en_cours"
    with ouvrier_en_processus(adresse_reelle):
        attendre(lambda: lire(reelle, travail)["etat"] != "en_cours", "une routine finie")
    fait = lire(reelle, travail)
    assert (fait["etat"], fait["progression"]) == ("termine", {"total": 3 + len(CLIENTS), "faites": 11, "echecs": 0})
    bordereaux = reelle.get("/v1/documents?type=bordereau").json()["data"]
    assert Counter(un["client"] for un in bordereaux) == Counter(CLIENTS)
    assert sorted(un["numero"] for un in bordereaux) == list(range(1, len(CLIENTS) + 1))
    (impression,) = reelle.get("/v1/production/impressions").json()["data"]
    assert impression["version"] == 1
    (notes,) = (une["details"]["notes"] for une in fait["resultat"]["etapes"] if une["etape"] == "notes_envoi")
    assert sorted(une["client"] for une in notes) == CLIENTS  # none was made without being told
    for etape in fait["resultat"]["etapes"]:
        if etape["pdf"] is not None:
            assert reelle.get(etape["pdf"]).status_code == 200, etape
    exiger_sans_faute(adresse_reelle)


def exiger_sans_faute(adresse):
    """OPS-06: the command finds nothing."""
    fait = subprocess.run(
        [AURORE, "verifier"],
        env={"AURORE_DATABASE_URL": adresse.replace("+asyncpg", "").replace("@/", "@localhost/")},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (fait.returncode, fait.stderr) == (0, ""), fait.stdout
