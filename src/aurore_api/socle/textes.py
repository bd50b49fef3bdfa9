"""Texts for people, kept per language and stable code in `aurore_api/textes/*.toml` (API-01).

A further language is one more file there; a test holds every file against the French one.
"""

import tomllib
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any

LANGUES = ("fr", "nl", "de", "en")
LANGUE_PAR_DEFAUT = "fr"


@cache
def catalogue(langue: str) -> dict[str, dict[str, str]]:
    """Every text of one language: code → `titre` and `detail`."""
    return tomllib.loads((files("aurore_api") / "textes" / f"{langue}.toml").read_text("utf-8"))


class _Phrase(Formatter):
    """Fills a text; a value that the raiser did not give stays visible by its name instead of failing the answer."""

    def get_value(self, key: int | str, args: Any, kwargs: Any) -> Any:  # noqa: ARG002 (signature of Formatter)
        return kwargs.get(str(key), f"«{key}»")

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, Decimal):
            texte = f"{value:f}"
            return texte.rstrip("0").rstrip(".") if "." in texte else texte
        if isinstance(value, (list, tuple, set, frozenset)):
            textes = [self.format_field(un, "") for un in value]
            composes = any(signe in un for un in textes for signe in (", ", " : "))
            return ("; " if composes else ", ").join(textes) or "—"
        if isinstance(value, date):
            return value.isoformat()
        return str(super().format_field(value, format_spec))


_phrase = _Phrase()


def titre(code: str, langue: str) -> str:
    """The short, constant name of an error."""
    return catalogue(langue)[code]["titre"]


def detail(code: str, langue: str, valeurs: dict[str, Any]) -> str:
    """What is wrong this time, with its values; the title where a code has nothing more to say."""
    textes = catalogue(langue)[code]
    return _phrase.vformat(textes.get("detail", textes["titre"]), (), valeurs)


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
