"""The SQL of documents."""

from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Select, Uuid, any_, case, delete, exists, func, literal, select
from sqlalchemy.orm import aliased, joinedload, load_only, raiseload
from sqlmodel import col

from aurore_api.documents.tables import Acompte, Document, LigneDocument
from aurore_api.documents.tables_emis import VersionDocument
from aurore_api.socle.contexte import Contexte
from aurore_domain.cycle import TABLE, Etat, Nature, TypeDocument

_UTILISES = [un.type for un in TABLE.values() if Nature.CONSOMME in un.vers.values()]
"""The types that what follows uses up, so that nothing may be left of them."""

_FISCAUX = [un.type for un in TABLE.values() if un.fiscal]
"""The types that are never erased nor changed once numbered."""

_ACOMPTES: Any = Document.acomptes  # the ORM's attribute, whatever its static type


async def document(ctx: Contexte, identifiant: UUID) -> Document | None:
    """One header with its deposits, for reading, in one statement."""
    return await ctx.session.get(Document, identifiant, options=[joinedload(_ACOMPTES)])


async def lire(ctx: Contexte, identifiants: Collection[UUID]) -> Sequence[Document]:
    """Some headers, for reading, in the one order."""
    requete = select(Document).where(col(Document.id).in_(identifiants)).order_by(col(Document.id))
    return (await ctx.session.scalars(requete)).all()


async def du_magasin(ctx: Contexte, magasin: str, jour: date) -> Sequence[Document]:
    """The commandes of a till that are for a day and not annulled."""
    requete = select(Document).where(
        col(Document.magasin) == magasin,
        col(Document.date_livraison_prevue) == jour,
        col(Document.type) == TypeDocument.COMMANDE,
        col(Document.etat) != Etat.ANNULE,
    )
    return (await ctx.session.scalars(requete.order_by(col(Document.id)))).all()


async def verrouiller(
    ctx: Contexte, identifiants: Collection[UUID], *, credites_par: UUID | None = None
) -> dict[UUID, Document]:
    """Lock headers for a change, in the one order every transaction takes them: by id.

    `credites_par` brings the factures that a document credits.
    """
    voulus: ColumnElement[bool] = col(Document.id).in_(identifiants)
    if credites_par is not None:
        ligne, creditee = aliased(LigneDocument), aliased(LigneDocument)
        factures = select(col(creditee.document)).join(ligne, col(ligne.credite) == col(creditee.id))
        factures = factures.where(col(ligne.document) == credites_par)
        # An array, or PostgreSQL would read the whole table for the two conditions.
        voulus = voulus | (col(Document.id) == any_(func.array(factures.scalar_subquery())))
    requete = (
        select(Document)
        .where(voulus)
        .order_by(col(Document.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {un.id: un for un in (await ctx.session.scalars(requete)).all()}


async def lignes(ctx: Contexte, identifiants: Collection[UUID]) -> dict[UUID, list[LigneDocument]]:
    """The lines of documents, each in `ordre` order, in one statement."""
    requete = (
        select(LigneDocument)
        .where(col(LigneDocument.document).in_(identifiants))
        .order_by(col(LigneDocument.document), col(LigneDocument.ordre))
    )
    par_document: dict[UUID, list[LigneDocument]] = {un: [] for un in identifiants}
    for ligne in (await ctx.session.scalars(requete)).all():
        par_document[ligne.document].append(ligne)
    return par_document


async def etats(ctx: Contexte, identifiants: Collection[UUID]) -> dict[UUID, Etat]:
    """The state of each of these documents that there is."""
    requete = select(col(Document.id), col(Document.etat)).where(col(Document.id).in_(identifiants))
    return {identifiant: etat for identifiant, etat in (await ctx.session.execute(requete)).all()}  # noqa: C416 (rows)


async def numeros_affiches(ctx: Contexte, identifiants: Collection[UUID]) -> dict[UUID, str | None]:
    """The numbers of these documents, as they print; None for drafts."""
    requete = select(col(Document.id), col(Document.numero_affiche)).where(
        col(Document.id) == any_(literal(list(identifiants), ARRAY(Uuid)))
    )
    return {identifiant: numero for identifiant, numero in await ctx.session.execute(requete)}  # noqa: C416 (rows)


async def documents_des_lignes(ctx: Contexte, identifiants: Collection[UUID]) -> set[UUID]:
    """The documents that hold these lines."""
    requete = select(col(LigneDocument.document)).where(col(LigneDocument.id).in_(identifiants)).distinct()
    return set((await ctx.session.scalars(requete)).all())


async def documents_d_origine(ctx: Contexte, identifiant: UUID) -> set[UUID]:
    """The documents that a document's lines and header amounts came from, or count on otherwise (`liens.tenir`).

    Reads no row into the session: it runs before the locks.
    """
    ligne, origine, creditee = aliased(LigneDocument), aliased(LigneDocument), aliased(LigneDocument)
    directes = select(col(origine.document)).join(
        ligne, (col(ligne.origine) == col(origine.id)) | (col(ligne.credite) == col(origine.id))
    )
    refacturees = (
        select(col(origine.document))
        .join(creditee, col(creditee.origine) == col(origine.id))
        .join(ligne, (col(ligne.credite) == col(creditee.id)) & col(ligne.refacture))
    )
    de_lui = col(ligne.document) == identifiant
    requete = directes.where(de_lui).union(refacturees.where(de_lui), _donneurs_de_montants(identifiant))
    return set((await ctx.session.scalars(requete)).all())


async def donneurs_de_montants(ctx: Contexte, cible: UUID) -> set[UUID]:
    """The documents whose header amounts went along to a document (TRF-04)."""
    return set((await ctx.session.scalars(_donneurs_de_montants(cible))).all())


def _donneurs_de_montants(cible: UUID) -> Any:
    frais = select(col(Document.id)).where(col(Document.frais_transferes_vers) == cible)
    return frais.union(select(col(Acompte.document)).where(col(Acompte.transfere_vers) == cible))


@asynccontextmanager
async def anonymisation_ouverte(ctx: Contexte) -> AsyncIterator[None]:
    """Let the database take what anonymising changes of issued documents, and refuses otherwise (EFF-02, CLI-10)."""
    await ctx.session.execute(select(func.set_config("aurore.porte", "anonymisation", True)))  # noqa: FBT003 (its own)
    yield
    await ctx.session.flush()
    await ctx.session.execute(select(func.set_config("aurore.porte", "", True)))  # noqa: FBT003


async def doublons(ctx: Contexte, modele: Document) -> Sequence[str]:
    """Documents of the same client or supplier, type and day that bear the same references (DOC-19)."""
    if modele.vos_references is None:
        return []
    requete = select(func.coalesce(col(Document.numero_affiche), func.text(col(Document.id)))).where(
        col(Document.client) == modele.client
        if modele.fournisseur is None
        else col(Document.fournisseur) == modele.fournisseur,
        col(Document.vos_references) == modele.vos_references,
        col(Document.type) == modele.type,
        col(Document.date) == modele.date,
        col(Document.etat) != Etat.ANNULE,
        col(Document.id) != modele.id,
    )
    return (await ctx.session.scalars(requete.limit(5))).all()


async def fiscaux_depuis(ctx: Contexte, client: str, jour: date, *, combien: int) -> Sequence[Document]:
    """The latest of a client's numbered documents of a fiscal type, dated on a day or after."""
    conditions = col(Document.numero).is_not(None), col(Document.type).in_(_FISCAUX), col(Document.date) >= jour
    return await _derniers(ctx, client, combien, *conditions)


async def en_attente(ctx: Contexte, client: str, *, combien: int) -> Sequence[Document]:
    """The latest of a client's documents that are not closed."""
    return await _derniers(ctx, client, combien, col(Document.etat) == Etat.EN_ATTENTE)


async def _derniers(ctx: Contexte, client: str, combien: int, *conditions: Any) -> Sequence[Document]:
    requete = select(Document).where(col(Document.client) == client, *conditions)
    requete = requete.order_by(col(Document.date).desc(), col(Document.id)).limit(combien)
    return (await ctx.session.scalars(requete)).all()


async def du_client_verrouilles(ctx: Contexte, client: str) -> Sequence[Document]:
    """All documents of a client, locked in the one order."""
    requete = select(Document).where(col(Document.client) == client).order_by(col(Document.id)).with_for_update()
    return (await ctx.session.scalars(requete.execution_options(populate_existing=True))).all()


def liste(champs: Collection[str]) -> Select[Any]:
    """Headers with these fields only, to be filtered and paged: copies for printing and texts are large."""
    colonnes = (getattr(Document, nom) for nom in champs)
    return select(Document).options(load_only(*colonnes, raiseload=True), raiseload(_ACOMPTES))


def reste_a_transferer() -> Any:
    """« à transférer »: something is left of a line of a document that is used up by what follows (DOC-21).

    What is left is counted as `restes.reste` does: goods of variable weight typed by the piece, by the piece.
    """
    restante = (
        select(literal(1)).where(col(LigneDocument.document) == col(Document.id), reste_de_la_ligne())
    ).correlate(Document)
    return col(Document.type).in_(_UTILISES) & exists(restante)


def reste_de_la_ligne() -> Any:
    """Something is left of a line, as `restes.reste` counts it: neither moved on nor given up (TRF-08)."""
    en_commande = func.coalesce(col(LigneDocument.facteurs)["flou"].as_boolean(), False) & (
        col(LigneDocument.saisie) != "base"
    )
    partie_en_commande = col(LigneDocument.quantite_unite_commande_transferee) + col(
        LigneDocument.quantite_unite_commande_abandonnee
    )
    partie = col(LigneDocument.quantite_transferee) + col(LigneDocument.quantite_abandonnee)
    return case(
        (en_commande, func.abs(partie_en_commande) < func.abs(col(LigneDocument.quantite_unite_commande))),
        else_=func.abs(partie) < func.abs(col(LigneDocument.quantite)),
    )


def issu_de(identifiant: UUID) -> Any:
    """Documents with a line that came from a document."""
    sources = select(col(LigneDocument.id)).where(col(LigneDocument.document) == identifiant)
    return col(Document.id).in_(select(col(LigneDocument.document)).where(col(LigneDocument.origine).in_(sources)))


async def chaine(ctx: Contexte, identifiant: UUID) -> Sequence[Any]:
    """Every line that the document's lines came from or led into, in one recursive statement (TRF-07)."""
    depart = select(col(LigneDocument.id), col(LigneDocument.origine)).where(col(LigneDocument.document) == identifiant)
    amont = depart.cte("amont", recursive=True)
    amont = amont.union(
        select(col(LigneDocument.id), col(LigneDocument.origine)).join(amont, col(LigneDocument.id) == amont.c.origine)
    )
    aval = depart.cte("aval", recursive=True)
    aval = aval.union(
        select(col(LigneDocument.id), col(LigneDocument.origine)).join(aval, col(LigneDocument.origine) == aval.c.id)
    )
    toutes = select(amont.c.id).union(select(aval.c.id))
    requete = (
        select(LigneDocument, Document)
        .join(Document, col(Document.id) == col(LigneDocument.document))
        .where(col(LigneDocument.id).in_(toutes))
        .order_by(col(Document.cree_le), col(Document.id), col(LigneDocument.ordre))
    )
    return (await ctx.session.execute(requete)).all()


async def factures_corrigees(ctx: Contexte, identifiant: UUID) -> list[tuple[str, date]]:
    """Numbers and dates of the factures that a note de crédit credits, directly or through retours (IMP-20)."""
    ligne, creditee = aliased(LigneDocument), aliased(LigneDocument)
    requete = (
        select(col(Document.numero_affiche), col(Document.date))
        .join(creditee, col(creditee.document) == col(Document.id))
        .join(ligne, col(ligne.credite) == col(creditee.id))
        .where(col(ligne.document) == identifiant)
        .distinct()
        .order_by(col(Document.date), col(Document.numero_affiche))
    )
    return [(numero, jour) for numero, jour in (await ctx.session.execute(requete)).all() if numero]


async def escompte_corrige(ctx: Contexte, identifiant: UUID) -> dict[str, Any] | None:
    """The escompte that the factures which a note de crédit credits were issued with, as they keep it (CAL-08)."""
    ligne, creditee = aliased(LigneDocument), aliased(LigneDocument)
    garde = col(Document.impression)["escompte"]
    requete = (
        select(garde)
        .join(creditee, col(creditee.document) == col(Document.id))
        .join(ligne, col(ligne.credite) == col(creditee.id))
        .where(col(ligne.document) == identifiant, func.jsonb_typeof(garde) == "object")
        .order_by(col(Document.date), col(Document.id))
        .limit(1)
    )
    return await ctx.session.scalar(requete)


async def date_emise(ctx: Contexte, identifiant: UUID) -> date | None:
    """The date that a reopened document bore when it was last issued (DOC-08)."""
    requete = select(col(VersionDocument.date)).where(col(VersionDocument.document) == identifiant)
    return await ctx.session.scalar(requete.order_by(col(VersionDocument.numero).desc()).limit(1))


@dataclass(frozen=True, slots=True)
class DatesAutour:
    """The latest date of the numbers before one, and of the numbers after it the earliest and the latest."""

    avant: date | None
    apres: date | None
    derniere: date | None


async def dates_autour(ctx: Contexte, exercice: str, genre: TypeDocument, numero: int) -> DatesAutour:
    """What chronology says of a number (DOC-06): the dates of the others of its type in its exercice."""
    inferieurs, superieurs = col(Document.numero) < numero, col(Document.numero) > numero
    requete = select(
        func.max(col(Document.date)).filter(inferieurs),
        func.min(col(Document.date)).filter(superieurs),
        func.max(col(Document.date)).filter(superieurs),
    ).where(col(Document.exercice) == exercice, col(Document.type) == genre)
    avant, apres, derniere = (await ctx.session.execute(requete)).one()
    return DatesAutour(avant, apres, derniere)


async def oublier_versions(ctx: Contexte, identifiants: Collection[UUID]) -> None:
    """Delete the versions issued before; the database refuses it while the law asks for them (CLI-10)."""
    await ctx.session.execute(delete(VersionDocument).where(col(VersionDocument.document).in_(identifiants)))


async def commande_de_back_order(ctx: Contexte, modele: Document) -> Document | None:
    """The client's open back-order commande that can be completed, locked; none if another transaction holds it.

    Whoever prints holds a document already: waiting for an earlier one would be out of order.
    """
    requete = (
        select(Document)
        .where(
            col(Document.client) == modele.client,
            col(Document.type) == TypeDocument.COMMANDE,
            col(Document.etat) == Etat.EN_ATTENTE,
            col(Document.numero).is_(None),
            col(Document.back_order),
            col(Document.categorie_tva) == modele.categorie_tva,
            col(Document.prix_tvac) == modele.prix_tvac,
        )
        .order_by(col(Document.id))
        .limit(1)
        .with_for_update(skip_locked=True, of=Document)
        .execution_options(populate_existing=True)
    )
    return (await ctx.session.scalars(requete)).one_or_none()


async def commandes_de_back_order(ctx: Contexte, lignes_dues: Collection[UUID]) -> set[UUID]:
    """The commandes that hold back-orders of these lines."""
    requete = select(col(LigneDocument.document)).where(col(LigneDocument.back_order_de).in_(lignes_dues))
    return set((await ctx.session.scalars(requete)).all())


async def verrouiller_libres(ctx: Contexte, identifiants: Collection[UUID]) -> dict[UUID, Document]:
    """Lock headers that no other transaction holds, in the one order; waits for nobody."""
    requete = (
        select(Document)
        .where(col(Document.id) == any_(literal(list(identifiants), ARRAY(Uuid))))
        .order_by(col(Document.id))
        .with_for_update(skip_locked=True, of=Document)
        .execution_options(populate_existing=True)
    )
    return {un.id: un for un in (await ctx.session.scalars(requete)).all()}
