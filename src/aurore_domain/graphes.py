"""Rings in what refers to its own kind: articles that replace each other, components, clients that pay for others."""

from collections import deque
from collections.abc import Collection, Mapping
from typing import TypeVar

S = TypeVar("S")


def anneau(suivants: Mapping[S, Collection[S]], depart: S) -> tuple[S, ...]:
    """The shortest ring through `depart`, which stands first and last; empty where there is none.

    Takes time in proportion to what can be reached. A node that `suivants` does not name leads nowhere.
    """
    venus_de = dict.fromkeys(suivants.get(depart, ()), depart)
    file = deque(venus_de)
    while file and depart not in venus_de:
        sommet = file.popleft()
        for suivant in suivants.get(sommet, ()):
            if suivant not in venus_de:
                venus_de[suivant] = sommet
                file.append(suivant)
    return _remonter(venus_de, depart) if depart in venus_de else ()


def anneaux(suivant: Mapping[S, S]) -> list[tuple[S, ...]]:
    """All rings where each node leads to one other at most; a ring begins and ends with the same node.

    Takes time in proportion to the nodes.
    """
    trouves: list[tuple[S, ...]] = []
    vus: set[S] = set()
    for depart in suivant:
        chemin: dict[S, int] = {}
        sommet = depart
        while sommet in suivant and sommet not in vus:
            vus.add(sommet)
            chemin[sommet] = len(chemin)
            sommet = suivant[sommet]
        if sommet in chemin:
            trouves.append((*tuple(chemin)[chemin[sommet] :], sommet))
    return trouves


def _remonter(venus_de: Mapping[S, S], depart: S) -> tuple[S, ...]:
    """The way that led back to `depart`, in the order it was walked."""
    chemin = [depart, venus_de[depart]]
    while chemin[-1] != depart:
        chemin.append(venus_de[chemin[-1]])
    return tuple(reversed(chemin))
