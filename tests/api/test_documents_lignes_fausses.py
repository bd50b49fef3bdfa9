"""Lines that contradict themselves, their article or their document, and figures that do not fit (DOC-11, DOC-12)."""

import pytest
from tests.api.catalogue import changer, creer
from tests.api.documents import (
    baguettes,
    boulangerie,
    contenu,
    corps,
    document,
    imprimer,
    modifier,
    modifier_ligne,
    part,
    tente,
    transfere,
)
from tests.api.reponses import erreurs

TROP = "999999999.999999"
CHER = "9999999999.9999"


@pytest.fixture(autouse=True)
def _boulangerie(api):
    boulangerie(api)


def libre(quantite="1", prix="1", code_tva="6", **autres):
    """A free line."""
    return {"designation": "Divers", "quantite": quantite, "prix": prix, "code_tva": code_tva} | autres


def refuse_partout(api, genre, ligne, champ, code, statut=422):
    """Refused in a whole document, as a line that is added, and as a change of a line: each time naming the field."""
    cree = document(api, genre, {"designation": "Note"})
    avant = contenu(api)
    adresse = f"/v1/documents/{cree['id']}/lignes"
    entier = api.post("/v1/documents", json=corps(genre, {"designation": "A"}, ligne))
    assert erreurs(entier) == (statut, [(f"#/lignes/1/{champ}", code)])
    assert erreurs(api.post(adresse, json=ligne)) == (statut, [(f"#/{champ}", code)])
    change = {"designation": None} | ligne
    assert erreurs(modifier_ligne(api, cree, 100, **change)) == (statut, [(f"#/{champ}", code)])
    assert contenu(api) == avant


@pytest.mark.parametrize(
    ("ligne", "champ", "code"),
    [
        ({"article": "BAG"}, "quantite", "quantite_manquante"),
        ({"article": "BAG", "unite_commande": "CT6"}, "quantite", "quantite_manquante"),
        ({"article": "BAG", "quantite_unite_commande": "1"}, "quantite_unite_commande", "unite_commande_manquante"),
        (baguettes(unite="KG"), "unite", "unite_de_base_differente"),
        (baguettes(unite_commande="PC"), "unite_commande", "unite_commande_inconnue"),
        (baguettes("-1"), "quantite", "quantite_negative"),
        (
            {"article": "BAG", "quantite_unite_commande": "-1", "unite_commande": "CT6"},
            "quantite_unite_commande",
            "quantite_negative",
        ),
        (baguettes("5", unite_commande="CT6", quantite_unite_commande="1"), "quantite", "quantites_incoherentes"),
        ({"quantite": "1"}, "designation", "designation_requise"),
        ({"memo": "Sans désignation"}, "designation", "designation_requise"),
        (libre(code_tva=None), "code_tva", "code_tva_manquant"),
        (libre(unite_commande="CT6"), "unite_commande", "unite_commande_sans_article"),
        (libre(quantite_unite_commande="1"), "quantite_unite_commande", "unite_commande_manquante"),
        ({"designation": "Note", "unite_commande": "CT6"}, "unite_commande", "unite_commande_sans_article"),
    ],
)
def test_doc_12_une_ligne_qui_se_contredit(api, ligne, champ, code):
    refuse_partout(api, "commande", ligne, champ, code)


@pytest.mark.parametrize("genre", ["retour", "note_credit"])
def test_cal_05_le_type_a_le_signe(api, genre):
    """Entered positive where the type has the sign, free lines too."""
    refuse_partout(api, genre, libre("-1"), "quantite", "quantite_negative")


def test_doc_11_un_ordre_pris(api):
    entier = api.post("/v1/documents", json=corps("commande", baguettes(ordre=5), baguettes(ordre=5)))
    assert erreurs(entier) == (422, [("#/lignes/1/ordre", "ordre_pris")])
    cree = document(api, "commande", baguettes())
    ajoutee = api.post(f"/v1/documents/{cree['id']}/lignes", json=baguettes(ordre=100))
    assert erreurs(ajoutee) == (422, [("#/ordre", "ordre_pris")])


def test_doc_11_apres_le_dernier_ordre(api):
    """The greatest `ordre` can be taken; nothing comes after it by itself, neither entered nor transferred."""
    derniere = baguettes(ordre=2**31 - 1)
    cible = document(api, "bordereau", derniere)
    refuse = api.post(f"/v1/documents/{cible['id']}/lignes", json=baguettes())
    assert erreurs(refuse) == (422, [("#/ordre", "ordre_epuise")])
    entier = api.post("/v1/documents", json=corps("commande", derniere, baguettes()))
    assert erreurs(entier) == (422, [("#/lignes/1/ordre", "ordre_epuise")])
    venue = tente(api, cible, document(api, "commande", baguettes()))
    assert erreurs(venue) == (422, [("#/sources/0", "ordre_epuise")])
    assert modifier_ligne(api, cible, 2**31 - 1, ordre=1).status_code == 200


def test_doc_12_chaque_ligne_dit_ses_fautes(api):
    """All refusals of a request are told together."""
    lignes = (baguettes("-1"), baguettes(), {"article": "XXX", "quantite": "1"}, baguettes(imputation="X", depot="Y"))
    assert erreurs(api.post("/v1/documents", json=corps("commande", *lignes))) == (
        422,
        [
            ("#/lignes/0/quantite", "quantite_negative"),
            ("#/lignes/2/article", "article_inconnu"),
            ("#/lignes/3/imputation", "reference_inconnue"),
            ("#/lignes/3/depot", "reference_inconnue"),
        ],
    )


def test_cal_07_un_code_sans_taux_a_la_date(api):
    creer(api, "/v1/codes-tva", {"code": "N", "libelle": "N", "taux": [{"du": "2025-06-10", "taux": "6"}]})
    creer(api, "/v1/exercices", {"code": "2024", "debut": "2024-01-01", "fin": "2024-12-31"})
    changer(api, "/v1/parametres", code_tva_defaut="N")
    tot = corps("commande", baguettes(code_tva="N"), date="2024-06-09")
    assert erreurs(api.post("/v1/documents", json=tot)) == (422, [("#/lignes/0/code_tva", "taux_tva_inconnu")])
    cree = document(api, "commande", baguettes(code_tva="N"))
    assert erreurs(modifier(api, cree, date="2024-06-09")) == (422, [("#/date", "taux_tva_inconnu")])
    refuse = tente(api, {"type": "bordereau", "date": "2024-06-09"}, cree)
    assert erreurs(refuse) == (422, [("#/cible/date", "taux_tva_inconnu")])
    assert document(api, "commande", baguettes(), date="2024-06-09")["totaux"]["tva"] == "0.61"


@pytest.mark.parametrize(
    ("ligne", "champ", "code"),
    [
        (libre(TROP, CHER), "prix", "montant_trop_grand"),
        (libre(f"-{TROP}", CHER), "prix", "montant_trop_grand"),
        (baguettes(TROP, prix=CHER), "prix", "montant_trop_grand"),
        (
            {"article": "BAG", "quantite_unite_commande": TROP, "unite_commande": "CT6"},
            "quantite",
            "quantite_trop_grande",
        ),
    ],
)
def test_api_02_des_chiffres_qui_debordent(api, ligne, champ, code):
    refuse_partout(api, "commande", ligne, champ, code)


@pytest.mark.parametrize("prix_tvac", [False, True])
@pytest.mark.parametrize(
    "lignes",
    [
        [libre("99", CHER)] * 2,
        [libre("99", CHER), libre("99", CHER, sous_total=True), libre("-99", CHER), libre("-99", CHER)],
        [libre("99", CHER), libre("99", CHER), libre("-99", CHER, "21"), libre("-99", CHER, "21")],
    ],
)
def test_api_02_des_totaux_qui_debordent(api, prix_tvac, lignes):
    """Also where the overflow is in a subtotal or in one VAT group and the total would fit."""
    refuse = api.post("/v1/documents", json=corps("commande", *lignes, prix_tvac=prix_tvac))
    assert erreurs(refuse) == (422, [("#/lignes", "montant_trop_grand")])


def test_api_02_un_prix_tvac_qui_deborde(api):
    changer(api, "/v1/articles/BAG", prix_vente=CHER)
    refuse = api.post("/v1/documents", json=corps("commande", baguettes("1"), prix_tvac=True))
    assert erreurs(refuse) == (422, [("#/lignes/0/prix", "montant_trop_grand")])
    assert document(api, "commande", baguettes("1"))["totaux"]["htva"] == "10000000000.00"


def test_api_02_un_poids_qui_deborde(api):
    changer(api, "/v1/articles/BAG", poids_kg=TROP)
    refuse = api.post("/v1/documents", json=corps("commande", baguettes("2")))
    assert erreurs(refuse) == (422, [("#/lignes", "quantite_trop_grande")])


def test_api_02_des_frais_qui_debordent(api):
    sources = [document(api, "bordereau", libre(), montant_livraison="600000000000.00") for _ in range(2)]
    assert erreurs(tente(api, "facture", *sources)) == (422, [("#/sources", "montant_trop_grand")])


def test_api_02_un_transfert_qui_deborde(api):
    source = document(
        api,
        "commande",
        baguettes("1", prix="0"),
        {"article": "BAG", "quantite_unite_commande": "1", "unite_commande": "CT6"},
    )
    une = part(source, {"ordre": 100, "quantite": TROP})
    transfere(api, "bordereau", une | {"lignes": [{"ordre": 100, "quantite": "999999999"}]}, depassement=True)
    assert erreurs(tente(api, "bordereau", une, depassement=True)) == (422, [("#/sources/0", "quantite_trop_grande")])
    cartons = part(source, {"ordre": 200, "quantite_unite_commande": TROP})
    assert erreurs(tente(api, "bordereau", cartons, depassement=True)) == (
        422,
        [("#/sources/0", "quantite_trop_grande")],
    )


def test_api_02_les_plus_grands_chiffres_passent(api):
    cree = document(api, "facture", libre("99", CHER, "0"), libre(TROP, "0"))
    assert cree["totaux"]["tvac"] == "989999999999.99"
    assert imprimer(api, cree)["numero"] == 1
    assert api.get(f"/v1/documents/{cree['id']}/pdf").status_code == 200
