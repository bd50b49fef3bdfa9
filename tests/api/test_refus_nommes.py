"""The refusals that users of documents and of the stock meet: each its own code, the field named, nothing stored.

DOC-04, DOC-11, DOC-16, CAL-03, TRF-01 to TRF-04, TRF-09, TRF-10, MVT-06, API-01.
"""

from collections.abc import Callable
from typing import Any

import pytest
from tests.api.catalogue import creer
from tests.api.documents import (
    JOUR,
    baguettes,
    boulangerie,
    contenu,
    corps,
    demande,
    document,
    imprimer,
    part,
    sql,
    transfere,
)
from tests.api.reponses import erreurs
from tests.client import ClientDeTest

Demande = tuple[str, str, dict[str, Any]]
"""Method, path and body of what must be refused."""
NOTE = {"designation": "Livrer avant 6 h"}
SAUMON = {"article": "TRU", "quantite_unite_commande": "5", "unite_commande": "PC"}


@pytest.fixture
def api(api):
    boulangerie(api)
    creer(api, "/v1/stock/corrections", {"motif": "Ouverture", "lignes": [{"article": "BAG", "quantite": "50"}]})
    return api


def un_document(*lignes: dict[str, Any], **en_tete: Any) -> Demande:
    return "POST", "/v1/documents", corps("commande", *lignes, **en_tete)


def un_transfert(cible: Any, *sources: Any, **autres: Any) -> Demande:
    return "POST", "/v1/transferts", demande(cible, *sources, **autres)


def ordre_pris(_: ClientDeTest) -> Demande:
    return un_document(baguettes(ordre=5), baguettes(ordre=5))


def ordre_pris_a_l_ajout(api: ClientDeTest) -> Demande:
    return "POST", f"/v1/documents/{document(api, 'commande', baguettes())['id']}/lignes", baguettes(ordre=100)


def unite_d_un_autre(_: ClientDeTest) -> Demande:
    return un_document({"article": "BAG", "quantite_unite_commande": "1", "unite_commande": "PC"})


def hors_tolerance(_: ClientDeTest) -> Demande:
    return un_document(SAUMON | {"quantite": "110.251"})


def plus_que_le_reste(api: ClientDeTest) -> Demande:
    return un_transfert("bordereau", part(document(api, "commande", baguettes("10")), {"ordre": 100, "quantite": "11"}))


def d_un_autre_client(api: ClientDeTest) -> Demande:
    autre = document(api, "commande", baguettes(), client="HOTEL")
    return un_transfert(document(api, "bordereau", baguettes()), autre)


def un_commentaire_seul(api: ClientDeTest) -> Demande:
    return un_transfert("bordereau", part(document(api, "commande", baguettes(), NOTE), {"ordre": 200}))


def vers_une_cible_bloquee(api: ClientDeTest) -> Demande:
    cible = document(api, "bordereau", baguettes())
    transfere(api, "facture", cible)
    return un_transfert(cible, document(api, "commande", baguettes()))


def credit_au_dela(api: ClientDeTest) -> Demande:
    facture = imprimer(api, document(api, "facture", baguettes("10")))
    transfere(api, "note_credit", part(facture, {"ordre": 100, "quantite": "7"}))
    return un_transfert("note_credit", part(facture, {"ordre": 100, "quantite": "4"}))


def hors_exercice(_: ClientDeTest) -> Demande:
    return un_document(baguettes(), date="1999-06-16")


def acompte_au_dela(_: ClientDeTest) -> Demande:
    return un_document(baguettes("10"), acomptes=[{"montant": "9.02", "date": JOUR}])


def compte_deux_fois(_: ClientDeTest) -> Demande:
    lignes = [{"article": un, "quantite": "3"} for un in ("BAG", "VIN", "BAG")]
    return "POST", "/v1/stock/inventaires", {"depot": "PRINCIPAL", "date": JOUR, "lignes": lignes}


def depot_inconnu(_: ClientDeTest) -> Demande:
    return un_document(baguettes(), depot="LUNE")


def depot_inconnu_en_stock(_: ClientDeTest) -> Demande:
    return "POST", "/v1/stock/inventaires", {"depot": "LUNE", "lignes": [{"article": "BAG", "quantite": "3"}]}


REFUS: dict[Callable[[ClientDeTest], Demande], tuple[int, str, str]] = {
    ordre_pris: (422, "#/lignes/1/ordre", "ordre_pris"),
    ordre_pris_a_l_ajout: (422, "#/ordre", "ordre_pris"),
    unite_d_un_autre: (422, "#/lignes/0/unite_commande", "unite_commande_inconnue"),
    hors_tolerance: (422, "#/lignes/0/quantite", "quantites_incoherentes"),
    plus_que_le_reste: (422, "#/sources/0/lignes/0/quantite", "quantite_depassee"),
    d_un_autre_client: (422, "#/sources/0/document", "clients_differents"),
    un_commentaire_seul: (422, "#/sources/0", "rien_a_transferer"),
    vers_une_cible_bloquee: (409, "#/cible/document", "etat_interdit"),
    credit_au_dela: (422, "#/sources/0/lignes/0/quantite", "quantite_creditee_depassee"),
    hors_exercice: (409, "#/date", "exercice_absent"),
    acompte_au_dela: (422, "#/acomptes", "acompte_trop_grand"),
    compte_deux_fois: (422, "#/lignes/2/article", "article_en_double"),
    depot_inconnu: (422, "#/depot", "reference_inconnue"),
    depot_inconnu_en_stock: (422, "#/depot", "reference_inconnue"),
}


def tout(api: ClientDeTest) -> list[tuple[Any, ...]]:
    """Documents, lines, events, numbers, and the ledger with its sums."""
    comptes = [
        (nom, *sql(api, f"SELECT count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {nom} t"))
        for nom in ("mouvements", "stocks", "valorisations")
    ]
    return contenu(api) + comptes


@pytest.mark.parametrize("faire", REFUS, ids=lambda un: un.__name__)
@pytest.mark.parametrize("essai", [False, True], ids=["vraiment", "essai"])
def test_api_01_le_champ_est_nomme_et_rien_n_est_garde(api, faire, essai):
    methode, chemin, envoi = faire(api)
    avant = tout(api)
    statut, pointeur, code = REFUS[faire]
    reponse = api.request(methode, chemin + ("?simulation=true" if essai else ""), json=envoi)
    assert erreurs(reponse) == (statut, [(pointeur, code)])
    assert tout(api) == avant


def test_api_01_chaque_faute_a_son_code(api):
    """Who reads the code alone knows what is wrong; only a dépôt and an `ordre` can be wrong in two places."""
    codes = [code for _, _, code in REFUS.values()]
    doubles = sorted(un for un in set(codes) if codes.count(un) > 1)
    assert doubles == ["ordre_pris", "reference_inconnue"]
    titres = {api.request(*faire(api)[:2], json=faire(api)[2]).json()["title"] for faire in REFUS}
    assert len(titres) == len(set(codes))
