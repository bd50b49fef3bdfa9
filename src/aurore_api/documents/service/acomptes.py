"""Deposits of a document, entered with it or one by one (DOC-16)."""

from collections.abc import Sequence
from uuid import UUID

from uuid_utils.compat import uuid7

from aurore_api.documents.erreurs import AcompteTransfere, DocumentAbsent
from aurore_api.documents.saisie import Etabli
from aurore_api.documents.schemas import AcompteEntree
from aurore_api.documents.service.chargement import Ouvert, etablir, ouvrir
from aurore_api.documents.service.liens import noter_sources, sources_de
from aurore_api.documents.service.modifier import enregistrer
from aurore_api.documents.sorties import DocumentSortie, TotauxSortie
from aurore_api.documents.tables import Acompte, Document
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.erreurs import ReferenceInconnue
from aurore_api.socle.references import table_visee
from aurore_api.socle.types import Entree
from aurore_domain.acomptes import verifier_acomptes
from aurore_domain.actions import Action


def poser(ctx: Contexte, etabli: Etabli, entrees: Sequence[AcompteEntree]) -> None:
    """Put deposits that were typed with a new document on it.

    Raises:
        ReferenceInconnue: there is no such way of paying.
    """
    for rang, entree in enumerate(entrees):
        etabli.document.acomptes.append(_nouveau(ctx, etabli, entree, pointeur=f"#/acomptes/{rang}"))


def _nouveau(ctx: Contexte, etabli: Etabli, entree: AcompteEntree, *, pointeur: str) -> Acompte:
    _verifier_mode(etabli, entree.mode_paiement, pointeur)
    return Acompte(
        id=uuid7(),
        document=etabli.document.id,
        date=entree.date or ctx.aujourd_hui,
        montant=entree.montant,
        mode_paiement=entree.mode_paiement,
        reference=entree.reference,
    )


def _verifier_mode(etabli: Etabli, mode: str | None, pointeur: str) -> None:
    if mode is not None and mode not in etabli.referentiel.modes_paiement:
        raise ReferenceInconnue(pointeur=f"{pointeur}/mode_paiement", table=table_visee(Acompte, "mode_paiement"))


def verifier(document: Document, pointeur: str = "#/acomptes") -> None:
    """Hold typed deposits against the amount due, just computed.

    Raises:
        AcompteImpossible: documents of this type take none.
        AcompteTropGrand: they come to more than is due.
    """
    montant_du = TotauxSortie.model_validate(document.totaux).montant_du
    verifier_acomptes(document.type, [un.montant for un in document.acomptes], montant_du, pointeur=pointeur)


async def ajouter(ctx: Contexte, identifiant: UUID, entree: AcompteEntree) -> DocumentSortie:
    """Add a deposit. Raises as `poser` and `verifier`."""
    ouvert = await ouvrir(ctx, identifiant, Action.MODIFIER)
    etabli = await etablir(ctx, ouvert.document)
    ouvert.document.acomptes.append(_nouveau(ctx, etabli, entree, pointeur="#"))
    sortie = await enregistrer(ctx, ouvert, etabli)
    verifier(ouvert.document, "#/montant")
    return sortie


async def modifier(ctx: Contexte, identifiant: UUID, acompte: UUID, modification: Entree) -> DocumentSortie:
    """Replace the fields of a deposit that were given. Raises as `poser` and `verifier`.

    Less than before is taken even if it is still more than is due: that mends what a part delivery brought along.

    Raises:
        AcompteTransfere: it went along to a following document.
    """
    ouvert = await ouvrir(ctx, identifiant, Action.MODIFIER)
    etabli = await etablir(ctx, ouvert.document)
    vise = _trouver(ouvert, acompte)
    avant = vise.montant
    for nom in modification.model_fields_set:
        valeur = getattr(modification, nom)
        if valeur is not None or nom not in {"date", "montant"}:
            setattr(vise, nom, valeur)
    _verifier_mode(etabli, vise.mode_paiement, "#")
    sortie = await enregistrer(ctx, ouvert, etabli)
    if vise.montant > avant:
        verifier(ouvert.document, "#/montant")
    return sortie


async def supprimer(ctx: Contexte, identifiant: UUID, acompte: UUID) -> DocumentSortie:
    """Remove a deposit; one that came along counts where it came from again.

    Raises:
        AcompteTransfere: it went along to a following document.
    """
    ouvert = await ouvrir(ctx, identifiant, Action.MODIFIER, avec_origines=True)
    etabli = await etablir(ctx, ouvert.document)
    vise = _trouver(ouvert, acompte)
    if vise.origine is not None:
        sources = await sources_de(ctx, (), cible=identifiant)
        for source in sources.values():
            for un in source.document.acomptes:
                if un.id == vise.origine:
                    un.transfere_vers = None
        await noter_sources(ctx, sources)
    ouvert.document.acomptes.remove(vise)
    await ctx.session.delete(vise)
    return await enregistrer(ctx, ouvert, etabli)


def _trouver(ouvert: Ouvert, acompte: UUID) -> Acompte:
    trouve = next((un for un in ouvert.document.acomptes if un.id == acompte), None)
    if trouve is None:
        raise DocumentAbsent(ressource="acompte", cle=str(acompte))
    if trouve.transfere_vers is not None:
        raise AcompteTransfere(document=str(trouve.transfere_vers))
    return trouve
