"""The last goods, wanted by many at once: MVT-02, MVT-06, MVT-07, CAL-13. Real transactions, on a database per test."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import asyncpg
import pytest
from tests.api.stock import SOLDES
from tests.recits.boulangerie import accepte, etablir

ENSEMBLE = 8


@pytest.fixture
def jour(reelle):
    """The catalogue, the client and a second dépôt are there; gives the last day of the exercice."""
    accepte(reelle.post("/v1/depots", json={"code": "NORD", "libelle": "Dépôt nord"}))
    return etablir(reelle)


def ensemble(appels):
    with ThreadPoolExecutor(len(appels)) as fils:
        return [un.result() for un in [fils.submit(appel) for appel in appels]]


def statuts(reponses):
    return Counter(une.status_code for une in reponses)


def corriger(api, *lignes):
    toutes = [{"article": article, "quantite": quantite} for article, quantite in lignes]
    return api.post("/v1/stock/corrections", json={"motif": "Essai", "lignes": toutes})


def livrer(api, jour, *lignes):
    toutes = [{"article": article, "quantite": quantite} for article, quantite in lignes]
    corps = {"type": "bordereau", "client": "C0012", "date": str(jour), "lignes": toutes}
    return api.post("/v1/documents", json=corps)


def compter(api, quantite, **autres):
    lignes = [{"article": "BAG", "quantite": quantite}]
    return api.post("/v1/stock/inventaires", json={"lignes": lignes} | autres)


def physique(api, article="BAG"):
    return api.get(f"/v1/articles/{article}/stock").json()["physique"]


def exiger_soldes(api, adresse):
    """MVT-02: balances are the sums of the ledger, in each dépôt and over all."""

    async def lire():
        connexion = await asyncpg.connect(adresse.replace("+asyncpg", ""))
        try:
            await connexion.execute("SET search_path TO societe_principale")
            return await connexion.fetch(SOLDES), await connexion.fetch(
                "SELECT article FROM valorisations v WHERE physique IS DISTINCT FROM "
                "(SELECT sum(quantite) FROM mouvements m WHERE m.article = v.article AND compte = 'physique')"
            )
        finally:
            await connexion.close()

    assert api.attendre(lire) == ([], [])


def test_mvt_07_the_last_goods_leave_once(reelle, adresse_reelle, jour):
    accepte(corriger(reelle, ("BAG", "10")))
    accepte(reelle.patch("/v1/parametres", json={"stock_negatif_interdit": True}, headers={"if-match": "*"}), 200)
    reponses = ensemble([lambda: livrer(reelle, jour, ("BAG", "10"))] * ENSEMBLE)
    assert statuts(reponses) == {201: 1, 409: ENSEMBLE - 1}
    assert {une.json()["code"] for une in reponses if une.status_code == 409} == {"stock_negatif_interdit"}
    assert physique(reelle) == "0"
    exiger_soldes(reelle, adresse_reelle)


def test_mvt_06_counts_at_once_find_the_difference_once(reelle, adresse_reelle, jour):
    assert jour
    accepte(corriger(reelle, ("BAG", "10")))
    reponses = ensemble([lambda: compter(reelle, "7")] * ENSEMBLE)
    assert statuts(reponses) == {201: ENSEMBLE}
    assert sorted(une.json()["lignes"][0]["difference"] for une in reponses) == ["-3"] + ["0"] * (ENSEMBLE - 1)
    assert physique(reelle) == "7"
    exiger_soldes(reelle, adresse_reelle)


def test_mvt_06_what_leaves_during_a_count_is_not_lost(reelle, adresse_reelle, jour):
    """Whichever comes first: the count tells what it found, and what left before it is in that."""
    accepte(corriger(reelle, ("BAG", "100")))
    appels = [lambda: compter(reelle, "50", date=str(jour)), *[lambda: livrer(reelle, jour, ("BAG", "1"))] * 7]
    compte, *livraisons = ensemble(appels)
    assert statuts([compte, *livraisons]) == {201: 8}
    apres = 100 - int(compte.json()["lignes"][0]["avant"])
    assert int(physique(reelle)) == 50 - (7 - apres)
    exiger_soldes(reelle, adresse_reelle)


def test_mvt_02_balances_are_the_sums_after_many_writers(reelle, adresse_reelle, jour):
    """Corrections, counts, transfers and deliveries of the same articles, named in either order: all of them end."""
    lignes = [("BAG", "3"), ("EAU", "2"), ("TAR", "1")]

    def deplacer(*toutes):
        choisies = [{"article": article, "quantite": quantite} for article, quantite in toutes]
        return reelle.post("/v1/stock/transferts", json={"de": "PRINCIPAL", "vers": "NORD", "lignes": choisies})

    appels = [
        lambda: corriger(reelle, *lignes),
        lambda: corriger(reelle, *reversed(lignes)),
        lambda: deplacer(*lignes),
        lambda: deplacer(*reversed(lignes)),
        lambda: livrer(reelle, jour, *lignes),
        lambda: livrer(reelle, jour, *reversed(lignes)),
        lambda: compter(reelle, "5", depot="NORD"),
        lambda: compter(reelle, "9"),
    ]
    reponses = ensemble(appels * 3)
    assert statuts(reponses) == {201: len(reponses)}
    assert (physique(reelle, "EAU"), physique(reelle, "TAR")) == ("0", "0")
    exiger_soldes(reelle, adresse_reelle)


def test_cal_13_goods_come_in_while_they_are_sold(reelle, adresse_reelle, jour):
    """Receptions note what articles have cost while others sell them: none waits for one that waits for it."""
    accepte(reelle.post("/v1/fournisseurs", json={"numero": "MOULIN", "nom": "Moulin"}))

    def recevoir(prix):
        ligne = {"article": "BAG", "quantite": "10", "prix": prix}
        corps = {"type": "reception", "fournisseur": "MOULIN", "date": str(jour), "lignes": [ligne]}
        return reelle.post("/v1/documents", json=corps)

    prix = [f"0.{rang}" for rang in range(31, 31 + ENSEMBLE)]
    appels = [
        appel for un in prix for appel in (lambda un=un: recevoir(un), lambda: livrer(reelle, jour, ("BAG", "4")))
    ]
    reponses = ensemble(appels * 3)
    assert statuts(reponses) == {201: len(reponses)}
    assert physique(reelle) == str(6 * 3 * ENSEMBLE)
    dernier = reelle.get("/v1/articles/BAG").json()["dernier_prix_achat"]
    assert dernier in {f"{un}00" for un in prix}
    exiger_soldes(reelle, adresse_reelle)
