"""The SQL of keys and events, always within the caller's own société (SEC-03)."""

from typing import Any

from sqlalchemy import Select, select, update
from sqlmodel import col

from aurore_api.socle.cles import Cle
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.journal import Evenement


def cles_de(ctx: Contexte) -> Select[Any]:
    """The keys of the société."""
    return select(Cle).where(col(Cle.societe) == ctx.cle.societe)


async def cle(ctx: Contexte, identifiant: int) -> Cle | None:
    """One key of the société."""
    trouvee: Cle | None = (await ctx.session.scalars(cles_de(ctx).where(col(Cle.id) == identifiant))).one_or_none()
    return trouvee


async def revoquer(ctx: Contexte, identifiant: int) -> None:
    """Revoke a key from now on; one that is revoked keeps its instant."""
    await ctx.session.execute(
        update(Cle).where(col(Cle.id) == identifiant, col(Cle.revoquee_le).is_(None)).values(revoquee_le=ctx.maintenant)
    )


def evenements(ressource: str | None, identifiant: str | None) -> Select[Any]:
    """The journal, of one kind of resource, of one resource, or whole."""
    requete = select(Evenement)
    if ressource is not None:
        requete = requete.where(col(Evenement.ressource) == ressource)
    if identifiant is not None:
        requete = requete.where(col(Evenement.identifiant) == identifiant)
    return requete
