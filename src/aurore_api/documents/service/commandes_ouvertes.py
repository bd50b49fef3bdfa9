"""The open orders of an article (MVT-03): what the ledger says is left of them, with the documents they stand in."""

from aurore_api.catalogue.service import exiger_article
from aurore_api.documents import requetes
from aurore_api.documents.sorties import CommandeOuverte
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.pagination import Page, Pagination
from aurore_api.stock import service as stock


async def commandes_ouvertes(ctx: Contexte, article: str, demande: Pagination) -> Page[CommandeOuverte]:
    """A page of them, the oldest first, in three statements; raises `RessourceAbsente`."""
    await exiger_article(ctx, article)
    restes, suivant = await stock.en_commande(ctx, article, demande)
    documents = {un.id: un for un in await requetes.lire(ctx, {un.document for un in restes})}
    return Page[CommandeOuverte](
        data=[
            CommandeOuverte(
                document=un.document,
                type=documents[un.document].type,
                numero_affiche=documents[un.document].numero_affiche,
                date=un.date,
                date_livraison_prevue=documents[un.document].date_livraison_prevue,
                client=un.client,
                fournisseur=un.fournisseur,
                ligne=un.ligne,
                depot=un.depot,
                compte=un.compte,
                quantite_restante=un.quantite,
            )
            for un in restes
        ],
        curseur_suivant=suivant,
    )
