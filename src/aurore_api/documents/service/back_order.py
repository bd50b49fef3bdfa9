"""Back-orders by hand: what a delivery leaves for later becomes a commande, once, when it is numbered (TRF-08)."""

from collections.abc import Sequence
from uuid import UUID

from uuid_utils.compat import uuid7

from aurore_api.documents import requetes
from aurore_api.documents.calcul import calculer
from aurore_api.documents.saisie import Etabli, ordre_libre, poser_quantite
from aurore_api.documents.service import stocks
from aurore_api.documents.service.chargement import Ouvert, etablir
from aurore_api.documents.service.entete import DE_LA_SOURCE, texte_de_recherche
from aurore_api.documents.service.prises import champs_repris
from aurore_api.documents.tables import Document, LigneDocument
from aurore_api.documents.vue import vers_sortie
from aurore_api.socle.bloc import inserer_en_bloc
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.erreurs import ConflitSimultane
from aurore_api.socle.journal import Action, consigner, ecrit
from aurore_domain.cycle import Etat, TypeDocument
from aurore_domain.unites import completer


async def commander(ctx: Contexte, etabli: Etabli, lignes: Sequence[LigneDocument]) -> None:
    """Make the lines' back-orders lines of the client's open back-order commande, or of a new one.

    Each knows the line it is the back-order of, and no line has two: the database keeps it.
    """
    dues = [une for une in lignes if une.back_order is not None]
    if not dues:
        return
    commande = await requetes.commande_de_back_order(ctx, etabli.document)
    nouvelle = commande is None
    commande = commande or _commande(ctx, etabli.document)
    presentes = [] if nouvelle else (await requetes.lignes(ctx, [commande.id]))[commande.id]
    avant = None if nouvelle else ecrit(vers_sortie(commande, presentes))
    ordres = {une.ordre for une in presentes}
    ajoutees: list[LigneDocument] = []
    for due in dues:
        ordre = ordre_libre(ordres)
        ordres.add(ordre)
        ajoutees.append(_ligne(commande, due, ordre))
    toutes = [*presentes, *ajoutees]
    calculer(commande, toutes, etabli.referentiel, etabli.parametres)
    commande.recherche = texte_de_recherche(commande, etabli.tiers)
    if nouvelle:
        await inserer_en_bloc(ctx, [commande])
    else:
        commande.version += 1
        await ctx.session.flush()
    await inserer_en_bloc(ctx, ajoutees)
    await stocks.suivre(ctx, [Ouvert(commande, toutes, avant)])
    action: Action = "creation" if nouvelle else "modification"
    await consigner(ctx, "document", str(commande.id), action, avant, ecrit(vers_sortie(commande, toutes)))


def _commande(ctx: Contexte, source: Document) -> Document:
    """A commande as its delivery would have had it: dated as that, with no day asked for and no charge."""
    commande = Document(
        id=uuid7(),
        type=TypeDocument.COMMANDE,
        etat=Etat.EN_ATTENTE,
        date=source.date,
        cree_le=ctx.maintenant,
        back_order=True,
        **{nom: getattr(source, nom) for nom in DE_LA_SOURCE},
    )
    commande.date_livraison_prevue = None
    commande.date_commande = source.date_commande or source.date
    return commande


def _ligne(commande: Document, due: LigneDocument, ordre: int) -> LigneDocument:
    """A line at the price that was agreed, of what is still owed."""
    ligne = LigneDocument(
        **champs_repris(due)
        | {
            "id": uuid7(),
            "document": commande.id,
            "ordre": ordre,
            "date_livraison": None,
            "sous_total": False,
            "regle_prix": "saisi",
            "remise_saisie": True,
            "livre_a": due.livre_a,
            "back_order_de": due.id,
        }
    )
    poser_quantite(ligne, completer(due.back_order, None, due.conversion))
    return ligne


async def reprendre(ctx: Contexte, lignes: Sequence[LigneDocument]) -> None:
    """Take back the back-orders of lines that end, as far as nothing has happened to them since.

    A commande with nothing else goes too: removed without a number, annulled with one.

    Raises:
        ConflitSimultane: another transaction holds one of their commandes.
    """
    dues = {une.id: une for une in lignes if une.back_order is not None}
    identifiants = await requetes.commandes_de_back_order(ctx, dues) if dues else set()
    if not identifiants:
        return
    commandes = await requetes.verrouiller_libres(ctx, identifiants)
    if commandes.keys() != identifiants:
        raise ConflitSimultane
    par_commande = await requetes.lignes(ctx, identifiants)
    for identifiant, commande in commandes.items():
        siennes = par_commande[identifiant]
        ouvert = Ouvert(commande, siennes, ecrit(vers_sortie(commande, siennes)))
        intactes = [une for une in siennes if _intacte(une, dues)]
        if intactes and commande.etat is Etat.EN_ATTENTE:
            await _retirer(ctx, ouvert, {une.id for une in intactes})


def _intacte(ligne: LigneDocument, dues: dict[UUID, LigneDocument]) -> bool:
    due = dues.get(ligne.back_order_de) if ligne.back_order_de else None
    partie = ligne.quantite_transferee or ligne.quantite_abandonnee or ligne.quantite_retournee
    return due is not None and ligne.quantite == due.back_order and not partie


async def _retirer(ctx: Contexte, ouvert: Ouvert, retirees: set[UUID]) -> None:
    commande, cle = ouvert.document, str(ouvert.document.id)
    restantes = [une for une in ouvert.lignes if une.id not in retirees]
    if not restantes and commande.numero is None:
        await ctx.session.delete(commande)
        await ctx.session.flush()
        await stocks.suivre(ctx, (), disparus=[commande])
        await consigner(ctx, "document", cle, "suppression", ouvert.avant, None)
        return
    if restantes:
        etabli = await etablir(ctx, commande)
        for une in ouvert.lignes:
            if une.id in retirees:
                await ctx.session.delete(une)
        calculer(commande, restantes, etabli.referentiel, etabli.parametres)
    else:
        restantes, commande.etat = ouvert.lignes, Etat.ANNULE
    commande.version += 1
    await ctx.session.flush()
    await stocks.suivre(ctx, [Ouvert(commande, restantes, None)])
    action: Action = "annulation" if commande.etat is Etat.ANNULE else "modification"
    await consigner(ctx, "document", cle, action, ouvert.avant, ecrit(vers_sortie(commande, restantes)))
