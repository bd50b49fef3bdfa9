"""The verbs of leftovers (MAG-21)."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlmodel import col

from aurore_api.catalogue.service import familles_des_articles
from aurore_api.commandes_types.erreurs import ArticleRepete
from aurore_api.documents.erreurs import ArticleInconnu
from aurore_api.magasin.restes import requetes
from aurore_api.magasin.restes.schemas import FiltreRestes, LigneResteEntree, RestesEntree, ResteSortie, RestesSortie
from aurore_api.magasin.restes.tables import Reste
from aurore_api.magasin.service.magasins import magasin
from aurore_api.socle.bloc import inserer_en_bloc
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.journal import Action, consigner, ecrit
from aurore_api.socle.pagination import Page, lire_page
from aurore_api.socle.verrous import seul
from aurore_domain.erreurs import ErreurAurore, lever

RESSOURCE = "restes"


async def enregistrer(ctx: Contexte, code: str, entree: RestesEntree) -> RestesSortie:
    """Put what is left of the articles named in the place of what was entered of them for that day before.

    The same again changes nothing. What is entered counts for the production of the shop's `reste_j_plus` days later.

    Raises:
        RessourceAbsente: there is no such shop.
        ArticleInconnu, ArticleRepete: each names its line.
    """
    lieu = await magasin(ctx, code)
    await _verifier(ctx, entree.lignes)
    await seul(ctx, f"restes {code}")
    avant = await requetes.du_jour(ctx, code, entree.date)
    pour_le = entree.date + timedelta(days=lieu.reste_j_plus)
    connus = {un.article: (un.quantite, un.pour_le, un.client) for un in avant}
    vides = connus.keys() & {une.article for une in entree.lignes if not une.quantite}
    voulus = [une for une in entree.lignes if une.quantite]
    changes = [une for une in voulus if connus.get(une.article) != (une.quantite, pour_le, lieu.client_reste)]
    if vides or changes:
        await requetes.effacer(ctx, code, entree.date, vides | {une.article for une in changes})
        neufs = [
            Reste(
                magasin=code,
                date=entree.date,
                article=une.article,
                pour_le=pour_le,
                client=lieu.client_reste,
                quantite=une.quantite,
                saisi_le=ctx.maintenant,
            )
            for une in changes
        ]
        await inserer_en_bloc(ctx, neufs)
    apres = await requetes.du_jour(ctx, code, entree.date) if vides or changes else avant
    sortie = _servis(code, entree.date, pour_le, apres)
    if vides or changes:
        ancienne = ecrit(_servis(code, entree.date, pour_le, avant)) if avant else None
        action: Action = "modification" if avant else "creation"
        await consigner(ctx, RESSOURCE, f"{code}/{entree.date}", action, ancienne, ecrit(sortie))
    return sortie


async def _verifier(ctx: Contexte, lignes: Sequence[LigneResteEntree]) -> None:
    connus = await familles_des_articles(ctx, {une.article for une in lignes})
    fois = Counter(une.article for une in lignes)
    vus: set[str] = set()
    erreurs: list[ErreurAurore] = []
    for rang, une in enumerate(lignes):
        if une.article not in connus:
            erreurs.append(ArticleInconnu(pointeur=f"#/lignes/{rang}/article", article=une.article))
        elif fois[une.article] > 1 and une.article in vus:
            erreurs.append(ArticleRepete(pointeur=f"#/lignes/{rang}/article"))
        vus.add(une.article)
    lever(erreurs)


def _servis(code: str, jour: date, pour_le: date, lignes: Sequence[Any]) -> RestesSortie:
    servies = [ResteSortie.model_validate(une) for une in lignes]
    return RestesSortie(magasin=code, date=jour, pour_le=pour_le, lignes=servies)


async def lister(ctx: Contexte, code: str, filtre: FiltreRestes) -> Page[ResteSortie]:
    """A page of a shop's leftovers, by day and article. Raises as `magasin`."""
    await magasin(ctx, code)
    requete = requetes.liste(code, filtre.date, filtre.pour_le)
    lignes, suivant = await lire_page(ctx, requete, filtre, ([col(Reste.date), col(Reste.article)], False))
    return Page[ResteSortie](data=[ResteSortie.model_validate(une) for une in lignes], curseur_suivant=suivant)


async def restes_pour(
    ctx: Contexte, jour: date, articles: Collection[str] | None = None
) -> list[tuple[str, str, Decimal]]:
    """What counts against the production of a day, of these articles or of all: article, client, quantity."""
    return [(article, client, quantite) for article, client, quantite in await requetes.pour(ctx, jour, articles)]
