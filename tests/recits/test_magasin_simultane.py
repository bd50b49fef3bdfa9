"""Tills that push at the same time: MAG-12, MAG-13, MAG-26. Real transactions, on a database per test."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from tests.api.documents import part, tente
from tests.api.magasin import commande, commandes_du_magasin, envoyer, ligne, magasin
from tests.recits.boulangerie import etablir

from aurore_api.verification.execution import verifier

COMMANDES, COPIES = 300, 8


@pytest.fixture
def jour(reelle):
    """The catalogue, and a shop; gives the day of its orders."""
    etablir(reelle)
    magasin(reelle)
    return datetime.now(UTC).date()


def ensemble(appels):
    """Make all the calls at once; gives the answers in the order of the calls."""
    with ThreadPoolExecutor(len(appels)) as fils:
        return [un.result() for un in [fils.submit(appel) for appel in appels]]


def ordre(jour, reference, quantite="3", version=1, **champs):
    """An order of one of 40 clients."""
    client = {"numero": f"M{hash(reference) % 40}", "nom": "Dupont"}
    demain = {"date": str(jour), "date_livraison": str(jour + timedelta(days=1)), "client": client}
    return commande(reference, ligne(quantite=quantite), version=version, **demain | champs)


def pousser(api, jour, *commandes):
    """Push orders, which must be answered; the outcomes."""
    reponse = envoyer(api, *commandes, date_fin=str(jour))
    assert reponse.status_code == 207, reponse.text
    return reponse.json()["resultats"]


def toutes(api):
    """Every commande of the shop, page by page."""
    adresse = "/v1/documents?magasin=NAM&type=commande&bloques=true&limite=200&inclure=lignes"
    page = api.get(adresse).json()
    lues = page["data"]
    while page["curseur_suivant"]:
        page = api.get(f"{adresse}&curseur={page['curseur_suivant']}").json()
        lues += page["data"]
    return lues


def exiger_sain(api):
    """`aurore verifier` finds nothing."""
    (bilan,) = api.attendre(verifier, api.app.state.base)
    assert [(un.controle.nom, un.releve.ecarts[:3]) for un in bilan.constats if un.releve.nombre] == []


def test_mag_12_the_same_300_orders_pushed_8_times_in_parallel_shuffled_and_cut(reelle, jour):
    """They are 300 commandes, and of each the newest version is what stays."""
    versions = [ordre(jour, f"T{rang}", "3") for rang in range(COMMANDES)]
    versions += [ordre(jour, f"T{rang}", "5", version=2) for rang in range(0, COMMANDES, 3)]
    versions += [ordre(jour, f"T{rang}", version=3, annulee=True) for rang in range(0, COMMANDES, 30)]

    def une_caisse(graine):
        melange = versions[:]
        random.Random(graine).shuffle(melange)
        coupes = sorted(random.Random(graine).sample(range(1, len(melange)), 4))
        morceaux = [melange[a:b] for a, b in zip([0, *coupes], [*coupes, len(melange)], strict=True)]
        return [un for morceau in morceaux for un in pousser(reelle, jour, *morceau)]

    reponses = ensemble([lambda graine=graine: une_caisse(graine) for graine in range(COPIES)])
    statuts = [un["statut"] for siens in reponses for un in siens]
    assert set(statuts) <= {"cree", "mis_a_jour", "inchange", "annule"}
    assert statuts.count("cree") <= COMMANDES
    vivantes = {un["reference_magasin"]: un for un in toutes(reelle) if un["etat"] == "en_attente"}
    assert len(vivantes) == COMMANDES - len(range(0, COMMANDES, 30))
    assert len([un for un in toutes(reelle) if un["etat"] == "en_attente"]) == len(vivantes)
    for rang in range(COMMANDES):
        attendue = None if rang % 30 == 0 else "5" if rang % 3 == 0 else "3"
        trouvee = vivantes.get(f"T{rang}")
        assert (trouvee and trouvee["lignes"][0]["quantite"]) == attendue, rang
    assert {un["statut"] for un in pousser(reelle, jour, *versions)} == {"inchange"}
    exiger_sain(reelle)


def test_mag_13_a_change_against_a_transfer_is_taken_or_a_conflict_never_both(reelle, jour):
    crees = pousser(reelle, jour, *(ordre(jour, f"T{rang}") for rang in range(12)))
    changes = [ordre(jour, f"T{rang}", "9", version=2) for rang in range(12)]
    cible = {"type": "bordereau", "date": str(jour)}
    transferts = [lambda un=un: tente(reelle, cible, part({"id": un["document"]})) for un in crees]
    poussee = [lambda: pousser(reelle, jour, *changes)]
    resultats, *reponses = ensemble(poussee + transferts)
    assert {une.status_code for une in reponses} == {201}
    livrees = {un["reference_magasin"]: un["lignes"][0] for un in toutes(reelle)}
    for un in resultats:
        quantite = {"mis_a_jour": "9", "conflit": "3"}[un["statut"]]
        assert livrees[un["reference"]]["quantite_transferee"] == quantite, un
    conflits = reelle.get("/v1/magasins/NAM/conflits?limite=200").json()["data"]
    assert len(conflits) == [un["statut"] for un in resultats].count("conflit")
    exiger_sain(reelle)


def test_mag_26_closing_against_a_late_push(reelle, jour):
    """Whoever comes first, an order of yesterday ends closed with its newest lines, and holds nothing."""
    hier = {"date": str(jour - timedelta(days=1)), "date_livraison": str(jour - timedelta(days=1))}
    pousser(reelle, jour, *(ordre(jour, f"T{rang}", **hier) for rang in range(20)))
    for version in (2, 3):
        changes = [ordre(jour, f"T{rang}", str(version + 5), version=version, **hier) for rang in range(20)]
        ensemble([lambda lot=changes[rang::4]: pousser(reelle, jour, *lot) for rang in range(4)])
    finales = toutes(reelle)
    assert {un["lignes"][0]["quantite"] for un in finales} == {"8"}
    assert None not in {un["cloture_le"] for un in finales}
    assert reelle.get("/v1/articles/BAG/stock").json()["commande_client"] == "0"
    exiger_sain(reelle)


def test_mag_16_shops_that_push_the_same_client_numbers_at_once(reelle, jour):
    """Numbers here are cut: two shops come to the same one, and are told apart."""
    for code in ("UN-TRES-LONG-CODE", "UN-TRES-LONG-CODA"):
        magasin(reelle, code)
    lots = [
        lambda code=code: envoyer(
            reelle, *(ordre(jour, f"T{rang}") for rang in range(40)), code=code, date_fin=str(jour)
        )
        for code in ("UN-TRES-LONG-CODE", "UN-TRES-LONG-CODA", "NAM") * 2
    ]
    for reponse in ensemble(lots):
        assert {un["statut"] for un in reponse.json()["resultats"]} <= {"cree", "inchange"}, reponse.text
    assert len(commandes_du_magasin(reelle)) == 40
    exiger_sain(reelle)


def test_api_05_the_same_push_twice_at_once_under_one_key(reelle, jour):
    lot = [ordre(jour, f"T{rang}") for rang in range(60)]
    cle = {"idempotency-key": "une-poussee"}
    reponses = ensemble([lambda: envoyer(reelle, *lot, date_fin=str(jour), en_tetes=cle)] * 4)
    assert {une.status_code for une in reponses} <= {207, 409}
    encore = envoyer(reelle, *lot, date_fin=str(jour), en_tetes=cle)
    assert encore.json()["resume"] == {"cree": 60}
    assert len(commandes_du_magasin(reelle)) == 60
