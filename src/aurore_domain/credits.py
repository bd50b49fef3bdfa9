"""Totals of a note de crédit that corrects factures: partial credits that add up to the facture (CAL-15, TRF-09).

A note computes what it credits as any document does (CAL-05 to CAL-08, CAL-14), and never takes more than the facture
has left of it. What it brings to nothing left (a line, a tax, the escompte of a group, the charges, a group's VAT) it
takes the exact rest of, so that in whatever parts a facture is credited, they add up to it.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from aurore_domain.a_crediter import Credit, FactureACrediter, LigneACrediter, Poste
from aurore_domain.erreurs import ValeurRefusee
from aurore_domain.groupes_tva import Element, Groupe, groupe_de, parts_hors_tva
from aurore_domain.lignes import CodeTvaManquant
from aurore_domain.montants import CENT_POUR_CENT, ZERO, arrondir, exact, repartir
from aurore_domain.montants_lignes import LigneCalculable, montant_ligne, montant_taxe
from aurore_domain.totaux import Escompte, Totaux, assembler
from aurore_domain.tva import EXONERE, Traitement, hors_tva, tva_de


class CreditDepasse(ValeurRefusee):
    """More money than is left of the facture's line. Values: `ordre`, `maximum` in EUR, as the facture states it."""

    code = "credit_depasse"


class FraisCreditesDepasses(ValeurRefusee):
    """More charges than are left of the factures' own. Values: `maximum` in EUR, as the factures state them."""

    code = "frais_credites_depasses"


class _Partie(NamedTuple):
    """An element of the note; `cle` names what it takes of, None for what credits nothing; `solde` if all of it."""

    element: Element
    facture: Hashable | None = None
    cle: Hashable | None = None
    solde: bool = False


@exact
def totaliser_credit(
    lignes: Sequence[LigneCalculable],
    visees: Sequence[LigneACrediter | None],
    factures: Mapping[Hashable, FactureACrediter],
    *,
    prix_tvac: bool = False,
    frais: Decimal = ZERO,
    escompte: Escompte | None = None,
    acomptes: Iterable[Decimal] = (),
) -> tuple[Totaux, tuple[Credit, ...]]:
    """Total the lines of a note; `visees` says of each what it credits, None for nothing.

    `frais` are the charges credited, as stated; `escompte` is that of lines that credit nothing, factures have theirs.
    Raises `CodeTvaManquant` as `totaliser` does, `CreditDepasse`, `FraisCreditesDepasses`.
    """
    restes: dict[Hashable, Poste] = {}
    parties = _lignes(lignes, visees, restes)
    parties += _taxes(lignes, visees, parties, restes, prix_tvac=prix_tvac)
    parties += _entetes(parties, factures, frais, escompte, restes)
    htvas = _hors_tva(parties, restes) if prix_tvac else [un.element.montant for un in parties]
    groupes, pris = _groupes(parties, htvas, factures, prix_tvac=prix_tvac)
    regimes = [une.escompte for une in factures.values()] + [escompte]
    totaux = assembler(
        lignes,
        1 if frais else 0,
        [un.element for un in parties],
        groupes,
        htvas,
        conditionnel=any(un is not None and un.genre == "conditionnel" for un in regimes),
        acomptes=acomptes,
        prix_tvac=prix_tvac,
    )
    return totaux, pris


def _lignes(
    lignes: Sequence[LigneCalculable], visees: Sequence[LigneACrediter | None], restes: dict[Hashable, Poste]
) -> list[_Partie]:
    """Bound each line by what is left of the facture's; the last one of a line that is used up takes the rest."""
    parties: list[_Partie] = []
    pris: dict[Hashable, Decimal] = defaultdict(Decimal)
    dernieres = {visee.ligne: rang for rang, visee in enumerate(visees) if visee is not None}
    for rang, (ligne, visee) in enumerate(zip(lignes, visees, strict=True)):
        montant = montant_ligne(ligne.quantite, ligne.prix, ligne.remise)
        if ligne.traitement is None:
            if montant:
                raise CodeTvaManquant(pointeur=f"#/lignes/{rang}/code_tva")
            continue
        if ligne.quantite is None or ligne.prix is None:
            continue
        if visee is None:
            parties.append(_Partie(Element("ligne", rang, ligne.traitement, montant)))
            continue
        cle = ("ligne", visee.ligne)
        restes[cle] = visee.reste
        reste = visee.reste.enonce - pris[cle]
        solde = visee.soldee and visee.meme_prix and dernieres[visee.ligne] == rang
        retenu = reste if solde else _borne(montant, reste)
        if retenu != montant and not visee.meme_prix:
            raise CreditDepasse(pointeur=f"#/lignes/{rang}/prix", ordre=visee.ordre, maximum=reste)
        pris[cle] += retenu
        parties.append(_Partie(Element("ligne", rang, ligne.traitement, retenu), visee.facture, cle, solde))
    return parties


def _taxes(
    lignes: Sequence[LigneCalculable],
    visees: Sequence[LigneACrediter | None],
    faites: Sequence[_Partie],
    restes: dict[Hashable, Poste],
    *,
    prix_tvac: bool,
) -> list[_Partie]:
    """Bound the taxes of each line as the line itself (CAL-06)."""
    par_rang = {une.element.rang: une for une in faites}
    pris: dict[Hashable, Decimal] = defaultdict(Decimal)
    parties: list[_Partie] = []
    for rang, (ligne, visee) in enumerate(zip(lignes, visees, strict=True)):
        sienne = par_rang.get(rang)
        for place, taxe in enumerate(ligne.taxes):
            montant = montant_taxe(taxe, ligne, ZERO if sienne is None else sienne.element.montant, prix_tvac=prix_tvac)
            element = Element("taxe", rang, taxe.traitement, montant)
            if visee is None or sienne is None or place >= len(visee.taxes):
                parties.append(_Partie(element))
                continue
            cle = ("taxe", visee.ligne, place)
            restes[cle] = visee.taxes[place]
            reste = visee.taxes[place].enonce - pris[cle]
            retenu = reste if sienne.solde else _borne(montant, reste)
            pris[cle] += retenu
            parties.append(_Partie(element._replace(montant=retenu), visee.facture, cle, sienne.solde))
    return parties


def _entetes(
    faites: Sequence[_Partie],
    factures: Mapping[Hashable, FactureACrediter],
    frais: Decimal,
    escompte: Escompte | None,
    restes: dict[Hashable, Poste],
) -> list[_Partie]:
    """The charges that are credited, and the escompte of what is, each by facture and group."""
    biens: dict[tuple[Hashable | None, Traitement], Decimal] = defaultdict(Decimal)
    for une in faites:
        if une.element.nature == "ligne":
            connue = une.facture if une.facture in factures else None
            groupe = factures[connue].groupes.get(une.element.traitement) if connue is not None else None
            biens[connue if groupe else None, une.element.traitement] += une.element.montant
    partages = _partager_frais(frais, factures)
    remis = _partager_escompte(biens, factures, escompte)
    parties: list[_Partie] = []
    rendu: dict[Hashable | None, Decimal] = defaultdict(Decimal)
    for facture, traitement in sorted({*partages, *remis}, key=lambda une: (str(une[0]), une[1].rang)):
        part, retenu = partages.get((facture, traitement), ZERO), remis.get((facture, traitement), ZERO)
        cle, solde = None, False
        if facture is not None:
            groupe = factures[facture].groupes[traitement]
            cle = ("entete", facture, traitement)
            restes[cle] = Poste(groupe.frais - groupe.escompte, groupe.entete)
            solde = part == groupe.frais and retenu == groupe.escompte
        if part:
            element = Element("charge", 0, traitement, part)
            parties.append(_Partie(element, facture, cle, solde and not retenu))
        if retenu:
            parties.append(_Partie(Element("escompte", 0, traitement, -retenu), facture, cle, solde))
        regime = escompte if facture is None else factures[facture].escompte
        if regime is not None and regime.genre == "conditionnel":
            rendu[facture] += retenu
    return parties + [
        _Partie(Element("escompte_rendu", 0, EXONERE, total), facture) for facture, total in rendu.items() if total
    ]


def _partager_frais(
    frais: Decimal, factures: Mapping[Hashable, FactureACrediter]
) -> dict[tuple[Hashable | None, Traitement], Decimal]:
    """Take charges from where the factures have them: first from those that are credited whole."""
    maximum = sum((une.frais for une in factures.values()), ZERO)
    if frais > maximum:
        raise FraisCreditesDepasses(pointeur="#/montant_livraison", maximum=maximum)
    partages: dict[tuple[Hashable | None, Traitement], Decimal] = {}
    for soldees in (True, False):
        lieux = [
            ((facture, traitement), groupe.frais)
            for facture, une in factures.items()
            if une.soldee is soldees
            for traitement, groupe in sorted(une.groupes.items(), key=lambda paire: paire[0].rang)
            if groupe.frais
        ]
        ici = min(frais, sum((reste for _, reste in lieux), ZERO))
        frais -= ici
        parts = repartir(ici, [reste for _, reste in lieux])
        partages |= {lieu: part for (lieu, _), part in zip(lieux, parts, strict=True) if part}
    return partages


def _partager_escompte(
    biens: Mapping[tuple[Hashable | None, Traitement], Decimal],
    factures: Mapping[Hashable, FactureACrediter],
    escompte: Escompte | None,
) -> dict[tuple[Hashable | None, Traitement], Decimal]:
    """Take back the escompte that each group of goods bore; with the last of its goods, all that is left of it."""
    remis: dict[tuple[Hashable | None, Traitement], Decimal] = {}
    for (facture, traitement), montant in biens.items():
        regime = escompte if facture is None else factures[facture].escompte
        if regime is None:
            continue
        part = arrondir(montant * regime.pourcentage / CENT_POUR_CENT)
        if facture is not None:
            groupe = factures[facture].groupes[traitement]
            part = _sans_exces(part, groupe.escompte, groupe.lignes - montant)
        remis[facture, traitement] = part
    return {lieu: part for lieu, part in remis.items() if part}


def _borne(montant: Decimal, reste: Decimal) -> Decimal:
    """No more than the rest, on the same side of 0."""
    return max(min(montant, reste), ZERO) if reste >= 0 else min(max(montant, reste), ZERO)


def _sans_exces(part: Decimal, reste: Decimal, base_restante: Decimal) -> Decimal:
    """A rounded part, or the exact rest where nothing stays to bear it, or where it would leave the wrong sign."""
    if base_restante == 0 or (reste - part) * base_restante < 0:
        return reste
    return part


def _hors_tva(parties: Sequence[_Partie], restes: Mapping[Hashable, Poste]) -> list[Decimal]:
    """What each part is without its VAT (CAL-14): shares of its group, between bounds; rests where something ends."""
    htvas = [ZERO] * len(parties)
    groupes: dict[Traitement, list[int]] = defaultdict(list)
    for rang, une in enumerate(parties):
        if not une.solde:
            groupes[une.element.traitement].append(rang)
    for traitement, rangs in groupes.items():
        montants = [parties[rang].element.montant for rang in rangs]
        base = hors_tva(sum(montants, ZERO), traitement.taux)
        for rang, part in zip(rangs, parts_hors_tva(montants, base, traitement.taux), strict=True):
            htvas[rang] = part
    laisse = dict(restes)
    for rang, une in enumerate(parties):
        if une.cle is None:
            continue
        reste = laisse[une.cle]
        enonce = reste.enonce - une.element.montant
        if une.solde:
            htvas[rang] = reste.htva
        elif not (isinstance(une.cle, tuple) and une.cle[0] == "entete"):
            bas, haut = sorted((reste.htva - enonce, reste.htva))
            htvas[rang] = min(max(htvas[rang], bas), haut)
        laisse[une.cle] = Poste(enonce, reste.htva - htvas[rang])
    return htvas


def _groupes(
    parties: Sequence[_Partie],
    htvas: Sequence[Decimal],
    factures: Mapping[Hashable, FactureACrediter],
    *,
    prix_tvac: bool,
) -> tuple[tuple[Groupe, ...], tuple[Credit, ...]]:
    """Close every group of the note, and say what of it was each facture's."""
    rangs: dict[Traitement, list[int]] = defaultdict(list)
    for rang, une in enumerate(parties):
        rangs[une.element.traitement].append(rang)
    groupes: list[Groupe] = []
    pris: list[Credit] = []
    for traitement in sorted(rangs, key=lambda un: un.rang):
        siens = [(parties[rang], htvas[rang]) for rang in rangs[traitement]]
        bases: dict[Hashable | None, Decimal] = defaultdict(Decimal)
        enonces: dict[Hashable | None, Decimal] = defaultdict(Decimal)
        for une, htva in siens:
            connue = une.facture if une.facture in factures else None
            groupe = factures[connue].groupes.get(traitement) if connue is not None else None
            bases[connue if groupe else None] += htva
            enonces[connue if groupe else None] += une.element.montant
        if prix_tvac:
            tvas = {un: enonces[un] - base for un, base in bases.items()}
        else:
            tvas = _tvas(traitement, bases, factures)
        elements, parts = [une.element for une, _ in siens], [htva for _, htva in siens]
        base, tva = sum(bases.values(), ZERO), sum(tvas.values(), ZERO)
        groupes.append(groupe_de(traitement, elements, parts, base, tva))
        pris += [
            _credit(facture, traitement, siens, bases[facture], tva)
            for facture, tva in tvas.items()
            if facture is not None
        ]
    return tuple(groupes), tuple(pris)


def _tvas(
    traitement: Traitement, bases: Mapping[Hashable | None, Decimal], factures: Mapping[Hashable, FactureACrediter]
) -> dict[Hashable | None, Decimal]:
    """VAT of each facture's part of a group: the rest where its base ends, else its share of one rounding (CAL-07)."""
    laisse = {
        un: (factures[un].groupes[traitement].tva, factures[un].groupes[traitement].base - base)
        for un, base in bases.items()
        if un is not None
    }
    tvas: dict[Hashable | None, Decimal] = {un: tva for un, (tva, base) in laisse.items() if not base}
    ouvertes = [un for un in bases if un not in tvas]
    total = tva_de(sum((bases[un] for un in ouvertes), ZERO), traitement.taux)
    for un, part in zip(ouvertes, repartir(total, [bases[un] for un in ouvertes]), strict=True):
        tvas[un] = part if un is None else _sans_exces(part, *laisse[un])
    return tvas


def _credit(
    facture: Hashable, traitement: Traitement, siens: Sequence[tuple[_Partie, Decimal]], base: Decimal, tva: Decimal
) -> Credit:
    entete = [(une, htva) for une, htva in siens if une.facture == facture and une.element.nature in _D_ENTETE]
    montants: dict[str, Decimal] = defaultdict(Decimal)
    for une, _ in entete:
        montants[une.element.nature] += une.element.montant
    return Credit(
        facture=facture,
        traitement=traitement,
        base=base,
        tva=tva,
        frais=montants["charge"],
        escompte=-montants["escompte"],
        entete=sum((htva for _, htva in entete), ZERO),
    )


_D_ENTETE = frozenset({"charge", "escompte"})
