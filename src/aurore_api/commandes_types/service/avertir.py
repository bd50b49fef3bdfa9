"""Warnings: what a change of a standing order leaves worth a second look (CLI-07)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from aurore_api.catalogue.service import ArticleDeDocument
from aurore_api.clients.calendrier.service import calendriers
from aurore_api.commandes_types import requetes
from aurore_api.commandes_types.schemas import (
    AvertissementCommandeType,
    Avertissements,
    CommandeTypeSortie,
)
from aurore_api.commandes_types.tables import CommandeType
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.textes import detail
from aurore_domain import commandes_types as regles


def _avis(ctx: Contexte, code: Any, pointeur: str, **valeurs: object) -> AvertissementCommandeType:
    return AvertissementCommandeType(code=code, pointeur=pointeur, detail=detail(code, ctx.langue, valeurs))


def des_articles(
    ctx: Contexte, sortie: CommandeTypeSortie, articles: Mapping[str, ArticleDeDocument]
) -> Avertissements:
    """Lines whose article was retired."""
    return [
        _avis(ctx, "article_retire", f"#/lignes/{rang}/article", article=une.article)
        for rang, une in enumerate(sortie.lignes)
        if une.article in articles and not articles[une.article].actif
    ]


async def des_exceptions(ctx: Contexte, ligne: CommandeType, retires: Collection[str]) -> Avertissements:
    """Overrides from today on that a change of their standing order left without line, or out of its time.

    They hold all the same: changing a standing order never undoes what was asked for one day.
    """
    restantes = await requetes.exceptions_depuis(ctx, ligne.id, ctx.aujourd_hui)
    if not restantes:
        return []
    trouves = [
        _avis(ctx, "exception_sans_ligne", "#/lignes", article=article, dates=dates)
        for article in sorted(retires)
        if (dates := [une.date for une in restantes if une.article == article])
    ]
    dehors = await _hors_periode(ctx, ligne, [une.date for une in restantes])
    return trouves + ([_avis(ctx, "exception_hors_periode", "#/du", dates=dehors)] if dehors else [])


async def de_l_exception(ctx: Contexte, ligne: CommandeType, jour: date) -> Avertissements:
    """An override of a day on which its standing order rests, or of one on which the client is closed."""
    trouves: Avertissements = []
    if await _hors_periode(ctx, ligne, [jour]):
        trouves.append(_avis(ctx, "exception_hors_periode", "#/date", dates=[jour]))
    if not (await calendriers(ctx, [ligne.client], jour, jour))[ligne.client].ouvert(jour):
        trouves.append(_avis(ctx, "client_ferme", "#/date", dates=[jour]))
    return trouves


async def _hors_periode(ctx: Contexte, ligne: CommandeType, jours: Sequence[date]) -> list[date]:
    commande_type = regles.CommandeType(
        validite=regles.Periode(ligne.du, ligne.au),
        saisons=[regles.Saison(**une) for une in ligne.saisons],
        pauses=await requetes.pauses(ctx, ligne.id),
        exceptions={},
    )
    return [jour for jour in sorted(set(jours)) if not commande_type.en_vigueur(jour)]
