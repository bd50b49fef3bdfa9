"""CAL-15: in whatever parts a facture is credited, the credits add up to it, to the cent, and never to more."""

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from math import floor
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aurore_domain.a_crediter import FactureACrediter, GroupeACrediter, LigneACrediter, Poste
from aurore_domain.credits import CreditDepasse, FraisCreditesDepasses, totaliser_credit
from aurore_domain.groupes_tva import Charge
from aurore_domain.totaux import Escompte, Totaux, totaliser
from aurore_domain.tva import Traitement

T6, T12, T21 = (Traitement("S", Decimal(un)) for un in (6, 12, 21))
Z, E = Traitement("Z", Decimal(0)), Traitement("E", Decimal(0))
ZERO = Decimal(0)


@dataclass(frozen=True)
class Taxe:
    montant: Decimal | None
    pourcentage: Decimal | None
    traitement: Traitement


@dataclass(frozen=True)
class Ligne:
    quantite: Decimal | None
    prix: Decimal | None
    traitement: Traitement | None = T6
    remise: Decimal = ZERO
    taxes: tuple[Taxe, ...] = ()
    sous_total: bool = False


def enonce(htva: Decimal, tvac: Decimal | None) -> Decimal:
    return htva if tvac is None else tvac


@dataclass
class Facture:
    """A facture and what was credited of it, kept by the test alone."""

    lignes: list[Ligne]
    frais: Decimal = ZERO
    escompte: Escompte | None = None
    prix_tvac: bool = False
    nom: str = "F"
    rendus: list[Totaux] = field(default_factory=list)

    def __post_init__(self) -> None:
        charges = [Charge(self.frais)] if self.frais else []
        self.totaux = totaliser(
            self.lignes,
            prix_tvac=self.prix_tvac,
            charges=charges,
            escompte=self.escompte,
            traitement_par_defaut=T21,
        )
        self.pris = [Poste(ZERO, ZERO)] * len(self.lignes)
        self.taxes = [[Poste(ZERO, ZERO) for _ in une.taxes] for une in self.lignes]
        self.quantites = [ZERO] * len(self.lignes)
        self.groupes: dict[Traitement, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))

    def parts(self, rang: int) -> list[Poste]:
        return [
            Poste(enonce(une.montant_htva, une.montant_tvac), une.montant_htva)
            for une in self.totaux.lignes[rang].taxes
        ]

    def a_crediter(self) -> FactureACrediter:
        groupes = {}
        for un in self.totaux.par_taux:
            traitement, pris = Traitement(un.categorie, un.taux), self.groupes[Traitement(un.categorie, un.taux)]
            rangs = [i for i, ligne in enumerate(self.lignes) if ligne.traitement == traitement]
            biens = sum(
                (enonce(self.totaux.lignes[i].montant_htva, self.totaux.lignes[i].montant_tvac) for i in rangs), ZERO
            )
            deja = sum((self.pris[i].enonce for i in rangs), ZERO)
            remis = cents(biens * self.escompte.pourcentage / 100) if self.escompte else ZERO
            frais = [part for charge in self.totaux.charges for part in charge if part.traitement == traitement]
            groupes[traitement] = GroupeACrediter(
                base=un.base - pris["base"],
                tva=un.tva - pris["tva"],
                lignes=biens - deja,
                frais=sum((enonce(une.montant_htva, une.montant_tvac) for une in frais), ZERO) - pris["frais"],
                escompte=remis - pris["escompte"],
                entete=un.charges - un.escompte - pris["entete"],
            )
        return FactureACrediter(groupes=groupes, escompte=self.escompte, soldee=self.finie())

    def restes(self) -> list[Decimal]:
        return [(ligne.quantite or ZERO) - prise for ligne, prise in zip(self.lignes, self.quantites, strict=True)]

    def finie(self) -> bool:
        return not any(self.restes())


def cents(valeur: Decimal) -> Decimal:
    """Rounded half away from zero, in fractions."""
    exacte = Fraction(valeur) * 100
    entier = floor(abs(exacte) + Fraction(1, 2))
    return Decimal(entier if exacte >= 0 else -entier).scaleb(-2)


def crediter(*demandes: tuple[Facture, dict[int, Decimal]], frais: Decimal | None = None) -> Totaux:
    """Credit quantities of lines, by rank, of one or several factures in one note; charges with the last of them."""
    lignes: list[Ligne] = []
    visees: list[LigneACrediter | None] = []
    origines: list[tuple[Facture, int]] = []
    for facture, quantites in demandes:
        for rang, quantite in quantites.items():
            facture.quantites[rang] += quantite
            lignes.append(replace(facture.lignes[rang], quantite=quantite))
            origines.append((facture, rang))
    for ligne, (facture, rang) in zip(lignes, origines, strict=True):
        totale, deja = facture.totaux.lignes[rang], facture.pris[rang]
        montant = enonce(totale.montant_htva, totale.montant_tvac)
        visees.append(
            LigneACrediter(
                facture=facture.nom,
                ligne=(facture.nom, rang),
                ordre=rang,
                reste=Poste(montant - deja.enonce, totale.montant_htva - deja.htva),
                taxes=tuple(
                    Poste(une.enonce - pris.enonce, une.htva - pris.htva)
                    for une, pris in zip(facture.parts(rang), facture.taxes[rang], strict=True)
                ),
                soldee=facture.quantites[rang] == facture.lignes[rang].quantite,
                meme_prix=ligne.prix == facture.lignes[rang].prix,
            )
        )
    factures: dict[Hashable, FactureACrediter] = {facture.nom: facture.a_crediter() for facture, _ in demandes}
    if frais is None:
        frais = sum((une.frais for une in factures.values() if une.soldee), ZERO)
    totaux, rendus = totaliser_credit(lignes, visees, factures, prix_tvac=demandes[0][0].prix_tvac, frais=frais)
    for (facture, rang), faite in zip(origines, totaux.lignes, strict=True):
        deja = facture.pris[rang]
        facture.pris[rang] = Poste(
            deja.enonce + enonce(faite.montant_htva, faite.montant_tvac), deja.htva + faite.montant_htva
        )
        for place, part in enumerate(faite.taxes):
            avant = facture.taxes[rang][place]
            facture.taxes[rang][place] = Poste(
                avant.enonce + enonce(part.montant_htva, part.montant_tvac), avant.htva + part.montant_htva
            )
    par_nom = {facture.nom: facture for facture, _ in demandes}
    for un in rendus:
        pris = par_nom[str(un.facture)].groupes[un.traitement]
        for nom in ("base", "tva", "frais", "escompte", "entete"):
            pris[nom] += getattr(un, nom)
    for facture, _ in demandes:
        facture.rendus.append(totaux)
    return totaux


def somme_des_groupes(facture: Facture) -> dict[Traitement, tuple[Decimal, Decimal]]:
    return {un: (pris["base"], pris["tva"]) for un, pris in facture.groupes.items() if pris["base"] or pris["tva"]}


def groupes(totaux: Totaux) -> dict[Traitement, tuple[Decimal, Decimal]]:
    return {Traitement(un.categorie, un.taux): (un.base, un.tva) for un in totaux.par_taux if un.base or un.tva}


def decimales(minimum: str, maximum: str, places: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(min_value=Decimal(minimum), max_value=Decimal(maximum), places=places)


traitements = st.sampled_from([T6, T6, T12, T21, Z, E])
taxes = st.one_of(
    st.builds(Taxe, decimales("0", "2", 4), st.none(), traitements),
    st.builds(Taxe, st.none(), decimales("0", "30", 2), traitements),
)
lignes = st.builds(
    Ligne,
    st.one_of(st.integers(1, 30).map(Decimal), decimales("0.001", "40", 3)),
    st.one_of(st.sampled_from([Decimal("0.0050"), Decimal("0.335"), Decimal("0.90")]), decimales("0", "60", 4)),
    traitements,
    st.one_of(st.just(ZERO), decimales("0", "99", 2)),
    st.lists(taxes, max_size=2).map(tuple),
)
escomptes = st.one_of(
    st.none(), st.builds(Escompte, st.sampled_from(["deduit", "conditionnel"]), decimales("0.01", "10", 2))
)
factures = st.builds(
    Facture,
    st.lists(lignes, min_size=1, max_size=6),
    st.one_of(st.just(ZERO), decimales("0.01", "30", 2)),
    escomptes,
    st.booleans(),
)


def couper(facture: Facture, hasard: Random, *, tout: bool) -> dict[int, Decimal]:
    """Quantities of some lines, or all that is left of all."""
    choix: dict[int, Decimal] = {}
    for rang, reste in enumerate(facture.restes()):
        if reste and (tout or hasard.random() < 0.7):
            part = (
                reste
                if tout or hasard.random() < 0.4
                else (reste * hasard.randint(1, 99) / 100).quantize(Decimal("0.001"))
            )
            if part:
                choix[rang] = part
    return choix


def verifier_soldee(facture: Facture) -> None:
    """Nothing is left: of groups, of lines, of taxes, of the total; counted from the notes' own totals too."""
    assert somme_des_groupes(facture) == groupes(facture.totaux)
    for rang, faite in enumerate(facture.totaux.lignes):
        assert facture.pris[rang] == (enonce(faite.montant_htva, faite.montant_tvac), faite.montant_htva)
        assert facture.taxes[rang] == facture.parts(rang)


@given(factures, st.integers(0, 6), st.randoms(use_true_random=False))
def test_cal_15_des_credits_partiels_font_la_facture(facture: Facture, coupes: int, hasard: Random) -> None:
    for tour in range(coupes + 1):
        demande = couper(facture, hasard, tout=tour == coupes)
        if demande:
            crediter((facture, demande))
        for un, pris in facture.groupes.items():
            if un != E and not any(ligne.taxes for ligne in facture.lignes):
                assert abs(pris["base"]) <= abs(groupes(facture.totaux).get(un, (ZERO, ZERO))[0])
                assert abs(pris["tva"]) <= abs(groupes(facture.totaux).get(un, (ZERO, ZERO))[1])
    verifier_soldee(facture)
    for nom in ("htva", "tva", "tvac", "escompte"):
        assert sum(getattr(un, nom) for un in facture.rendus) == getattr(facture.totaux, nom)


@given(factures, factures, st.integers(0, 4), st.randoms(use_true_random=False))
def test_cal_15_aussi_par_des_notes_qui_joignent_deux_factures(
    une: Facture, autre: Facture, coupes: int, hasard: Random
) -> None:
    autre = Facture(autre.lignes, autre.frais, autre.escompte, une.prix_tvac, nom="G")
    for tour in range(coupes + 1):
        demandes = [(facture, couper(facture, hasard, tout=tour == coupes)) for facture in (une, autre)]
        demandes = [demande for demande in demandes if demande[1]]
        if demandes:
            crediter(*demandes)
    verifier_soldee(une)
    verifier_soldee(autre)


@given(factures)
def test_cal_15_un_credit_partiel_se_calcule_comme_tout_document(facture: Facture) -> None:
    """What brings nothing to its end is computed by CAL-05 and CAL-07, checked in fractions."""
    facture = Facture([replace(une, taxes=()) for une in facture.lignes], facture.frais, None, prix_tvac=False)
    moities = {rang: (reste / 3).quantize(Decimal("0.001")) for rang, reste in enumerate(facture.restes())}
    demande = {rang: part for rang, part in moities.items() if part and part < facture.restes()[rang]}
    if not demande:
        return
    totaux = crediter((facture, demande))
    attendues: dict[Traitement, Fraction] = defaultdict(Fraction)
    for rang, part in demande.items():
        ligne = facture.lignes[rang]
        juste = Fraction(part) * Fraction(ligne.prix or 0) * (100 - Fraction(ligne.remise)) / 10_000
        arrondi = Fraction(floor(juste * 100 * 100 + Fraction(1, 2)), 100)
        attendues[ligne.traitement or T6] += min(arrondi, Fraction(facture.totaux.lignes[rang].montant_htva))
    for un in totaux.par_taux:
        base = attendues[Traitement(un.categorie, un.taux)]
        assert Fraction(un.base) == base
        reste = groupes(facture.totaux).get(Traitement(un.categorie, un.taux), (ZERO, ZERO))
        juste = Fraction(floor(base * Fraction(un.taux) + Fraction(1, 2)), 100)
        assert Fraction(un.tva) == (Fraction(reste[1]) if base == reste[0] else min(juste, Fraction(reste[1])))


def test_cal_15_le_dernier_prend_le_reste_exact() -> None:
    """Ten pieces at 0.335: each alone is 0.34, and the last one 0.29; 3.35 at 6 % bear 0.20, once."""
    facture = Facture([Ligne(Decimal(10), Decimal("0.335"))])
    notes = [crediter((facture, {0: Decimal(1)})) for _ in range(10)]
    assert [str(une.htva) for une in notes] == ["0.34"] * 9 + ["0.29"]
    assert [str(une.tva) for une in notes] == ["0.02"] * 9 + ["0.02"]
    verifier_soldee(facture)


def test_cal_15_jamais_plus_que_la_facture_meme_par_centimes() -> None:
    """A hundred pieces at half a cent: fifty credits of one take all the money, the others nothing."""
    facture = Facture([Ligne(Decimal(100), Decimal("0.005"))])
    notes = [crediter((facture, {0: Decimal(1)})) for _ in range(100)]
    assert [str(une.htva) for une in notes] == ["0.01"] * 50 + ["0.00"] * 50
    verifier_soldee(facture)


def test_cal_15_cal_08_l_escompte_revient_avec_ses_biens() -> None:
    facture = Facture([Ligne(Decimal(10), Decimal(10), T21)], escompte=Escompte("conditionnel", Decimal(2)))
    moitie, reste = crediter((facture, {0: Decimal(5)})), crediter((facture, {0: Decimal(5)}))
    for une in (moitie, reste):
        assert groupes(une) == {T21: (Decimal("49.00"), Decimal("10.29")), E: (Decimal("1.00"), ZERO)}
    verifier_soldee(facture)


def test_trf_09_les_frais_se_creditent_une_fois_et_jamais_au_dela() -> None:
    facture = Facture([Ligne(Decimal(10), Decimal(10))], frais=Decimal("10.00"))
    assert crediter((facture, {0: Decimal(4)})).htva == 40
    with pytest.raises(FraisCreditesDepasses) as refus:
        crediter((facture, {0: Decimal(1)}), frais=Decimal("10.01"))
    assert refus.value.valeurs["maximum"] == 10
    facture.quantites[0] -= 1
    assert crediter((facture, {0: Decimal(3)}), frais=Decimal("4.00")).htva == 34
    assert crediter((facture, {0: Decimal(3)})).htva == 36
    verifier_soldee(facture)


def test_cal_15_un_autre_prix_ne_prend_pas_le_reste_et_ne_depasse_pas() -> None:
    facture = Facture([Ligne(Decimal(10), Decimal(1))])
    reste = LigneACrediter(
        facture="F", ligne=0, ordre=7, reste=Poste(Decimal(10), Decimal(10)), taxes=(), soldee=True, meme_prix=False
    )
    corrige, _ = totaliser_credit([Ligne(Decimal(10), Decimal("0.2"))], [reste], {"F": facture.a_crediter()})
    assert (corrige.htva, corrige.tva) == (Decimal("2.00"), Decimal("0.12"))
    with pytest.raises(CreditDepasse) as refus:
        totaliser_credit([Ligne(Decimal(10), Decimal("1.1"))], [reste], {"F": facture.a_crediter()})
    assert (refus.value.pointeur, refus.value.valeurs["maximum"]) == ("#/lignes/0/prix", 10)


def test_cal_15_cal_14_le_ticket_se_rend_piece_par_piece() -> None:
    """Ten of 0.90 at 6 %: TVAC 9.00, base 8.49; the tenth gives what is left, 0.84 and 0.06."""
    facture = Facture([Ligne(Decimal(10), Decimal("0.90"))], prix_tvac=True)
    notes = [crediter((facture, {0: Decimal(1)})) for _ in range(10)]
    assert {(str(une.htva), str(une.tva)) for une in notes[:9]} == {("0.85", "0.05")}
    assert (str(notes[9].htva), str(notes[9].tva)) == ("0.84", "0.06")
    verifier_soldee(facture)
