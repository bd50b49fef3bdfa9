"""Two users at once: TRF-03, API-06, DOC-03, DOC-04, DOC-09, DOC-18. Real transactions, on a database per test."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from tests.api.travaux import effacer
from tests.recits.boulangerie import accepte, etablir

ENSEMBLE = 8


@pytest.fixture
def jour(reelle):
    """The catalogue and the client are there; gives the last day of the exercice."""
    return etablir(reelle)


def ensemble(appels):
    """Make all the calls at once; gives the answers in the order of the calls."""
    with ThreadPoolExecutor(len(appels)) as fils:
        return [un.result() for un in [fils.submit(appel) for appel in appels]]


def creer(api, jour, *, genre="commande", quantite="10"):
    lignes = [{"article": "BAG", "quantite": quantite}, {"designation": "Sans gluten"}]
    return accepte(
        api.post("/v1/documents", json={"type": genre, "client": "C0012", "date": str(jour), "lignes": lignes})
    )


def prendre(api, commande, jour, quantite):
    source = {"document": commande["id"], "lignes": [{"ordre": 100, "quantite": quantite}]}
    return lambda: api.post(
        "/v1/transferts", json={"cible": {"type": "bordereau", "date": str(jour)}, "sources": [source]}
    )


@contextmanager
def tenir(api, identifiant):
    """Let another transaction hold a document meanwhile."""
    moteur = api.app.state.base.engine
    requete = text("SELECT 1 FROM societe_principale.documents WHERE id = CAST(:id AS uuid) FOR UPDATE")

    async def prendre_le_verrou():
        connexion = await moteur.connect()
        await connexion.execute(requete, {"id": identifiant})
        return connexion

    connexion = api.attendre(prendre_le_verrou)
    try:
        yield
    finally:
        api.attendre(connexion.close)


def statuts(reponses):
    return Counter(une.status_code for une in reponses)


def test_trf_03_simultaneous_transfers_never_move_more_than_there_is(reelle, jour):
    commande = creer(reelle, jour, quantite="10")
    reponses = ensemble([prendre(reelle, commande, jour, "3")] * ENSEMBLE)
    assert statuts(reponses) == {201: 3, 422: ENSEMBLE - 3}
    refus = next(une for une in reponses if une.status_code == 422)
    assert [une["pointeur"] for une in refus.json()["erreurs"]] == ["#/sources/0/lignes/0/quantite"]
    ligne = reelle.get(f"/v1/documents/{commande['id']}").json()["lignes"][0]
    assert (ligne["quantite_transferee"], ligne["quantite_restante"]) == ("9", "1")
    bordereaux = reelle.get("/v1/documents?type=bordereau&inclure=lignes").json()["data"]
    assert [un["lignes"][0]["quantite"] for un in bordereaux] == ["3", "3", "3"]


def test_trf_06_of_two_whole_transfers_one_finds_nothing_left(reelle, jour):
    commande = creer(reelle, jour)
    corps = {"cible": {"type": "facture", "date": str(jour)}, "sources": [{"document": commande["id"]}]}
    reponses = ensemble([lambda: reelle.post("/v1/transferts", json=corps)] * 2)
    assert statuts(reponses) == {201: 1, 409: 1}
    assert reelle.get(f"/v1/documents/{commande['id']}").json()["etat"] == "transfere"
    assert len(reelle.get("/v1/documents?type=facture").json()["data"]) == 1


def test_trf_01_transfers_of_the_same_sources_in_opposite_order_both_end(reelle, jour):
    un, deux = creer(reelle, jour), creer(reelle, jour)

    def joindre(*sources):
        choisies = [{"document": une["id"], "lignes": [{"ordre": 100, "quantite": "1"}]} for une in sources]
        corps = {"cible": {"type": "facture", "date": str(jour)}, "sources": choisies}
        return lambda: reelle.post("/v1/transferts", json=corps)

    reponses = ensemble([joindre(un, deux), joindre(deux, un)] * 4)
    assert statuts(reponses) == {201: 8}
    for document in (un, deux):
        assert reelle.get(f"/v1/documents/{document['id']}").json()["lignes"][0]["quantite_restante"] == "2"


@pytest.mark.parametrize(
    "changement",
    [
        lambda api, chemin, si, rang: api.patch(chemin, json={"vos_references": f"BC {rang}"}, headers=si),
        lambda api, chemin, si, rang: api.patch(f"{chemin}/lignes/100", json={"quantite": str(20 + rang)}, headers=si),
        lambda api, chemin, si, rang: (
            api.patch(chemin, json={"vos_references": "BC"}, headers=si) if rang else api.delete(chemin, headers=si)
        ),
    ],
    ids=["en-tête", "ligne", "suppression"],
)
def test_doc_18_of_two_changes_of_one_version_one_is_refused(reelle, jour, changement):
    document = creer(reelle, jour)
    chemin, si = f"/v1/documents/{document['id']}", {"if-match": f'"{document["version"]}"'}
    reponses = ensemble([lambda rang=rang: changement(reelle, chemin, si, rang) for rang in range(2)])
    gagnante, perdante = sorted(reponses, key=lambda une: une.status_code)
    assert gagnante.is_success
    assert perdante.status_code == (404 if gagnante.status_code == 204 else 412)
    lu = reelle.get(chemin)
    assert lu.status_code == 404 if gagnante.status_code == 204 else lu.json() == gagnante.json()


def test_api_06_of_many_changes_of_one_article_one_is_kept(reelle, jour):
    assert jour
    reponses = ensemble(
        [
            lambda prix=prix: reelle.patch(
                "/v1/articles/BAG", json={"prix_vente": f"{prix}.0000"}, headers={"if-match": '"1"'}
            )
            for prix in range(2, 2 + ENSEMBLE)
        ]
    )
    assert statuts(reponses) == {200: 1, 412: ENSEMBLE - 1}
    (gagnante,) = [une.json() for une in reponses if une.is_success]
    assert reelle.get("/v1/articles/BAG").json() == gagnante
    assert gagnante["version"] == 2


def test_doc_09_printing_against_deletion_leaves_no_gap(reelle, jour):
    factures = [creer(reelle, jour, genre="facture") for _ in range(ENSEMBLE)]
    appels = [
        appel
        for une in factures
        for appel in (
            lambda une=une: reelle.post(f"/v1/documents/{une['id']}/impression", json={}),
            lambda une=une: reelle.delete(f"/v1/documents/{une['id']}", headers={"if-match": "*"}),
        )
    ]
    reponses = ensemble(appels)
    for impression, suppression in zip(reponses[::2], reponses[1::2], strict=True):
        assert (impression.status_code, suppression.status_code) in {(200, 409), (404, 204)}
    imprimees = sorted(une.json()["numero"] for une in reponses[::2] if une.is_success)
    assert imprimees == list(range(1, len(imprimees) + 1))
    restantes = reelle.get("/v1/documents?type=facture").json()["data"]
    assert sorted(une["numero"] for une in restantes) == imprimees


def test_art_01_the_same_article_is_created_once(reelle, jour):
    assert jour
    corps = {"numero": "PAIN", "designation": "Pain", "unite": "PCE", "prix_vente": "2", "code_tva_vente": "6"}
    reponses = ensemble([lambda: reelle.post("/v1/articles", json=corps)] * ENSEMBLE)
    assert statuts(reponses) == {201: 1, 409: ENSEMBLE - 1}
    assert {une.json()["code"] for une in reponses if une.status_code == 409} == {"deja_pris"}


def test_api_05_the_same_request_sent_many_times_at_once_is_done_once(reelle, jour):
    corps = {"type": "facture", "client": "C0012", "date": str(jour), "lignes": []}
    cle = {"idempotency-key": "une-seule-fois"}
    reponses = ensemble([lambda: reelle.post("/v1/documents", json=corps, headers=cle)] * ENSEMBLE)
    assert statuts(reponses).keys() <= {201, 409}
    assert len({une.json()["id"] for une in reponses if une.is_success}) == 1
    assert {une.json()["code"] for une in reponses if une.status_code == 409} <= {"requete_en_cours"}
    assert len(reelle.get("/v1/documents?type=facture").json()["data"]) == 1


def test_doc_04_the_first_printings_of_the_next_exercice_open_it_once(reelle, jour):
    demain = date(jour.year + 1, 1, 1)
    assert demain == jour + timedelta(days=1)
    factures = [creer(reelle, demain, genre="facture") for _ in range(ENSEMBLE)]
    reponses = ensemble(
        [lambda une=une: reelle.post(f"/v1/documents/{une['id']}/impression", json={}) for une in factures]
    )
    assert statuts(reponses) == {200: ENSEMBLE}
    assert {une.json()["exercice"] for une in reponses} == {str(demain.year)}
    assert sorted(une.json()["numero"] for une in reponses) == list(range(1, ENSEMBLE + 1))
    exercices = accepte(reelle.get("/v1/exercices"), 200)["data"]
    assert [(un["code"], un["debut"]) for un in exercices] == [
        (str(jour.year), f"{jour.year}-01-01"),
        (str(demain.year), f"{demain.year}-01-01"),
    ]


def test_doc_03_fifty_concurrent_printings_have_no_gap(reelle, jour):
    """A third of them is refused for its date, in the same moments: they take no number (DOC-06)."""
    factures = [creer(reelle, jour, genre="facture") for _ in range(50)]
    avant = [creer(reelle, jour - timedelta(days=1), genre="facture") for _ in range(25)]
    accepte(reelle.post(f"/v1/documents/{factures[0]['id']}/impression", json={}), 200)
    reponses = ensemble(
        [
            lambda une=une: reelle.post(f"/v1/documents/{une['id']}/impression", json={})
            for une in [*factures[1:], *avant]
        ]
    )
    assert statuts(reponses[:49]) == {200: 49}
    assert statuts(reponses[49:]) == {409: 25}
    assert sorted(une.json()["numero"] for une in reponses[:49]) == list(range(2, 51))


def test_trf_08_giving_up_and_delivering_at_once_never_exceed_what_was_ordered(reelle, jour):
    commande = creer(reelle, jour, quantite="10")
    source = {"document": commande["id"], "lignes": [{"ordre": 100, "quantite": "3"}]}

    def abandonner():
        return reelle.post("/v1/back-orders/abandons", json={"motif": "Plus demandé", "sources": [source]})

    reponses = ensemble([abandonner, prendre(reelle, commande, jour, "3")] * (ENSEMBLE // 2))
    assert statuts(reponses) == {201: 3, 422: ENSEMBLE - 3}
    ligne = reelle.get(f"/v1/documents/{commande['id']}").json()["lignes"][0]
    parts = [int(ligne[f"quantite_{nom}"]) for nom in ("transferee", "abandonnee", "restante")]
    assert (sum(parts), parts[2]) == (10, 1)
    assert parts[1] == 3 * len(reelle.get("/v1/back-orders/abandons").json()["data"])


def test_trf_08_a_giving_up_is_taken_back_once(reelle, jour):
    commande = creer(reelle, jour)
    corps = {"motif": "Plus demandé", "sources": [{"document": commande["id"]}]}
    abandon = accepte(reelle.post("/v1/back-orders/abandons", json=corps))
    reponses = ensemble([lambda: reelle.post(f"/v1/back-orders/abandons/{abandon['id']}/reprise")] * ENSEMBLE)
    assert statuts(reponses) == {200: 1, 409: ENSEMBLE - 1}
    ligne = reelle.get(f"/v1/documents/{commande['id']}").json()["lignes"][0]
    assert (ligne["quantite_abandonnee"], ligne["quantite_restante"]) == ("0", "10")


def test_eff_02_what_another_transaction_holds_is_refused_not_waited_for(reelle, jour):
    """A transfer that is still running holds its commande: the batch takes the others and says so."""
    tenue, autre = creer(reelle, jour), creer(reelle, jour)
    corps = {"type": "commande", "date_limite": str(jour), "motif": "Essais", "non_numerotes": True}
    with tenir(reelle, tenue["id"]):
        bilan = effacer(reelle, corps)
    assert {un["code"]: un["nombre"] for un in bilan["comptes"]} == {"efface": 1, "document_verrouille": 1}
    assert [un["document"] for un in bilan["gardes"]] == [tenue["id"]]
    assert [un["document"] for un in bilan["effaces"]] == [autre["id"]]
    assert reelle.get(f"/v1/documents/{tenue['id']}").status_code == 200


def test_eff_01_erasing_and_delivering_at_once_leave_no_half(reelle, jour):
    """Either a commande is erased and nothing came of it, or it was delivered and stays."""
    commandes = [creer(reelle, jour, quantite="3") for _ in range(ENSEMBLE)]
    corps = {"type": "commande", "date_limite": str(jour), "motif": "Essais", "non_numerotes": True}
    appels = [prendre(reelle, une, jour, "3") for une in commandes]
    reponses = ensemble([*appels[:4], lambda: effacer(reelle, corps), *appels[4:]])
    for commande, reponse in zip(commandes, [*reponses[:4], *reponses[5:]], strict=True):
        vivante = reelle.get(f"/v1/documents/{commande['id']}").status_code == 200
        assert (reponse.status_code, vivante) in {(201, True), (404, False)}, reponse.text
