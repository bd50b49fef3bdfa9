"""Which articles a list is of: the families asked for, else the shop's, else all (MAG-20)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from aurore_api.catalogue.service import articles_des_familles
from aurore_api.magasin.service.pour_production import familles_de_production
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.erreurs import ReferenceInconnue
from aurore_api.tables.service import libelles_des_familles
from aurore_domain.erreurs import ErreurAurore, lever


@dataclass(frozen=True, slots=True)
class Choix:
    """The day of a list and its families, in order; none for all articles. `articles` are those of the families."""

    jour: date
    familles: tuple[str, ...]
    articles: Sequence[str] | None


async def choisir(
    ctx: Contexte, jour: date, *, familles: Sequence[str] | None, magasin: str | None, dans_le_corps: bool = False
) -> Choix:
    """Settle what a list is of. No families are all articles; None asks for those of a shop, or of the only one.

    Raises:
        ReferenceInconnue: there is no such family or shop.
    """
    if familles is None:
        voulues = await familles_de_production(ctx, magasin, "#/magasin" if dans_le_corps else "?magasin")
    else:
        voulues = sorted(set(familles))
        connues = await libelles_des_familles(ctx, voulues) if voulues else {}
        erreurs: list[ErreurAurore] = [
            ReferenceInconnue(pointeur=f"#/familles/{rang}" if dans_le_corps else "?famille", table="familles")
            for rang, une in enumerate(familles)
            if une not in connues
        ]
        lever(erreurs)
    return Choix(jour, tuple(voulues), await articles_des_familles(ctx, voulues) if voulues else None)
