"""MAG-20, MAG-22, MAG-24, MAG-26: what tills push, on the production list and in the delivery notes."""

from typing import Any

import pytest
import time_machine
from tests.api.catalogue import changer
from tests.api.documents import etat, lire
from tests.api.production import LUNDI, MARDI, a_produire, fournil, imprimer_liste, production
from tests.api.travaux import accepte, travailler


@pytest.fixture(autouse=True)
def _fournil(api):
    fournil(api)


def pousser(api, reference: str = "T1-1", *lignes: tuple[str, str], **champs: Any) -> dict[str, Any]:
    """Push one order of the shop; gives its outcome."""
    client = {"numero": "M0007", "nom": "Mme Dupont", "particulier": True}
    commande = {
        "reference": reference,
        "version": 1,
        "date": LUNDI,
        "date_livraison": MARDI,
        "client": client,
        "lignes": [
            {"article": article, "quantite": quantite, "prix_tvac": "0.90"}
            for article, quantite in lignes or (("BAG", "3"),)
        ],
    } | champs
    reponse = api.post("/v1/magasins/NAM/commandes", json={"date_fin": LUNDI, "commandes": [commande]})
    assert reponse.status_code == 207, reponse.text
    (resultat,) = reponse.json()["resultats"]
    return resultat  # type: ignore[no-any-return]


def test_mag_20_the_order_book_counts_until_it_is_cancelled_and_after_its_day(api):
    """Its day is long past: it closed by itself with the push, and still counts."""
    faite = pousser(api)
    assert faite["statut"] == "cree", faite
    assert lire(api, {"id": faite["document"]})["cloture_le"] is not None
    assert a_produire(api) == ["BAG 3+0+0-0 = 3"]
    (ligne,) = production(api, inclure="clients")["lignes"]
    assert [(un["source"], un["client_nom"], un["quantite"]) for un in ligne["detail"]] == [
        ("magasin", "Mme Dupont", "3")
    ]


def test_mag_24_an_order_pushed_after_printing_is_announced(api):
    imprimee = imprimer_liste(api, familles=["8"]).json()
    faite = pousser(api)
    assert [un["code"] for un in faite["avertissements"]].count("production_imprimee") == 1, faite
    assert "production_imprimee" not in [un["code"] for un in pousser(api, "T1-2", ("ECL", "1"))["avertissements"]]
    lues = api.get(f"/v1/production/impressions/{imprimee['id']}/differences").json()
    assert [(un["statut"], un["magasin"], un["reference_magasin"]) for un in lues["commandes"]] == [
        ("nouvelle", "NAM", "T1-1")
    ]


def test_mag_22_mag_26_private_orders_never_become_delivery_notes_and_professional_ones_do(api):
    with time_machine.travel("2025-06-16T18:00:00Z"):
        prive = pousser(api)
        fait = travailler(api, accepte(api.post("/v1/notes-envoi", json={"date": MARDI})))["resultat"]
        assert fait["notes"] == []
        assert [un["code"] for un in fait["sans_note"]] == ["commande_de_particulier"]
        assert etat(api, {"id": prive["document"]}) == "en_attente"
        client = lire(api, {"id": prive["document"]})["client"]
        changer(api, f"/v1/clients/{client}", facturable=True, note_envoi={"imprimer": True})
        (note,) = travailler(api, accepte(api.post("/v1/notes-envoi", json={"date": MARDI})))["resultat"]["notes"]
        livre = lire(api, {"id": note["document"]})
        assert (livre["magasin"], livre["reference_magasin"], livre["prix_tvac"]) == ("NAM", "T1-1", True)
        assert a_produire(api) == ["BAG 3+0+0-0 = 3"]
