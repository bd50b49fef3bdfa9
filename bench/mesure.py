"""Two ways to do one thing, taking turns; what is compared is the median of the turns."""

import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

TOURS = 9


@dataclass(frozen=True)
class Rythme:
    """Operations per second, ours and the floor's."""

    quoi: str
    nous: float
    plancher: float

    def ligne(self) -> str:
        """One row of the table that `entete` begins."""
        return f"{self.quoi:<44}{self.nous:>10.1f}{self.plancher:>12.1f}{self.nous / self.plancher:>9.0%}"


def entete() -> str:
    """The table's head."""
    return f"{'operations per second, median of turns':<44}{'aurore':>10}{'floor':>12}{'ratio':>9}"


def comparer(quoi: str, nous: Callable[[], object], plancher: Callable[[], object], nombre: int) -> Rythme:
    """Let both do `nombre` operations, by turns, who goes first changing each time; the first turn is not counted."""
    durees: dict[Callable[[], object], list[float]] = {nous: [], plancher: []}
    for tour in range(TOURS + 1):
        for travail in (nous, plancher) if tour % 2 else (plancher, nous):
            debut = time.perf_counter()
            travail()
            if tour:
                durees[travail].append(time.perf_counter() - debut)
    return Rythme(quoi, *(nombre / statistics.median(durees[travail]) for travail in (nous, plancher)))


def ensemble(executeur: ThreadPoolExecutor, travaux: list[Callable[[], None]]) -> None:
    """Run the work of several clients at the same time."""
    for fini in [executeur.submit(travail) for travail in travaux]:
        fini.result()
