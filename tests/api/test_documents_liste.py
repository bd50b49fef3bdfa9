"""Lists of documents: every filter, what is left to move on, order, lines with them (DOC-21, API-04)."""

import pytest
from tests.api.catalogue import champ_refuse, creer
from tests.api.documents import (
    JOUR,
    baguettes,
    boulangerie,
    document,
    imprimer,
    lire,
    modifier,
    part,
    requetes_sql,
    supprimer,
    transfere,
)
from tests.api.reponses import donnees, erreurs


@pytest.fixture(autouse=True)
def _boulangerie(api):
    boulangerie(api)


def trouves(api, **filtre):
    """The identifiers listed, in order."""
    return [un["id"] for un in donnees(api.get("/v1/documents", params=filtre))]


@pytest.fixture
def trois(api):
    """An offre, a numbered commande of the hotel, a facture; of three days, three amounts."""
    creer(api, "/v1/tournees", {"numero": "T1", "nom": "Nord"})
    offre = document(api, "offre", baguettes("1"), contact="Mme Lefèvre")
    commande = document(
        api, "commande", baguettes("10"), client="HOTEL", date="2025-06-17", vos_references="BC/45", tournee="T1"
    )
    facture = document(api, "facture", baguettes("200"), date="2025-06-18", remarque_interne="Fête de Noël")
    return offre["id"], imprimer(api, commande)["id"], facture["id"]


@pytest.mark.parametrize(
    ("filtre", "attendus"),
    [
        ({}, "012"),
        ({"type": "commande"}, "1"),
        ({"client": "HOTEL"}, "1"),
        ({"client": "EXPORT"}, ""),
        ({"du": "2025-06-17"}, "12"),
        ({"au": "2025-06-17"}, "01"),
        ({"du": "2025-06-17", "au": "2025-06-17"}, "1"),
        ({"exercice": "2025"}, "1"),
        ({"numero": "1"}, "1"),
        ({"numero": "2"}, ""),
        ({"etat": "en_attente"}, "012"),
        ({"etat": "annule"}, ""),
        ({"vos_references": "BC/45"}, "1"),
        ({"vos_references": "BC/4"}, ""),
        ({"tournee": "T1"}, "1"),
        ({"montant_min": "0.91"}, "12"),
        ({"montant_max": "0.90"}, "0"),
        ({"montant_min": "180.20", "montant_max": "180.20"}, "2"),
        ({"recherche": "hotel"}, "1"),
        ({"recherche": "LEFEVRE national"}, "0"),
        ({"recherche": "noël"}, "2"),
        ({"recherche": "co2025/00001"}, "1"),
        ({"recherche": "bc/45 hôtel"}, "1"),
        ({"recherche": "%"}, ""),
        ({"recherche": "h_tel"}, ""),
        ({"recherche": "hôt'el"}, ""),
        ({"recherche": "hotel\\"}, ""),
        ({"recherche": "hotel lefevre"}, ""),
        # One or two letters are sought where a word begins, which the index serves.
        ({"recherche": "bc"}, "1"),
        ({"recherche": "45 HÔ"}, "1"),
        ({"recherche": "c/"}, ""),
        ({"recherche": "el"}, ""),
        ({"a_transferer": "true"}, "01"),
        ({"tri": "date"}, "012"),
        ({"tri": "-date"}, "210"),
        ({"tri": "-total_tvac", "type": "facture"}, "2"),
        ({"tri": "total_tvac"}, "012"),
        ({"tri": "-cree_le"}, "210"),
    ],
)
def test_doc_21_les_filtres(api, trois, filtre, attendus):
    assert trouves(api, **filtre) == [trois[int(rang)] for rang in attendus]


def test_doc_21_la_recherche_suit_les_changements(api, trois):
    commande = {"id": trois[1]}
    modifier(api, commande, contact="Zoé")
    assert trouves(api, recherche="zoe co2025/00001 hotel") == [trois[1]]


def test_doc_21_les_bloques_sur_demande(api):
    commande, autre = (document(api, "commande", baguettes("10")) for _ in range(2))
    bordereau = transfere(api, "bordereau", commande)
    supprimer(api, imprimer(api, autre))
    assert trouves(api) == [bordereau["id"]]
    assert trouves(api, bloques="true") == [commande["id"], autre["id"], bordereau["id"]]
    assert trouves(api, etat="transfere") == [commande["id"]]
    assert trouves(api, etat="annule") == [autre["id"]]
    assert trouves(api, origine=commande["id"]) == [bordereau["id"]]
    assert trouves(api, origine=bordereau["id"]) == []


def test_doc_21_a_transferer(api):
    """Modifiable with something left: not what is empty, annulled, all moved on, or the end of its chain."""
    plein, entame, vide = (document(api, "commande", baguettes(quantite)) for quantite in ("10", "10", "0"))
    document(api, "commande", {"designation": "Note"})
    imprimer(api, document(api, "facture", baguettes()))
    document(api, "note_credit", baguettes())
    supprimer(api, imprimer(api, document(api, "commande", baguettes())))
    bordereau = transfere(api, "bordereau", part(entame, {"ordre": 100, "quantite": "9"}))
    assert trouves(api, a_transferer="true") == [plein["id"], entame["id"], bordereau["id"]]
    transfere(api, "bordereau", entame)
    assert entame["id"] not in trouves(api, a_transferer="true")
    assert vide["id"] in trouves(api)


def test_cal_03_a_transferer_compte_les_pieces(api):
    """Goods of variable weight: what weighs more is not more pieces, what weighs less leaves none."""
    pieces = {"article": "TRU", "quantite_unite_commande": "40", "unite_commande": "PC"}
    lourdes, legeres = (document(api, "commande", pieces) for _ in range(2))
    tout = {"ordre": 100, "quantite": "859.95", "quantite_unite_commande": "39"}  # more than the 840 kg of 40
    transfere(api, "bordereau", part(lourdes, tout))
    transfere(api, "bordereau", part(legeres, tout | {"quantite": "800", "quantite_unite_commande": "40"}))
    assert [un["quantite_unite_commande_restante"] for un in lire(api, lourdes)["lignes"]] == ["1"]
    assert trouves(api, a_transferer="true", type="commande") == [lourdes["id"]]


def test_api_04_avec_les_lignes_en_autant_de_requetes(api):
    comptes = []
    for nombre in (2, 12):
        for _ in range(nombre):
            document(api, "offre", baguettes(), {"designation": "Note"})
        with requetes_sql(api) as envoyees:
            page = donnees(api.get("/v1/documents", params={"inclure": "lignes", "limite": 200}))
        comptes.append(len(envoyees))
        assert {len(un["lignes"]) for un in page} == {2}
    assert comptes[0] == comptes[1]
    assert page[0]["lignes"] == lire(api, page[0])["lignes"]
    assert {un["lignes"] for un in donnees(api.get("/v1/documents"))} == {None}


@pytest.mark.parametrize("tri", ["date", "-date", "cree_le", "-total_tvac"])
def test_api_04_page_par_page(api, tri):
    faits = [
        document(api, "offre", baguettes(str(1 + rang % 2)), date=f"2025-06-1{rang % 3}")["id"] for rang in range(7)
    ]
    vus: list[str] = []
    curseur = None
    while curseur is not None or not vus:
        params = {"limite": 2, "tri": tri} | ({"curseur": curseur} if curseur else {})
        page = api.get("/v1/documents", params=params).json()
        vus += [un["id"] for un in page["data"]]
        curseur = page["curseur_suivant"]
        document(api, "offre", date="2025-01-01" if tri == "date" else JOUR)
    assert set(faits) <= set(vus)
    assert len(vus) == len(set(vus))


@pytest.mark.parametrize(
    ("filtre", "code"),
    [
        ({"type": "recu"}, "valeur_hors_liste"),
        ({"client": ""}, "texte_trop_court"),
        ({"du": "16/06/2025"}, "date_illisible"),
        ({"au": "2025-02-30"}, "date_illisible"),
        ({"numero": "1_0"}, "type_incorrect"),
        ({"numero": "0"}, "hors_bornes"),
        ({"numero": "99999999999999999999"}, "type_incorrect"),
        ({"etat": "perdu"}, "valeur_hors_liste"),
        ({"bloques": "peut-etre"}, "type_incorrect"),
        ({"montant_min": "1e3"}, "decimal_illisible"),
        ({"montant_max": "-1"}, "decimal_illisible"),
        ({"origine": "abc"}, "format_incorrect"),
        ({"recherche": "a\x00"}, "format_incorrect"),
        ({"tri": "client"}, "tri_refuse"),
        ({"inclure": "tout"}, "valeur_hors_liste"),
        ({"limite": "201"}, "hors_bornes"),
        ({"curseur": "abc"}, "curseur_refuse"),
    ],
)
def test_doc_21_les_filtres_faux(api, filtre, code):
    refuse = api.get("/v1/documents", params=filtre)
    assert erreurs(refuse) == champ_refuse(f"?{next(iter(filtre))}", code)
