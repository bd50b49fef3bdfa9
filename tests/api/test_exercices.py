"""Accounting years and their numbering table (DOC-04, DOC-05) over HTTP."""

import pytest
from tests.api.catalogue import creer
from tests.api.reponses import donnees, erreurs, refus, si

from aurore_domain.cycle import TypeDocument

CINQUANTE = {"code": "2050", "debut": "2050-01-01", "fin": "2050-12-31"}
FACTURES = "/v1/exercices/2050/numeros/facture"


@pytest.fixture
def annee(api):
    """The API with the year 2050."""
    assert api.post("/v1/exercices", json=CINQUANTE).status_code == 201
    return api


def test_doc_04_an_exercice_lives_and_ends(annee):
    assert annee.get("/v1/exercices/2050").json() == CINQUANTE | {"etat": "ouvert", "version": 1}
    clos = annee.patch("/v1/exercices/2050", json={"etat": "cloture"}, headers=si(1))
    assert (clos.status_code, clos.json()["etat"], clos.headers["etag"]) == (200, "cloture", '"2"')
    assert annee.delete("/v1/exercices/2050", headers=si(2)).status_code == 204
    assert [un["code"] for un in donnees(annee.get("/v1/exercices"))] != ["2050"]


@pytest.mark.parametrize(
    ("debut", "fin"),
    [
        ("2050-01-01", "2050-12-31"),
        ("2050-12-31", "2051-12-30"),
        ("2049-06-01", "2050-01-01"),
        ("2050-06-01", "2050-06-01"),
        ("2049-01-01", "2051-12-31"),
    ],
)
def test_doc_04_no_day_belongs_to_two_exercices(annee, debut, fin):
    refuse = annee.post("/v1/exercices", json={"code": "X", "debut": debut, "fin": fin})
    assert erreurs(refuse) == (409, [("#/fin", "deja_pris")])


def test_doc_04_neighbours_do_not_overlap(annee):
    for code, debut, fin in (("avant", "2049-07-01", "2049-12-31"), ("apres", "2051-01-01", "2052-06-30")):
        assert annee.post("/v1/exercices", json={"code": code, "debut": debut, "fin": fin}).status_code == 201
    refuse = annee.patch("/v1/exercices/2050", json={"fin": "2051-01-01"}, headers=si(1))
    assert erreurs(refuse) == (409, [("#/fin", "deja_pris")])


def test_doc_04_an_exercice_does_not_end_before_it_begins(annee):
    a_l_envers = {"code": "X", "debut": "2060-01-02", "fin": "2060-01-01"}
    assert erreurs(annee.post("/v1/exercices", json=a_l_envers)) == (422, [("#", "fin_avant_debut")])
    assert erreurs(annee.patch("/v1/exercices/2050", json={"fin": "2049-12-31"}, headers=si(1))) == (
        422,
        [("#", "fin_avant_debut")],
    )


def test_doc_05_the_numbering_table_tells_the_last_number_of_every_type(annee):
    table = annee.get("/v1/exercices/2050/numeros").json()
    assert table["exercice"] == "2050"
    assert [un["type"] for un in table["data"]] == list(TypeDocument)
    assert {(un["dernier"], un["derniere_date"], len(un["trous"])) for un in table["data"]} == {(0, None, 0)}
    assert refus(annee.get("/v1/exercices/1999/numeros")) == (404, "ressource_absente")
    assert refus(annee.get("/v1/exercices/1999/numeros/facture")) == (404, "ressource_absente")
    assert erreurs(annee.get("/v1/exercices/2050/numeros/ticket")) == (422, [("/type", "valeur_hors_liste")])


def test_doc_05_raising_a_counter_declares_a_gap(annee):
    assert annee.get(FACTURES).headers["etag"] == '"1"'
    leve = annee.patch(FACTURES, json={"dernier": 40, "motif": "Reprise de l'ancien programme"}, headers=si(1))
    assert (leve.status_code, leve.headers["etag"], leve.json()["dernier"]) == (200, '"2"', 40)
    trou = leve.json()["trous"][0]
    assert (trou["du"], trou["au"], trou["motif"]) == (1, 40, "Reprise de l'ancien programme")
    annee.patch(FACTURES, json={"dernier": 42, "motif": "Carnet perdu"}, headers=si(2))
    lu = annee.get(FACTURES).json()
    assert [(un["du"], un["au"]) for un in lu["trous"]] == [(1, 40), (41, 42)]
    table = {un["type"]: un for un in annee.get("/v1/exercices/2050/numeros").json()["data"]}
    assert table["facture"] == lu
    assert table["note_credit"]["dernier"] == 0


def test_doc_05_the_same_number_again_changes_nothing(annee):
    annee.patch(FACTURES, json={"dernier": 40, "motif": "Reprise"}, headers=si(1))
    encore = annee.patch(FACTURES, json={"dernier": 40, "motif": "Encore"}, headers=si(2))
    assert (encore.status_code, encore.json()["version"], len(encore.json()["trous"])) == (200, 2, 1)
    assert len(donnees(annee.get("/v1/evenements?ressource=numero"))) == 1


def test_doc_05_a_counter_never_goes_below_a_number_in_use(annee):
    annee.patch(FACTURES, json={"dernier": 40, "motif": "Reprise"}, headers=si(1))
    creer(annee, "/v1/clients", {"numero": "C1", "nom": "Client"})
    facture = creer(annee, "/v1/documents", {"type": "facture", "client": "C1", "date": "2050-06-01"})
    assert annee.post(f"/v1/documents/{facture['id']}/impression").json()["numero"] == 41
    refuse = annee.patch(FACTURES, json={"dernier": 40, "motif": "Erreur"}, headers=si(3))
    assert refus(refuse) == (409, "numero_en_usage")
    assert annee.get(FACTURES).json()["dernier"] == 41
    annee.patch(FACTURES, json={"dernier": 50, "motif": "Carnet perdu"}, headers=si(3))
    retour = annee.patch(FACTURES, json={"dernier": 41, "motif": "Carnet retrouvé"}, headers=si(4))
    assert [(un["du"], un["au"]) for un in retour.json()["trous"]] == [(1, 40)]


def test_doc_05_lowering_back_closes_the_gap(annee):
    annee.patch(FACTURES, json={"dernier": 40, "motif": "Reprise"}, headers=si(1))
    baisse = annee.patch(FACTURES, json={"dernier": 30, "motif": "Erreur de frappe"}, headers=si(2))
    assert (baisse.status_code, baisse.headers["etag"]) == (200, '"3"')
    trous = [(un["du"], un["au"], un["motif"]) for un in baisse.json()["trous"]]
    assert trous == [(1, 30, "Reprise")]
    assert annee.patch(FACTURES, json={"dernier": 0, "motif": "Annulé"}, headers=si(3)).json()["trous"] == []
    assert annee.get(FACTURES).json()["dernier"] == 0
    changes = donnees(annee.get("/v1/evenements?ressource=numero"))
    assert [un["apres"]["motif"] for un in changes] == ["Reprise", "Erreur de frappe", "Annulé"]


@pytest.mark.parametrize(
    ("corps", "attendue"),
    [
        ({"dernier": -1, "motif": "X"}, ("#/dernier", "hors_bornes")),
        ({"dernier": 1_000_000, "motif": "X"}, ("#/dernier", "hors_bornes")),
        ({"dernier": "5", "motif": "X"}, ("#/dernier", "type_incorrect")),
        ({"dernier": 5}, ("#/motif", "champ_requis")),
        ({"dernier": 5, "motif": ""}, ("#/motif", "texte_trop_court")),
    ],
)
def test_doc_05_a_raise_needs_a_number_and_a_reason(annee, corps, attendue):
    assert erreurs(annee.patch(FACTURES, json=corps, headers=si(1))) == (422, [attendue])


def test_doc_05_two_people_do_not_raise_one_counter_unknowingly(annee):
    assert refus(annee.patch(FACTURES, json={"dernier": 5, "motif": "X"})) == (428, "version_requise")
    annee.patch(FACTURES, json={"dernier": 5, "motif": "X"}, headers=si(1))
    assert refus(annee.patch(FACTURES, json={"dernier": 9, "motif": "X"}, headers=si(1))) == (412, "version_perimee")


def test_doc_05_an_exercice_with_numbers_stays(annee):
    annee.patch(FACTURES, json={"dernier": 5, "motif": "X"}, headers=si(1))
    assert refus(annee.delete("/v1/exercices/2050", headers=si(1))) == (409, "en_utilisation")
