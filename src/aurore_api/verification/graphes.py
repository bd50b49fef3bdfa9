"""Rings in what refers to its own kind: successors, components, payers (ART-05, ART-11, CLI-05)."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from graphlib import CycleError, TopologicalSorter

from aurore_api.verification.ecarts import Ecart
from aurore_api.verification.lecture import Lecture


def sans_anneau(genre: str, champ: str, sql: str) -> Callable[[Lecture], Awaitable[Iterable[Ecart]]]:
    """A check that the pairs of a statement lead nobody back to itself; every ring is told once."""

    async def chercher(lecture: Lecture) -> Iterable[Ecart]:
        suivants: defaultdict[str, set[str]] = defaultdict(set)
        for depart, suivant in await lecture.lire(sql):
            suivants[depart].add(suivant)
        trouves: list[Ecart] = []
        while anneau := _anneau(suivants):
            # Given as each node's predecessors, a ring reads backwards.
            premier, second = anneau[-1], anneau[-2]
            suivants[premier].discard(second)
            trouves.append(Ecart(f"{genre} {premier}", champ, "une chaîne qui finit", " → ".join(reversed(anneau))))
        return trouves

    return chercher


def _anneau(suivants: dict[str, set[str]]) -> list[str]:
    try:
        TopologicalSorter(suivants).prepare()
    except CycleError as erreur:
        anneau: list[str] = erreur.args[1]
        return anneau
    return []


remplacements = sans_anneau(
    "article", "remplace_par", "SELECT numero, remplace_par FROM articles WHERE remplace_par IS NOT NULL"
)
composants = sans_anneau("article", "composants", "SELECT article, composant FROM composants")
payeurs = sans_anneau("client", "facturer_a", "SELECT numero, facturer_a FROM clients WHERE facturer_a IS NOT NULL")
