"""A document of 500 lines takes as many statements as one of two: made, read, listed, changed, transferred, printed."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.api import documents
from tests.api.documents import boulangerie
from tests.client import ClientDeTest

PEU, BEAUCOUP = 2, 500
VERBES: dict[str, Callable[[ClientDeTest, dict[str, Any], int], Any]] = {
    "creer": lambda api, _, lignes: _commande(api, lignes),
    "lire": lambda api, commande, _: documents.lire(api, commande),
    "lister": lambda api, _, __: _lister(api),
    "changer la categorie": lambda api, commande, _: _accepte(
        documents.modifier(api, commande, categorie_tva="export", depot="PRINCIPAL")
    ),
    "changer une ligne": lambda api, commande, _: _accepte(documents.modifier_ligne(api, commande, 100, quantite="7")),
    "transferer": lambda api, commande, _: documents.transfere(api, "bordereau", commande),
    "imprimer": lambda api, commande, _: documents.imprimer(api, commande),
    "supprimer": lambda api, commande, _: documents.supprimer(api, commande),
}


@pytest.fixture
def commerce(api: ClientDeTest) -> ClientDeTest:
    """The API with the small bakery in it."""
    boulangerie(api)
    return api


def _commande(api: ClientDeTest, lignes: int) -> dict[str, Any]:
    """Lines of two sorts, so that not every line changes in the same columns."""
    sortes = ({"article": "BAG", "quantite": "12"}, {"article": "BAG", "quantite_unite_commande": "2"})
    une_unite = {"unite_commande": "CT6"}
    corps = [sortes[rang % 2] | (une_unite if rang % 2 else {}) for rang in range(lignes)]
    return documents.document(api, "commande", *corps)


def _lister(api: ClientDeTest) -> None:
    reponse = api.get("/v1/documents", params={"inclure": "lignes"})
    assert reponse.status_code == 200, reponse.text
    assert all(un["lignes"] for un in reponse.json()["data"])


def _accepte(reponse: Any) -> None:
    assert reponse.status_code == 200, reponse.text


def _compter(api: ClientDeTest, verbe: str, lignes: int) -> list[str]:
    commande = _commande(api, lignes)
    with documents.requetes_sql(api) as envoyees:
        VERBES[verbe](api, commande, lignes)
    return [une for une in envoyees if not une.startswith(("SAVEPOINT", "RELEASE"))]


@pytest.mark.parametrize("verbe", VERBES)
def test_constant(commerce: ClientDeTest, verbe: str) -> None:
    """DOC-13, TRF-01: no verb takes a statement per line."""
    _compter(commerce, verbe, PEU)  # what is prepared or noted the first time
    assert len(_compter(commerce, verbe, PEU)) == len(_compter(commerce, verbe, BEAUCOUP))


def test_constant_en_joignant_des_sources(commerce: ClientDeTest) -> None:
    """TRF-01: nor does a transfer take one per line of each of several sources."""

    def joindre(lignes: int) -> int:
        sources = [_commande(commerce, lignes) for _ in range(3)]
        with documents.requetes_sql(commerce) as envoyees:
            documents.transfere(commerce, "bordereau", *sources)
        return len(envoyees)

    joindre(PEU)
    assert joindre(PEU) == joindre(BEAUCOUP)
