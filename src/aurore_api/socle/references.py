"""References of many rows at once: which name nothing, and which rows they hold as they are."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ARRAY, Select, Table, bindparam, exists, func, literal, select, union, union_all
from sqlmodel import SQLModel

from aurore_api.socle.colonnes import un_de
from aurore_api.socle.contexte import Contexte


def nom_de_table(table: str) -> str:
    """A table as people are told it: `codes-tva`."""
    return table.replace("_", "-")


def table_visee(ligne: type[SQLModel], colonne: str) -> str:
    """The table that a column of a row refers to, as people are told it."""
    table: Table = ligne.__table__  # type: ignore[attr-defined]  # every row's class has its table
    return nom_de_table(min(lien.column.table.name for lien in table.c[colonne].foreign_keys))


async def sans_objet(
    ctx: Contexte, lignes: Sequence[SQLModel], connues: Mapping[str, Iterable[str]] | None = None
) -> set[tuple[str, str]]:
    """Column and value of every reference that no row bears, in one statement.

    `connues` are keys, by column, that the same batch makes.
    """
    if not lignes:
        return set()
    deja = {nom: set(cles) for nom, cles in (connues or {}).items()}
    choix: list[Select[Any]] = []
    valeurs: dict[str, list[str]] = {}
    for contrainte in type(lignes[0]).__table__.foreign_key_constraints:  # type: ignore[attr-defined]  # its class has its table
        (lien,) = contrainte.elements
        nom = lien.parent.name
        valeurs[nom] = sorted({ligne.__dict__[nom] for ligne in lignes} - {None} - deja.get(nom, set()))
        if valeurs[nom]:
            cherchees = func.unnest(bindparam(nom, type_=ARRAY(lien.parent.type))).table_valued("cle").render_derived()
            absente = ~exists().where(lien.column == cherchees.c.cle)
            choix.append(select(literal(nom), cherchees.c.cle).where(absente))
    if not choix:
        return set()
    trouvees = await ctx.session.execute(union_all(*choix), {nom: une for nom, une in valeurs.items() if une})
    return {(nom, cle) for nom, cle in trouvees}


async def tables_utilisant(
    ctx: Contexte, ligne: type[SQLModel], cles: Iterable[str], sauf: frozenset[str] = frozenset()
) -> dict[str, list[str]]:
    """The names of the tables whose rows use the rows of these keys, in one statement; a row that none uses is absent.

    `sauf` are the names of foreign keys that do not count.
    """
    table: Table = ligne.__table__  # type: ignore[attr-defined]  # as above
    choix = [
        select(lien.parent, literal(contrainte.table.name)).where(lien.parent == un_de(list(cles))).distinct()
        for autre in table.metadata.tables.values()
        for contrainte in autre.foreign_key_constraints
        if contrainte.referred_table is table and contrainte.ondelete is None and contrainte.name not in sauf
        for lien in contrainte.elements
        if lien.column.primary_key
    ]
    trouvees: dict[str, list[str]] = {}
    for cle, nom in await ctx.session.execute(union(*choix)) if choix else ():
        trouvees.setdefault(cle, []).append(nom)
    return {cle: sorted(noms) for cle, noms in trouvees.items()}
