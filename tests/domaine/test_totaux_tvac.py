"""Totals of documents whose prices are VAT included, as the till's are (CAL-14)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from aurore_domain.groupes_tva import Charge
from aurore_domain.totaux import Escompte, Totaux, totaliser
from aurore_domain.tva import EXONERE, Traitement

S6, S21 = Traitement("S", Decimal(6)), Traitement("S", Decimal(21))


@dataclass(frozen=True)
class Taxe:
    montant: Decimal | None
    pourcentage: Decimal | None
    traitement: Traitement


@dataclass(frozen=True)
class Ligne:
    prix: Decimal
    traitement: Traitement
    quantite: Decimal = Decimal(1)
    remise: Decimal = Decimal(0)
    sous_total: bool = False
    taxes: Sequence[Taxe] = ()


def _par_taux(totaux: Totaux) -> list[str]:
    """Each group as `category rate: base + VAT`."""
    return [
        f"{groupe.categorie} {groupe.taux.normalize():f} %: {groupe.base} + {groupe.tva}" for groupe in totaux.par_taux
    ]


def test_cal_14_ten_lines_of_0_90_at_6_percent() -> None:
    totaux = totaliser([Ligne(Decimal("0.90"), S6)] * 10, prix_tvac=True)
    assert (str(totaux.htva), str(totaux.tva), str(totaux.tvac)) == ("8.49", "0.51", "9.00")
    assert [str(ligne.montant_htva) for ligne in totaux.lignes] == ["0.85"] * 9 + ["0.84"]
    assert [str(ligne.montant_tvac) for ligne in totaux.lignes] == ["0.90"] * 10


def test_cal_14_discount_quantity_and_subtotal() -> None:
    lignes = [
        Ligne(Decimal("2.4200"), S21, quantite=Decimal(3), remise=Decimal(50)),
        Ligne(Decimal("1.0600"), S6, quantite=Decimal("0.5"), sous_total=True),
    ]
    totaux = totaliser(lignes, prix_tvac=True)
    assert _par_taux(totaux) == ["S 6 %: 0.50 + 0.03", "S 21 %: 3.00 + 0.63"]
    # the subtotal is without VAT, like every subtotal
    assert totaux.lignes[1].sous_total == Decimal("3.50")


def test_cal_14_charges_are_vat_included_and_add_up_to_the_ticket() -> None:
    lignes = [Ligne(Decimal("106.00"), S6), Ligne(Decimal("121.00"), S21)]
    totaux = totaliser(lignes, prix_tvac=True, charges=[Charge(Decimal("22.70"))])
    assert totaux.tvac == Decimal("249.70")
    # half of the charge without its VAT goes with each half of the goods without theirs
    assert [(part.traitement, str(part.montant_htva), str(part.montant_tvac)) for part in totaux.charges[0]] == [
        (S6, "10.00", "10.60"),
        (S21, "10.00", "12.10"),
    ]
    assert [str(ligne.montant_htva) for ligne in totaux.lignes] == ["100.00", "100.00"]


def test_cal_14_escompte_is_a_percentage_of_what_the_ticket_states() -> None:
    lignes = [Ligne(Decimal("100.00"), S21)]
    deduit = totaliser(lignes, prix_tvac=True, escompte=Escompte("deduit", Decimal(2)))
    assert _par_taux(deduit) == ["S 21 %: 80.99 + 17.01"]
    assert (deduit.montant_du, deduit.escompte) == (Decimal("98.00"), Decimal("2.00"))
    conditionnel = totaliser(lignes, prix_tvac=True, escompte=Escompte("conditionnel", Decimal(2)))
    assert _par_taux(conditionnel) == ["S 21 %: 80.99 + 17.01", "E 0 %: 2.00 + 0.00"]
    assert (conditionnel.montant_du, conditionnel.si_escompte) == (Decimal("100.00"), Decimal("98.00"))


def test_cal_14_taxes_of_a_line() -> None:
    unitaire = Taxe(Decimal("0.12"), None, S21)
    # 10 % of the 100.00 that the line is without VAT, and 21 % on these
    proportionnelle = Taxe(None, Decimal(10), S21)
    totaux = totaliser([Ligne(Decimal("106.00"), S6, taxes=(unitaire, proportionnelle))], prix_tvac=True)
    assert [str(part.montant_tvac) for part in totaux.lignes[0].taxes] == ["0.12", "12.10"]
    assert [str(part.montant_htva) for part in totaux.lignes[0].taxes] == ["0.10", "10.00"]
    assert _par_taux(totaux) == ["S 6 %: 100.00 + 6.00", "S 21 %: 10.10 + 2.12"]


def test_cal_20_where_the_missing_cent_falls_does_not_depend_on_the_order_of_lines() -> None:
    # ten times 0.90 again, of which one is a tax: it is the one that gets 0.84
    taxee = Ligne(Decimal("0.90"), S6, taxes=(Taxe(Decimal("0.90"), None, S6),))
    lignes = [taxee, *[Ligne(Decimal("0.90"), S6)] * 8]
    for ordre in (lignes, lignes[::-1]):
        groupe = totaliser(ordre, prix_tvac=True).par_taux[0]
        assert (str(groupe.lignes), str(groupe.taxes)) == ("7.65", "0.84")


def test_cal_14_lines_that_nearly_cancel_out_keep_sensible_shares() -> None:
    lignes = [Ligne(Decimal("1060.00"), S6), Ligne(Decimal("1059.99"), S6, quantite=Decimal(-1))]
    totaux = totaliser(lignes, prix_tvac=True)
    assert _par_taux(totaux) == ["S 6 %: 0.01 + 0.00"]
    assert [str(ligne.montant_htva) for ligne in totaux.lignes] == ["1000.00", "-999.99"]


def test_cal_14_exempt_crates_beside_goods() -> None:
    lignes = [Ligne(Decimal("10.60"), S6), Ligne(Decimal("4.50"), EXONERE, quantite=Decimal(-2))]
    totaux = totaliser(lignes, prix_tvac=True)
    assert _par_taux(totaux) == ["S 6 %: 10.00 + 0.60", "E 0 %: -9.00 + 0.00"]
    assert totaux.montant_du == Decimal("1.60")
