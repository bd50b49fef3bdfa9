"""Remember which days a push took what was new of, so that those that none covers show (MAG-25)."""

from collections.abc import Sequence
from typing import Any

from uuid_utils.compat import uuid7

from aurore_api.magasin.service.elements import Element
from aurore_api.magasin.tables import Magasin, PousseeMagasin
from aurore_api.socle.bloc import inserer_en_bloc
from aurore_api.socle.contexte import Contexte
from aurore_domain.magasin import Fenetre


async def noter(
    ctx: Contexte, magasin: Magasin, genre: str, fenetre: Fenetre, elements: Sequence[Element[Any]]
) -> None:
    """Note a push, be it empty: a day on which nothing was ordered is covered too.

    One that was left as a whole covers nothing (API-07).
    """
    if elements and all(un.resultat is not None and un.resultat.statut == "refuse" for un in elements):
        return
    poussee = PousseeMagasin(
        id=uuid7(),
        magasin=magasin.code,
        genre=genre,
        du=fenetre.debut,
        au=fenetre.fin,
        elements=len(elements),
        recue_le=ctx.maintenant,
        cle=ctx.cle.id,
    )
    await inserer_en_bloc(ctx, [poussee])
