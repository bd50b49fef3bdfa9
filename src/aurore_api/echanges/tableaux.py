"""What a table of one kind of row looks like: its columns and its key, from the schema."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from aurore_api.echanges.colonnes import Colonne, colonnes, facultatifs, plier


@dataclass(frozen=True)
class Tableau:
    """The columns of a schema's rows; the key comes first."""

    schema: type[BaseModel]
    cle: tuple[str, ...]
    colonnes: tuple[Colonne, ...] = field(init=False)
    facultatifs: tuple[tuple[str, ...], ...] = field(init=False)
    """Where objects stand that may be null: they are, when all of their cells are empty."""
    par_titre: Mapping[str, Colonne] = field(init=False)
    """Columns by their folded headings."""

    def __post_init__(self) -> None:
        rangs = {nom: rang for rang, nom in enumerate(self.cle)}
        toutes = sorted(colonnes(self.schema), key=lambda une: rangs.get(une.nom, len(rangs)))
        object.__setattr__(self, "colonnes", tuple(toutes))
        object.__setattr__(self, "facultatifs", facultatifs(self.schema))
        object.__setattr__(self, "par_titre", {plier(une.nom): une for une in toutes})

    def colonne_de(self, chemin: tuple[str | int, ...]) -> Colonne | None:
        """The column that a field, or what lies in it, stands in."""
        return next((une for une in self.colonnes if chemin[: len(une.chemin)] == une.chemin), None)

    def valeurs(self, ligne: Mapping[str, Any]) -> Iterator[tuple[Colonne, Any]]:
        """The value of each column in a row; None below an object that is null."""
        for colonne in self.colonnes:
            valeur: Any = ligne
            for nom in colonne.chemin:
                valeur = None if valeur is None else valeur[nom]
            yield colonne, valeur
