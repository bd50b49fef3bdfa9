"""List what is owed, give it up, take that back (TRF-08, TRF-10)."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlmodel import col
from uuid_utils.compat import uuid7

from aurore_api.clients import service as clients
from aurore_api.documents import requetes as des_documents
from aurore_api.documents.back_orders import requetes
from aurore_api.documents.back_orders.schemas import (
    AbandonEntree,
    AbandonSortie,
    BackOrder,
    FiltreAbandons,
    FiltreBackOrders,
    FiltreDuClient,
    LigneAbandonneeSortie,
)
from aurore_api.documents.erreurs import AbandonRepris, DocumentAbsent, SourceRepetee, feuilles
from aurore_api.documents.service import stocks
from aurore_api.documents.service.chargement import Ouvert, ouvrir_tous
from aurore_api.documents.service.liens import noter_sources
from aurore_api.documents.service.transferer import selection
from aurore_api.documents.tables import Abandon, Document, LigneAbandonnee, LigneDocument
from aurore_api.documents.vue import situation_de
from aurore_api.socle.bloc import inserer_en_bloc
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.erreurs import ConflitSimultane, RessourceAbsente
from aurore_api.socle.journal import consigner, ecrit
from aurore_api.socle.pagination import Page, lire_page, ordonner
from aurore_domain.actions import Action, actions, exiger
from aurore_domain.cycle import Etat
from aurore_domain.erreurs import ErreurAurore, EtatInterdit, lever
from aurore_domain.restes import reste
from aurore_domain.transfert import Part, abandonner, partager


async def lister(ctx: Contexte, filtre: FiltreDuClient, client: str | None = None) -> Page[BackOrder]:
    """What is owed, by client, article and day requested; two statements a page."""
    voulu = filtre.client if isinstance(filtre, FiltreBackOrders) else client
    requete, demandee = requetes.ouverts(voulu, filtre.article), requetes.date_demandee()
    if filtre.du is not None:
        requete = requete.where(demandee >= filtre.du)
    if filtre.au is not None:
        requete = requete.where(demandee <= filtre.au)
    lignes, suivant = await lire_page(
        ctx, requete, filtre, ordonner(filtre.tri, {"date": demandee}, col(LigneDocument.id))
    )
    lus = await des_documents.lire(ctx, {une.document for une in lignes}) if lignes else ()
    documents = {un.id: un for un in lus}
    data = [_servi(une, documents[une.document]) for une in lignes]
    return Page[BackOrder].model_construct(data=data, curseur_suivant=suivant)


async def lister_du_client(ctx: Contexte, client: str, filtre: FiltreDuClient) -> Page[BackOrder]:
    """The same of one client; raises `RessourceAbsente`."""
    if await clients.pour_document(ctx, client) is None:
        raise RessourceAbsente(ressource="client", cle=client)
    return await lister(ctx, filtre, client)


def _servi(ligne: LigneDocument, document: Document) -> BackOrder:
    restante = reste(ligne)
    avec = ligne.unite_commande is not None
    return BackOrder.model_validate(
        {
            "ligne": ligne.id,
            **{nom: getattr(document, nom) for nom in ("type", "numero_affiche", "date", "client")},
            **{
                nom: getattr(ligne, nom)
                for nom in ("document", "ordre", "article", "designation", "unite", "unite_commande")
            },
            "client_nom": document.client_copie["nom"],
            "date_demandee": ligne.date_livraison or document.date,
            "commandee": ligne.quantite,
            "transferee": ligne.quantite_transferee,
            "ouverte": restante.quantite,
            "abandonnee": ligne.quantite_abandonnee,
            "commandee_unite_commande": ligne.quantite_unite_commande,
            "transferee_unite_commande": ligne.quantite_unite_commande_transferee if avec else None,
            "ouverte_unite_commande": restante.quantite_unite_commande,
            "abandonnee_unite_commande": ligne.quantite_unite_commande_abandonnee if avec else None,
        }
    )


async def abandonner_lignes(ctx: Contexte, entree: AbandonEntree) -> AbandonSortie:
    """Give up what is left of lines, or a part of it; a document with nothing left is `transfere`.

    Raises:
        DocumentAbsent, SourceRepetee: the request names what is not there, or twice.
        SansArrieres, SansReste, EtatInterdit: nothing of the document can be given up.
        QuantiteDepassee: more than is left (TRF-03).
    """
    ouverts = await _ouvrir(ctx, entree)
    erreurs: list[ErreurAurore] = []
    abandon = Abandon(id=uuid7(), motif=entree.motif, cree_le=ctx.maintenant, cle=ctx.cle.id)
    faites: list[tuple[LigneAbandonnee, LigneDocument]] = []
    for rang, (demande, ouvert) in enumerate(zip(entree.sources, ouverts, strict=True)):
        pointeur = f"#/sources/{rang}"
        try:
            exiger(Action.ABANDONNER, situation_de(ouvert.document, ouvert.lignes))
            parts = partager(ouvert.lignes, selection(demande), pointeur=pointeur)
        except ErreurAurore as erreur:
            for une in feuilles(erreur):
                une.pointeur = une.pointeur or f"{pointeur}/document"
            erreurs.extend(feuilles(erreur))
            continue
        faites += _abandonner(abandon, ouvert, parts)
    lever(erreurs)
    await noter_sources(ctx, {un.document.id: un for un in ouverts}, "abandon")
    await stocks.suivre(ctx, ouverts)
    await inserer_en_bloc(ctx, [abandon])
    await inserer_en_bloc(ctx, [une for une, _ in faites])
    sortie = _abandon_servi(abandon, faites)
    await consigner(ctx, "abandon", str(abandon.id), "creation", None, ecrit(sortie))
    return sortie


async def _ouvrir(ctx: Contexte, entree: AbandonEntree) -> list[Ouvert]:
    voulus = [UUID(une.document) for une in entree.sources]
    lever(
        [
            SourceRepetee(pointeur=f"#/sources/{rang}/document")
            for rang, identifiant in enumerate(voulus)
            if identifiant in voulus[:rang]
        ]
    )
    ouverts = await ouvrir_tous(ctx, set(voulus))
    lever(
        [
            DocumentAbsent(pointeur=f"#/sources/{rang}/document", ressource="document", cle=str(identifiant))
            for rang, identifiant in enumerate(voulus)
            if identifiant not in ouverts
        ]
    )
    return [ouverts[un] for un in voulus]


def _abandonner(abandon: Abandon, ouvert: Ouvert, parts: Sequence[Part]) -> list[tuple[LigneAbandonnee, LigneDocument]]:
    par_ordre = {une.ordre: une for une in ouvert.lignes}
    faites: list[tuple[LigneAbandonnee, LigneDocument]] = []
    for part in parts:
        ligne = par_ordre[part.ordre]
        base, commande = abandonner(ligne, part)
        if not (base or commande):  # a comment goes along with goods, and is not given up
            continue
        ligne.quantite_abandonnee += base
        ligne.quantite_unite_commande_abandonnee += commande
        une = LigneAbandonnee(abandon=abandon.id, ligne=ligne.id, quantite=base, quantite_unite_commande=commande)
        faites.append((une, ligne))
    return faites


def _abandon_servi(abandon: Abandon, lignes: Sequence[tuple[LigneAbandonnee, LigneDocument]]) -> AbandonSortie:
    return AbandonSortie(
        id=abandon.id,
        motif=abandon.motif,
        cree_le=abandon.cree_le,
        repris_le=abandon.repris_le,
        lignes=[
            LigneAbandonneeSortie(
                ligne=ligne.id,
                document=ligne.document,
                ordre=ligne.ordre,
                designation=ligne.designation,
                quantite=une.quantite,
                quantite_unite_commande=une.quantite_unite_commande,
            )
            for une, ligne in lignes
        ],
    )


async def reprendre(ctx: Contexte, identifiant: UUID) -> AbandonSortie:
    """Take a giving-up back: what it gave up is owed again.

    Raises:
        DocumentAbsent: there is none.
        AbandonRepris: it was taken back already.
        EtatInterdit: one of its documents was annulled or posted since.
    """
    touches = await requetes.documents_d_un_abandon(ctx, identifiant)
    ouverts = await ouvrir_tous(ctx, touches)
    abandon = await requetes.verrouiller(ctx, identifiant)
    if abandon is None:
        raise DocumentAbsent(ressource="abandon", cle=str(identifiant))
    if abandon.repris_le is not None:
        raise AbandonRepris
    if ouverts.keys() != touches:
        raise ConflitSimultane
    lignes = (await requetes.lignes(ctx, [identifiant])).get(identifiant, ())
    avant = ecrit(_abandon_servi(abandon, lignes))
    _exiger_vivants(ouverts)
    for une, ligne in lignes:
        ligne.quantite_abandonnee -= une.quantite
        ligne.quantite_unite_commande_abandonnee -= une.quantite_unite_commande
    await noter_sources(ctx, ouverts, "abandon")
    await stocks.suivre(ctx, ouverts.values())
    abandon.repris_le = ctx.maintenant
    await ctx.session.flush()
    sortie = _abandon_servi(abandon, lignes)
    await consigner(ctx, "abandon", str(identifiant), "modification", avant, ecrit(sortie))
    return sortie


def _exiger_vivants(ouverts: Mapping[UUID, Ouvert]) -> None:
    for ouvert in ouverts.values():
        present = situation_de(ouvert.document, ouvert.lignes)
        if ouvert.document.etat not in {Etat.EN_ATTENTE, Etat.TRANSFERE}:
            raise EtatInterdit(action=Action.ABANDONNER, type=present.type, etat=present.etat, actions=actions(present))


async def lister_abandons(ctx: Contexte, filtre: FiltreAbandons) -> Page[AbandonSortie]:
    """What was given up, by client or document, in the order in which it was."""
    document = UUID(filtre.document) if filtre.document else None
    requete = requetes.liste(filtre.client, document)
    abandons, suivant = await lire_page(ctx, requete, filtre, ordonner(None, {}, col(Abandon.id)))
    lignes = await requetes.lignes(ctx, [un.id for un in abandons]) if abandons else {}
    data = [_abandon_servi(un, lignes.get(un.id, ())) for un in abandons]
    return Page[AbandonSortie].model_construct(data=data, curseur_suivant=suivant)


async def lire_abandon(ctx: Contexte, identifiant: UUID) -> AbandonSortie:
    """One giving-up; raises `DocumentAbsent`."""
    abandon = await ctx.session.get(Abandon, identifiant)
    if abandon is None:
        raise DocumentAbsent(ressource="abandon", cle=str(identifiant))
    return _abandon_servi(abandon, (await requetes.lignes(ctx, [identifiant])).get(identifiant, ()))
