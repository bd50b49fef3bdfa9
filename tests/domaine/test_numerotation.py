"""Numbers: their writing, their counters, the payment communication (DOC-05, DOC-06, PAI-01, TAB-03)."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aurore_domain.cycle import TypeDocument
from aurore_domain.erreurs import ErreurAurore
from aurore_domain.numerotation import (
    CHAMPS,
    MODELES,
    ModeleIllisible,
    ModeleSansExercice,
    ModeleSansNumero,
    NumeroEnUsage,
    NumeroTropGrand,
    Trou,
    changer_dernier,
    communication_structuree,
    numero_affiche,
    verifier_modele,
)


@pytest.mark.parametrize(
    ("modele", "numero", "affiche"),
    [
        ("FA{exercice}/{numero:05}", 42, "FA2026-27/00042"),
        ("FA{exercice}/{numero:05}", 123456, "FA2026-27/123456"),
        ("{annee}.{numero}", 42, "2027.42"),
        ("{numero:03} - {annee}#{exercice}", 7, "007 - 2027#2026-27"),
    ],
)
def test_tab_03_templates_write_numbers(modele: str, numero: int, affiche: str) -> None:
    assert numero_affiche(modele, exercice="2026-27", annee=2027, numero=numero) == affiche


@pytest.mark.parametrize(
    ("modele", "erreur"),
    [
        ("{exercice}/{numero.__class__}", ModeleIllisible),
        ("{exercice}/{numero:5}", ModeleIllisible),
        ("{exercice}/{numero:05d}", ModeleIllisible),
        ("{exercice}/{numero:099}", ModeleIllisible),
        ("{exercice:04}/{numero}", ModeleIllisible),
        ("{exercice}/{{numero}}", ModeleIllisible),
        ("{exercice}/{numero}{client}", ModeleIllisible),
        ("%s{exercice}/{numero}", ModeleIllisible),
        ("{exercice}/{numero}\n", ModeleIllisible),
        ("{exercice}/é{numero}", ModeleIllisible),
        ("{exercice}", ModeleSansNumero),
        ("{exercice}{numero}{numero:05}", ModeleSansNumero),
        ("", ModeleSansNumero),
        ("FA{numero:05}", ModeleSansExercice),
    ],
)
def test_tab_03_templates_that_mean_nothing_are_refused(modele: str, erreur: type[ErreurAurore]) -> None:
    with pytest.raises(erreur) as refus:
        numero_affiche(modele, exercice="2026", annee=2026, numero=1)
    assert refus.value.valeurs["modele"] == modele


@given(st.text(st.sampled_from("{}:059aexrcinumo %s."), max_size=30) | st.text(max_size=20))
def test_tab_03_any_other_text_is_refused_as_unreadable_or_incomplete(modele: str) -> None:
    """TAB-03: a template passes or is refused by one of the three errors, never by another."""
    try:
        verifier_modele(modele)
    except (ModeleIllisible, ModeleSansNumero, ModeleSansExercice):
        return
    assert "{numero" in modele


def test_tab_03_every_type_has_a_template_of_its_own() -> None:
    assert MODELES.keys() == set(TypeDocument)
    ecrits = {numero_affiche(modele, exercice="2026", annee=2026, numero=1) for modele in MODELES.values()}
    assert len(ecrits) == len(TypeDocument)
    assert numero_affiche(MODELES[TypeDocument.FACTURE], exercice="2026", annee=2026, numero=1) == "FA2026/00001"


@pytest.mark.parametrize("champ", CHAMPS)
def test_tab_03_every_field_told_to_users_can_be_read(champ: str) -> None:
    autre = "{exercice}" if champ.startswith("{numero") else "{numero}"
    assert "{" not in numero_affiche(champ + autre, exercice="2026", annee=2026, numero=1)


@pytest.mark.parametrize(
    ("dernier", "trous", "nouveau", "attendus"),
    [
        (5, [], 5, []),
        (5, [], 6, [(6, 6)]),
        (0, [], 1000, [(1, 1000)]),
        (10, [(6, 10)], 12, [(6, 10), (11, 12)]),
        (12, [(6, 10), (11, 12)], 11, [(6, 10), (11, 11)]),
        (12, [(6, 10), (11, 12)], 8, [(6, 8)]),
        (12, [(6, 10), (11, 12)], 5, []),
        (12, [(2, 3), (6, 12)], 5, [(2, 3)]),
        (7, [(1, 7)], 0, []),
    ],
)
def test_doc_05_raising_declares_a_gap_and_lowering_closes_it(
    dernier: int, trous: list[tuple[int, int]], nouveau: int, attendus: list[tuple[int, int]]
) -> None:
    declares = [Trou(*un) for un in trous]
    assert changer_dernier(nouveau, dernier=dernier, trous=declares) == tuple(Trou(*un) for un in attendus)


@pytest.mark.parametrize(
    ("dernier", "trous", "nouveau", "utilise"),
    [(5, [], 4, 5), (12, [(6, 10), (11, 12)], 4, 5), (12, [(6, 10)], 11, 12), (12, [(2, 3), (6, 12)], 3, 5)],
)
def test_doc_05_a_counter_never_goes_below_a_number_in_use(
    dernier: int, trous: list[tuple[int, int]], nouveau: int, utilise: int
) -> None:
    with pytest.raises(NumeroEnUsage) as refus:
        changer_dernier(nouveau, dernier=dernier, trous=[Trou(*un) for un in trous])
    assert refus.value.valeurs == {"dernier": nouveau, "dernier_utilise": utilise}


@pytest.mark.parametrize(
    ("type_document", "fin", "numero", "communication"),
    [
        ("facture", date(2026, 12, 31), 1, "+++261/2000/00106+++"),  # 2612000001 = 97 * 26927835 + 6
        ("facture", date(2026, 12, 31), 92, "+++261/2000/09297+++"),
        ("note_credit", date(2026, 12, 31), 1, "+++262/4000/00139+++"),  # 97 * 27051546 + 39
        ("bordereau", date(2026, 12, 31), 1, None),
    ],
)
def test_pai_01_structured_communication(type_document: str, fin: date, numero: int, communication: str | None) -> None:
    calculee = communication_structuree(TypeDocument(type_document), fin_exercice=fin, numero=numero)
    assert calculee == communication


@given(
    st.sampled_from([TypeDocument.FACTURE, TypeDocument.NOTE_CREDIT]),
    st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    st.integers(1, 999_999),
)
def test_pai_01_the_check_digits_are_modulo_97_and_the_rest_tells_the_document(
    type_document: TypeDocument, fin: date, numero: int
) -> None:
    """PAI-01: type, end of exercice and number can be read back, so no two factures share a communication."""
    ecrite = communication_structuree(type_document, fin_exercice=fin, numero=numero)
    assert ecrite is not None
    assert re.fullmatch(r"\+\+\+[0-9]{3}/[0-9]{4}/[0-9]{5}\+\+\+", ecrite)
    chiffres = re.sub("[^0-9]", "", ecrite)
    base, controle = int(chiffres[:10]), int(chiffres[10:])
    assert controle == (base % 97 or 97)
    mois = int(chiffres[2:4])
    lu = TypeDocument.NOTE_CREDIT if mois > 12 else TypeDocument.FACTURE
    assert (lu, 2000 + int(chiffres[:2]), (mois - 1) % 12 + 1) == (type_document, fin.year, fin.month)
    assert int(chiffres[4:10]) == numero


def test_pai_01_a_number_that_has_no_room_is_refused() -> None:
    with pytest.raises(NumeroTropGrand):
        communication_structuree(TypeDocument.FACTURE, fin_exercice=date(2026, 12, 31), numero=1_000_000)
