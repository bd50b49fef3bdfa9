"""API-05: a request repeated under its Idempotency-Key does nothing twice and answers the same."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta

import asyncpg
import pytest
import time_machine
from tests.api.reponses import donnees, erreurs, refus
from tests.conftest import CLE
from tests.processus import api_en_processus

from aurore_api.genres import TACHES
from aurore_api.socle.horloge import maintenant
from aurore_api.socle.travaux.periodiques import passer

UNITE = {"code": "BTE", "libelle": "Boîte"}
SOUS = {"idempotency-key": "2026-11-23/1"}


def creations(api):
    """How many units the journal says were made."""
    return len(donnees(api.get("/v1/evenements?ressource=unite")))


def test_api_05_a_repeated_request_is_answered_as_the_first(api):
    premiere = api.post("/v1/unites", json=UNITE, headers=SOUS)
    seconde = api.post("/v1/unites", json=UNITE, headers=SOUS)
    assert (premiere.status_code, premiere.headers.get("idempotent-replayed")) == (201, None)
    assert (seconde.status_code, seconde.headers["idempotent-replayed"]) == (201, "true")
    assert seconde.content == premiere.content
    for nom in ("content-type", "location", "etag"):
        assert seconde.headers[nom] == premiere.headers[nom]
    assert creations(api) == 1


def test_api_05_the_first_answer_holds_whatever_came_after(api):
    api.post("/v1/unites", json=UNITE, headers=SOUS)
    api.patch("/v1/unites/BTE", json={"libelle": "Boîte de 6"}, headers={"if-match": '"1"'})
    assert api.post("/v1/unites", json=UNITE, headers=SOUS).json()["libelle"] == "Boîte"


@pytest.mark.parametrize(
    ("adresse", "corps"),
    [("/v1/unites", UNITE | {"decimales": 2}), ("/v1/tarifs", UNITE)],
    ids=["another body", "another path"],
)
def test_api_05_another_request_may_not_use_the_key(api, adresse, corps):
    api.post("/v1/unites", json=UNITE, headers=SOUS)
    reponse = api.post(adresse, json=corps, headers=SOUS)
    assert erreurs(reponse) == (422, [("en-tete:Idempotency-Key", "cle_idempotence_reutilisee")])


@pytest.mark.parametrize("cle", ["", "a b", "a\tb", "é", "a" * 256, "\x7f"])
def test_api_05_a_malformed_key_is_refused(api, cle):
    reponse = api.post("/v1/unites", json=UNITE, headers={"idempotency-key": cle.encode("latin-1")})
    assert erreurs(reponse) == (422, [("en-tete:Idempotency-Key", "cle_idempotence_refusee")])
    assert creations(api) == 0


def test_api_05_a_refused_request_leaves_its_key_free(api):
    assert api.post("/v1/unites", json=UNITE | {"decimales": 9}, headers=SOUS).status_code == 422
    assert api.post("/v1/unites", json={"code": "PCE", "libelle": "X"}, headers=SOUS).status_code == 409
    assert api.post("/v1/unites", json=UNITE, headers=SOUS).status_code == 201


def test_api_05_every_api_key_has_its_own(api, cle_de):
    api.post("/v1/unites", json=UNITE, headers=SOUS)
    autre = cle_de("parametres")
    assert refus(api.post("/v1/unites", json=UNITE, headers=SOUS | autre)) == (409, "deja_pris")


def test_sec_06_a_secret_is_not_kept_with_the_answer(api):
    """The repetition of a request that made a key shows the key without its secret."""
    demande = {"json": {"libelle": "X", "portees": ["lecture"]}, "headers": SOUS}
    premiere, seconde = (api.post("/v1/cles", **demande) for _ in range(2))
    assert premiere.json()["secret"].startswith("aurore_")
    assert seconde.json() == premiere.json() | {"secret": None}
    assert len(donnees(api.get("/v1/cles"))) == 2


@asynccontextmanager
async def _verrou(adresse):
    """Keep anything from being written into the stored answers: requests stop just before their end."""
    connexion = await asyncpg.connect(adresse.replace("+asyncpg", ""))
    async with connexion.transaction():
        await connexion.execute("LOCK TABLE societe_principale.idempotences IN SHARE MODE")
        yield connexion
    await connexion.close()


async def _jusqu_a(connexion, requete):
    """Ask the database until its answer is true."""
    async with asyncio.timeout(20):
        while not await connexion.fetchval(requete):
            await connexion.execute("SELECT pg_sleep(0.01)")


EN_ATTENTE = (
    "SELECT count(*) = 1 FROM pg_locks WHERE relation = 'societe_principale.idempotences'::regclass AND NOT granted"
)
PLUS_PERSONNE = """SELECT count(*) = 0 FROM pg_stat_activity
                   WHERE application_name = 'aurore' AND datname = current_database()"""


@contextmanager
def arrete_avant_la_fin(adresse, demander):
    """Run a request up to the storing of its answer; gives its future and a free thread, and lets it end after."""
    with ThreadPoolExecutor(2) as fils, asyncio.Runner() as boucle:
        verrou = _verrou(adresse)
        connexion = boucle.run(verrou.__aenter__())
        try:
            resultat = fils.submit(demander)
            boucle.run(_jusqu_a(connexion, EN_ATTENTE))
            yield resultat, fils
        finally:
            boucle.run(verrou.__aexit__(None, None, None))


def test_api_05_a_second_copy_is_told_that_the_first_still_runs(reelle, adresse_reelle):
    def demander():
        return reelle.post("/v1/unites", json=UNITE, headers=SOUS)

    with arrete_avant_la_fin(adresse_reelle, demander) as (premiere, fils):
        assert refus(fils.submit(demander).result(timeout=20)) == (409, "requete_en_cours")
    assert premiere.result().status_code == 201
    assert demander().headers["idempotent-replayed"] == "true"
    assert creations(reelle) == 1


def test_api_05_of_many_copies_at_once_one_is_done(reelle):
    with ThreadPoolExecutor(16) as fils:
        reponses = list(fils.map(lambda _: reelle.post("/v1/unites", json=UNITE, headers=SOUS), range(16)))
    faites = [une for une in reponses if une.status_code == 201]
    assert {une.status_code for une in reponses} <= {201, 409}
    assert len([une for une in faites if "idempotent-replayed" not in une.headers]) == 1
    assert creations(reelle) == 1


def test_api_05_the_answer_survives_a_crash(adresse_reelle):
    with api_en_processus(adresse_reelle, CLE) as api:
        premiere = api.http.post("/v1/unites", json=UNITE, headers=SOUS)
        api.tuer()
    with api_en_processus(adresse_reelle, CLE) as api:
        seconde = api.http.post("/v1/unites", json=UNITE, headers=SOUS)
        assert (seconde.status_code, seconde.content) == (201, premiere.content)
        assert seconde.headers["idempotent-replayed"] == "true"
        assert creations(api.http) == 1


def test_api_05_a_crash_before_the_end_leaves_nothing_and_the_key_free(adresse_reelle):
    """Data, event and stored answer are one transaction: killed just before its end, none of them is there."""

    async def que_la_base_l_ait_su():
        connexion = await asyncpg.connect(adresse_reelle.replace("+asyncpg", ""))
        await _jusqu_a(connexion, PLUS_PERSONNE)
        await connexion.close()

    with api_en_processus(adresse_reelle, CLE) as api:
        with arrete_avant_la_fin(adresse_reelle, lambda: api.http.post("/v1/unites", json=UNITE, headers=SOUS)) as (
            mort,
            _,
        ):
            api.processus.kill()
            api.processus.wait()
        assert mort.exception() is not None
    asyncio.run(que_la_base_l_ait_su())
    with api_en_processus(adresse_reelle, CLE) as api:
        assert api.http.get("/v1/unites/BTE").status_code == 404
        assert creations(api.http) == 0
        reponse = api.http.post("/v1/unites", json=UNITE, headers=SOUS)
        assert (reponse.status_code, reponse.headers.get("idempotent-replayed")) == (201, None)


def test_api_05_answers_are_kept_ninety_days(api):
    """API-05: what is older than 90 days is forgotten, once a day; what is younger is not."""
    cle = {"Idempotency-Key": "longtemps"}
    corps = {"code": "LT", "libelle": "Longtemps"}
    assert api.post("/v1/tarifs", json=corps, headers=cle).status_code == 201
    debut, base = maintenant(), api.app.state.base
    with time_machine.travel(debut + timedelta(days=89), tick=False):
        api.attendre(passer, base, TACHES)
    assert api.post("/v1/tarifs", json=corps, headers=cle).status_code == 201
    with time_machine.travel(debut + timedelta(days=91), tick=False):
        api.attendre(passer, base, TACHES)
    assert api.post("/v1/tarifs", json=corps, headers=cle).status_code == 409
