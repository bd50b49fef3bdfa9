"""The SQL of what documents have led to."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, any_, bindparam, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from aurore_api.documents.tables import Document, LigneDocument
from aurore_api.socle.colonnes import nue
from aurore_api.socle.contexte import Contexte
from aurore_domain.cycle import Etat, Nature

_D, _L = nue(Document), nue(LigneDocument)
_CES = any_(bindparam("ces", type_=ARRAY(Uuid)))

_TETES = select(
    _D.id,
    _D.type,
    _D.etat,
    _D.numero_affiche,
    _D.date,
    _D.date_livraison_prevue,
    _D.client,
    _D.client_copie["nom"].astext.label("client_nom"),
    _D.cloture_le,
    _D.total_tvac,
).where(_D.id == _CES)
_BIENS = (
    select(
        _L.document,
        func.array_agg(aggregate_order_by(_L.article, _L.ordre)).label("articles"),
        func.array_agg(aggregate_order_by(_L.quantite, _L.ordre)).label("quantites"),
    )
    .where(_L.document == _CES, _L.article.is_not(None), _L.quantite.is_not(None))
    .group_by(_L.document)
)


_PREVUES = select(_D.id).where(
    _D.magasin == bindparam("magasin"),
    _D.date_livraison_prevue >= bindparam("du"),
    _D.date_livraison_prevue <= bindparam("au"),
)


def _de_proche_en_proche() -> Any:
    """Every document that lines of others went on to, and what it holds of them, VAT included where prices are."""
    premieres = select(_L.document.label("racine"), _L.id.label("ligne")).where(_L.document == _CES)
    liens = premieres.cte("liens", recursive=True)
    suivante = nue(LigneDocument)
    liens = liens.union(
        select(liens.c.racine, suivante.id).join_from(
            liens, suivante.id.table, (suivante.origine == liens.c.ligne) & (suivante.nature != Nature.COPIE)
        )
    )
    montant = func.sum(func.coalesce(_L.montant_tvac, _L.montant_htva))
    return (
        select(liens.c.racine, _D.id, _D.type, _D.etat, _D.numero_affiche, _D.date, montant.label("montant"))
        .join_from(liens, _L.id.table, _L.id == liens.c.ligne)
        .join(_D.id.table, _D.id == _L.document)
        .where(_D.id != liens.c.racine, _D.etat != Etat.ANNULE)
        .group_by(liens.c.racine, _D.id)
        .order_by(liens.c.racine, _D.date, _D.id)
    )


_SUITES = _de_proche_en_proche()


async def tetes(ctx: Contexte, identifiants: Collection[UUID]) -> Sequence[Mapping[str, Any]]:
    """The headers of documents."""
    return await _lues(ctx, _TETES, identifiants)


async def biens(ctx: Contexte, identifiants: Collection[UUID]) -> Sequence[Mapping[str, Any]]:
    """Of each document its `articles` and their `quantites`, in two arrays."""
    return await _lues(ctx, _BIENS, identifiants)


async def suites(ctx: Contexte, identifiants: Collection[UUID]) -> Sequence[Mapping[str, Any]]:
    """What came of each document, its `racine`."""
    return await _lues(ctx, _SUITES, identifiants)


async def prevues(ctx: Contexte, magasin: str, du: date, au: date) -> Sequence[UUID]:
    """The documents of a shop's till that are for a day of a period."""
    return (await ctx.session.scalars(_PREVUES, {"magasin": magasin, "du": du, "au": au})).all()


async def _lues(ctx: Contexte, requete: Any, identifiants: Collection[UUID]) -> Sequence[Mapping[str, Any]]:
    resultat = await ctx.session.execute(requete, {"ces": list(identifiants)})
    return [dict(un) for un in resultat.mappings()]
