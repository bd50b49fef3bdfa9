"""150 documents at random, to the cent, against the independent computation (CAL-05 to CAL-09, CAL-14, CAL-15, CAL-20).

Both escomptes, every rate and VAT category, taxes per unit and in %, discounts, charges that follow the goods or state
their VAT code, prices with VAT and without, deposits, crates that go out and come back, and notes de crédit of parts.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from tests.api.catalogue import creer
from tests.api.documents import CATEGORIES, boulangerie, document, imprimer, lire, part, taxer, transfere
from tests.api.oracle import LigneOracle, TaxeOracle, totaux

from aurore_api.documents.sorties import TotauxSortie

DOCUMENTS = 150
PAQUETS = 10
CODES = ("0", "6", "12", "21")
ESCOMPTES = {"deduit": "ED", "conditionnel": "EC"}
Taxes = dict[tuple[str, str], tuple[TaxeOracle, ...]]
"""Of each article in each VAT category."""


@pytest.fixture
def api(api):
    boulangerie(api)
    creer(api, "/v1/escomptes", {"code": "ED", "genre": "deduit", "pourcentage": "2.00"})
    creer(api, "/v1/escomptes", {"code": "EC", "genre": "conditionnel", "pourcentage": "3.33", "jours": 8})
    for code in CODES:
        creer(api, "/v1/modes-livraison", {"code": f"M{code}", "libelle": "Camion", "code_tva": code})
    return api


@dataclass(frozen=True)
class Tire:
    """A document: what is asked, and what the oracle is told."""

    en_tete: dict[str, Any]
    envoyees: list[dict[str, Any]]
    lignes: list[LigneOracle]
    choix: dict[str, Any]


def etablir(api, alea: Random) -> Taxes:
    """An article of each rate with up to three taxes in each category, and a crate with its deposit."""
    taxes: Taxes = {}
    for code in CODES:
        champs = {"numero": f"A{code}", "designation": code, "unite": "KG", "prix_vente": "1", "code_tva_vente": code}
        creer(api, "/v1/articles", champs)
        for categorie in CATEGORIES:
            taxes[f"A{code}", categorie] = tuple(tirer_taxe(alea) for _ in range(alea.randint(0, 3)))
            for rang, taxe in enumerate(taxes[f"A{code}", categorie]):
                montants = {"montant": taxe.montant, "pourcentage": taxe.pourcentage}
                taxer(api, f"A{code}", f"T{rang}", categorie, code_tva=taxe.code_tva, **montants)
    creer(api, "/v1/taxes", {"code": "CONS", "libelle": "Consigne", "genre": "consigne"})
    caisse = {"numero": "CAISSE", "designation": "Caisse", "unite": "PCE", "prix_vente": "0", "code_tva_vente": "0"}
    creer(api, "/v1/articles", caisse | {"vidange": True, "appliquer_taxe": True})
    for categorie in CATEGORIES:
        consigne = TaxeOracle(f"{alea.randint(1, 90000) / 10000:.4f}", None, alea.choice(["0", "0", "21"]), True)
        taxes["CAISSE", categorie] = (consigne,)
        taxer(api, "CAISSE", "CONS", categorie, code_tva=consigne.code_tva, montant=consigne.montant)
    return taxes


def tirer_taxe(alea: Random) -> TaxeOracle:
    """Per unit, or in %."""
    code = alea.choice(CODES)
    if alea.random() < 0.6:
        return TaxeOracle(f"{alea.randint(0, 30000) / 10000:.4f}", None, code)
    return TaxeOracle(None, f"{alea.randint(0, 2000) / 100:.2f}", code)


def tirer(alea: Random, taxes: Taxes) -> Tire:
    """A document at random."""
    categorie = alea.choice(["national", "national", "national", *CATEGORIES])
    lignes: list[LigneOracle] = []
    envoyees: list[dict[str, Any]] = []
    for _ in range(alea.randint(1, 12)):
        code, remise = alea.choice(CODES), alea.choice(["0", "0", "5.00", "12.50", "33.33", "100.00"])
        quantite, prix = f"{alea.randint(1, 99999) / 1000:.3f}", f"{alea.randint(1, 999999) / 10000:.4f}"
        envoyee: dict[str, Any] = {"quantite": quantite, "prix": prix, "remise": remise}
        if alea.random() < 0.4:
            lignes.append(LigneOracle(quantite, prix, remise, code))
            envoyees.append(envoyee | {"designation": "Divers", "code_tva": code})
        else:
            taxe = alea.random() < 0.7
            lignes.append(LigneOracle(quantite, prix, remise, code, taxes[f"A{code}", categorie] if taxe else ()))
            envoyees.append(envoyee | {"article": f"A{code}", "taxe": taxe})
    if alea.random() < 0.3:
        lignes.append(LigneOracle("-0.500", "1.1100", "0", lignes[0].code_tva))
        envoyees.append({"designation": "Geste", "quantite": "-0.5", "prix": "1.11", "code_tva": lignes[0].code_tva})
    for quantite in alea.choice([(), (), ("6", "-4"), ("-3",)]):
        lignes.append(LigneOracle(quantite, "0", "0", "0", taxes["CAISSE", categorie], vidange=True))
        envoyees.append({"article": "CAISSE", "quantite": quantite})
    choix: dict[str, Any] = {
        "categorie": categorie,
        "prix_tvac": alea.random() < 0.4,
        "frais": alea.choice(["0.00", "10.00", "7.77", "0.01"]),
        "code_frais": alea.choice([None, None, *CODES]),
        "escompte": alea.choice([None, None, ("deduit", "2.00"), ("conditionnel", "3.33")]),
        "acomptes": alea.choice([(), (), ("0.03",), ("0.01", "0.02")]),
    }
    if float(str(totaux(lignes, **choix)["montant_du"])) < 1:
        choix["acomptes"] = ()  # DOC-16: no more than what is due
    return Tire(en_tete(choix), envoyees, lignes, choix)


def en_tete(choix: dict[str, Any]) -> dict[str, Any]:
    """What is asked for the choices that the oracle is told."""
    return {
        "categorie_tva": choix["categorie"],
        "prix_tvac": choix["prix_tvac"],
        "montant_livraison": choix["frais"],
        "mode_livraison": None if choix["code_frais"] is None else f"M{choix['code_frais']}",
        "escompte": ESCOMPTES[choix["escompte"][0]] if choix["escompte"] else None,
        "acomptes": [{"montant": un} for un in choix["acomptes"]],
    }


@pytest.mark.parametrize("paquet", range(PAQUETS))
def test_cal_20_cent_cinquante_documents_au_hasard(api, paquet):
    """Created with lines in any order, read again, and carried to the facture: always the same totals."""
    taxes = etablir(api, Random(-paquet))
    for graine in range(paquet, DOCUMENTS, PAQUETS):
        alea = Random(graine)
        tire = tirer(alea, taxes)
        alea.shuffle(tire.envoyees)
        attendu = totaux(tire.lignes, **tire.choix)
        cree = document(api, alea.choice(["commande", "bordereau"]), *tire.envoyees, **tire.en_tete)
        assert cree["totaux"] == attendu, f"graine {graine}"
        assert lire(api, cree)["totaux"] == attendu, f"graine {graine}"
        exiger_somme_des_lignes(cree, graine)
        assert transfere(api, "facture", cree)["totaux"] == attendu, f"graine {graine}"


def exiger_somme_des_lignes(cree: dict[str, Any], graine: int) -> None:
    """CAL-20: lines and their taxes are what is not charges or escompte."""
    lu = TotauxSortie.model_validate(cree["totaux"])
    assert sum(un.base for un in lu.par_taux) == lu.htva, f"graine {graine}"
    assert sum(un.tva for un in lu.par_taux) == lu.tva, f"graine {graine}"
    if not lu.frais and not lu.escompte:
        siens = [une["montant_htva"] for ligne in cree["lignes"] for une in (ligne, *ligne["taxes"])]
        assert sum(map(Decimal, siens)) == lu.htva, f"graine {graine}"


@pytest.mark.parametrize("paquet", range(PAQUETS))
def test_cal_15_des_parties_creditees_au_hasard(api, paquet):
    """A first note credits a part of every line, as a document of that part would be; the second takes what is left."""
    taxes = etablir(api, Random(-paquet))
    for graine in range(paquet, DOCUMENTS // 3, PAQUETS):
        alea = Random(graine)
        tire = tirer(alea, taxes)
        emise = imprimer(api, document(api, "facture", *tire.envoyees, **tire.en_tete))
        parts = [f"{Decimal(une.quantite) * alea.randint(1, 9) / 10:.3f}" for une in tire.lignes]
        choisies = [{"ordre": ligne["ordre"], "quantite": q} for ligne, q in zip(emise["lignes"], parts, strict=True)]
        premiere = transfere(api, "note_credit", part(emise, *choisies))
        lignes = [replace(une, quantite=q) for une, q in zip(tire.lignes, parts, strict=True)]
        sans = tire.choix | {"frais": "0.00", "acomptes": ()}
        assert premiere["totaux"] == totaux(lignes, **sans), f"graine {graine}"
        seconde = transfere(api, "note_credit", emise)
        assert par_groupe(premiere, seconde) == par_groupe(emise), f"graine {graine}"
        for champ in ("htva", "tva", "tvac", "escompte", "frais", "montant_du"):
            ensemble = sum(Decimal(une["totaux"][champ]) for une in (premiere, seconde))
            assert ensemble == Decimal(emise["totaux"][champ]), f"graine {graine}, {champ}"


def par_groupe(*documents: dict[str, Any]) -> dict[tuple[str, str], tuple[Decimal, Decimal]]:
    """Base and VAT of each group, over all."""
    sommes: dict[tuple[str, str], tuple[Decimal, Decimal]] = defaultdict(lambda: (Decimal(0), Decimal(0)))
    for un in documents:
        for groupe in un["totaux"]["par_taux"]:
            base, tva = sommes[groupe["categorie"], groupe["taux"]]
            somme = base + Decimal(groupe["base"]), tva + Decimal(groupe["tva"])
            sommes[groupe["categorie"], groupe["taux"]] = somme
    return {cle: somme for cle, somme in sommes.items() if any(somme)}
