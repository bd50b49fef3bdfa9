"""Announce what comes after the production list of its day was printed (MAG-24)."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeAlias
from uuid import UUID

from aurore_api.catalogue.service import familles_des_articles
from aurore_api.documents.sorties import Avertissement
from aurore_api.documents.tables import Document, LigneDocument
from aurore_api.impressions_production import service as impressions
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.textes import detail
from aurore_domain.cycle import TypeDocument
from aurore_domain.production import demande

Ecrit: TypeAlias = tuple[Document, Sequence[LigneDocument]]
"""A document and its lines."""


async def annoncer(ctx: Contexte, documents: Iterable[Ecrit]) -> dict[UUID, list[Avertissement]]:
    """Of each of these documents, made or changed just now, the printed lists that it comes too late for.

    One statement for all of them, two where some list was printed.
    """
    attendus = {document.id: _attendus(document, lignes) for document, lignes in documents}
    imprimees = await impressions.imprimees(ctx, {jour for un in attendus.values() for _, jour in un})
    if not imprimees:
        return {}
    familles = await familles_des_articles(ctx, {article for un in attendus.values() for article, _ in un})
    trouves: dict[UUID, list[Avertissement]] = {}
    for identifiant, siens in attendus.items():
        for une in imprimees:
            if any(jour == une.date and une.comprend(familles.get(article)) for article, jour in siens):
                valeurs = {"date": une.date, "version": une.version}
                avis = Avertissement(
                    code="production_imprimee",
                    pointeur="#/date_livraison_prevue",
                    detail=detail("production_imprimee", ctx.langue, valeurs),
                )
                trouves.setdefault(identifiant, []).append(avis)
    return trouves


def _attendus(document: Document, lignes: Sequence[LigneDocument]) -> set[tuple[str, date]]:
    """Which articles the document asks for, and for which days; nothing of what another document asked for before."""
    seule = document.type == TypeDocument.COMMANDE
    if not demande(document.type, document.etat, type_origine=None):
        return set()
    return {
        (une.article, une.date_livraison or document.date_livraison_prevue or document.date)
        for une in lignes
        if une.article is not None and not une.vidange and (seule or une.origine is None)
    }
