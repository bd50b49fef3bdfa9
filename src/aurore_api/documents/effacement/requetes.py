"""The SQL of erasing: every statement is about the whole batch, however many documents it has."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Select, Uuid, any_, case, delete, exists, func, literal, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased
from sqlmodel import col

from aurore_api.documents.effacement.schemas import EffacementEntree, FiltreNumeros
from aurore_api.documents.tables import Acompte, Document, LigneDocument, NumeroEfface
from aurore_api.socle.contexte import Contexte
from aurore_domain.cycle import TABLE, Etat, Nature, TypeDocument, regle

_FISCAUX = [un.type for un in TABLE.values() if un.fiscal]


def _parmi(colonne: Any, identifiants: Collection[UUID]) -> Any:
    return col(colonne) == any_(literal(list(identifiants), ARRAY(Uuid)))


def _suivi() -> ColumnElement[bool]:
    """Something follows: a document that was not annulled holds a line of it, or an issued one was copied from it."""
    suite, ligne, origine = aliased(Document), aliased(LigneDocument), aliased(LigneDocument)
    emise = col(suite.type).in_(_FISCAUX) & col(suite.numero).is_not(None)
    return exists(
        select(literal(1))
        .select_from(origine)
        .join(ligne, col(ligne.origine) == col(origine.id))
        .join(suite, col(suite.id) == col(ligne.document))
        .where(
            col(origine.document) == col(Document.id),
            col(suite.etat) != Etat.ANNULE,
            (col(ligne.nature) != Nature.COPIE) | emise,
        )
        .correlate(Document)
    )


def _tient_son_origine() -> ColumnElement[bool]:
    """It holds something of the documents that it came from, which only a waiting one gives back."""
    return exists(
        select(literal(1))
        .where(
            col(LigneDocument.document) == col(Document.id),
            col(LigneDocument.origine).is_not(None),
            col(LigneDocument.nature) != Nature.COPIE,
        )
        .correlate(Document)
    )


def sort(demande: EffacementEntree) -> Any:
    """What becomes of a document that the demand is about (EFF-01, EFF-02): `efface`, or the code of why it stays."""
    etat, numerote = col(Document.etat), col(Document.numero).is_not(None)
    fiscal = literal(regle(demande.type).fiscal)
    return case(
        (etat == Etat.COMPTABILISE, "document_comptabilise"),
        (fiscal & numerote, "document_fiscal"),
        (_suivi(), "document_suivi"),
        (etat == Etat.ANNULE, "efface"),
        ((etat == Etat.TRANSFERE) & _tient_son_origine(), "origine_tenue"),
        (etat == Etat.TRANSFERE, "efface"),
        (~numerote & literal(demande.non_numerotes), "efface"),
        (numerote & literal(demande.modifiables), "efface"),
        (~numerote, "document_sans_numero"),
        else_="document_modifiable",
    )


def _concernes(demande: EffacementEntree) -> list[ColumnElement[bool]]:
    """The documents that a demand is about: a range of numbers says nothing of those that have none."""
    conditions = [col(Document.type) == TypeDocument(demande.type), col(Document.date) <= demande.date_limite]
    dans: list[ColumnElement[bool]] = []
    if demande.exercice is not None:
        dans.append(col(Document.exercice) == demande.exercice)
    if demande.numero_debut is not None:
        dans.append(col(Document.numero) >= demande.numero_debut)
    if demande.numero_fin is not None:
        dans.append(col(Document.numero) <= demande.numero_fin)
    if dans:
        toutes = dans[0]
        for une in dans[1:]:
            toutes &= une
        conditions.append(toutes | (col(Document.numero).is_(None) & literal(demande.non_numerotes)))
    return conditions


async def comptes(ctx: Contexte, demande: EffacementEntree) -> dict[str, int]:
    """How many documents fare alike."""
    sorts = select(sort(demande).label("sort")).where(*_concernes(demande)).subquery()
    rangs = await ctx.session.execute(select(sorts.c.sort, func.count()).group_by(sorts.c.sort))
    return {nom: nombre for nom, nombre in rangs.all()}  # noqa: C416 (rows)


async def gardes(ctx: Contexte, demande: EffacementEntree, combien: int) -> Sequence[Any]:
    """The first documents that stay, each with its code."""
    sien = sort(demande)
    requete = select(Document, sien).where(*_concernes(demande), sien != "efface")
    return (await ctx.session.execute(requete.order_by(col(Document.id)).limit(combien))).all()


async def effacables(ctx: Contexte, demande: EffacementEntree, parmi: Collection[UUID] | None = None) -> list[UUID]:
    """The documents to be erased, in the one order; or those of some that still are."""
    requete = select(col(Document.id)).where(*_concernes(demande), sort(demande) == "efface")
    if parmi is not None:
        requete = requete.where(_parmi(Document.id, parmi))
    return list((await ctx.session.scalars(requete.order_by(col(Document.id)))).all())


async def origines(ctx: Contexte, identifiants: Collection[UUID]) -> list[tuple[UUID, UUID]]:
    """Of each of these documents the ones that its lines and header amounts came from, and those that it credits.

    Where a note de crédit made goods billable again, what they are billed from too (`liens.tenir`).
    """
    ligne, origine, creditee = aliased(LigneDocument), aliased(LigneDocument), aliased(LigneDocument)
    des_lignes = (
        select(col(ligne.document), col(origine.document))
        .join(origine, col(ligne.origine) == col(origine.id))
        .where(_parmi(ligne.document, identifiants), col(ligne.nature) != Nature.COPIE)
    )
    des_credits = (
        select(col(ligne.document), col(creditee.document))
        .join(creditee, col(ligne.credite) == col(creditee.id))
        .where(_parmi(ligne.document, identifiants))
    )
    refactures = (
        select(col(ligne.document), col(origine.document))
        .join(creditee, col(ligne.credite) == col(creditee.id))
        .join(origine, col(creditee.origine) == col(origine.id))
        .where(_parmi(ligne.document, identifiants), col(ligne.refacture))
    )
    des_frais = select(col(Document.frais_transferes_vers), col(Document.id)).where(
        _parmi(Document.frais_transferes_vers, identifiants)
    )
    des_acomptes = select(col(Acompte.transfere_vers), col(Acompte.document)).where(
        _parmi(Acompte.transfere_vers, identifiants)
    )
    rangs = await ctx.session.execute(des_lignes.union(des_credits, refactures, des_frais, des_acomptes))
    return [(document, origine) for document, origine in rangs.all()]


async def garder_les_numeros(ctx: Contexte, identifiants: Collection[UUID], motif: str) -> None:
    """Keep the number of each of these that has one, and why it goes (EFF-02)."""
    repris = ("exercice", "type", "numero", "numero_affiche", "date", "client", "fournisseur")
    requete = select(
        *(col(getattr(Document, nom)) for nom in repris),
        literal(motif),
        literal(ctx.maintenant),
        literal(ctx.cle.id),
    ).where(_parmi(Document.id, identifiants), col(Document.numero).is_not(None))
    await ctx.session.execute(insert(NumeroEfface).from_select([*repris, "motif", "efface_le", "cle"], requete))


async def effacer(ctx: Contexte, identifiants: Collection[UUID]) -> None:
    """Remove documents; their lines go with them."""
    await ctx.session.execute(
        delete(Document).where(_parmi(Document.id, identifiants)).execution_options(synchronize_session=False)
    )


def numeros(filtre: FiltreNumeros) -> Select[Any]:
    """Erased numbers."""
    requete = select(NumeroEfface)
    if filtre.exercice is not None:
        requete = requete.where(col(NumeroEfface.exercice) == filtre.exercice)
    if filtre.type is not None:
        requete = requete.where(col(NumeroEfface.type) == filtre.type)
    return requete
