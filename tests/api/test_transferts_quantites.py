"""How much may go of a line, in which unit, and what a changed target takes of its source (TRF-03, CAL-03, CAL-20)."""

from decimal import Decimal
from random import Random

import pytest
from tests.api.catalogue import champ_refuse, changer
from tests.api.documents import (
    baguettes,
    boulangerie,
    document,
    etat,
    imprimer,
    lire,
    modifier_ligne,
    part,
    quantites,
    restes,
    supprimer,
    supprimer_ligne,
    tente,
    transfere,
)
from tests.api.reponses import erreurs, refus

ICI = "#/sources/0/lignes/0"
NOTE = {"designation": "Livrer avant 6 h"}


@pytest.fixture(autouse=True)
def _boulangerie(api):
    boulangerie(api)


def prise(quantite=None, commande=None, ordre=100):
    """A chosen line, in base unit, in order unit, or both."""
    dites = {"quantite": quantite, "quantite_unite_commande": commande}
    return {"ordre": ordre} | {nom: valeur for nom, valeur in dites.items() if valeur is not None}


def saumons(pieces="10", kilos=None):
    """Pieces of 21 kg, more or less 5 %."""
    return prise(kilos, pieces) | {"article": "TRU", "unite_commande": "PC"}


def cartons(nombre="20"):
    """Cartons of 6 baguettes."""
    return {"article": "BAG", "quantite_unite_commande": nombre, "unite_commande": "CT6"}


def reste(api, source):
    """What is left of the first line, in both units."""
    ligne = lire(api, source)["lignes"][0]
    return ligne["quantite_restante"], ligne["quantite_unite_commande_restante"]


@pytest.mark.parametrize(
    ("demande", "parti", "attendu"),
    [
        (prise("30"), ("30", "5"), ("90", "15")),
        (prise(None, "5"), ("30", "5"), ("90", "15")),
        (prise("30", "5"), ("30", "5"), ("90", "15")),
        (prise("31"), ("31", "5"), ("89", "15")),
        (prise("120"), ("120", "20"), ("0", "0")),
        (prise(), ("120", "20"), ("0", "0")),
    ],
)
def test_trf_02_dans_les_deux_unites(api, demande, parti, attendu):
    source = document(api, "commande", cartons())
    assert quantites(transfere(api, "bordereau", part(source, demande))) == [(100, *parti)]
    assert reste(api, source) == attendu


def test_cal_03_une_paire_fausse_est_refusee(api):
    refuse = tente(api, "bordereau", part(document(api, "commande", cartons()), prise("31", "5")))
    assert erreurs(refuse) == champ_refuse(f"{ICI}/quantite", "quantites_incoherentes")
    assert "30" in refuse.json()["erreurs"][0]["detail"]


@pytest.mark.parametrize(("tolerance", "passe"), [("5.00", True), ("4.00", False)])
def test_cal_03_cinq_pieces_de_cent_dix_kilos(api, tolerance, passe):
    """Five pieces of 21 kg delivered as 110 kg: 4.76 % more; nothing is left, whatever they weigh."""
    changer(api, "/v1/articles/TRU/unites/PC", tolerance=tolerance)
    source = document(api, "commande", saumons("5"))
    reponse = tente(api, "bordereau", part(source, prise("110", "5")))
    if not passe:
        assert erreurs(reponse) == champ_refuse(f"{ICI}/quantite", "quantites_incoherentes")
        return
    assert quantites(reponse.json()) == [(100, "110", "5")]
    assert (reste(api, source), etat(api, source)) == (("0", "0"), "transfere")
    facture = transfere(api, "facture", reponse.json())
    assert facture["totaux"]["htva"] == "2310.00"
    assert (quantites(facture), supprimer(api, facture).status_code) == ([(100, "110", "5")], 204)
    assert reste(api, reponse.json()) == ("110", "5")


def test_cal_03_le_reste_se_compte_en_pieces(api):
    source = document(api, "commande", saumons("10"))
    transfere(api, "bordereau", part(source, prise("88", "4")))
    assert reste(api, source) == ("122", "6")
    refuse = tente(api, "bordereau", part(source, prise(None, "7")))
    assert erreurs(refuse) == champ_refuse(f"{ICI}/quantite_unite_commande", "quantite_depassee")
    assert quantites(transfere(api, "bordereau", source)) == [(100, "122", "6")]


@pytest.mark.parametrize(
    ("societe", "article", "quantite", "passe"),
    [
        ("0", None, "100", True),
        ("0", None, "100.000001", False),
        ("10", None, "110", True),
        ("10", None, "110.01", False),
        ("10", "0", "101", False),
        ("0", "25", "125", True),
    ],
)
def test_trf_03_tolerance_de_la_societe_ou_de_l_article(api, societe, article, quantite, passe):
    changer(api, "/v1/parametres", tolerance_depassement=societe)
    changer(api, "/v1/articles/BAG", tolerance_depassement=article)
    source = document(api, "commande", baguettes("100"))
    reponse = tente(api, "bordereau", part(source, prise(quantite)))
    if passe:
        assert (reponse.status_code, etat(api, source)) == (201, "transfere")
    else:
        assert erreurs(reponse) == champ_refuse(f"{ICI}/quantite", "quantite_depassee")


def test_trf_03_la_tolerance_vaut_pour_ce_qui_etait_commande(api):
    """10 % of 100, however many transfers: 60 then 50, and not one more."""
    changer(api, "/v1/parametres", tolerance_depassement="10")
    source = document(api, "commande", baguettes("100"), baguettes("1"))
    transfere(api, "bordereau", part(source, prise("60")))
    assert refus(tente(api, "bordereau", part(source, prise("50.5")))) == (422, "quantite_depassee")
    transfere(api, "bordereau", part(source, prise("50")))
    assert refus(tente(api, "bordereau", part(source, prise("0.1")))) == (422, "quantite_depassee")


def test_trf_03_depassement_sur_demande(api):
    source = document(api, "commande", baguettes("10"))
    demande = part(source, prise("500"))
    assert refus(tente(api, "bordereau", demande)) == (422, "quantite_depassee")
    cible = transfere(api, "bordereau", demande, depassement=True)
    assert (quantites(cible), etat(api, source), restes(api, source)) == ([(100, "500", None)], "transfere", ["0"])
    supprimer(api, cible)
    assert (etat(api, source), restes(api, source)) == ("en_attente", ["10"])


def test_trf_10_ni_depassement_ni_tolerance_pour_ce_qui_revient(api):
    changer(api, "/v1/parametres", tolerance_depassement="50")
    bordereau = document(api, "bordereau", baguettes("10"))
    facture, autre = (imprimer(api, document(api, "facture", baguettes("10"))) for _ in range(2))
    for source, genre in ((bordereau, "retour"), (facture, "retour"), (autre, "note_credit")):
        code = "quantite_depassee" if genre == "retour" else "quantite_creditee_depassee"
        trop = tente(api, genre, part(source, prise("11")), depassement=True)
        assert refus(trop) == (422, code)
        assert quantites(transfere(api, genre, part(source, prise("7")))) == [(100, "7", None)]
        assert refus(tente(api, genre, part(source, prise("4")))) == (422, code)
    assert restes(api, bordereau) == ["10"]
    assert lire(api, bordereau)["lignes"][0]["quantite_retournee"] == "7"
    assert etat(api, facture) == "en_attente"


def test_trf_03_des_quantites_absurdes(api):
    source = document(api, "commande", baguettes("10"), {"designation": "Note"}, cartons("2"))
    for demande, champ, code in (
        (prise("-1"), "quantite", "signe_contraire"),
        (prise(None, "1"), "quantite_unite_commande", "unite_commande_manquante"),
        (prise("1", ordre=200), "quantite", "ligne_sans_quantite"),
        (prise("1", ordre=150), "ordre", "ligne_inconnue"),
        (prise(None, "0.00001", ordre=300), "quantite_unite_commande", "quantite_arrondie_a_zero"),
    ):
        assert erreurs(tente(api, "bordereau", part(source, demande))) == champ_refuse(f"{ICI}/{champ}", code)
    double = tente(api, "bordereau", part(source, prise("1"), prise("2")))
    assert erreurs(double) == champ_refuse("#/sources/0/lignes/1/ordre", "ligne_repetee")
    dehors = tente(api, "bordereau", part(source, prise("1"), ordre_debut=200, ordre_fin=300))
    assert erreurs(dehors) == champ_refuse(f"{ICI}/ordre", "ligne_hors_plage")
    inversee = tente(api, "bordereau", part(source, ordre_debut=300, ordre_fin=200))
    assert erreurs(inversee) == champ_refuse("#/sources/0/ordre_fin", "plage_inversee")
    for rien in (part(source, prise("0")), part(source, {"ordre": 200}), part(source, ordre_debut=400)):
        assert refus(tente(api, "bordereau", rien)) == (422, "rien_a_transferer")
    assert restes(api, source) == ["10", "0", "12"]


def test_trf_03_une_ligne_libre_negative(api):
    source = document(
        api, "bordereau", baguettes("10"), {"designation": "Vidange", "quantite": "-4", "prix": "1", "code_tva": "0"}
    )
    assert refus(tente(api, "facture", part(source, prise("-5", ordre=200)))) == (422, "quantite_depassee")
    facture = imprimer(api, transfere(api, "facture", source))
    assert quantites(facture)[1] == (200, "-4", None)
    note = transfere(api, "note_credit", facture)
    assert note["totaux"]["htva"] == facture["totaux"]["htva"]
    assert modifier_ligne(api, note, 200, designation="Vidanges").status_code == 200


def test_trf_06_changer_la_cible_change_la_source(api):
    source = document(api, "commande", baguettes("10"), client="HOTEL")
    cible = transfere(api, "bordereau", part(source, prise("4")))
    changer(api, "/v1/articles/BAG", prix_vente="9.0000")
    for quantite, attendu, situation in (("6", "4", "en_attente"), ("1", "9", "en_attente"), ("10", "0", "transfere")):
        ligne = modifier_ligne(api, cible, 100, quantite=quantite).json()["lignes"][0]
        assert (ligne["prix"], ligne["remise"]) == ("0.8500", "5.00")
        assert (restes(api, source), etat(api, source)) == ([attendu], situation)
    refuse = modifier_ligne(api, cible, 100, quantite="10.5")
    assert erreurs(refuse) == champ_refuse("#/quantite", "quantite_depassee")
    assert modifier_ligne(api, cible, 100, quantite="0").status_code == 200
    assert restes(api, source) == ["10"]


def test_trf_06_la_tolerance_vaut_aussi_pour_un_changement(api):
    changer(api, "/v1/articles/BAG", tolerance_depassement="20")
    source = document(api, "commande", baguettes("10"))
    cible = transfere(api, "bordereau", source)
    assert modifier_ligne(api, cible, 100, quantite="12").status_code == 200
    assert refus(modifier_ligne(api, cible, 100, quantite="12.1")) == (422, "quantite_depassee")


def test_trf_06_apres_un_depassement_on_peut_diminuer(api):
    source = document(api, "commande", baguettes("10"))
    cible = transfere(api, "bordereau", part(source, prise("30")), depassement=True)
    assert modifier_ligne(api, cible, 100, quantite="20", designation="Vingt").status_code == 200
    assert refus(modifier_ligne(api, cible, 100, quantite="21")) == (422, "quantite_depassee")


def test_cal_03_le_poids_livre_change_les_pieces_restent(api):
    source = document(api, "commande", saumons("5"), NOTE)
    cible = transfere(api, "bordereau", source)
    assert modifier_ligne(api, cible, 100, quantite="110", quantite_unite_commande="5").status_code == 200
    assert (reste(api, source), etat(api, source)) == (("0", "0"), "transfere")
    assert refus(modifier_ligne(api, cible, 100, quantite="126", quantite_unite_commande="6")) == (
        422,
        "quantite_depassee",
    )
    modifier_ligne(api, cible, 100, quantite="80", quantite_unite_commande="4")
    assert reste(api, source) == ("21", "1")


def test_trf_06_un_autre_article_ne_vient_plus_de_la_source(api):
    source = document(api, "commande", baguettes("10"))
    cible = transfere(api, "bordereau", source)
    change = modifier_ligne(api, cible, 100, article="VIN").json()
    assert (change["lignes"][0]["origine"], restes(api, source), etat(api, source)) == (None, ["10"], "en_attente")


def test_trf_06_une_autre_unite_de_commande_rend_autant(api):
    source = document(api, "commande", cartons("4"))
    cible = transfere(api, "bordereau", part(source, prise(None, "2")))
    assert modifier_ligne(api, cible, 100, unite_commande=None, quantite="6").status_code == 200
    assert reste(api, source) == ("18", "3")
    assert supprimer_ligne(api, cible, 100).status_code == 200
    assert reste(api, source) == ("24", "4")


def test_cal_20_le_reste_exact_se_corrige(api):
    """Kilograms typed on pieces of a third: the last part is the exact rest, not what its pieces would convert to."""
    changer(api, "/v1/articles/TRU/unites/PC", facteur="0.333", flou=False, tolerance="0")
    source = document(api, "commande", {"article": "TRU", "quantite": "1", "unite_commande": "PC"})
    transfere(api, "bordereau", part(source, prise("0.4")))
    cible = transfere(api, "bordereau", source)
    assert quantites(cible) == [(100, "0.6", "2")]
    change = modifier_ligne(api, cible, 100, designation="Reste").json()
    assert (quantites(change), restes(api, source)) == ([(100, "0.6", "2")], ["0"])


@pytest.mark.parametrize("graine", range(20))
def test_cal_20_les_parts_font_le_tout(api, graine):
    """Whatever is taken, changed or deleted on the way: taken and left add up, in both units."""
    alea = Random(graine)
    source = document(api, "commande", alea.choice([cartons("20"), baguettes("120"), saumons("20")]))
    cibles = []
    for _ in range(6):
        en_commande = source["lignes"][0]["unite_commande"] is not None and alea.random() < 0.5
        nombre = str(alea.randint(1, 8))
        demande = prise(None, nombre) if en_commande else prise(nombre)
        reponse = tente(api, "bordereau", part(source, demande))
        if reponse.status_code == 201:
            cibles.append(reponse.json())
        if cibles and alea.random() < 0.3:
            supprimer(api, cibles.pop(alea.randrange(len(cibles))))
    presente = lire(api, source)["lignes"][0]
    pris = sum(Decimal(une["lignes"][0]["quantite"]) for une in cibles)
    assert Decimal(presente["quantite_transferee"]) == pris
    fin = tente(api, "bordereau", source)
    tout = pris + (Decimal(fin.json()["lignes"][0]["quantite"]) if fin.status_code == 201 else 0)
    assert tout == Decimal(source["lignes"][0]["quantite"])
    assert etat(api, source) == "transfere"
