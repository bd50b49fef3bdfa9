"""Finding articles by what people type: number, name, label, bar code, supplier's number or name (ART-18).

Words count in any order, without accents and capitals. Only where no article has them all do typing errors count, so
that a right spelling is never drowned. Both ways are served by the trigram index on `articles.recherche`.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Numeric, Select, Text, case, cast, false, func, literal, or_, select
from sqlmodel import col

from aurore_api.catalogue.tables import Article, CodeBarres
from aurore_api.socle.colonnes import Colonne
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.tri import plier

MOTS_MAX = 12
RESSEMBLANCE = "0.4"
"""Least word similarity (0 to 1) that counts as a typing error: two letters swapped in a word of six still do."""
_SANS_FAUTE = 4
"""Words this short are taken as typed: their few trigrams look like everything."""
_INVERSIONS_MAX = 16
"""Longer words hold trigrams enough for any one error."""
_DEBUT = 3
"""Words shorter than this are sought at the beginning of words only, where the index serves them."""


def _plier(texte: str) -> Colonne:
    return func.lower(func.unaccent(literal(texte, Text)), type_=Text)


def _mots(texte: str) -> list[str]:
    mots = unicodedata.normalize("NFKC", texte).split()
    return [un for un in dict.fromkeys(mots) if plier(un)][:MOTS_MAX]


def _contient(mot: str) -> Any:
    motif = re.sub(r"([\\%_])", r"\\\1", mot)
    debut = " " if len(mot) < _DEBUT else ""
    return col(Article.recherche).like(func.concat(f"%{debut}", _plier(motif), "%", type_=Text))


def _inversions(mot: str) -> Any:
    """The word with two neighbouring letters swapped, the typing error that trigrams see least of."""
    variantes = {mot[:rang] + mot[rang + 1] + mot[rang] + mot[rang + 2 :] for rang in range(len(mot) - 1)} - {mot}
    return or_(false(), *map(_contient, sorted(variantes)))


def _ressemble(mot: str) -> Any:
    if len(mot) < _SANS_FAUTE:
        return _contient(mot)
    inversions = _inversions(mot) if len(mot) <= _INVERSIONS_MAX else false()
    return or_(_contient(mot), _plier(mot).op("<%")(col(Article.recherche)), inversions)


def _rang(texte: str) -> Colonne:
    """0: the very number or bar code; 1: the number begins so; 2: the name begins so; 3: the words are somewhere."""
    entier = _plier(unicodedata.normalize("NFKC", texte))
    numero = func.lower(func.unaccent(col(Article.numero)))
    par_code = select(col(CodeBarres.article)).where(col(CodeBarres.code) == texte)
    return case(
        (or_(numero == entier, col(Article.numero).in_(par_code)), 0),
        (func.starts_with(numero, entier), 1),
        (func.starts_with(func.lower(func.unaccent(col(Article.designation))), entier), 2),
        else_=3,
    )


def _distance(mots: Sequence[str]) -> Colonne:
    """How far an article's words are from those sought: 0 for the same, 1 for nothing in common, on average."""
    ressemblances = [cast(func.word_similarity(_plier(mot), col(Article.recherche)), Numeric) for mot in mots]
    return 1 - func.round(sum(ressemblances[1:], ressemblances[0]) / len(mots), 4, type_=Numeric())


async def chercher(ctx: Contexte, requete: Select[Any], texte: str) -> tuple[Select[Any], tuple[list[Colonne], bool]]:
    """A select of articles narrowed to those that people mean by a text, and its order, best first.

    One or two statements tell which of the two ways applies; it is the same for every page.
    """
    mots = _mots(texte)
    suite: list[Colonne] = [col(Article.designation_pliee), col(Article.numero)]
    if not mots:
        return requete.where(false()), (suite, False)
    exacte = requete.where(*map(_contient, mots))
    if await ctx.session.scalar(select(exacte.exists())):
        return exacte, ([_rang(texte), *suite], False)
    await ctx.session.execute(select(func.set_config("pg_trgm.word_similarity_threshold", RESSEMBLANCE, True)))  # noqa: FBT003 (SQL: for this transaction)
    return requete.where(*map(_ressemble, mots)), ([_distance(mots), *suite], False)
