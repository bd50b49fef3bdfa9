"""Read documents: one, many, the chain they stand in (DOC-13, DOC-21, TRF-07)."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select
from sqlmodel import col

from aurore_api.documents import requetes
from aurore_api.documents.erreurs import DocumentAbsent
from aurore_api.documents.filtres import FiltreDocuments, filtrer
from aurore_api.documents.sorties import Chaine, DocumentResume, DocumentSortie, Maillon
from aurore_api.documents.tables import Document, LigneDocument
from aurore_api.documents.vue import CREDITES, LUS_POUR_RESUME, ligne_servie, resume, vers_sortie
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.pagination import Page, lire_page, ordonner
from aurore_domain.cycle import Etat


async def charger(ctx: Contexte, identifiant: UUID) -> tuple[Document, list[LigneDocument]]:
    """A document and its lines, for reading; raises `DocumentAbsent`."""
    document = await requetes.document(ctx, identifiant)
    if document is None:
        raise DocumentAbsent(ressource="document", cle=str(identifiant))
    return document, (await requetes.lignes(ctx, [identifiant]))[identifiant]


async def lire(ctx: Contexte, identifiant: UUID) -> DocumentSortie:
    """One document, whole."""
    document, lignes = await charger(ctx, identifiant)
    ctx.servir_version(document.version)
    return vers_sortie(document, lignes)


async def lire_plusieurs(ctx: Contexte, identifiants: Collection[UUID]) -> dict[UUID, DocumentSortie]:
    """Documents, whole, in a constant number of statements; unknown ones are absent."""
    if not identifiants:
        return {}
    documents = await requetes.lire(ctx, identifiants)
    lignes = await requetes.lignes(ctx, [un.id for un in documents])
    return {un.id: vers_sortie(un, lignes[un.id]) for un in documents}


async def du_magasin(ctx: Contexte, magasin: str, jour: date) -> list[DocumentSortie]:
    """The commandes of a shop's till for a day of delivery, without annulled ones, in three statements."""
    documents = await requetes.du_magasin(ctx, magasin, jour)
    lignes = await requetes.lignes(ctx, [un.id for un in documents]) if documents else {}
    return [vers_sortie(un, lignes[un.id]) for un in documents]


async def numeros_affiches(ctx: Contexte, identifiants: Collection[UUID]) -> dict[UUID, str | None]:
    """The numbers of documents, as they print; None for drafts. Those that are gone are absent."""
    return await requetes.numeros_affiches(ctx, identifiants)


async def etats(ctx: Contexte, identifiants: Collection[UUID]) -> dict[UUID, Etat]:
    """The state of each of these documents that there is, in one statement."""
    return await requetes.etats(ctx, identifiants)


async def lister(ctx: Contexte, filtre: FiltreDocuments) -> Page[DocumentResume]:
    """Headers by type, client, dates and the rest; with `inclure=lignes`, one more statement brings their lines."""
    requete: Select[Any] = filtrer(requetes.liste(LUS_POUR_RESUME), filtre)
    tris = {"date": col(Document.date), "cree_le": col(Document.cree_le), "total_tvac": col(Document.total_tvac)}
    documents, suivant = await lire_page(ctx, requete, filtre, ordonner(filtre.tri, tris, col(Document.id)))
    data = [resume(un) for un in documents]
    if filtre.inclure == "lignes" and documents:
        lignes = await requetes.lignes(ctx, [un.id for un in documents])
        for un in data:
            un.lignes = [ligne_servie(une, facture=un.type in CREDITES) for une in lignes[un.id]]
    return Page[DocumentResume].model_construct(data=data, curseur_suivant=suivant)


async def chaine(ctx: Contexte, identifiant: UUID) -> Chaine:
    """Everything that a document came from and led into, line by line, with quantities (TRF-07)."""
    await charger(ctx, identifiant)
    maillons = [
        Maillon.model_construct(
            document=document.id,
            type=document.type,
            numero_affiche=document.numero_affiche,
            etat=document.etat,
            date=document.date,
            ligne=ligne.id,
            ordre=ligne.ordre,
            designation=ligne.designation,
            quantite=ligne.quantite,
            origine=ligne.origine,
            nature=ligne.nature,
        )
        for ligne, document in await requetes.chaine(ctx, identifiant)
    ]
    return Chaine.model_construct(document=identifiant, maillons=maillons)
