"""The SQL of back-orders."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, literal, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from aurore_api.documents.requetes import reste_de_la_ligne
from aurore_api.documents.tables import Abandon, Document, LigneAbandonnee, LigneDocument
from aurore_api.socle.contexte import Contexte
from aurore_domain.cycle import TABLE, EffetStock, Etat

_COMMANDES = [un.type for un in TABLE.values() if un.stock is EffetStock.COMMANDE_CLIENT]
"""The types by which clients order."""


def date_demandee() -> Any:
    """When a line was wanted."""
    return func.coalesce(col(LigneDocument.date_livraison), col(Document.date))


def ouverts(client: str | None, article: str | None) -> Select[Any]:
    """Lines with something left, of orders begun (some of it went or was given up) or made of back-orders."""
    autre = aliased(LigneDocument)
    entamee = (
        select(literal(1))
        .where(
            col(autre.document) == col(Document.id),
            (col(autre.quantite_transferee) != 0)
            | (col(autre.quantite_unite_commande_transferee) != 0)
            | (col(autre.quantite_abandonnee) != 0),
        )
        .correlate(Document)
    )
    conditions: list[ColumnElement[bool]] = [
        col(Document.type).in_(_COMMANDES),
        col(Document.etat) == Etat.EN_ATTENTE,
        col(Document.cloture_le).is_(None),
        reste_de_la_ligne(),
        exists(entamee) | col(Document.back_order),
    ]
    if client is not None:
        conditions.append(col(Document.client) == client)
    if article is not None:
        conditions.append(col(LigneDocument.article) == article)
    return select(LigneDocument).join(Document, col(Document.id) == col(LigneDocument.document)).where(*conditions)


async def documents_d_un_abandon(ctx: Contexte, abandon: UUID) -> set[UUID]:
    """The documents whose lines it gave up; those that were deleted since are not among them."""
    requete = (
        select(col(LigneDocument.document))
        .join(LigneAbandonnee, col(LigneAbandonnee.ligne) == col(LigneDocument.id))
        .where(col(LigneAbandonnee.abandon) == abandon)
        .distinct()
    )
    return set((await ctx.session.scalars(requete)).all())


async def verrouiller(ctx: Contexte, abandon: UUID) -> Abandon | None:
    """One giving-up, locked after the documents that it touches."""
    return await ctx.session.get(Abandon, abandon, with_for_update=True, populate_existing=True)


def liste(client: str | None, document: UUID | None) -> Select[Any]:
    """Givings-up, of a client or of a document."""
    requete = select(Abandon)
    if client is None and document is None:
        return requete
    siennes = (
        select(col(LigneAbandonnee.abandon))
        .join(LigneDocument, col(LigneDocument.id) == col(LigneAbandonnee.ligne))
        .join(Document, col(Document.id) == col(LigneDocument.document))
    )
    if client is not None:
        siennes = siennes.where(col(Document.client) == client)
    if document is not None:
        siennes = siennes.where(col(Document.id) == document)
    return requete.where(col(Abandon.id).in_(siennes))


async def lignes(
    ctx: Contexte, abandons: Collection[UUID]
) -> dict[UUID, Sequence[tuple[LigneAbandonnee, LigneDocument]]]:
    """What each gave up, in one statement."""
    requete = (
        select(LigneAbandonnee, LigneDocument)
        .join(LigneDocument, col(LigneDocument.id) == col(LigneAbandonnee.ligne))
        .where(col(LigneAbandonnee.abandon).in_(abandons))
        .order_by(col(LigneDocument.document), col(LigneDocument.ordre))
    )
    par_abandon: dict[UUID, list[tuple[LigneAbandonnee, LigneDocument]]] = defaultdict(list)
    for abandonnee, ligne in (await ctx.session.execute(requete)).all():
        par_abandon[abandonnee.abandon].append((abandonnee, ligne))
    return dict(par_abandon)
