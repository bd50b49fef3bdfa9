"""What every verb starts with: the document locked and checked, and what its computation needs."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from aurore_api.documents import requetes, tiers
from aurore_api.documents.credit import service as credit
from aurore_api.documents.erreurs import DocumentAbsent
from aurore_api.documents.saisie import Etabli
from aurore_api.documents.tables import Document, LigneDocument
from aurore_api.documents.vue import situation_de, vers_sortie
from aurore_api.parametres import service as parametres
from aurore_api.socle.base import JsonEcrit
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.erreurs import ConflitSimultane
from aurore_api.socle.journal import ecrit
from aurore_api.tables import service as tables
from aurore_domain.actions import Action, exiger


@dataclass(slots=True)
class Ouvert:
    """A document under change: its row and lines, locked, and how it was before, as the journal tells it."""

    document: Document
    lignes: list[LigneDocument]
    avant: JsonEcrit | None


async def etablir(ctx: Contexte, document: Document, *, change: bool = True) -> Etabli:
    """Load what lines are made and computed with; with `change`, begin to watch the credit of its client (DOC-20)."""
    autre = await tiers.charger(ctx, document.type, document.tiers)
    reglages, referentiel = await parametres.lire(ctx), await tables.referentiel(ctx)
    surveillance = await credit.surveiller(ctx, autre, document.type, referentiel.escomptes) if change else None
    return Etabli(document, autre, reglages, referentiel, surveillance)


async def ouvrir_tous(
    ctx: Contexte, identifiants: Collection[UUID], *, credites_par: UUID | None = None
) -> dict[UUID, Ouvert]:
    """Lock documents in the one order, by id, and load their lines, in two statements; unknown ones are absent.

    `credites_par` brings the factures that a document credits.
    """
    documents = await requetes.verrouiller(ctx, identifiants, credites_par=credites_par)
    lignes = await requetes.lignes(ctx, documents)
    return {
        identifiant: Ouvert(document, lignes[identifiant], ecrit(vers_sortie(document, lignes[identifiant])))
        for identifiant, document in documents.items()
    }


async def ouvrir(ctx: Contexte, identifiant: UUID, action: Action, *, avec_origines: bool = False) -> Ouvert:
    """Lock a document for an action that its state allows (and, where If-Match was given, its version).

    The factures that it credits are locked too, and with `avec_origines` the documents its lines came from, in the one
    order, by id.

    Raises:
        DocumentAbsent: there is none.
        EtatInterdit: the lifecycle table does not allow the action now.
        VersionPerimee: the document changed since the caller read it.
    """
    a_verrouiller = {identifiant}
    if avec_origines:
        a_verrouiller |= await requetes.documents_d_origine(ctx, identifiant)
    verrouilles = await requetes.verrouiller(ctx, a_verrouiller, credites_par=identifiant)
    if identifiant not in verrouilles:
        raise DocumentAbsent(ressource="document", cle=str(identifiant))
    if avec_origines and not await requetes.documents_d_origine(ctx, identifiant) <= set(verrouilles):
        raise ConflitSimultane
    document = verrouilles[identifiant]
    lignes = (await requetes.lignes(ctx, [identifiant]))[identifiant]
    ctx.exiger_version(document.version)
    exiger(action, situation_de(document, lignes))
    return Ouvert(document, lignes, ecrit(vers_sortie(document, lignes)))
