"""Totals of a document, of whatever type (CAL-05 to CAL-09, CAL-11, CAL-14, CAL-20).

One computation for every type and both ways of stating prices. Amounts are collected as stated, grouped by VAT
treatment, and only then, once per group, is VAT added or taken out. With prices VAT included everything stated is
VAT included: prices, charges, taxes per unit, and the escompte, which is a percentage of what the lines state.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from aurore_domain.groupes_tva import Charge, Element, Groupe, fermer_groupe, repartir_charge, sommes
from aurore_domain.lignes import CodeTvaManquant
from aurore_domain.montants import CENT_POUR_CENT, ZERO, arrondir, exact
from aurore_domain.montants_lignes import LigneCalculable, montant_ligne, montant_taxe
from aurore_domain.tva import EXONERE, Traitement


@dataclass(frozen=True, slots=True)
class Escompte:
    """Cash discount in %: `deduit` at once, or `conditionnel`, earned by paying in time (CAL-08)."""

    genre: Literal["deduit", "conditionnel"]
    pourcentage: Decimal


@dataclass(frozen=True, slots=True)
class Part:
    """What a tax, or a charge's share of one group, amounts to; VAT included only where prices are."""

    traitement: Traitement
    montant_htva: Decimal
    montant_tvac: Decimal | None


@dataclass(frozen=True, slots=True)
class LigneTotalisee:
    """Amounts of one line; `montant_tvac` only where prices are VAT included, `sous_total` only where it is shown."""

    montant_htva: Decimal
    montant_tvac: Decimal | None
    sous_total: Decimal | None
    taxes: tuple[Part, ...]
    """In the order of the line's taxes; not part of `montant_htva`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Totaux:
    """Totals of a document, all to the cent."""

    htva: Decimal
    tva: Decimal
    tvac: Decimal
    escompte: Decimal
    """As stated: without VAT, but VAT included where prices are."""
    montant_du: Decimal
    acomptes: Decimal
    solde: Decimal
    si_escompte: Decimal | None
    """What is left to pay when paying in time; None without conditional escompte."""
    par_taux: tuple[Groupe, ...]
    lignes: tuple[LigneTotalisee, ...]
    charges: tuple[tuple[Part, ...], ...]
    """For each charge, its share in each group."""


@exact
def totaliser(
    lignes: Sequence[LigneCalculable],
    *,
    prix_tvac: bool = False,
    charges: Sequence[Charge] = (),
    escompte: Escompte | None = None,
    acomptes: Iterable[Decimal] = (),
    traitement_par_defaut: Traitement | None = None,
) -> Totaux:
    """Total the lines, in their order, with the document's charges, escompte and deposits.

    `traitement_par_defaut` is where a charge goes on a document without goods (CAL-07). Raises `CodeTvaManquant` for
    a line with an amount and no treatment, `ChargeSansCodeTva` for a charge that can go nowhere.
    """
    elements = _rassembler(lignes, charges, escompte, traitement_par_defaut, prix_tvac=prix_tvac)
    groupes, parts = _fermer(elements, prix_tvac=prix_tvac)
    conditionnel = escompte is not None and escompte.genre == "conditionnel"
    return assembler(
        lignes,
        len(charges),
        elements,
        groupes,
        parts,
        conditionnel=conditionnel,
        acomptes=acomptes,
        prix_tvac=prix_tvac,
    )


def assembler(
    lignes: Sequence[LigneCalculable],
    charges: int,
    elements: Sequence[Element],
    groupes: tuple[Groupe, ...],
    parts: Sequence[Decimal],
    *,
    conditionnel: bool,
    acomptes: Iterable[Decimal],
    prix_tvac: bool,
) -> Totaux:
    """Put together what was computed: `parts` is what each element is without VAT, `charges` how many there are."""
    deduit = arrondir(-sum(sommes(elements, "escompte").values(), ZERO))
    tvac = arrondir(sum((groupe.base + groupe.tva for groupe in groupes), ZERO))
    verse = arrondir(sum(acomptes, ZERO))
    return Totaux(
        htva=arrondir(sum((groupe.base for groupe in groupes), ZERO)),
        tva=arrondir(sum((groupe.tva for groupe in groupes), ZERO)),
        tvac=tvac,
        escompte=deduit,
        montant_du=tvac,
        acomptes=verse,
        solde=tvac - verse,
        si_escompte=tvac - verse - deduit if conditionnel else None,
        par_taux=groupes,
        lignes=_lignes_totalisees(lignes, elements, parts, prix_tvac=prix_tvac),
        charges=_parts_par_rang("charge", charges, elements, parts, prix_tvac=prix_tvac),
    )


def _rassembler(
    lignes: Sequence[LigneCalculable],
    charges: Sequence[Charge],
    escompte: Escompte | None,
    traitement_par_defaut: Traitement | None,
    *,
    prix_tvac: bool,
) -> list[Element]:
    """Collect all that falls into VAT groups: lines, their taxes, charges, escompte, in this order."""
    montants = [montant_ligne(ligne.quantite, ligne.prix, ligne.remise) for ligne in lignes]
    elements = elements_lignes(lignes, montants)
    biens = sommes(elements, "ligne")
    elements += elements_taxes(lignes, montants, prix_tvac=prix_tvac)
    for rang, charge in enumerate(charges):
        elements += repartir_charge(rang, charge, biens, traitement_par_defaut)
    if escompte is not None:
        elements += _elements_escompte(escompte, biens)
    return elements


def elements_lignes(lignes: Sequence[LigneCalculable], montants: Sequence[Decimal]) -> list[Element]:
    """Every line that has an amount, be it 0."""
    elements: list[Element] = []
    for rang, (ligne, montant) in enumerate(zip(lignes, montants, strict=True)):
        traitement = ligne.traitement
        if traitement is None and montant:
            raise CodeTvaManquant(pointeur=f"#/lignes/{rang}/code_tva")
        if traitement is not None and ligne.quantite is not None and ligne.prix is not None:
            elements.append(Element("ligne", rang, traitement, montant))
    return elements


def elements_taxes(lignes: Sequence[LigneCalculable], montants: Sequence[Decimal], *, prix_tvac: bool) -> list[Element]:
    """Collect the taxes after all lines: a cent that both could get goes to the lines, however these are ordered."""
    return [
        Element("taxe", rang, taxe.traitement, montant_taxe(taxe, ligne, montant, prix_tvac=prix_tvac))
        for rang, (ligne, montant) in enumerate(zip(lignes, montants, strict=True))
        for taxe in ligne.taxes
    ]


def _elements_escompte(escompte: Escompte, biens: dict[Traitement, Decimal]) -> list[Element]:
    """Take the escompte off each group of goods; a conditional one comes back in one exempt group (CAL-08)."""
    parts = {
        traitement: arrondir(montant * escompte.pourcentage / CENT_POUR_CENT) for traitement, montant in biens.items()
    }
    elements = [Element("escompte", 0, traitement, -part) for traitement, part in parts.items() if part]
    total = sum(parts.values(), ZERO)
    if escompte.genre == "conditionnel" and total:
        elements.append(Element("escompte_rendu", 0, EXONERE, total))
    return elements


def _fermer(elements: Sequence[Element], *, prix_tvac: bool) -> tuple[tuple[Groupe, ...], list[Decimal]]:
    """Compute every group, and what each element, in its place, is without VAT."""
    rangs: dict[Traitement, list[int]] = {}
    for rang, element in enumerate(elements):
        rangs.setdefault(element.traitement, []).append(rang)
    groupes: list[Groupe] = []
    parts = [ZERO] * len(elements)
    for traitement in sorted(rangs, key=lambda traitement: traitement.rang):
        places = rangs[traitement]
        groupe, parts_du_groupe = fermer_groupe(traitement, [elements[i] for i in places], prix_tvac=prix_tvac)
        groupes.append(groupe)
        for place, part in zip(places, parts_du_groupe, strict=True):
            parts[place] = part
    return tuple(groupes), parts


def _parts_par_rang(
    nature: Literal["taxe", "charge"],
    nombre: int,
    elements: Sequence[Element],
    parts: Sequence[Decimal],
    *,
    prix_tvac: bool,
) -> tuple[tuple[Part, ...], ...]:
    par_rang: list[list[Part]] = [[] for _ in range(nombre)]
    for element, part in zip(elements, parts, strict=True):
        if element.nature == nature:
            par_rang[element.rang].append(Part(element.traitement, part, element.montant if prix_tvac else None))
    return tuple(map(tuple, par_rang))


def _lignes_totalisees(
    lignes: Sequence[LigneCalculable], elements: Sequence[Element], parts: Sequence[Decimal], *, prix_tvac: bool
) -> tuple[LigneTotalisee, ...]:
    rien = arrondir(ZERO)
    montants = {
        element.rang: (part, element.montant)
        for element, part in zip(elements, parts, strict=True)
        if element.nature == "ligne"
    }
    taxes = _parts_par_rang("taxe", len(lignes), elements, parts, prix_tvac=prix_tvac)
    totalisees: list[LigneTotalisee] = []
    cumul = rien
    for rang, ligne in enumerate(lignes):
        htva, enonce = montants.get(rang, (rien, rien))
        cumul += htva
        totalisees.append(
            LigneTotalisee(htva, enonce if prix_tvac else None, cumul if ligne.sous_total else None, taxes[rang])
        )
        if ligne.sous_total:
            cumul = rien
    return tuple(totalisees)
