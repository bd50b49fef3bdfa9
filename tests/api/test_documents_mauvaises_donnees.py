"""Wrong input to every field of documents: its own code, the field named, nothing stored (API-01 to API-03)."""

import json
from typing import Any

import pytest
from tests.api.catalogue import changer, creer
from tests.api.documents import baguettes, boulangerie, contenu, corps, demande, document, part, sql
from tests.api.reponses import erreurs
from tests.api.valeurs_fausses import (
    BOOLEEN,
    DOCUMENT,
    EN_TETE,
    LIGNE,
    ORDRE,
    REFERENCES,
    TYPE,
    cle,
    decimal,
    toutes,
)

from aurore_api.documents.schemas import DocumentEntree, EnTeteEntree, LigneEntree

ABSENT = "019a0000-0000-7000-8000-000000000000"


@pytest.fixture(autouse=True)
def _boulangerie(api):
    boulangerie(api)


def poser(objet, champ, valeur):
    """A copy of an object with a field of it, or of what it holds, set."""
    nom, _, reste = champ.partition("/")
    return objet | {nom: poser(objet.get(nom, {}), reste, valeur) if reste else valeur}


def envoyer(api, methode, adresse, envoi):
    """Send JSON as it is, lone surrogates included."""
    en_tetes = {"content-type": "application/json", "if-match": "*"}
    return api.request(methode, adresse, content=json.dumps(envoi), headers=en_tetes)


def verifier(api, methode, adresse, faire, cas, racine="#"):
    """Every wrong value of every field is refused by its code, at its place, and changes nothing."""
    avant = contenu(api)
    for champ, fausses in cas.items():
        for valeur, code in fausses:
            refuse = envoyer(api, methode, adresse, faire(champ, valeur))
            assert erreurs(refuse) == (422, [(f"{racine}/{champ}", code)]), (champ, valeur)
    assert contenu(api) == avant


def test_api_02_chaque_champ_a_ses_valeurs_fausses():
    """No field of the schemas is forgotten here."""
    assert {un.partition("/")[0] for un in EN_TETE} == set(EnTeteEntree.model_fields)
    assert set(LIGNE) == set(LigneEntree.model_fields)
    assert set(DocumentEntree.model_fields) - set(EN_TETE) == {
        "type",
        "client",
        "fournisseur",
        "prix_tvac",
        "lignes",
        "acomptes",
    }


def test_api_02_creer(api):
    cas = EN_TETE | {
        "type": TYPE,
        "client": [un for un in cle(15) if un[0] is not None],
        "fournisseur": [un for un in cle(15) if un[0] is not None],
        "prix_tvac": BOOLEEN,
    }
    cas |= {"lignes": toutes("type_incorrect", None, {}, "a", 1)}
    verifier(api, "POST", "/v1/documents", lambda champ, valeur: poser(corps(), champ, valeur), cas)


def test_api_02_creer_une_ligne(api):
    def faire(champ, valeur):
        return corps("commande", {"designation": "Note"}, baguettes() | {champ: valeur})

    verifier(api, "POST", "/v1/documents", faire, LIGNE, "#/lignes/1")


def test_api_02_changer_l_en_tete(api):
    adresse = f"/v1/documents/{document(api)['id']}"
    verifier(api, "PATCH", adresse, lambda champ, valeur: poser({}, champ, valeur), EN_TETE)


def test_api_02_ajouter_et_changer_une_ligne(api):
    adresse = f"/v1/documents/{document(api, 'commande', baguettes())['id']}/lignes"
    verifier(api, "POST", adresse, lambda champ, valeur: baguettes() | {champ: valeur}, LIGNE)
    verifier(api, "PATCH", f"{adresse}/100", lambda champ, valeur: {champ: valeur}, LIGNE)


def test_api_02_transferer(api):
    source = document(api, "commande", baguettes())

    def cible(champ, valeur):
        return demande(poser({"type": "bordereau"}, champ, valeur), source)

    def origine(champ, valeur):
        return demande("bordereau", part(source) | {champ: valeur})

    def ligne(champ, valeur):
        return demande("bordereau", part(source, {"ordre": 100} | {champ: valeur}))

    quantite = decimal(9, 6, signe=True)
    lignes = {"ordre": [(None, "type_incorrect"), *ORDRE], "quantite": quantite, "quantite_unite_commande": quantite}
    sources = {"document": [(None, "type_incorrect"), *DOCUMENT], "ordre_debut": ORDRE, "ordre_fin": ORDRE}
    types = [un for un in TYPE if un[0] is not None]
    verifier(api, "POST", "/v1/transferts", cible, EN_TETE | {"type": types, "document": DOCUMENT}, "#/cible")
    verifier(api, "POST", "/v1/transferts", origine, sources, "#/sources/0")
    verifier(api, "POST", "/v1/transferts", ligne, lignes, "#/sources/0/lignes/0")


@pytest.mark.parametrize(
    ("envoi", "attendu"),
    [
        ({}, [("#/cible", "champ_requis"), ("#/sources", "champ_requis")]),
        ({"cible": {"type": "facture"}, "sources": []}, [("#/sources", "liste_trop_courte")]),
        ({"cible": {}, "sources": [{"document": ABSENT}]}, [("#/cible", "cible_incomplete")]),
        (
            {"cible": {"type": "facture", "document": ABSENT}, "sources": [{"document": ABSENT}]},
            [("#/cible", "cible_incomplete")],
        ),
        ({"cible": {"type": "facture"}, "sources": [{}]}, [("#/sources/0/document", "champ_requis")]),
        ({"cible": {"type": "facture"}, "sources": [{"document": ABSENT, "x": 1}]}, [("#/sources/0", "champ_inconnu")]),
        (
            {"cible": {"type": "facture"}, "sources": [{"document": ABSENT, "lignes": [{}]}]},
            [("#/sources/0/lignes/0/ordre", "champ_requis")],
        ),
        (
            {"cible": {"type": "facture"}, "sources": [{"document": ABSENT}], "depassement": None},
            [("#/depassement", "type_incorrect")],
        ),
        (
            {"cible": {"type": "facture"}, "sources": [{"document": ABSENT}], "recalculer_prix": 1},
            [("#/recalculer_prix", "type_incorrect")],
        ),
        ({"cible": {"type": "facture"}, "sources": [{"document": ABSENT}] * 201}, [("#/sources", "liste_trop_longue")]),
    ],
)
def test_api_01_une_demande_de_transfert_fausse(api, envoi, attendu):
    assert erreurs(api.post("/v1/transferts", json=envoi)) == (422, attendu)


def test_api_01_un_document_absent(api):
    source = document(api, "commande", baguettes())
    for envoi, pointeur in (
        (demande("bordereau", source, {"document": ABSENT}), "#/sources/1/document"),
        (demande({"document": ABSENT}, source), "#/cible/document"),
    ):
        assert erreurs(api.post("/v1/transferts", json=envoi)) == (404, [(pointeur, "document_absent")])


def test_api_03_champs_requis_et_inconnus(api):
    assert erreurs(api.post("/v1/documents", json={})) == (422, [("#/type", "champ_requis")])
    for envoi in (corps(numero=4), corps(etat="annule"), corps(totaux={})):
        assert erreurs(api.post("/v1/documents", json=envoi)) == (422, [("#", "champ_inconnu")])
    ligne = corps("commande", baguettes(montant_htva="1.00"))
    assert erreurs(api.post("/v1/documents", json=ligne)) == (422, [("#/lignes/0", "champ_inconnu")])
    adresse = f"/v1/documents/{document(api)['id']}"
    for champ in ("type", "client", "fournisseur", "prix_tvac", "lignes", "numero"):
        assert erreurs(envoyer(api, "PATCH", adresse, {champ: "x"})) == (422, [("#", "champ_inconnu")])
    trop = corps("commande", *[{"designation": "a"}] * 2001)
    assert erreurs(api.post("/v1/documents", json=trop)) == (422, [("#/lignes", "liste_trop_longue")])
    faux = api.post(f"{adresse}/impression", json={"forcer_chronologie": "oui"})
    assert erreurs(faux) == (422, [("#/forcer_chronologie", "type_incorrect")])


@pytest.mark.parametrize("champ", REFERENCES)
def test_api_02_des_references_inconnues(api, champ):
    source = document(api, "commande", baguettes())
    avant = contenu(api)
    for methode, adresse, envoi, pointeur in (
        ("POST", "/v1/documents", corps(**{champ: "NULLEPART"}), f"#/{champ}"),
        ("PATCH", f"/v1/documents/{source['id']}", {champ: "NULLEPART"}, f"#/{champ}"),
        ("POST", "/v1/transferts", demande({"type": "bordereau", champ: "NULLEPART"}, source), f"#/cible/{champ}"),
    ):
        assert erreurs(envoyer(api, methode, adresse, envoi)) == (422, [(pointeur, "reference_inconnue")]), methode
    assert contenu(api) == avant


@pytest.mark.parametrize(
    ("champ", "code"),
    [
        ("article", "article_inconnu"),
        ("unite_commande", "unite_commande_inconnue"),
        *(
            (un, "reference_inconnue")
            for un in ("unite", "code_tva", "imputation", "depot", "plan_analytique", "compte_analytique")
        ),
    ],
)
def test_api_02_des_references_inconnues_dans_les_lignes(api, champ, code):
    cree = document(api, "commande", baguettes())
    adresse, fausse = f"/v1/documents/{cree['id']}/lignes", baguettes() | {champ: "NULLEPART"}
    assert erreurs(api.post("/v1/documents", json=corps("offre", fausse))) == (422, [(f"#/lignes/0/{champ}", code)])
    assert erreurs(api.post(adresse, json=fausse)) == (422, [(f"#/{champ}", code)])
    assert erreurs(envoyer(api, "PATCH", f"{adresse}/100", {champ: "NULLEPART"})) == (422, [(f"#/{champ}", code)])


def test_api_02_un_client_ou_une_adresse_inconnus(api):
    assert erreurs(api.post("/v1/documents", json=corps(client="PERSONNE"))) == (422, [("#/client", "client_inconnu")])
    refuse = api.post("/v1/documents", json=corps(adresse_livraison_id=1))
    assert erreurs(refuse) == (422, [("#/adresse_livraison_id", "adresse_inconnue_du_client")])


@pytest.mark.parametrize("faux", ["1", "abc", "019A0000-0000-7000-8000-000000000000", "%00", "%F0%9F%A5%96"])
def test_api_02_des_identifiants_qui_n_en_sont_pas(api, faux):
    adresse = f"/v1/documents/{faux}"
    essais: list[tuple[str, str, Any]] = [("GET", suite, None) for suite in ("", "/pdf", "/chaine")]
    essais += [("POST", "/impression", {}), ("POST", "/lignes", baguettes()), ("PATCH", "", {}), ("DELETE", "", None)]
    for methode, suite, envoi in essais:
        assert erreurs(envoyer(api, methode, adresse + suite, envoi)) == (422, [("/id", "format_incorrect")])


@pytest.mark.parametrize("faux", ["1_0", "a", "-1", "\uff11", "1.0"])
def test_api_02_des_ordres_qui_n_en_sont_pas(api, faux):
    for methode in ("PATCH", "DELETE"):
        refuse = envoyer(api, methode, f"/v1/documents/{ABSENT}/lignes/{faux}", {})
        assert erreurs(refuse) == (422, [("/ordre", "type_incorrect")])


def test_api_02_rien_de_lu_n_est_repete(api):
    """The input is never echoed (API-01)."""
    for envoi in (
        corps(contact="SECRET\x00"),
        corps(type="SECRET"),
        corps("commande", {"article": "SECRET", "quantite": "1"}),
    ):
        assert "SECRET" not in api.post("/v1/documents", json=envoi).text
    changer(api, "/v1/parametres", nom="X")
    creer(api, "/v1/documents", corps())
    assert sql(api, "SELECT count(*) FROM documents") == [(1,)]
