"""API-08 with real workers: several at once, killed in the middle of an item, told to leave, beside the API, apart."""

import asyncio
import json
import signal
import subprocess
from collections import Counter
from contextlib import contextmanager

import asyncpg
import pytest
from tests.ouvrier import BARRIERE, ESSAI, ESSAIS, Voulu, ouvrier_en_processus
from tests.recits.serveur_aurore import AURORE, LIMITE, attendre

from aurore_api.socle.base import Base
from aurore_api.socle.cles import CleConnue
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.horloge import maintenant
from aurore_api.socle.travaux import creation

SCHEMA = "societe_principale"
DEMANDE = {"type": "commande", "date_limite": "2025-12-31", "motif": "Fin d'année"}


class Fond:
    """Runs statements in the database, beside the workers."""

    def __init__(self, adresse):
        self.adresse = adresse
        self.boucle = asyncio.Runner()
        self.connexion = self.executer_seul(
            asyncpg.connect(adresse.replace("+asyncpg", "").replace("//aurore@", "//postgres@"))
        )
        self.executer(ESSAIS)
        self.executer("GRANT ALL ON essais TO public")

    def executer_seul(self, coroutine):
        return self.boucle.run(coroutine)

    def executer(self, requete, *valeurs):
        return self.boucle.run(self.connexion.fetch(requete, *valeurs))

    def un(self, requete, *valeurs):
        return self.executer(requete, *valeurs)[0][0]

    def demander(self, combien):
        """Ask for a job of the tests' own kind."""

        async def faire():
            base = Base(self.adresse, connexions=2)
            async with base.connexion() as connexion, await base.session(connexion, SCHEMA) as session:
                cle = CleConnue(1, frozenset({"admin"}), "principale", SCHEMA, "Europe/Brussels")
                ctx = Contexte(session=session, cle=cle, requete_id="demande", langue="fr", maintenant=maintenant())
                travail = await creation.creer(ctx, ESSAI, Voulu(combien=combien), "admin")
                await session.commit()
            await base.fermer()
            return travail.id

        return self.executer_seul(faire())

    def etat(self, travail):
        return self.un(f"SELECT etat FROM {SCHEMA}.travaux WHERE id = $1", travail)

    def attendre_la_fin(self, travail, etat="termine"):
        attendre(lambda: self.etat(travail) not in ("en_attente", "en_cours"), "travail fini")
        assert self.etat(travail) == etat

    def faites(self, travail):
        """How often each item was done, and by how many workers."""
        rangs = self.executer("SELECT etape, ouvrier FROM essais WHERE travail = $1", str(travail))
        return Counter(un["etape"] for un in rangs), {un["ouvrier"] for un in rangs}

    @contextmanager
    def barriere(self):
        """Every item stops in its middle meanwhile."""
        self.executer("SELECT pg_advisory_lock($1)", BARRIERE)
        try:
            yield
        finally:
            self.executer("SELECT pg_advisory_unlock($1)", BARRIERE)

    def attendre_une_etape(self, combien=1):
        """See that many items stopped in their middle."""
        arretees = f"SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = {BARRIERE}"
        attendre(lambda: self.un(arretees) >= combien, "une étape en son milieu")


@pytest.fixture
def fond(adresse_reelle):
    un = Fond(adresse_reelle)
    yield un
    un.executer_seul(un.connexion.close())
    un.boucle.close()


def une_fois_chacune(combien):
    return Counter({str(rang): 1 for rang in range(combien)})


def test_api_08_tue_au_milieu_d_une_etape_un_autre_ouvrier_continue(fond, adresse_reelle):
    """What the dead one had written of the item is not there; what it had ended is, once."""
    with ouvrier_en_processus(adresse_reelle) as premier:
        with fond.barriere():
            travail = fond.demander(3)
            fond.attendre_une_etape()
            premier.kill()
            premier.wait()
            assert (fond.etat(travail), fond.faites(travail)) == ("en_cours", (Counter(), set()))
        with ouvrier_en_processus(adresse_reelle) as second:
            fond.attendre_la_fin(travail)
        assert fond.faites(travail) == (une_fois_chacune(3), {second.pid})


def test_api_08_deux_ouvriers_dont_l_un_meurt_sans_cesse(fond, adresse_reelle):
    """Jobs of several items through three deaths: each item once, and nothing of it left in the queue."""
    travaux = [fond.demander(8) for _ in range(3)]
    with ouvrier_en_processus(adresse_reelle):
        for _ in range(3):
            with ouvrier_en_processus(adresse_reelle) as mourant, fond.barriere():
                fond.attendre_une_etape()
                mourant.kill()
                mourant.wait()
            travaux.append(fond.demander(8))
        for un in travaux:
            fond.attendre_la_fin(un)
            assert fond.faites(un)[0] == une_fois_chacune(8)
        attendre(lambda: fond.un("SELECT count(*) FROM aurore.pgqueuer") == 0, "une file vide")


def test_api_08_des_ouvriers_se_partagent_les_travaux(fond, adresse_reelle):
    """Two at a time each: four are in their middle at once, in two processes; each item is done once."""
    with ouvrier_en_processus(adresse_reelle) as un, ouvrier_en_processus(adresse_reelle) as autre:
        with fond.barriere():
            travaux = [fond.demander(2) for _ in range(6)]
            fond.attendre_une_etape(4)
            assert {etat for (etat,) in fond.executer(f"SELECT etat FROM {SCHEMA}.travaux")} == {
                "en_cours",
                "en_attente",
            }
        for travail in travaux:
            fond.attendre_la_fin(travail)
        faites = [fond.faites(travail) for travail in travaux]
    assert [etapes for etapes, _ in faites] == [une_fois_chacune(2)] * 6
    assert set().union(*(qui for _, qui in faites)) == {un.pid, autre.pid}


def test_api_08_sigterm_finit_l_etape_et_laisse_le_reste_a_un_autre(fond, adresse_reelle):
    with ouvrier_en_processus(adresse_reelle) as premier:
        with fond.barriere():
            travail = fond.demander(3)
            fond.attendre_une_etape()
            premier.send_signal(signal.SIGTERM)
        assert premier.wait(LIMITE) == 0
        assert fond.faites(travail) == (Counter({"0": 1}), {premier.pid})
        with ouvrier_en_processus(adresse_reelle) as second:
            fond.attendre_la_fin(travail)
    assert fond.faites(travail) == (une_fois_chacune(3), {premier.pid, second.pid})


def test_api_08_annule_par_l_api_pendant_qu_un_ouvrier_travaille(fond, adresse_reelle, reelle):
    with ouvrier_en_processus(adresse_reelle):
        with fond.barriere():
            travail = fond.demander(3)
            fond.attendre_une_etape()
            reponse = reelle.post(f"/v1/travaux/{travail}/annulation")
            assert (reponse.status_code, reponse.json()["etat"]) == (200, "en_cours")
        fond.attendre_la_fin(travail, "annule")
    assert fond.faites(travail)[0] == Counter({"0": 1})


def test_api_08_un_ouvrier_attend_la_base_qui_part_et_revient(fond, adresse_reelle):
    """Its connections are cut from outside, in the middle of an item: it comes back, and does the item once."""
    with ouvrier_en_processus(adresse_reelle):
        with fond.barriere():
            travail = fond.demander(2)
            fond.attendre_une_etape()
            fond.executer(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE application_name = 'aurore' AND datname = current_database()"
            )
        fond.attendre_la_fin(travail)
    assert fond.faites(travail)[0] == une_fois_chacune(2)


def evenements(flux):
    """The jobs that a stream tells."""
    for ligne in flux.iter_lines():
        if ligne.startswith("data: "):
            yield json.loads(ligne.removeprefix("data: "))


def test_api_08_serve_fait_ses_travaux_et_les_raconte(aurore):
    """Without any other process; the server ends at once though somebody follows, and says nothing of it."""
    with aurore.client() as client:
        travail = client.post("/v1/effacements", json=DEMANDE).json()
        with client.stream("GET", f"/v1/travaux/{travail['id']}/flux") as flux:
            dits = list(evenements(flux))
        assert (dits[-1]["etat"], [un["version"] for un in dits]) == ("termine", sorted(un["version"] for un in dits))
    assert aurore.finir() == 0
    assert "Traceback" not in aurore.sorties
    assert aurore.sorties.count("\n") <= 2, aurore.sorties


def test_api_08_worker_fait_ce_que_serve_laisse(aurore):
    """The same embedded database, without an own worker in the API."""
    aurore.finir()
    aurore.attendre_la_fin()
    aurore.reglages["AURORE_OUVRIER_INTERNE"] = "false"
    aurore.demarrer()
    with aurore.client() as client:
        travail = client.post("/v1/effacements", json=DEMANDE).json()
        with client.stream("GET", f"/v1/travaux/{travail['id']}/flux") as flux:
            suite = evenements(flux)
            assert next(suite)["etat"] == "en_attente"
            worker = subprocess.Popen(
                [AURORE, "worker"],
                env=aurore.environnement,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
            assert list(suite)[-1]["etat"] == "termine"
        attente = client.post("/v1/effacements", json=DEMANDE | {"motif": "Encore"}).json()
        attendre(lambda: client.get(f"/v1/travaux/{attente['id']}").json()["etat"] == "termine", "un second travail")
        worker.send_signal(signal.SIGTERM)
        dit, _ = worker.communicate(timeout=LIMITE)
        assert (worker.returncode, dit) == (0, "")
        reste = client.post("/v1/effacements", json=DEMANDE).json()
        with client.stream("GET", f"/v1/travaux/{reste['id']}/flux") as flux:
            assert next(evenements(flux))["etat"] == "en_attente"
            assert aurore.finir() == 0
    assert "Traceback" not in aurore.sorties
