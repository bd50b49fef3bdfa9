"""A bakery whose documents have been through everything, for tests that look at all there is."""

from typing import Any

from tests.api import travaux
from tests.api.catalogue import changer, creer, effacer
from tests.api.documents import (
    baguettes,
    boulangerie,
    document,
    imprimer,
    modifier,
    modifier_ligne,
    part,
    supprimer,
    supprimer_ligne,
    taxer,
    transfere,
)
from tests.api.magasin import commande, du_document, ligne, magasin, pousser, une, vendre, vendue, vente
from tests.client import ClientDeTest

PESE = {"article": "TRU", "quantite_unite_commande": "5", "unite_commande": "PC"}
CARTONS = {"article": "BAG", "quantite_unite_commande": "20", "unite_commande": "CT6"}
VIN = {"article": "VIN", "quantite": "24"}
TRANSPORT = {"designation": "Transport", "quantite": "1", "prix": "15.0000", "code_tva": "21"}
COMMENTAIRE = {"designation": "Livrer avant 6 h"}


def vivre(api: ClientDeTest) -> dict[str, dict[str, Any]]:
    """Make the bakery, its documents, and what changes in its tables afterwards; gives documents by name."""
    boulangerie(api)
    _tables(api)
    faits = _ventes(api) | _variantes(api)
    _retours(api, faits)
    faits |= _magasin(api)
    _changements(api, faits)
    _fournil(api)
    return faits


def _fournil(api: ClientDeTest) -> None:
    """A day of the bakehouse: leftovers, the production list printed twice, and the delivery notes."""
    restes = {"date": "2025-07-09", "lignes": [{"article": "BAG", "quantite": "5"}]}
    assert api.post("/v1/magasins/NAM/restes", json=restes).is_success
    for _ in range(2):
        document(api, "commande", baguettes("12"), date_livraison_prevue="2025-07-10")
        assert api.post("/v1/production/impressions", json={"date": "2025-07-10"}).status_code == 201
    envoi = api.post("/v1/notes-envoi", json={"date": "2025-07-10"})
    assert travaux.travailler(api, travaux.accepte(envoi))["resultat"]["resume"] == {"cree": 1}


def _tables(api: ClientDeTest) -> None:
    creer(api, "/v1/escomptes", {"code": "ED", "genre": "deduit", "pourcentage": "2.00"})
    creer(api, "/v1/escomptes", {"code": "EC", "genre": "conditionnel", "pourcentage": "3.00", "jours": 8})
    creer(api, "/v1/modes-livraison", {"code": "CAMION", "libelle": "Camion", "montant": "12.50", "code_tva": "21"})
    creer(api, "/v1/modes-livraison", {"code": "VELO", "libelle": "Vélo", "montant": "3.33"})
    creer(api, "/v1/echeances", {"code": "F7", "libelle": "7 jours", "jours": 7})
    changer(api, "/v1/articles/VIN", appliquer_taxe=True)
    taxer(api, "VIN", "BAC", code_tva="6", montant="0.1000")
    taxer(api, "VIN", "ECO", code_tva="21", pourcentage="1.50")
    changer(api, "/v1/articles/BAG", codes_barres=["5412345000013"], unite_par_defaut="CT6")
    changer(api, "/v1/articles/BAG/unites/CT6", code_barres="5412345000020")
    creer(api, "/v1/articles", {"numero": "BAG2", "designation": "Baguette d'été", "unite": "PCE", "prix_vente": "1",
                                "code_tva_vente": "6"})  # fmt: skip
    changer(api, "/v1/articles/DON", remplace_par="BAG2")
    creer(api, "/v1/articles", {"numero": "COFFRET", "designation": "Coffret", "unite": "PCE", "prix_vente": "9",
                                "code_tva_vente": "6", "assemble": True})  # fmt: skip
    creer(api, "/v1/articles/COFFRET/composants", {"composant": "BAG", "quantite": "3"})
    creer(api, "/v1/clients", {"numero": "FILIALE", "nom": "Filiale", "facturer_a": "NATIONAL"})
    creer(api, "/v1/clients/HOTEL/prix", {"article": "VIN", "valeur": "8.5000", "du": "2025-01-01", "au": "2025-06-30"})
    creer(api, "/v1/clients/HOTEL/prix", {"article": "VIN", "valeur": "8.9000", "du": "2025-07-01"})
    exceptions = [
        {"du": "2025-12-24", "au": "2025-12-26", "ouvert": False},
        {"du": "2026-01-01", "au": "2026-01-01", "ouvert": False},
    ]
    fixe = {"jours_ouverts": [1, 2, 3, 4, 5, 6], "exceptions": exceptions}
    assert api.put("/v1/clients/HOTEL/calendrier", json=fixe, headers={"if-match": "*"}).is_success


def _ventes(api: ClientDeTest) -> dict[str, dict[str, Any]]:
    offre = document(api, "offre", baguettes("30"), VIN, COMMENTAIRE, vos_references="O-7", echeance="F7")
    imprimer(api, offre)
    commande = transfere(api, "commande", offre)
    imprimer(api, commande)
    partielle = document(api, "commande", CARTONS, PESE, TRANSPORT, mode_livraison="VELO", escompte="ED")
    imprimer(api, partielle)
    lignes = ({"ordre": 100, "quantite_unite_commande": "7"},
              {"ordre": 200, "quantite": "43.500", "quantite_unite_commande": "2"})  # fmt: skip
    bordereau = transfere(api, "bordereau", part(partielle, *lignes, ordre_debut=100, ordre_fin=400))
    imprimer(api, bordereau)
    livraison = transfere(api, "bordereau", commande)
    imprimer(api, livraison)
    depassee = document(api, "commande", baguettes("10"))
    de_trop = transfere(api, "bordereau", part(depassee, {"ordre": 100, "quantite": "12"}), depassement=True)
    facture = transfere(api, "facture", bordereau, livraison)
    imprimer(api, facture)
    autre = transfere(api, "facture", de_trop, part(document(api, "bordereau", VIN), {"ordre": 100, "quantite": "5"}))
    return {"offre": offre, "commande": commande, "partielle": partielle, "bordereau": bordereau, "facture": facture,
            "livraison": livraison, "de_trop": de_trop, "facture_ouverte": autre}  # fmt: skip


def _variantes(api: ClientDeTest) -> dict[str, dict[str, Any]]:
    modele = document(api, "offre_type", baguettes("5"), VIN)
    copie = transfere(api, "offre", modele)
    filiale = document(api, "bordereau", baguettes("60"), client="FILIALE", mode_livraison="CAMION")
    facture = transfere(api, "facture", filiale)
    imprimer(api, facture)
    ticket = document(api, "facture", *[baguettes("1", prix="0.9000")] * 10, VIN | {"sous_total": True},
                      prix_tvac=True, escompte="EC", mode_livraison="CAMION")  # fmt: skip
    imprimer(api, ticket)
    conditionnelle = document(api, "commande", VIN, baguettes("12", remise="12.50"), escompte="EC", client="HOTEL")
    proforma = transfere(api, "proforma", part(conditionnelle, {"ordre": 100, "quantite": "7"}))
    exportee = document(api, "facture", VIN, client="EXPORT", mode_livraison="CAMION")
    imprimer(api, exportee)
    annulee = document(api, "commande", baguettes("3"))
    imprimer(api, annulee)
    assert supprimer(api, annulee).status_code == 204
    rendue = transfere(api, "bordereau", part(conditionnelle, {"ordre": 200, "quantite": "4"}))
    imprimer(api, rendue)
    assert supprimer(api, rendue).status_code == 204
    assert supprimer(api, document(api, "commande", baguettes("1"))).status_code == 204
    versements = [{"montant": "30.00", "mode_paiement": "VIREMENT"}, {"montant": "5.00"}]
    versee = document(api, "commande", baguettes("100"), acomptes=versements)
    suite_versee = transfere(api, "facture", part(versee, {"ordre": 100, "quantite": "60"}))
    imprimer(api, suite_versee)
    rendus = transfere(api, "bordereau", document(api, "commande", baguettes("9"), acomptes=[{"montant": "1.00"}]))
    imprimer(api, rendus)
    assert supprimer(api, rendus).status_code == 204
    delaissee = document(api, "commande", baguettes("10"))
    transfere(api, "bordereau", part(delaissee, {"ordre": 100, "quantite": "4"}))
    for repris in (True, False):
        corps = {"motif": "Plus demandé", "sources": [{"document": delaissee["id"]}]}
        abandon = creer(api, "/v1/back-orders/abandons", corps)
        assert not repris or api.post(f"/v1/back-orders/abandons/{abandon['id']}/reprise", json={}).is_success
    effacee = document(api, "offre", baguettes("3"), date="2025-01-15")
    imprimer(api, effacee)
    assert supprimer(api, effacee).status_code == 204
    demande = {"type": "offre", "date_limite": "2025-01-31", "motif": "Vieilles offres"}
    travaux.effacer(api, demande)
    assert api.get(f"/v1/documents/{effacee['id']}").status_code == 404
    imprimer(api, document(api, "offre", baguettes("2")))
    livre = document(api, "bordereau", baguettes("8"))
    seule = document(api, "commande", COMMENTAIRE, mode_livraison="VELO", montant_livraison="4.00")
    return {
        "modele": modele,
        "copie": copie,
        "filiale": filiale,
        "facture_filiale": facture,
        "ticket": ticket,
        "conditionnelle": conditionnelle,
        "proforma": proforma,
        "exportee": exportee,
        "annulee": annulee,
        "rendue": rendue,
        "seule": seule,
        "modele_livre": livre,
        "delaissee": delaissee,
        "versee": versee,
        "suite_versee": suite_versee,
    }


def _retours(api: ClientDeTest, faits: dict[str, dict[str, Any]]) -> None:
    retour = transfere(api, "retour", part(faits["bordereau"], {"ordre": 100, "quantite": "5"}))
    note = transfere(api, "note_credit", retour)
    imprimer(api, note)
    credit = transfere(api, "note_credit", part(faits["facture"], {"ordre": 100, "quantite": "10"}))
    imprimer(api, credit)
    faits |= {"retour": retour, "note": note, "credit": credit}


def _magasin(api: ClientDeTest) -> dict[str, dict[str, Any]]:
    """A shop with an order, one that was cancelled and came as a sale, and a sale of its own."""
    magasin(api)
    ordre, _ = pousser(api, commande("T1-1"), commande("T1-2"))
    assert une(api, commande("T1-2", version=2, annulee=True, lignes=[]))["statut"] == "annule"
    vente_faite, _ = vendre(api, vente("T1-3", ligne("BAG", "10"), reference_commande="T1-2"), vente("T1-4"))
    assert vendue(api, vente("T1-4", version=2, annulee=True, lignes=[]))["statut"] == "annule"
    return {"ordre": du_document(api, ordre), "vente": du_document(api, vente_faite)}


def _changements(api: ClientDeTest, faits: dict[str, dict[str, Any]]) -> None:
    """What users do afterwards, without any document being less right."""
    assert modifier_ligne(api, faits["partielle"], 100, remise="3.00").is_success
    assert modifier(api, faits["commande"], remarque_interne="Épicée").status_code == 409
    assert modifier(api, faits["offre"], contact="Mme Évrard").status_code == 409
    assert modifier(api, faits["conditionnelle"], contact="Mme Évrard", date="2025-06-20").is_success
    assert modifier_ligne(api, faits["proforma"], 100, quantite="6").is_success
    retiree = transfere(
        api,
        "bordereau",
        part(faits["partielle"], {"ordre": 100, "quantite": "2"}),
    )
    assert supprimer_ligne(api, retiree, 100).is_success
    for adresse, champs in (
        ("/v1/escomptes/ED", {"pourcentage": "5.00"}),
        ("/v1/escomptes/EC", {"genre": "deduit", "jours": None}),
        ("/v1/modes-livraison/CAMION", {"montant": "20.00", "code_tva": "6"}),
        ("/v1/modes-livraison/VELO", {"code_tva": "21"}),
        ("/v1/echeances/F7", {"jours": 10}),
        ("/v1/parametres", {"code_tva_defaut": "21"}),
        ("/v1/clients/NATIONAL", {"nom": "Nouveau nom"}),
        ("/v1/clients/FILIALE", {"facturer_a": None}),
        ("/v1/articles/TRU/unites/PC", {"facteur": "20"}),
    ):
        assert changer(api, adresse, **champs).is_success, adresse
    assert changer(api, "/v1/articles/BAG", unite_par_defaut=None).is_success
    assert effacer(api, "/v1/articles/BAG/unites/CT6").is_success
    creer(api, "/v1/articles/BAG/unites", {"abreviation": "CT8", "unite": "CT", "facteur": "8", "operateur": "M",
                                           "decimales": 0, "code_barres": "5412345000020"})  # fmt: skip
    assert changer(api, "/v1/articles/BAG", unite_par_defaut="CT8").is_success
    table = api.get("/v1/exercices/2025/numeros/facture")
    raison = {"dernier": 40, "motif": "Carnet perdu"}
    assert api.patch(table.request.url.path, json=raison, headers={"if-match": table.headers["etag"]}).is_success
    faits["apres"] = document(api, "facture", baguettes("2"))
    faits["apres"] = imprimer(api, faits["apres"])
