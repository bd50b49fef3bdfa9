"""The evening routine (MAG-23): each step is an item of a job, each delivery note one of its own.

What was done is not done again: a delivery note takes what is left of its commandes, a production list that did not
change keeps its version. So the routine may be asked for again, also at the same moment.
"""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from aurore_api.magasin.rapprochement import FiltreRapprochement
from aurore_api.magasin.schemas import ParametresMagasinSortie
from aurore_api.magasin.service import liste as liste_commandes
from aurore_api.magasin.service.cloture import cloturer
from aurore_api.magasin.service.magasins import lire_parametres
from aurore_api.magasin.service.rapprochement import rapprocher
from aurore_api.notes_envoi import service as notes_envoi
from aurore_api.notes_envoi.schemas import FiltreNotesEnvoi
from aurore_api.production.schemas import ImpressionProductionEntree
from aurore_api.production.service.imprimer import imprimer
from aurore_api.routine.schemas import EtapeRoutine, EtapeSortie, RoutineDemandee, RoutineEntree, RoutineSortie
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.travaux.genres import Etape, Genre, Issue, Objet, Plan
from aurore_api.socle.travaux.pieces import garder
from aurore_api.socle.travaux.problemes import ProblemeDeTravail
from aurore_api.travaux import service as travaux
from aurore_api.travaux.schemas import TravailSortie

UN_JOUR = timedelta(days=1)
PARAMETRES = {
    EtapeRoutine.COMMANDES: "synchro_commandes",
    EtapeRoutine.LISTE_COMMANDES: "liste_commandes",
    EtapeRoutine.NOTES_ENVOI: "imprimer_notes_envoi",
    EtapeRoutine.PRODUCTION: "imprimer_production",
}
"""Which parameter of the shop switches a step off (MAG-01)."""


async def demander(ctx: Contexte, code: str, demande: RoutineEntree) -> TravailSortie:
    """Ask for the routine of a shop.

    Raises:
        RessourceAbsente: there is no such shop.
    """
    await lire_parametres(ctx, code)
    voulue = RoutineDemandee(magasin=code, date=demande.date, etapes=demande.etapes)
    return await travaux.demander(ctx, GENRE, voulue, f"magasin:{code}")


async def _planifier(ctx: Contexte, demande: RoutineDemandee) -> Plan:
    """The steps that are asked for and switched on, with the day that each is about."""
    parametres = await lire_parametres(ctx, demande.magasin)
    voulues = [une for une in EtapeRoutine if une in demande.etapes]
    desactivees = {une: PARAMETRES[une] for une in voulues if not getattr(parametres, PARAMETRES[une])}
    jours = _jours(demande.date, parametres)
    etapes: list[Etape] = []
    for une in voulues:
        if une in desactivees:
            continue
        contenu: Objet = {"date": jours[une].isoformat(), "fenetre": parametres.fenetre_commandes}
        if une is EtapeRoutine.NOTES_ENVOI:
            a_faire = (await notes_envoi.planifier(ctx, jours[une])).a_faire
            etapes += [Etape(une, contenu | {"groupe": notes_envoi.ecrire(groupe)}) for groupe in a_faire]
        else:
            etapes.append(Etape(une, contenu))
    return Plan(etapes, {"desactivees": desactivees, "jours": {une: jours[une].isoformat() for une in voulues}})


def _jours(jour: date, parametres: ParametresMagasinSortie) -> dict[EtapeRoutine, date]:
    """The day that each step is about: the list may be of tomorrow, the delivery notes of the day before."""
    return {
        EtapeRoutine.COMMANDES: jour,
        EtapeRoutine.LISTE_COMMANDES: jour + UN_JOUR if parametres.liste_commandes_demain else jour,
        EtapeRoutine.NOTES_ENVOI: jour - UN_JOUR if parametres.notes_envoi_j_moins_1 else jour,
        EtapeRoutine.PRODUCTION: jour,
    }


async def _executer(ctx: Contexte, demande: RoutineDemandee, etape: Etape) -> Objet:
    return await _FAIRE[EtapeRoutine(etape.nom)](ctx, demande, date.fromisoformat(etape.contenu["date"]), etape.contenu)


async def _commandes(ctx: Contexte, demande: RoutineDemandee, jour: date, contenu: Objet) -> Objet:
    """The till pushes by itself: close what is past, say what came and which days nothing covers (MAG-25, MAG-26)."""
    cloturees = await cloturer(ctx)
    periode = FiltreRapprochement(du=jour - timedelta(days=contenu["fenetre"]), au=jour)
    vu = await rapprocher(ctx, demande.magasin, periode)
    absents = [un.model_dump(mode="json") for un in vu.jours_non_couverts if un.genre == "commande"]
    return {
        "fait": True,
        "pdf": None,
        "du": periode.du.isoformat(),
        "commandes": vu.bilan.model_dump(mode="json")["commandes"],
        "cloturees": cloturees,
        "conflits": len(vu.conflits),
        "jours_non_couverts": [{"du": un["du"], "au": un["au"]} for un in absents],
    }


async def _liste_commandes(ctx: Contexte, demande: RoutineDemandee, jour: date, _: Objet) -> Objet:
    """The orders of the shop, kept as they are now (MAG-15)."""
    liste = await liste_commandes.liste(ctx, demande.magasin, jour)
    contenu = (await liste_commandes.pdf(ctx, demande.magasin, jour))[0]
    adresse = await garder(ctx, "liste_commandes", contenu or b"")
    return {"fait": bool(liste.commandes), "pdf": adresse, "commandes": len(liste.commandes)}


async def _note_envoi(ctx: Contexte, _: RoutineDemandee, jour: date, contenu: Objet) -> Objet:
    """One delivery note (MAG-22)."""
    faite = await notes_envoi.faire(ctx, jour, notes_envoi.relire(contenu["groupe"]), ctx.requete_id)
    return faite.model_dump(mode="json")


async def _production(ctx: Contexte, demande: RoutineDemandee, jour: date, _: Objet) -> Objet:
    """The list of the shop's families, kept as a version where it changed (MAG-20, MAG-24)."""
    faite = await imprimer(ctx, ImpressionProductionEntree(date=jour, magasin=demande.magasin))
    pdf = f"/v1/production/impressions/{faite.id}/pdf"
    return {"fait": faite.nouvelle, "pdf": pdf, "impression": str(faite.id), "version": faite.version}


_FAIRE: Mapping[EtapeRoutine, Callable[[Contexte, RoutineDemandee, date, Objet], Coroutine[Any, Any, Objet]]] = {
    EtapeRoutine.COMMANDES: _commandes,
    EtapeRoutine.LISTE_COMMANDES: _liste_commandes,
    EtapeRoutine.NOTES_ENVOI: _note_envoi,
    EtapeRoutine.PRODUCTION: _production,
}


async def _conclure(ctx: Contexte, demande: RoutineDemandee, constat: Objet, issues: Sequence[Issue]) -> Objet:
    etapes = []
    for une in EtapeRoutine:
        if une in constat["desactivees"]:
            etapes.append(EtapeSortie(etape=une, issue="desactive", parametre=constat["desactivees"][une]))
        elif une in constat["jours"]:
            siennes = [issue for issue in issues if issue.nom == une]
            etapes.append(await _dire(ctx, une, date.fromisoformat(constat["jours"][une]), siennes))
    routine = RoutineSortie(magasin=demande.magasin, date=demande.date, etapes=etapes)
    return routine.model_dump(mode="json")


async def _dire(ctx: Contexte, une: EtapeRoutine, jour: date, issues: Sequence[Issue]) -> EtapeSortie:
    """What became of a step, given that of its items."""
    resultats = [issue.resultat for issue in issues if issue.resultat is not None]
    problemes = [ProblemeDeTravail.model_validate(issue.probleme) for issue in issues if issue.probleme is not None]
    dite = EtapeSortie(etape=une, issue="echec" if problemes else "rien", date=jour, problemes=problemes)
    if une is EtapeRoutine.NOTES_ENVOI:
        return await _dire_les_notes(ctx, dite, resultats)
    if not resultats:
        return dite
    (details,) = resultats
    fait, pdf = details.pop("fait"), details.pop("pdf")
    return dite.model_copy(update={"issue": "fait" if fait else "rien", "pdf": pdf, "details": details})


async def _dire_les_notes(ctx: Contexte, dite: EtapeSortie, resultats: Sequence[Objet]) -> EtapeSortie:
    """The PDF of those that this routine made; where it made none, that of the day if it has any."""
    faites = [un for un in resultats if un["statut"] == "cree"]
    details = {"notes": [{nom: une[nom] for nom in ("client", "document", "numero_affiche")} for une in faites]}
    if faites:
        pdf: str | None = f"/v1/notes-envoi/{ctx.requete_id}/pdf"
    else:
        deja = await notes_envoi.lister(ctx, FiltreNotesEnvoi(date=dite.date, limite=1))
        pdf = f"/v1/notes-envoi/pdf?date={dite.date}" if deja.data else None
    issue = dite.issue if not faites else "partiel" if dite.problemes else "fait"
    return dite.model_copy(update={"issue": issue, "pdf": pdf, "details": details})


GENRE = Genre(nom="routine", parametres=RoutineDemandee, planifier=_planifier, executer=_executer, conclure=_conclure)
"""The evening routine, as workers do it."""
