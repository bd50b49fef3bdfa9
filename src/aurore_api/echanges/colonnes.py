"""The columns of a table, which follow from the schema of what its rows make: a new field is a new column."""

import re
import types
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from aurore_api.socle.types import DecimalTexte

Sorte = Literal["texte", "decimal", "entier", "booleen", "jour", "liste", "json"]
_SORTES: dict[type, Sorte] = {bool: "booleen", int: "entier", Decimal: "decimal", date: "jour", str: "texte"}


@dataclass(frozen=True, slots=True)
class Colonne:
    """One column: a field, or one of an object that is spread over several columns."""

    nom: str
    """As headings have it: `prix_vente`, `adresse_rue`."""
    chemin: tuple[str, ...]
    """Where the value is: `("adresse", "rue")`."""
    sorte: Sorte
    nulle: bool
    """Whether an empty cell means null; otherwise it means the field's default, where it has one."""
    ecrire_decimal: Callable[[Decimal], str] = str
    """How a decimal is spelt: with the field's own number of decimals."""


def colonnes(schema: type[BaseModel]) -> tuple[Colonne, ...]:
    """The columns of a schema, in the order of its fields; `Colonne.nom` is unique."""
    return tuple(_du_modele(schema, ()))


def facultatifs(schema: type[BaseModel]) -> tuple[tuple[str, ...], ...]:
    """Where a schema has objects that may be null."""
    trouves: list[tuple[str, ...]] = []
    for nom, champ in schema.model_fields.items():
        genre, nulle = _sans_null(champ.annotation)
        if isinstance(genre, type) and issubclass(genre, BaseModel):
            trouves += [(nom,)] if nulle else []
            trouves += [(nom, *chemin) for chemin in facultatifs(genre)]
    return tuple(trouves)


def _du_modele(schema: type[BaseModel], parents: tuple[str, ...]) -> Iterator[Colonne]:
    for nom, champ in schema.model_fields.items():
        yield from _du_champ(champ, (*parents, nom))


def _du_champ(champ: FieldInfo, chemin: tuple[str, ...]) -> Iterator[Colonne]:
    genre, nulle = _sans_null(champ.annotation)
    if isinstance(genre, type) and issubclass(genre, BaseModel):
        yield from _du_modele(genre, chemin)
    else:
        yield Colonne("_".join(chemin), chemin, _sorte(genre), nulle, _ecriture(champ.annotation, champ.metadata))


def _sans_null(annotation: Any) -> tuple[Any, bool]:
    """A field's type without its constraints, and whether null is one of its values."""
    if get_origin(annotation) is Annotated:
        return _sans_null(get_args(annotation)[0])
    if get_origin(annotation) in {Union, types.UnionType}:
        autres = [un for un in get_args(annotation) if un is not type(None)]
        return (_sans_null(autres[0])[0] if len(autres) == 1 else annotation), len(autres) < len(get_args(annotation))
    return annotation, False


def _ecriture(annotation: Any, contraintes: Iterable[Any]) -> Callable[[Decimal], str]:
    """How the type of a decimal spells it, wherever null or other constraints stand around that type."""
    propres = [un for un in contraintes if isinstance(un, DecimalTexte)]
    if propres:
        return propres[0].ecrire
    for interieure in get_args(annotation):
        trouvee = _ecriture(interieure, getattr(interieure, "__metadata__", ()))
        if trouvee is not str:
            return trouvee
    return str


def _sorte(genre: Any) -> Sorte:
    """How a value of this type stands in a cell: scalars as they are, lists of texts joined, all else as JSON."""
    if get_origin(genre) is Literal or (isinstance(genre, type) and issubclass(genre, Enum)):
        return "texte"
    if get_origin(genre) is list and _sorte(_sans_null(get_args(genre)[0])[0]) == "texte":
        return "liste"
    return _SORTES.get(genre, "json")


def plier(titre: str) -> str:
    """A heading as it is compared: without capitals, accents, spaces and marks."""
    decompose = unicodedata.normalize("NFKD", titre.casefold())
    return re.sub(r"[\W_]", "", "".join(un for un in decompose if not unicodedata.combining(un)))


def lettre(rang: int) -> str:
    """What spreadsheets call the column of this rank, from 0: A, B, … Z, AA."""
    dizaine, unite = divmod(rang, 26)
    return (lettre(dizaine - 1) if dizaine else "") + chr(ord("A") + unite)


def rang_de(lettres: str) -> int:
    """The rank, from 0, of the column that spreadsheets call so."""
    rang = 0
    for une in lettres:
        rang = rang * 26 + ord(une) - ord("A") + 1
    return rang - 1
