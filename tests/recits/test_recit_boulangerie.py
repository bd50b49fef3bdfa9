"""The main job, told by a script that knows only the API's description (09-api.md)."""

import re
from fractions import Fraction
from io import BytesIO

from pypdf import PdfReader
from tests.recits.boulangerie import LIGNES, PRIX, accepte, ecrit, etablir, montant, totaux


def lignes_de(document):
    return {ligne["ordre"]: ligne for ligne in document["lignes"]}


def verifier_totaux(document, **quantites):
    """Compare a document's amounts with those of the quantities it must hold, by `ordre`."""
    par_taux: dict[int, list[Fraction]] = {}
    lignes = lignes_de(document)
    for rang, entree in enumerate(LIGNES, start=1):
        ordre = rang * 100
        quantite = quantites.get(f"o{ordre}", entree.get("quantite", "120" if "unite_commande" in entree else None))
        if quantite is None or ordre not in lignes:
            continue
        prix = entree.get("prix") or PRIX[entree["article"]][1 if rang == 2 else 0]
        attendu = montant(quantite, prix, entree.get("remise", "0"))
        taux = 6 if entree.get("article") in {"BAG", "TAR"} else 21
        par_taux.setdefault(taux, []).append(attendu)
        assert (ordre, lignes[ordre]["prix"], lignes[ordre]["montant_htva"]) == (ordre, prix, ecrit(attendu))
    attendus = totaux(par_taux)
    assert {nom: document["totaux"][nom] for nom in attendus} == attendus


def texte_pdf(client, document):
    reponse = client.get(f"/v1/documents/{document['id']}/pdf")
    assert (reponse.status_code, reponse.headers["content-type"]) == (200, "application/pdf")
    pages = PdfReader(BytesIO(reponse.content)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages)), reponse


def cible(genre, jour):
    return {"type": genre, "date": jour}


def transferer(client, genre, jour, source, **selection):
    corps = {"cible": cible(genre, jour), "sources": [{"document": source["id"], **selection}]}
    return accepte(client.post("/v1/transferts", json=corps))


def imprimer(client, document):
    return accepte(client.post(f"/v1/documents/{document['id']}/impression", json={}), 200)


def lire(client, document):
    return accepte(client.get(f"/v1/documents/{document['id']}"), 200)


def test_trf_01_an_offre_becomes_a_facture_through_commande_and_bordereau(aurore):
    with aurore.client() as client:
        jour = etablir(client).isoformat()
        bar = {"libelle": "Bar de l'hôtel", "rue": "Quai 7", "code_postal": "5100", "localite": "Jambes"}
        accepte(client.post("/v1/clients/C0012/adresses", json=bar | {"par_defaut": True}))
        corps = {"type": "offre", "client": "C0012", "date": jour, "vos_references": "BC 45", "lignes": LIGNES}
        essai = accepte(client.post("/v1/documents?simulation=true", json=corps))
        offre = accepte(client.post("/v1/documents", json=corps))
        assert essai["totaux"] == offre["totaux"]
        assert [ligne["genre"] for ligne in offre["lignes"]] == ["article"] * 4 + ["libre", "commentaire"]
        verifier_totaux(offre)
        assert (offre["adresse_livraison"]["rue"], offre["adresse_livraison"]["pays"]) == ("Quai 7", "BE")

        commande = transferer(client, "commande", jour, offre)
        verifier_totaux(commande)
        part = {"lignes": [{"ordre": 100, "quantite": "50"}], "ordre_debut": 100, "ordre_fin": 300}
        premier = transferer(client, "bordereau", jour, commande, **part)
        verifier_totaux(premier, o100="50")
        assert sorted(lignes_de(premier)) == [100, 200, 300]
        reste = lignes_de(lire(client, commande))
        assert [reste[ordre]["quantite_restante"] for ordre in (100, 200, 300, 400, 500)] == ["49", "0", "0", "37", "1"]

        second = transferer(client, "bordereau", jour, commande)
        verifier_totaux(second, o100="49")
        assert sorted(lignes_de(second)) == [100, 400, 500, 600]
        assert [lire(client, un)["etat"] for un in (offre, commande)] == ["transfere", "transfere"]
        sources = [{"document": un["id"]} for un in (premier, second)]
        for bordereau in (premier, second):
            assert imprimer(client, bordereau)["numero"] == (1 if bordereau is premier else 2)
        corps = {"cible": cible("facture", jour), "sources": sources}
        facture = accepte(client.post("/v1/transferts", json=corps))
        assert facture["totaux"]["htva"] == offre["totaux"]["htva"]
        assert facture["date_commande"] == commande["date_commande"]

        brouillon, _ = texte_pdf(client, facture)
        facture = imprimer(client, facture)
        assert (facture["numero"], facture["exercice"]) == (1, jour[:4])
        texte, reponse = texte_pdf(client, facture)
        assert "Brouillon" in brouillon
        for attendu in (
            "Hôtel du Parc",
            "Baguette",
            "Tarte au riz",
            "Transport",
            "œufs « à part »",
            "Bar de l'hôtel",
            "BC 45",
        ):
            assert attendu in texte
        tvac = facture["totaux"]["tvac"].replace(".", ",")
        for attendu in (facture["numero_affiche"], tvac, "BE 0403.170.701", "5000 Namur", "5100 Jambes"):
            assert attendu in texte
        avant = [lire(client, un) for un in (offre, commande, premier, second, facture)]
        chaine = accepte(client.get(f"/v1/documents/{facture['id']}/chaine"), 200)
        assert {maillon["type"] for maillon in chaine["maillons"]} == {"offre", "commande", "bordereau", "facture"}

    aurore.finir()
    aurore.demarrer()
    with aurore.client() as client:
        assert [lire(client, un) for un in (offre, commande, premier, second, facture)] == avant
        assert texte_pdf(client, facture)[1].content == reponse.content
        conditionnelle = client.get(
            f"/v1/documents/{facture['id']}/pdf", headers={"if-none-match": reponse.headers["etag"]}
        )
        assert conditionnelle.status_code == 304
