"""Quantities between a line and the line it came from: taken, given back, adjusted (TRF-03, TRF-06)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from aurore_api.documents import requetes
from aurore_api.documents.service.chargement import Ouvert
from aurore_api.documents.tables import Document, LigneDocument
from aurore_api.documents.vue import situation_de, vers_sortie
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.journal import consigner, ecrit
from aurore_domain.actions import etat_selon_reste
from aurore_domain.cycle import Nature
from aurore_domain.montants import ZERO, exact


@dataclass(frozen=True, slots=True)
class Quantites:
    """What a line takes of its origin: base and order unit."""

    base: Decimal
    commande: Decimal

    @classmethod
    def de(cls, ligne: LigneDocument) -> "Quantites":
        """What a line holds now."""
        return cls(ligne.quantite or ZERO, ligne.quantite_unite_commande or ZERO)


RIEN = Quantites(ZERO, ZERO)


@exact
def prendre(source: LigneDocument, nature: Nature, avant: Quantites, apres: Quantites) -> None:
    """Count on a source line that a following line now holds `apres` instead of `avant`."""
    match nature:
        case Nature.COPIE:
            return
        case Nature.REFERENCE:
            source.quantite_retournee += apres.base - avant.base
        case Nature.CONSOMME | Nature.CREDIT:
            source.quantite_transferee += apres.base - avant.base
            source.quantite_unite_commande_transferee += apres.commande - avant.commande


async def sources_de(ctx: Contexte, lignes: Sequence[LigneDocument]) -> dict[UUID, Ouvert]:
    """The documents that these lines came from, with all their lines; they must be locked already."""
    origines = {une.origine for une in lignes if une.origine is not None}
    if not origines:
        return {}
    identifiants = await requetes.documents_des_lignes(ctx, origines)
    par_document = await requetes.lignes(ctx, identifiants)
    ouverts: dict[UUID, Ouvert] = {}
    for identifiant, ses_lignes in par_document.items():
        document = await ctx.session.get_one(Document, identifiant)
        ouverts[identifiant] = Ouvert(document, ses_lignes, ecrit(vers_sortie(document, ses_lignes)))
    return ouverts


def ligne_source(sources: dict[UUID, Ouvert], ligne: LigneDocument) -> LigneDocument | None:
    """The line that a line came from."""
    return next((une for ouvert in sources.values() for une in ouvert.lignes if une.id == ligne.origine), None)


async def rendre(ctx: Contexte, lignes: Sequence[LigneDocument]) -> None:
    """Give back to their origins all that these lines hold; sources with something left wait again (TRF-06)."""
    sources = await sources_de(ctx, lignes)
    for ligne in lignes:
        source = ligne_source(sources, ligne)
        if source is not None and ligne.nature is not None:
            prendre(source, ligne.nature, Quantites.de(ligne), RIEN)
    await noter_sources(ctx, sources)


async def noter_sources(ctx: Contexte, sources: dict[UUID, Ouvert]) -> None:
    """Settle the state of source documents after quantities moved, and journal each that changed."""
    for identifiant, ouvert in sources.items():
        document = ouvert.document
        document.etat = etat_selon_reste(situation_de(document, ouvert.lignes))
        if ecrit(vers_sortie(document, ouvert.lignes)) == ouvert.avant:
            continue
        document.version += 1
        await ctx.session.flush()
        apres = ecrit(vers_sortie(document, ouvert.lignes))
        await consigner(ctx, "document", str(identifiant), "transfert", ouvert.avant, apres)
