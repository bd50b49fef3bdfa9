"""MAG-20, MAG-21, MAG-24: random weeks against a computation of their own, in fractions, out of the requests sent."""

from fractions import Fraction
from typing import Any

import pytest
from tests.api.production import fournil, imprimer_liste, production
from tests.api.semaines import JOURS, Semaine

COLONNES = ("magasins", "clients", "commandes_types", "restes")


@pytest.fixture(autouse=True)
def _fournil(api):
    fournil(api)


def trouve(liste: dict[str, Any]) -> dict[str, tuple[Fraction, ...]]:
    """The figures of a list, whose sums must be right by themselves."""
    lus = {}
    for une in liste["lignes"]:
        magasins, clients, types, restes = parts = tuple(Fraction(une[nom]) for nom in COLONNES)
        juste = magasins + clients + types - restes
        assert (Fraction(une["a_produire"]), Fraction(une["surplus"])) == (max(juste, 0), max(-juste, 0))
        if une["detail"] is not None:
            par_source = dict.fromkeys(("magasin", "client", "commande_type", "reste"), Fraction(0))
            for un in une["detail"]:
                par_source[un["source"]] += Fraction(un["quantite"])
            assert tuple(par_source.values()) == parts
        lus[une["article"]] = parts
    return lus


@pytest.mark.parametrize("graine", range(8))
def test_mag_20_random_weeks(api, graine):
    semaine = Semaine(api, graine)
    for _ in range(4):
        semaine.jouer(25)
        for jour in JOURS:
            liste = production(api, jour.isoformat(), inclure="clients")
            assert trouve(liste) == semaine.attendu(jour), jour


@pytest.mark.parametrize("graine", range(20, 23))
def test_mag_24_random_weeks_since_they_were_printed(api, graine):
    """Differences are those of the two computations, and a list printed again has none."""
    semaine = Semaine(api, graine)
    semaine.jouer(40)
    imprimees = {jour: imprimer_liste(api, jour.isoformat()).json() for jour in JOURS}
    avant = {jour: semaine.attendu(jour) for jour in JOURS}
    assert {jour: trouve({"lignes": une["lignes"]}) for jour, une in imprimees.items()} == avant
    semaine.jouer(25)
    for jour, une in imprimees.items():
        lues = api.get(f"/v1/production/impressions/{une['id']}/differences").json()["lignes"]
        ecarts = {
            ligne["article"]: [
                tuple(Fraction(ligne[quand][nom]) for nom in COLONNES) for quand in ("avant", "maintenant")
            ]
            for ligne in lues
        }
        rien, apres = (Fraction(0),) * 4, semaine.attendu(jour)
        assert ecarts == {
            article: [ancien, nouveau]
            for article in avant[jour].keys() | apres.keys()
            if (ancien := avant[jour].get(article, rien)) != (nouveau := apres.get(article, rien))
        }
        encore = imprimer_liste(api, jour.isoformat()).json()
        assert {u["article"] for u in encore["lignes"] if u["precedent"] is not None} <= ecarts.keys()
        relue = api.get(f"/v1/production/impressions/{encore['id']}/differences").json()
        assert (relue["lignes"], relue["commandes"]) == ([], [])
