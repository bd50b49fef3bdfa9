"""The lifecycle: the table of types, and what every type, state, number and action gives (DOC-01, DOC-09, TRF-06)."""

from dataclasses import replace
from itertools import product

import pytest

from aurore_domain.actions import (
    Action,
    CommandeCloturee,
    DocumentEntame,
    DocumentFiscal,
    DocumentRouvert,
    EtapeImpossible,
    ReouvertureInutile,
    SansNumero,
    SansReste,
    SansSuite,
    Situation,
    Suppression,
    actions,
    etat_selon_reste,
    exiger,
    exiger_etape,
    modifiable,
    suites,
    suppression,
)
from aurore_domain.cycle import TABLE, Etat, TypeDocument, TypeInconnu, diagramme
from aurore_domain.erreurs import EtatInterdit

TYPES = """
type                 | cote        | leads into (how)                                              | stock                | signe | fiscal
offre_type           | client      | offre copie, commande copie, bordereau copie, facture copie   | aucun                | +     | non
offre                | client      | commande consomme, proforma consomme, bordereau consomme, facture consomme | aucun   | +     | non
commande             | client      | proforma consomme, bordereau consomme, facture consomme       | commande_client      | +     | non
proforma             | client      | bordereau consomme, facture consomme                          | commande_client      | +     | non
bordereau            | client      | facture consomme, retour reference                            | sortie               | +     | non
retour               | client      | note_credit consomme                                          | entree               | -     | non
facture              | client      | note_credit credit, retour reference                          | sortie               | +     | oui
note_credit          | client      |                                                               | entree               | -     | oui
appel_offre          | fournisseur | commande_fournisseur consomme                                 | aucun                | +     | non
commande_fournisseur | fournisseur | reception consomme                                            | commande_fournisseur | +     | non
reception            | fournisseur | attente_imputation consomme                                   | entree               | +     | non
attente_imputation   | fournisseur |                                                               | entree               | +     | non
"""  # noqa: E501 — a table is read across

# L lire, M modifier, I imprimer, C copier, T transferer, S supprimer, R rouvrir, A abandonner. Nothing has moved on,
# something is left to move or return.
# `chaine` stands for every type that is neither of the others, `commandes` for those by which something is ordered.
ACTIONS = """
type               | etat         | sans numero | avec numero
chaine             | en_attente   | LMICTS      | LMICTS
commandes          | en_attente   | LMICTSA     | LMICTSA
chaine             | transfere    | LIC         | LIC
chaine             | comptabilise | LIC         | LIC
chaine             | annule       | LC          | LIC
bordereau          | en_attente   | LMICTS      | LMICTS
bordereau          | transfere    | LICT        | LICT
bordereau          | comptabilise | LICT        | LICT
bordereau          | annule       | LC          | LIC
facture            | en_attente   | LMICTS      | LICTR
facture            | transfere    | LICT        | LICT
facture            | comptabilise | LICT        | LICT
facture            | annule       | LC          | LIC
note_credit        | en_attente   | LMICS       | LICR
note_credit        | transfere    | LIC         | LIC
note_credit        | comptabilise | LIC         | LIC
note_credit        | annule       | LC          | LIC
attente_imputation | en_attente   | LMICS       | LMICS
attente_imputation | transfere    | LIC         | LIC
attente_imputation | comptabilise | LIC         | LIC
attente_imputation | annule       | LC          | LIC
"""

LETTRES = {action.value[0].upper(): action for action in Action}


def rangees(table: str) -> list[list[str]]:
    return [[case.strip() for case in rangee.split("|")] for rangee in table.strip().splitlines()[1:]]


def attendues() -> dict[tuple[str, str, bool], str]:
    """(type, etat, numerote) → letters, with `chaine` spelled out."""
    ecrites = {}
    for nom, etat, sans, avec in rangees(ACTIONS):
        apart = {"bordereau", "facture", "note_credit", "attente_imputation"}
        groupes = {
            "chaine": [str(t) for t in TypeDocument if t not in apart],
            "commandes": ["commande", "proforma", "commande_fournisseur"],
        }
        for type_document in groupes.get(nom, [nom]):
            ecrites[type_document, etat, False] = sans
            ecrites[type_document, etat, True] = avec
    return ecrites


ATTENDUES = attendues()


def dans(
    type_document: str,
    etat: str = "en_attente",
    *,
    numerote: bool = False,
    reste: bool = True,
    entame: bool = False,
    retournable: bool = True,
) -> Situation:
    return Situation(
        type=type_document, etat=etat, numerote=numerote, reste=reste, entame=entame, retournable=retournable
    )


def test_the_table_of_types_is_the_specified_one() -> None:
    lues = [
        [
            regle.type.value,
            regle.cote.value,
            ", ".join(f"{vers} {nature}" for vers, nature in regle.vers.items()),
            regle.stock.value,
            "+" if regle.signe == 1 else "-",
            "oui" if regle.fiscal else "non",
        ]
        for regle in TABLE.values()
    ]
    assert lues == rangees(TYPES)


def test_every_type_state_and_number_is_listed() -> None:
    assert ATTENDUES.keys() == set(product(map(str, TypeDocument), map(str, Etat), (False, True)))


@pytest.mark.parametrize(("cle", "lettres"), ATTENDUES.items(), ids=str)
def test_doc_01_every_action_is_allowed_or_refused_as_listed(cle: tuple[str, str, bool], lettres: str) -> None:
    """DOC-01, DOC-09: what is offered is what is enforced, for every action."""
    type_document, etat, numerote = cle
    situation = dans(type_document, etat, numerote=numerote)
    permises = tuple(LETTRES[lettre] for lettre in lettres)
    assert actions(situation) == permises
    assert modifiable(situation) == ("M" in lettres)
    for action in Action:
        if action in permises:
            exiger(action, situation)
        else:
            with pytest.raises(EtatInterdit) as refus:
                exiger(action, situation)
            assert refus.value.valeurs["actions"] == permises


@pytest.mark.parametrize("type_document", TypeDocument)
@pytest.mark.parametrize("numerote", [False, True])
def test_doc_09_deleting_removes_without_number_and_annuls_with_one(
    type_document: TypeDocument, numerote: bool
) -> None:
    """DOC-09: no number, gone; a number, annulled; a numbered fiscal document is credited instead."""
    situation = dans(type_document, numerote=numerote)
    if numerote and type_document in {"facture", "note_credit"}:
        with pytest.raises(DocumentFiscal):
            suppression(situation)
    else:
        assert suppression(situation) is (Suppression.ANNULER if numerote else Suppression.EFFACER)


@pytest.mark.parametrize("etat", ["en_attente", "transfere"])
@pytest.mark.parametrize("type_document", ["offre", "commande", "bordereau", "retour", "reception"])
def test_doc_09_a_document_whose_lines_moved_on_stays(type_document: str, etat: str) -> None:
    """DOC-09: « yes, if not invoiced », « if not credited »: what follows goes first."""
    with pytest.raises(DocumentEntame):
        suppression(dans(type_document, etat, numerote=True, entame=True))


def test_doc_09_an_unnumbered_facture_with_a_retour_stays() -> None:
    with pytest.raises(DocumentEntame):
        suppression(dans("facture", entame=True))


ETAPES = """
depuis      | vers        | etat         | numero | reste | retournable | answer
commande    | bordereau   | en_attente   | non    | oui   | oui         | consomme
commande    | bordereau   | en_attente   | oui    | non   | oui         | sans_reste
commande    | bordereau   | transfere    | oui    | non   | oui         | etat_interdit
commande    | bordereau   | annule       | oui    | oui   | oui         | etat_interdit
commande    | retour      | en_attente   | oui    | oui   | oui         | etape_impossible
commande    | offre       | en_attente   | oui    | oui   | oui         | etape_impossible
commande    | reception   | en_attente   | oui    | oui   | oui         | etape_impossible
offre_type  | commande    | en_attente   | non    | non   | non         | copie
offre_type  | proforma    | en_attente   | oui    | oui   | oui         | etape_impossible
offre_type  | offre       | annule       | oui    | oui   | oui         | etat_interdit
bordereau   | facture     | transfere    | oui    | non   | oui         | etat_interdit
bordereau   | retour      | en_attente   | oui    | oui   | oui         | reference
bordereau   | retour      | transfere    | oui    | non   | oui         | reference
bordereau   | retour      | transfere    | oui    | non   | non         | sans_reste
bordereau   | retour      | annule       | oui    | oui   | oui         | etat_interdit
facture     | retour      | comptabilise | oui    | oui   | oui         | reference
facture     | note_credit | en_attente   | non    | oui   | oui         | sans_numero
facture     | note_credit | en_attente   | oui    | oui   | oui         | credit
facture     | note_credit | comptabilise | oui    | oui   | oui         | credit
facture     | note_credit | comptabilise | oui    | non   | oui         | sans_reste
retour      | note_credit | en_attente   | oui    | oui   | non         | consomme
note_credit | facture     | en_attente   | non    | oui   | oui         | etape_impossible
reception   | attente_imputation | en_attente | oui | oui   | oui         | consomme
"""


@pytest.mark.parametrize("etape", rangees(ETAPES), ids=" ".join)
def test_trf_01_every_step_follows_the_table_or_is_refused(etape: list[str]) -> None:
    depuis, vers, etat, numero, reste, retournable, reponse = etape
    situation = dans(depuis, etat, numerote=numero == "oui", reste=reste == "oui", retournable=retournable == "oui")
    if reponse in {"consomme", "copie", "reference", "credit"}:
        assert exiger_etape(situation, vers) == reponse
        assert vers in suites(situation)
    else:
        with pytest.raises(EtatInterdit) as refus:
            exiger_etape(situation, vers)
        assert refus.value.code == reponse
        assert refus.value.valeurs["actions"] == actions(situation)
        assert vers not in suites(situation)


def test_trf_01_transferring_says_why_nothing_can_go() -> None:
    with pytest.raises(SansReste):
        exiger(Action.TRANSFERER, dans("commande", reste=False))
    with pytest.raises(SansNumero):
        exiger(Action.TRANSFERER, dans("facture", retournable=False))
    with pytest.raises(SansSuite):
        exiger(Action.TRANSFERER, dans("note_credit"))
    with pytest.raises(EtapeImpossible) as refus:
        exiger_etape(dans("proforma"), "commande")
    assert refus.value.valeurs["possibles"] == ("bordereau", "facture")


def test_mag_26_of_a_closed_commande_nothing_moves_on_but_copies() -> None:
    """It is read, changed (which can reopen it), printed, copied and deleted as any other."""
    close = replace(dans("commande"), cloture=True)
    assert set(actions(dans("commande"))) - set(actions(close)) == {Action.TRANSFERER, Action.ABANDONNER}
    assert suites(close) == ()
    for action in (Action.TRANSFERER, Action.ABANDONNER):
        with pytest.raises(CommandeCloturee):
            exiger(action, close)
    with pytest.raises(CommandeCloturee):
        exiger_etape(close, "bordereau")


def test_trf_01_an_unknown_type_or_state_raises() -> None:
    with pytest.raises(TypeInconnu):
        dans("devis")
    with pytest.raises(TypeInconnu):
        exiger_etape(dans("commande"), "livraison")
    with pytest.raises(ValueError, match="livre"):
        dans("commande", "livre")


RESTES = """
type       | etat         | entame | reste | then
commande   | en_attente   | oui    | non   | transfere
commande   | en_attente   | oui    | oui   | en_attente
commande   | en_attente   | non    | non   | en_attente
commande   | transfere    | oui    | oui   | en_attente
commande   | transfere    | non    | oui   | en_attente
commande   | transfere    | oui    | non   | transfere
commande   | annule       | non    | oui   | annule
bordereau  | en_attente   | oui    | non   | transfere
offre_type | en_attente   | oui    | non   | en_attente
facture    | en_attente   | oui    | non   | en_attente
facture    | comptabilise | oui    | non   | comptabilise
attente_imputation | en_attente | oui | non | en_attente
"""


@pytest.mark.parametrize("rangee", rangees(RESTES), ids=" ".join)
def test_trf_06_the_state_follows_what_is_left(rangee: list[str]) -> None:
    """TRF-06: with nothing left `transfere`, and back again when quantities come back; credits change no state."""
    type_document, etat, entame, reste, then = rangee
    assert etat_selon_reste(dans(type_document, etat, entame=entame == "oui", reste=reste == "oui")) == then


def test_the_diagram_shows_every_step() -> None:
    fleches = diagramme().splitlines()
    assert fleches[0] == "flowchart LR"
    assert "    bordereau -->|reference| retour" in fleches
    assert len(fleches) == 1 + sum(len(regle.vers) for regle in TABLE.values())


@pytest.mark.parametrize("type_document", ["facture", "note_credit"])
def test_doc_08_a_reopened_document_is_changed_and_issued_again_and_nothing_else(type_document: str) -> None:
    rouverte = replace(dans(type_document, numerote=True), rouvert=True)
    assert actions(rouverte) == (Action.LIRE, Action.MODIFIER, Action.IMPRIMER, Action.COPIER)
    assert modifiable(rouverte)
    for action, refus in ((Action.ROUVRIR, ReouvertureInutile), (Action.SUPPRIMER, DocumentFiscal)):
        with pytest.raises(refus):
            exiger(action, rouverte)
    for vers in TABLE[TypeDocument(type_document)].vers:
        with pytest.raises(DocumentRouvert):
            exiger_etape(rouverte, vers)


def test_doc_08_what_something_follows_from_stays_closed() -> None:
    with pytest.raises(DocumentEntame):
        exiger(Action.ROUVRIR, dans("facture", numerote=True, entame=True))


@pytest.mark.parametrize("type_document", [un for un in TypeDocument if not TABLE[un].fiscal])
def test_doc_08_what_can_be_changed_is_not_reopened(type_document: str) -> None:
    with pytest.raises(ReouvertureInutile):
        exiger(Action.ROUVRIR, dans(type_document, numerote=True))


@pytest.mark.parametrize("entame", [False, True])
def test_trf_08_what_is_given_up_to_the_last_is_done(entame: bool) -> None:
    finie = replace(dans("commande", reste=False, entame=entame), abandonne=True)
    assert etat_selon_reste(finie) == "transfere"
    assert etat_selon_reste(replace(finie, etat="transfere", reste=True)) == "en_attente"
    with pytest.raises(SansReste):
        exiger(Action.ABANDONNER, finie)
