"""What this slice does to a private client whose data nobody may keep any longer (CLI-10)."""

from aurore_api.clients.commun import CLIENT
from aurore_api.clients.erreurs import ClientNonParticulier
from aurore_api.clients.schemas import ClientSortie
from aurore_api.clients.service.appartenances import vider
from aurore_api.clients.service.clients import servi
from aurore_api.clients.tables import Client
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.crud import charger
from aurore_api.socle.erreurs import EnUtilisation
from aurore_api.socle.journal import consigner, ecrit
from aurore_api.socle.tri import plier
from aurore_api.socle.utilisations import utilisations

NOM_ANONYME = "Client anonymisé"
_EFFACES = (
    "nom_suite",
    "telephone",
    "courriel",
    "numero_tva",
    "numero_entreprise",
    "identifiant_peppol",
    "mandat_sepa",
    "facturer_a",
    "tournee",
    "ordre_tournee",
)
"""What tells who someone is, lives or pays for."""


async def verrouiller_particulier(ctx: Contexte, numero: str) -> ClientSortie:
    """Lock a private client, as it is now.

    Raises:
        ClientNonParticulier: it is not one.
    """
    ligne = await charger(ctx, Client, numero, CLIENT, verrou=True)
    ctx.exiger_version(ligne.version)
    if not ligne.particulier:
        raise ClientNonParticulier
    return servi(ligne)


async def anonymiser(ctx: Contexte, numero: str) -> ClientSortie:
    """Take from a locked client all that tells who it is; no event of this repeats what there was.

    Raises:
        EnUtilisation: something other than documents uses it, such as a standing order or a client billed to it.
    """
    await vider(ctx, numero, avec_avant=False)
    autres = [str(une) for une in await utilisations(ctx, Client, numero) if une.table != "documents"]
    if autres:
        raise EnUtilisation(par=autres)
    ligne = await charger(ctx, Client, numero, CLIENT)
    ligne.nom = f"{NOM_ANONYME} {numero}"
    ligne.nom_plie = plier(ligne.nom)
    ligne.adresse = dict.fromkeys(ligne.adresse) | {"pays": ligne.adresse["pays"]}
    ligne.contacts, ligne.textes = [], {}
    for nom in _EFFACES:
        setattr(ligne, nom, None)
    ligne.actif, ligne.anonymise_le = False, ctx.maintenant
    ligne.version += 1
    await ctx.session.flush()
    await consigner(ctx, CLIENT, numero, "anonymisation", None, ecrit(servi(ligne)))
    return servi(ligne)
