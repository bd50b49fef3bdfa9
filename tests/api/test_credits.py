"""Credits and returns: CAL-15, TRF-09, TRF-10, through the API."""

from collections import defaultdict
from decimal import Decimal
from random import Random

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from tests.api.catalogue import champ_refuse, creer
from tests.api.documents import (
    JOUR,
    baguettes,
    boulangerie,
    contenu,
    document,
    etat,
    imprimer,
    lire,
    modifier,
    modifier_ligne,
    part,
    restes,
    sql,
    supprimer,
    supprimer_ligne,
    taxer,
    tente,
    transfere,
)
from tests.api.reponses import erreurs, refus
from tests.api.test_pdf import texte

VIN = {"article": "VIN", "quantite": "7"}
ZERO = Decimal(0)


@pytest.fixture
def api(api):
    boulangerie(api)
    return api


def facture(api, *lignes, **en_tete):
    return imprimer(api, document(api, "facture", *(lignes or [baguettes("10")]), **en_tete))


def livre_et_facture(api, *lignes, **en_tete):
    bordereau = document(api, "bordereau", *(lignes or [baguettes("10")]), **en_tete)
    return bordereau, imprimer(api, transfere(api, "facture", bordereau))


def par_groupe(*documents):
    sommes: dict[tuple[str, str], tuple[Decimal, Decimal]] = defaultdict(lambda: (ZERO, ZERO))
    for un in documents:
        for groupe in un["totaux"]["par_taux"]:
            cle = groupe["categorie"], groupe["taux"]
            base, tva = sommes[cle]
            sommes[cle] = base + Decimal(groupe["base"]), tva + Decimal(groupe["tva"])
    return {cle: montants for cle, montants in sommes.items() if any(montants)}


def ligne(ordre=100, quantite=None):
    return {"ordre": ordre} | ({} if quantite is None else {"quantite": quantite})


# CAL-15


@pytest.mark.parametrize("graine", range(6))
def test_cal_15_des_credits_au_hasard_font_la_facture_au_cent(api, graine):
    """By line and quantity, in several notes, directly or by retours; taxes, charges, both escomptes, both prices."""
    hasard = Random(graine)
    taxer(api, "BAG", "BEB", montant="0.0137", code_tva="21")
    taxer(api, "VIN", "REC", pourcentage="3.30", code_tva="21")
    escompte = {"code": "ESC", "libelle": "Escompte", "genre": ("deduit", "conditionnel")[graine % 2]}
    creer(api, "/v1/escomptes", escompte | {"pourcentage": "2.35"} | ({"jours": 8} if graine % 2 else {}))
    creer(api, "/v1/modes-livraison", {"code": "CAM", "libelle": "Camion"})
    lignes = [
        baguettes(str(hasard.randint(2, 40)), taxe=True, prix="0.3350"),
        VIN | {"taxe": True, "remise": "7.50"},
        {"designation": "Service", "quantite": "3", "prix": "0.0050", "code_tva": "21"},
        {"designation": "Merci"},
    ]
    en_tete = {"escompte": "ESC" if graine > 1 else None, "mode_livraison": "CAM", "montant_livraison": "9.99"}
    bordereau, emise = livre_et_facture(api, *lignes, prix_tvac=graine in {2, 3, 5}, **en_tete)
    notes = []
    while any(Decimal(une["quantite_restante"]) for une in lire(api, emise)["lignes"]):
        choisies = [
            ligne(une["ordre"], str(hasard.randint(1, int(Decimal(une["quantite_restante"])))))
            for une in lire(api, emise)["lignes"]
            if Decimal(une["quantite_restante"]) and hasard.random() < 0.6
        ]
        if choisies:
            source = hasard.choice((bordereau, emise))
            if hasard.random() < 0.5:
                source = transfere(api, "retour", part(source, *choisies))
                notes.append(transfere(api, "note_credit", source))
            else:
                notes.append(transfere(api, "note_credit", part(emise, *choisies)))
            if hasard.random() < 0.5:
                assert imprimer(api, notes[-1])["totaux"] == notes[-1]["totaux"]
    assert par_groupe(*notes) == par_groupe(emise)
    for champ in ("htva", "tva", "tvac", "escompte", "montant_du", "frais"):
        assert sum(Decimal(une["totaux"][champ]) for une in notes) == Decimal(emise["totaux"][champ])
    for une in emise["lignes"]:
        credites = [rendue for note in notes for rendue in note["lignes"] if rendue["credite"] == une["id"]]
        assert sum(Decimal(rendue["montant_htva"]) for rendue in credites) == Decimal(une["montant_htva"])
    assert [imprimer(api, un)["totaux"] for un in notes] == [un["totaux"] for un in notes]


def test_cal_15_le_credit_entier_est_la_facture(api):
    emise = facture(api, *(baguettes("1", prix="0.3350") for _ in range(3)), montant_livraison="10.00")
    note = transfere(api, "note_credit", emise)
    assert par_groupe(note) == par_groupe(emise)
    assert note["montant_livraison"] == "10.00"


def test_cal_15_ce_qui_part_au_milieu_revient_au_dernier(api):
    """A note that vanishes gives its part back; a smaller one leaves the difference; who ends it takes the rest."""
    emise = facture(api, baguettes("10", prix="0.3350"))
    premiere, deuxieme = (transfere(api, "note_credit", part(emise, ligne(100, "3"))) for _ in range(2))
    derniere = imprimer(api, transfere(api, "note_credit", emise))
    assert [un["totaux"]["htva"] for un in (premiere, deuxieme, derniere)] == ["1.01", "1.01", "1.33"]
    assert supprimer(api, premiere).is_success
    assert modifier_ligne(api, deuxieme, 100, quantite="1").json()["totaux"]["htva"] == "0.34"
    fin = transfere(api, "note_credit", emise)
    assert fin["totaux"]["htva"] == "1.68"
    deuxieme = imprimer(api, deuxieme)
    assert par_groupe(deuxieme, derniere, imprimer(api, fin)) == par_groupe(emise)


def test_cal_15_un_autre_prix_ne_credite_jamais_plus(api):
    note = transfere(api, "note_credit", facture(api))
    avant = contenu(api)
    refuse = modifier_ligne(api, note, 100, prix="0.8600")
    assert erreurs(refuse) == champ_refuse("#/lignes/0/prix", "credit_depasse", 422)
    assert contenu(api) == avant
    assert modifier_ligne(api, note, 100, prix="0.1000").json()["totaux"]["htva"] == "1.00"


def test_cal_07_le_taux_de_la_facture_reste(api):
    """A retour or a note keeps the facture's rate whatever holds today, and its escompte too."""
    creer(api, "/v1/escomptes", {"code": "ESC", "libelle": "E", "genre": "deduit", "pourcentage": "2.00"})
    emise = facture(api, baguettes("10", prix="10.0000"), escompte="ESC")
    api.patch("/v1/escomptes/ESC", json={"pourcentage": "50.00"}, headers={"if-match": "*"})
    api.post("/v1/codes-tva/6/taux", json={"du": "2025-07-01", "taux": "9.00"})
    retour = transfere(api, {"type": "retour", "date": "2025-07-02"}, emise)
    note = transfere(api, {"type": "note_credit", "date": "2025-07-02"}, retour)
    assert note["totaux"]["par_taux"] == emise["totaux"]["par_taux"]


def test_cal_08_la_note_imprime_l_escompte_de_sa_facture(api):
    """Its lines and its total differ by an escompte taken off, so it says so, at the facture's percentage."""
    creer(api, "/v1/escomptes", {"code": "ESC", "libelle": "E", "genre": "deduit", "pourcentage": "2.00"})
    emise = facture(api, baguettes("10", prix="10.0000"), escompte="ESC")
    api.patch("/v1/escomptes/ESC", json={"pourcentage": "50.00"}, headers={"if-match": "*"})
    lu = texte(api, imprimer(api, transfere(api, "note_credit", part(emise, ligne(100, "5")))))
    assert "49,00" in lu
    assert "1,00" in lu
    assert "2 %" in lu
    assert "50 %" not in lu


# TRF-09


def test_trf_09_un_credit_ne_bouge_pas_le_stock_un_retour_oui(api):
    emise = facture(api)
    note = transfere(api, "note_credit", part(emise, ligne(100, "2")))
    assert [une["mise_a_jour_stock"] for une in note["lignes"]] == [False]
    assert modifier_ligne(api, note, 100, mise_a_jour_stock=True).json()["lignes"][0]["mise_a_jour_stock"] is True
    note = transfere(api, "note_credit", transfere(api, "retour", part(emise, ligne(100, "2"))))
    assert [une["mise_a_jour_stock"] for une in note["lignes"]] == [True]


def test_trf_09_les_frais_suivent_le_dernier_credit_une_fois(api):
    emise = facture(api, baguettes("10"), VIN, montant_livraison="10.00")
    premiere = transfere(api, "note_credit", part(emise, ligne(100)))
    assert premiere["montant_livraison"] == "0.00"
    assert transfere(api, "note_credit", emise)["montant_livraison"] == "10.00"
    avant = contenu(api)
    trop = modifier(api, premiere, montant_livraison="0.01")
    assert erreurs(trop) == champ_refuse("#/montant_livraison", "frais_credites_depasses", 422)
    assert contenu(api) == avant


def test_trf_09_des_frais_tapes_remplacent_ceux_de_la_facture(api):
    emise = facture(api, baguettes("10"), montant_livraison="10.00")
    sans = transfere(api, {"type": "note_credit", "date": JOUR, "montant_livraison": "0.00"}, emise)
    assert sans["totaux"]["htva"] == "8.50"
    assert modifier(api, sans, montant_livraison="4.00").json()["totaux"]["htva"] == "12.50"


def test_trf_09_refacturer_rend_le_bordereau_a_facturer(api):
    bordereau, emise = livre_et_facture(api, baguettes("10"), montant_livraison="10.00")
    assert etat(api, bordereau) == "transfere"
    note = transfere(api, "note_credit", emise, refacturer=True)
    assert [(une["refacture"], une["mise_a_jour_stock"]) for une in note["lignes"]] == [(True, True)]
    assert (etat(api, bordereau), restes(api, bordereau)) == ("en_attente", ["10"])
    autre = transfere(api, "facture", bordereau)
    assert (autre["totaux"]["tvac"], autre["montant_livraison"]) == (emise["totaux"]["tvac"], "10.00")
    avant = contenu(api)
    assert refus(supprimer(api, note)) == (409, "deja_refacturee")
    assert refus(supprimer_ligne(api, note, 100)) == (409, "deja_refacturee")
    assert refus(modifier_ligne(api, note, 100, quantite="9")) == (409, "deja_refacturee")
    assert contenu(api) == avant
    assert supprimer(api, autre).is_success
    assert supprimer(api, note).is_success
    assert (etat(api, bordereau), restes(api, bordereau)) == ("transfere", ["0"])
    assert restes(api, emise) == ["10"]


def test_trf_09_refacturer_en_partie_et_sans_origine(api):
    bordereau, emise = livre_et_facture(api)
    transfere(api, "note_credit", part(emise, ligne(100, "4")), refacturer=True)
    assert (etat(api, bordereau), restes(api, bordereau)) == ("en_attente", ["4"])
    avant = contenu(api)
    for source in (facture(api), transfere(api, "retour", part(emise, ligne(100, "1")))):
        avant = contenu(api)
        refuse = tente(api, "note_credit", source, refacturer=True)
        assert erreurs(refuse) == champ_refuse("#/refacturer", "refacturation_impossible", 422)
        assert contenu(api) == avant


# TRF-10


def test_trf_10_un_retour_se_credite_quand_son_bordereau_est_facture(api):
    bordereau = document(api, "bordereau", baguettes("10"))
    retour = transfere(api, "retour", part(bordereau, ligne(100, "4")))
    avant = contenu(api)
    refuse = tente(api, "note_credit", retour)
    assert erreurs(refuse) == champ_refuse("#/sources/0", "retour_non_facture", 422)
    assert contenu(api) == avant
    emise = imprimer(api, transfere(api, "facture", bordereau))
    note = transfere(api, "note_credit", retour)
    assert [(une["quantite"], une["credite"]) for une in note["lignes"]] == [("4", emise["lignes"][0]["id"])]
    assert lire(api, emise)["lignes"][0]["quantite_creditee"] == "4"
    assert etat(api, retour) == "transfere"
    assert supprimer(api, note).is_success
    assert (lire(api, emise)["lignes"][0]["quantite_creditee"], etat(api, retour)) == ("0", "en_attente")


def test_trf_10_un_retour_facture_en_deux_fois_credite_les_deux(api):
    bordereau = document(api, "bordereau", baguettes("10"))
    factures = [imprimer(api, transfere(api, "facture", part(bordereau, ligne(100, un)))) for un in ("6", "4")]
    retour = transfere(api, "retour", part(bordereau, ligne(100, "8")))
    note = transfere(api, "note_credit", retour)
    attendu = [("6", factures[0]["lignes"][0]["id"]), ("2", factures[1]["lignes"][0]["id"])]
    assert [(une["quantite"], une["credite"]) for une in note["lignes"]] == attendu
    assert note["totaux"]["htva"] == "6.80"


def test_trf_10_retours_et_credits_sont_bornes_ensemble(api):
    """Of ten: four come back on the bordereau, three on the facture; three are left to credit, none to return."""
    bordereau, emise = livre_et_facture(api)
    transfere(api, "retour", part(bordereau, ligne(100, "4")))
    transfere(api, "retour", part(emise, ligne(100, "3")))
    trop = tente(api, "note_credit", part(emise, ligne(100, "4")))
    assert erreurs(trop) == champ_refuse("#/sources/0/lignes/0/quantite", "quantite_creditee_depassee", 422)
    note = transfere(api, "note_credit", emise)
    assert [une["quantite"] for une in note["lignes"]] == ["3"]
    for source in (bordereau, emise):
        assert refus(tente(api, "retour", part(source, ligne(100, "1")))) == (422, "quantite_depassee")
    refuse = modifier_ligne(api, note, 100, quantite="4")
    assert erreurs(refuse) == champ_refuse("#/quantite", "quantite_creditee_depassee", 422)
    assert lire(api, emise)["lignes"][0]["quantite_creditee"] == "3"


def test_trf_10_rien_ne_se_facture_au_dela_du_livre(api):
    """The tolerance and `depassement` are for deliveries (TRF-03)."""
    bordereau = document(api, "bordereau", baguettes("10"), VIN)
    refuse = tente(api, "facture", part(bordereau, ligne(100, "11")), depassement=True)
    assert refus(refuse) == (422, "quantite_depassee")
    ouverte = transfere(api, "facture", part(bordereau, ligne(100, "10")))
    assert refus(modifier_ligne(api, ouverte, 100, quantite="11")) == (422, "quantite_depassee")


def refuse_par_la_base(api, requete, **valeurs):
    async def executer():
        connexion = api.app.state.base.exterieure
        await connexion.execute(text("SET LOCAL search_path TO societe_principale"))
        async with connexion.begin_nested():
            await connexion.execute(text(requete), valeurs)

    with pytest.raises(DBAPIError, match="twice"):
        api.attendre(executer)


COPIE = """INSERT INTO lignes SELECT (jsonb_populate_record(l, jsonb_build_object('id', gen_random_uuid(),
    'document', CAST(:vers AS text), 'ordre', 900))).* FROM lignes l WHERE id = CAST(:ligne AS uuid)"""


def test_trf_10_la_base_refuse_de_facturer_deux_fois(api):
    """A second line of a facture for the same goods, or a larger one, whoever writes it and whatever counters say."""
    bordereau = document(api, "bordereau", baguettes("10"))
    ouverte = transfere(api, "facture", bordereau)
    vierge, sienne = document(api, "facture"), ouverte["lignes"][0]["id"]
    refuse_par_la_base(api, COPIE, ligne=sienne, vers=vierge["id"])
    refuse_par_la_base(api, "UPDATE lignes SET quantite = 11 WHERE id = CAST(:ligne AS uuid)", ligne=sienne)
    de_lui = "UPDATE lignes SET quantite = 9 WHERE document = CAST(:document AS uuid)"
    refuse_par_la_base(api, de_lui, document=bordereau["id"])
    imprimer(api, ouverte)
    note = transfere(api, "note_credit", ouverte, refacturer=True)
    sql(api, COPIE, ligne=sienne, vers=vierge["id"])
    refuse_par_la_base(api, "DELETE FROM lignes WHERE document = CAST(:document AS uuid)", document=note["id"])


def test_trf_10_la_base_refuse_de_crediter_deux_fois(api):
    note = transfere(api, "note_credit", facture(api))
    autre = document(api, "note_credit")
    refuse_par_la_base(api, COPIE, ligne=note["lignes"][0]["id"], vers=autre["id"])


# Bad input


def test_trf_09_une_demande_fausse_ne_garde_rien(api):
    emise = facture(api, baguettes("10"), {"designation": "Merci"})
    d_un_autre = document(api, "note_credit", client="COCONTRACTANT")
    emis = imprimer(api, document(api, "note_credit"))
    annulee = imprimer(api, document(api, "bordereau"))
    assert supprimer(api, annulee).is_success
    commande = document(api, "commande", baguettes())
    for cible, source, options, statut, code in (
        ("note_credit", part(emise, ligne(100, "11")), {}, 422, "quantite_creditee_depassee"),
        ("note_credit", part(emise, ligne(100, "11")), {"depassement": True}, 422, "quantite_creditee_depassee"),
        ("note_credit", part(emise, ligne(200)), {}, 422, "rien_a_transferer"),
        (d_un_autre, emise, {}, 422, "clients_differents"),
        (emis, emise, {}, 409, "document_fiscal"),
        (annulee, commande, {}, 409, "etat_interdit"),
    ):
        avant = contenu(api)
        assert refus(tente(api, cible, source, **options)) == (statut, code)
        assert contenu(api) == avant
