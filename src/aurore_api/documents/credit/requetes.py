"""The SQL of credit situations."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import and_, exists, func, literal, or_, select
from sqlmodel import col

from aurore_api.documents.tables import Acompte, Document, LigneDocument
from aurore_api.socle.colonnes import un_de
from aurore_api.socle.contexte import Contexte
from aurore_domain.cycle import Etat, TypeDocument

ENTAMES = (TypeDocument.COMMANDE, TypeDocument.PROFORMA, TypeDocument.BORDEREAU, TypeDocument.RETOUR)
"""The types of which only what is left counts."""
ENTIERS = (TypeDocument.FACTURE, TypeDocument.NOTE_CREDIT)
"""The types that count whole until they are posted."""


def _ouverts(clients: Collection[str]) -> Any:
    return and_(
        col(Document.client) == un_de(clients),
        col(Document.etat) == Etat.EN_ATTENTE,
        col(Document.cloture_le).is_(None),
        col(Document.type).in_([*ENTAMES, *ENTIERS]),
    )


def _entame() -> Any:
    """A document of which something has gone, so that its total is not what is left of it."""
    parties = (
        LigneDocument.quantite_transferee,
        LigneDocument.quantite_unite_commande_transferee,
        LigneDocument.quantite_abandonnee,
        LigneDocument.quantite_unite_commande_abandonnee,
    )
    partie = or_(*(col(une) != 0 for une in parties))
    ligne = select(literal(1)).where(col(LigneDocument.document) == col(Document.id), partie).correlate(Document)
    return col(Document.type).in_(ENTAMES) & exists(ligne)


async def sommes(ctx: Contexte, clients: Collection[str], jour: date) -> Sequence[Any]:
    """Per type: amounts due of the open documents that are whole, deposits of all, and what of it was due before a day.

    Sums of cents, so exact.
    """
    verses = (
        select(func.coalesce(func.sum(col(Acompte.montant)), 0))
        .where(col(Acompte.document) == col(Document.id), col(Acompte.transfere_vers).is_(None))
        .correlate(Document)
        .scalar_subquery()
    )
    un = (
        select(
            col(Document.type).label("type"),
            col(Document.total_tvac).label("montant_du"),
            verses.label("acomptes"),
            _entame().label("entame"),
            and_(col(Document.numero).is_not(None), col(Document.date_echeance) < jour).label("echu"),
        )
        .where(_ouverts(clients))
        .subquery()
    )
    requete = select(
        un.c.type,
        func.coalesce(func.sum(un.c.montant_du).filter(~un.c.entame), 0),
        func.sum(un.c.acomptes),
        func.coalesce(func.sum(un.c.montant_du - un.c.acomptes).filter(un.c.echu), 0),
    ).group_by(un.c.type)
    return (await ctx.session.execute(requete)).all()


async def lignes_entamees(ctx: Contexte, clients: Collection[str]) -> Sequence[Any]:
    """The lines of the open documents of which something has gone, each with what its document computes with."""
    requete = (
        select(LigneDocument, col(Document.type), col(Document.prix_tvac), col(Document.escompte))
        .join(Document, col(Document.id) == col(LigneDocument.document))
        .where(_ouverts(clients), _entame())
        .order_by(col(LigneDocument.document), col(LigneDocument.ordre))
    )
    return (await ctx.session.execute(requete)).all()
