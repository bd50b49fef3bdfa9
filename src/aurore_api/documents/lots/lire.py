"""Documents that exist, locked for a lot, and whether they are still as a till left them (MAG-13)."""

import hashlib
from collections.abc import Collection, Sequence
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, any_, bindparam, select

from aurore_api.documents.service.chargement import Ouvert
from aurore_api.documents.tables import Acompte, Document, LigneDocument
from aurore_api.documents.vue import vers_sortie
from aurore_api.socle.colonnes import legere, nue
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.journal import ecrit
from aurore_domain.cycle import Etat
from aurore_domain.magasin import Motif

_D, _L, _A = nue(Document), nue(LigneDocument), nue(Acompte)
_DOCUMENT, _LIGNE, _ACOMPTE = legere(Document), legere(LigneDocument), legere(Acompte)
_CES = any_(bindparam("ces", type_=ARRAY(Uuid)))
_DOCUMENTS = select(*_D).where(_D.id == _CES).order_by(_D.id).with_for_update()
_LIGNES = select(*_L).where(_L.document == _CES).order_by(_L.document, _L.ordre)
_ACOMPTES = select(*_A).where(_A.document == _CES).order_by(_A.document, _A.date, _A.id)

_SIGNES_ENTETE = ("client", "date", "date_livraison_prevue", "heure_livraison", "vos_references")
_SIGNES_LIGNE = (
    "ordre",
    "article",
    "designation",
    "memo",
    "quantite",
    "quantite_unite_commande",
    "unite_commande",
    "prix",
    "remise",
    "date_livraison",
    "depot",
)


async def ouvrir(ctx: Contexte, identifiants: Collection[UUID]) -> dict[UUID, Ouvert]:
    """Lock documents in the one order, by id, with lines and deposits, in three statements; unknown ones are absent.

    What is read does not enter the session: it is compared with and written by the lot.
    """
    if not identifiants:
        return {}
    ces = {"ces": list(identifiants)}
    documents = [_DOCUMENT(**un, acomptes=[]) for un in (await ctx.session.execute(_DOCUMENTS, ces)).mappings()]
    lignes: dict[UUID, list[LigneDocument]] = {un.id: [] for un in documents}
    for une in (await ctx.session.execute(_LIGNES, ces)).mappings():
        lignes[une["document"]].append(_LIGNE(**une))
    acomptes = {un.id: un.acomptes for un in documents}
    for un in (await ctx.session.execute(_ACOMPTES, ces)).mappings():
        acomptes[un["document"]].append(_ACOMPTE(**un))
    return {un.id: Ouvert(un, lignes[un.id], ecrit(vers_sortie(un, lignes[un.id]))) for un in documents}


def touche(ouvert: Ouvert, signature: str | None) -> Motif | None:
    """What happened here to a document since its till last changed it, when it had this signature; None for nothing."""
    document = ouvert.document
    if document.etat == Etat.ANNULE:
        return Motif.ANNULEE_ICI
    if any(
        une.quantite_transferee or une.quantite_unite_commande_transferee or une.quantite_retournee
        for une in ouvert.lignes
    ):
        return Motif.TRANSFEREE
    if any(une.quantite_abandonnee or une.quantite_unite_commande_abandonnee for une in ouvert.lignes):
        return Motif.ABANDONNEE
    if document.etat != Etat.EN_ATTENTE:
        return Motif.TRANSFEREE
    return None if signature == signature_de(document, ouvert.lignes) else Motif.CHANGEE_ICI


def signature_de(document: Document, lignes: Sequence[LigneDocument]) -> str:
    """What tells whether anyone changed what the till says of a document: its days, client and lines."""
    lus = document.__dict__
    morceaux = [_dit(lus[nom]) for nom in _SIGNES_ENTETE]
    for ligne in lignes:
        lues = ligne.__dict__
        morceaux += [_dit(lues[nom]) for nom in _SIGNES_LIGNE]
    return hashlib.sha256("\x1f".join(morceaux).encode()).hexdigest()


def _dit(valeur: object) -> str:
    """A value, the same whatever number of zeros its column adds to it."""
    if valeur is None:
        return "\x00"
    return f"{valeur.normalize():f}" if isinstance(valeur, Decimal) else str(valeur)
