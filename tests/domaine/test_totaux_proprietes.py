"""Totals of any document against an independent computation in exact fractions (CAL-20)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from aurore_domain.groupes_tva import Charge
from aurore_domain.totaux import Escompte, Totaux, totaliser
from aurore_domain.tva import Traitement

ORDRE = [Traitement("S", Decimal(6)), Traitement("S", Decimal(12)), Traitement("S", Decimal(21))]
ORDRE += [Traitement(lettre, Decimal(0)) for lettre in ("Z", "AE", "K", "G", "E")]
"""The order of groups, in which ties between remainders are broken."""
EXEMPT = ORDRE[-1]


@dataclass(frozen=True)
class Taxe:
    montant: Decimal | None
    pourcentage: Decimal | None
    traitement: Traitement


@dataclass(frozen=True)
class Ligne:
    quantite: Decimal | None
    prix: Decimal | None
    remise: Decimal
    traitement: Traitement | None
    taxes: Sequence[Taxe]
    sous_total: bool = False


@dataclass(frozen=True)
class Document:
    lignes: list[Ligne]
    charges: list[Charge]
    escompte: Escompte | None
    prix_tvac: bool

    def totaux(self) -> Totaux:
        return totaliser(
            self.lignes,
            prix_tvac=self.prix_tvac,
            charges=self.charges,
            escompte=self.escompte,
            traitement_par_defaut=ORDRE[2],
        )


def _decimales(minimum: int, maximum: int, places: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(min_value=minimum, max_value=maximum, places=places)


traitements = st.sampled_from([*ORDRE[:3], ORDRE[3], EXEMPT])
taxes = st.one_of(
    st.builds(Taxe, _decimales(0, 5, 4), st.none(), traitements),
    st.builds(Taxe, st.none(), _decimales(0, 30, 2), traitements),
)
lignes = st.one_of(
    st.builds(
        Ligne,
        st.one_of(st.integers(-3, 12).map(Decimal), _decimales(-50, 1_000, 6)),
        st.one_of(st.sampled_from([Decimal("0.90"), Decimal(5)]), _decimales(0, 1_000, 4)),
        st.one_of(st.just(Decimal(0)), _decimales(0, 100, 2)),
        traitements,
        st.lists(taxes, max_size=2),
    ),
    st.just(Ligne(None, None, Decimal(0), None, ())),
)
documents = st.builds(
    Document,
    st.lists(lignes, max_size=12),
    st.lists(st.builds(Charge, _decimales(0, 100, 2), st.one_of(st.none(), traitements)), max_size=2),
    st.one_of(st.none(), st.builds(Escompte, st.sampled_from(("deduit", "conditionnel")), _decimales(0, 10, 2))),
    st.booleans(),
)


def _cents(valeur: Fraction) -> Fraction:
    """Half away from zero, the long way."""
    entier = floor(abs(valeur) * 100 + Fraction(1, 2))
    return Fraction(entier if valeur >= 0 else -entier, 100)


def _parts(montant: Fraction, poids: dict[Traitement, Fraction]) -> dict[Traitement, Fraction]:
    """Largest remainders: a cent at a time to whoever is furthest below its exact share."""
    justes = {t: montant * poids[t] / sum(poids.values()) for t in ORDRE if t in poids}
    parts = {t: Fraction(floor(juste * 100), 100) for t, juste in justes.items()}
    while sum(parts.values()) < montant:
        manques = {t: justes[t] - parts[t] for t in parts}
        parts[max(manques, key=lambda t: (manques[t], -ORDRE.index(t)))] += Fraction(1, 100)
    return parts


def _oracle_lignes(document: Document) -> tuple[dict[Traitement, Fraction], dict[Traitement, Fraction]]:
    """Goods and taxes per treatment, as stated (CAL-05, CAL-06)."""
    biens: dict[Traitement, Fraction] = defaultdict(Fraction)
    taxes: dict[Traitement, Fraction] = defaultdict(Fraction)
    for ligne in document.lignes:
        if ligne.traitement is None or ligne.quantite is None or ligne.prix is None:
            continue
        quantite = Fraction(ligne.quantite)
        montant = _cents(quantite * Fraction(ligne.prix) * (1 - Fraction(ligne.remise) / 100))
        biens[ligne.traitement] += montant
        for taxe in ligne.taxes:
            part = montant * Fraction(taxe.pourcentage or 0) / 100
            if document.prix_tvac:
                part *= (100 + Fraction(taxe.traitement.taux)) / (100 + Fraction(ligne.traitement.taux))
            taxes[taxe.traitement] += _cents(part + quantite * Fraction(taxe.montant or 0))
    return biens, taxes


def _oracle_charges(document: Document, biens: dict[Traitement, Fraction]) -> dict[Traitement, Fraction]:
    """Charges per treatment: a stated one, else shared over the goods, else the default (CAL-07)."""
    charges: dict[Traitement, Fraction] = defaultdict(Fraction)
    poids = {t: un for t, un in biens.items() if un > 0} or {t: un for t, un in biens.items() if un < 0}
    for charge in document.charges:
        parts = {charge.traitement or ORDRE[2]: Fraction(charge.montant)}
        if charge.traitement is None and poids:
            parts = _parts(Fraction(charge.montant), poids)
        for traitement, part in parts.items():
            charges[traitement] += part
    return {traitement: montant for traitement, montant in charges.items() if montant}


def _oracle_escompte(document: Document, biens: dict[Traitement, Fraction]) -> dict[Traitement, Fraction]:
    """Escompte per treatment, negative, and the conditional one's return (CAL-07, CAL-08)."""
    if document.escompte is None:
        return {}
    taux = Fraction(document.escompte.pourcentage) / 100
    escompte = {traitement: -_cents(montant * taux) for traitement, montant in biens.items()}
    total = sum(escompte.values(), Fraction(0))
    if document.escompte.genre == "conditionnel" and total:
        escompte[EXEMPT] = escompte.get(EXEMPT, Fraction(0)) - total
    return escompte


def _oracle(document: Document) -> dict[Traitement, tuple[Fraction, Fraction]]:
    """Base and VAT per treatment, following the specification word by word."""
    biens, taxes = _oracle_lignes(document)
    sommes: dict[Traitement, Fraction] = defaultdict(Fraction)
    for partie in (biens, taxes, _oracle_charges(document, biens), _oracle_escompte(document, biens)):
        for traitement, montant in partie.items():
            sommes[traitement] += montant
    groupes = {}
    for traitement, somme in sommes.items():
        taux = Fraction(traitement.taux) / 100
        base = _cents(somme / (1 + taux)) if document.prix_tvac else somme
        groupes[traitement] = (base, somme - base if document.prix_tvac else _cents(base * taux))
    return groupes


@given(documents)
def test_cal_20_groups_are_those_of_the_oracle_and_add_up_to_the_totals(document: Document) -> None:
    totaux, oracle = document.totaux(), _oracle(document)
    assert {
        Traitement(groupe.categorie, groupe.taux): (Fraction(groupe.base), Fraction(groupe.tva))
        for groupe in totaux.par_taux
    } == oracle
    assert Fraction(totaux.htva) == sum(base for base, _ in oracle.values())
    assert Fraction(totaux.tva) == sum(tva for _, tva in oracle.values())
    assert totaux.montant_du == totaux.tvac == totaux.htva + totaux.tva
    if totaux.si_escompte is not None:
        assert totaux.si_escompte == totaux.solde - totaux.escompte


@given(documents)
def test_cal_20_what_a_group_is_made_of_adds_up(document: Document) -> None:
    totaux = document.totaux()
    for groupe in totaux.par_taux:
        assert groupe.base == groupe.lignes + groupe.taxes + groupe.charges - groupe.escompte + groupe.escompte_rendu
        traitement = Traitement(groupe.categorie, groupe.taux)
        rangees = zip(document.lignes, totaux.lignes, strict=True)
        assert groupe.lignes == sum(ligne.montant_htva for source, ligne in rangees if source.traitement == traitement)
        taxes = [part for ligne in totaux.lignes for part in ligne.taxes]
        assert groupe.taxes == sum(part.montant_htva for part in taxes if part.traitement == traitement)
        charges = [part for parts in totaux.charges for part in parts]
        assert groupe.charges == sum(part.montant_htva for part in charges if part.traitement == traitement)


@given(documents, st.randoms(use_true_random=False))
def test_cal_20_reordering_lines_changes_no_total(document: Document, hasard: Random) -> None:
    melangees = list(document.lignes)
    hasard.shuffle(melangees)
    totaux = document.totaux()
    melange = Document(melangees, document.charges, document.escompte, document.prix_tvac).totaux()
    assert (melange.par_taux, melange.charges) == (totaux.par_taux, totaux.charges)
    assert (melange.htva, melange.tva, melange.montant_du) == (totaux.htva, totaux.tva, totaux.montant_du)


@given(st.lists(lignes, max_size=12))
def test_cal_14_the_total_is_the_ticket_s_and_each_line_without_vat_is_near_its_own(lignes: list[Ligne]) -> None:
    totaux = totaliser(lignes, prix_tvac=True)
    enonces = [ligne.montant_tvac or Decimal(0) for ligne in totaux.lignes]
    taxes = [part.montant_tvac or Decimal(0) for ligne in totaux.lignes for part in ligne.taxes]
    assert totaux.montant_du == sum(enonces) + sum(taxes)
    for source, ligne in zip(lignes, totaux.lignes, strict=True):
        if source.traitement is not None and ligne.montant_tvac is not None:
            juste = Fraction(ligne.montant_tvac) / (1 + Fraction(source.traitement.taux) / 100)
            assert abs(Fraction(ligne.montant_htva) - juste) <= Fraction(2, 100)
