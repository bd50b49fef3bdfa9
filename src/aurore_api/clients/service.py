"""The verbs of clients and of their delivery addresses."""

from typing import Any

from sqlmodel import col

from aurore_api.clients import requetes
from aurore_api.clients.schemas import (
    AdresseEntree,
    AdresseSortie,
    ClientDeDocument,
    ClientEntree,
    ClientSortie,
    FiltreClients,
)
from aurore_api.clients.tables import AdresseClient, Client
from aurore_api.parametres import service as parametres
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.crud import champs_de, charger, fusionner, inserer, modifier, supprimer
from aurore_api.socle.erreurs import RessourceAbsente
from aurore_api.socle.pagination import Page, Pagination, lire_page, ordonner
from aurore_api.socle.tri import plier
from aurore_api.socle.types import Entree

CLIENT, ADRESSE = "client", "adresse"


def _servi(ligne: Client) -> ClientSortie:
    return ClientSortie.model_validate(ligne)


def _servie(ligne: AdresseClient) -> AdresseSortie:
    return AdresseSortie.model_validate(ligne)


async def _champs(ctx: Contexte, entree: ClientEntree) -> dict[str, Any]:
    """The row's fields: where the client says nothing the société's language and VAT category hold."""
    champs = champs_de(entree) | {"nom_plie": plier(entree.nom)}
    if entree.langue is None or entree.categorie_tva is None:
        societe = await parametres.lire(ctx)
        champs["langue"] = entree.langue or societe.langue
        champs["categorie_tva"] = entree.categorie_tva or societe.categorie_tva_defaut
    return champs


async def lister(ctx: Contexte, filtre: FiltreClients) -> Page[ClientSortie]:
    """A page of the clients of a filter."""
    ordre = ordonner(filtre.tri, {"numero": col(Client.numero), "nom": col(Client.nom_plie)}, col(Client.numero))
    lignes, suivant = await lire_page(ctx, requetes.clients(filtre), filtre, ordre)
    return Page[ClientSortie](data=[_servi(une) for une in lignes], curseur_suivant=suivant)


async def lire(ctx: Contexte, numero: str) -> ClientSortie:
    """One client.

    Raises:
        RessourceAbsente: there is none.
    """
    return _servi(await charger(ctx, Client, numero, CLIENT))


async def pour_document(ctx: Contexte, numero: str) -> ClientDeDocument | None:
    """What a document copies of its client (CLI-02), read in one statement; None when there is no such client."""
    return await requetes.client_de_document(ctx, numero)


async def creer(ctx: Contexte, entree: ClientEntree) -> ClientSortie:
    """Store a new client."""
    ligne = Client(**await _champs(ctx, entree))
    await inserer(ctx, ligne, CLIENT, ligne.numero, _servi(ligne))
    return _servi(ligne)


async def changer(ctx: Contexte, numero: str, modification: Entree) -> ClientSortie:
    """Replace the fields given; documents keep what they copied."""
    ligne = await charger(ctx, Client, numero, CLIENT, verrou=True)
    ctx.exiger_version(ligne.version)
    complet = fusionner(ClientEntree, _servi(ligne), modification)
    await modifier(ctx, ligne, await _champs(ctx, complet), ressource=CLIENT, identifiant=numero, vers=_servi)
    return _servi(ligne)


async def effacer(ctx: Contexte, numero: str) -> None:
    """Remove a client that nothing uses, and its addresses with it (CLI-10)."""
    ligne = await charger(ctx, Client, numero, CLIENT, verrou=True)
    ctx.exiger_version(ligne.version)
    for une in await requetes.toutes_adresses(ctx, numero):
        await supprimer(ctx, une, ADRESSE, _identifiant(une), _servie(une))
    await supprimer(ctx, ligne, CLIENT, numero, _servi(ligne))


def _identifiant(adresse: AdresseClient) -> str:
    return f"{adresse.client}/{adresse.id}"


def _absente(identifiant: int) -> RessourceAbsente:
    return RessourceAbsente(ressource=ADRESSE, cle=identifiant)


async def lister_adresses(ctx: Contexte, client: str, page: Pagination) -> Page[AdresseSortie]:
    """A page of a client's delivery addresses, oldest first."""
    await charger(ctx, Client, client, CLIENT)
    lignes, suivant = await lire_page(ctx, requetes.adresses(client), page, ([col(AdresseClient.id)], False))
    return Page[AdresseSortie](data=[_servie(une) for une in lignes], curseur_suivant=suivant)


async def lire_adresse(ctx: Contexte, client: str, identifiant: int) -> AdresseSortie:
    """One delivery address of a client."""
    ligne = await requetes.adresse_lue(ctx, client, identifiant)
    if ligne is None:
        raise _absente(identifiant)
    return _servie(ligne)


async def creer_adresse(ctx: Contexte, client: str, entree: AdresseEntree) -> AdresseSortie:
    """Store a delivery address; as the default it replaces the former one."""
    await charger(ctx, Client, client, CLIENT, verrou=True)
    if entree.par_defaut:
        await _ceder_le_defaut(ctx, client)
    ligne = AdresseClient(client=client, **champs_de(entree))
    ctx.session.add(ligne)
    await ctx.session.flush()
    await inserer(ctx, ligne, ADRESSE, _identifiant(ligne), _servie(ligne))
    return _servie(ligne)


async def changer_adresse(ctx: Contexte, client: str, identifiant: int, modification: Entree) -> AdresseSortie:
    """Replace the fields given; made the default, the address replaces the former one."""
    ligne = await _verrouiller(ctx, client, identifiant)
    complete = fusionner(AdresseEntree, _servie(ligne), modification)
    if complete.par_defaut and not ligne.par_defaut:
        await _ceder_le_defaut(ctx, client)
    await modifier(ctx, ligne, champs_de(complete), ressource=ADRESSE, identifiant=_identifiant(ligne), vers=_servie)
    return _servie(ligne)


async def effacer_adresse(ctx: Contexte, client: str, identifiant: int) -> None:
    """Remove a delivery address; documents keep what they copied of it."""
    ligne = await _verrouiller(ctx, client, identifiant)
    await supprimer(ctx, ligne, ADRESSE, _identifiant(ligne), _servie(ligne))


async def _verrouiller(ctx: Contexte, client: str, identifiant: int) -> AdresseClient:
    """Lock an address behind its client, the order in which every change of addresses locks."""
    await charger(ctx, Client, client, CLIENT, verrou=True)
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
        await modifier(ctx, ancienne, champs, ressource=ADRESSE, identifiant=identifiant, vers=_servie)
