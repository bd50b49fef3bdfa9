"""Warnings: what is worth a second look and never blocks (DOC-19)."""

from collections.abc import Sequence
from typing import Any

from aurore_api.documents import requetes
from aurore_api.documents.sorties import Avertissement
from aurore_api.documents.tables import Document, LigneDocument
from aurore_api.exercices import service as exercices
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.textes import detail
from aurore_domain.cycle import regle


def avertir(ctx: Contexte, code: Any, pointeur: str | None, **valeurs: object) -> Avertissement:
    """One warning, in the reader's language."""
    return Avertissement(code=code, pointeur=pointeur, detail=detail(code, ctx.langue, valeurs))


async def avertissements(ctx: Contexte, document: Document, lignes: Sequence[LigneDocument]) -> list[Avertissement]:
    """What is noticed about a document that was just made or changed."""
    trouves = [
        avertir(ctx, "prix_nul", f"#/lignes/{rang}/prix", ordre=ligne.ordre)
        for rang, ligne in enumerate(lignes)
        if ligne.genre == "article" and not ligne.prix
    ]
    semblables = await requetes.doublons(ctx, document)
    if semblables:
        trouves.append(
            avertir(
                ctx,
                "doublon_probable",
                "#/vos_references",
                references=document.vos_references,
                documents=list(semblables),
            )
        )
    if regle(document.type).fiscal and document.numero is None:
        derniere = await exercices.derniere_date(ctx, document.date, document.type)
        if derniere is not None and document.date < derniere:
            trouves.append(avertir(ctx, "chronologie", "#/date", date=document.date, derniere=derniere))
    return trouves
