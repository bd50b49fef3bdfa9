"""What the verifier looks for, and what it finds."""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from aurore_api.verification.dossiers import Dossier
from aurore_api.verification.lecture import Lecture
from aurore_api.verification.memoire import Memoire


@dataclass(frozen=True, slots=True)
class Ecart:
    """One difference: of what, in which respect, what should be there and what is; None where there is nothing."""

    objet: str
    champ: str
    attendu: str | None
    trouve: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Controle:
    """What is looked at and, for the operator, what a difference means.

    An `information` is told and is no fault: what users may do on purpose.
    """

    nom: str
    sens: str
    information: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ControleDEnsemble(Controle):
    """Looks at whole tables at once, in SQL."""

    chercher: Callable[[Lecture], Awaitable[Iterable[Ecart]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ControleDeDocument(Controle):
    """Looks at one document after another, through the domain; all such checks share one reading."""

    examiner: Callable[[Dossier, Memoire], Iterator[Ecart]]


@dataclass(slots=True)
class Releve:
    """How many differences a check found, and the first of them."""

    nombre: int = 0
    ecarts: list[Ecart] = field(default_factory=list)

    def noter(self, ecarts: Iterable[Ecart], limite: int) -> None:
        """Count differences; keep no more than `limite`."""
        for un in ecarts:
            self.nombre += 1
            if len(self.ecarts) < limite:
                self.ecarts.append(un)


def requete(*morceaux: str, valeurs: Sequence[object] = ()) -> Callable[[Lecture], Awaitable[Iterable[Ecart]]]:
    """A check that is one statement, in one piece or several; its columns are those of `Ecart`, as text."""
    sql = "".join(morceaux)

    async def chercher(lecture: Lecture) -> Iterable[Ecart]:
        return [Ecart(*rang) for rang in await lecture.lire(sql, *valeurs)]

    return chercher


def comparer(objet: str, attendus: Mapping[str, object], trouves: Mapping[str, object]) -> Iterator[Ecart]:
    """The fields of `attendus` that `trouves` says otherwise."""
    for champ, attendu in attendus.items():
        if attendu != trouves[champ]:
            yield Ecart(objet, champ, _dit(attendu), _dit(trouves[champ]))


def _dit(valeur: object) -> str | None:
    return None if valeur is None else str(valeur)
