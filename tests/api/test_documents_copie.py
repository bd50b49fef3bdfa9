"""Duplicates of documents, blocked ones too (DOC-15, DOC-01)."""

import pytest
from tests.api.catalogue import champ_refuse, changer, effacer
from tests.api.documents import (
    JOUR,
    baguettes,
    boulangerie,
    contenu,
    document,
    etat,
    imprimer,
    lire,
    part,
    supprimer,
    transfere,
)
from tests.api.reponses import erreurs, refus

LIGNES = (
    baguettes("120", prix="0.77", remise="3.00", memo="bien cuite"),
    {"article": "TRU", "quantite": "110", "quantite_unite_commande": "5", "unite_commande": "PC", "ordre": 150},
    {"designation": "Transport", "quantite": "1", "prix": "15.0000", "code_tva": "21", "ordre": 1000},
    {"designation": "Livrer avant 6 h"},
)
PROPRES = {"id", "origine", "quantite_transferee", "quantite_restante", "quantite_retournee", "date_livraison"}
PROPRES |= {"quantite_unite_commande_restante"}


@pytest.fixture(autouse=True)
def _boulangerie(api):
    boulangerie(api)


def demander(api, document, /, **corps):
    simulation = "?simulation=true" if corps.pop("simulation", False) else ""
    return api.post(f"/v1/documents/{document['id']}/copie{simulation}", json={"date": JOUR} | corps)


def copier(api, document, /, **corps):
    reponse = demander(api, document, **corps)
    assert reponse.status_code == 201, reponse.text
    return reponse.json()


def lignes(document):
    return [{nom: valeur for nom, valeur in une.items() if nom not in PROPRES} for une in document["lignes"]]


def averti(document):
    return [un["code"] for un in document["avertissements"]]


def test_doc_15_a_copy_is_a_new_document_like_the_other(api):
    en_tete = {"vos_references": "BC 7", "contact": "Anna", "montant_livraison": "5.00", "colis": 3}
    acomptes = [{"montant": "10.00"}]
    commande = document(api, "commande", *LIGNES, date_livraison_prevue="2025-06-20", acomptes=acomptes, **en_tete)
    imprimer(api, commande)
    copie = copier(api, commande, date="2025-07-01")
    assert lignes(copie) == lignes(commande)
    assert [copie[nom] for nom in en_tete] == list(en_tete.values())
    assert (copie["type"], copie["numero"], copie["etat"], copie["version"]) == ("commande", None, "en_attente", 1)
    assert (copie["date"], copie["date_commande"], copie["date_livraison_prevue"]) == ("2025-07-01", "2025-07-01", None)
    assert (copie["acomptes"], copie["totaux"]["htva"]) == ([], commande["totaux"]["htva"])
    assert {une["origine"] for une in copie["lignes"]} == {None}
    assert lire(api, copie) == copie | {"stock": None}
    assert len(api.get(f"/v1/documents/{copie['id']}/chaine").json()["maillons"]) == len(LIGNES)


def test_doc_01_blocked_documents_are_copied_whole_and_stay_as_they_are(api):
    commande = document(api, "commande", *LIGNES)
    facture = transfere(api, "facture", commande)
    imprimer(api, facture)
    annule = imprimer(api, document(api, "bordereau", *LIGNES))
    supprimer(api, annule)
    for bloque, attendu in ((commande, "transfere"), (annule, "annule"), (facture, "en_attente")):
        avant = lire(api, bloque)
        assert (avant["etat"], "copier" in avant["actions"]) == (attendu, True)
        copie = copier(api, bloque)
        assert lignes(copie) == lignes(bloque)
        assert [une["quantite_restante"] for une in copie["lignes"]][:2] == ["120", "110"]
        assert lire(api, bloque) == avant
    assert etat(api, commande) == "transfere"


@pytest.mark.parametrize("vers", ["offre_type", "offre", "commande", "proforma", "bordereau", "facture"])
def test_doc_15_into_any_type_that_sells(api, vers):
    copie = copier(api, document(api, "offre", *LIGNES), type=vers)
    assert (copie["type"], len(copie["lignes"])) == (vers, len(LIGNES))
    assert copie["date_commande"] == (JOUR if vers == "commande" else None)


@pytest.mark.parametrize(
    ("de", "vers"),
    [("facture", "note_credit"), ("bordereau", "retour"), ("retour", "facture"), ("note_credit", "offre")],
)
def test_doc_15_nothing_is_credited_nor_sold_by_copying(api, de, vers):
    source = document(api, de, baguettes())
    avant = contenu(api)
    reponse = demander(api, source, type=vers)
    assert erreurs(reponse) == champ_refuse("#/type", "copie_impossible")
    assert contenu(api) == avant


def test_doc_15_for_another_client_it_has_that_clients_header_and_the_prices_that_were_agreed(api):
    texte = {"facture": {"debut": "Merci"}}
    changer(api, "/v1/clients/COCONTRACTANT", remise="5.00", echeance="30J", textes=texte)
    source = document(api, "commande", *LIGNES, vos_references="BC 7", echeance="COMPTANT")
    copie = copier(api, source, client="COCONTRACTANT", type="facture")
    assert (copie["client"], copie["client_nom"], copie["categorie_tva"]) == ("COCONTRACTANT",) * 2 + (
        "cocontractant",
    ) or (
        copie["client"],
        copie["categorie_tva"],
    ) == ("COCONTRACTANT", "cocontractant")
    assert (copie["remise"], copie["echeance"], copie["vos_references"]) == ("5.00", "30J", None)
    assert (copie["textes"]["debut"], copie["totaux"]["tva"]) == ("Merci", "0.00")
    assert [une["prix"] for une in copie["lignes"]] == [une["prix"] for une in source["lignes"]]


def test_doc_15_prices_stay_unless_they_are_to_be_found_again(api):
    source = document(api, "commande", *LIGNES)
    changer(api, "/v1/articles/BAG", prix_vente="0.9500")
    assert copier(api, source)["lignes"][0]["prix"] == "0.7700"
    refait = copier(api, source, recalculer_prix=True)["lignes"]
    assert [(une["prix"], une["remise"]) for une in refait[:2]] == [("0.9500", "0.00"), ("21.0000", "0.00")]
    assert refait[2]["prix"] == "15.0000"


def test_doc_15_what_a_new_document_could_not_have_is_refused(api):
    source = document(api, "commande", *LIGNES)
    changer(api, "/v1/clients/EXPORT", actif=False)
    changer(api, "/v1/clients/EXONERE", facturable=False)
    assert erreurs(demander(api, source, client="EXPORT")) == champ_refuse("#/client", "client_inactif")
    assert erreurs(demander(api, source, client="PERSONNE")) == champ_refuse("#/client", "client_inconnu")
    facturer = demander(api, source, client="EXONERE", type="facture")
    assert refus(facturer) == (409, "client_non_facturable")
    assert refus(demander(api, source, date="2062-01-01"))[0] in {409, 422}
    faux = api.post("/v1/documents/01990000-0000-7000-8000-000000000000/copie", json={})
    assert refus(faux) == (404, "document_absent")


def test_doc_15_art_05_art_08_retired_articles_are_refused_and_replaced_ones_told(api):
    source = document(api, "commande", baguettes(), {"article": "VIN", "quantite": "1"})
    changer(api, "/v1/articles/VIN", remplace_par="BAG")
    assert averti(copier(api, source)) == ["article_remplace"]
    assert effacer(api, "/v1/articles/VIN").status_code in {204, 409}
    changer(api, "/v1/articles/VIN", actif=False)
    assert erreurs(demander(api, source)) == champ_refuse("/id", "article_inactif")


def test_doc_17_a_copy_can_be_tried(api):
    source = document(api, "commande", *LIGNES)
    avant = contenu(api)
    essai = demander(api, source, type="facture", simulation=True)
    assert (essai.status_code, lignes(essai.json())) == (201, lignes(source))
    assert "location" not in essai.headers
    assert contenu(api) == avant


def test_doc_15_a_part_that_was_delivered_is_copied_as_it_was_delivered(api):
    commande = document(api, "commande", *LIGNES)
    bordereau = transfere(
        api, "bordereau", part(commande, {"ordre": 150, "quantite": "44", "quantite_unite_commande": "2"})
    )
    copie = copier(api, bordereau)
    ligne = copie["lignes"][0]
    assert (ligne["quantite"], ligne["quantite_unite_commande"], ligne["saisie"]) == ("44", "2", "les_deux")


def test_doc_22_a_copy_is_printed_at_once_where_the_societe_says_so(api):
    source = document(api, "facture", *LIGNES)
    changer(api, "/v1/parametres", impression_directe=True)
    assert copier(api, source)["numero"] == 1
