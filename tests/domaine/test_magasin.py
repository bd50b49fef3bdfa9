"""MAG-26: when a till's order closes by itself."""

from dataclasses import dataclass
from datetime import date

import pytest

from aurore_domain.magasin import Jour, dernier_jour, se_cloture

LUNDI, MARDI, MERCREDI = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)


@dataclass(frozen=True)
class Commande:
    date: Jour
    date_livraison_prevue: Jour | None = None


@dataclass(frozen=True)
class Ligne:
    date_livraison: date | None = None


@pytest.mark.parametrize(
    ("commande", "lignes", "jour"),
    [
        (Commande(LUNDI), [], LUNDI),
        (Commande(LUNDI, MARDI), [], MARDI),
        (Commande(LUNDI, MARDI), [Ligne(), Ligne(MERCREDI)], MERCREDI),
        (Commande(MERCREDI), [Ligne(MARDI)], MARDI),
        (Commande(LUNDI, MERCREDI), [Ligne(MARDI)], MERCREDI),
    ],
)
def test_mag_26_the_day_of_an_order_is_its_last(commande, lignes, jour):
    assert dernier_jour(commande, lignes) == jour


@pytest.mark.parametrize(
    ("facturable", "entamee", "dernier", "clos"),
    [
        (False, False, LUNDI, True),
        (False, False, MARDI, False),
        (False, False, MERCREDI, False),
        (False, True, LUNDI, False),
        (True, False, LUNDI, False),
    ],
)
def test_mag_26_a_private_order_closes_after_its_day(facturable, entamee, dernier, clos):
    assert se_cloture(facturable=facturable, entamee=entamee, dernier=dernier, aujourd_hui=MARDI) is clos
