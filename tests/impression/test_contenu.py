"""What a PDF says, read back from it: parties, figures, legal mentions (IMP-10, IMP-20)."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from tests.impression.exemples import CLIENT, SOCIETE, document, groupe, ligne
from tests.impression.lecture import texte

from aurore_api.formats import formats
from aurore_api.impression.colonnes import colonnes
from aurore_api.impression.libelles import LANGUES, libelles
from aurore_api.impression.modele import (
    Acompte,
    Adresse,
    CategorieTva,
    Charge,
    Escompte,
    FactureCorrigee,
    Langue,
    Ligne,
    Mention,
    Taxe,
    TypeDocument,
    Vidange,
)
from aurore_api.impression.style import COURANT

TYPES: tuple[TypeDocument, ...] = (
    "offre_type",
    "offre",
    "commande",
    "proforma",
    "bordereau",
    "retour",
    "facture",
    "note_credit",
)


def somme(valeur: str) -> Decimal:
    return Decimal(valeur)


@pytest.mark.parametrize("langue", LANGUES)
@pytest.mark.parametrize("genre", TYPES)
def test_imp_10_every_type_in_every_language(genre: TypeDocument, langue: Langue):
    lu = texte(document(2, type=genre, langue=langue))
    assert libelles(langue)(f"titre.{genre}") in lu
    assert "2026-0042" in lu
    assert "Baguette tradition" in lu
    assert libelles(langue)("pied.page", page=1, pages=1) in lu


def test_imp_20_both_parties_are_identified():
    lu = texte(document(1))
    for attendu in (
        "Boulangerie de l'Aurore SRL",
        "Rue du Four 12, 5000 Namur",
        "TVA BE 0403.170.701",
        "RPM Liège, division Namur",
        "IBAN BE68 5390 0754 7034",
        "Hôtel du Parc",
        "Avenue de la Plante 24",
        "TVA BE 0202.239.951",
        "23/11/2026",
        "Date de livraison 22/11/2026",
        "Vos références BC 45",
    ):
        assert attendu in lu


def test_imp_10_lines_show_units_prices_discounts_and_amounts():
    une = ligne(
        0,
        memo="bien cuite",
        remise=somme("5.00"),
        quantite_unite_commande=somme("20"),
        unite_commande="CT6",
    )
    lu = texte(document(lignes=(une,)))
    assert "BAG Baguette tradition 120 PCE 0,85 5 % 6 % 96,90 bien cuite 20 CT6" in lu


def test_cal_11_subtotals_follow_their_line():
    lignes = (ligne(0), ligne(1, sous_total=somme("158.40")), ligne(2))
    assert "Pain gris au levain 800 g 24 PCE 2,35 6 % 56,40 Sous-total 158,40 CRO" in texte(document(lignes=lignes))


def test_imp_10_comments_have_no_figures():
    commentaire = Ligne(genre="commentaire", designation="Bordereau 2026-0311 du 20/11/2026")
    assert "Bordereau 2026-0311 du 20/11/2026 BAG" in texte(document(lignes=(commentaire, ligne(0))))


def test_imp_10_totals_deposits_and_balance():
    acompte = Acompte(montant=somme("50.00"), date=date(2026, 11, 1), mode="Bancontact")
    lu = texte(document(1, acomptes=(acompte,)))
    assert "Total HTVA 102,00 Total TVA 6,12 Total TVAC 108,12" in lu
    assert "Acompte du 01/11/2026 (Bancontact) -50,00 À payer 58,12 EUR" in lu


TAXES = (
    Taxe(libelle="Consigne", prix=Decimal("0.1000"), montant=Decimal("12.00"), taux_tva=Decimal("0.00")),
    Taxe(libelle="Récupel", pourcentage=Decimal("1.50"), montant=Decimal("1.53"), taux_tva=Decimal("21.00")),
)


def test_cal_06_taxes_stand_under_their_line_and_charges_under_all():
    port = Charge(libelle="Frais de livraison", montant=somme("10.00"))
    groupes = (groupe("112.00", "6.00"), groupe("1.53", "21.00"), groupe("12.00", "0.00", "Z"))
    lignes = (ligne(taxes=TAXES), ligne(1))
    lu = texte(document(lignes=lignes, frais=(port,), groupes_tva=groupes))
    assert "102,00 Consigne 0,10 0 % 12,00 Récupel 1,5 % 21 % 1,53 PGR" in lu
    assert "Frais de livraison 10,00" in lu


def test_cal_06_the_lines_total_counts_the_taxes():
    escompte = Escompte(genre="deduit", pourcentage=somme("2.00"), montant=somme("2.04"))
    lignes = (ligne(taxes=TAXES, sous_total=somme("102.00")),)
    lu = texte(document(lignes=lignes, escompte=escompte, groupes_tva=(groupe("113.49", "6.00"),)))
    assert "Sous-total 102,00" in lu
    assert "Total des lignes 115,53 Escompte 2 % -2,04 Total HTVA 113,49" in lu


def test_cal_06_the_total_carried_over_counts_the_taxes():
    lu = texte(document(lignes=tuple(ligne(taxes=TAXES) for _ in range(30))))
    reports = re.findall(r"À reporter ([\d ]+,\d\d)", lu)
    assert reports
    for report in reports:
        assert Decimal(report.replace(" ", "").replace(",", ".")) % Decimal("115.53") == 0


def test_cal_06_no_tax_where_there_are_no_prices():
    lu = texte(document(lignes=(ligne(taxes=TAXES),), type="bordereau", sans_prix=True))
    assert ("Baguette" in lu, "Consigne" in lu) == (True, False)


def test_cal_06_a_tax_has_room_in_the_columns_of_its_line():
    taxe = Taxe(libelle="Consigne", prix=Decimal("1234567.8900"), montant=Decimal("148148146.80"))
    decrit = document(lignes=(ligne(prix=Decimal(0), taxes=(taxe,)),))
    assert "Consigne 1 234 567,89 148 148 146,80" in texte(decrit)
    posees = colonnes(decrit, formats("fr"), libelles("fr"))
    assert posees["prix"].largeur >= COURANT.largeur("1 234 567,89")
    assert posees["montant"].largeur >= COURANT.largeur("148 148 146,80")


def test_imp_20_base_and_vat_per_rate():
    groupes = (groupe("1234.56", "6.00"), groupe("15.00", "21.00"))
    assert "6 % 1 234,56 74,07 21 % 15,00 3,15 Total 1 249,56 77,22" in texte(document(1, groupes_tva=groupes))


def test_cal_08_deducted_escompte_is_subtracted_from_the_lines():
    escompte = Escompte(genre="deduit", pourcentage=somme("2.00"), montant=somme("2.04"))
    lu = texte(document(1, escompte=escompte, groupes_tva=(groupe("99.96", "6.00"),)))
    assert "Total des lignes 102,00 Escompte 2 % -2,04 Total HTVA 99,96" in lu


@pytest.mark.parametrize(
    ("langue", "phrase"),
    [
        ("fr", "118,58 EUR si paiement dans les 8 jours (escompte de 2 % : 2,00 EUR)"),
        ("nl", "118,58 EUR bij betaling binnen 8 dagen"),
        ("de", "118,58 EUR bei Zahlung innerhalb von 8 Tagen"),
        ("en", "118.58 EUR if paid within 8 days"),
    ],
)
def test_cal_08_conditional_escompte_says_what_is_due_in_time(langue: Langue, phrase: str):
    escompte = Escompte(
        genre="conditionnel",
        pourcentage=somme("2"),
        montant=somme("2.00"),
        jours=8,
        montant_dans_le_delai=somme("118.58"),
    )
    groupes = (groupe("98.00", "21.00"), groupe("2.00", "0.00", "E", mentions=("escompte",)))
    lu = texte(document(1, langue=langue, escompte=escompte, groupes_tva=groupes))
    assert phrase in lu
    assert libelles(langue)("mention.escompte")[:40] in lu


@pytest.mark.parametrize("langue", LANGUES)
@pytest.mark.parametrize(
    ("categorie", "mention"),
    [("AE", "cocontractant"), ("K", "intracommunautaire"), ("G", "export"), ("E", "exonere"), ("O", "hors_champ")],
)
def test_imp_20_each_exemption_is_mentioned(categorie: CategorieTva, mention: Mention, langue: Langue):
    groupes = (groupe("80.00", "6.00"), groupe("22.00", "0.00", categorie))
    assert f"(1) {libelles(langue)(f'mention.{mention}')}" in texte(document(1, langue=langue, groupes_tva=groupes))


def test_imp_20_a_group_may_state_its_own_reason():
    groupes = (groupe("102.00", "0.00", "E", motif="Art. 42, § 3 : biens destinés aux diplomates"),)
    lu = texte(document(1, groupes_tva=groupes))
    assert "(1) Art. 42, § 3 : biens destinés aux diplomates" in lu
    assert "art. 44" not in lu


def test_imp_20_a_group_that_bears_vat_has_no_mention():
    assert "(1)" not in texte(document(1))


@pytest.mark.parametrize("langue", LANGUES)
def test_imp_20_a_credit_note_names_its_facture_and_the_vat_to_give_back(langue: Langue):
    corrigees = (FactureCorrigee(numero="2026-0031", date=date(2026, 10, 2)),)
    lu = texte(document(1, langue=langue, type="note_credit", factures_corrigees=corrigees))
    assert libelles(langue)("entete.facture_du", numero="2026-0031", date="02/10/2026") in lu
    assert libelles(langue)("mention.note_credit") in lu
    assert libelles(langue)("total.en_votre_faveur") in lu


def test_imp_20_a_bordereau_shows_lots_and_a_place_to_sign():
    lu = texte(document(type="bordereau", lignes=(ligne(0, lot="L26017"), ligne(1))))
    assert "Lot" in lu
    assert "Baguette tradition L26017 120 PCE" in lu
    assert "Marchandises reçues en bon état Nom Date et heure Signature" in lu


def test_imp_20_no_lot_no_column():
    assert " Lot " not in texte(document(2, type="bordereau"))


def test_imp_11_without_prices_no_amount_is_left():
    lu = texte(document(2, type="bordereau", sans_prix=True))
    assert "Baguette tradition 120 PCE PGR" in lu
    for montant in ("0,85", "102,00", "158,40", "TVAC", "HTVA", "EUR"):
        assert montant not in lu


def test_cal_14_heads_say_when_prices_include_vat():
    assert "Prix TVAC TVA Montant TVAC" in texte(document(1, prix_tvac=True))
    assert "Prix HTVA TVA Montant HTVA" in texte(document(1))


def test_imp_10_delivery_address_and_foreign_country():
    ailleurs = Adresse(nom="Cuisine", rue="Quai 3", code_postal="59000", localite="Lille", pays="FR")
    lu = texte(document(1, adresse_livraison=ailleurs))
    assert "Adresse de livraison Cuisine Quai 3 59000 Lille FRANCE" in lu
    assert "BELGIQUE" not in lu


def test_imp_10_payment_terms_and_structured_communication():
    lu = texte(document(1))
    assert "Communication +++090/9337/55493+++" in lu
    assert "À payer au plus tard le 23/12/2026 Conditions 30 jours Mode de paiement Virement" in lu


def test_imp_10_texts_stand_around_the_lines():
    lu = texte(document(1, societe=replace(SOCIETE, texte_legal="Tribunaux de Namur."), client=CLIENT))
    assert lu.index("Merci de votre commande.") < lu.index("Baguette tradition")
    assert lu.index("À payer 108,12") < lu.index("Les réclamations") < lu.index("Tribunaux de Namur.")


def test_cli_12_les_vidanges_du_client():
    """Every kind of crate, with its four figures, over as many pages as it takes."""
    vidanges = tuple(
        Vidange(
            designation=f"Bac {rang}",
            avant=Decimal(rang),
            livrees=Decimal(10),
            reprises=Decimal("0.5"),
            apres=Decimal(rang) + Decimal("9.5"),
        )
        for rang in range(100, 180)
    )
    lu = texte(document(type="bordereau", vidanges=vidanges))
    assert "Vidanges Solde avant Livrées Reprises Nouveau solde" in lu
    assert [rang for rang in range(100, 180) if f"Bac {rang} {rang} 10 0,5 {rang + 9},5" not in lu] == []
    assert "Vidanges" not in texte(document(type="bordereau"))
