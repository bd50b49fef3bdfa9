"""Erasing in batches (EFF-01), what never goes, and the trace of what went (EFF-02)."""

import pytest
from tests.api.documents import (
    baguettes,
    boulangerie,
    contenu,
    document,
    etat,
    imprimer,
    lire,
    part,
    requetes_sql,
    restes,
    sql,
    supprimer,
    transfere,
)
from tests.api.reponses import donnees, erreurs, refus
from tests.api.travaux import effacer

TYPES = ("offre_type", "offre", "commande", "proforma", "bordereau", "retour")
FISCAUX = ("facture", "note_credit")


@pytest.fixture(autouse=True)
def _boulangerie(api):
    boulangerie(api)


def demande(genre, **autres):
    return {"type": genre, "date_limite": "2025-12-31", "motif": "Fin d'année"} | autres


def efface(api, genre="commande", **autres):
    """What the dry run answers, or the job once it is done."""
    if not autres.get("simulation"):
        return effacer(api, demande(genre, **autres))
    reponse = api.post("/v1/effacements", json=demande(genre, **autres))
    assert reponse.status_code == 200, reponse.text
    return reponse.json()


def comptes(bilan):
    return {un["code"]: un["nombre"] for un in bilan["comptes"]}


def noms(documents):
    return [un["document"] for un in documents]


def existe(api, cree):
    return api.get(f"/v1/documents/{cree['id']}").status_code == 200


def annule(api, genre="commande", **en_tete):
    fait = imprimer(api, document(api, genre, baguettes("10"), **en_tete))
    assert supprimer(api, fait).status_code == 204
    return fait


@pytest.mark.parametrize("genre", TYPES)
def test_eff_01_ce_qui_est_annule_s_efface(api, genre):
    fait, autre = annule(api, genre), document(api, genre, baguettes("10"))
    bilan = efface(api, genre)
    assert (noms(bilan["effaces"]), comptes(bilan)) == ([fait["id"]], {"efface": 1, "document_sans_numero": 1})
    assert (existe(api, fait), existe(api, autre)) == (False, True)
    assert sql(api, "SELECT count(*) FROM lignes") == [(1,)]


def test_eff_01_la_simulation_dit_la_meme_chose_et_ne_garde_rien(api):
    fait, waiting = annule(api), document(api, "commande", baguettes("10"))
    avant = contenu(api)
    essai = efface(api, simulation=True, non_numerotes=True)
    assert noms(essai["effaces"]) == [fait["id"], waiting["id"]]
    assert contenu(api) == avant
    vrai = efface(api, non_numerotes=True)
    assert vrai == essai | {"simulation": False}
    assert sql(api, "SELECT count(*) FROM documents") == [(0,)]


def test_eff_02_le_numero_reste_explique(api):
    fait = annule(api)
    efface(api)
    (numero,) = donnees(api.get("/v1/effacements/numeros?exercice=2025&type=commande"))
    attendu = {"exercice": "2025", "type": "commande", "numero": 1, "motif": "Fin d'année", "client": "NATIONAL"}
    assert {nom: numero[nom] for nom in attendu} == attendu
    assert donnees(api.get("/v1/effacements/numeros?type=facture")) == []
    trace = donnees(api.get("/v1/evenements?ressource=document"))[-1]
    assert (trace["action"], trace["identifiant"], trace["apres"]) == ("effacement", fait["id"], None)
    garde = {"numero": 1, "numero_affiche": fait["numero_affiche"], "client": "NATIONAL", "motif": "Fin d'année"}
    assert {nom: trace["avant"][nom] for nom in garde} == garde
    assert imprimer(api, document(api, "commande", baguettes()))["numero"] == 2


@pytest.mark.parametrize("requete", ["UPDATE numeros_effaces SET motif = 'x'", "DELETE FROM numeros_effaces"])
def test_eff_02_la_base_garde_les_numeros(api, requete):
    annule(api)
    efface(api)
    with pytest.raises(Exception, match="append-only"):
        sql(api, requete)


@pytest.mark.parametrize("genre", FISCAUX)
def test_eff_02_un_fiscal_numerote_ne_s_efface_jamais(api, genre):
    numerote = imprimer(api, document(api, genre, baguettes("10")))
    tous = {"non_numerotes": True, "modifiables": True}
    bilan = efface(api, genre, **tous)
    assert [(un["document"], un["code"]) for un in bilan["gardes"]] == [(numerote["id"], "document_fiscal")]
    assert bilan["gardes"][0]["detail"]
    api.post(f"/v1/documents/{numerote['id']}/reouverture", json={"motif": "Erreur"})
    assert comptes(efface(api, genre, **tous)) == {"document_fiscal": 1}
    for etat_force in ("annule", "transfere"):
        sql(api, "UPDATE documents SET etat = :etat", etat=etat_force)
        assert comptes(efface(api, genre, **tous)) == {"document_fiscal": 1}
    assert existe(api, numerote)


@pytest.mark.parametrize("genre", TYPES)
def test_eff_02_rien_de_comptabilise_ne_s_efface(api, genre):
    fait = imprimer(api, document(api, genre, baguettes("10")))
    sql(api, "UPDATE documents SET etat = 'comptabilise'")
    bilan = efface(api, genre, non_numerotes=True, modifiables=True)
    assert comptes(bilan) == {"document_comptabilise": 1}
    assert existe(api, fait)


def test_eff_01_les_factures_jamais_numerotees_sont_dites_a_part(api):
    brouillon = document(api, "facture", baguettes("10"))
    assert comptes(efface(api, "facture")) == {"document_sans_numero": 1}
    essai = efface(api, "facture", non_numerotes=True, simulation=True)
    assert (noms(essai["factures_non_numerotees"]), essai["effaces"]) == ([brouillon["id"]], [])
    efface(api, "facture", non_numerotes=True)
    assert not existe(api, brouillon)


def test_eff_01_les_modifiables_seulement_sur_demande_et_leurs_effets_defaits(api):
    """What a waiting document took goes back to where it came from: quantities, charges, state."""
    commande = document(api, "commande", baguettes("10"), montant_livraison="7.50")
    bordereau = imprimer(api, transfere(api, "bordereau", commande))
    assert comptes(efface(api, "bordereau")) == {"document_modifiable": 1}
    assert etat(api, commande) == "transfere"
    bilan = efface(api, "bordereau", modifiables=True)
    assert (noms(bilan["effaces"]), etat(api, commande), restes(api, commande)) == (
        [bordereau["id"]],
        "en_attente",
        ["10"],
    )
    assert transfere(api, "facture", commande)["montant_livraison"] == "7.50"


def test_eff_01_ce_qui_mene_quelque_part_reste(api):
    commande = imprimer(api, document(api, "commande", baguettes("10")))
    bordereau = transfere(api, "bordereau", part(commande, {"ordre": 100, "quantite": "3"}))
    tous = {"non_numerotes": True, "modifiables": True}
    assert comptes(efface(api, **tous)) == {"document_suivi": 1}
    imprimer(api, bordereau)
    supprimer(api, bordereau)
    assert comptes(efface(api, **tous)) == {"efface": 1}
    assert lire(api, bordereau)["lignes"][0]["origine"] is None


def test_eff_01_un_modele_dont_une_facture_est_issue_reste(api):
    """Nothing of an issued facture changes, not even where its lines came from."""
    modele = imprimer(api, document(api, "offre_type", baguettes("10")))
    facture = transfere(api, "facture", modele)
    imprimer(api, facture)
    assert comptes(efface(api, "offre_type", modifiables=True)) == {"document_suivi": 1}
    autre = imprimer(api, document(api, "offre_type", baguettes("10")))
    transfere(api, "commande", autre)
    assert comptes(efface(api, "offre_type", modifiables=True)) == {"document_suivi": 1, "efface": 1}


def test_eff_01_un_bloque_qui_ne_mene_nulle_part_s_efface_s_il_ne_tient_rien(api):
    """A commande given up to the last is done and leads nowhere; one that came from an offre still holds that."""
    seule = document(api, "commande", baguettes("10"))
    offre = document(api, "offre", baguettes("10"))
    issue = transfere(api, "commande", offre)
    sources = [{"document": une["id"]} for une in (seule, issue)]
    api.post("/v1/back-orders/abandons", json={"motif": "Plus demandé", "sources": sources})
    bilan = efface(api)
    assert (noms(bilan["effaces"]), comptes(bilan)) == ([seule["id"]], {"efface": 1, "origine_tenue": 1})
    assert (etat(api, offre), existe(api, issue)) == ("transfere", True)


def test_eff_01_par_numeros_dans_leur_exercice_et_jusqu_a_une_date(api):
    faits = [annule(api, date=f"2025-06-{jour}") for jour in ("10", "11", "12", "13")]
    waiting = document(api, "commande", baguettes("1"), date="2025-06-01")

    def partiraient(**autres):
        return [un["document"] for un in efface(api, simulation=True, **autres)["effaces"]]

    ids = [un["id"] for un in faits]
    assert partiraient(exercice="2025", numero_debut=2, numero_fin=3) == ids[1:3]
    assert partiraient(exercice="2025", numero_debut=4) == ids[3:]
    assert partiraient(date_limite="2025-06-11") == ids[:2]
    assert partiraient(exercice="2025", numero_fin=1, non_numerotes=True) == [ids[0], waiting["id"]]
    assert partiraient(exercice="2025", numero_fin=1) == ids[:1]


@pytest.mark.parametrize(
    ("autres", "attendu"),
    [
        ({"numero_debut": 1}, (422, [("#/exercice", "exercice_requis")])),
        ({"numero_fin": 1}, (422, [("#/exercice", "exercice_requis")])),
        ({"exercice": "2025", "numero_debut": 3, "numero_fin": 2}, (422, [("#/numero_fin", "numeros_inverses")])),
        ({"exercice": "1999"}, (422, [("#/exercice", "reference_inconnue")])),
        ({"motif": ""}, (422, [("#/motif", "texte_trop_court")])),
        ({"type": "recu"}, (422, [("#/type", "valeur_hors_liste")])),
        ({"date_limite": None}, (422, [("#/date_limite", "date_illisible")])),
        ({"numero_debut": 0}, (422, [("#/numero_debut", "hors_bornes")])),
    ],
)
def test_eff_01_une_demande_fausse(api, autres, attendu):
    annule(api)
    avant = contenu(api)
    assert erreurs(api.post("/v1/effacements", json=demande("commande") | autres)) == attendu
    assert contenu(api) == avant


def test_eff_01_autant_de_requetes_pour_beaucoup_que_pour_peu(api):
    """Annulled and waiting ones, with what they give back."""
    nombres = []
    for combien in (1, 8):
        for _ in range(combien):
            commande = document(api, "commande", baguettes("10"))
            imprimer(api, transfere(api, "bordereau", commande))
            annule(api, "bordereau")
        with requetes_sql(api) as envoyees:
            assert comptes(efface(api, "bordereau", modifiables=True)) == {"efface": 2 * combien}
        nombres.append(len(envoyees))
    assert nombres[0] == nombres[1]


def test_eff_01_effacer_demande_une_cle_d_administration(api):
    cree = api.post("/v1/cles", json={"libelle": "x", "portees": ["saisie", "facturation", "parametres"]}).json()
    reponse = api.post(
        "/v1/effacements", json=demande("commande"), headers={"authorization": f"Bearer {cree['secret']}"}
    )
    assert refus(reponse) == (403, "portee_insuffisante")
