"""The verbs of calendars, and what other slices ask of them."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

from aurore_api.clients.calendrier import requetes
from aurore_api.clients.calendrier.schemas import (
    CalendrierConnu,
    CalendrierEntree,
    CalendrierSortie,
    ExceptionCalendrierSortie,
    FiltreCalendrier,
    JourCalendrier,
    JourSortie,
    PeriodeSortie,
)
from aurore_api.clients.calendrier.tables import Calendrier, ExceptionCalendrier
from aurore_api.clients.commun import CLIENT, verrouiller
from aurore_api.clients.tables import Client
from aurore_api.socle.bloc import inserer_en_bloc
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.crud import charger, supprimer
from aurore_api.socle.journal import consigner, ecrit
from aurore_domain.calendrier import TOUS_LES_JOURS, verifier_exceptions

RESSOURCE = "calendrier"


async def repondre(
    ctx: Contexte, client: str, filtre: FiltreCalendrier
) -> CalendrierSortie | JourSortie | PeriodeSortie:
    """A client's calendar, or whether it is open on a day or on each of a period; the ETag is the calendar's."""
    await charger(ctx, Client, client, CLIENT)
    calendrier = await _lire(ctx, client)
    ctx.servir_version(calendrier.version)
    if filtre.date is not None:
        return JourSortie(**_jour(calendrier, filtre.date).model_dump())
    if filtre.du is not None and filtre.au is not None:
        rangs = range((filtre.au - filtre.du).days + 1)
        return PeriodeSortie(jours=[_jour(calendrier, filtre.du + timedelta(days=rang)) for rang in rangs])
    return calendrier


def _jour(calendrier: CalendrierSortie, jour: date) -> JourCalendrier:
    connu = CalendrierConnu(jours_ouverts=calendrier.jours_ouverts, exceptions=calendrier.exceptions)
    libelle = next((une.libelle for une in calendrier.exceptions if une.du <= jour <= une.au), None)
    return JourCalendrier(date=jour, ouvert=connu.ouvert(jour), libelle=libelle)


async def _lire(ctx: Contexte, client: str) -> CalendrierSortie:
    ligne = await ctx.session.get(Calendrier, client)
    if ligne is None:
        return CalendrierSortie(jours_ouverts=list(TOUS_LES_JOURS), exceptions=[], version=0)
    return _servi(ligne, await requetes.exceptions(ctx, [client]))


def _servi(ligne: Calendrier, exceptions: Sequence[Any]) -> CalendrierSortie:
    servies = [ExceptionCalendrierSortie.model_validate(une) for une in exceptions]
    return CalendrierSortie(jours_ouverts=ligne.jours_ouverts, exceptions=servies, version=ligne.version)


async def remplacer(ctx: Contexte, client: str, entree: CalendrierEntree) -> CalendrierSortie:
    """Put a calendar in the place of the present one; what is the same as before writes nothing.

    Raises:
        ExceptionsQuiSeChevauchent: two exceptions share a day.
        ClientAnonymise: the client can only be read.
    """
    verifier_exceptions(entree.exceptions)
    await verrouiller(ctx, client)
    avant = await _lire(ctx, client)
    ctx.exiger_version(avant.version)
    voulu = entree.model_copy(update={"exceptions": sorted(entree.exceptions, key=lambda une: une.du)})
    apres = CalendrierSortie(**voulu.model_dump(), version=avant.version + 1)
    if avant.version and avant == apres.model_copy(update={"version": avant.version}):
        ctx.servir_version(avant.version)
        return avant
    await _ecrire(ctx, client, apres)
    connu = ecrit(avant) if avant.version else None
    await consigner(ctx, RESSOURCE, client, "modification" if connu else "creation", connu, ecrit(apres))
    ctx.servir_version(apres.version)
    return apres


async def _ecrire(ctx: Contexte, client: str, calendrier: CalendrierSortie) -> None:
    """Store a calendar of a locked client."""
    ligne = await ctx.session.get(Calendrier, client)
    if ligne is None:
        ctx.session.add(Calendrier(client=client, jours_ouverts=calendrier.jours_ouverts, version=calendrier.version))
    else:
        ligne.jours_ouverts, ligne.version = calendrier.jours_ouverts, calendrier.version
    await ctx.session.flush()
    await requetes.effacer_exceptions(ctx, client)
    await inserer_en_bloc(
        ctx, [ExceptionCalendrier(client=client, **une.model_dump()) for une in calendrier.exceptions]
    )


async def vider(ctx: Contexte, client: str, *, avec_avant: bool) -> None:
    """Remove the calendar of a locked client that goes; `avec_avant`: the event tells what there was."""
    ligne = await ctx.session.get(Calendrier, client)
    if ligne is None:
        return
    await supprimer(ctx, ligne, RESSOURCE, client, await _lire(ctx, client) if avec_avant else None)


async def calendriers(ctx: Contexte, clients: Collection[str], du: date, au: date) -> dict[str, CalendrierConnu]:
    """The calendar of each client for the days of a period, in two statements however many clients there are.

    Clients that do not exist are absent.
    """
    semaines = await requetes.semaines(ctx, clients)
    exceptions: dict[str, list[Any]] = {}
    for une in await requetes.exceptions(ctx, clients, du, au):
        exceptions.setdefault(une.client, []).append(une)
    return {
        une.numero: CalendrierConnu(
            actif=une.actif,
            jours_ouverts=TOUS_LES_JOURS if une.jours_ouverts is None else une.jours_ouverts,
            exceptions=exceptions.get(une.numero, ()),
        )
        for une in semaines
    }
