"""The SQL of recent articles."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Integer, cast, distinct, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased
from sqlmodel import col

from aurore_api.documents.tables import Document, LigneDocument
from aurore_api.socle.contexte import Contexte
from aurore_domain.cycle import Etat, TypeDocument


async def articles_recents(ctx: Contexte, client: str, du: date, au: date) -> Sequence[Any]:
    """Per article what issued factures brought a client, most often first, in one statement.

    A line that came from a document counts for that one's client: factures are made out to whoever pays (CLI-05).
    """
    origine, avant = aliased(LigneDocument), aliased(Document)
    servi = func.coalesce(col(avant.client), col(Document.client))
    recent = (
        col(Document.date).desc(),
        col(Document.numero).desc(),
        col(LigneDocument.ordre).desc(),
    )

    def derniere(colonne: Any) -> Any:
        return func.array_agg(aggregate_order_by(colonne, *recent))[cast(1, Integer)]

    fois = func.count(distinct(col(Document.id)))
    requete = (
        select(
            col(LigneDocument.article).label("article"),
            derniere(col(LigneDocument.designation)).label("designation"),
            derniere(col(LigneDocument.unite)).label("unite"),
            func.sum(col(LigneDocument.quantite)).label("quantite"),
            fois.label("fois"),
            func.max(col(Document.date)).label("derniere_date"),
            derniere(col(LigneDocument.quantite)).label("derniere_quantite"),
            derniere(col(LigneDocument.unite_commande)).label("unite_commande"),
            derniere(col(LigneDocument.quantite_unite_commande)).label("quantite_unite_commande"),
            derniere(col(LigneDocument.prix)).label("prix"),
            derniere(col(LigneDocument.remise)).label("remise"),
            derniere(col(Document.prix_tvac)).label("prix_tvac"),
        )
        .join(Document, col(Document.id) == col(LigneDocument.document))
        .outerjoin(origine, col(origine.id) == col(LigneDocument.origine))
        .outerjoin(avant, col(avant.id) == col(origine.document))
        .where(
            col(Document.type) == TypeDocument.FACTURE,
            col(Document.numero).is_not(None),
            col(Document.etat) != Etat.ANNULE,
            col(Document.date).between(du, au),
            servi == client,
            col(LigneDocument.article).is_not(None),
            col(LigneDocument.quantite) > 0,
        )
        .group_by(col(LigneDocument.article))
        .order_by(fois.desc(), col(LigneDocument.article))
    )
    return (await ctx.session.execute(requete)).all()
