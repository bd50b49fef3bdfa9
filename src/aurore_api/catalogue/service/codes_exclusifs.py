"""A bar code belongs to one article or unit of the société (ART-13, ART-15)."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from sqlalchemy.exc import IntegrityError

from aurore_api.catalogue import requetes
from aurore_api.catalogue.erreurs import CodeBarresPris
from aurore_api.socle.contexte import Contexte
from aurore_domain.erreurs import lever


@asynccontextmanager
async def codes_exclusifs(
    ctx: Contexte, pointeurs: Mapping[str, str], article: str, abreviation: str | None = None
) -> AsyncIterator[None]:
    """Around the write of what bears these codes; `pointeurs` names the field of each.

    The database holds each code once, also against a request of the same moment. It does not tell whose a refused code
    is; that is asked after the fact, where no write is slowed by it.

    Raises:
        CodeBarresPris: one for each code that something else bears.
    """
    if not pointeurs:
        yield
        return
    try:
        async with ctx.session.begin_nested():
            yield
    except IntegrityError:
        porteurs = await requetes.porteurs(ctx, pointeurs.keys())
        lever(
            [
                CodeBarresPris(pointeur=pointeur, article=porteurs[code][0])
                for code, pointeur in pointeurs.items()
                if porteurs.get(code, (article, abreviation)) != (article, abreviation)
            ]
        )
        raise
