"""The verbs of clients."""

from typing import Any

from sqlmodel import col

from aurore_api.clients import requetes
from aurore_api.clients.commun import CLIENT, verrouiller
from aurore_api.clients.schemas import ClientEntree, ClientSortie, FiltreClients
from aurore_api.clients.service.appartenances import vider
from aurore_api.clients.service.payeurs import verifier_payeur
from aurore_api.clients.tables import Client
from aurore_api.parametres import service as parametres
from aurore_api.parametres.schemas import ParametresSortie
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.crud import champs_de, charger, fusionner, inserer, modifier, supprimer
from aurore_api.socle.pagination import Page, lire_page, ordonner
from aurore_api.socle.tri import plier
from aurore_api.socle.types import Entree

_NOTE_ENVOI = {
    "imprimer": "note_envoi",
    "copies": "note_envoi_copies",
    "profil": "note_envoi_profil",
    "avec_prix": "note_envoi_prix",
}
"""The settings of the delivery note (CLI-08) and their columns."""
_DE_LA_LIGNE = tuple(nom for nom in ClientSortie.model_fields if nom != "note_envoi")


def servi(ligne: Client) -> ClientSortie:
    """The row as it is served."""
    champs = {nom: getattr(ligne, nom) for nom in _DE_LA_LIGNE}
    note_envoi = {nom: getattr(ligne, colonne) for nom, colonne in _NOTE_ENVOI.items()}
    return ClientSortie.model_validate({**champs, "note_envoi": note_envoi})


async def _champs(ctx: Contexte, entree: ClientEntree) -> dict[str, Any]:
    """The row's fields; the société's parameters are read where the client leaves something open to them."""
    return champs_selon(entree, await parametres.lire(ctx) if laisse_ouvert(entree) else None)


def laisse_ouvert(entree: ClientEntree) -> bool:
    """Whether something of the client is the société's."""
    return None in (entree.langue, entree.categorie_tva, entree.controle_credit)


def champs_selon(entree: ClientEntree, societe: ParametresSortie | None) -> dict[str, Any]:
    """The row's fields: what the client leaves open is the société's."""
    champs = champs_de(entree) | {"nom_plie": plier(entree.nom)}
    champs |= {colonne: getattr(entree.note_envoi, nom) for nom, colonne in _NOTE_ENVOI.items()}
    if societe is not None:
        champs["langue"] = entree.langue or societe.langue
        champs["categorie_tva"] = entree.categorie_tva or societe.categorie_tva_defaut
        champs["controle_credit"] = entree.controle_credit or societe.controle_credit
    return champs


async def lister(ctx: Contexte, filtre: FiltreClients) -> Page[ClientSortie]:
    """A page of the clients of a filter."""
    ordre = ordonner(filtre.tri, {"numero": col(Client.numero), "nom": col(Client.nom_plie)}, col(Client.numero))
    lignes, suivant = await lire_page(ctx, requetes.clients(filtre), filtre, ordre)
    return Page[ClientSortie](data=[servi(une) for une in lignes], curseur_suivant=suivant)


async def lire(ctx: Contexte, numero: str) -> ClientSortie:
    """One client.

    Raises:
        RessourceAbsente: there is none.
    """
    return servi(await charger(ctx, Client, numero, CLIENT))


async def creer(ctx: Contexte, entree: ClientEntree) -> ClientSortie:
    """Store a new client.

    Raises:
        CycleDeFacturation: it would be billed to itself (CLI-05).
    """
    await verifier_payeur(ctx, entree.numero, entree.facturer_a)
    ligne = Client(**await _champs(ctx, entree))
    await inserer(ctx, ligne, CLIENT, ligne.numero, servi(ligne))
    return servi(ligne)


async def changer(ctx: Contexte, numero: str, modification: Entree) -> ClientSortie:
    """Replace the fields given; documents keep what they copied.

    Raises:
        CycleDeFacturation: it would be billed to itself, at once or through others (CLI-05).
        ClientAnonymise: it can only be read (CLI-10).
    """
    await verifier_payeur(ctx, numero, getattr(modification, "facturer_a", None))
    ligne = await verrouiller(ctx, numero)
    ctx.exiger_version(ligne.version)
    complet = fusionner(ClientEntree, servi(ligne), modification)
    await modifier(ctx, ligne, await _champs(ctx, complet), ressource=CLIENT, identifiant=numero, vers=servi)
    return servi(ligne)


async def effacer(ctx: Contexte, numero: str) -> None:
    """Remove a client that nothing uses, and what belongs to it (CLI-10)."""
    ligne = await charger(ctx, Client, numero, CLIENT, verrou=True)
    ctx.exiger_version(ligne.version)
    await vider(ctx, numero, avec_avant=True)
    await supprimer(ctx, ligne, CLIENT, numero, servi(ligne))
