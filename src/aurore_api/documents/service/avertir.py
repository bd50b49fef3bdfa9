"""Warnings: what is worth a second look and never blocks (DOC-19)."""

from collections.abc import Sequence
from typing import Any

from aurore_api.clients.calendrier.service import calendriers
from aurore_api.documents import requetes
from aurore_api.documents.credit import service as credit
from aurore_api.documents.saisie import Etabli
from aurore_api.documents.service.annoncer import annoncer
from aurore_api.documents.sorties import Avertissement, TotauxSortie
from aurore_api.documents.tables import LigneDocument
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
    trouves = [
        avertir(ctx, "prix_nul", f"#/lignes/{rang}/prix", ordre=ligne.ordre)
        for rang, ligne in enumerate(lignes)
        if ligne.genre == "article" and not ligne.prix
    ]
    rangs = {ligne.ordre: rang for rang, ligne in enumerate(lignes)}
    for un in etabli.avis:
        noms = {"ordre": un.ordre, "article": un.article, "successeur": un.successeur}
        trouves.append(avertir(ctx, un.code, f"#/lignes/{rangs[un.ordre]}/article", **noms))
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
    totaux = TotauxSortie.model_validate(document.totaux)
    if acomptes_en_trop([un.montant for un in document.acomptes], totaux.montant_du):
        trouves.append(avertir(ctx, "acomptes_en_trop", "#/acomptes", trop=-totaux.solde))
    if regle(document.type).fiscal and document.numero is None:
        derniere = await exercices.derniere_date(ctx, document.date, document.type)
        if derniere is not None and document.date < derniere:
            trouves.append(avertir(ctx, "chronologie", "#/date", date=document.date, derniere=derniere))
    trop = await credit.depasse(ctx, etabli.credit)
    if trop is not None:
        trouves.append(avertir(ctx, trop.code, trop.pointeur, **trop.valeurs))
    if document.type is TypeDocument.COMMANDE:
        trouves += await _de_livraison(ctx, etabli, lignes)
    trouves += (await annoncer(ctx, [(document, lignes)])).get(document.id, ())
    return trouves


async def _de_livraison(ctx: Contexte, etabli: Etabli, lignes: Sequence[LigneDocument]) -> list[Avertissement]:
    """That a commande is late (CLI-11), and that its client is closed on a day of delivery (CLI-06)."""
    document, pointeur = etabli.document, "#/date_livraison_prevue"
    trouves = [avertir(ctx, "commande_tardive", pointeur)] if document.tardive else []
    prevues = {document.date_livraison_prevue, *(une.date_livraison for une in lignes)}
    jours = sorted(un for un in prevues if un is not None)
    if jours:
        calendrier = (await calendriers(ctx, [document.tiers], jours[0], jours[-1]))[document.tiers]
        fermes = [jour for jour in jours if not calendrier.ouvert(jour)]
        if fermes:
            trouves.append(avertir(ctx, "client_ferme", pointeur, dates=fermes))
    return trouves
