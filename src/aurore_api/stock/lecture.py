"""The SQL that reads the ledger and what is summed from it."""

from typing import Any

from sqlalchemy import Select, select
from sqlmodel import col

from aurore_api.socle.contexte import Contexte
from aurore_api.stock.schemas import FiltreMouvements
from aurore_api.stock.tables import Mouvement, Stock, ValeurStock


def mouvements(filtre: FiltreMouvements) -> Select[Any]:
    """The rows that a filter lets through."""
    requete = select(Mouvement)
    egaux = {
        Mouvement.article: filtre.article,
        Mouvement.depot: filtre.depot,
        Mouvement.client: filtre.client,
        Mouvement.fournisseur: filtre.fournisseur,
        Mouvement.compte: filtre.compte,
        Mouvement.genre: filtre.genre,
    }
    requete = requete.where(*(col(colonne) == valeur for colonne, valeur in egaux.items() if valeur is not None))
    if filtre.du is not None:
        requete = requete.where(col(Mouvement.date) >= filtre.du)
    if filtre.au is not None:
        requete = requete.where(col(Mouvement.date) <= filtre.au)
    return requete


async def soldes(ctx: Contexte, article: str) -> list[Stock]:
    """The balances of an article, by dépôt."""
    requete = select(Stock).where(col(Stock.article) == article).order_by(col(Stock.depot))
    return list(await ctx.session.scalars(requete))


async def valeur(ctx: Contexte, article: str) -> ValeurStock | None:
    """What an article has cost; None for one whose goods never moved."""
    return await ctx.session.get(ValeurStock, article)
