"""An order and its sale at the same moment, and the same sales many times at once: MAG-12, MAG-19, DOC-03."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Barrier
from typing import Any

import asyncpg
import pytest
from tests.api.magasin import commande, ligne, magasin, vente
from tests.recits.boulangerie import accepte, etablir

from aurore_api.magasin.service import traiter

TOURS = 40
FOIS = 8
CLIENT = {"numero": "M1", "nom": "Hôtel du Parc"}


@pytest.fixture
def jour(reelle):
    """The catalogue, a shop, and its client; gives the last day of the exercice."""
    fin = str(etablir(reelle))
    magasin(reelle)
    accepte(reelle.post("/v1/magasins/NAM/clients", json={"clients": [CLIENT]}), 207)
    return fin


@pytest.fixture(params=["verrou", "contrainte"])
def garde(request, monkeypatch):
    """What keeps them apart: that a shop's pushes wait for each other, or the database's constraint alone."""
    if request.param == "contrainte":

        async def personne(*_: Any) -> None:
            """Nobody waits."""

        monkeypatch.setattr(traiter, "seul", personne)
    return request.param


def pousser(api, jour: str, genre: str, *pieces: dict[str, Any]) -> list[dict[str, Any]]:
    reponse = api.post(f"/v1/magasins/NAM/{genre}", json={"date_fin": jour, genre: list(pieces)})
    resultats: list[dict[str, Any]] = accepte(reponse, 207)["resultats"]
    return resultats


def ensemble(appels):
    """All at once, as exactly as threads can."""
    barriere = Barrier(len(appels))

    def partir(appel):
        barriere.wait()
        return appel()

    with ThreadPoolExecutor(len(appels)) as fils:
        return [un.result() for un in [fils.submit(partir, appel) for appel in appels]]


def lire(api, adresse: str, requete: str) -> list[Any]:
    async def faire() -> list[Any]:
        connexion = await asyncpg.connect(adresse.replace("+asyncpg", ""))
        try:
            await connexion.execute("SET search_path TO societe_principale")
            return list(await connexion.fetch(requete))
        finally:
            await connexion.close()

    rangs: list[Any] = api.attendre(faire)
    return rangs


def test_mag_19_an_order_and_its_sale_at_the_same_moment_are_one(reelle, adresse_reelle, jour, garde):
    """By the sale's own reference or by that of its origin: one wins, the other hears why, each time."""
    assert garde
    gagnants: Counter[str] = Counter()
    for tour in range(TOURS):
        nom = f"X{tour}"
        ordre = commande(nom, date=jour, date_livraison=jour, client=CLIENT)
        autre = vente(f"V{tour}", date=jour, reference_commande=nom, client=CLIENT)
        sa_vente = vente(nom, date=jour, client=CLIENT) if tour % 2 else autre
        appels = [
            lambda ordre=ordre: pousser(reelle, jour, "commandes", ordre),
            lambda sa_vente=sa_vente: pousser(reelle, jour, "factures", sa_vente),
        ]
        (commandee,), (vendue,) = ensemble(appels if tour % 4 < 2 else appels[::-1])[:: 1 if tour % 4 < 2 else -1]
        issue = commandee["statut"], vendue["statut"]
        assert issue in {("cree", "refuse"), ("conflit", "cree")}, (nom, commandee, vendue)
        if vendue["statut"] == "refuse":
            assert [un["code"] for un in vendue["erreurs"]] == ["double_facturation"]
        gagnants[issue[0]] += 1
    documents = lire(reelle, adresse_reelle, "SELECT type, count(*) FROM documents GROUP BY type")
    assert sum(combien for _, combien in documents) == TOURS
    assert gagnants.total() == TOURS
    controle = reelle.get("/v1/magasins/NAM/rapprochement", params={"du": jour, "au": jour}).json()["controle"]
    assert (controle["conforme"], controle["commandes"] + controle["ventes"]) == (True, TOURS)


def test_mag_12_the_same_sales_eight_times_at_once_are_there_once(reelle, adresse_reelle, jour, garde):
    """Shuffled and cut; numbered without a gap."""
    assert garde
    ventes = [vente(f"V{rang}", ligne("BAG", str(rang + 1)), date=jour, client=CLIENT) for rang in range(60)]

    def envoyer(graine: int) -> list[dict[str, Any]]:
        alea = Random(graine)
        melangees = alea.sample(ventes, len(ventes))
        coupe = alea.randint(1, len(ventes) - 1)
        return pousser(reelle, jour, "factures", *melangees[:coupe]) + pousser(
            reelle, jour, "factures", *melangees[coupe:]
        )

    tous = ensemble([lambda graine=graine: envoyer(graine) for graine in range(FOIS)])
    statuts = Counter(un["statut"] for resultats in tous for un in resultats)
    assert statuts == {"cree": 60, "inchange": 60 * (FOIS - 1)}
    numeros = lire(reelle, adresse_reelle, "SELECT numero FROM documents WHERE type = 'bordereau' ORDER BY 1")
    assert [un["numero"] for un in numeros] == list(range(1, 61))
