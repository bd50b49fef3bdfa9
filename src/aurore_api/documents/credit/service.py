"""The credit situation of a client, and the control of changes that would go beyond it (CLI-04, DOC-20)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from aurore_api.clients import service as clients
from aurore_api.clients.schemas import ClientDeDocument
from aurore_api.documents.credit import requetes
from aurore_api.documents.credit.schemas import SituationCredit
from aurore_api.documents.tiers import Tiers
from aurore_api.parametres.schemas import ControleCredit
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.erreurs import RessourceAbsente
from aurore_api.socle.verrous import seul, tous_seuls
from aurore_api.tables import service as tables
from aurore_api.tables.service import EscompteConnu
from aurore_domain.credit import CONTROLES, Encours, LimiteCreditDepassee, depassement, valeur_restante
from aurore_domain.cycle import TypeDocument
from aurore_domain.montants import ZERO
from aurore_domain.totaux import Escompte

Escomptes = Mapping[str, EscompteConnu]


@dataclass(frozen=True, slots=True)
class Surveillance:
    """A change under control: whose credit, how strictly, and what was open before it."""

    payeur: str
    servis: frozenset[str]
    controle: ControleCredit
    limite: Decimal
    avant: Decimal
    escomptes: Escomptes
    lignes_partagees: int


async def situation(ctx: Contexte, numero: str) -> SituationCredit:
    """What is open of a client, or of the one that pays for it, in a constant number of statements.

    Raises:
        RessourceAbsente: there is no such client.
    """
    client = await clients.pour_document(ctx, numero)
    if client is None:
        raise RessourceAbsente(ressource="client", cle=numero)
    payeur = await _payeur(ctx, client)
    referentiel = await tables.referentiel(ctx)
    servis = await clients.payes_par(ctx, payeur.numero)
    encours = await _encours(ctx, servis, referentiel.escomptes)
    limite = payeur.limite_credit
    return SituationCredit(
        client=numero,
        payeur=payeur.numero,
        commandes=encours.commandes,
        bordereaux=encours.bordereaux,
        factures=encours.factures,
        impayes=encours.impayes,
        credits=encours.credits,
        acomptes=encours.acomptes,
        total=encours.total,
        echu=encours.echu,
        controle=payeur.controle_credit,
        limite=limite,
        disponible=None if limite is None else limite - encours.total,
    )


async def surveiller(
    ctx: Contexte,
    tiers: Tiers,
    genre: str,
    escomptes: Escomptes,
    *,
    lignes_partagees: int = 0,
) -> Surveillance | None:
    """Begin to watch a change of a document, before anything of it is written; None where nothing is controlled.

    Changes of one payer's documents wait for each other from here on, so that two that fit one by one and not together
    never both pass. Documents are locked before, articles and counters after.
    """
    if genre not in CONTROLES or not isinstance(tiers, ClientDeDocument):
        return None
    payeur = await _payeur(ctx, tiers)
    limite = _limite(payeur)
    if limite is None:
        return None
    await seul(ctx, _sujet(payeur))
    servis = await clients.payes_par(ctx, payeur.numero)
    avant = (await _encours(ctx, servis, escomptes)).total
    return Surveillance(payeur.numero, servis, payeur.controle_credit, limite, avant, escomptes, lignes_partagees)


async def retenir(ctx: Contexte, numeros: Collection[str]) -> None:
    """Take the credit of whoever pays for these clients, all at once and in one order.

    For a request that makes documents of several: taking them one by one, between articles that it locks too, it would
    wait for one who waits for it.
    """
    facturation = await clients.facturation(ctx, numeros)
    payeurs = await clients.pour_documents(ctx, {un.payeur for un in facturation.values()})
    controles = [_sujet(un) for un in payeurs.values() if _limite(un) is not None]
    if controles:
        await tous_seuls(ctx, controles)


def _limite(payeur: ClientDeDocument) -> Decimal | None:
    """What it may owe; None where nobody controls it."""
    return None if payeur.controle_credit == "aucun" else payeur.limite_credit


def _sujet(payeur: ClientDeDocument) -> str:
    return f"credit:{payeur.numero}"


async def depasse(ctx: Contexte, surveillance: Surveillance | None) -> LimiteCreditDepassee | None:
    """Hold what is open now against the limit: the excess, where the change made it worse, to be told as a warning.

    Raises:
        LimiteCreditDepassee: where the control refuses it.
    """
    if surveillance is None:
        return None
    await ctx.session.flush()
    apres = (await _encours(ctx, surveillance.servis, surveillance.escomptes)).total
    trop = depassement(surveillance.avant, apres, surveillance.limite, lignes_partagees=surveillance.lignes_partagees)
    if trop is None:
        return None
    erreur = LimiteCreditDepassee(
        pointeur="#/client", client=surveillance.payeur, encours=apres, limite=surveillance.limite, depassement=trop
    )
    if surveillance.controle == "refuser":
        raise erreur
    return erreur


async def _payeur(ctx: Contexte, client: ClientDeDocument) -> ClientDeDocument:
    """Who gets the client's factures: credit is given to whoever pays (CLI-05)."""
    if client.facturer_a is None:
        return client
    facturation = await clients.facturation(ctx, [client.numero])
    payeur = await clients.pour_document(ctx, facturation[client.numero].payeur)
    return payeur or client


async def _encours(ctx: Contexte, servis: frozenset[str], escomptes: Escomptes) -> Encours:
    """What is open of all documents of these clients, in two statements."""
    montants = dict.fromkeys(TypeDocument, ZERO)
    verses = echu = ZERO
    for genre, entiers, acomptes, en_retard in await requetes.sommes(ctx, servis, ctx.aujourd_hui):
        montants[genre] += entiers
        verses += acomptes
        if genre is TypeDocument.FACTURE:
            echu += en_retard
    rangs = await requetes.lignes_entamees(ctx, servis)
    for _, siens in groupby(rangs, key=lambda rang: rang[0].document):
        lignes = list(siens)
        _, genre, prix_tvac, code = lignes[0]
        connu = escomptes.get(code) if code else None
        montants[genre] += valeur_restante(
            [ligne for ligne, *_ in lignes],
            prix_tvac=prix_tvac,
            escompte=Escompte(connu.genre, connu.pourcentage) if connu else None,
        )
    return Encours(
        commandes=montants[TypeDocument.COMMANDE] + montants[TypeDocument.PROFORMA],
        bordereaux=montants[TypeDocument.BORDEREAU],
        factures=montants[TypeDocument.FACTURE],
        credits=montants[TypeDocument.RETOUR] + montants[TypeDocument.NOTE_CREDIT],
        acomptes=verses,
        echu=echu,
    )
