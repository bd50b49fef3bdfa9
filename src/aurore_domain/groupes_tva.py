"""VAT groups of a document: what falls into each, and its base and VAT, rounded per group (CAL-07, CAL-14)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

from aurore_domain.erreurs import ValeurRefusee
from aurore_domain.montants import ZERO, arrondir, exact, repartir
from aurore_domain.tva import Lettre, Traitement, hors_tva, tva_de

Nature = Literal["ligne", "taxe", "charge", "escompte", "escompte_rendu"]


class ChargeSansCodeTva(ValeurRefusee):
    """A charge on a document without goods, with no VAT code to fall back on (CAL-07)."""

    code = "charge_sans_code_tva"


class Element(NamedTuple):
    """One amount that falls into a VAT group; `rang` is that of its line or charge, the escompte is negative."""

    nature: Nature
    rang: int
    traitement: Traitement
    montant: Decimal


@dataclass(frozen=True, slots=True)
class Charge:
    """A charge of the document (delivery and the like), as stated.

    `traitement` is that of the VAT code stated by its mode; None lets it follow the goods.
    """

    montant: Decimal
    traitement: Traitement | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Groupe:
    """One VAT group: `base` and `tva`, and what the base is made of, all without VAT, to the cent.

    base = lignes + taxes + charges - escompte + escompte_rendu
    """

    categorie: Lettre
    taux: Decimal
    base: Decimal
    tva: Decimal
    lignes: Decimal
    taxes: Decimal
    charges: Decimal
    escompte: Decimal
    escompte_rendu: Decimal
    """The conditional escompte that comes back untaxed (CAL-08); 0.00 but in category E."""


@exact
def repartir_charge(
    rang: int, charge: Charge, biens: Mapping[Traitement, Decimal], traitement_par_defaut: Traitement | None
) -> list[Element]:
    """Put a charge into the groups it belongs to: its stated one, those of the goods, or the default (CAL-07).

    `biens` is the sum of the lines of each group. Groups whose lines add up to less than nothing take no part beside
    others: a proportion of them would charge the others more than the charge. Goods that cost nothing are no goods.
    Shared as stated, VAT included amounts give the same proportions as those without VAT.
    Raises `ChargeSansCodeTva`.
    """
    montant = arrondir(charge.montant)
    if not montant:
        return []
    if charge.traitement is not None:
        return [Element("charge", rang, charge.traitement, montant)]
    positifs = {traitement: poids for traitement, poids in biens.items() if poids > 0}
    poids = positifs or {traitement: poids for traitement, poids in biens.items() if poids < 0}
    if not poids:
        if traitement_par_defaut is None:
            raise ChargeSansCodeTva(pointeur=f"#/charges/{rang}")
        return [Element("charge", rang, traitement_par_defaut, montant)]
    # Ties between remainders go to the earlier group: in an order of their own, so that moving lines moves no cent.
    traitements = sorted(poids, key=lambda traitement: traitement.rang)
    parts = repartir(montant, [poids[traitement] for traitement in traitements])
    return [
        Element("charge", rang, traitement, part) for traitement, part in zip(traitements, parts, strict=True) if part
    ]


@exact
def sommes(elements: Iterable[Element], nature: Nature) -> dict[Traitement, Decimal]:
    """Add up the elements of one nature, per treatment."""
    totaux: dict[Traitement, Decimal] = {}
    for element in elements:
        if element.nature == nature:
            totaux[element.traitement] = totaux.get(element.traitement, ZERO) + element.montant
    return totaux


@exact
def fermer_groupe(
    traitement: Traitement, elements: Sequence[Element], *, prix_tvac: bool
) -> tuple[Groupe, list[Decimal]]:
    """Compute one group, and what each of its elements is without VAT (CAL-07, CAL-14)."""
    montants = [element.montant for element in elements]
    somme = sum(montants, ZERO)
    if prix_tvac:
        base = hors_tva(somme, traitement.taux)
        tva = somme - base
        parts = parts_hors_tva(montants, base, traitement.taux)
    else:
        base, tva, parts = somme, tva_de(somme, traitement.taux), montants
    return groupe_de(traitement, elements, parts, base, tva), parts


def groupe_de(
    traitement: Traitement, elements: Sequence[Element], parts: Sequence[Decimal], base: Decimal, tva: Decimal
) -> Groupe:
    """Say what the base of a group is made of; `parts` is what each element is without VAT."""
    par_nature: dict[Nature, Decimal] = {}
    for element, part in zip(elements, parts, strict=True):
        par_nature[element.nature] = par_nature.get(element.nature, ZERO) + part
    return Groupe(
        categorie=traitement.categorie,
        taux=arrondir(traitement.taux),
        base=arrondir(base),
        tva=arrondir(tva),
        lignes=arrondir(par_nature.get("ligne", ZERO)),
        taxes=arrondir(par_nature.get("taxe", ZERO)),
        charges=arrondir(par_nature.get("charge", ZERO)),
        escompte=arrondir(-par_nature.get("escompte", ZERO)),
        escompte_rendu=arrondir(par_nature.get("escompte_rendu", ZERO)),
    )


def parts_hors_tva(montants: Sequence[Decimal], base: Decimal, taux: Decimal) -> list[Decimal]:
    """Share the base of a group over its VAT included amounts, to the cent (CAL-14).

    What adds and what takes off are shared apart: shares of a sum that nearly cancels out would be absurd.
    """
    hausses = [max(montant, ZERO) for montant in montants]
    baisses = [min(montant, ZERO) for montant in montants]
    base_hausses = hors_tva(sum(hausses, ZERO), taux)
    parts = zip(repartir(base_hausses, hausses), repartir(base - base_hausses, baisses), strict=True)
    return [hausse + baisse for hausse, baisse in parts]
