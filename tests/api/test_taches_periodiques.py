"""What workers do by themselves: tasks once per société and period, and jobs that the queue lost (API-08)."""

import asyncio
import logging

import time_machine
from sqlalchemy import text
from tests.api.documents import boulangerie, sql
from tests.api.magasin import FIN, commande, du_document, magasin, une
from tests.api.reponses import donnees
from tests.api.travaux import SCHEMA, Essai, demander, travailler

from aurore_api.genres import TACHES
from aurore_api.socle.travaux.genres import Periodique
from aurore_api.socle.travaux.periodiques import passer


def test_api_08_ce_que_la_file_a_perdu_y_revient_une_fois(api):
    essai = Essai()
    perdu, fini = demander(api, essai, "a"), demander(api, essai, "b")
    travailler(api, fini, essai.genres)
    sql(api, "DELETE FROM aurore.pgqueuer")
    for _ in range(2):
        api.attendre(passer, api.app.state.base, ())
    assert [bytes(un).decode() for (un,) in sql(api, "SELECT payload FROM aurore.pgqueuer")] == [
        f'{{"schema": "{SCHEMA}", "travail": "{perdu["id"]}"}}'
    ]


def test_une_tache_se_fait_une_fois_par_periode_et_se_retente_si_elle_echoue(api, caplog):
    faites, pannes = [], [ZeroDivisionError()]

    async def faire(ctx):
        faites.append(ctx.aujourd_hui.isoformat())
        if pannes:
            raise pannes.pop()

    tache = Periodique("essai", faire)
    for instant in ("2030-01-01T10:00Z", "2030-01-01T10:01Z", "2030-01-01T22:30Z", "2030-01-01T23:30Z"):
        with time_machine.travel(instant, tick=False), caplog.at_level(logging.CRITICAL):
            api.attendre(passer, api.app.state.base, [tache])
    assert faites == ["2030-01-01", "2030-01-01", "2030-01-02"]


def test_une_tache_se_fait_une_fois_chez_deux_ouvriers_a_la_fois(reelle):
    faites = []

    async def faire(ctx):
        faites.append(ctx.cle.id)
        await ctx.session.execute(text("SELECT pg_sleep(0.2)"))

    async def ensemble():
        await asyncio.gather(*(passer(reelle.app.state.base, [Periodique("essai", faire)]) for _ in range(3)))

    reelle.attendre(ensemble)
    assert faites == [0]


def test_mag_26_ce_qui_est_passe_se_clot_sans_que_personne_le_demande(api):
    """An order of a private client, an hour after its day."""
    boulangerie(api)
    magasin(api)
    with time_machine.travel(f"{FIN}T10:00:00+02:00", tick=False):
        privee = une(api, commande())
        api.attendre(passer, api.app.state.base, TACHES)
        assert du_document(api, privee)["cloture_le"] is None
    with time_machine.travel(f"{FIN}T22:01:00Z", tick=False):
        api.attendre(passer, api.app.state.base, TACHES)
    assert du_document(api, privee)["cloture_le"] is not None
    clos = donnees(api.get("/v1/evenements?ressource=document"))[-1]
    assert (clos["cle"], clos["requete"]) == (0, "tache.cloturer_les_commandes")
