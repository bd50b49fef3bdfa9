"""Lists (API-04): keyset cursors over a sort key and the resource's key, so that rows added meanwhile shift nothing."""

import base64
import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from fastapi import Query, Request, Response
from pydantic import Field
from sqlalchemy import Row, Select, cast, tuple_
from sqlalchemy.types import TypeEngine

from aurore_api.socle.colonnes import Colonne
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.erreurs import CurseurRefuse, TriRefuse
from aurore_api.socle.types import Chiffres, Entree, Sortie

LIMITE_MAX = 200
_NOMBRE = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,6})?")
T = TypeVar("T", bound=Sortie)


class Page(Sortie, Generic[T]):
    """A page of a list; `curseur_suivant` is null on the last one."""

    data: Sequence[T]
    curseur_suivant: str | None = None


class Pagination(Entree):
    """The query parameters that every list has."""

    limite: Annotated[int, Field(ge=1, le=LIMITE_MAX), Chiffres] = 50
    curseur: Annotated[str, Field(min_length=1, max_length=2000)] | None = None


Paginer = Annotated[Pagination, Query()]


def _texte(valeur: Any) -> str:
    if isinstance(valeur, Decimal):
        return f"{valeur:f}"
    return valeur.isoformat() if isinstance(valeur, date) else str(valeur)


def _ecrire(valeurs: Sequence[Any]) -> str:
    brut = json.dumps([_texte(une) for une in valeurs], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(brut.encode()).decode().rstrip("=")


def _lire(curseur: str, colonnes: Sequence[Colonne]) -> list[Any]:
    try:
        valeurs = json.loads(base64.urlsafe_b64decode(curseur + "=" * (-len(curseur) % 4)))
        if not isinstance(valeurs, list):
            raise CurseurRefuse(pointeur="?curseur")
        return [_relire(_type(colonne).python_type, valeur) for colonne, valeur in zip(colonnes, valeurs, strict=True)]
    except (ValueError, TypeError, RecursionError):  # what base64, JSON and the readers below raise
        raise CurseurRefuse(pointeur="?curseur") from None


def _type(colonne: Colonne) -> TypeEngine[Any]:
    return colonne.type  # type: ignore[attr-defined,no-any-return]  # every column has one, whatever its static type


def _nombre(ecrit: str) -> Decimal:
    if not _NOMBRE.fullmatch(ecrit):
        raise ValueError
    return Decimal(ecrit)


_LECTEURS: Mapping[type, Callable[[str], Any]] = {
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
    Decimal: _nombre,
    UUID: UUID,
    int: lambda ecrit: int(_nombre(ecrit)),
}


def _relire(genre: type, valeur: Any) -> Any:
    if not isinstance(valeur, str) or "\x00" in valeur:
        raise TypeError
    valeur.encode()  # refuses lone surrogates, which no column holds
    return _LECTEURS.get(genre, str)(valeur)


def ordonner(tri: str | None, permis: Mapping[str, Colonne], cle: Colonne) -> tuple[list[Colonne], bool]:
    """The columns of a `tri` such as `-date`, the unique key last, and whether it descends.

    Raises:
        TriRefuse: the list has no such sort key.
    """
    if not tri:
        return [cle], False
    descend, nom = tri.startswith("-"), tri.removeprefix("-")
    if nom not in permis:
        raise TriRefuse(pointeur="?tri", permis=sorted(permis))
    colonne = permis[nom]
    return ([cle] if colonne is cle else [colonne, cle]), descend


async def lire_page(
    ctx: Contexte, requete: Select[Any], demande: Pagination, ordre: tuple[list[Colonne], bool]
) -> tuple[list[Any], str | None]:
    """Run a select of whole rows as one page; otherwise as `lire_rangs`."""
    rangs, suivant = await lire_rangs(ctx, requete, demande, ordre)
    return [rang[0] for rang in rangs], suivant


async def lire_rangs(
    ctx: Contexte, requete: Select[Any], demande: Pagination, ordre: tuple[list[Colonne], bool]
) -> tuple[Sequence[Row[Any]], str | None]:
    """Run a select of columns as one page; gives its rows, the sort columns last, and the cursor of the next.

    The sort columns must not be null in the rows selected.

    Raises:
        CurseurRefuse: the cursor is not one of this list.
    """
    colonnes, descend = ordre
    if demande.curseur is not None:
        requete = requete.where(_apres(colonnes, _lire(demande.curseur, colonnes), descend=descend))
    tries = [colonne.desc() if descend else colonne.asc() for colonne in colonnes]
    requete = requete.add_columns(*colonnes).order_by(*tries).limit(demande.limite + 1)
    rangs = (await ctx.session.execute(requete)).all()
    page = rangs[: demande.limite]
    suivant = _ecrire(page[-1][-len(colonnes) :]) if len(rangs) > demande.limite else None
    return page, suivant


def _apres(colonnes: Sequence[Colonne], valeurs: Sequence[Any], *, descend: bool) -> Colonne:
    """Rows after a position, in index order."""
    position = tuple_(*colonnes)
    borne = tuple_(*(cast(valeur, _type(colonne)) for colonne, valeur in zip(colonnes, valeurs, strict=True)))
    return position < borne if descend else position > borne


def lier_suite(request: Request, reponse: Response, suivant: str | None) -> None:
    """Name the next page in a `Link` header."""
    if suivant:
        adresse = request.url.include_query_params(curseur=suivant)
        reponse.headers["link"] = f'<{adresse.path}?{adresse.query}>; rel="next"'
