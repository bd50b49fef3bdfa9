"""MAG-10, MAG-12, MAG-13, MAG-19: what is done about an order, as a table; and that it converges, as properties."""

from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aurore_domain.magasin import (
    LIVRAISON_MAX,
    Connue,
    Decision,
    Fenetre,
    LivraisonImpossible,
    Motif,
    Recue,
    Suite,
    VersionIncoherente,
    Vue,
    decider,
    verifier_livraison,
)
from tests.domaine.test_cycle import rangees

D = date(2026, 11, 23)
FENETRE = Fenetre.jusqu_au(D, 2)

TABLE = """
received            | known                              | sale | what is done
v1 a                | -                                  | non  | creer
v1 a annulee        | -                                  | non  | retenir_annulee
v1 a                | -                                  | oui  | conflit deja_facturee
v1 a annulee        | -                                  | oui  | conflit deja_facturee
v1 a                | v1 a                               | non  | rien
v1 a                | v1 a                               | oui  | rien
v1 b                | v1 a                               | non  | incoherente
v1 a                | v2 b                               | non  | anterieure
v1 b                | v2 b                               | non  | anterieure
v2 a                | v1 a                               | non  | retenir_version
v2 b                | v1 a                               | non  | changer
v2 b annulee        | v1 a                               | non  | annuler
v2 b                | v1 a transferee                    | non  | conflit transferee
v2 b annulee        | v1 a transferee                    | non  | conflit transferee
v2 a                | v1 a transferee                    | non  | retenir_version
v1 a                | v1 a transferee                    | non  | rien
v2 b                | v1 a abandonnee                    | non  | conflit abandonnee
v2 b                | v1 a changee_ici                   | non  | conflit changee_ici
v2 b                | v1 a annulee_ici                   | non  | conflit annulee_ici
v2 b                | v1 a absente                       | non  | conflit supprimee_ici
v2 b                | v1 a absente                       | oui  | conflit deja_facturee
v2 b annulee        | v1 a absente                       | non  | retenir_annulee
v2 a annulee        | v2 a annulee                       | non  | rien
v1 b                | v2 a annulee                       | non  | anterieure
v3 b                | v2 a annulee                       | non  | creer
v3 b                | v2 a annulee                       | oui  | conflit deja_facturee
v3 b annulee        | v2 a annulee                       | non  | retenir_version
v2 b                | v1 a transferee conflit v2 b       | non  | conflit transferee
v2 c                | v1 a transferee conflit v2 b       | non  | incoherente
v1 a                | v1 a transferee conflit v2 b       | non  | anterieure
v3 c                | v1 a transferee conflit v2 b       | non  | conflit transferee
v3 a                | v1 a conflit v2 b                  | non  | conflit
v2 b                | v1 a conflit v2 b                  | non  | conflit
"""


VENTES = """
received            | known                              | held | what is done
v1 a                | -                                  | non  | creer
v1 a annulee        | -                                  | non  | retenir_annulee
v1 a                | -                                  | oui  | double
v1 a annulee        | -                                  | oui  | retenir_annulee
v1 a                | v1 a                               | oui  | rien
v1 b                | v1 a                               | oui  | incoherente
v1 a                | v2 b                               | oui  | anterieure
v2 a                | v1 a                               | oui  | retenir_version
v2 b                | v1 a                               | non  | changer
v2 b                | v1 a                               | oui  | double
v2 b annulee        | v1 a                               | oui  | annuler
v2 b                | v1 a transferee                    | oui  | conflit transferee
v2 b annulee        | v1 a transferee                    | non  | conflit transferee
v2 a                | v1 a transferee                    | non  | retenir_version
v2 b                | v1 a absente                       | non  | conflit supprimee_ici
v2 b                | v1 a absente                       | oui  | double
v3 b                | v2 a annulee                       | non  | creer
v3 b                | v2 a annulee                       | oui  | double
v3 b annulee        | v2 a annulee                       | oui  | retenir_version
v3 c                | v1 a transferee conflit v2 b       | oui  | conflit transferee
"""
"""Sales that are to be invoiced; `held`: an order that is not cancelled, or another sale, has one of its references."""


def connue(texte: str) -> Connue | None:
    """What a cell says of the reference."""
    if texte == "-":
        return None
    mots, conflit = texte.split(), None
    if "conflit" in mots:
        rang = mots.index("conflit")
        mots, conflit = mots[:rang], Vue(int(mots[rang + 1][1:]), mots[rang + 2])
    touches = [Motif(un) for un in mots[2:] if un not in {"annulee", "absente"}]
    return Connue(
        Vue(int(mots[0][1:]), mots[1]),
        annulee="annulee" in mots,
        absente="absente" in mots,
        touche=touches[0] if touches else None,
        conflit=conflit,
    )


@pytest.mark.parametrize("cas", rangees(TABLE), ids=" / ".join)
def test_mag_12_mag_13_mag_19_what_is_done_about_an_order(cas: list[str]) -> None:
    exiger(cas, vente=False)


@pytest.mark.parametrize("cas", rangees(VENTES), ids=" / ".join)
def test_mag_18_mag_19_what_is_done_about_a_sale(cas: list[str]) -> None:
    exiger(cas, vente=True)


def exiger(cas: list[str], *, vente: bool) -> None:
    """A row of one of the tables."""
    recu, su, prise, reponse = cas
    version, empreinte, *annulee = recu.split()
    recue = Recue(D, int(version[1:]), empreinte, annulee=bool(annulee))
    if reponse == "incoherente":
        with pytest.raises(VersionIncoherente) as refus:
            decider(recue, connue(su), FENETRE, prise_ailleurs=prise == "oui", vente=vente)
        assert refus.value.pointeur == "#/version"
    else:
        suite, *motif = reponse.split()
        attendue = Decision(Suite(suite), Motif(motif[0]) if motif else None)
        assert decider(recue, connue(su), FENETRE, prise_ailleurs=prise == "oui", vente=vente) == attendue


@pytest.mark.parametrize(("jour", "dedans"), [(-3, False), (-2, True), (-1, True), (0, True), (1, False)])
def test_mag_10_the_window_is_exact_to_the_day(jour: int, *, dedans: bool) -> None:
    recue = Recue(D + timedelta(days=jour), 1, "a")
    nouvelle = decider(recue, None, FENETRE, prise_ailleurs=False)
    assert nouvelle.suite is (Suite.CREER if dedans else Suite.HORS_PERIODE)
    change = Recue(recue.date, 2, "b")
    assert decider(change, Connue(Vue(1, "a")), FENETRE, prise_ailleurs=False).suite is Suite.CHANGER


@pytest.mark.parametrize("fin", [date(1970, 1, 1), date(2999, 12, 31)])
def test_mag_10_the_window_of_any_day_there_is(fin: date) -> None:
    assert fin in Fenetre.jusqu_au(fin, 366)


@pytest.mark.parametrize(
    ("livraison", "permis"),
    [(D, True), (D + LIVRAISON_MAX, True), (D - timedelta(days=1), False), (D + LIVRAISON_MAX + timedelta(1), False)],
)
def test_mag_10_an_order_is_for_its_own_day_or_later_and_not_for_another_century(
    livraison: date, *, permis: bool
) -> None:
    if permis:
        verifier_livraison(D, livraison)
    else:
        with pytest.raises(LivraisonImpossible):
            verifier_livraison(D, livraison)


class Registre:
    """What a server would know, told by the decisions alone."""

    def __init__(self) -> None:
        self.connue: Connue | None = None
        self.vivante: str | None = None
        self.creees = 0

    def recevoir(self, recue: Recue) -> Suite:
        suite = decider(recue, self.connue, FENETRE, prise_ailleurs=False).suite
        if suite in {Suite.RIEN, Suite.ANTERIEURE}:
            return suite
        assert suite in {Suite.CREER, Suite.CHANGER, Suite.ANNULER, Suite.RETENIR_ANNULEE, Suite.RETENIR_VERSION}
        self.creees += suite is Suite.CREER
        if suite in {Suite.CREER, Suite.CHANGER}:
            self.vivante = recue.empreinte
        elif suite in {Suite.ANNULER, Suite.RETENIR_ANNULEE}:
            self.vivante = None
        self.connue = Connue(Vue(recue.version, recue.empreinte), annulee=recue.annulee)
        return suite


contenus = st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), min_size=1, max_size=4)


@given(contenus, st.data())
def test_mag_12_whatever_comes_late_twice_or_in_another_order_the_end_is_the_same(
    histoire: list[tuple[str, bool]], data: st.DataObject
) -> None:
    """The newest version is what stays, and once it is here nothing that comes changes anything."""
    versions = [
        Recue(D, rang + 1, f"{contenu}{annulee}", annulee=annulee) for rang, (contenu, annulee) in enumerate(histoire)
    ]
    envois = data.draw(st.permutations(versions * 2))
    registre = Registre()
    for rang, recue in enumerate(envois):
        suite = registre.recevoir(recue)
        if any(une.version > recue.version for une in envois[:rang]):
            assert suite is Suite.ANTERIEURE
    derniere = versions[-1]
    assert registre.vivante == (None if derniere.annulee else derniere.empreinte)
    assert {registre.recevoir(une) for une in versions} <= {Suite.RIEN, Suite.ANTERIEURE}


def test_mag_12_three_versions_in_every_order_make_one_order_at_most_once_alive() -> None:
    versions = [Recue(D, 1, "a"), Recue(D, 2, "b", annulee=True), Recue(D, 3, "c")]
    for ordre in permutations(versions):
        registre = Registre()
        for une in ordre:
            registre.recevoir(une)
        assert registre.vivante == "c"
