"""Texts for people, kept per language and stable code in `aurore_api/textes/*.toml` (API-01).

A further language is one more file there; a test holds every file against the French one.

A text names its values in braces. Decimals have the separators of its language, and the decimals that they need:
`{montant:montant}` has two, `{prix:prix}` two to four. Any other format is an optional part, which stands before the
value where there is one: `{autres: ; instead: }` is nothing at all where `autres` is empty or null.
"""

import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any, Final

from aurore_api.formats import Formats, formats

LANGUES = ("fr", "nl", "de", "en")
LANGUE_PAR_DEFAUT = "fr"
NOMBRES: Final[Mapping[str, Callable[[Formats, Decimal], str]]] = {"montant": Formats.montant, "prix": Formats.prix}
"""The formats of decimals that texts name."""


@cache
def catalogue(langue: str) -> dict[str, dict[str, str]]:
    """Every text of one language: code → `titre` and `detail`."""
    return tomllib.loads((files("aurore_api") / "textes" / f"{langue}.toml").read_text("utf-8"))


class _Phrase(Formatter):
    """Fills a text; a value that the raiser did not give stays visible by its name instead of failing the answer."""

    def __init__(self, langue: str) -> None:
        self._formats = formats(langue)

    def get_value(self, key: int | str, args: Any, kwargs: Any) -> Any:  # noqa: ARG002 (signature of Formatter)
        return kwargs.get(str(key), f"«{key}»")

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, Decimal) and format_spec in NOMBRES:
            return NOMBRES[format_spec](self._formats, value)
        if not format_spec:
            return self._ecrire(value)
        return "" if value is None or value == [] else format_spec + self._ecrire(value)

    def _ecrire(self, valeur: Any) -> str:
        if isinstance(valeur, Decimal):
            return self._formats.quantite(valeur)
        if isinstance(valeur, (list, tuple, set, frozenset)):
            textes = [self._ecrire(une) for une in valeur]
            composes = any(signe in une for une in textes for signe in (", ", " : "))
            return ("; " if composes else ", ").join(textes) or "—"
        return valeur.isoformat() if isinstance(valeur, date) else str(valeur)


@cache
def _phrase(langue: str) -> _Phrase:
    return _Phrase(langue)


def titre(code: str, langue: str) -> str:
    """The short, constant name of an error."""
    return catalogue(langue)[code]["titre"]


def detail(code: str, langue: str, valeurs: dict[str, Any]) -> str:
    """What is wrong this time, with its values; the title where a code has nothing more to say."""
    textes = catalogue(langue)[code]
    return _phrase(langue).vformat(textes.get("detail", textes["titre"]), (), valeurs)


def langue_preferee(accept_language: str | None) -> str:
    """The served language that an `Accept-Language` header likes best; French when none fits."""
    choix: list[tuple[float, int, str]] = []
    for rang, element in enumerate((accept_language or "").split(",")[:20]):
        etiquette, _, poids = element.strip().partition(";q=")
        langue = etiquette.strip().lower().split("-")[0]
        try:
            valeur = float(poids) if poids else 1.0
        except ValueError:
            continue
        if langue in LANGUES and 0 < valeur <= 1:
            choix.append((-valeur, rang, langue))
    return min(choix)[2] if choix else LANGUE_PAR_DEFAUT
