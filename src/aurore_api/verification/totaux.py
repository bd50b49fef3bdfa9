"""Totals, taxes, weight and due date of each document, computed again by the domain (CAL-05 to CAL-11, PAI-01)."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

from aurore_api.verification.dossiers import Dossier
from aurore_api.verification.ecarts import Ecart, comparer
from aurore_api.verification.memoire import Memoire
from aurore_domain.echeances import date_echeance
from aurore_domain.erreurs import ErreurAurore
from aurore_domain.groupes_tva import Charge
from aurore_domain.montants import ZERO, arrondir
from aurore_domain.totaux import Escompte, Totaux, totaliser
from aurore_domain.tva import Traitement


def examiner(dossier: Dossier, memoire: Memoire) -> Iterator[Ecart]:
    """What the stored amounts say otherwise than `totaliser` does, with what comes nearest to them.

    What credits factures takes rests that only they tell (CAL-15): there the sums are held together.
    """
    if any(une.credite for une in dossier.lignes):
        yield from _ecarts_de_credit(dossier)
        return
    proches: list[Ecart] | None = None
    for escompte, charge, defaut in _possibles(dossier, memoire):
        ecarts = list(_ecarts(dossier, escompte, charge, defaut))
        if not ecarts:
            return
        if proches is None or len(ecarts) < len(proches):
            proches = ecarts
    yield from proches or ()


def _ecarts_de_credit(dossier: Dossier) -> Iterator[Ecart]:
    stockes = json.loads(dossier.entete["totaux"])
    groupes = stockes.get("par_taux", ())
    htva = sum((Decimal(un["base"]) for un in groupes), ZERO)
    tvac = htva + sum((Decimal(un["tva"]) for un in groupes), ZERO)
    yield from comparer(dossier.nom, {"total_htva": htva, "total_tvac": tvac}, dossier.entete)
    attendus = {"htva": str(arrondir(htva)), "tvac": str(arrondir(tvac)), "montant_du": str(arrondir(tvac))}
    yield from comparer(dossier.nom, attendus, {nom: stockes.get(nom) for nom in attendus})


def _possibles(
    dossier: Dossier, memoire: Memoire
) -> Iterator[tuple[Escompte | None, Charge | None, Traitement | None]]:
    """What the totals may have been computed with: almost always one possibility, the first."""
    entete = dossier.entete
    montant, categorie = entete["montant_livraison"], entete["categorie_tva"]
    charges: list[Charge | None] = [None]
    defauts: list[Traitement | None] = [None]
    if montant:
        traitements = memoire.traitements_du_mode(entete["mode_livraison"], categorie, dossier.date)
        charges = [Charge(montant, traitement) for traitement in traitements]
        defauts = list(memoire.traitements_par_defaut(categorie, dossier.date)) or [None]
    yield from product(_escomptes(dossier, memoire), charges, defauts)


def _escomptes(dossier: Dossier, memoire: Memoire) -> list[Escompte | None]:
    """A numbered document keeps a copy of its escompte; before that, it is what the table says or said."""
    copie = dossier.entete["escompte_imprime"]
    if copie in {None, "null"}:
        return memoire.escomptes(dossier.entete["escompte"])
    lue = json.loads(copie)
    return [Escompte(lue["genre"], Decimal(lue["pourcentage"]))]


def _ecarts(
    dossier: Dossier, escompte: Escompte | None, charge: Charge | None, defaut: Traitement | None
) -> Iterator[Ecart]:
    entete = dossier.entete
    try:
        totaux = totaliser(
            dossier.lignes,
            prix_tvac=entete["prix_tvac"],
            charges=[] if charge is None else [charge],
            escompte=escompte,
            acomptes=entete["acomptes"],
            traitement_par_defaut=defaut,
        )
    except ErreurAurore as erreur:
        yield Ecart(dossier.nom, "totaux", None, f"lignes qui ne se totalisent pas ({erreur.code})")
        return
    yield from _ecarts_entete(dossier, totaux)
    yield from _ecarts_lignes(dossier, totaux)


def _ecarts_entete(dossier: Dossier, totaux: Totaux) -> Iterator[Ecart]:
    entete, stockes = dossier.entete, json.loads(dossier.entete["totaux"])
    yield from comparer(dossier.nom, {"total_htva": totaux.htva, "total_tvac": totaux.tvac}, entete)
    attendus: dict[str, Any] = {
        nom: _ecrit(getattr(totaux, nom))
        for nom in ("htva", "tva", "tvac", "escompte", "montant_du", "acomptes", "solde", "si_escompte")
    }
    attendus["frais"] = _ecrit(arrondir(entete["montant_livraison"]))
    yield from comparer(dossier.nom, attendus, {nom: stockes.get(nom) for nom in attendus})
    groupes = [(un.categorie, str(un.taux), str(un.base), str(un.tva)) for un in totaux.par_taux]
    trouves = [(un["categorie"], un["taux"], un["base"], un["tva"]) for un in stockes.get("par_taux", ())]
    if groupes != trouves:
        yield Ecart(dossier.nom, "par_taux", _groupes(groupes), _groupes(trouves))


def _ecarts_lignes(dossier: Dossier, totaux: Totaux) -> Iterator[Ecart]:
    for ligne, totalisee in zip(dossier.lignes, totaux.lignes, strict=True):
        attendus = totalisee.montant_htva, totalisee.montant_tvac, totalisee.sous_total
        if attendus != (ligne.montant_htva, ligne.montant_tvac, ligne.montant_sous_total):
            trouves = {nom: getattr(ligne, nom) for nom in ("montant_htva", "montant_tvac", "montant_sous_total")}
            yield from comparer(
                f"{dossier.nom}, ligne {ligne.ordre}", dict(zip(trouves, attendus, strict=True)), trouves
            )
        for rang, (taxe, part) in enumerate(zip(ligne.taxes, totalisee.taxes, strict=True), 1):
            if (part.montant_htva, part.montant_tvac) != (taxe.montant_htva, taxe.montant_tvac):
                champs = {"montant_htva": part.montant_htva, "montant_tvac": part.montant_tvac}
                trouvees = {"montant_htva": taxe.montant_htva, "montant_tvac": taxe.montant_tvac}
                yield from comparer(f"{dossier.nom}, ligne {ligne.ordre}, taxe {rang}", champs, trouvees)


def examiner_poids(dossier: Dossier, _memoire: Memoire) -> Iterator[Ecart]:
    """The weight is that of the lines (DOC-10)."""
    poids = (une.quantite * une.poids_unitaire for une in dossier.lignes if une.quantite and une.poids_unitaire)
    attendu = {"poids_calcule": arrondir(sum(poids, ZERO), 6)}
    yield from comparer(dossier.nom, attendu, dossier.entete)


def examiner_echeance(dossier: Dossier, memoire: Memoire) -> Iterator[Ecart]:
    """The due date is the term's (PAI-01)."""
    termes = memoire.termes(dossier.entete["echeance"])
    attendues: list[date | None] = [date_echeance(dossier.date, un) for un in termes] or [None]
    if dossier.entete["date_echeance"] not in attendues:
        yield from comparer(dossier.nom, {"date_echeance": attendues[0]}, dossier.entete)


def _ecrit(montant: Decimal | None) -> str | None:
    return None if montant is None else str(montant)


def _groupes(groupes: Sequence[tuple[str, ...]]) -> str:
    return " + ".join("{} {} % : {} + {}".format(*un) for un in groupes) or "aucun"
