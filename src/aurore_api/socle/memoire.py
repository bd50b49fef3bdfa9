"""What changes seldom and every request asks for, kept by each process under the version of a société's tables.

A trigger draws a new version, a UUID, in the transaction and by the statement that changes one of these tables. Rows
and version become visible together, so a version names one state of the tables and no other, in whatever database and
for good: one that is rolled back is never drawn again. The request's first statement, which finds its key, tells it
the version; what is kept under that is what the statement would have read itself. What is not kept yet is read beside
its version by one statement, so a change committed in between comes under its own. Versions of a société are drawn one
after the other: the trigger waits for the transaction that drew one before.
"""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID

from sqlalchemy import RowMapping, Select, bindparam, select

from aurore_api.socle.cles import Societe
from aurore_api.socle.colonnes import nue
from aurore_api.socle.contexte import Contexte

T = TypeVar("T")
VERSIONS_GARDEES = 64
_SOCIETE = nue(Societe)
_VERSION = (
    select(_SOCIETE.version_tables)
    .where(_SOCIETE.schema_nom == bindparam("schema_de_la_societe"))
    .scalar_subquery()
    .label("version_des_tables")
)


class Memoire(Generic[T]):
    """What is made of the rows of one statement. It is shared by all requests: nobody may change it."""

    toutes: ClassVar[list["Memoire[Any]"]] = []

    def __init__(self, requete: Select[Any], faire: Callable[[Sequence[RowMapping]], T]) -> None:
        self.requete = requete.add_columns(_VERSION)
        self._faire = faire
        self._gardes: dict[UUID, T] = {}
        self.toutes.append(self)

    async def lire(self, ctx: Contexte) -> T:
        """What the tables hold; no statement where this version was read before."""
        connue = ctx.version_tables
        if connue is not None and connue in self._gardes:
            return self._gardes[connue]
        rangs = (await ctx.session.execute(self.requete, {"schema_de_la_societe": ctx.cle.schema})).mappings().all()
        valeur = self._faire(rangs)
        version = rangs[0]["version_des_tables"] if rangs else None
        if version is not None:
            self._gardes[version] = valeur
            if len(self._gardes) > VERSIONS_GARDEES:
                del self._gardes[next(iter(self._gardes))]
        return valeur
