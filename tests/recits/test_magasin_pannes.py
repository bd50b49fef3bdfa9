"""`kill -9` of the API in the middle of pushes: what is sent again converges (MAG-12, API-05, OPS-06)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from http import HTTPStatus

import httpx
from tests.recits.boulangerie import etablir
from tests.recits.serveur_aurore import attendre

CAISSES, LOTS, PAR_LOT = 3, 3, 40
MEURTRES = 3


def ordres(lot, version=1):
    """One batch, of which a later version has other quantities."""
    jour = datetime.now(UTC).date()
    return [
        {
            "reference": f"T{lot}-{rang}",
            "version": version,
            "date": str(jour),
            "date_livraison": str(jour + timedelta(days=1)),
            "client": {"numero": f"M{rang % 7}", "nom": "Dupont"},
            "paye": "1.00",
            "lignes": [{"article": "BAG", "quantite": str(version + rang), "prix_tvac": "0.90"}],
        }
        for rang in range(PAR_LOT)
    ]


def assez(faits, combien):
    """Whether more than so many batches were answered."""
    return len(faits) > combien


def test_mag_12_pushes_through_kills_of_the_api_converge(aurore):
    """Under an Idempotency-Key or without."""
    with aurore.client() as client:
        etablir(client)
        assert client.post("/v1/magasins", json={"code": "NAM", "nom": "Namur"}).status_code == HTTPStatus.CREATED
    faits: list[int] = []

    def pousser(lot, version):
        """Send a batch until it is answered, whatever happens meanwhile."""
        corps = {"date_fin": str(datetime.now(UTC).date()), "commandes": ordres(lot, version)}
        en_tetes = {"idempotency-key": f"{lot}-{version}"} if lot % 2 else {}
        while True:
            aurore.debout.wait(60)
            try:
                with aurore.client() as client:
                    reponse = client.post("/v1/magasins/NAM/commandes", json=corps, headers=en_tetes)
            except httpx.HTTPError:
                continue
            if reponse.status_code == HTTPStatus.MULTI_STATUS:
                faits.append(lot)
                return reponse.json()["resume"]
            assert reponse.status_code in {HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.CONFLICT}, reponse.text

    def une_caisse(rang):
        return [pousser(rang * LOTS + lot, version) for lot in range(LOTS) for version in (1, 2)]

    with ThreadPoolExecutor(CAISSES) as fils:
        caisses = [fils.submit(une_caisse, rang) for rang in range(CAISSES)]
        for meurtre in range(MEURTRES):
            attendre(partial(assez, faits, meurtre * 3), "des poussées")
            aurore.tuer()
            aurore.demarrer()
        resumes = [un for caisse in caisses for un in caisse.result()]
    assert all(sum(un.values()) == PAR_LOT for un in resumes)
    assert {statut for un in resumes for statut in un} <= {"cree", "mis_a_jour", "inchange"}
    with aurore.client() as client:
        for lot in range(CAISSES * LOTS):
            corps = {"date_fin": str(datetime.now(UTC).date()), "commandes": ordres(lot, 2)}
            assert client.post("/v1/magasins/NAM/commandes", json=corps).json()["resume"] == {"inchange": PAR_LOT}
        stock = client.get("/v1/articles/BAG/stock").json()["commande_client"]
    assert int(stock) == CAISSES * LOTS * sum(2 + rang for rang in range(PAR_LOT))
    fait = aurore.commande("verifier")
    assert fait.returncode == 0, fait.stdout
