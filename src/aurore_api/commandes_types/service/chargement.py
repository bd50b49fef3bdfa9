"""What every verb starts with: a standing order of the client in the path, locked before what belongs to it."""

from typing import Any

from aurore_api.commandes_types import requetes
from aurore_api.commandes_types.schemas import CommandeTypeSortie
from aurore_api.commandes_types.tables import CommandeType
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.erreurs import RessourceAbsente

RESSOURCE = "commande_type"


async def charger(ctx: Contexte, client: str, identifiant: int, *, verrou: bool = False) -> CommandeType:
    """A standing order of a client.

    Raises:
        RessourceAbsente: there is none of this id, or it is another client's.
    """
    ligne = await requetes.une(ctx, client, identifiant, verrou=verrou)
    if ligne is None:
        raise RessourceAbsente(ressource=RESSOURCE, cle=identifiant)
    return ligne


def servir(ligne: CommandeType, lignes: list[Any]) -> CommandeTypeSortie:
    """A standing order with its lines, as rows or just written, as it is served."""
    return CommandeTypeSortie.model_validate(
        {nom: getattr(ligne, nom) for nom in ("id", "client", "libelle", "du", "au", "saisons", "version")}
        | {
            "lignes": [
                {
                    "article": une.article,
                    "unite_commande": une.unite_commande,
                    "jours": {
                        str(rang): quantite for rang, quantite in enumerate(une.jours, 1) if quantite is not None
                    },
                }
                for une in lignes
            ]
        }
    )
