"""The SQL of returns and credits: what stands behind them, and what is left of it."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from aurore_api.documents.tables import Document, LigneDocument
from aurore_api.documents.tables_emis import CreditDeFacture
from aurore_api.socle.bloc import inserer_en_bloc
from aurore_api.socle.contexte import Contexte
from aurore_domain.cycle import Etat, Nature, TypeDocument

_D_ORIGINE = (TypeDocument.BORDEREAU, TypeDocument.FACTURE)


async def documents_lies(ctx: Contexte, sources: Collection[UUID]) -> set[UUID]:
    """The bordereaux and factures that hold the same goods as these documents. Reads no row: it runs before the locks.

    Those that their lines came from, those that these led into, and those that invoiced what they came from too.
    """
    ligne, liee = aliased(LigneDocument), aliased(LigneDocument)
    memes_biens = (
        (col(liee.id) == col(ligne.origine))
        | (col(liee.origine) == col(ligne.id))
        | (col(liee.origine) == col(ligne.origine))
    )
    requete = (
        select(col(liee.document))
        .join(ligne, memes_biens)
        .join(Document, col(Document.id) == col(liee.document))
        .where(col(ligne.document).in_(sources), col(Document.type).in_(_D_ORIGINE))
        .distinct()
    )
    return set((await ctx.session.scalars(requete)).all())


async def type_de(ctx: Contexte, identifiant: UUID) -> TypeDocument | None:
    """The type of a document, which never changes."""
    return await ctx.session.scalar(select(col(Document.type)).where(col(Document.id) == identifiant))


async def factures_des_lignes(ctx: Contexte, lignes: Collection[UUID]) -> Sequence[Document]:
    """The factures that these lines are of, locked in the one order."""
    documents = select(col(LigneDocument.document)).where(col(LigneDocument.id).in_(lignes))
    requete = select(Document).where(col(Document.id).in_(documents)).order_by(col(Document.id)).with_for_update()
    return (await ctx.session.scalars(requete)).all()


async def lignes_de_credit(ctx: Contexte, creditees: Collection[UUID], *, sauf: UUID) -> Sequence[LigneDocument]:
    """The lines of other notes de crédit that credit these lines."""
    requete = select(LigneDocument).where(
        col(LigneDocument.credite).in_(creditees), col(LigneDocument.document) != sauf
    )
    return (await ctx.session.scalars(requete)).all()


async def deja_credites(
    ctx: Contexte, factures: Collection[UUID], *, sauf: UUID
) -> dict[tuple[UUID, str, Decimal], dict[str, Decimal]]:
    """What other notes have taken of each VAT group of factures."""
    noms = ("base", "tva", "frais", "escompte", "entete")
    cle = (col(CreditDeFacture.facture), col(CreditDeFacture.categorie), col(CreditDeFacture.taux))
    sommes = (func.sum(getattr(CreditDeFacture, nom)).label(nom) for nom in noms)
    requete = (
        select(*cle, *sommes)
        .where(col(CreditDeFacture.facture).in_(factures), col(CreditDeFacture.document) != sauf)
        .group_by(*cle)
    )
    return {
        (facture, categorie, taux): dict(zip(noms, pris, strict=True))
        for facture, categorie, taux, *pris in (await ctx.session.execute(requete)).all()
    }


async def garder_credits(ctx: Contexte, document: UUID, pris: Sequence[CreditDeFacture], *, nouveau: bool) -> None:
    """Keep what a note takes, in the place of what it took."""
    if not nouveau:
        await ctx.session.execute(delete(CreditDeFacture).where(col(CreditDeFacture.document) == document))
    await inserer_en_bloc(ctx, pris)


async def suites(ctx: Contexte, origines: Collection[UUID]) -> Sequence[LigneDocument]:
    """The lines of factures that came from these lines of bordereaux."""
    requete = (
        select(LigneDocument)
        .join(Document, col(Document.id) == col(LigneDocument.document))
        .where(
            col(LigneDocument.origine).in_(origines),
            col(LigneDocument.nature) == Nature.CONSOMME,
            col(Document.type) == TypeDocument.FACTURE,
            col(Document.etat) != Etat.ANNULE,
        )
        .order_by(col(Document.date), col(Document.id), col(LigneDocument.ordre))
    )
    return (await ctx.session.scalars(requete)).all()


async def refacturees(ctx: Contexte, creditees: Collection[UUID | None]) -> set[UUID]:
    """The lines that these lines of factures came from."""
    if not creditees:
        return set()
    requete = select(col(LigneDocument.origine)).where(
        col(LigneDocument.id).in_(creditees), col(LigneDocument.origine).is_not(None)
    )
    return {une for une in (await ctx.session.scalars(requete)).all() if une is not None}


async def retours_en_cours(ctx: Contexte, origines: Collection[UUID]) -> dict[UUID, Decimal]:
    """How much came back of each of these lines without being credited yet."""
    attendus = func.sum(col(LigneDocument.quantite) - col(LigneDocument.quantite_transferee))
    return await _sommes(ctx, attendus, col(LigneDocument.origine), origines, Nature.REFERENCE)


async def credits_directs(ctx: Contexte, creditees: Collection[UUID], *, refacture: bool) -> dict[UUID, Decimal]:
    """How much of each of these lines of factures was credited without a retour."""
    conditions = (col(LigneDocument.refacture).is_(refacture),)
    quantite = func.sum(col(LigneDocument.quantite))
    return await _sommes(ctx, quantite, col(LigneDocument.credite), creditees, Nature.CREDIT, *conditions)


async def _sommes(
    ctx: Contexte, somme: Any, cle: Any, cles: Collection[UUID], nature: Nature, *conditions: Any
) -> dict[UUID, Decimal]:
    requete = (
        select(cle, somme)
        .join(Document, col(Document.id) == col(LigneDocument.document))
        .where(cle.in_(cles), col(LigneDocument.nature) == nature, col(Document.etat) != Etat.ANNULE, *conditions)
        .group_by(cle)
    )
    trouvees = (await ctx.session.execute(requete)).all()
    return defaultdict(Decimal, {ligne: total for ligne, total in trouvees if total is not None})


async def lignes_livrees(ctx: Contexte, identifiants: Collection[UUID]) -> dict[UUID, LigneDocument]:
    """Those of these lines that are of bordereaux."""
    requete = (
        select(LigneDocument)
        .join(Document, col(Document.id) == col(LigneDocument.document))
        .where(col(LigneDocument.id).in_(identifiants), col(Document.type) == TypeDocument.BORDEREAU)
    )
    return {une.id: une for une in (await ctx.session.scalars(requete)).all()}
