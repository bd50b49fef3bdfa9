"""The SQL of reconciliation."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, any_, bindparam, or_, select

from aurore_api.magasin.tables import ConflitMagasin, PousseeMagasin, ReferenceMagasin
from aurore_api.socle.colonnes import nue, un_de
from aurore_api.socle.contexte import Contexte

_R, _C, _P = nue(ReferenceMagasin), nue(ConflitMagasin), nue(PousseeMagasin)


async def references(
    ctx: Contexte, magasin: str, du: date, au: date, documents: Collection[UUID]
) -> Sequence[ReferenceMagasin]:
    """What a till sent that is dated in a period, or became one of these documents; orders first."""
    ces = any_(bindparam("documents", list(documents), type_=ARRAY(Uuid)))
    requete = (
        select(*_R)
        .where(_R.magasin == magasin, _R.date.between(du, au) | (_R.document == ces))
        .order_by(_R.genre, _R.date, _R.reference)
    )
    return [ReferenceMagasin(**une) for une in (await ctx.session.execute(requete)).mappings()]


async def homonymes(
    ctx: Contexte, magasin: str, commandes: Collection[str], ventes: Collection[str]
) -> Sequence[ReferenceMagasin]:
    """Orders of any time with one of the references `ventes`, and sales that are or come from one of `commandes`."""
    une_commande = (_R.genre == "commande") & (_R.reference == un_de(ventes))
    une_vente = (_R.genre == "facture") & or_(_R.reference == un_de(commandes), _R.origine == un_de(commandes))
    requete = select(*_R).where(_R.magasin == magasin, or_(une_commande, une_vente))
    return [ReferenceMagasin(**une) for une in (await ctx.session.execute(requete)).mappings()]


async def conflits(ctx: Contexte, magasin: str) -> Sequence[ConflitMagasin]:
    """What waits to be settled."""
    requete = select(*_C).where(_C.magasin == magasin, _C.regle_le.is_(None)).order_by(_C.id)
    return [ConflitMagasin(**un) for un in (await ctx.session.execute(requete)).mappings()]


async def poussees(ctx: Contexte, magasin: str, du: date, au: date) -> Sequence[tuple[str, date, date]]:
    """Kind, first and last day of the pushes that took something of a period."""
    requete = (
        select(_P.genre, _P.du, _P.au)
        .where(_P.magasin == magasin, _P.au >= du, _P.du <= au)
        .distinct()
        .order_by(_P.genre, _P.du)
    )
    return [(genre, premier, dernier) for genre, premier, dernier in await ctx.session.execute(requete)]
