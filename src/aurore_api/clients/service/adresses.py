"""The verbs of delivery addresses (CLI-03)."""

from sqlmodel import col

from aurore_api.clients import requetes
from aurore_api.clients.commun import CLIENT, verrouiller
from aurore_api.clients.schemas import AdresseEntree, AdresseSortie
from aurore_api.clients.tables import AdresseClient, Client
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.crud import champs_de, charger, fusionner, inserer, modifier, supprimer
from aurore_api.socle.erreurs import RessourceAbsente
from aurore_api.socle.pagination import Page, Pagination, lire_page
from aurore_api.socle.types import Entree

RESSOURCE = "adresse"


def _servie(ligne: AdresseClient) -> AdresseSortie:
    return AdresseSortie.model_validate(ligne)


def _identifiant(adresse: AdresseClient) -> str:
    return f"{adresse.client}/{adresse.id}"


def _absente(identifiant: int) -> RessourceAbsente:
    return RessourceAbsente(ressource=RESSOURCE, cle=identifiant)


async def lister(ctx: Contexte, client: str, page: Pagination) -> Page[AdresseSortie]:
    """A page of a client's delivery addresses, oldest first."""
    await charger(ctx, Client, client, CLIENT)
    lignes, suivant = await lire_page(ctx, requetes.adresses(client), page, ([col(AdresseClient.id)], False))
    return Page[AdresseSortie](data=[_servie(une) for une in lignes], curseur_suivant=suivant)


async def lire(ctx: Contexte, client: str, identifiant: int) -> AdresseSortie:
    """One delivery address of a client."""
    ligne = await requetes.adresse_lue(ctx, client, identifiant)
    if ligne is None:
        raise _absente(identifiant)
    return _servie(ligne)


async def creer(ctx: Contexte, client: str, entree: AdresseEntree) -> AdresseSortie:
    """Store a delivery address; as the default it replaces the former one."""
    await verrouiller(ctx, client)
    if entree.par_defaut:
        await _ceder_le_defaut(ctx, client)
    ligne = AdresseClient(client=client, **champs_de(entree))
    ctx.session.add(ligne)
    await ctx.session.flush()
    await inserer(ctx, ligne, RESSOURCE, _identifiant(ligne), _servie(ligne))
    return _servie(ligne)


async def changer(ctx: Contexte, client: str, identifiant: int, modification: Entree) -> AdresseSortie:
    """Replace the fields given; made the default, the address replaces the former one."""
    ligne = await _verrouiller(ctx, client, identifiant)
    complete = fusionner(AdresseEntree, _servie(ligne), modification)
    if complete.par_defaut and not ligne.par_defaut:
        await _ceder_le_defaut(ctx, client)
    await modifier(ctx, ligne, champs_de(complete), ressource=RESSOURCE, identifiant=_identifiant(ligne), vers=_servie)
    return _servie(ligne)


async def effacer(ctx: Contexte, client: str, identifiant: int) -> None:
    """Remove a delivery address; documents keep what they copied of it."""
    ligne = await _verrouiller(ctx, client, identifiant)
    await supprimer(ctx, ligne, RESSOURCE, _identifiant(ligne), _servie(ligne))


async def vider(ctx: Contexte, client: str, *, avec_avant: bool) -> None:
    """Remove every address of a locked client that goes; `avec_avant`: the events tell what there was."""
    for une in await requetes.toutes_adresses(ctx, client):
        await supprimer(ctx, une, RESSOURCE, _identifiant(une), _servie(une) if avec_avant else None)


async def _verrouiller(ctx: Contexte, client: str, identifiant: int) -> AdresseClient:
    """Lock an address behind its client, the order in which every change of addresses locks."""
    await verrouiller(ctx, client)
    ligne = await requetes.adresse_verrouillee(ctx, client, identifiant)
    if ligne is None:
        raise _absente(identifiant)
    ctx.exiger_version(ligne.version)
    return ligne


async def _ceder_le_defaut(ctx: Contexte, client: str) -> None:
    """Take the default from the address that has it (CLI-03)."""
    ancienne = await requetes.adresse_par_defaut(ctx, client)
    if ancienne is not None:
        champs = {"par_defaut": False}
        identifiant = _identifiant(ancienne)
        await modifier(ctx, ancienne, champs, ressource=RESSOURCE, identifiant=identifiant, vers=_servie)
