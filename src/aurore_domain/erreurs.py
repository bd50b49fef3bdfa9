"""Everything the rules refuse, as one tree.

    ErreurAurore
    ├── ValeurRefusee          a value that cannot be taken as it is (answered 422)
    │   └── …                  one class per failure, beside the rule that raises it
    ├── Introuvable            what is asked for does not exist (404)
    ├── Conflit                the state of things forbids it now (409)
    │   └── EtatInterdit       the document's state forbids the step; says what is allowed instead
    └── ErreursMultiples       several of the above, told together

Every class has a stable `code` (French slug) under which the texts in each language are kept, and the values
those texts name. Nothing here is prose: the outer layer writes it in the reader's language.
"""

from collections.abc import Sequence
from typing import ClassVar


class ErreurAurore(Exception):
    """Root of all refusals. `pointeur` names the field (`#/lignes/0/prix`), `valeurs` fill the text of `code`."""

    code: ClassVar[str] = "erreur"

    def __init__(self, *, pointeur: str | None = None, **valeurs: object) -> None:
        super().__init__(self.code, valeurs)
        self.pointeur = pointeur
        self.valeurs = valeurs

    def sous(self, prefixe: str) -> "ErreurAurore":
        """The same error seen from a container: `prix` under `#/lignes/0` becomes `#/lignes/0/prix`."""
        reste = (self.pointeur or "#").removeprefix("#")
        self.pointeur = prefixe + reste
        return self


class ValeurRefusee(ErreurAurore):
    """A value that cannot be taken; the caller mends it and asks again."""

    code = "valeur_refusee"


class Introuvable(ErreurAurore):
    """The thing asked for does not exist here."""

    code = "introuvable"


class Conflit(ErreurAurore):
    """What is asked for contradicts the present state of things."""

    code = "conflit"


class EtatInterdit(Conflit):
    """The document's state forbids the step; `valeurs["actions"]` says what is allowed instead."""

    code = "etat_interdit"


class ErreursMultiples(ErreurAurore):
    """Several refusals of one request, told together so that they can be mended together."""

    code = "erreurs_multiples"

    def __init__(self, erreurs: Sequence[ErreurAurore]) -> None:
        super().__init__()
        self.erreurs = tuple(erreurs)


def lever(erreurs: Sequence[ErreurAurore]) -> None:
    """Raise what was collected: nothing for none, the error itself for one, `ErreursMultiples` for more."""
    if len(erreurs) == 1:
        raise erreurs[0]
    if erreurs:
        raise ErreursMultiples(erreurs)
