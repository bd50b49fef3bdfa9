"""What a new document starts with is its client's (CLI-02), and stays when the client changes."""

from typing import Any

import pytest
from tests.api.catalogue import creer
from tests.api.documents import JOUR, baguettes, boulangerie, document, lire, modifier, modifier_ligne, tente, transfere
from tests.api.reponses import erreurs

LIGNES: dict[str, tuple[str, dict[str, Any]]] = {
    "tarif": ("tarifs", {"code": "X1", "libelle": "x"}),
    "categorie_tva": ("categories-tva", {"code": "X1", "libelle": "x", "regime": "export"}),
    "echeance": ("echeances", {"code": "X1", "libelle": "x", "jours": 45}),
    "escompte": ("escomptes", {"code": "X1", "genre": "deduit", "pourcentage": "2"}),
    "mode_paiement": ("modes-paiement", {"code": "X1", "libelle": "x", "genre": "carte"}),
    "mode_livraison": ("modes-livraison", {"code": "X1", "libelle": "x"}),
    "representant": ("representants", {"code": "X1", "nom": "x"}),
    "code_statistique": ("codes-statistiques", {"code": "X1", "libelle": "x"}),
    "profil": ("profils", {"code": "X1", "libelle": "x"}),
    "tournee": ("tournees", {"numero": "X1", "nom": "x"}),
}
"""The defaults that name a row of a table, and such a row."""
DEFAUTS: dict[str, Any] = dict.fromkeys(LIGNES, "X1") | {"remise": "3.00", "ordre_tournee": 7}


@pytest.fixture
def boulanger(api):
    """The bakery, and a client `C1` with a default of every kind."""
    boulangerie(api)
    for chemin, ligne in LIGNES.values():
        creer(api, f"/v1/{chemin}", ligne)
    textes = {"commande": {"debut": "Bonjour.", "fin": "Merci.", "paiement": None}, "facture": {"paiement": "À payer."}}
    creer(api, "/v1/clients", {"numero": "C1", "nom": "Un", "textes": textes}, **DEFAUTS)
    creer(api, "/v1/articles/BAG/tarifs", {"tarif": "X1", "valeur": "0.7000"})
    return api


def changer_client(api, **champs):
    assert api.patch("/v1/clients/C1", json=champs, headers={"if-match": "*"}).is_success


@pytest.mark.parametrize("champ", DEFAUTS)
def test_cli_02_a_new_document_starts_with_the_default(boulanger, champ):
    assert document(boulanger, client="C1")[champ] == DEFAUTS[champ]


@pytest.mark.parametrize("champ", DEFAUTS)
def test_cli_02_a_document_may_say_it_otherwise(boulanger, champ):
    autre: Any = {"remise": "1.00", "ordre_tournee": 9, "categorie_tva": "national"}.get(champ)
    assert document(boulanger, client="C1", **{champ: autre})[champ] == autre


@pytest.mark.parametrize("champ", DEFAUTS)
def test_cli_02_a_document_keeps_what_it_copied(boulanger, champ):
    ancien = document(boulanger, "commande", baguettes(), client="C1")
    changer_client(boulanger, **{champ: {"remise": "9.00", "categorie_tva": "national"}.get(champ)})
    assert lire(boulanger, ancien)[champ] == DEFAUTS[champ]
    suivant = transfere(boulanger, "bordereau", ancien)
    assert suivant[champ] == DEFAUTS[champ]


def test_cli_02_texts_go_by_type_of_document(boulanger):
    commande = document(boulanger, client="C1")
    assert (commande["textes"]["debut"], commande["textes"]["fin"], commande["textes"]["paiement"]) == (
        "Bonjour.", "Merci.", None,
    )  # fmt: skip
    assert document(boulanger, "facture", client="C1")["textes"]["paiement"] == "À payer."
    assert set(document(boulanger, "offre", client="C1")["textes"].values()) == {None}


def prix(api, en_tete):
    return [(une["prix"], une["remise"]) for une in lire(api, en_tete)["lignes"]]


def test_cli_02_cal_04_lines_are_priced_by_the_copied_tariff_and_discount(boulanger):
    """Also those that come after the client got others (CLI-02)."""
    ancien = document(boulanger, "commande", baguettes(), {"article": "VIN", "quantite": "1"}, client="C1")
    assert prix(boulanger, ancien) == [("0.7000", "0.00"), ("9.9900", "3.00")]
    changer_client(boulanger, tarif="REV", remise="9")
    for ligne in (baguettes("24"), {"article": "VIN", "quantite": "2"}):
        assert boulanger.post(f"/v1/documents/{ancien['id']}/lignes", json=ligne).status_code == 201
    assert modifier_ligne(boulanger, ancien, 100, quantite="36").is_success
    assert prix(boulanger, ancien) == [("0.7000", "0.00"), ("9.9900", "3.00")] * 2
    nouveau = document(boulanger, "commande", baguettes(), {"article": "VIN", "quantite": "1"}, client="C1")
    assert prix(boulanger, nouveau) == [("0.8500", "9.00"), ("9.9900", "9.00")]
    recalcule = transfere(boulanger, "bordereau", ancien, recalculer_prix=True)
    assert prix(boulanger, recalcule) == [("0.7000", "0.00"), ("9.9900", "3.00")] * 2


def test_cli_02_another_tariff_holds_for_lines_priced_from_then_on(boulanger):
    commande = document(boulanger, "commande", baguettes(), client="C1")
    assert modifier(boulanger, commande, tarif=None, remise="5").is_success
    assert boulanger.post(f"/v1/documents/{commande['id']}/lignes", json=baguettes()).status_code == 201
    assert prix(boulanger, commande) == [("0.7000", "0.00"), ("0.8500", "5.00")]
    assert modifier(boulanger, commande, remise=None).json()["remise"] == "5.00"


def test_cli_02_a_document_names_a_tariff_that_exists(boulanger):
    corps = {"type": "commande", "client": "C1", "date": JOUR, "tarif": "X9"}
    assert erreurs(boulanger.post("/v1/documents", json=corps)) == (422, [("#/tarif", "reference_inconnue")])
    commande = document(boulanger, "commande", baguettes(), client="C1")
    assert erreurs(modifier(boulanger, commande, tarif="X9")) == (422, [("#/tarif", "reference_inconnue")])
    cible = {"type": "bordereau", "date": JOUR, "tarif": "X9"}
    refusee = boulanger.post("/v1/transferts", json={"cible": cible, "sources": [{"document": commande["id"]}]})
    assert erreurs(refusee) == (422, [("#/cible/tarif", "reference_inconnue")])
    assert tente(boulanger, "bordereau", commande).status_code == 201
