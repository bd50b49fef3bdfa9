"""What the production list asks of the shops (MAG-20)."""

from uuid import UUID

from sqlalchemy import Select, select

from aurore_api.magasin.tables import Magasin, ReferenceMagasin
from aurore_api.socle.colonnes import nue
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.erreurs import ReferenceInconnue

_M, _R = nue(Magasin), nue(ReferenceMagasin)


async def familles_de_production(ctx: Contexte, code: str | None, pointeur: str) -> list[str]:
    """The families that a shop's list is of, none for all articles; without a code, those of the only active shop.

    Raises:
        ReferenceInconnue: there is no such shop.
    """
    requete = select(_M.familles_patisserie).limit(2)
    requete = requete.where(_M.actif) if code is None else requete.where(_M.code == code)
    trouvees = (await ctx.session.scalars(requete)).all()
    if code is not None and not trouvees:
        raise ReferenceInconnue(pointeur=pointeur, table="magasins")
    return sorted(set(trouvees[0])) if len(trouvees) == 1 else []


def factures_a_etablir() -> Select[tuple[UUID]]:
    """The documents that tills' sales became: goods that were there, and that nobody is to make (MAG-18)."""
    return select(_R.document).where(_R.genre == "facture", _R.document.is_not(None))
