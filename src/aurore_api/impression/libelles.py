"""The printed texts of the form, in the client's language, from `textes/<langue>.toml`."""

import tomllib
from functools import cache
from importlib.resources import files

from aurore_api.impression.modele import Langue

LANGUES: tuple[Langue, ...] = ("fr", "nl", "de", "en")


class Libelles:
    """The texts of one language by their dotted key (`colonne.prix`)."""

    def __init__(self, textes: dict[str, str]) -> None:
        self.textes = textes

    def __call__(self, cle: str, **valeurs: object) -> str:
        """The text of `cle` with its named values filled in; `KeyError` for a key that no file has."""
        texte = self.textes[cle]
        return texte.format(**valeurs) if valeurs else texte


@cache
def libelles(langue: Langue) -> Libelles:
    """The texts of `langue`, read once."""
    source = files("aurore_api.impression").joinpath("textes", f"{langue}.toml")
    sections = tomllib.loads(source.read_text("utf-8"))
    return Libelles(
        {f"{section}.{cle}": texte for section, textes in sections.items() for cle, texte in textes.items()}
    )
