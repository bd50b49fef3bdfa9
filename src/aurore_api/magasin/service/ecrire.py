"""Store a part of a push: documents first, then what is known of their references (MAG-12, MAG-19)."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from aurore_api.documents.lots.ecrire import ecrire
from aurore_api.documents.lots.lire import signature_de
from aurore_api.documents.lots.numeroter import numeroter, recopier
from aurore_api.documents.sorties import Avertissement
from aurore_api.magasin import requetes
from aurore_api.magasin.poussees import ReferenceSortie
from aurore_api.magasin.service.elements import Element
from aurore_api.magasin.service.lot import Lot
from aurore_api.magasin.service.sortes import P
from aurore_api.magasin.tables import ReferenceMagasin, ReferencePrise
from aurore_api.socle.bloc import modifier_en_bloc
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.journal import Evenement, ecrit, evenement
from aurore_domain.magasin import Suite

_REFERENCE = {
    "date",
    "version",
    "empreinte",
    "annulee",
    "origine",
    "paiements",
    "signature",
    "document",
    "changee_le",
}
"""What changes of a reference."""
_RETENUES = (Suite.CREER, Suite.CHANGER, Suite.ANNULER, Suite.RETENIR_ANNULEE, Suite.RETENIR_VERSION)
"""What is remembered of a reference from now on."""


async def ecrire_lot(ctx: Contexte, lot: Lot[P]) -> Mapping[UUID, Sequence[Avertissement]]:
    """Store it all; what is worth a warning of each document."""
    lignes = {nom: _reference(ctx, lot, nom, pousse, un) for nom, pousse, un in lot.a(*_RETENUES)}
    nouvelles = [une for nom, une in lignes.items() if nom not in lot.connues]
    changees = [une for nom, une in lignes.items() if nom in lot.connues]
    tenues = [prise for nom, pousse, _ in lot.a(Suite.CREER) for prise in _prises(lot, nom, pousse)]
    autres = {nom: pousse for nom, pousse, _ in lot.a(Suite.CHANGER) if _origine_changee(lot, nom, pousse)}
    await requetes.oublier_origines(ctx, [lot.faits[nom].identifiant for nom in autres])
    tenues += [une for nom, pousse in autres.items() for une in _prises(lot, nom, pousse) if une.role == "origine"]
    annules = [lot.ouverts[une] for nom, _, _ in lot.a(Suite.ANNULER) if (une := lot.document(nom)) is not None]
    dits: Mapping[UUID, Sequence[Avertissement]] = {}
    if lot.faits or annules or nouvelles or tenues:
        # Of what was cancelled before it came no document tells.
        evenements = [_retenue(ctx, une) for une in nouvelles if une.document is None]
        dits = await ecrire(ctx, list(lot.faits.values()), annules, nouvelles, tenues, evenements=evenements)
    await modifier_en_bloc(ctx, changees, _REFERENCE)
    if lot.sorte.vente:
        await recopier(ctx, [un for un in lot.faits.values() if un.ouvert is not None])
        await numeroter(ctx, [un for un in lot.faits.values() if un.ouvert is None])
    return dits


def _retenue(ctx: Contexte, ligne: ReferenceMagasin) -> Evenement:
    identifiant = f"{ligne.magasin}/{ligne.reference}"
    apres = ecrit(ReferenceSortie.model_validate(ligne))
    return evenement(ctx, "reference_magasin", identifiant, "creation", None, apres)


def _prises(lot: Lot[P], nom: str, pousse: P) -> list[ReferencePrise]:
    """What a document holds: its own reference, and that of the order that it came from."""
    origine = lot.sorte.origine(pousse)
    voulues = [(nom, "propre")] if origine is None else [(nom, "propre"), (origine, "origine")]
    return [
        ReferencePrise(
            magasin=lot.magasin.code,
            reference=reference,
            genre=lot.sorte.genre,
            role=role,
            document=lot.faits[nom].identifiant,
        )
        for reference, role in voulues
    ]


def _origine_changee(lot: Lot[P], nom: str, pousse: P) -> bool:
    return lot.connues[nom].origine != lot.sorte.origine(pousse)


def _reference(ctx: Contexte, lot: Lot[P], nom: str, pousse: P, element: Element[P]) -> ReferenceMagasin:
    fait, ancienne = lot.faits.get(nom), lot.connues.get(nom)
    signature, document, recue_le = None, None, ctx.maintenant
    if ancienne is not None:
        signature, document, recue_le = ancienne.signature, ancienne.document, ancienne.recue_le
    if fait is not None:
        signature, document = signature_de(fait.document, fait.lignes), fait.identifiant
    return ReferenceMagasin(
        magasin=lot.magasin.code,
        genre=lot.sorte.genre,
        reference=nom,
        date=pousse.date,
        version=pousse.version,
        empreinte=element.empreinte,
        annulee=pousse.annulee,
        origine=lot.sorte.origine(pousse),
        paiements=lot.sorte.paiements(pousse),
        signature=signature,
        document=document,
        recue_le=recue_le,
        changee_le=ctx.maintenant,
    )
