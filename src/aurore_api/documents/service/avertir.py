"""Warnings: what is worth a second look and never blocks (DOC-19)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from aurore_api.clients.calendrier.schemas import CalendrierConnu
from aurore_api.clients.calendrier.service import calendriers
from aurore_api.documents import requetes
from aurore_api.documents.credit import service as credit
from aurore_api.documents.saisie import Etabli
from aurore_api.documents.service.annoncer import annoncer
from aurore_api.documents.sorties import Avertissement, TotauxSortie
from aurore_api.documents.tables import Document, LigneDocument
from aurore_api.exercices import service as exercices
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.textes import detail
from aurore_domain.acomptes import acomptes_en_trop
from aurore_domain.cycle import TypeDocument, regle


def avertir(ctx: Contexte, code: Any, pointeur: str | None, **valeurs: object) -> Avertissement:
    """One warning, in the reader's language."""
    return Avertissement(code=code, pointeur=pointeur, detail=detail(code, ctx.langue, valeurs))


async def avertissements(ctx: Contexte, etabli: Etabli, lignes: Sequence[LigneDocument]) -> list[Avertissement]:
    """What is noticed about a document that was just made or changed, and stored.

    Raises:
        LimiteCreditDepassee: its client would owe more than it may, and the control refuses that (DOC-20).
    """
    document = etabli.document
    trouves = du_contenu(ctx, etabli, lignes, await requetes.doublons(ctx, document))
    if regle(document.type).fiscal and document.numero is None:
        derniere = await exercices.derniere_date(ctx, document.date, document.type)
        if derniere is not None and document.date < derniere:
            trouves.append(avertir(ctx, "chronologie", "#/date", date=document.date, derniere=derniere))
    trop = await credit.depasse(ctx, etabli.credit)
    if trop is not None:
        trouves.append(avertir(ctx, trop.code, trop.pointeur, **trop.valeurs))
    jours = jours_de_livraison(document, lignes)
    connus = await calendriers(ctx, [document.tiers], jours[0], jours[-1]) if jours else {}
    trouves += de_livraison(ctx, document, jours, connus.get(document.tiers))
    return [*trouves, *(await annoncer(ctx, [(document, lignes)])).get(document.id, ())]


def du_contenu(
    ctx: Contexte, etabli: Etabli, lignes: Sequence[LigneDocument], semblables: Sequence[str]
) -> list[Avertissement]:
    """What the document itself tells, and that there are `semblables`, which look like it."""
    document = etabli.document
    trouves = [
        avertir(ctx, "prix_nul", f"#/lignes/{rang}/prix", ordre=ligne.ordre)
        for rang, ligne in enumerate(lignes)
        if ligne.genre == "article" and not ligne.prix
    ]
    rangs = {ligne.ordre: rang for rang, ligne in enumerate(lignes)}
    for un in etabli.avis:
        noms = {"ordre": un.ordre, "article": un.article, "successeur": un.successeur}
        trouves.append(avertir(ctx, un.code, f"#/lignes/{rangs[un.ordre]}/article", **noms))
    if semblables:
        valeurs = {"references": document.vos_references, "documents": list(semblables)}
        trouves.append(avertir(ctx, "doublon_probable", "#/vos_references", **valeurs))
    totaux = TotauxSortie.model_validate(document.totaux)
    if acomptes_en_trop([un.montant for un in document.acomptes], totaux.montant_du):
        trouves.append(avertir(ctx, "acomptes_en_trop", "#/acomptes", trop=-totaux.solde))
    return trouves


def jours_de_livraison(document: Document, lignes: Sequence[LigneDocument]) -> list[date]:
    """The days on which something of a commande is to be delivered, in order; none for any other type."""
    if document.type is not TypeDocument.COMMANDE:
        return []
    prevues = {document.date_livraison_prevue, *(une.date_livraison for une in lignes)}
    return sorted(un for un in prevues if un is not None)


def de_livraison(
    ctx: Contexte, document: Document, jours: Sequence[date], calendrier: CalendrierConnu | None
) -> list[Avertissement]:
    """That a commande is late (CLI-11), and that its client is closed on a day of delivery (CLI-06)."""
    pointeur = "#/date_livraison_prevue"
    tardive = document.type is TypeDocument.COMMANDE and document.tardive
    trouves = [avertir(ctx, "commande_tardive", pointeur)] if tardive else []
    fermes = [jour for jour in jours if calendrier is not None and not calendrier.ouvert(jour)]
    if fermes:
        trouves.append(avertir(ctx, "client_ferme", pointeur, dates=fermes))
    return trouves
