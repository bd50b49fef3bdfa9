"""Lists of documents go through an index for every order and filter, however many documents there are (DOC-21)."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import event, text
from tests.client import ClientDeTest

TRIES = {
    "bloques=true&tri=date": "ix_documents_date",
    "bloques=true&tri=-date": "ix_documents_date",
    "tri=date": "ix_documents_etat_date",
    "etat=transfere&tri=-date": "ix_documents_etat_date",
    "bloques=true&tri=-cree_le": "ix_documents_cree_le",
    "bloques=true&tri=total_tvac": "ix_documents_total_tvac",
    "bloques=true&type=facture&tri=date": "ix_documents_type_date",
    "bloques=true&client=C1&tri=-date": "ix_documents_client_date",
    "bloques=true&tournee=1&tri=date": "ix_documents_tournee",
}
TROUVES = {
    "bloques=true&recherche=bc+123": "ix_documents_recherche",
    "bloques=true&client=C1&vos_references=123": "ix_documents_references",
    "bloques=true&exercice=2025&numero=12": "uq_documents_exercice_type_numero",
}


@pytest.fixture
def envoyees(reelle: ClientDeTest) -> Iterator[list[tuple[str, Any]]]:
    """The statements over documents that requests come to."""
    envoyees: list[tuple[str, Any]] = []

    def noter(_connexion: Any, _curseur: Any, requete: str, valeurs: Any, *_: Any) -> None:
        if "FROM societe_principale.documents" in requete:
            envoyees.append((requete, valeurs))

    moteur = reelle.app.state.base.engine.sync_engine
    event.listen(moteur, "before_cursor_execute", noter)
    yield envoyees
    event.remove(moteur, "before_cursor_execute", noter)


@pytest.fixture
def plan(reelle: ClientDeTest, envoyees: list[tuple[str, Any]]) -> Callable[..., str]:
    """How the database means to run the one list that an address asks for, some of its ways being closed to it.

    On a database of its own: what other tests wrote and undid would change what its tables seem to hold.
    """
    base = reelle.app.state.base

    def prevoir(filtre: str, *fermes: str) -> str:
        envoyees.clear()
        assert reelle.get(f"/v1/documents?{filtre}").status_code == 200
        ((requete, valeurs),) = envoyees

        async def expliquer() -> str:
            async with base.engine.begin() as connexion:
                for ferme in fermes:
                    await connexion.execute(text(f"SET LOCAL {ferme} TO off"))
                rangs = await connexion.exec_driver_sql(f"EXPLAIN {requete}", valeurs)
                return "\n".join(rangs.scalars())

        return reelle.attendre(expliquer)  # type: ignore[no-any-return]

    return prevoir


@pytest.mark.parametrize(("filtre", "index"), TRIES.items())
def test_a_page_is_read_in_the_order_of_an_index(plan: Callable[..., str], filtre: str, index: str) -> None:
    """API-04: the fifty first rows are the fifty first of an index; nothing is sorted."""
    lu = plan(filtre, "enable_seqscan", "enable_bitmapscan", "enable_sort")
    assert f" {index} on documents" in lu
    assert "Sort" not in lu


@pytest.mark.parametrize(("filtre", "index"), TROUVES.items())
def test_what_is_looked_for_is_found_by_an_index(plan: Callable[..., str], filtre: str, index: str) -> None:
    """DOC-21: words, references and numbers."""
    assert f" on {index}" in plan(filtre, "enable_seqscan", "enable_indexscan")


def test_doc_21_the_planner_knows_the_words(reelle: ClientDeTest, envoyees: list[tuple[str, Any]]) -> None:
    """A plan kept for any word would read all that hold a common one, where the first of an order are found at once."""
    assert reelle.get("/v1/documents?recherche=hôtel+bc&tri=-date").status_code == 200
    ((requete, valeurs),) = envoyees
    assert "'%hotel%'" in requete
    # Two letters have no trigram but at the beginning of a word.
    assert "'bc%'" in requete
    assert "'%bc%'" not in requete
    assert not any("hotel" in str(une) for une in valeurs)
